"""The registrations that a filter selects, as a table of any length, sorted in the store."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from typing_extensions import override

from ipfinance.db import ledger
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow, Listing, Sort
from ipfinance.db.reach import is_long
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import wan
from ipfinance.domain.pledge import Kind, State
from ipfinance.language import either, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.paged import PagedModel
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Role, Tone

KIND_TONES = {Kind.PATENT: Tone.INFO, Kind.TRADEMARK: Tone.WARNING}
# Red asks somebody to do something; what has ended asks for nothing.
STATE_TONES = {State.LIVE: Tone.OK, State.DUE_SOON: Tone.WARNING, State.OVERDUE: Tone.DANGER}
NO_AMOUNT = tr("待补")

_Question = tuple[Filter, Sort, bool]
_Answer = tuple[_Question, Listing]


class LedgerModel(PagedModel[LedgerRow]):
    """`show` asks the store: at once while it is small, else in the worker, so that typing never
    waits; until the answer is there the former list stays."""

    listed = Signal()  # the list is there, in `listing`

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(_columns(desk), parent)
        self._desk = desk
        self._question: _Question = (Filter(), Sort.REGISTERED_ON, True)
        self._is_asked = False
        self.listing: Listing | None = None

    @property
    def wanted(self) -> Filter:
        """What was asked for last."""
        return self._question[0]

    @property
    def sorting(self) -> tuple[Sort, bool]:
        """What the list is sorted by, and whether the largest stands first."""
        return self._question[1:]

    def show(self, wanted: Filter) -> None:
        """List what the filter selects; `listed` tells when it is there."""
        self._is_asked = True
        self._ask((wanted, *self.sorting))

    @override
    def fetch(self, ids: Sequence[int]) -> list[LedgerRow]:
        return ledger.rows(self._desk.store, ids, self._desk.today())

    def sort_of(self, column: int) -> Sort | None:
        """What a column sorts by; None when it cannot."""
        key = self._columns[column].key
        return _SORTS.get(key)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        sort = self.sort_of(column)
        if sort is None:
            return
        question = (self.wanted, sort, order == Qt.SortOrder.DescendingOrder)
        if self._is_asked:
            self._ask(question)
        else:
            self._question = question  # of what will be shown

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

    def _ask(self, question: _Question) -> None:
        self._question = question
        work = partial(_answered, question, self._desk)
        if is_long(self._desk.store):
            self._desk.work(work, self._on_answer, owner=self, replaces="select")
        else:
            self._on_answer(work(self._desk.store, Progress()))

    def _on_answer(self, answer: _Answer) -> None:
        question, listing = answer
        if question == self._question:
            self.listing = listing
            self.set_ids(listing.ids)
            self.listed.emit()


def _answered(question: _Question, desk: Desk, store: Store, _: Progress) -> _Answer:
    wanted, sort, descending = question
    return question, desk.ledger.select(store, wanted, desk.today(), sort, descending)


# County and city are one order, that of the area codes.
_SORTS = {sort.value: sort for sort in Sort} | {"county": Sort.CITY}
_TIPS = {key: field.explained for key, field in BY_KEY.items()} | {
    "state": tr("按今天推算：90 天内到期为即将到期；到期后没有注销的仍在登记簿上"),
    "term_end": tr("债务履行期限的最后一天，延期后为延期的日期"),
}


def _columns(desk: Desk) -> list[Column[LedgerRow]]:
    """Together as wide as a window of 1280 pixels has room; names take what is left over."""
    places = _Places(desk)
    return [
        Column(
            "reg_no",
            either("登记号", "Number"),
            lambda row: row.reg_no or "—",
            width=128,
            stretch=2,
            tip=_in_doubt,
        ),
        Column(
            "kind",
            tr("类型"),
            lambda row: row.kind.label,
            width=64,
            words=(Kind.PATENT.label, Kind.TRADEMARK.label),
            pill=lambda row: KIND_TONES.get(row.kind, Tone.NEUTRAL),
        ),
        Column("pledgor", tr("出质人"), lambda row: row.pledgors, width=140, stretch=3, least=112),
        Column(
            "pledgee",
            tr("质权人"),
            lambda row: row.pledgees,
            width=128,
            stretch=3,
            least=100,
            soft=True,
        ),
        Column("city", tr("设区市"), places.city, width=80, tip=places.both),
        Column("county", tr("县（市、区）"), places.county, width=104, hidden=True),
        Column(
            "secured_amount",
            tr("债权额（万元）"),
            _amount,
            sort=lambda row: row.secured_amount_fen,
            width=120,
            number=True,
            fault=lambda row: Tone.WARNING if row.secured_amount_fen is None else None,
        ),
        Column(
            "rights_count",
            tr("件数"),
            lambda row: f"{row.rights_count:,}",
            sort=lambda row: row.rights_count,
            width=64,
            number=True,
        ),
        Column(
            "registered_on",
            tr("登记日"),
            lambda row: row.registered_on.isoformat(),
            width=92,
            soft=True,
        ),
        Column("term_end", tr("到期日"), _term_end, width=92, soft=True),
        Column(
            "state",
            tr("状态"),
            lambda row: row.state.label,
            width=100,
            words=tuple(state.label for state in State),
            pill=lambda row: STATE_TONES.get(row.state, Tone.NEUTRAL),
        ),
        Column(
            "reg_no_in_doubt",
            BY_KEY["reg_no_in_doubt"].label,
            lambda row: row.reg_no_in_doubt or "—",
            width=128,
            stretch=2,
            hidden=True,
        ),
    ]


def _in_doubt(row: LedgerRow) -> str:
    """Why there is no number, where one is known."""
    reg_no = row.reg_no_in_doubt
    return tr("待核登记号：{reg_no}", reg_no=reg_no) if reg_no else ""


def _amount(row: LedgerRow) -> str:
    return NO_AMOUNT if row.secured_amount_fen is None else wan(row.secured_amount_fen)


def _term_end(row: LedgerRow) -> str:
    return row.term_end.isoformat() if row.term_end else "—"


class _Places:
    """Names of areas as they were on the day of registration."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def city(self, row: LedgerRow) -> str:
        return self._name(row.city, row.registered_on)

    def county(self, row: LedgerRow) -> str:
        return self._name(row.county, row.registered_on) if row.county else "—"

    def both(self, row: LedgerRow) -> str:
        return f"{self.city(row)} {self.county(row)}" if row.county else self.city(row)

    def _name(self, code: str, day: date) -> str:
        try:
            return self._desk.divisions.name_of(code, day)
        except LookupError:
            return code
