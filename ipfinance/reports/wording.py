"""How a figure is printed in a report's sentence, in Chinese and in English.

Amounts in 亿元 (below one 亿元 in 万元), English in billion or million yuan; rates with one
decimal; counts exact below ten thousand. 超过 and 近 are used only where they are true.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ipfinance.domain.money import WAN, YI, round_half_up
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.indicators import Form

# A value this close to a round number is told by the number and the side it lies on.
_HEDGE_WITHIN = Fraction(1, 100)
_NUMERALS = "零一二三四五六七八九十"
_ENGLISH_NUMERALS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)


class Language(StrEnum):
    """The languages that sentences are written in."""

    CHINESE = "zh"
    ENGLISH = "en"


def printed(value: Value, language: Language) -> str:
    """A value as a sentence prints it; the value must not be None."""
    number = value.value
    assert number is not None
    chinese = language is Language.CHINESE
    match value.comparison:
        case Comparison.YEARS_FIRST | Comparison.YEARS_GROWING:
            return years_in_words(int(number)) if chinese else _english_number(int(number))
        case Comparison.POINTS | Comparison.CHAIN_POINTS | Comparison.AHEAD_OF_NATION:
            points = _plain(round_half_up(abs(Fraction(number)) * 100, 1))
            return f"{points}个百分点" if chinese else f"{points} percentage points"
        case Comparison.RECORD:
            return "历史新高" if chinese else "record high"
        case Comparison.FIRST_ABOVE:
            return "首次突破" if chinese else "for the first time"
        case Comparison.RANK | Comparison.NATIONAL_RANK:
            return f"第{int(number)}位" if chinese else f"No. {int(number)}"
    is_level = value.comparison in (Comparison.LEVEL, Comparison.INCREMENT)
    if is_level and value.indicator.form is Form.MONEY:
        return amount(number, language)
    if is_level and value.indicator.form is Form.COUNT:
        return count(int(number), language) + (value.indicator.unit if chinese else "")
    return percent(abs(Fraction(number)))


def amount(fen: Number, language: Language) -> str:
    """172亿元, 超过80亿元, 617.25万元; 17.2 billion yuan, over 8 billion yuan."""
    hedge, told = hedged(Fraction(fen))
    chinese = language is Language.CHINESE
    if chinese:
        words = _chinese_amount(told)
        return {1: "超过", -1: "近", 0: ""}[hedge] + words
    return {1: "over ", -1: "nearly ", 0: ""}[hedge] + _english_amount(told)


def hedged(fen: Fraction) -> tuple[int, Fraction]:
    """Which side of a round number an amount lies on, and what is told of it.

    1 and the round number when just above it, -1 when just below, else 0 and the amount. A
    round number has one digit that is not zero and is at least 一亿元.
    """
    if fen < YI:
        return 0, fen
    step = Fraction(10) ** (len(str(int(fen))) - 1)
    below = fen // step * step
    above = below + step
    if below < fen and (fen - below) / below < _HEDGE_WITHIN:
        return 1, below
    if (above - fen) / above < _HEDGE_WITHIN:
        return -1, above
    return 0, fen


def percent(fraction: Fraction) -> str:
    """68%, 52.9%; one decimal, left out when it is zero."""
    return f"{_plain(round_half_up(fraction * 100, 1))}%"


def count(number: int, language: Language) -> str:
    """Exact below ten thousand, above in 万 with up to two decimals; English with commas."""
    if language is Language.ENGLISH:
        return f"{number:,}"
    if number < 10_000:
        return str(number)
    return f"{_plain(round_half_up(Fraction(number, 10_000), 2))}万"


def years_in_words(years: int) -> str:
    """两年, 三年, 十二年."""
    if years == 2:
        return "两年"
    if years <= 10:
        return f"{_NUMERALS[years]}年"
    tens, ones = divmod(years, 10)
    head = "" if tens == 1 else _NUMERALS[tens]
    return f"{head}十{_NUMERALS[ones] if ones else ''}年"


def grew(value: Value, language: Language) -> str:
    """增长 or 下降 before a rate, never a negative growth."""
    number = value.value
    assert number is not None
    if language is Language.ENGLISH:
        return "up" if number >= 0 else "down"
    return "增长" if number >= 0 else "下降"


def reached(value: Value) -> str:
    """达到 before an amount that is told as it is, nothing before 超过 and 近."""
    number = value.value
    assert number is not None
    return "" if hedged(Fraction(number))[0] else "达到"


def _chinese_amount(fen: Fraction) -> str:
    if fen >= 10 * YI:
        return f"{_plain(round_half_up(fen / YI, 1))}亿元"
    if fen >= YI:
        return f"{_plain(round_half_up(fen / YI, 2))}亿元"
    told = round_half_up(fen / WAN, 2)
    return "1亿元" if told == YI // WAN else f"{_plain(told)}万元"


def _english_amount(fen: Fraction) -> str:
    """The same digits as the Chinese figure, in billion or million yuan."""
    if fen >= 10 * YI:
        shown = round_half_up(fen / YI, 1) / 10
        return f"{_plain(shown)} billion yuan"
    if fen >= YI:
        return f"{_plain(round_half_up(fen / YI, 2) * 100)} million yuan"
    return f"{_plain(round_half_up(fen / WAN, 2) / 100)} million yuan"


def _english_number(number: int) -> str:
    return _ENGLISH_NUMERALS[number] if number < len(_ENGLISH_NUMERALS) else str(number)


def _plain(number: Decimal) -> str:
    """Without trailing zeros and never in scientific notation: 68, 52.9."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
