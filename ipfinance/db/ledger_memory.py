"""The ledger in memory: what a filter selects, searched and sorted without asking the store.

Held for one window by its worker. It is made part by part, which takes seconds for a million
registrations.
"""

from array import array
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ipfinance.db import ledger
from ipfinance.db.enterprise_orders import EnterpriseOrders
from ipfinance.db.enterprises import EnterpriseListing
from ipfinance.db.ledger_filter import conditions, moments
from ipfinance.db.listings import Figures
from ipfinance.db.name_order import numbers
from ipfinance.db.party_names import Party
from ipfinance.db.party_sums import PartySums, party_sums
from ipfinance.db.remembered import (
    NONE,
    Columns,
    Counted,
    FacetCodes,
    Part,
    Parties,
    RegNos,
    Rights,
    Searched,
    by_number,
)
from ipfinance.db.touched import newest, touched
from ipfinance.db.typed import typed
from ipfinance.domain.pledge import Kind

if TYPE_CHECKING:
    from datetime import date

    from ipfinance.db.connection import Store
    from ipfinance.db.enterprises import EnterpriseSort
    from ipfinance.db.ledger import Filter, Listing, Sort
    from ipfinance.db.lines import Flags, Numbers

_KEPT = 4  # filters whose registrations are kept
_LISTED = "SELECT group_concat(id) FROM pledge WHERE {where}"
_KEYS = """
    SELECT group_concat(id), group_concat(coalesce({key}, -1))
    FROM pledge WHERE deleted_at IS NULL
"""
_LOW = (1 << 31) - 1


