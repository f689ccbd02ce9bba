"""The table of registrations with its footer: in the ledger, behind a number, in the trash."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow, Sort
from ipfinance.db.listings import Figures, Sum, sum_of
from ipfinance.domain.money import wan
from ipfinance.language import clauses, tr
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
    """Shows what a filter selects; adds up what is chosen at the right, or all while nothing is."""

    opened = Signal(int)  # number of the registration
    chosen_changed = Signal(int)  # how many are chosen
    listed = Signal()  # the list is there, in `model.listing`

    def __init__(
        self, desk: Desk, key: str, parent: QWidget | None = None, *, tools: bool = True
    ) -> None:
        self.model = LedgerModel(desk)
        super().__init__(DataTable(key), parent=parent, tools=tools)
        self._desk = desk
        self._remark: list[str] = []
        self._chosen = 0  # how many rows are
        self.chosen_sum: Sum | None = None  # of the chosen rows; None while it is added up
        self._shown: tuple[Filter, Sort, bool] | None = None
        self.model.setParent(self)
        self.table.setAccessibleName(tr("质押登记"))
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self.table.sort_by(Sort.REGISTERED_ON.value, Qt.SortOrder.DescendingOrder)
        self._missing = label("", "label")
        self.footer.row.addWidget(self._missing)
        self.footer.setToolTip(tr("合计的是列出的全部登记，不论是否计入统计。"))
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
            said.append(tr("其中 {count:,} 条不计入统计", count=uncounted))
        if enterprises:
            said.append(tr("涉及企业 {count:,} 家", count=figures.enterprises))
        self._remark = said
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
            tr("选中了 {count:,} 条，太多而无法复制", count=count),
            tr("请缩小选择范围，或用「导出 Excel」。"),
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
            self._remark = []
            self.table.scrollToTop()
        self._on_chosen_changed(self.table.chosen_count())
        self.listed.emit()

    def _say_sum(self) -> None:
        listing = self.model.listing
        if listing is None:
            return
        if not self._chosen:
            name = tr("担保债权额合计")
            amount = tr("{amount} 万元", amount=wan(listing.secured_amount_fen))
            missing = tr("另有 {count:,} 件金额待补", count=listing.amount_missing)
            has_missing = bool(listing.amount_missing)
        else:
            chosen = self.chosen_sum or Sum()
            name = tr("已选 {count:,} 条，担保债权额", count=self._chosen)
            amount = (
                tr("{amount} 万元", amount=wan(chosen.secured_amount_fen))
                if self.chosen_sum
                else "…"
            )
            missing = tr("其中 {count:,} 件金额待补", count=chosen.amount_missing)
            has_missing = bool(chosen.amount_missing)
        self.footer.set_sum(name, amount)
        self._missing.setText(missing if has_missing else "")
        self._missing.setVisible(has_missing)
        self._say_count()

    def _say_count(self) -> None:
        listing = self.model.listing
        count = self.model.rowCount()
        text = tr("共 {count:,} 条", count=count)
        if self._chosen and listing is not None:
            amount = wan(listing.secured_amount_fen)
            text = tr("共 {count:,} 条、{amount} 万元", count=count, amount=amount)
        self.footer.set_count(clauses([text, *self._remark]))

    def _on_chosen_changed(self, count: int) -> None:
        listing = self.model.listing
        self._chosen = count
        if listing is not None and 0 < count == len(listing):
            self._say_chosen(Sum(count, listing.secured_amount_fen, listing.amount_missing))
        elif 0 < count <= _AT_ONCE:
            self._say_chosen(sum_of(self._desk.store, self.chosen_numbers()))
        else:
            self._say_chosen(None)
            if count:
                work = partial(_added_up, self.chosen_numbers())
                self._desk.work(work, self._on_added_up, owner=self, replaces="chosen")
        self.chosen_changed.emit(count)

    def _on_added_up(self, chosen: Sum) -> None:
        if chosen.registrations == self.table.chosen_count():
            self._say_chosen(chosen)

    def _say_chosen(self, chosen: Sum | None) -> None:
        self.chosen_sum = chosen
        self._say_sum()


def _added_up(ids: list[int], store: Store, _: Progress) -> Sum:
    return sum_of(store, ids)
