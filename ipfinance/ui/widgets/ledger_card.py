"""The table of registrations with its footer: in the ledger, behind a number, in the trash."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow, Sort
from ipfinance.db.listings import Figures, Sum, sum_of
from ipfinance.domain.money import wan
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.ledger_model import LedgerModel
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

# More chosen rows than this are added up in the worker.
_AT_ONCE = 2000


class LedgerCard(TableCard):
    """Shows what a filter selects; adds up all of it at the right, what is chosen at the left."""

    opened = Signal(int)  # number of the registration
    chosen_changed = Signal(int)  # how many are chosen
    listed = Signal()  # the list is there, in `model.listing`

    def __init__(
        self, desk: Desk, key: str, parent: QWidget | None = None, *, tools: bool = True
    ) -> None:
        self.model = LedgerModel(desk)
        super().__init__(DataTable(key), parent=parent, tools=tools)
        self._desk = desk
        self._remark = ""
        self._chosen_words = ""
        self.chosen_sum: Sum | None = None  # of the chosen rows; None while it is added up
        self._shown: tuple[Filter, Sort, bool] | None = None
        self.model.setParent(self)
        self.table.setAccessibleName("质押登记")
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self._mark_sorting()
        self._missing = label("", "label")
        self.footer.row.addWidget(self._missing)
        self.footer.setToolTip("合计的是列出的全部登记，不论是否计入统计。")
        self.table.opened.connect(self._on_opened)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.table.header.sectionClicked.connect(self._mark_sorting)
        self.table.too_many_to_copy.connect(self._on_too_many_to_copy)
        self.model.listed.connect(self._on_listed)

    def show_filter(self, wanted: Filter) -> None:
        """List what the filter selects; `listed` tells when it is there."""
        self.model.show(wanted)

    def chosen_numbers(self) -> list[int]:
        """Numbers of the chosen registrations, in the order shown."""
        ids = self.model.ids
        return [ids[row] for row in self.table.chosen_rows()]

    def say_counted(self, figures: Figures, *, enterprises: bool = False) -> None:
        """Say how much of the list counts, and whose it is, after how many there are."""
        said = []
        uncounted = self.model.rowCount() - figures.registrations
        if uncounted:
            said.append(f"其中 {uncounted:,} 条不计入统计")
        if enterprises:
            said.append(f"涉及企业 {figures.enterprises:,} 家")
        self._remark = "，".join(said)
        self._say_count()

    def enter(self) -> None:
        """Put the keys on the first row, or on the one they were on."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.chosen_count() and self.model.rowCount():
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    # -- inside ----------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(Role.ROW)
        if isinstance(row, LedgerRow):
            self.opened.emit(row.id)

    def _on_too_many_to_copy(self, count: int) -> None:
        self._desk.talk.warn(
            f"选中了 {count:,} 条，太多而无法复制", "请缩小选择范围，或用「导出 Excel」。"
        )

    def _mark_sorting(self) -> None:
        """Let the header tell what the list is sorted by; not every column can be."""
        sort, descending = self.model.sorting
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        before = self.table.header.sorted_by
        column = before[0] if before else self.model.column_of(sort.value)
        if self.model.sort_of(column) is not sort:
            column = self.model.column_of(sort.value)
        self.table.header.sorted_by = (column, order)
        self.table.header.viewport().update()

    def _on_listed(self) -> None:
        question = (self.model.wanted, *self.model.sorting)
        if question == self._shown:
            self._place.restore()
        else:
            self._shown = question
            self._remark = ""
            self.table.scrollToTop()
        self._say_sum()
        self._on_chosen_changed(self.table.chosen_count())
        self.listed.emit()

    def _say_sum(self) -> None:
        listing = self.model.listing
        if listing is None:
            return
        self.footer.set_sum("担保债权额合计", f"{wan(listing.secured_amount_fen)} 万元")
        missing = listing.amount_missing
        self._missing.setText(f"另有 {missing:,} 件金额待补" if missing else "")
        self._missing.setVisible(bool(missing))

    def _say_count(self) -> None:
        text = f"共 {self.model.rowCount():,} 条"
        remark = f"{text}，{self._remark}" if self._remark else text
        self.footer.set_count(remark, self._chosen_words)

    def _on_chosen_changed(self, count: int) -> None:
        listing = self.model.listing
        if listing is not None and 0 < count == len(listing):
            self._say_chosen(Sum(count, listing.secured_amount_fen, listing.amount_missing))
        elif 0 < count <= _AT_ONCE:
            self._say_chosen(sum_of(self._desk.store, self.chosen_numbers()))
        else:
            self.chosen_sum = None
            self._chosen_words = f"已选 {count:,} 条" if count else ""
            self._say_count()
            if count:
                work = partial(_added_up, self.chosen_numbers())
                self._desk.work(work, self._on_added_up, owner=self, replaces="chosen")
        self.chosen_changed.emit(count)

    def _on_added_up(self, chosen: Sum) -> None:
        if chosen.registrations == self.table.chosen_count():
            self._say_chosen(chosen)

    def _say_chosen(self, chosen: Sum) -> None:
        self.chosen_sum = chosen
        words = f"已选 {chosen.registrations:,} 条，{wan(chosen.secured_amount_fen)} 万元"
        if chosen.amount_missing:
            words = f"{words}，其中 {chosen.amount_missing:,} 件金额待补"
        self._chosen_words = words
        self._say_count()


def _added_up(ids: list[int], store: Store, _: Progress) -> Sum:
    return sum_of(store, ids)
