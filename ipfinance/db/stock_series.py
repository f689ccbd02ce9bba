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
    SELECT {{key}}, {{begin}}, coalesce(ended_on, '{_NEVER}'), secured_amount_fen
    FROM pledge WHERE counted = 1 AND {KINDS} AND {{begin}} <= :last
        AND (ended_on IS NULL OR ended_on > :first AND ended_on > {{begin}})
        AND pledge.id NOT IN ({_CHANGED})
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
    import numpy as np

    cursor = store.connection.cursor()
    cursor.row_factory = None
    written = [day.isoformat() for day in days]
    arguments = {
        "first": written[0],
        "last": written[-1],
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
    }
    gaps = {"key": KEYS[group], "begin": begin}
    rows = cursor.execute(_STANDING.format(**gaps), arguments).fetchall()
    changes = _read_changes(cursor.execute(_CHANGES, arguments))
    for number, key, registered, ended, term, amount in cursor.execute(
        _OF_CHANGED.format(**gaps), arguments
    ):
        told = changes[number]
        if begin == "registered_on":
            pieces = _pieces(registered, ended, amount, told.amounts)
        else:
            pieces = _after_term(ended, term, amount, told)
        rows += [(key, *piece) for piece in pieces]
    if not rows:
        return [{} for _ in days]
    keys, firsts, ends, amounts = zip(*rows, strict=True)
    names = sorted(set(keys))
    place_of, at = {name: place for place, name in enumerate(names)}, _Places(written)
    count = len(rows)
    places = np.fromiter(map(place_of.__getitem__, keys), np.int64, count)
    known = np.fromiter((amount is not None for amount in amounts), np.int64, count)
    figures = (
        np.ones(count, np.int64),
        np.fromiter((amount or 0 for amount in amounts), np.int64, count),
        1 - known,
    )
    # One place more than there are days, for what begins or ends after the last.
    shape = (len(names), len(days) + 1)
    begun, over = (
        places * shape[1] + np.fromiter(map(at.__getitem__, texts), np.int64, count)
        for texts in (firsts, ends)
    )
    standing = []
    for figure in figures:
        steps = np.zeros(shape[0] * shape[1], np.int64)
        np.add.at(steps, begun, figure)
        np.subtract.at(steps, over, figure)
        standing.append(steps.reshape(shape).cumsum(axis=1))
    return [
        {
            name: Stock(*(int(figure[place, day]) for figure in standing))
            for place, name in enumerate(names)
            if standing[0][place, day]
        }
        for day in range(len(days))
    ]


class _Places(dict[str, int]):
    """The first of the days on which something that happened on a day has happened."""

    def __init__(self, days: Sequence[str]) -> None:
        super().__init__()
        self._days = days

    def __missing__(self, day: str) -> int:
        place = self[day] = bisect_left(self._days, day)
        return place


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
