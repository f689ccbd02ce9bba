"""The right side of the notices' window: the events with their outcomes, and one in words."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.language import tr
from ipfinance.ui.dialogs.notices_details import NoticeDetails
from ipfinance.ui.models.notice_model import columns
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard


class NoticeList(QSplitter):
    """A plan's events above, the chosen one beneath."""

    chosen = Signal(object)  # Planned
    field_asked = Signal(int, int)  # start and end in the pasted text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        self.model: RowsModel[Planned] = RowsModel(columns(), self)
        self.table = DataTable("notices")
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.details = NoticeDetails()
        self._empty = EmptyState("paste", "", "")
        self._card = TableCard(self.table, tr("待办公告"), tools=False)
        self._card.set_empty_state(self._empty)
        self._below = Card()
        self._below.body.addWidget(self.details)
        self.addWidget(self._card)
        self.addWidget(self._below)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.table.selectionModel().currentChanged.connect(self._on_row_changed)
        self.details.field_asked.connect(self.field_asked)

    def show_plan(self, plan: NoticePlan | None, has_text: bool) -> None:
        """Show the events of a paste, or of the work list when nothing was pasted."""
        items = plan.items if plan else ()
        self.model.set_rows(items)
        self.details.show_item(None)
        self._card.set_title(tr("粘贴的公告") if has_text else tr("待办公告"))
        self.table.setAccessibleName(tr("粘贴的公告") if has_text else tr("待办公告"))
        self._card.show_empty(not items)
        self._card.footer.setVisible(bool(items))
        self._below.setVisible(bool(items))
        if has_text:
            how = tr("公告以「专利权质押合同登记的生效」这样的标题开头，字段写成「登记号：…」。")
            self._empty.set_words(tr("没有认出公告"), how)
        else:
            how = tr("生效的新增或补全登记，变更的记入变更，注销的注销登记；先看再执行。")
            self._empty.set_words(tr("在左边粘贴公告"), how)
        counts = plan.counts if plan else {}
        told = [f"{one.label} {counts[one]:,}" for one in Outcome if counts.get(one)]
        self._card.footer.set_count("　".join(told))
        if items:
            self.table.selectRow(0)

    def choose(self, item: Planned) -> None:
        """Select the row of an event."""
        if item in self.model.rows:
            row = self.model.rows.index(item)
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def _on_row_changed(self, current: QModelIndex) -> None:
        item = current.siblingAtColumn(0).data(Role.ROW) if current.isValid() else None
        if isinstance(item, Planned):
            self.details.show_item(item)
            self.chosen.emit(item)
