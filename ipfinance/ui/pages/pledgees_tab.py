"""The pledgees with their kind and head bank; each opens its registrations."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.ledger_reader import LedgerReader
from ipfinance.db.party_names import Party
from ipfinance.db.pledgees import PledgeeRow
from ipfinance.db.reach import is_long
from ipfinance.domain.money import wan
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.pages.party_acts import PartyActs
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

_Answer = tuple[str, list[PledgeeRow]]  # what was searched for, and what was found


class PledgeesTab(QWidget):
    """Search above, table beneath; two chosen ones can be merged."""

    registrations_asked = Signal(Filter, str)
    import_asked = Signal()

    def __init__(self, desk: Desk, acts: PartyActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._acts = acts
        self.model = RowsModel(_columns(), self, number=_number)
        self.table = DataTable("pledgees")
        self.table.setAccessibleName(tr("质权人"))
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self._shown: str | None = None  # what was searched for in the list shown
        self.card = TableCard(self.table)
        self.search = SearchEdit(tr("名称、曾用名、总行、拼音首字母"))
        self.search.setObjectName("pledgee_search")
        self.search.setAccessibleName(tr("搜索质权人"))
        self._facts = button(
            tr("资料…"), "edit", name="pledgee_facts", tip=tr("名称、类别、总行、曾用名")
        )
        self._merge = button(tr("合并…"), name="pledgee_merge", tip=tr("选中两家，合并为一家"))
        self.card.tools.addWidget(self.search, 1)
        self.card.tools.addWidget(label(tr("双击一家质权人，看它的全部登记"), "hint"))
        self.card.tools.addWidget(self._facts)
        self.card.tools.addWidget(self._merge)
        self.card.add_columns_button()
        self._clear = button(tr("清除搜索"), "reset", name="pledgee_clear")
        self._clear.clicked.connect(self._on_clear)
        self._bring = button(tr("导入台账"), "import", Kind.PRIMARY, name="pledgee_import")
        self._bring.clicked.connect(self.import_asked)
        self._empty = EmptyState("bank", "", "", self._clear, self._bring)
        self.card.set_empty_state(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.card)
        self.search.searched.connect(self._on_searched)
        self.table.opened.connect(self._on_opened)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self._facts.clicked.connect(self._on_facts)
        self._merge.clicked.connect(self._on_merge)
        self.table.sort_by("secured_amount", Qt.SortOrder.DescendingOrder)
        self._on_chosen_changed(0)

    def refresh(self) -> None:
        """Read the list anew; search, place and choice stay."""
        remembering = self._desk.remembering
        if not is_long(self._desk.store):
            self._on_listed(self._work()(self._desk.store, Progress()))
        elif remembering.begin():
            remembering.done.connect(self._ask_worker, Qt.ConnectionType.SingleShotConnection)
        else:
            self._ask_worker()

    def _ask_worker(self) -> None:
        self._desk.work(self._work(), self._on_listed, owner=self, replaces="pledgees")

    def _work(self) -> Callable[[Store, Progress], _Answer]:
        text = self.search.text().strip()
        return partial(_listed, self._desk.ledger, text, self._desk.today())

    def _on_listed(self, answer: _Answer) -> None:
        text, rows = answer  # something else may stand in the field by now
        self.model.set_rows(rows)
        if text == self._shown:
            self._place.restore()
        else:
            self._shown = text
            self.table.scrollToTop()
        if self._shown:
            self._empty.set_words(
                tr("没有符合条件的质权人"), tr("换一个词，或清除搜索。"), "search"
            )
        else:
            self._empty.set_words(
                tr("还没有质权人"), tr("登记录入或导入以后，质权人会列在这里。"), "bank"
            )
        self._clear.setVisible(bool(self._shown))
        self._bring.setVisible(not self._shown)
        self.card.show_empty(not rows)
        self._on_chosen_changed(self.table.chosen_count())

    def _on_searched(self, text: str) -> None:
        if text != self._shown:  # else it was cleared, and is shown already
            self.refresh()

    def _on_clear(self) -> None:
        self.search.clear()
        self.refresh()

    def _chosen(self) -> list[PledgeeRow]:
        return [row for row in self.table.chosen() if isinstance(row, PledgeeRow)]

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(Role.ROW)
        if isinstance(row, PledgeeRow):
            self.registrations_asked.emit(
                Filter(pledgee=row.id), tr("{name} 的登记", name=row.name)
            )

    def _on_chosen_changed(self, count: int) -> None:
        self._facts.setEnabled(count == 1)
        self._merge.setEnabled(count == 2)
        if self._shown is None:
            self.card.footer.set_count(tr("正在读取名录…"))
            return
        said = tr("已选 {count:,} 家", count=count) if count > 1 else ""
        self.card.footer.set_count(tr("共 {count:,} 家", count=self.model.rowCount()), said)

    def _on_facts(self) -> None:
        self._acts.look_into(Party.PLEDGEE, self._chosen()[0].id)

    def _on_merge(self) -> None:
        one, other = self._chosen()
        self._acts.merge(Party.PLEDGEE, one.id, other.id)


def _number(row: PledgeeRow) -> int:
    return row.id


def _columns() -> list[Column[PledgeeRow]]:
    return [
        Column("name", tr("质权人"), lambda row: row.name, width=240, stretch=3),
        Column(
            "kind", tr("类别"), lambda row: row.kind.label if row.kind else tr("未填"), width=92
        ),
        Column("head", tr("总行"), lambda row: row.head, width=200, stretch=2, soft=True),
        Column(
            "registrations",
            tr("登记件数"),
            lambda row: f"{row.registrations:,}",
            sort=lambda row: row.registrations,
            width=90,
            number=True,
        ),
        Column(
            "secured_amount",
            tr("债权额（万元）"),
            lambda row: wan(row.secured_amount_fen),
            sort=lambda row: row.secured_amount_fen,
            width=126,
            number=True,
        ),
        Column(
            "live",
            tr("在押"),
            lambda row: f"{row.live:,}",
            sort=lambda row: row.live,
            width=70,
            number=True,
        ),
    ]


def _listed(reader: LedgerReader, text: str, today: date, store: Store, _: Progress) -> _Answer:
    return text, reader.pledgees(store, text, today)
