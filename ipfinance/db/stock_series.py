"""在押 and 到期未注销 on a series of days, from one reading: as `sums` tells them of each day.

A registration stands from one day until another with one amount; where events have changed its
amount or its term it is several such pieces. What stands on a day is what has begun by then less
what has ended, so that the days cost next to nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.sums import KEYS, KINDS, Stock
from ipfinance.db.totals import Group
from ipfinance.domain.pledge import Kind

_NEVER, _ALWAYS = "9999-12-31", "0000-01-01"
_CHANGED = """
    SELECT pledge FROM event
    WHERE happened_on <= :last AND (secured_amount_fen IS NOT NULL OR term_end IS NOT NULL)
"""
_STANDING = f"""
    SELECT {{key}}, {{begun}}, {{over}}, count(*), coalesce(sum(secured_amount_fen), 0),
        count(*) - count(secured_amount_fen)
    FROM pledge WHERE counted = 1 AND {KINDS} AND {{begin}} <= :last
        AND (ended_on IS NULL OR ended_on > :first AND ended_on > {{begin}})
        AND pledge.id NOT IN ({_CHANGED})
    GROUP BY 1, 2, 3
"""
_OF_CHANGED = f"""
    SELECT pledge.id, {{key}}, registered_on, coalesce(ended_on, '{_NEVER}'), term_end,
        secured_amount_fen
    FROM pledge WHERE counted = 1 AND +{KINDS} AND (ended_on IS NULL OR ended_on > :first)
        AND pledge.id IN ({_CHANGED})
"""
_CHANGES = """
    SELECT pledge, happened_on, secured_amount_fen, term_end FROM event
    WHERE happened_on <= :last AND (secured_amount_fen IS NOT NULL OR term_end IS NOT NULL)
    ORDER BY pledge, happened_on, id
"""

_Piece = tuple[str, str, int | None]
"""First day, the day after the last, and the amount between."""


@dataclass(slots=True)
class _Changes:
    """What events of one registration have told, by day; the last of a day holds."""

    amounts: dict[str, int]
    terms: dict[str, str]


def outstanding_on(
    store: Store, group: Group, days: Sequence[date], kinds: Sequence[Kind]
) -> list[dict[str, Stock]]:
    """As `sums.outstanding` on each of the days, which are in order."""
    return _standing(store, group, days, kinds, "registered_on")


def overdue_on(
    store: Store, group: Group, days: Sequence[date], kinds: Sequence[Kind]
) -> list[dict[str, Stock]]:
    """As `sums.due_and_not_cancelled` on each of the days, which are in order."""
    return _standing(store, group, days, kinds, "term_end")


def _standing(
    store: Store, group: Group, days: Sequence[date], kinds: Sequence[Kind], begin: str
) -> list[dict[str, Stock]]:
    cursor = store.connection.cursor()
    cursor.row_factory = None
    written = [day.isoformat() for day in days]
    arguments = {
        "first": written[0],
        "last": written[-1],
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
        **{f"day_{place}": day for place, day in enumerate(written)},
    }
    gaps = {"key": KEYS[group], "begin": begin}
    steps = _Steps(len(days))
    # The store adds up what begins and ends between the same days: a million registrations
    # are a few hundred rows.
    counted = _STANDING.format(
        begun=_place_of(begin, len(days)), over=_place_of("ended_on", len(days)), **gaps
    )
    for key, begun, over, *figures in cursor.execute(counted, arguments):
        steps.add(key, begun, over, figures)
    changes = _read_changes(cursor.execute(_CHANGES, arguments))
    for number, key, registered, ended, term, amount in cursor.execute(
        _OF_CHANGED.format(**gaps), arguments
    ):
        told = changes[number]
        if begin == "registered_on":
            pieces = _pieces(registered, ended, amount, told.amounts)
        else:
            pieces = _after_term(ended, term, amount, told)
        for first, end, held in pieces:
            figures = (1, held or 0, int(held is None))
            steps.add(key, bisect_left(written, first), bisect_left(written, end), figures)
    return steps.standing()


def _place_of(column: str, count: int) -> str:
    """The first of the days on which something that happened on a day has happened, as SQL."""
    whens = (f"WHEN {column} <= :day_{place} THEN {place}" for place in range(count))
    return f"CASE {' '.join(whens)} ELSE {count} END"


class _Steps:
    """How figures of several keys change from one day to the next."""

    def __init__(self, days: int) -> None:
        self._days = days
        self._steps: dict[str, list[list[int]]] = {}

    def add(self, key: str, begun: int, over: int, figures: Sequence[int]) -> None:
        """Count, amount and how many have none: they stand from a day until another."""
        # One place more than there are days, for what begins or ends after the last.
        if key not in self._steps:
            self._steps[key] = [[0, 0, 0] for _ in range(self._days + 1)]
        steps = self._steps[key]
        for at, figure in enumerate(figures):
            steps[begun][at] += figure
            steps[over][at] -= figure

    def standing(self) -> list[dict[str, Stock]]:
        """What stands on each day, by key."""
        found: list[dict[str, Stock]] = [{} for _ in range(self._days)]
        for key in sorted(self._steps):
            now = [0, 0, 0]
            for day, step in zip(found, self._steps[key], strict=False):
                now = [before + change for before, change in zip(now, step, strict=True)]
                if now[0]:
                    day[key] = Stock(*now)
        return found


def _read_changes(rows: Iterator[tuple[int, str, int | None, str | None]]) -> dict[int, _Changes]:
    changes: dict[int, _Changes] = {}
    for number, day, amount, term in rows:
        told = changes.setdefault(number, _Changes({}, {}))
        if amount is not None:
            told.amounts[day] = amount
        if term is not None:
            told.terms[day] = term
    return changes


def _pieces(
    first: str, end: str, amount: int | None, changes: Mapping[str, int]
) -> Iterator[_Piece]:
    """From the first day until the end, cut where the amount changed; in order of the days."""
    for day, changed in changes.items():
        if day >= end:
            break
        if day > first:
            yield first, day, amount
            first = day
        amount = changed
    if first < end:
        yield first, end, amount


def _after_term(end: str, term: str | None, amount: int | None, told: _Changes) -> Iterator[_Piece]:
    """From the day on which the debt was due, by the term known on each day."""
    days = [_ALWAYS, *told.terms, end]
    for place, due in enumerate((term, *told.terms.values())):
        if due is not None and days[place] < end:
            until = min(days[place + 1], end)
            yield from _pieces(max(due, days[place]), until, amount, told.amounts)
