"""Figures in the cells of a table: growth with ▲ and ▼, marks, and the same for a spreadsheet."""

from fractions import Fraction

from ipfinance.domain.money import IN_WAN, Scale
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.statistics.chosen import Cell
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.indicators import Indicator
from ipfinance.statistics.presenting import (
    BROKEN_MARK,
    NONE,
    measure_name,
    scaled_text,
    unchanged_text,
    unknown_text,
    value_text,
    value_with_unit,
)
from ipfinance.statistics.presenting_values import comparison_text
from ipfinance.statistics.tables import KindChoice

MISSING_MARK = "*"  # before an amount that is not complete


def with_unit(indicator: Indicator, value: int) -> str:
    """A value as a sentence shows it."""
    return value_with_unit(value_text(indicator, value), indicator.unit)


def asked_words(
    area: str, period: Period, kind: KindChoice, indicator: Indicator, value: int
) -> str:
    """The title over what is behind a number: 杭州市 2019年 专利权 担保债权额 1,234.56 万元."""
    name = measure_name(indicator, kind)
    return tr(
        "{area} {period} {register} {indicator} {value}",
        area=area,
        period=period.label,
        register=kind.label,
        indicator=name,
        value=with_unit(indicator, value),
    )


def room_for(words: str) -> int:
    """Pixels that a cell needs for its words; Chinese is nearly twice as wide as digits."""
    return 24 + sum(14 if letter > "⺀" else 8 for letter in words)


def mean(fen: int, count: int) -> Fraction | None:
    """分 for each of `count`; None where there are none."""
    return Fraction(fen, count) if count else None


def mean_text(fen: Fraction | None, scale: Scale) -> str:
    """A mean of amounts as tables show it; ``—`` for none."""
    return NONE if fen is None else scaled_text(fen, scale)


def cell_words(cell: Cell, scale: Scale = IN_WAN) -> str:
    """A figure as its cell shows it, amounts in a scale, with its marks and without its unit."""
    value = cell.value
    if cell.is_unknown and value.comparison is Comparison.LEVEL:
        return unknown_text()
    if value.value is None:
        return NONE
    words = comparison_text(value, scale)
    if cell.broken and value.comparison in (Comparison.YEAR_ON_YEAR, Comparison.POINTS):
        return f"{BROKEN_MARK} {words}"
    has_mark = cell.missing and value.comparison is Comparison.LEVEL
    return f"{MISSING_MARK} {words}" if has_mark else words


def spoken(words: str) -> str:
    """The same for those who listen."""
    return words.replace("▲", tr("上升")).replace("▼", tr("下降")).replace(NONE, tr("无"))


def plain(words: str) -> str:
    """The same for a spreadsheet, which counts with it: -3.2% and no mark."""
    if words in (NONE, unknown_text()):
        return words
    words = words.removeprefix(BROKEN_MARK).removeprefix(MISSING_MARK).strip()
    if words == unchanged_text():
        return "0.0%"
    return words.replace("▲ ", "").replace("▼ ", "-")


def compared(indicator: Indicator, value: int, before: int, label: str) -> str:
    """What a growth is made of: 上年同期（2018年）1,000.00 万元，增加 234.56 万元."""
    gaps = {
        "period": label,
        "before": with_unit(indicator, before),
        "change": with_unit(indicator, abs(value - before)),
    }
    if value > before:
        return tr("上年同期（{period}）{before}，增加 {change}", **gaps)
    if value < before:
        return tr("上年同期（{period}）{before}，减少 {change}", **gaps)
    return tr("上年同期（{period}）{before}，与本期相同", **gaps)
