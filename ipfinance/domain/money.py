"""Money as whole 分: read exactly, summed as integers, rounded once when it is printed."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ipfinance.domain.cells import SPREADSHEET_DIGITS
from ipfinance.language import either, tr

YUAN = 100
"""分 in one 元."""
QIAN = 100_000
"""分 in one 千元."""
WAN = 1_000_000
"""分 in one 万元."""
YI = 10_000_000_000
"""分 in one 亿元."""


class Unit(StrEnum):
    """The unit that a column of amounts is written in."""

    YUAN = "元"
    QIAN = "千元"
    WAN = "万元"
    YI = "亿元"

    @property
    def label(self) -> str:
        """What the window calls it."""
        return either(self.value, _UNITS_EN[self])

    @property
    def fen(self) -> int:
        """How many 分 one of this unit is."""
        return {Unit.YUAN: YUAN, Unit.QIAN: QIAN, Unit.WAN: WAN, Unit.YI: YI}[self]


@dataclass(frozen=True, slots=True)
class Scale:
    """What tables of figures show amounts in: a unit and so many decimals of it."""

    unit: Unit = Unit.WAN
    decimals: int = 2

    def text(self, fen: int | Fraction) -> str:
        """An amount with separated thousands, rounded once, half away from zero."""
        return f"{round_half_up(Fraction(fen) / self.unit.fen, self.decimals):,f}"


IN_WAN = Scale()
"""As tables show amounts where nobody has chosen otherwise."""

_UNITS_EN = {
    Unit.YUAN: "CNY",
    Unit.QIAN: "CNY 1,000",
    Unit.WAN: "CNY 10,000",
    Unit.YI: "CNY 100 million",
}


class MoneyError(ValueError):
    """An amount that cannot be taken as it stands.

    `rule` is one of ``amount_not_number``, ``amount_not_positive``, ``amount_unit_missing``,
    ``amount_too_precise``; `text` is the Chinese sentence for the clerk.
    """

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(rule, text)
        self.rule = rule
        self.text = text

    def __str__(self) -> str:
        return self.text


# How many decimals one 分 is behind the point of each unit.
_PLACES_OF = {Unit.YUAN: 2, Unit.QIAN: 5, Unit.WAN: 6, Unit.YI: 10}
# The store keeps 分 in a 64-bit integer.
_LARGEST_FEN = 2**63 - 1

_SUFFIXES = {
    "元": YUAN,
    "圆": YUAN,
    "千元": QIAN,
    "万": WAN,
    "万元": WAN,
    "万圆": WAN,
    "百万": 100 * WAN,
    "百万元": 100 * WAN,
    "千万": 1_000 * WAN,
    "千万元": 1_000 * WAN,
    "亿": YI,
    "亿元": YI,
    "亿圆": YI,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
_SUFFIX = "|".join(sorted(_SUFFIXES, key=len, reverse=True))
_PART = re.compile(rf"({_NUMBER})({_SUFFIX})?", re.A)
# Every part but the last needs a unit, which also keeps the match from trying every split.
_WHOLE = re.compile(rf"(?:(?:{_NUMBER})(?:{_SUFFIX}))*(?:{_NUMBER})(?:{_SUFFIX})?", re.A)
_CURRENCY = r"(?:\(?人民币\)?|RMB|CNY)"
_AROUND = re.compile(rf"^{_CURRENCY}?:?¥?|[整正]?{_CURRENCY}?$", re.I)
_SIGN = re.compile(r"^¥?([-+−–—])(?=[\d.¥])")
_LONGEST_TEXT = 60
_SIMPLIFIED = str.maketrans("萬億圓", "万亿圆")


def parse_fen(text: str, unit: Unit | None) -> int:
    """The 分 of an amount as people write it: ``5,000.25``, ``￥500万``, ``1亿2000万元``, or in
    banker's numerals exactly as `in_words` writes them, with or without 整.

    A unit inside the text wins over `unit`, the one of the column; where there is neither, ¥ is
    元. Exact: an amount that is no whole number of 分 is refused, not rounded. Raises
    `MoneyError`.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SIMPLIFIED)
    if unit is None and "¥" in plain:
        unit = Unit.YUAN  # the sign of the 元; a unit of the column or behind the number wins
    sign = _SIGN.match(plain)
    if sign:
        plain = plain.replace(sign[1], "", 1)
    plain = _AROUND.sub("", plain)
    if len(plain) > _LONGEST_TEXT:
        raise _not_a_number(text)
    if not sign and (worded := _of_words(plain)):
        return _within(worded, text)
    if not _WHOLE.fullmatch(plain):
        raise _not_a_number(text)
    parts = [
        (Fraction(number.replace(",", "").rstrip(".")), _SUFFIXES.get(suffix))
        for number, suffix in _PART.findall(plain)
    ]
    if (sign and sign[1] != "+") or not any(number for number, _ in parts):
        raise _not_positive(text)
    return _exact(_added(parts, unit, text), text)


def from_number(value: int | float, unit: Unit | None) -> int:
    """The 分 of a spreadsheet's number.

    A float is read as the decimal that the spreadsheet shows, 15 significant digits, which drops
    the noise of binary fractions: 329193.27550000004 万元 is 3 291 932 755 元. Raises `MoneyError`.
    """
    if isinstance(value, bool) or not abs(value) <= _LARGEST_FEN:  # also not-a-number
        raise _not_a_number(str(value))
    shown = str(value) if isinstance(value, int) else f"{value:.{SPREADSHEET_DIGITS}g}"
    if value <= 0:
        raise _not_positive(shown)
    if unit is None:
        raise _without_unit(shown)
    whole, _, decimals = shown.partition(".")
    places = _PLACES_OF[unit]
    if len(decimals) <= places and whole.isdigit() and (not decimals or decimals.isdigit()):
        return _within(int(whole + decimals.ljust(places, "0")), shown)
    return _exact(Fraction(shown) * unit.fen, shown)


