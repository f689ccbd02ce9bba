"""Comparisons of any indicator, each a value that knows its rule, base and sources.

A comparison that has no base, or whose base is older than what it is compared with, has no
value and says why; none is ever printed as zero.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.references import all_figures
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.comparisons import growth, ranks
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.tables import KindChoice

NATION = "100000"


class Values:
    """Works out comparisons over one store and its outside figures."""

    def __init__(self, store: Store) -> None:
        self.levels = Levels(store)
        self._references = all_figures(store)
        ends = reach(store)
        self._first_day = ends[0] if ends else None

    def level(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The indicator itself, from the registrations."""
        value = self.levels.value(indicator, kind, period, area)
        reason = "" if value is not None else "没有可作除数的数"
        return Value(
            CATALOGUE[indicator], Comparison.LEVEL, kind, period, area, value, reason=reason
        )

    def year_on_year(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Growth over the same window a year earlier; rates change in points instead.

        Where the store has nothing for the earlier window, a published figure of it serves.
        """
        now = self.level(indicator, kind, period, area)
        if now.indicator.form is Form.RATE:
            return self._points(now)
        return self._growth(now, period.previous(), Comparison.YEAR_ON_YEAR)

    def chain(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Growth over the month or quarter just before."""
        before = just_before(period)
        now = self.level(indicator, kind, period, area)
        if before is None:
            return replace(
                now, comparison=Comparison.CHAIN, value=None, reason="环比只用于整月和整季"
            )
        return self._growth(now, before, Comparison.CHAIN)

    def increment(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The difference from the same window a year earlier."""
        now = self.level(indicator, kind, period, area)
        base, used = self._earlier(now, period.previous())
        if now.value is None or base is None:
            return replace(
                now, comparison=Comparison.INCREMENT, value=None, reason=_no_base(period.previous())
            )
        return replace(
            now,
            comparison=Comparison.INCREMENT,
            value=now.value - base,
            base=base,
            references=used,
        )

    def share_of_province(
        self, indicator: str, kind: KindChoice, period: Period, area: str
    ) -> Value:
        """Share of the province's own total, else of a published one."""
        now = self.level(indicator, kind, period, area)
        province = self.levels.province
        whole = self.levels.value(indicator, kind, period, province)
        if not whole and (figure := self.reference(province, indicator, kind, period)):
            return self._share(now, figure.exact, (figure,), Comparison.SHARE_OF_PROVINCE, "")
        return self._share(now, whole, (), Comparison.SHARE_OF_PROVINCE, "全省没有这项数据")

    def share_of_nation(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Share of the nation's published figure of exactly the same period."""
        now = self.level(indicator, kind, period, area)
        figure = self.reference(NATION, indicator, kind, period)
        if figure is None:
            older = [
                one.period.label
                for one in self._references
                if (one.region, one.indicator, one.kind) == (NATION, indicator, kind.value)
            ]
            why = f"没有{period.label}的全国数据"
            if older:
                why += f"（最近的是{older[-1]}，期间不同不能作分母）"
            return replace(now, comparison=Comparison.SHARE_OF_NATION, value=None, reason=why)
        return self._share(now, figure.exact, (figure,), Comparison.SHARE_OF_NATION, "")

    def rank(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The rank of a city among the cities; ``base`` is the gap to the next better one."""
        now = self.level(indicator, kind, period, area)
        codes = [city.code for city in self.levels.divisions.cities()]
        if area not in codes:
            return replace(now, comparison=Comparison.RANK, value=None, reason="排名只用于设区市")
        values = [self.levels.value(indicator, kind, period, code) or 0 for code in codes]
        mine = values[codes.index(area)]
        if not any(values):
            return replace(now, comparison=Comparison.RANK, value=None, reason="各设区市都没有登记")
        above = [value for value in values if value > mine]
        place = sum(value > mine for value in values) + 1
        return replace(
            now, comparison=Comparison.RANK, value=place, base=min(above) - mine if above else None
        )

    def national_rank(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The rank among provinces: as published, or as the provinces' figures prove it."""
        now = self.level(indicator, kind, period, area)
        published = self.reference(area, f"{indicator}_rank_of_nation", kind, period)
        if published is not None:
            return replace(
                now,
                comparison=Comparison.NATIONAL_RANK,
                value=int(published.value),
                references=(published,),
            )
        return self._proven_rank(now)

    def years_first(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """How many years running the rank was first, this one included; 0 if it is not now."""
        of_nation = area == self.levels.province
        ranked = self.national_rank if of_nation else self.rank
        years, window = 0, period
        used: list[ReferenceFigure] = []
        here = ranked(indicator, kind, window, area)
        first = here
        while here.value == 1:
            years += 1
            used.extend(here.references)
            since = window
            window = window.previous()
            if not of_nation and self._is_before_data(window):
                break
            here = ranked(indicator, kind, window, area)
        return replace(
            first,
            comparison=Comparison.YEARS_FIRST,
            value=None if first.value is None else years,
            base=None,
            references=tuple(used),
            since=since if years else None,
        )

    def years_growing(
        self, indicator: str, kind: KindChoice, period: Period, area: str, at_least: Fraction
    ) -> Value:
        """How many years running the growth reached a rate (0.4 = 40 %), this one included."""
        here = first = self.year_on_year(indicator, kind, period, area)
        years, window = 0, period
        used: list[ReferenceFigure] = []
        while isinstance(here.value, Fraction) and here.value >= at_least:
            years += 1
            used.extend(here.references)
            window = window.previous()
            here = self.year_on_year(indicator, kind, window, area)
        return replace(
            first,
            comparison=Comparison.YEARS_GROWING,
            value=years,
            base=at_least,
            references=tuple(used),
        )

    def record(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """1 when above every earlier window of the same place in the year, else 0."""
        now = self.level(indicator, kind, period, area)
        earlier = self._earlier_windows(now)
        if not earlier or now.value is None:
            return replace(
                now, comparison=Comparison.RECORD, value=None, reason="没有更早的同期数据可比"
            )
        best = max(value for _, value, _ in earlier)
        # Every year back to `since` is known; a lone older figure can refute a record, not
        # carry one across the years between.
        since = period
        for window, _, _ in earlier:
            if window != since.previous():
                break
            since = window
        if since == period and now.value > best:
            why = f"{period.previous().label}没有数据，不能断定是新高"
            return replace(now, comparison=Comparison.RECORD, value=None, reason=why)
        return replace(
            now,
            comparison=Comparison.RECORD,
            value=int(now.value > best),
            base=best,
            references=tuple(figure for _, _, used in earlier for figure in used),
            since=None if since == period else since,
        )

    def first_above(
        self, indicator: str, kind: KindChoice, period: Period, area: str, line: Number
    ) -> Value:
        """1 when above a round number that no earlier window was above, else 0."""
        record = self.record(indicator, kind, period, area)
        now = self.levels.value(indicator, kind, period, area)
        if record.value is None or now is None or record.base is None:
            return replace(record, comparison=Comparison.FIRST_ABOVE)
        crossed = int(record.base <= line < now)
        return replace(record, comparison=Comparison.FIRST_ABOVE, value=crossed, base=line)

    def annual_growth(
        self, indicator: str, kind: KindChoice, period: Period, area: str, years: int
    ) -> Value:
        """年均增长 over a number of years, as a fraction exact to ten places."""
        now = self.level(indicator, kind, period, area)
        window = period
        for _ in range(years):
            window = window.previous()
        base, used = self._earlier(now, window)
        if not base or now.value is None:
            return replace(
                now, comparison=Comparison.ANNUAL_GROWTH, value=None, reason=_no_base(window)
            )
        ratio = float(Fraction(now.value) / Fraction(base))
        rate = Fraction(round((ratio ** (1 / years) - 1) * 10**10), 10**10)
        return replace(
            now,
            comparison=Comparison.ANNUAL_GROWTH,
            value=rate,
            base=base,
            references=used,
            since=window,
        )

    def ahead_of_nation(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Own growth less the nation's published growth, in fractions (0.014 = 1.4 百分点)."""
        own = self.year_on_year(indicator, kind, period, area)
        figure = self.reference(NATION, indicator, kind, period)
        if own.value is None or figure is None or figure.growth_percent is None:
            why = own.reason or f"没有{period.label}全国的公布增速"
            return replace(own, comparison=Comparison.AHEAD_OF_NATION, value=None, reason=why)
        nation = Fraction(figure.growth_percent) / 100
        return replace(
            own,
            comparison=Comparison.AHEAD_OF_NATION,
            value=own.value - nation,
            base=nation,
            references=(*own.references, figure),
        )

    def completion(
        self, indicator: str, kind: KindChoice, period: Period, area: str, target: Number
    ) -> Value:
        """The level divided by a target in the same unit."""
        now = self.level(indicator, kind, period, area)
        return self._share(now, target, (), Comparison.COMPLETION, "目标为零")

    def top(
        self, indicator: str, kind: KindChoice, period: Period, areas: Sequence[str], count: int
    ) -> list[tuple[int, Value]]:
        """The first ``count`` areas with their ranks, more where the last rank is shared."""
        found = [self.level(indicator, kind, period, area) for area in areas]
        places = ranks([int(one.value or 0) for one in found])
        ordered = sorted(zip(places, found, strict=True), key=lambda pair: pair[0])
        return [(place, one) for place, one in ordered if place <= count]

    def reference(
        self, region: str, indicator: str, kind: KindChoice, period: Period
    ) -> ReferenceFigure | None:
        """The newest outside figure of exactly this region, period, kind and indicator."""
        found = [
            one
            for one in self._references
            if (one.region, one.indicator, one.kind) == (region, indicator, kind.value)
            and (one.start, one.end) == (period.start, period.end)
        ]
        return found[-1] if found else None

    def _growth(self, now: Value, window: Period, comparison: Comparison) -> Value:
        base, used = self._earlier(now, window)
        if now.value is None or base is None or not base:
            return replace(now, comparison=comparison, value=None, reason=_no_base(window))
        rate = (
            growth(now.value, base)
            if isinstance(now.value, int) and isinstance(base, int)
            else Fraction(now.value) / Fraction(base) - 1
        )
        return replace(now, comparison=comparison, value=rate, base=base, references=used)

    def _points(self, now: Value) -> Value:
        base = self.levels.value(now.indicator.key, now.kind, now.period.previous(), now.area)
        if now.value is None or base is None:
            reason = _no_base(now.period.previous())
            return replace(now, comparison=Comparison.POINTS, value=None, reason=reason)
        return replace(now, comparison=Comparison.POINTS, value=now.value - base, base=base)

    def _share(
        self,
        now: Value,
        whole: Number | None,
        used: tuple[ReferenceFigure, ...],
        comparison: Comparison,
        otherwise: str,
    ) -> Value:
        if now.value is None or not whole:
            return replace(now, comparison=comparison, value=None, reason=otherwise)
        part = Fraction(now.value) / Fraction(whole)
        return replace(now, comparison=comparison, value=part, base=whole, references=used)

    def _earlier(
        self, now: Value, window: Period
    ) -> tuple[Number | None, tuple[ReferenceFigure, ...]]:
        """The value of an earlier window from the store, else from a published figure."""
        if not self._is_before_data(window):
            value = self.levels.value(now.indicator.key, now.kind, window, now.area)
            if value:
                return value, ()
        figure = self.reference(now.area, now.indicator.key, now.kind, window)
        if figure is None:
            return None, ()
        return figure.exact, (figure,)

    def _earlier_windows(
        self, now: Value
    ) -> list[tuple[Period, Number, tuple[ReferenceFigure, ...]]]:
        """The same window of each earlier year for which anything is known, newest first."""
        found: list[tuple[Period, Number, tuple[ReferenceFigure, ...]]] = []
        published = [
            one.start.year
            for one in self._references
            if (one.region, one.indicator, one.kind)
            == (now.area, now.indicator.key, now.kind.value)
        ]
        first = self._first_day.year if self._first_day else now.period.start.year
        window = now.period.previous()
        while window.start.year >= min([first, *published]):
            value, used = self._earlier(now, window)
            if value is not None:
                found.append((window, value, used))
            window = window.previous()
        return found

    def _is_before_data(self, window: Period) -> bool:
        """Whether a window lies wholly before the first registration of the store."""
        return self._first_day is None or window.end < self._first_day

    def _proven_rank(self, now: Value) -> Value:
        """A rank is proven when what the nation has beside the known provinces cannot beat it."""
        key = (now.indicator.key, now.kind.value, now.period.start, now.period.end)
        others = [
            one
            for one in self._references
            if (one.indicator, one.kind, one.start, one.end) == key
            and one.region not in (NATION, now.area)
            and one.region.endswith("0000")
        ]
        nation = self.reference(NATION, now.indicator.key, now.kind, now.period)
        if now.value is None or nation is None:
            why = f"没有{now.period.label}的全国或各省数据"
            return replace(now, comparison=Comparison.NATIONAL_RANK, value=None, reason=why)
        above = sum(one.exact > now.value for one in others)
        # As printed: the most that the nation, the least that the provinces can have been.
        most = nation.interval[1]
        least = sum((one.interval[0] for one in others), Fraction(0))
        if most is None or most - now.value - least > now.value:
            why = "已收录的各省数据不足以断定名次"
            return replace(now, comparison=Comparison.NATIONAL_RANK, value=None, reason=why)
        return replace(
            now,
            comparison=Comparison.NATIONAL_RANK,
            value=above + 1,
            references=(nation, *others),
        )


def just_before(period: Period) -> Period | None:
    """The month before a month, the quarter before a quarter; None for other periods."""
    year, month = period.start.year, period.start.month
    if period == Period.month(year, month):
        return Period.month(year - 1, 12) if month == 1 else Period.month(year, month - 1)
    quarter = (month + 2) // 3
    if period == Period.quarter(year, quarter):
        return Period.quarter(year - 1, 4) if quarter == 1 else Period.quarter(year, quarter - 1)
    return None


def _no_base(window: Period) -> str:
    return f"{window.label}没有数据可比"
