"""How many registrations each value of a filter would leave, the rest of the filter kept."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger_filter import STATE, Filter, conditions, in_order
from ipfinance.db.name_order import numbers
from ipfinance.domain.pledge import Channel, Kind, PledgeeKind, State

if TYPE_CHECKING:
    from ipfinance.db.lines import Flags
    from ipfinance.db.name_order import Numbers


class Facet(StrEnum):
    """What can be counted by; the values are those of `Filter`, a year being a number."""

    KIND = "kind"
    YEAR = "year"
    CITY = "city"
    STATE = "state"
    PLEDGEE_KIND = "pledgee_kind"
    CHANNEL = "channel"


AMOUNT_MISSING = "amount_missing"
"""Stands among the states, where it is looked for: a registration without an amount."""

Counts = dict[Facet, dict[str, int]]

_WORDS = {
    Facet.KIND: [kind.value for kind in Kind],
    Facet.STATE: [state.value for state in State],
    Facet.CHANNEL: [channel.value for channel in Channel],
}
# Six digits of the city, four of the year, and one each for what has few values: one number
# for each registration, so that a million are counted without a row being made of any.
CODE = f"""
    (CAST(city AS INTEGER) * 10000 + CAST(substr(registered_on, 1, 4) AS INTEGER)) * 100000
    + {in_order("kind", _WORDS[Facet.KIND])} * 10000
    + {in_order(STATE, _WORDS[Facet.STATE])} * 1000
    + coalesce({in_order("channel", _WORDS[Facet.CHANNEL])}, 9) * 100
    + (secured_amount_fen IS NULL) * 10
    + {{within}}
"""
_CODES = "SELECT group_concat({code}) FROM pledge WHERE {where}"
_LISTED = "SELECT group_concat(id) FROM pledge WHERE {where}"
_PLEDGEES = "SELECT group_concat(pledge), group_concat(pledgee) FROM pledge_pledgee"
_PLEDGEE_KINDS = "SELECT id, kind FROM pledgee WHERE kind IS NOT NULL"


class Source(Protocol):
    """Where the numbers come from that are counted: the store, or what is held of it."""

    def codes(self, store: Store, wanted: Filter, today: date, start: date, end: date) -> "Numbers":
        """`CODE` of each registration that a filter selects, in any order; its last digit says
        whether the registration day lies from ``start`` to ``end``, both included."""

    def selected(self, store: Store, wanted: Filter, today: date) -> "Flags":
        """By number of registration: whether a filter selects it."""

    def pledgees(self, store: Store) -> tuple["Numbers", "Numbers"]:
        """Registrations and pledgees that belong together, by their numbers."""


class _FromStore:
    """Asks the store anew each time."""

    def codes(self, store: Store, wanted: Filter, today: date, start: date, end: date) -> "Numbers":
        where, arguments = conditions(wanted, today)
        within = "(registered_on BETWEEN :within_start AND :within_end)"
        arguments |= {"within_start": start.isoformat(), "within_end": end.isoformat()}
        sql = _CODES.format(code=CODE.format(within=within), where=" AND ".join(where))
        return numbers(store.connection.execute(sql, arguments).fetchone()[0])

    def selected(self, store: Store, wanted: Filter, today: date) -> "Flags":
        import numpy as np

        where, arguments = conditions(wanted, today)
        sql = _LISTED.format(where=" AND ".join(where))
        ids = numbers(store.connection.execute(sql, arguments).fetchone()[0])
        is_selected = np.zeros(int(ids.max(initial=0)) + 1, bool)
        is_selected[ids] = True
        return is_selected

    def pledgees(self, store: Store) -> tuple["Numbers", "Numbers"]:
        pledges, pledgees = store.connection.execute(_PLEDGEES).fetchone()
        return numbers(pledges), numbers(pledgees)


def facets(store: Store, wanted: Filter, today: date, source: Source | None = None) -> Counts:
    """By facet and value: how many registrations are left if that value were chosen.

    A facet follows what is chosen in the others, not what is chosen in itself. Values that
    leave none are left out. A registration with pledgees of two kinds counts in both.
    """
    source = source or _FromStore()
    return {
        **_by_own_columns(store, wanted, today, source),
        **_by_pledgee_kind(store, wanted, today, source),
    }


def _by_own_columns(store: Store, wanted: Filter, today: date, source: Source) -> Counts:
    import numpy as np

    by_days = wanted.which is Which.REGISTERED
    base = replace(
        wanted, kinds=(), city=None, state=None, channel=None, amount_missing=False,
        start=None if by_days else wanted.start, end=None if by_days else wanted.end,
    )  # fmt: skip
    days = (wanted.start or date.min, wanted.end or date.max) if by_days else (date.min, date.max)
    codes, counts = np.unique(source.codes(store, base, today, *days), return_counts=True)
    columns = {
        Facet.CITY: codes // 10**9,
        Facet.YEAR: codes // 10**5 % 10**4,
        Facet.KIND: codes // 10**4 % 10,
        Facet.STATE: codes // 1000 % 10,
        Facet.CHANNEL: codes // 100 % 10,
    }
    missing = codes // 10 % 10 == 1
    everything = np.ones(len(codes), bool)

    def chosen(facet: Facet, *values: str | None) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        numbers = [_number(facet, value) for value in values if value is not None]
        return np.isin(columns[facet], numbers) if numbers else everything

    masks = {
        Facet.CITY: chosen(Facet.CITY, wanted.city),
        Facet.YEAR: codes % 10 == 1,
        Facet.KIND: chosen(Facet.KIND, *wanted.kinds),
        Facet.STATE: chosen(Facet.STATE, wanted.state)
        & (missing if wanted.amount_missing else everything),
        Facet.CHANNEL: chosen(Facet.CHANNEL, wanted.channel),
    }
    found: Counts = {}
    for facet, column in columns.items():
        left = everything.copy()
        for other, mask in masks.items():
            if other is not facet:
                left &= mask
        values, places = np.unique(column[left], return_inverse=True)
        sums = np.bincount(places, counts[left], len(values)).astype(int)
        found[facet] = {
            word: int(count)
            for value, count in zip(values, sums, strict=True)
            if (word := _word(facet, int(value))) is not None
        }
        if facet is Facet.STATE and (without := int(counts[left & missing].sum())):
            found[facet][AMOUNT_MISSING] = without
    return found


def _number(facet: Facet, word: str) -> int:
    words = _WORDS.get(facet)
    return words.index(word) if words else int(word)


def _word(facet: Facet, number: int) -> str | None:
    if facet not in _WORDS:
        return str(number)
    words = _WORDS[facet]
    return words[number] if number < len(words) else None


def _by_pledgee_kind(store: Store, wanted: Filter, today: date, source: Source) -> Counts:
    import numpy as np

    is_listed = source.selected(store, replace(wanted, pledgee_kind=None), today)
    pledges, pledgees = source.pledgees(store)
    words = [kind.value for kind in PledgeeKind]
    of_pledgee = np.full(int(pledgees.max(initial=0)) + 1, -1)
    for number, kind in store.connection.execute(_PLEDGEE_KINDS):
        if number < len(of_pledgee):
            of_pledgee[number] = words.index(kind)
    kinds = of_pledgee[pledgees]
    found = {}
    for number, word in enumerate(words):
        of_kind = pledges[kinds == number]
        has_kind = np.zeros(len(is_listed), bool)
        has_kind[of_kind[of_kind < len(is_listed)]] = True
        count = int((has_kind & is_listed).sum())
        if count:
            found[word] = count
    return {Facet.PLEDGEE_KIND: found}
