"""What some comparisons need beside the indicator: a growth, a round number, a target, years."""

import re
import unicodedata
from fractions import Fraction

from ipfinance.domain.money import YI, YUAN, MoneyError, parse_fen, plain_wan, round_half_up
from ipfinance.errors import UserError
from ipfinance.language import Words, either, tr, word
from ipfinance.statistics.claims import Comparison, Number
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE

NEEDING = (Comparison.FIRST_ABOVE, Comparison.YEARS_GROWING, Comparison.ANNUAL_GROWTH)
"""The comparisons that say nothing without it."""
TAKING = (*NEEDING, Comparison.COMPLETION)
"""Those that take it; without a target, one of the outside figures serves."""
_MOST_YEARS = 50
_PERCENT = re.compile(r"-?\d+(?:\.\d+)?%")
_COUNT = re.compile(r"(\d[\d,]*)(\D*)")
_YEARS = re.compile(r"(\d{1,2})(?:年|years?)?")


def read_given(indicator: str, comparison: Comparison, text: str) -> Number | None:
    """What a person has written, in the unit of the indicator; None for nothing.

    A growth and a rate are written in per cent, money with its unit (100亿元), years as 3 or
    3年. What `given_text` writes is read in either language. Raises `UserError` for what is no
    such thing, or is missing where it is needed.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    one = CATALOGUE[indicator]
    what = tr("{indicator}{comparison}", indicator=one.name, comparison=_NAMES[comparison])
    needed = _WHAT[comparison]
    if not plain:
        if comparison in NEEDING:
            raise UserError(
                tr("{what}：没有写{needed}", what=what, needed=needed), _how(indicator, comparison)
            )
        return None
    given: Number | None
    if comparison is Comparison.ANNUAL_GROWTH:
        years = _YEARS.fullmatch(plain)
        given = int(years[1]) if years and 1 <= int(years[1]) <= _MOST_YEARS else None
    elif comparison is Comparison.YEARS_GROWING or one.form is Form.RATE:
        given = Fraction(plain[:-1]) / 100 if _PERCENT.fullmatch(plain) else None
    elif one.form is Form.MONEY:
        try:
            given = parse_fen(plain, None)
        except MoneyError as error:
            raise UserError(
                tr("{what}：{reason}", what=what, reason=error.text), _how(indicator, comparison)
            ) from error
    else:
        count = _COUNT.fullmatch(plain)
        known = count and count[2] in ("", one.unit_zh)
        given = int(count[1].replace(",", "")) if count and known else None
    if given is None or (comparison is Comparison.COMPLETION and given <= 0):
        raise UserError(
            tr("{what}：「{typed}」不是{needed}", what=what, typed=text.strip(), needed=needed),
            _how(indicator, comparison),
        )
    return given


def given_text(indicator: str, comparison: Comparison, given: Number) -> str:
    """As a person would write it: 40%, 100亿元, 1,000件, 3年."""
    one = CATALOGUE[indicator]
    if comparison is Comparison.ANNUAL_GROWTH:
        return either(f"{given}年", f"{given} years")
    if comparison is Comparison.YEARS_GROWING or one.form is Form.RATE:
        return f"{_decimal(Fraction(given) * 100)}%"
    if one.form is Form.MONEY:
        chinese = (
            f"{_decimal(Fraction(given, YI))}亿元"
            if given >= YI
            else f"{plain_wan(int(given))}万元"
        )
        return either(chinese, f"¥{_decimal(Fraction(given, YUAN))}")
    return f"{int(given):,}{one.unit}"


def example_of(indicator: str, comparison: Comparison) -> str:
    """How it is written, by an example."""
    one = CATALOGUE[indicator]
    if comparison is Comparison.ANNUAL_GROWTH:
        return either("3年", "3 years")
    if comparison is Comparison.YEARS_GROWING or one.form is Form.RATE:
        return "40%"
    if one.form is Form.MONEY:
        return either("100亿元", "¥10,000,000,000")
    return f"1000{one.unit}"


def _how(indicator: str, comparison: Comparison) -> str:
    return tr("请写如 {example}。", example=example_of(indicator, comparison))


def _decimal(number: Fraction) -> str:
    """Exact and as short as possible; what is given was written as a decimal."""
    text = f"{round_half_up(number, 10):,f}"
    return text.rstrip("0").rstrip(".")


_NAMES = Words(
    {
        Comparison.FIRST_ABOVE: word("首次突破"),
        Comparison.YEARS_GROWING: word("连续增长"),
        Comparison.ANNUAL_GROWTH: word("年均增长"),
        Comparison.COMPLETION: word("完成率"),
    }
)
_WHAT = Words(
    {
        Comparison.FIRST_ABOVE: word("整数"),
        Comparison.YEARS_GROWING: word("增速"),
        Comparison.ANNUAL_GROWTH: word("年数"),
        Comparison.COMPLETION: word("目标数"),
    }
)
