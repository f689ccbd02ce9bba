"""What is behind a number: the registrations that make it up, and what they add up to."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Listing
from ipfinance.db.listings import Figures
from ipfinance.db.reach import is_long
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.ledger_export import LedgerExport
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import ElidedLabel, label
from ipfinance.ui.widgets.ledger_card import LedgerCard


class RegistrationsDialog(QDialog):
    """Stays until it is closed; opening a registration closes it."""

    life_asked = Signal(int)  # number of the registration
    ledger_asked = Signal(Filter)

    def __init__(
        self,
        desk: Desk,
        wanted: Filter,
        title: str,
        parent: QWidget | None = None,
        *,
        rule: str = "",
    ) -> None:
        """`title` says which number it is, `rule` in words how it was counted."""
        super().__init__(parent)
        self.setObjectName("registrations_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("登记明细 - {title}", title=title))
        self._desk = desk
        self._wanted = wanted
        self._title = title
        self._banner = Banner(closable=True)
        self._export = LedgerExport(desk, self._banner, self)
        self.card = LedgerCard(desk, "registrations", tools=False)
        self.card.set_empty_state(
            EmptyState("ledger", tr("没有登记"), tr("没有一笔登记符合这个数字的口径。"))
        )
        self.card.opened.connect(self._on_opened)
        self.card.listed.connect(self._on_listed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(ElidedLabel(title, "title"))
        if rule:
            words = label(tr("口径：{rule}", rule=rule), "hint")
            words.setWordWrap(True)
            head.addWidget(words)
        column.addLayout(head)
        column.addWidget(self._banner)
        column.addWidget(self.card, 1)
        column.addLayout(self._foot())
        DialogPlace(self, 1300, 640)
        desk.changes.written.connect(self._on_written)
        self.card.show_filter(wanted)
        self.card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        export = button(tr("导出 Excel"), "excel", name="export")
        export.clicked.connect(self._on_export)
        in_ledger = button(tr("在台账中打开"), "ledger", name="in_ledger")
        in_ledger.clicked.connect(self._on_in_ledger)
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        row.addWidget(in_ledger)
        row.addWidget(export)
        row.addStretch(1)
        row.addWidget(label(tr("双击或按 Enter 打开一条登记"), "hint"))
        row.addSpacing(8)
        row.addWidget(close)
        return row

    def _on_listed(self) -> None:
        listing = self.card.model.listing
        if listing is None:
            return
        self.card.show_empty(not len(listing))
        work = partial(_counted, self._wanted, listing, self._desk)
        if is_long(self._desk.store):
            self._desk.work(work, self._on_counted, owner=self, replaces="figures")
        else:
            self._on_counted(work(self._desk.store, Progress()))

    def _on_counted(self, figures: Figures) -> None:
        self.card.say_counted(figures, enterprises=True)

    def _on_opened(self, number: int) -> None:
        self.life_asked.emit(number)
        self.close()

    def _on_export(self) -> None:
        self._export.run(self._wanted, self.card.model.sorting, self._title)

    def _on_in_ledger(self) -> None:
        self.ledger_asked.emit(self._wanted)
        self.close()

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            self.card.show_filter(self._wanted)


def _counted(wanted: Filter, listing: Listing, desk: Desk, store: Store, _: Progress) -> Figures:
    return desk.ledger.figures(store, wanted, desk.today(), listing)
