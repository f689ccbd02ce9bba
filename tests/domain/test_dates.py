"""Dates as people write them: read exactly or not at all."""

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.dates import DateError, read_date

DAY = date(2019, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        *("2019-03-05", "2019-3-5", "2019/3/5", "2019/03/05", "2019.3.5", "20190305"),
        *("2019年3月5日", "2019年03月05日", "2019年3月5", "2019年3月5号", " 2019 年 3 月 5 日 "),
        *("２０１９－０３－０５", "2019。3。5", "2019-03-05 00:00:00", "2019-03-05T08:15:30.5"),
        *("2019/3/5 0:00", "\t2019-03-05\n"),
        *(DAY, datetime(2019, 3, 5, 8, 15), 20190305, 20190305.0, 43529, 43529.0),
    ],
)
def test_that_a_date_is_read_as_it_is_written(written: object) -> None:
    assert read_date(written) == DAY


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_that_every_day_is_read_in_every_form(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for written in (
        *(day.isoformat(), f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{day:%Y%m%d}"),
        int(f"{day:%Y%m%d}"),
    ):
        assert read_date(written) == day


def test_that_day_numbers_of_a_spreadsheet_are_read() -> None:
    assert read_date(20000) == date(1954, 10, 3)
    assert read_date(80000) == date(2119, 1, 11)


@pytest.mark.parametrize(
    "written",
    ["2019", "2019年", "2019-03", "2019年3月", "2019.3", "3月5日", "3-5", "3.5", 2019.3, 2019],
)
def test_that_missing_parts_are_never_filled_in(written: object) -> None:
    with pytest.raises(DateError) as caught:
        read_date(written)
    assert caught.value.rule == "date_incomplete"
    assert str(written) in caught.value.text


@pytest.mark.parametrize(
    "written",
    [
        *("2019-02-29", "2019-02-30", "20190230", "2019-13-01", "2019-00-01", "2019-01-00"),
        *("2019年2月30日", "30/3/2019", "5.3.2019", "03/05/2019", "2019-3/5", "2019年3-5"),
        *("去年", "待定", "2019-03-05至2020-03-04", "19-03-05", "120190305", "", "—"),
        *(0, -1, 19999, 80001, 43529.5, 1e9, float("nan"), True),
    ],
)
def test_that_what_is_no_day_is_never_guessed(written: object) -> None:
    with pytest.raises(DateError) as caught:
        read_date(written)
    assert caught.value.rule in ("date_impossible", "date_incomplete")
    assert caught.value.text


@given(st.text(max_size=12))
def test_that_any_text_is_a_day_or_told(text: str) -> None:
    with contextlib.suppress(DateError):
        assert type(read_date(text)) is date
