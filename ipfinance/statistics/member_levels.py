"""The value of any indicator for an enterprise, a lender, a kind or a size, and for several.

What `Levels` counts for areas, counted for the keys of a group with the recipes of crossed
tables: so every comparison of an area is also one of a member.
"""

from collections.abc import Collection, Iterable, Sequence

from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which, counted_rows
from ipfinance.db.memberships import member_totals
from ipfinance.db.totals import Group, Totals
from ipfinance.domain.period import Period
from ipfinance.statistics.crossing_counts import Counter
from ipfinance.statistics.indicators import COUNTIES_COVERED
from ipfinance.statistics.levels import STOCKS, Levels, Source, columns_of
from ipfinance.statistics.tables import OF_MEMBERS, KindChoice

_MONEY = "_fen"
_TOTALS = tuple(Totals.__dataclass_fields__)
_STOCK = ("registrations", "secured_amount_fen", "amount_missing")

_Cells = dict[str, dict[str, int]]


class MemberLevels(Levels):
    """Answers for areas and, by the names that `area_of` gives, for keys of one group."""

    def __init__(self, store: Store, group: Group) -> None:
        super().__init__(store)
        self._group = group
        self._keys: dict[str, tuple[str, ...]] = {}
        self._counters: dict[tuple[Which, Period, KindChoice], Counter] = {}
        self._members: dict[tuple[Source, Period, KindChoice], _Cells] = {}
        self._together: dict[tuple[Source, Period, KindChoice, str], dict[str, int]] = {}

    def area_of(self, *keys: str) -> str:
        """The name under which a key is asked for, or several as if they were one."""
        name = f"{self._group.value}:{'|'.join(keys)}"
        self._keys[name] = keys
        return name

    def present(self, indicator: str, kind: KindChoice, period: Period) -> Iterable[str]:
        """The keys that have any of the registrations an indicator is counted from."""
        stock = indicator.partition("_")[0]
        return self._by_key(stock if stock in STOCKS else "totals", kind, period)

    @override
    def peers(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Sequence[str]:
        if area not in self._keys:
            return super().peers(indicator, kind, period, area)
        if len(self._keys[area]) != 1 or self._group not in OF_MEMBERS:
            return ()  # several together have no rank among single ones
        # All that have any of what is ranked, whichever rows were asked for so far.
        registered = self._by_key("totals", kind, period)
        keys = {*registered, *self.present(indicator, kind, period)}
        return [self.area_of(key) for key in sorted(keys)]

    @override
    def _cell(self, source: Source, kind: KindChoice, period: Period, area: str) -> dict[str, int]:
        keys = self._keys.get(area)
        if keys is None:
            return super()._cell(source, kind, period, area)
        if len(keys) == 1 and self._group in OF_MEMBERS:
            return self._by_key(source, kind, period).get(keys[0], {})
        asked = (source, period, kind, area)
        if asked not in self._together:
            self._together[asked] = self._of_several(source, kind, period, keys)
        return self._together[asked]

    @override
    def _covered(self, kind: KindChoice, period: Period, area: str) -> int:
        keys = self._keys.get(area)
        if keys is None:
            return super()._covered(kind, period, area)
        counter = self._counter("totals", kind, period)
        return counter.together(COUNTIES_COVERED.key, self._group, keys)

    @override
    def _existing(self, period: Period, area: str) -> set[str]:
        if area not in self._keys:
            return super()._existing(period, area)
        within = super()._existing
        if self._group is Group.CITY:
            return set().union(*(within(period, city) for city in self._keys[area]))
        everywhere = within(period, self.province)
        return everywhere & {*self._keys[area]} if self._group is Group.COUNTY else everywhere

    def _by_key(self, source: Source, kind: KindChoice, period: Period) -> _Cells:
        asked = (source, period, kind)
        if asked not in self._members:
            self._members[asked] = self._count_by_key(source, kind, period)
        return self._members[asked]

    def _count_by_key(self, source: Source, kind: KindChoice, period: Period) -> _Cells:
        if source == "totals":
            threshold = self.facts.inclusive_threshold_fen
            window = (period.start, period.end, kind.kinds, threshold)
            counted = member_totals(self._store, self._group, *window)
            return {key: columns_of(cell) for key, cell in counted.items()}
        cells: _Cells = {}
        counter = self._counter(source, kind, period)
        for column in _columns(source):
            measure = column.removesuffix(_MONEY)
            for (key,), number in counter.count(measure, [self._group]).items():
                cells.setdefault(key, {})[column] = number
        return cells

    def _of_several(
        self, source: Source, kind: KindChoice, period: Period, keys: Collection[str]
    ) -> dict[str, int]:
        counter = self._counter(source, kind, period)
        return {
            column: counter.together(column.removesuffix(_MONEY), self._group, keys)
            for column in _columns(source)
        }

    def _counter(self, source: Source, kind: KindChoice, period: Period) -> Counter:
        which = Which(source) if source in STOCKS else Which.REGISTERED
        asked = (which, period, kind)
        if asked not in self._counters:
            threshold = self.facts.inclusive_threshold_fen
            window = (period.start, period.end, kind.kinds, threshold)
            counties = [county.code for county in self.divisions.counties_on(period.end)]
            rows = counted_rows(self._store, which, *window)
            self._counters[asked] = Counter(rows, counties)
        return self._counters[asked]


def _columns(source: Source) -> Sequence[str]:
    """The columns that are counted together from a source."""
    if not isinstance(source, str):
        return source
    return _TOTALS if source == "totals" else _STOCK
