"""How computed values are told: exactly for machines, in words for reasons."""

from fractions import Fraction

from ipfinance.domain.money import WAN, YI, round_half_up, yuan_text
from ipfinance.statistics.checking.figures import Measure

_PLACES = 10


def exact_text(value: int | Fraction, is_money: bool) -> str:
    """元 with two places for money in 分, else a count or a fraction with up to ten places."""
    if is_money:
        return yuan_text(int(round_half_up(Fraction(value), 0)))
    if isinstance(value, int) or value.denominator == 1:
        return str(int(value))
    return _short(f"{round_half_up(value, _PLACES):f}")


def computed_text(value: int | Fraction, measure: Measure) -> str:
    """`exact_text` by what is measured."""
    return exact_text(value, measure is Measure.MONEY)


def in_words(value: int | Fraction, measure: Measure, unit: str = "") -> str:
    """172.34亿元, 617.25万元, 68.04%, 812件: closer than it would be printed."""
    number = Fraction(value)
    if measure is Measure.MONEY:
        if abs(number) >= YI:
            return f"{_short(f'{round_half_up(number / YI, 4):f}')}亿元"
        return f"{_short(f'{round_half_up(number / WAN, 4):f}')}万元"
    if measure is Measure.RATE:
        return f"{_short(f'{round_half_up(number * 100, 2):f}')}%"
    return f"{_short(f'{round_half_up(number, 2):f}')}{unit}"


def range_in_words(low: Fraction, high: Fraction | None, measure: Measure, unit: str = "") -> str:
    """101.8—103.0亿元: a range that is the same when its ends are rounded as it is told."""
    if high is None:
        return f"{in_words(low, measure, unit)}以上"
    if measure is Measure.MONEY:
        size, word = (YI, "亿元") if abs(low) >= YI else (WAN, "万元")
        return f"{round_half_up(low / size, 1)}—{round_half_up(high / size, 1)}{word}"
    if measure is Measure.RATE:
        return f"{round_half_up(low * 100, 2)}%—{round_half_up(high * 100, 2)}%"
    return f"{round_half_up(low, 0)}—{round_half_up(high, 0)}{unit}"


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