def round_half_up(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """`value` at `decimals` places, half away from zero (四舍五入); exact at any size.

    Negative `decimals` round to tens, hundreds and so on.
    """
    return _rounded(*value.as_integer_ratio(), decimals)


def _rounded(numerator: int, denominator: int, decimals: int) -> Decimal:
    # In whole numbers: a page of a table rounds hundreds, and Fraction seeks a divisor each time.
    scaled = abs(numerator) * 10 ** max(decimals, 0)
    step = denominator * 10 ** max(-decimals, 0)
    units = (2 * scaled + step) // (2 * step)
    if numerator < 0:
        units = -units
    # Built from text: arithmetic on Decimal would round to the context's 28 digits.
    return Decimal(f"{units}e{-decimals}") if decimals > 0 else Decimal(units * 10**-decimals)


def wan(fen: int, decimals: int = 2) -> str:
    """万元 with separated thousands, for tables: ``1,234.56``."""
    return f"{_rounded(fen, WAN, decimals):,f}"


def yi(fen: int, decimals: int = 2) -> str:
    """亿元 without separators, for running text: ``1074.0``."""
    return f"{_rounded(fen, YI, decimals):f}"


def plain_wan(fen: int) -> str:
    """万元 exactly and as short as possible, for files and input fields: ``170.9268``."""
    whole, rest = divmod(abs(fen), WAN)
    tail = f"{rest:06d}".rstrip("0")
    return f"{'-' if fen < 0 else ''}{whole}{'.' if tail else ''}{tail}"


def grouped_wan(fen: int) -> str:
    """万元 exactly, as short as possible, with separated thousands: ``329,193.2755``."""
    whole, dot, rest = plain_wan(fen).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def yuan_text(fen: int) -> str:
    """元 with exactly two places, for machines: ``1234500000.00``."""
    whole, rest = divmod(abs(fen), YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_WORDED = re.compile(rf"(?:([{_DIGITS}拾佰仟万亿]+)元)?(?:([{_DIGITS}])角)?零?(?:([{_DIGITS}])分)?")
_PLACES = (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10))


def in_words(fen: int) -> str:
    """The amount in banker's numerals (大写金额): ``伍仟万元整``."""
    if fen < 0:
        return f"负{in_words(-fen)}"
    yuan, rest = divmod(fen, YUAN)
    jiao, cent = divmod(rest, 10)
    words = f"{_number_words(yuan)}元" if yuan or not rest else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    if not cent:
        return f"{words}整"
    gap = "零" if yuan and not jiao else ""
    return f"{words}{gap}{_DIGITS[cent]}分"


def _number_words(number: int) -> str:
    for name, size in _PLACES:
        if number >= size:
            high, low = divmod(number, size)
            head = f"{_number_words(high)}{name}"
            if not low:
                return head
            # One 零 stands for however many places are skipped.
            return f"{head}{'零' if low < size // 10 else ''}{_number_words(low)}"
    return _DIGITS[number]


def _of_words(plain: str) -> int:
    """The 分 of banker's numerals without 整, 0 for everything that `in_words` would not write."""
    words = plain.replace("圆", "元")
    found = _WORDED.fullmatch(words)
    if not found:
        return 0
    fen = _number_of(found[1] or "") * YUAN
    fen += 10 * _DIGITS.index(found[2] or "零") + _DIGITS.index(found[3] or "零")
    return fen if in_words(fen).removesuffix("整") == words else 0


def _number_of(words: str) -> int:
    for name, size in _PLACES:
        high, place, low = words.rpartition(name)
        if place:
            return _number_of(high) * size + _number_of(low)
    return _DIGITS.index(words[-1]) if words else 0


def _added(parts: list[tuple[Fraction, int | None]], unit: Unit | None, text: str) -> Fraction:
    """The sum of 1亿2000万元 in 分: when there are several parts each unit is smaller."""
    if len(parts) == 1:
        number, own = parts[0]
        if own is not None:
            return number * own
        if unit is not None:
            return number * unit.fen
        raise _without_unit(text)
    total, before = Fraction(0), None
    for number, size in parts:
        if size is None or (before is not None and (size >= before or number * size >= before)):
            raise _not_a_number(text)
        total, before = total + number * size, size
    return total


def _within(fen: int, text: str) -> int:
    if fen > _LARGEST_FEN:
        raise MoneyError(
            "amount_not_number",
            tr("金额「{typed}」大得不合理，请核对数字和单位", typed=text.strip()),
        )
    return fen


def _exact(fen: Fraction, text: str) -> int:
    if fen.denominator != 1 and fen <= _LARGEST_FEN:
        raise MoneyError(
            "amount_too_precise", tr("金额「{typed}」小于 1 分的部分无法登记", typed=text.strip())
        )
    return _within(fen.numerator // fen.denominator, text)


def _not_a_number(text: str) -> MoneyError:
    return MoneyError("amount_not_number", tr("金额「{typed}」不是数字", typed=text.strip()))


def _not_positive(text: str) -> MoneyError:
    return MoneyError("amount_not_positive", tr("金额「{typed}」应大于 0", typed=text.strip()))


def _without_unit(text: str) -> MoneyError:
    return MoneyError(
        "amount_unit_missing",
        tr("金额「{typed}」没有单位，请注明元、千元、万元或亿元", typed=text.strip()),
    )
