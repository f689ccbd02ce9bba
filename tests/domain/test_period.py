"""Periods as they are typed, named in two languages, and set against last year."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError

days = st.dates(min_value=date(1901, 1, 1), max_value=date(2199, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(days), draw(days)))
    return Period.of(first, last)


@pytest.mark.parametrize(
    ("text", "start", "end", "label", "label_en", "before"),
    [
        ("2019", "2019-01-01", "2019-12-31", "2019年", "2019", "2018"),
        ("2022H1", "2022-01-01", "2022-06-30", "2022年上半年", "the first half of 2022", "2021H1"),
        ("2022h2", "2022-07-01", "2022-12-31", "2022年下半年", "the second half of 2022", "2021H2"),
        (
            "2019Q3",
            "2019-07-01",
            "2019-09-30",
            "2019年第三季度",
            "the third quarter of 2019",
            "2018Q3",
        ),
        ("2019-06", "2019-06-01", "2019-06-30", "2019年6月", "June 2019", "2018-06"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020年2月", "February 2020", "2019-02"),
        ("2021-02", "2021-02-01", "2021-02-28", "2021年2月", "February 2021", "2020-02"),
        (
            "2019-01..2019-08",
            "2019-01-01",
            "2019-08-31",
            "2019年1—8月",
            "January–August 2019",
            "2018-01..2018-08",
        ),
        (
            "2018-11..2019-02",
            "2018-11-01",
            "2019-02-28",
            "2018年11月—2019年2月",
            "November 2018 – February 2019",
            "2017-11..2018-02",
        ),
        (
            "2016-01..2019-12",
            "2016-01-01",
            "2019-12-31",
            "2016—2019年",
            "2016–2019",
            "2015-01..2018-12",
        ),
        (
            "2014-07-02..2014-12-31",
            "2014-07-02",
            "2014-12-31",
            "2014年7月2日—2014年12月31日",
            "2 July 2014 – 31 December 2014",
            "2013-07-02..2013-12-31",
        ),
        (
            "2019-03-05..2019-03-05",
            "2019-03-05",
            "2019-03-05",
            "2019年3月5日",
            "5 March 2019",
            "2018-03-05..2018-03-05",
        ),
    ],
)
def test_that_every_form_is_read_named_and_compared(
    text: str, start: str, end: str, label: str, label_en: str, before: str
) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert (period.label, period.label_en) == (label, label_en)
    assert period.previous().text == before
    assert period.previous() == parse_period(before)
    assert period.text == text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2014-07-01..2014-12-31", "2014年下半年"),
        ("2019-01-01..2019-12-31", "2019年"),
        ("2019-04-01..2019-06-30", "2019年第二季度"),
        ("2019-02-01..2019-02-28", "2019年2月"),
        ("2019-01..2019-12", "2019年"),
        ("2019-01..2019-06", "2019年上半年"),
        ("2019-02..2019-04", "2019年2—4月"),
        ("2019-01-01..2019-08-31", "2019年1—8月"),
    ],
)
def test_that_whole_parts_of_a_year_have_one_name_and_the_text_stays(text: str, label: str) -> None:
    period = parse_period(f" {text} ")
    assert period.label == label
    assert period.text == text


@pytest.mark.parametrize(
    ("text", "before"),
    [
        # to the end of February, leap year or not
        ("2021-01-01..2021-02-28", "2020-01-01..2020-02-29"),
        ("2020-01-15..2020-02-29", "2019-01-15..2019-02-28"),
        ("2021-01-15..2021-02-28", "2020-01-15..2020-02-29"),
        # the 29th as a start, and the 28th of a leap year, which is no month's end
        ("2020-02-29..2020-03-31", "2019-02-28..2019-03-31"),
        ("2020-01-15..2020-02-28", "2019-01-15..2019-02-28"),
        # a single day stays a single day
        ("2021-02-28..2021-02-28", "2020-02-28..2020-02-28"),
        ("2020-02-29..2020-02-29", "2019-02-28..2019-02-28"),
    ],
)
def test_that_the_end_of_february_is_compared_with_the_end_of_february(
    text: str, before: str
) -> None:
    assert parse_period(text).previous() == parse_period(before)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "去年",
        "19",
        "2019H3",
        "2019Q5",
        "2019Q0",
        "2019-13",
        "2019-00",
        "2019-6",
        "2019/06",
        "2019-06-01",
        "2019..2020",
        "2019-01..2019-08-31",
        "2019-08..2019-01",
        "2019-02-01..2019-02-30",
        "2019-12-31..2019-01-01",
        "0219",
        "0000",
        "9999",
    ],
)
def test_that_other_text_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(text)
    assert caught.value.text.startswith("期间「")
    assert caught.value.hint


def test_that_equal_days_make_equal_periods() -> None:
    assert parse_period("2019") == parse_period("2019-01-01..2019-12-31") == Period.year(2019)
    assert hash(parse_period("2019H1")) == hash(Period.half(2019, 1))
    assert Period.quarter(2019, 4).text == "2019Q4"
    assert Period.month(2019, 6).label == "2019年6月"


def test_that_a_period_knows_its_days() -> None:
    period = Period.year(2020)
    assert period.days == 366
    assert period.contains(date(2020, 1, 1))
    assert period.contains(date(2020, 12, 31))
    assert not period.contains(date(2021, 1, 1))


def test_that_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period("", date(2019, 1, 2), date(2019, 1, 1))


@given(periods())
def test_that_the_text_of_a_period_is_read_back(period: Period) -> None:
    assert parse_period(period.text) == period


@given(periods())
def test_that_the_previous_window_is_a_year_earlier(period: Period) -> None:
    previous = period.previous()
    assert previous.start.year == period.start.year - 1
    assert previous.end.year == period.end.year - 1
    assert abs(previous.days - period.days) <= 2


@given(st.integers(1901, 2199), st.integers(1, 12), st.integers(0, 30))
def test_that_windows_of_whole_months_stay_whole_months(year: int, month: int, more: int) -> None:
    last_year, last = year + (month - 1 + more) // 12, (month - 1 + more) % 12 + 1
    end = date(last_year, last, monthrange(last_year, last)[1])
    previous = Period.of(date(year, month, 1), end).previous()
    assert previous.start == date(year - 1, month, 1)
    assert previous.end == date(last_year - 1, last, monthrange(last_year - 1, last)[1])


@given(st.text())
def test_that_any_text_is_a_period_or_a_user_error(text: str) -> None:
    try:
        parse_period(text)
    except UserError:
        return
