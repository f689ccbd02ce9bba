"""Printed numbers as intervals: what a number with its hedge and its last digit allows."""

import re
import unicodedata
from fractions import Fraction

from ipfinance.statistics.checking.figures import Interval

NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![\d]|\.\d)"
NUMERAL = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,2})"

_ABOVE = ("超过", "突破", "超出", "逾", "超", "破", "高于", "多于", "over", "above", "exceeded",
          "exceeding", "more than", "surpassed", "surpassing", "topped")  # fmt: skip
_BELOW = ("将近", "接近", "近", "不足", "不到", "低于", "少于", "nearly", "almost", "under",
          "less than", "close to")  # fmt: skip
_ABOUT = ("大约", "约为", "约", "about", "around", "approximately", "some")
_ABOVE_AFTER = ("以上", "多", "余")
_ABOUT_AFTER = ("左右", "上下")
_NOT_NEAR = ("最近", "附近", "远近")
_UPPER_SLACK = Fraction(5, 4)
_LOWER_SLACK = Fraction(9, 10)
_ABOUT_SLACK = Fraction(1, 20)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def is_chinese(text: str) -> bool:
    """Whether words are written in Chinese characters."""
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def plain(text: str) -> str:
    """The text with full-width digits, letters and % in half width, character for character."""
    return "".join(_half_width(char) for char in text)


def value_of(text: str) -> Fraction:
    """The number of digits with separated thousands."""
    return Fraction(text.replace(",", ""))


def numeral(text: str) -> int:
    """三, 十二, 二十, 3."""
    if text.isdigit():
        return int(text)
    tens, found, ones = text.partition("十")
    if not found:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def place_of(words: str) -> tuple[int, int]:
    """The best and the worst place that the words allow: 第二位 is (2, 2), 前三 is (1, 3)."""
    if words in ("首位", "榜首"):
        return 1, 1
    place = numeral(words.strip("第前位名强"))
    return (1, place) if words.startswith("前") else (place, place)


def last_digit(text: str) -> Fraction:
    """What one step of the last printed digit is worth: 1, 0.1."""
    return Fraction(1, 10 ** len(text.partition(".")[2]))


def hedge_before(text: str, start: int) -> int:
    """1 for 超过, -1 for 近, 2 for 约, 0 for none, written directly before a position."""
    before = text[max(0, start - 20) : start].rstrip().removesuffix("了").lower()
    before = before.removesuffix("rmb").removesuffix("cny").rstrip(" ¥￥").removesuffix("人民币")
    if before.endswith(_NOT_NEAR):
        return 0
    for hedge, words in ((1, _ABOVE), (-1, _BELOW), (2, _ABOUT)):
        if any(_ends_with(before, word) for word in words):
            return hedge
    return 0


def hedge_after(text: str, end: int) -> int:
    """As `hedge_before`, for 以上 and 左右 directly after a position."""
    after = text[end : end + 4].lstrip()
    if after.startswith(_ABOVE_AFTER):
        return 1
    return 2 if after.startswith(_ABOUT_AFTER) else 0


def interval(digits: str, scale: Fraction | int, hedge: int) -> Interval:
    """What a printed number allows, ``scale`` being what one of its unit is worth.

    Exact to half its last digit. 超过 begins above the number and ends where the next round
    number, or a quarter more, would have been said; 近 is the tenth below it; 约 five per cent
    either side.
    """
    number = value_of(digits) * scale
    half = last_digit(digits) * scale / 2
    if hedge == 1:
        next_round = number + _round_step(digits) * scale
        return Interval(number, max(next_round, number * _UPPER_SLACK), above_low=True)
    if hedge == -1:
        return Interval(number * _LOWER_SLACK, number, closed=True)
    if hedge == 2:
        slack = max(half, number * _ABOUT_SLACK)
        return Interval(number - slack, number + slack, closed=True)
    return Interval(number - half, number + half)


def negative(positive: Interval) -> Interval:
    """The interval of a fall: 下降3.2% is -3.25 % (not included) to -3.15 % (included)."""
    assert positive.high is not None
    return Interval(-positive.high, -positive.low, closed=True, above_low=not positive.closed)


def _round_step(digits: str) -> Fraction:
    """What the last digit that is not zero is worth: ten in 80, a hundred in 1500."""
    plain_digits = digits.replace(",", "")
    if "." in plain_digits:
        return last_digit(plain_digits)
    zeros = len(plain_digits) - len(plain_digits.rstrip("0"))
    return Fraction(10) ** min(zeros, len(plain_digits) - 1)


def _ends_with(before: str, word: str) -> bool:
    if not before.endswith(word):
        return False
    return not word.isascii() or bool(re.search(rf"\b{word}$", before))


def _half_width(char: str) -> str:
    if char in "％．":
        return {"％": "%", "．": "."}[char]
    half = unicodedata.normalize("NFKC", char)
    return half if len(half) == 1 and half.isascii() and half.isalnum() else char
