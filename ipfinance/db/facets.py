"""How many registrations each value of a filter would leave, the rest of the filter kept."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger_filter import STATE, Filter, conditions, in_order
from ipfinance.db.name_order import numbers
from ipfinance.domain.pledge import Channel, Kind, PledgeeKind, State


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
_CODE = f"""
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


def facets(store: Store, wanted: Filter, today: date) -> Counts:
    """By facet and value: how many registrations are left if that value were chosen.

    A facet follows what is chosen in the others, not what is chosen in itself. Values that
    leave none are left out. A registration with pledgees of two kinds counts in both.
    """
    return {**_by_own_columns(store, wanted, today), **_by_pledgee_kind(store, wanted, today)}


def _by_own_columns(store: Store, wanted: Filter, today: date) -> Counts:
    import numpy as np

    by_days = wanted.which is Which.REGISTERED
    base = replace(
        wanted, kinds=(), city=None, state=None, channel=None, amount_missing=False,
        start=None if by_days else wanted.start, end=None if by_days else wanted.end,
    )  # fmt: skip
    where, arguments = conditions(base, today)
    start, end = wanted.start or date.min, wanted.end or date.max
    within = "registered_on BETWEEN :within_start AND :within_end" if by_days else "1"
    arguments |= {"within_start": start.isoformat(), "within_end": end.isoformat()}
    sql = _CODES.format(code=_CODE.format(within=f"({within})"), where=" AND ".join(where))
    codes, counts = np.unique(
        numbers(store.connection.execute(sql, arguments).fetchone()[0]), return_counts=True
    )
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


def _by_pledgee_kind(store: Store, wanted: Filter, today: date) -> Counts:
    import numpy as np

    where, arguments = conditions(replace(wanted, pledgee_kind=None), today)
    sql = _LISTED.format(where=" AND ".join(where))
    listed = numbers(store.connection.execute(sql, arguments).fetchone()[0])
    pledges, pledgees = (numbers(text) for text in store.connection.execute(_PLEDGEES).fetchone())
    words = [kind.value for kind in PledgeeKind]
    of_pledgee = np.full(int(pledgees.max(initial=0)) + 1, -1)
    for number, kind in store.connection.execute(_PLEDGEE_KINDS):
        if number < len(of_pledgee):
            of_pledgee[number] = words.index(kind)
    is_listed = np.zeros(int(max(pledges.max(initial=0), listed.max(initial=0))) + 1, bool)
    is_listed[listed] = True
    kinds = of_pledgee[pledgees]
    found = {}
    for number, word in enumerate(words):
        count = len(np.unique(pledges[(kinds == number) & is_listed[pledges]]))
        if count:
            found[word] = count
    return {Facet.PLEDGEE_KIND: found}
