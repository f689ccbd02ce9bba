"""The order of all enterprises that pledged by each column of their list, held in memory."""

from typing import TYPE_CHECKING

import numpy as np

from ipfinance.db.enterprises import EnterpriseSort
from ipfinance.db.name_order import enterprise_ranks, numbers
from ipfinance.db.remembered import NONE

if TYPE_CHECKING:
    from ipfinance.db.connection import Store
    from ipfinance.db.lines import Numbers
    from ipfinance.db.party_sums import PartySums

_CODES = """SELECT group_concat(id) FROM (
    SELECT id FROM enterprise WHERE uscc IS NOT NULL ORDER BY uscc)"""
_PLACES = """
    SELECT group_concat(enterprise), group_concat(coalesce(city, 0)),
        group_concat(coalesce(county, 0)), group_concat(id),
        group_concat(CAST(replace(registered_on, '-', '') AS INTEGER))
    FROM pledge_pledgor WHERE enterprise IS NOT NULL
        AND pledge NOT IN (SELECT id FROM pledge WHERE deleted_at IS NOT NULL)
"""
_COUNTY = 1_000_000  # one more than any code of an area


class EnterpriseOrders:
    """Good until something is written."""

    def __init__(self, sums: "PartySums") -> None:
        self.sums = sums
        self._orders: dict[tuple[EnterpriseSort, bool], Numbers] = {}

    def by(self, store: "Store", sort: EnterpriseSort, descending: bool) -> "Numbers":
        """All numbers; what has no value stands last in both directions, equal ones as they
        were entered."""
        key = (sort, descending)
        if key not in self._orders:
            values = self._values(store, sort, descending)
            by_value = -values if descending else values
            order = np.lexsort((self.sums.ids, by_value, values < 0))
            self._orders[key] = self.sums.ids[order]
        return self._orders[key]

    def _values(self, store: "Store", sort: EnterpriseSort, descending: bool) -> "Numbers":
        sums = self.sums
        match sort:
            case EnterpriseSort.NAME:
                return enterprise_ranks(store)[sums.ids]
            case EnterpriseSort.USCC:
                return self._by_code(store)
            case EnterpriseSort.CITY:
                return self._by_place(store, descending)
            case EnterpriseSort.REGISTRATIONS:
                return sums.registrations
            case EnterpriseSort.SECURED_AMOUNT:
                return sums.secured_amount
            case EnterpriseSort.RIGHTS:
                return sums.rights
            case EnterpriseSort.LIVE:
                return sums.live
            case EnterpriseSort.FIRST_ON:
                return sums.first_on
            case EnterpriseSort.LAST_ON:
                return sums.last_on

    def _by_code(self, store: "Store") -> "Numbers":
        coded = numbers(store.connection.execute(_CODES).fetchone()[0])
        return self._of_ids(coded, np.arange(len(coded)))

    def _by_place(self, store: "Store", descending: bool) -> "Numbers":
        told = [numbers(text) for text in store.connection.execute(_PLACES).fetchone()]
        by_day = np.lexsort((told[3], told[4]))  # what is told last of an enterprise counts
        enterprises, cities, counties = (column[by_day] for column in told[:3])
        unknown = 0 if descending else _COUNTY - 1
        places = cities * _COUNTY + np.where(counties > 0, counties, unknown)
        return self._of_ids(enterprises, np.where(cities > 0, places, NONE))

    def _of_ids(self, enterprises: "Numbers", values: "Numbers") -> "Numbers":
        """The last value told of each enterprise, `NONE` where none is."""
        most = max(enterprises.max(initial=0), self.sums.ids.max(initial=0))
        column = np.full(int(most) + 1, NONE, np.int64)
        column[enterprises] = values
        return column[self.sums.ids]
