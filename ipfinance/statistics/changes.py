"""A figure beside one other: its growth, its difference, its share of a whole.

A comparison that has no base, or whose base is older than what it is compared with, has no
value and says why; none is ever printed as zero.
"""

from dataclasses import replace
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr, word
from ipfinance.statistics.bases import Bases, just_before
from ipfinance.statistics.borders import Borders
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.comparisons import growth
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.outside_figures import NATION, TARGET
from ipfinance.statistics.tables import KindChoice

_LAST_YEAR, _LAST_SPAN = word("上年同期"), word("上一期")


class Changes:
    """Works out what a figure is beside one other, over one store and its outside figures."""

    def __init__(self, store: Store, levels: Levels | None = None) -> None:
        """`levels` are those of areas unless others are given."""
        self.levels = levels or Levels(store)
        self.borders = Borders(store)
        self._bases = Bases(store, self.levels)
        self.reference = self._bases.reference

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
