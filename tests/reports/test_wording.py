"""How amounts, rates and counts are worded in sentences."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.reports.wording import (
    Language,
    amount,
    count,
    grew,
    hedged,
    percent,
    printed,
    reached,
    years_in_words,
)
from ipfinance.statistics.checking.numbers import interval
from ipfinance.statistics.claims import Comparison, Value
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.tables import KindChoice

ZH, EN = Language.CHINESE, Language.ENGLISH


def _value(
    number: int | Fraction, comparison: Comparison = Comparison.LEVEL, key: str = "registrations"
) -> Value:
    return Value(CATALOGUE[key], comparison, KindChoice.PATENT, Period.year(2019), "330000", number)


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (172 * YI, "172亿元", "17.2 billion yuan"),
        (4899 * YI // 10, "489.9亿元", "48.99 billion yuan"),
        (804 * YI // 10, "超过80亿元", "over 8 billion yuan"),
        (80 * YI, "80亿元", "8 billion yuan"),
        (80 * YI + 1, "超过80亿元", "over 8 billion yuan"),
        (798 * YI // 10, "近80亿元", "nearly 8 billion yuan"),
        (357 * YI // 100, "3.57亿元", "357 million yuan"),
        (61725 * WAN // 100, "617.25万元", "6.1725 million yuan"),
        (995 * YI // 1000, "9950万元", "99.5 million yuan"),
        (YI - 1, "1亿元", "100 million yuan"),
        (WAN, "1万元", "0.01 million yuan"),
    ],
)
def test_that_amounts_are_printed_as_reports_do(fen: int, chinese: str, english: str) -> None:
    assert amount(fen, ZH) == chinese
    assert amount(fen, EN) == english


@given(some.integers(min_value=YI, max_value=10**6 * YI))
def test_that_a_hedge_is_used_only_where_it_is_true(fen: int) -> None:
    side, told = hedged(Fraction(fen))
    if side == 1:
        assert told < fen
    elif side == -1:
        assert told > fen
    else:
        assert told == fen


@given(some.integers(min_value=10 * YI, max_value=10**6 * YI))
def test_that_what_is_printed_is_an_interval_that_holds_the_amount(fen: int) -> None:
    text = amount(fen, ZH)
    hedge = {"超": 1, "近": -1}.get(text[0], 0)
    digits = text.removeprefix("超过").removeprefix("近").removesuffix("亿元")
    assert interval(digits, YI, hedge).has(fen)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(68, 100), "68%"),
        (Fraction(529, 1000), "52.9%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(9, 1), "900%"),
        (Fraction(0), "0%"),
    ],
)
def test_that_percent_has_one_decimal_unless_it_is_zero(number: Fraction, text: str) -> None:
    assert percent(number) == text


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [(63, "63", "63"), (9999, "9999", "9,999"), (17_000, "1.7万", "17,000")],
)
def test_that_counts_are_exact_below_ten_thousand(number: int, chinese: str, english: str) -> None:
    assert count(number, ZH) == chinese
    assert count(number, EN) == english


@pytest.mark.parametrize(
    ("years", "words"), [(2, "两年"), (3, "三年"), (10, "十年"), (12, "十二年"), (20, "二十年")]
)
def test_that_years_are_written_in_words(years: int, words: str) -> None:
    assert years_in_words(years) == words


def test_that_a_fall_has_its_own_word_and_no_sign() -> None:
    fall = _value(Fraction(-5, 100), Comparison.YEAR_ON_YEAR)
    assert (grew(fall, ZH), printed(fall, ZH)) == ("下降", "5%")
    assert (grew(fall, EN), printed(fall, EN)) == ("down", "5%")


@pytest.mark.parametrize(
    ("comparison", "number", "chinese", "english"),
    [
        (Comparison.YEARS_FIRST, 3, "三年", "three"),
        (Comparison.RANK, 2, "第2位", "No. 2"),
        (Comparison.RECORD, 1, "历史新高", "record high"),
        (Comparison.AHEAD_OF_NATION, Fraction(14, 1000), "1.4个百分点", "1.4 percentage points"),
        (Comparison.SHARE_OF_NATION, Fraction(458, 1000), "45.8%", "45.8%"),
        (Comparison.LEVEL, 812, "812件", "812"),
    ],
)
def test_that_each_comparison_has_its_print(
    comparison: Comparison, number: int | Fraction, chinese: str, english: str
) -> None:
    value = _value(number, comparison)
    assert printed(value, ZH) == chinese
    assert printed(value, EN) == english


def test_that_reached_is_not_said_beside_a_hedge() -> None:
    assert reached(_value(172 * YI, key="secured_amount")) == "达到"
    assert reached(_value(804 * YI // 10, key="secured_amount")) == ""
