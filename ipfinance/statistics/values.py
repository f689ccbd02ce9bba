"""Comparisons of any indicator, each a value that knows its rule, base and sources.

A comparison that has no base, or whose base is older than what it is compared with, has no
value and says why; none is ever printed as zero.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr, word
from ipfinance.statistics.bases import Bases, just_before
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.comparisons import growth
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.outside_figures import NATION, RANK_OF_NATION, TARGET
from ipfinance.statistics.tables import KindChoice

_LAST_YEAR, _LAST_SPAN, _FIRST_YEAR = word("上年同期"), word("上一期"), word("首年")


class Values:
    """Works out comparisons over one store and its outside figures."""

    def __init__(self, store: Store, levels: Levels | None = None) -> None:
        """`levels` are those of areas unless others are given."""
        self.levels = levels or Levels(store)
        self._bases = Bases(store, self.levels)
        self.reference = self._bases.reference
        self._ranked: dict[tuple[object, ...], list[Number]] = {}

    def level(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The indicator itself, from the registrations."""
        value = self.levels.value(indicator, kind, period, area)
        reason = "" if value is not None else tr("没有可作除数的数")
        return Value(
            CATALOGUE[indicator], Comparison.LEVEL, kind, period, area, value, reason=reason
        )

    def year_on_year(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Growth over the same window a year earlier; rates change in points instead.

        Where the store has nothing for the earlier window, a published figure of it serves.
        """
        now = self.level(indicator, kind, period, area)
        return self._change(now, period.previous(), Comparison.YEAR_ON_YEAR)

    def chain(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Growth over the month or quarter just before; rates change in points instead."""
        before = just_before(period)
        now = self.level(indicator, kind, period, area)
        if before is None:
            return replace(
                now, comparison=Comparison.CHAIN, value=None, reason=tr("环比只用于整月和整季")
            )
        return self._change(now, before, Comparison.CHAIN)

    def increment(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """The difference from the same window a year earlier; of rates it is in points."""
        now = self.level(indicator, kind, period, area)
        is_rate = now.indicator.form is Form.RATE
        comparison = Comparison.POINTS if is_rate else Comparison.INCREMENT
        return self._difference(now, period.previous(), comparison)

    def share_of_province(
        self, indicator: str, kind: KindChoice, period: Period, area: str
    ) -> Value:
        """Share of the province's own total, else of a published one."""
        now = self.level(indicator, kind, period, area)
        if why := now.why_no_share:
            return replace(now, comparison=Comparison.SHARE_OF_PROVINCE, value=None, reason=why)
        province = self.levels.province
        whole = self.levels.value(indicator, kind, period, province)
        if not whole and (figure := self.reference(province, indicator, kind, period)):
            return self._share(now, figure.exact, (figure,), Comparison.SHARE_OF_PROVINCE, "")
        return self._share(now, whole, (), Comparison.SHARE_OF_PROVINCE, tr("全省没有这项数据"))

    def share_of_nation(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Share of the nation's published figure of exactly the same period."""
        now = self.level(indicator, kind, period, area)
        if why := now.why_no_share:
            return replace(now, comparison=Comparison.SHARE_OF_NATION, value=None, reason=why)
        figure = self.reference(NATION, indicator, kind, period)
        if figure is None:
            others = [
                one
                for one in self._bases.references
                if (one.region, one.indicator, one.kind) == (NATION, indicator, kind.value)
            ]
            why = tr("没有{label}的全国数据", label=period.label)
            if others:
                nearest = min(others, key=lambda one: abs(one.end - period.end))
                why = tr(
                    "没有{label}的全国数据（最近的是{nearest}，期间不同不能作分母）",
                    label=period.label,
                    nearest=nearest.period.label,
                )
            return replace(now, comparison=Comparison.SHARE_OF_NATION, value=None, reason=why)
        return self._share(now, figure.exact, (figure,), Comparison.SHARE_OF_NATION, "")

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

    def _in_order(
        self, indicator: str, kind: KindChoice, period: Period, peers: Sequence[str]
    ) -> list[Number]:
        """The values of those that have one, the smallest first."""
        asked = (indicator, kind, period, peers[0] if peers else "")
        if asked not in self._ranked:
            found = (self.levels.value(indicator, kind, period, one) for one in peers)
            self._ranked[asked] = sorted(value for value in found if value is not None)
        return self._ranked[asked]

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

    def ahead_of_nation(self, indicator: str, kind: KindChoice, period: Period, area: str) -> Value:
        """Own growth less the nation's published growth, in fractions (0.014 = 1.4 百分点).

        Of a rate it is the rate itself less the nation's.
        """
        figure = self.reference(NATION, indicator, kind, period)
        own = self.level(indicator, kind, period, area)
        if own.indicator.form is Form.RATE:
            whole = figure.exact if figure else None
            if own.value is None or figure is None or whole is None:
                why = own.reason or tr("没有{label}的全国数据", label=period.label)
                return replace(own, comparison=Comparison.AHEAD_OF_NATION, value=None, reason=why)
            return replace(
                own,
                comparison=Comparison.AHEAD_OF_NATION,
                value=own.value - whole,
                base=whole,
                references=(figure,),
            )
        own = self.year_on_year(indicator, kind, period, area)
        if own.value is None or figure is None or figure.growth_percent is None:
            why = own.reason or tr("没有{label}全国的公布增速", label=period.label)
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
        self,
        indicator: str,
        kind: KindChoice,
        period: Period,
        area: str,
        target: Number | None = None,
    ) -> Value:
        """The level divided by a target in the same unit, else by the cited target of the area."""
        now = self.level(indicator, kind, period, area)
        if target is not None:
            return self._share(now, target, (), Comparison.COMPLETION, tr("目标为零"))
        cited = self.reference(area, f"{indicator}{TARGET}", kind, period)
        if cited is None:
            why = tr("外部数据里没有{period}的目标", period=period.label)
            return replace(now, comparison=Comparison.COMPLETION, value=None, reason=why)
        return self._share(now, cited.exact, (cited,), Comparison.COMPLETION, tr("目标为零"))

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

    def _change(self, now: Value, window: Period, comparison: Comparison) -> Value:
        """Growth over a window; of a rate, the difference in points."""
        if now.indicator.form is Form.RATE:
            chained = comparison is Comparison.CHAIN
            return self._difference(
                now, window, Comparison.CHAIN_POINTS if chained else Comparison.POINTS
            )
        base = self._bases.earlier(now, window)
        if now.value is None or not base.value:
            name = _LAST_SPAN if comparison is Comparison.CHAIN else _LAST_YEAR
            why = base.why_not(name) if now.value is not None else now.reason
            return replace(now, comparison=comparison, value=None, base=base.value, reason=why)
        rate = (
            growth(now.value, base.value)
            if isinstance(now.value, int) and isinstance(base.value, int)
            else Fraction(now.value) / Fraction(base.value) - 1
        )
        return replace(
            now, comparison=comparison, value=rate, base=base.value, references=base.references
        )

    def _difference(self, now: Value, window: Period, comparison: Comparison) -> Value:
        """The value less that of a window, a zero included."""
        base = self._bases.earlier(now, window)
        if now.value is None or base.value is None:
            why = base.why_not(_LAST_YEAR) if now.value is not None else now.reason
            return replace(now, comparison=comparison, value=None, reason=why)
        return replace(
            now,
            comparison=comparison,
            value=now.value - base.value,
            base=base.value,
            references=base.references,
        )

    def _share(
        self,
        now: Value,
        whole: Number | None,
        used: tuple[ReferenceFigure, ...],
        comparison: Comparison,
        otherwise: str,
    ) -> Value:
        if now.value is None or not whole:
            why = otherwise if now.value is not None else now.reason
            return replace(now, comparison=comparison, value=None, reason=why)
        part = Fraction(now.value) / Fraction(whole)
        return replace(now, comparison=comparison, value=part, base=whole, references=used)

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
