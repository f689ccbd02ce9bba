"""A registration as the cells of a ledger, in the columns of the field catalogue.

What stands in the cells is what an import reads back as the same registration.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.pledges import find
from ipfinance.domain.division import Divisions
from ipfinance.domain.event_text import write_events
from ipfinance.domain.names import join_parties
from ipfinance.domain.pledge import Pledge, Pledgor
from ipfinance.progress import Progress

LedgerCell = str | date | int | None
"""A text, a day, or a whole number: 分 in the columns of amounts, else a count."""

PAGE = 2000
_BETWEEN = "；"
_WEAK = "、，,;\t\n"


class AreaNames:
    """Names of areas on a day, remembered: a ledger asks for the same few over and over."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self._known: dict[tuple[str, date], str] = {}

    def name(self, code: str | None, day: date) -> str:
        if code is None:
            return ""
        asked = (code, day)
        if asked not in self._known:
            self._known[asked] = self._divisions.name_of(code, day)
        return self._known[asked]


def cells_of(pledge: Pledge, areas: AreaNames) -> Mapping[str, LedgerCell]:
    """The cells of one registration by the key of their column."""
    day = pledge.registered_on
    pledgors, pledgees, rights = pledge.pledgors, pledge.pledgees, pledge.rights
    return {
        "kind": pledge.kind.label_zh,
        "reg_no": pledge.reg_no or "",
        "registered_on": day,
        "pledgor": join_parties([one.name for one in pledgors]),
        "uscc": _aligned([one.uscc or "" for one in pledgors]),
        "city": _once_if_equal([areas.name(one.city, day) for one in pledgors]),
        "county": _once_if_equal([areas.name(one.county, day) for one in pledgors]),
        "size": _once_if_equal([one.size.label_zh if one.size else "" for one in pledgors]),
        "industry": _industries(pledgors),
        "pledgee": join_parties([one.name for one in pledgees]),
        "pledgee_kind": _once_if_equal([one.kind.label_zh if one.kind else "" for one in pledgees]),
        "secured_amount": pledge.secured_amount_fen,
        "credit_amount": pledge.credit_amount_fen,
        "loan_amount": pledge.loan_amount_fen,
        "appraised_value": pledge.appraised_value_fen,
        "subsidy": pledge.subsidy_fen,
        "rights": _BETWEEN.join(one.number for one in rights),
        "right_names": _listed([one.name for one in rights]),
        "rights_count": pledge.rights_declared,
        "term_start": pledge.term_start,
        "term_end": pledge.term_end,
        "cancelled_on": pledge.cancelled_on,
        "channel": pledge.channel.label_zh if pledge.channel else "",
        "note": pledge.note,
        "events": write_events(pledge.events, pledge.cancelled_on),
        "reg_no_in_doubt": pledge.reg_no_in_doubt or "",
    }


def read_pledges(
    store: Store, ids: Sequence[int], progress: Progress, words: str
) -> Iterator[Pledge]:
    """The registrations with these numbers, read page by page, each page told to `progress`."""
    for start in range(0, len(ids), PAGE):
        progress.step(start, len(ids), words)
        yield from find(store, ids[start : start + PAGE])
    progress.step(len(ids), len(ids), words)


def in_parts(pledge: Pledge, longest: int) -> Iterator[Pledge]:
    """The registration in so many rows that no cell of its rights is longer than ``longest``.

    One registration may stand in several rows with one 登记号, each with a part of its rights.
    """
    start = 0
    while True:
        end, numbers, names = start, 0, 0
        for right in pledge.rights[start:]:
            numbers += len(right.number) + 1
            names += len(right.name) + 1
            if max(numbers, names) > longest and end > start:
                break
            end += 1
        yield (
            pledge
            if end - start == len(pledge.rights)
            else replace(pledge, rights=pledge.rights[start:end])
        )
        start = end
        if start >= len(pledge.rights):
            return


def _listed(parts: Sequence[str]) -> str:
    """The parts as `_aligned`; a 、 or a comma inside a part is told from one between parts.

    Where nothing else says that the parts are told apart by ；, one stands at the end.
    """
    text = _aligned(parts)
    if _BETWEEN not in text and any(mark in text for mark in _WEAK):
        return text + _BETWEEN
    return text


def _aligned(parts: Sequence[str]) -> str:
    """The parts in order, blank where there is none; nothing at all when there are none."""
    return _BETWEEN.join(parts) if any(parts) else ""


def _industries(pledgors: Sequence[Pledgor]) -> str:
    return _once_if_equal([one.industry.label_zh if one.industry else "" for one in pledgors])


def _once_if_equal(parts: Sequence[str]) -> str:
    """The parts in order, or one for all."""
    return parts[0] if len(set(parts)) == 1 else _aligned(parts)
