"""Levels and comparisons of indicators in words, as the cells of tables show them."""

from fractions import Fraction

from ipfinance.domain.money import IN_WAN, Scale, round_half_up
from ipfinance.language import tr
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.presenting import (
    NONE,
    growth_text,
    percent_text,
    points_text,
    scaled_text,
    value_text,
)


def comparison_text(value: Value, scale: Scale = IN_WAN) -> str:
    """A figure as a cell of a table shows it, amounts in a scale, without marks and unit."""
    indicator, number = value.indicator, value.value
    if number is None:
        return NONE
    match value.comparison:
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


def signed(words: str, change: Number) -> str:
    """+1,234.56, -12, 0: a change without a per cent has a sign."""
    return f"{'+' if change > 0 else '-' if change < 0 else ''}{words}"


def decimal_text(value: Fraction | None, decimals: int = 2) -> str:
    """A fraction with separators and a fixed number of decimals."""
    return NONE if value is None else f"{round_half_up(value, decimals):,f}"


def _level(indicator: Indicator, number: Number, scale: Scale) -> str:
    if indicator.form is Form.RATE:
        return percent_text(Fraction(number))
    if indicator.form is Form.MONEY:
        return scaled_text(number, scale)
    return value_text(indicator, number) if isinstance(number, int) else decimal_text(number)
