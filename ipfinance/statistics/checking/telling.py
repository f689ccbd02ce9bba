"""How computed values are told: exactly for machines, in words for reasons."""

from fractions import Fraction

from ipfinance.domain.money import WAN, YI, round_half_up, yuan_text
from ipfinance.language import either, tr
from ipfinance.statistics.checking.figures import Measure

_PLACES = 10
_SIZES = {YI: "亿元", WAN: "万元"}
_MILLION, _BILLION = 100 * WAN, 10 * YI


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
        size = YI if abs(number) >= YI else WAN
        chinese = f"{_short(f'{round_half_up(number / size, 4):f}')}{_SIZES[size]}"
        larger, word = _english_size(number)
        return either(chinese, f"{_short(f'{round_half_up(number / larger, 6):f}')} {word}")
    if measure is Measure.RATE:
        return f"{_short(f'{round_half_up(number * 100, 2):f}')}%"
    return _counted(_short(f"{round_half_up(number, 2):f}"), unit)


def range_in_words(low: Fraction, high: Fraction | None, measure: Measure, unit: str = "") -> str:
    """101.8—103.0亿元: a range that is the same when its ends are rounded as it is told."""
    if high is None:
        return tr("{least}以上", least=in_words(low, measure, unit))
    if measure is Measure.MONEY:
        size = YI if abs(low) >= YI else WAN
        chinese = f"{round_half_up(low / size, 1)}—{round_half_up(high / size, 1)}{_SIZES[size]}"
        larger, word = _english_size(low)
        ends = (_short(f"{round_half_up(end / larger, 3):f}") for end in (low, high))
        return either(chinese, f"{'–'.join(ends)} {word}")
    if measure is Measure.RATE:
        return f"{round_half_up(low * 100, 2)}%—{round_half_up(high * 100, 2)}%"
    return _counted(f"{round_half_up(low, 0)}—{round_half_up(high, 0)}", unit)


def _english_size(fen: Fraction) -> tuple[int, str]:
    return (_BILLION, "billion yuan") if abs(fen) >= _BILLION else (_MILLION, "million yuan")


def _counted(number: str, unit: str) -> str:
    """812件; in English the number alone, as the words around it say what is counted."""
    return either(f"{number}{unit}", number)


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
