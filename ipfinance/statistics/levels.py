"""The value of any indicator for any area and period, counted once and kept while in use."""

from collections.abc import Sequence
from fractions import Fraction

from ipfinance.db import sums as other
from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.stock_series import outstanding_on, overdue_on
from ipfinance.db.totals import Group, counties_covered, totals
from ipfinance.domain.period import Period
from ipfinance.statistics.comparisons import share
from ipfinance.statistics.indicators import BY_KEY as STANDARD
from ipfinance.statistics.indicators import COUNTIES, COUNTIES_COVERED, INCLUSIVE_RATE, Indicator
from ipfinance.statistics.other_indicators import COUNTED, RATIOS, STOCK
from ipfinance.statistics.tables import KindChoice

CATALOGUE: dict[str, Indicator] = {
    **STANDARD,
    **{one.key: one for one in (*COUNTED, *STOCK, *RATIOS)},
}
"""Every indicator by its key."""

RATIO_PARTS = {one.key: parts for one, parts in RATIOS.items()} | {
    INCLUSIVE_RATE.key: ("inclusive_enterprises", "enterprises")
}
"""What each rate and average is divided by: the keys above and below the line."""
STOCKS = ("outstanding", "cancelled", "due", "overdue")
"""The first word of the indicators that do not count by the day of registration."""


_IN_SERIES = {"outstanding": outstanding_on, "overdue": overdue_on}
_SERIES = 3  # periods from which on one reading of all of them is the cheaper one
Source = str | tuple[str, ...]
"""What is counted at once: "totals", a word of the stock, or the sums counted together."""
_Asked = tuple[Source, Group, Period, KindChoice]


class Levels:
    """Answers from one store; made anew when the store was written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.divisions = all_divisions(store)
        self.facts = read_facts(store)
        self._counted: dict[_Asked, dict[str, dict[str, int]]] = {}

    @property
    def province(self) -> str:
        """Code of the whole area."""
        return self.divisions.province.code

    def value(
        self, indicator: str, kind: KindChoice, period: Period, area: str
    ) -> int | Fraction | None:
        """The value: whole 分 for money, a fraction for rates and averages, else a count.

        None where a rate or an average has nothing to be divided by.
        """
        if indicator in RATIO_PARTS:
            above, below = (self.value(part, kind, period, area) for part in RATIO_PARTS[indicator])
            assert isinstance(above, int)
            assert isinstance(below, int)
            return share(above, below)
        if indicator in (COUNTIES.key, COUNTIES_COVERED.key):
            return self._coverage(indicator, kind, period, area)
        if indicator == "registrations_with_amount":
            cell = self._cell("totals", kind, period, area)
            return cell.get("registrations", 0) - cell.get("amount_missing", 0)
        for stock in STOCKS:
            if indicator.startswith(f"{stock}_"):
                column = indicator.removeprefix(f"{stock}_")
                column = "secured_amount_fen" if column == "amount" else column
                return self._cell(stock, kind, period, area).get(column, 0)
        column = _COLUMNS.get(indicator, indicator)
        if indicator in STANDARD:
            return self._cell("totals", kind, period, area).get(column, 0)
        return self._cell(other.counted_together(column), kind, period, area).get(column, 0)

    def missing(
        self, kind: KindChoice, period: Period, area: str, indicator: str = "secured_amount"
    ) -> int:
        """How many registrations behind an amount carry none (counting rule 12)."""
        stock = indicator.removesuffix("_amount")
        source = stock if stock in STOCKS else "totals"
        return self._cell(source, kind, period, area).get("amount_missing", 0)

    def look_ahead(
        self, indicator: str, kind: KindChoice, periods: Sequence[Period], area: str
    ) -> None:
        """Count at once what will be asked of several periods, where that costs less."""
        stock = indicator.partition("_")[0]
        if stock not in _IN_SERIES or len(periods) < _SERIES:
            return
        group, _ = self.group_of(area)
        in_order = sorted(periods, key=lambda period: period.end)
        days = [period.end for period in in_order]
        found = _IN_SERIES[stock](self._store, group, days, kind.kinds)
        for period, cells in zip(in_order, found, strict=True):
            counted = {key: columns_of(cell) for key, cell in cells.items()}
            self._counted[stock, group, period, kind] = counted

    def peers(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Sequence[str]:
        """The areas among which one is ranked by an indicator; none where it has no peers.

        A city is ranked among the cities, a county among those that exist at the period's end.
        """
        cities = [city.code for city in self.divisions.cities()]
        counties = [county.code for county in self.divisions.counties_on(period.end)]
        return next((codes for codes in (cities, counties) if area in codes), ())

    def group_of(self, area: str) -> tuple[Group, str]:
        """By what an area is counted, and its key there."""
        if area == self.province:
            return Group.NONE, ""
        is_city = any(city.code == area for city in self.divisions.cities())
        return (Group.CITY if is_city else Group.COUNTY), area

    def _cell(self, source: Source, kind: KindChoice, period: Period, area: str) -> dict[str, int]:
        group, key = self.group_of(area)
        asked = (source, group, period, kind)
        if asked not in self._counted:
            self._counted[asked] = self._count(source, group, period, kind)
        return self._counted[asked].get(key, {})

    def _count(
        self, source: Source, group: Group, period: Period, kind: KindChoice
    ) -> dict[str, dict[str, int]]:
        threshold = self.facts.inclusive_threshold_fen
        window = (self._store, group, period.start, period.end, kind.kinds, threshold)
        if source == "totals":
            return {key: columns_of(cell) for key, cell in totals(*window).items()}
        if not isinstance(source, str):
            return {key: columns_of(cell) for key, cell in other.sums(*window, source).items()}
        stock = self._stock(source, group, period, kind)
        return {key: columns_of(cell) for key, cell in stock.items()}

    def _stock(
        self, source: str, group: Group, period: Period, kind: KindChoice
    ) -> dict[str, other.Stock]:
        store, kinds = self._store, kind.kinds
        if source == "outstanding":
            return other.outstanding(store, group, period.end, kinds)
        if source == "overdue":
            return other.due_and_not_cancelled(store, group, period.end, kinds)
        between = other.cancelled if source == "cancelled" else other.due
        return between(store, group, period.start, period.end, kinds)

    def _coverage(self, indicator: str, kind: KindChoice, period: Period, area: str) -> int:
        if indicator == COUNTIES.key:
            return len(self._existing(period, area))
        return self._covered(kind, period, area)

    def _covered(self, kind: KindChoice, period: Period, area: str) -> int:
        covered = counties_covered(self._store, period.start, period.end, kind.kinds)
        return len(self._existing(period, area) & covered.keys())

    def _existing(self, period: Period, area: str) -> set[str]:
        """The counties within an area at the end of a period; a county is within itself."""
        group, key = self.group_of(area)
        there = self.divisions.counties_on(period.end, key if group is Group.CITY else None)
        found = {county.code for county in there}
        return found & {key} if group is Group.COUNTY else found


_COLUMNS = {
    "secured_amount": "secured_amount_fen",
    "inclusive_amount": "inclusive_amount_fen",
    "credit_amount": "credit_amount_fen",
    "loan_amount": "loan_amount_fen",
    "appraised_value": "appraised_value_fen",
    "subsidy": "subsidy_fen",
    "loan_with_value": "loan_with_value_fen",
    "value_with_loan": "value_with_loan_fen",
}


def columns_of(cell: object) -> dict[str, int]:
    """The columns of a counted row by name."""
    return {name: getattr(cell, name) for name in cell.__dataclass_fields__}  # type: ignore[attr-defined]
