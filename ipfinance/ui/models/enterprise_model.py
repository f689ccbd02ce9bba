"""The enterprises that pledged, with their totals, as a table of any length."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from typing_extensions import override

from ipfinance.db import enterprises
from ipfinance.db.connection import Store
from ipfinance.db.enterprises import EnterpriseListing, EnterpriseRow, EnterpriseSort
from ipfinance.db.ledger_reader import LedgerReader
from ipfinance.db.reach import is_long
from ipfinance.domain.money import wan
from ipfinance.language import either, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.paged import PagedModel
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Role

_Question = tuple[str, EnterpriseSort, bool]
_Answer = tuple[_Question, EnterpriseListing]


class EnterpriseModel(PagedModel[EnterpriseRow]):
    """`show` asks the store: at once while it is small, else in the worker, once the ledger is
    held in memory, which is sooner read than all enterprises are added up by the store."""

    listed = Signal()  # the list is there, in `listing`

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(_columns(desk), parent)
        self._desk = desk
        self._question: _Question = ("", EnterpriseSort.SECURED_AMOUNT, True)
        self.listing: EnterpriseListing | None = None
        self._is_asked = False

    @property
    def text(self) -> str:
        """What was searched last."""
        return self._question[0]

    @property
    def sorting(self) -> tuple[EnterpriseSort, bool]:
        """What the list is sorted by, and whether the largest stands first."""
        return self._question[1:]

    def show(self, text: str) -> None:
        """List the enterprises found; `listed` tells when they are there."""
        self._is_asked = True
        self._ask((text, *self.sorting))

    @override
    def fetch(self, ids: Sequence[int]) -> list[EnterpriseRow]:
        return enterprises.rows(self._desk.store, ids, self._desk.today())

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and orientation is Qt.Orientation.Horizontal:
            return _TIPS.get(str(super().headerData(section, orientation, Role.KEY)))
        return super().headerData(section, orientation, role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        sort = _SORTS[self._columns[column].key]
        question = (self.text, sort, order == Qt.SortOrder.DescendingOrder)
        if self._is_asked:
            self._ask(question)
        else:
            self._question = question  # of what will be shown

    def _ask(self, question: _Question) -> None:
        self._question = question
        if not is_long(self._desk.store):
            self._on_answer(self._work()(self._desk.store, Progress()))
        elif self._desk.remembering.begin():
            self._desk.remembering.done.connect(
                self._ask_worker, Qt.ConnectionType.SingleShotConnection
            )
        else:
            self._ask_worker()

    def _ask_worker(self) -> None:
        self._desk.work(self._work(), self._on_answer, owner=self, replaces="select")

    def _work(self) -> Callable[[Store, Progress], _Answer]:
        return partial(_answered, self._desk.ledger, self._question, self._desk.today())

    def _on_answer(self, answer: _Answer) -> None:
        question, listing = answer
        if question == self._question:
            self.listing = listing
            self.set_ids(listing.ids)
            self.listed.emit()


def _answered(
    reader: LedgerReader, question: _Question, today: date, store: Store, _: Progress
) -> _Answer:
    text, sort, descending = question
    return question, reader.enterprises(store, text, today, sort, descending)


_SORTS = {sort.value: sort for sort in EnterpriseSort} | {"county": EnterpriseSort.CITY}

_TIPS = {
    "city": tr("最近一次登记时所在的设区市"),
    "county": tr("最近一次登记时所在的县（市、区）"),
    "registrations": tr("参与出质的专利、商标登记；不予登记、撤回、撤销的不计"),
    "secured_amount": tr("各笔登记的担保债权额之和；共同出质的，在每家企业都计全额"),
    "rights": tr("各笔登记所列专利、商标件数之和"),
    "live": tr("今天仍在押的登记件数"),
}


def _columns(desk: Desk) -> list[Column[EnterpriseRow]]:
    """Together as wide as a window of 1280 pixels has room; the name takes what is left over."""

    def place(code: str | None) -> str:
        if not code:
            return "—"
        try:
            return desk.divisions.name_of(code)
        except LookupError:
            return code

    return [
        Column("name", tr("企业名称"), lambda row: row.name, width=146, stretch=1),
        Column("uscc", tr("统一社会信用代码"), lambda row: row.uscc or "—", width=172, soft=True),
        Column("city", tr("设区市"), lambda row: place(row.city), width=72),
        Column("county", tr("县（市、区）"), lambda row: place(row.county), width=80),
        Column(
            "registrations",
            tr("登记件数"),
            lambda row: f"{row.registrations:,}",
            width=90,
            number=True,
        ),
        Column(
            "secured_amount",
            tr("债权额（万元）"),
            _amount,
            width=120,
            number=True,
            tip=_missing,
        ),
        Column(
            "rights",
            either("专利/商标", "Rights"),
            lambda row: f"{row.rights:,}",
            width=64,
            number=True,
        ),
        Column("live", tr("在押"), lambda row: f"{row.live:,}", width=60, number=True),
        Column(
            "first_on",
            tr("首次登记"),
            lambda row: row.first_on.isoformat(),
            width=92,
            soft=True,
            hidden=True,
        ),
        Column("last_on", tr("最近登记"), lambda row: row.last_on.isoformat(), width=92, soft=True),
    ]


def _amount(row: EnterpriseRow) -> str:
    if row.registrations and row.registrations == row.amount_missing:
        return tr("待补")
    return wan(row.secured_amount_fen)


def _missing(row: EnterpriseRow) -> str:
    return tr("另有 {count:,} 件金额待补", count=row.amount_missing) if row.amount_missing else ""
