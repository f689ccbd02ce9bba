"""What figures are called where the window speaks English, and that what is written is read."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from ipfinance import language
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.language import Language, in_chinese
from ipfinance.reports.grounds import exact
from ipfinance.statistics.checking.figures import Measure
from ipfinance.statistics.checking.telling import in_words, range_in_words
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.given import given_text, read_given
from ipfinance.statistics.indicators import RIGHTS, SECURED_AMOUNT
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.presenting import heading, measure_name
from ipfinance.statistics.tables import KindChoice


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = language.chosen()
    language.choose(Language.ENGLISH)
    yield
    language.choose(before)


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        (Period.year(2019), "2019", "2019年"),
        (Period.half(2022, 1), "H1 2022", "2022年上半年"),
        (Period.quarter(2019, 3), "Q3 2019", "2019年第三季度"),
        (Period.month(2019, 6), "Jun 2019", "2019年6月"),
        (Period.of(date(2019, 1, 1), date(2019, 8, 31)), "Jan–Aug 2019", "2019年1—8月"),
        (Period.of(date(2014, 1, 1), date(2019, 12, 31)), "2014–2019", "2014—2019年"),
        (Period.of(date(2019, 1, 2), date(2019, 1, 2)), "2 Jan 2019", "2019年1月2日"),
    ],
)
def test_that_a_period_has_a_short_english_name(period: Period, english: str, chinese: str) -> None:
    assert period.label == english
    assert period.label_zh == in_chinese(period.label) == chinese


def test_that_a_head_has_the_unit_of_money_and_none_of_a_count() -> None:
    assert heading(SECURED_AMOUNT, KindChoice.ALL) == "Secured amount (CNY 10,000)"
    assert heading(RIGHTS, KindChoice.PATENT) == "Patents pledged"
    assert in_chinese(heading(RIGHTS, KindChoice.PATENT)) == "所涉专利件次（件）"
    assert measure_name(RIGHTS, KindChoice.ALL) == "Rights pledged"


def test_that_every_indicator_says_its_rule_in_english() -> None:
    for one in CATALOGUE.values():
        assert one.rule.isascii(), one.key
        assert in_chinese(one.rule) == one.rule_zh


@pytest.mark.parametrize(
    ("fen", "told"),
    [(1074 * YI, "107.4 billion yuan"), (YI, "100 million yuan"), (500 * WAN, "5 million yuan")],
)
def test_that_amounts_are_told_as_english_counts(fen: int, told: str) -> None:
    assert in_words(fen, Measure.MONEY) == told


def test_that_a_range_is_told_in_the_size_of_its_lower_end() -> None:
    low, high = Fraction(1018 * YI, 10), Fraction(1030 * YI, 10)
    assert range_in_words(low, high, Measure.MONEY) == "10.18–10.3 billion yuan"


@pytest.mark.parametrize(
    ("indicator", "comparison", "given"),
    [
        ("secured_amount", Comparison.FIRST_ABOVE, 100 * YI),
        ("secured_amount", Comparison.COMPLETION, 1234 * WAN + 50),
        ("registrations", Comparison.FIRST_ABOVE, 12_000),
        ("inclusive_rate", Comparison.FIRST_ABOVE, Fraction(9, 10)),
        ("registrations", Comparison.YEARS_GROWING, Fraction(2, 5)),
        ("registrations", Comparison.ANNUAL_GROWTH, 3),
    ],
)
@pytest.mark.parametrize("written_in", list(Language))
def test_that_what_is_written_for_a_comparison_is_read_in_either_language(
    indicator: str, comparison: Comparison, given: Number, written_in: Language
) -> None:
    language.choose(written_in)
    written = given_text(indicator, comparison, given)
    language.choose(Language.ENGLISH)
    assert read_given(indicator, comparison, written) == given


def test_that_years_running_are_told_in_english() -> None:
    asked = (KindChoice.ALL, Period.year(2019), "330000")
    value = Value(CATALOGUE["registrations"], Comparison.YEARS_FIRST, *asked, value=3)
    assert exact(value) == "3 yr"
    assert in_chinese(exact(value)) == "三年"
