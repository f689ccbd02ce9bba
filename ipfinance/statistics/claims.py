"""The catalogue of comparisons, and a figure that knows its rule, base and sources."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import Words, sentences, tr, word
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.tables import KindChoice

Number = int | Fraction


class Comparison(StrEnum):
    """What is said of an indicator; the rule of each is in ``RULES``."""

    LEVEL = "level"
    YEAR_ON_YEAR = "yoy"
    CHAIN = "chain"
    INCREMENT = "increment"
    POINTS = "points"
    CHAIN_POINTS = "chain_points"
    SHARE_OF_PROVINCE = "share_of_province"
    SHARE_OF_NATION = "share_of_nation"
    RANK = "rank"
    NATIONAL_RANK = "national_rank"
    YEARS_FIRST = "years_first"
    YEARS_GROWING = "years_growing"
    RECORD = "record"
    FIRST_ABOVE = "first_above"
    ANNUAL_GROWTH = "annual_growth"
    AHEAD_OF_NATION = "ahead_of_nation"
    COMPLETION = "completion"


RULES = Words(
    {
        Comparison.LEVEL: word("本期数。"),
        Comparison.YEAR_ON_YEAR: word("同比：与上年同一时段相比的增减，除以上年数。"),
        Comparison.CHAIN: word("环比：与紧接的上一期（月对月、季对季）相比的增减，除以上期数。"),
        Comparison.INCREMENT: word("增减量：本期数减上年同一时段数。"),
        Comparison.POINTS: word("占比和比率的变化用百分点：本期比率减上年同期比率。"),
        Comparison.CHAIN_POINTS: word("占比和比率的环比用百分点：本期比率减上一期（月、季）比率。"),
        Comparison.SHARE_OF_PROVINCE: word("占全省：本地数除以全省单独计算的数。"),
        Comparison.SHARE_OF_NATION: word("占全国：本地数除以同一期间公布的全国数。"),
        Comparison.RANK: (
            word(
                "排名：在全省同级的地区（各设区市、各县（市、区））或同类的各行（各企业、各质权人等）中"
                "由大到小，相同的并列（1、2、2、4）。"
            )
        ),
        Comparison.NATIONAL_RANK: word(
            "全国排名：按公布的全国排名，或由已收录的各省数据能够断定的名次。"
        ),
        Comparison.YEARS_FIRST: word(
            "连续居首：每一年同一时段都排第一，向前数到不是第一或没有数据为止。"
        ),
        Comparison.YEARS_GROWING: word("连续增长：每一年同一时段的同比都高于给定的增速。"),
        Comparison.RECORD: (
            word(
                "历史新高：与以前各年的同一时段相比（如上半年只比上半年），高于有数据以来的每一个数。"
            )
        ),
        Comparison.FIRST_ABOVE: word(
            "首次突破：本期高于该整数，而有数据以来各年同一时段都不高于它。"
        ),
        Comparison.ANNUAL_GROWTH: word("年均增长：末年数除以首年数，开年数次方，减一。"),
        Comparison.AHEAD_OF_NATION: (
            word("高于全国：本地同比减全国公布的同比，比率则为本地比率减全国公布的比率，用百分点。")
        ),
        Comparison.COMPLETION: word("完成率：本期数除以目标数。"),
    }
)


@dataclass(frozen=True, slots=True)
class Value:
    """One figure with all that is needed to print it and to find what is behind it.

    ``value`` is whole 分 for a level of money, a fraction for rates, shares and growth, a
    count, a rank or a number of years; None when there is none, and ``reason`` says why.
    ``base`` is what it was compared with, ``references`` the outside figures that entered,
    ``since`` the first period that a record or a streak could be compared with.
    """

    indicator: Indicator
    comparison: Comparison
    kind: KindChoice
    period: Period
    area: str
    value: Number | None
    base: Number | None = None
    reason: str = ""
    references: tuple[ReferenceFigure, ...] = ()
    since: Period | None = None

    @property
    def rule(self) -> str:
        """The counting rule of the indicator, then that of the comparison."""
        if self.comparison is Comparison.LEVEL:
            return self.indicator.rule
        since = ""
        if self.since is not None:
            label = self.since.label
            is_first = self.comparison is Comparison.ANNUAL_GROWTH
            since = (
                tr("首年为{label}。", label=label)
                if is_first
                else tr("可比的数据自{label}起。", label=label)
            )
        return sentences(self.indicator.rule, RULES[self.comparison], since)

    @property
    def why_no_share(self) -> str:
        """Why a figure is no part of a whole; blank where it is."""
        is_average = self.indicator.form is Form.MONEY and not self.indicator.adds_up
        if is_average or self.indicator.form is Form.RATE:
            return tr("比率和平均数不是总量的一部分，没有占比")
        return ""
