"""Figures in the cells of a table: growth with ▲ and ▼, marks, and the same for a spreadsheet."""

from fractions import Fraction

from ipfinance.domain.money import IN_WAN, Scale, round_half_up
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.statistics.chosen import Cell
from ipfinance.statistics.claims import Comparison, Number
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.presenting import (
    NONE,
    growth_text,
    measure_name,
    percent_text,
    points_text,
    scaled_text,
    unchanged_text,
    unknown_text,
    value_text,
    value_with_unit,
)
from ipfinance.statistics.tables import KindChoice

MISSING_MARK = "*"  # before an amount that is not complete
BROKEN_MARK = "※"  # before a growth over an area that has changed


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


def mean(fen: int, count: int) -> Fraction | None:
    """分 for each of `count`; None where there are none."""
    return Fraction(fen, count) if count else None


def mean_text(fen: Fraction | None, scale: Scale) -> str:
    """A mean of amounts as tables show it; ``—`` for none."""
    return NONE if fen is None else scaled_text(fen, scale)


def decimal_text(value: Fraction | None, decimals: int = 2) -> str:
    """A fraction with separators and a fixed number of decimals."""
    return NONE if value is None else f"{round_half_up(value, decimals):,f}"


def cell_words(cell: Cell, scale: Scale = IN_WAN) -> str:
    """A figure as its cell shows it, amounts in a scale, with its marks and without its unit."""
    value = cell.value
    if cell.is_unknown and value.comparison is Comparison.LEVEL:
        return unknown_text()
    if value.value is None:
        return NONE
    words = _words(value.comparison, value.indicator, value.value, scale)
    if cell.broken and value.comparison in (Comparison.YEAR_ON_YEAR, Comparison.POINTS):
        return f"{BROKEN_MARK} {words}"
    has_mark = cell.missing and value.comparison is Comparison.LEVEL
    return f"{MISSING_MARK} {words}" if has_mark else words


def _words(comparison: Comparison, indicator: Indicator, number: Number, scale: Scale) -> str:
    match comparison:
        case Comparison.YEAR_ON_YEAR | Comparison.CHAIN | Comparison.ANNUAL_GROWTH:
            return growth_text(Fraction(number))
        case Comparison.POINTS | Comparison.CHAIN_POINTS | Comparison.AHEAD_OF_NATION:
            return points_text(Fraction(number))
        case Comparison.SHARE_OF_PROVINCE | Comparison.SHARE_OF_NATION | Comparison.COMPLETION:
            return percent_text(Fraction(number))
        case Comparison.RANK:
            return str(int(number))
        case Comparison.RECORD | Comparison.FIRST_ABOVE:
            return tr("是") if number else tr("否")
        case Comparison.YEARS_FIRST:
            return tr("{number} 年", number=int(number)) if number else tr("未居首")
        case Comparison.YEARS_GROWING:
            return tr("{number} 年", number=int(number)) if number else tr("未超过")
        case Comparison.INCREMENT:
            return signed(_level(indicator, number if number > 0 else -number, scale), number)
    return _level(indicator, number, scale)


def _level(indicator: Indicator, number: Number, scale: Scale) -> str:
    if indicator.form is Form.RATE:
        return percent_text(Fraction(number))
    if indicator.form is Form.MONEY:
        return scaled_text(number, scale)
    return value_text(indicator, number) if isinstance(number, int) else decimal_text(number)


def signed(words: str, change: Number) -> str:
    """+1,234.56, -12, 0: a change without a per cent has a sign."""
    return f"{'+' if change > 0 else '-' if change < 0 else ''}{words}"


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
