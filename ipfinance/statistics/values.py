"""Comparisons of any indicator, each a value that knows its rule, base and sources.

Here stand those that look at several figures: ranks among peers, records, streaks and growth
over years; those with a single base are in :mod:`ipfinance.statistics.changes`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr, word
from ipfinance.statistics.changes import Changes
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import Levels
from ipfinance.statistics.outside_figures import NATION, RANK_OF_NATION
from ipfinance.statistics.tables import KindChoice

_FIRST_YEAR = word("首年")


class Values(Changes):
    """Works out every comparison over one store and its outside figures."""

    def __init__(self, store: Store, levels: Levels | None = None) -> None:
        """`levels` are those of areas unless others are given."""
        super().__init__(store, levels)
        self._ranked: dict[tuple[object, ...], list[Number]] = {}

    def rank(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The rank among its peers (see `Levels.peers`); ``base`` is the gap to the next better."""
        now = self.level(indicator, kind, period, area)
        peers = self.levels.peers(indicator, kind, period, area)
        values = self._in_order(indicator, kind, period, peers)
        why = ""
        if not peers:
            why = tr("排名只用于期末存在的设区市、县（市、区）和表中的各行")
        elif not any(values):
            why = tr("参加排名的地区都没有这项数据")
        mine = now.value
        if why or mine is None:
            reason = why or now.reason
            return replace(now, comparison=Comparison.RANK, value=None, reason=reason)
        behind = bisect_right(values, mine)
        next_better = values[behind] - mine if behind < len(values) else None
        return replace(
            now, comparison=Comparison.RANK, value=len(values) - behind + 1, base=next_better
        )

    def national_rank(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The rank among provinces: as published, or as the provinces' figures prove it."""
        now = self.level(indicator, kind, period, area)
        published = self.reference(area, f"{indicator}{RANK_OF_NATION}", kind, period)
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
            if not of_nation and self._bases.is_before_data(window):
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
        self, indicator: str, kind: KindChoice, period: Period, area: str, above: Fraction
    ) -> Value:
        """How many years running the growth was above a rate (0.4 = 40 %), this one included."""
        here = first = self.year_on_year(indicator, kind, period, area)
        if first.indicator.form is Form.RATE or first.value is None:
            why = first.reason or tr("比率的变化用百分点，没有增长率")
            return replace(first, comparison=Comparison.YEARS_GROWING, value=None, reason=why)
        years, window = 0, period
        used: list[ReferenceFigure] = []
        while here.value is not None and here.value > above:
            years += 1
            used.extend(here.references)
            window = window.previous()
            here = self.year_on_year(indicator, kind, window, area)
        return replace(
            first,
            comparison=Comparison.YEARS_GROWING,
            value=years,
            base=above,
            references=tuple(used),
        )

    def record(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """1 when above every earlier window of the same place in the year, else 0."""
        peak = self._peak(indicator, kind, period, area, Comparison.RECORD)
        if peak.base is None or peak.value is None:
            return peak
        if not peak.base:
            return replace(peak, value=None, reason=tr("以前各年同期都为零，不称新高"))
        return replace(peak, value=int(peak.value > peak.base))

    def first_above(
        self, indicator: str, kind: KindChoice, period: Period, area: str, line: Number
    ) -> Value:
        """1 when above a round number that no earlier window was above, else 0."""
        peak = self._peak(indicator, kind, period, area, Comparison.FIRST_ABOVE)
        if peak.base is None or peak.value is None:
            return peak
        return replace(peak, value=int(peak.base <= line < peak.value), base=line)

    def annual_growth(
        self, indicator: str, kind: KindChoice, period: Period, area: str, years: int
    ) -> Value:
        """年均增长 over a number of years, as a fraction exact to ten places."""
        now = self.level(indicator, kind, period, area)
        window = period
        for _ in range(years):
            window = window.previous()
        base = self._bases.earlier(now, window)
        why = "" if base.value else base.why_not(_FIRST_YEAR)
        if now.indicator.form is Form.RATE:
            why = tr("比率的变化用百分点，没有年均增长")
        if why or not base.value or now.value is None:
            return replace(
                now, comparison=Comparison.ANNUAL_GROWTH, value=None, reason=why or now.reason
            )
        ratio = float(Fraction(now.value) / Fraction(base.value))
        rate = Fraction(round((ratio ** (1 / years) - 1) * 10**10), 10**10)
        return replace(
            now,
            comparison=Comparison.ANNUAL_GROWTH,
            value=rate,
            base=base.value,
            references=base.references,
            since=window,
        )

    def _in_order(
        self, indicator: str, kind: KindChoice, period: Period, peers: Sequence[str]
    ) -> list[Number]:
        """The values of those that have one, the smallest first."""
        asked = (indicator, kind, period, peers[0] if peers else "")
        if asked not in self._ranked:
            found = (self.levels.value(indicator, kind, period, one) for one in peers)
            self._ranked[asked] = sorted(value for value in found if value is not None)
        return self._ranked[asked]

    def _peak(
        self, indicator: str, kind: KindChoice, period: Period, area: str, comparison: Comparison
    ) -> Value:
        """The level with the highest of the earlier windows as its base; no value without one.

        Every year back to ``since`` is known; a lone older figure can refute a record, not
        carry one across the years between.
        """
        now = replace(self.level(indicator, kind, period, area), comparison=comparison)
        earlier = self._bases.earlier_windows(now)
        if now.value is None or not earlier:
            why = now.reason or tr("没有更早的同期数据可比")
            return replace(now, value=None, reason=why)
        best = max(base.value for base in earlier if base.value is not None)
        since = period
        for base in earlier:
            if base.window != since.previous():
                break
            since = base.window
        if since == period and now.value > best:
            why = tr("{label}没有数据，不能断定是新高", label=period.previous().label)
            return replace(now, value=None, reason=why)
        return replace(
            now,
            base=best,
            references=tuple(figure for base in earlier for figure in base.references),
            since=None if since == period else since,
        )

    def _proven_rank(self, now: Value) -> Value:
        """A rank is proven when what the nation has beside the known provinces cannot beat it."""
        key = (now.indicator.key, now.kind.value, now.period.start, now.period.end)
        others = [
            one
            for one in self._bases.references
            if (one.indicator, one.kind, one.start, one.end) == key
            and one.region not in (NATION, now.area)
            and one.region.endswith("0000")
        ]
        nation = self.reference(NATION, now.indicator.key, now.kind, now.period)
        if now.value is None or nation is None:
            why = tr("没有{label}的全国或各省数据", label=now.period.label)
            return replace(now, comparison=Comparison.NATIONAL_RANK, value=None, reason=why)
        above = sum(one.exact > now.value for one in others)
        # As printed: the most that the nation, the least that the provinces can have been.
        most = nation.interval[1]
        least = sum((one.interval[0] for one in others), Fraction(0))
        if most is None or most - now.value - least > now.value:
            why = tr("已收录的各省数据不足以断定名次")
            return replace(now, comparison=Comparison.NATIONAL_RANK, value=None, reason=why)
        return replace(
            now,
            comparison=Comparison.NATIONAL_RANK,
            value=above + 1,
            references=(nation, *others),
        )