class LedgerMemory:
    """Equal to the store whenever it answers: what was written since is read before.

    Belongs to the thread that fills it. ``today`` is the day that states are told by; on
    another day everything is read anew.
    """

    def __init__(self) -> None:
        self._columns = Columns()
        self._counted = Counted()
        self._codes = FacetCodes()
        self._enterprises = Parties(Party.ENTERPRISE)
        self._pledgees = Parties(Party.PLEDGEE)
        self._searched: tuple[Searched, ...] = (
            RegNos(),
            self._enterprises,
            self._pledgees,
            Rights(),
        )
        self._parts: tuple[Part, ...] = (
            self._columns,
            *self._searched,
            self._counted,
            self._codes,
        )
        self._forget()

    def _forget(self) -> None:
        self._read = 0  # how many of the parts
        self._newest = 0
        self._today: date | None = None
        self._forget_derived()

    def _forget_derived(self) -> None:
        self._orders: dict[Sort, tuple[Numbers, Numbers]] = {}
        self._selected: OrderedDict[Filter, Flags] = OrderedDict()
        self._found: tuple[str, Flags] | None = None
        self._of_enterprises: EnterpriseOrders | None = None
        self._of_pledgees: PartySums | None = None

    # -- making it -------------------------------------------------------------------------

    def read_next(self, store: "Store", today: "date") -> None:
        """Read one more part."""
        # One transaction, so that every part is of the same moment.
        store.connection.execute("BEGIN")
        try:
            if not self._follow(store, today):
                self._today, self._newest = today, newest(store)
            if not self.is_whole:
                self._parts[self._read].read(store, today)
                self._read += 1
        finally:
            store.connection.execute("ROLLBACK")

    def _follow(self, store: "Store", today: "date") -> bool:
        """Read what was written since; False when all that was read had to be forgotten."""
        now = newest(store)
        if self._today == today and self._newest == now:
            return True
        written = touched(store, self._newest) if now > self._newest else None
        if self._today != today or written is None:
            self._forget()
            return False
        if written:
            for part in self._parts[: self._read]:
                part.follow(store, today, written)
            self._forget_derived()
        self._newest = now
        return True

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be read by `read_next`."""
        return self._read == len(self._parts)

    def is_ready(self, store: "Store", today: "date") -> bool:
        """Whether it can answer now, and as the store would."""
        return self.is_whole and self._follow(store, today)

    # -- asking it -------------------------------------------------------------------------

    def select(
        self, store: "Store", wanted: "Filter", today: "date", sort: "Sort", descending: bool
    ) -> "Listing":
        """What `ledger.select` tells; deleted ones are not held here."""
        is_selected = self.selected(store, wanted, today)
        # Those without a value stand last in both directions.
        runs = [run[is_selected[run]] for run in self._order(store, today, sort)]
        ids = np.concatenate([run[::-1] for run in runs] if descending else runs)
        amounts = self._columns.amount[ids]
        missing = int((amounts == NONE).sum())
        return ledger.Listing(
            array("q", ids.astype(np.int64).tobytes()), _sum(amounts) + missing, missing
        )

    def selected(self, store: "Store", wanted: "Filter", today: "date") -> "Flags":
        """By number of registration: whether a filter selects it."""
        text = wanted.text.strip()
        rest = replace(wanted, text="")
        is_selected = self._selected.pop(rest, None)
        if is_selected is None:
            where, arguments = conditions(rest, today)
            sql = _LISTED.format(where=" AND ".join(where))
            is_selected = np.zeros(len(self._columns.day), bool)
            told = numbers(store.connection.execute(sql, arguments).fetchone()[0])
            # What another window wrote a moment ago is read before the next answer.
            is_selected[told[told < len(is_selected)]] = True
        self._selected[rest] = is_selected  # the newest last
        if len(self._selected) > _KEPT:
            self._selected.popitem(last=False)
        return is_selected & self._holding(store, text) if text else is_selected

    def codes(
        self, store: "Store", wanted: "Filter", today: "date", start: "date", end: "date"
    ) -> "Numbers":
        """What `facets.Source` tells."""
        is_selected = self.selected(store, wanted, today)
        days = self._columns.day[is_selected]
        is_within = (days >= _as_number(start)) & (days <= _as_number(end))
        return self._codes.code[is_selected] + is_within

    def pledgees(self, store: "Store") -> "tuple[Numbers, Numbers]":
        """Registrations and pledgees that belong together, by their numbers."""
        pledges, pledgees = self._pledgees.links
        return pledges, pledgees

    def figures(self, store: "Store", wanted: "Filter", today: "date") -> Figures:
        """What `listings.figures_of` tells."""
        counted = self._counted
        is_selected = self.selected(store, wanted, today)[: len(counted.kind)]
        kinds = np.zeros(len(is_selected), np.int8)
        kinds[is_selected] = counted.kind[: len(is_selected)][is_selected]
        for place, kind in enumerate(counted.kinds, 1):
            if wanted.kinds and kind not in wanted.kinds:
                kinds[kinds == place] = 0
        numbers_of = {
            kind: np.flatnonzero(kinds == place) for place, kind in enumerate(counted.kinds, 1)
        }
        pledges, enterprises, cities, counties = counted.links
        is_meant = np.zeros(max(len(self._columns.day), int(pledges.max(initial=0)) + 1), bool)
        is_meant[: len(kinds)] = kinds > 0
        of_links = is_meant[pledges]
        for code, places in (
            (wanted.enterprise_city, cities),
            (wanted.enterprise_county, counties),
        ):
            if code is not None:
                of_links &= places == int(code or 0)  # 0 where there is none
        amounts = self._columns.amount[np.flatnonzero(is_meant)]
        missing = int((amounts == NONE).sum())
        rights = {kind: int(counted.rights[ids].sum()) for kind, ids in numbers_of.items()}
        return Figures(
            registrations=len(amounts),
            secured_amount_fen=_sum(amounts) + missing,
            amount_missing=missing,
            enterprises=len(np.unique(enterprises[of_links])),
            patents=rights[Kind.PATENT],
            trademarks=rights[Kind.TRADEMARK],
        )

    def enterprises(
        self, store: "Store", text: str, today: "date", sort: "EnterpriseSort", descending: bool
    ) -> EnterpriseListing:
        """What `enterprises.select` tells."""
        if self._of_enterprises is None:
            self._of_enterprises = EnterpriseOrders(self._sums(store, today, self._enterprises))
        ids = self._of_enterprises.by(store, sort, descending)
        pledges, enterprises = self._of_enterprises.sums.pairs
        text = text.strip()
        if text:
            is_found = self._enterprises.found(typed(text))
            ids, pledges = ids[is_found[ids]], pledges[is_found[enterprises]]
        is_meant = np.zeros(len(self._columns.day), bool)
        is_meant[pledges] = True
        amounts = self._columns.amount[np.flatnonzero(is_meant)]
        missing = int((amounts == NONE).sum())
        return EnterpriseListing(
            array("q", ids.tobytes()), len(amounts), _sum(amounts) + missing, missing
        )

    def pledgee_sums(self, store: "Store", today: "date") -> PartySums:
        """What each pledgee comes to."""
        if self._of_pledgees is None:
            self._of_pledgees = self._sums(store, today, self._pledgees)
        return self._of_pledgees

    def _sums(self, store: "Store", today: "date", parties: Parties) -> PartySums:
        pledges, numbers_of = parties.links
        return party_sums(store, today, (pledges, numbers_of), self._columns, self._counted)

    def _holding(self, store: "Store", text: str) -> "Flags":
        """By number of registration: whether a text is found in it."""
        if self._found is None or self._found[0] != text:
            found = np.zeros(len(self._columns.day), bool)
            for part in self._searched:
                part.mark(store, typed(text), found)
            self._found = text, found
        return self._found[1]

    def _order(self, store: "Store", today: "date", sort: "Sort") -> "tuple[Numbers, Numbers]":
        """All numbers of registrations by a column, the least first, and those without a value;
        equal ones as they were entered."""
        if sort not in self._orders:
            ids = np.flatnonzero(self._columns.day != NONE)
            values = self._values(store, today, sort, ids)
            valued = values >= 0
            order = ids[valued][np.argsort(values[valued], kind="stable")]
            self._orders[sort] = order.astype(np.int32), ids[~valued].astype(np.int32)
        return self._orders[sort]

    def _values(self, store: "Store", today: "date", sort: "Sort", ids: "Numbers") -> "Numbers":
        match sort:
            case ledger.Sort.REGISTERED_ON:
                return self._columns.day[ids]
            case ledger.Sort.SECURED_AMOUNT:
                return self._columns.amount[ids]
        if sort in ledger.RANKS:
            return ledger.RANKS[sort](store, ids)
        sql = _KEYS.format(key=ledger.KEYS[sort])
        told = store.connection.execute(sql, moments(today)).fetchone()
        pledges, keys = map(numbers, told)
        return by_number(pledges, keys, least=len(self._columns.day))[ids]


def _as_number(day: "date") -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _sum(amounts: "Numbers") -> int:
    """The sum of amounts that together may be more than 64 bits hold."""
    return (int((amounts >> 31).sum()) << 31) + int((amounts & _LOW).sum())
