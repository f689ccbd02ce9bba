"""Reads a period as people write it, and finds its neighbours in time."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError
from ipfinance.language import either, tr
from ipfinance.ui.widgets.period_english import read_english, short_english

_TO = r"(?:\.\.|[-—–−~]+|至|到)"
_HALVES = {"上": 1, "下": 2}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = re.compile(r"(\d{4})年?(?:全年|度)?", re.A)
_YEARS = re.compile(rf"(\d{{4}})年?{_TO}(\d{{4}})年?", re.A)
_HALF = re.compile(r"(\d{4})年?([上下])半年", re.A)
_QUARTER = re.compile(r"(\d{4})年?第?([一二三四1-4])季度?", re.A)
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月?", re.A)
_MONTHS = re.compile(rf"(\d{{4}})年(\d{{1,2}})月?{_TO}(\d{{1,2}})月?", re.A)
_LONG = re.compile(rf"(\d{{4}})年(\d{{1,2}})月{_TO}(\d{{4}})年(\d{{1,2}})月", re.A)
_DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_DAYS = re.compile(rf"{_DATE}{_TO}{_DATE}", re.A)
_DAY = re.compile(_DATE, re.A)
_EARLIEST, _LATEST = 1900, 2199


def read_period(text: str) -> Period:
    """The period meant: the forms of the command line, and all that labels look like.

    Raises:
        UserError: what cannot be understood, with the forms that can.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        found = _as_label(plain) or read_english(plain)
    except ValueError as error:
        raise UserError(
            tr("期间「{typed}」里有不存在的日期，或开始晚于结束", typed=text.strip()),
            tr("请改成存在的起止日期"),
        ) from error
    if found is not None and found.start.year >= _EARLIEST and found.end.year <= _LATEST:
        return found
    return parse_period(text)


def _as_label(plain: str) -> Period | None:
    if match := _YEAR.fullmatch(plain):
        return Period.year(int(match[1]))
    if match := _HALF.fullmatch(plain):
        return Period.half(int(match[1]), _HALVES[match[2]])
    if match := _QUARTER.fullmatch(plain):
        return Period.quarter(int(match[1]), _QUARTERS[match[2]])
    if match := _MONTH.fullmatch(plain):
        return Period.month(int(match[1]), int(match[2]))
    if match := _MONTHS.fullmatch(plain):
        return months(int(match[1]), int(match[2]), int(match[1]), int(match[3]))
    if match := _LONG.fullmatch(plain):
        return months(*(int(part) for part in match.groups()))
    if match := _YEARS.fullmatch(plain):
        return months(int(match[1]), 1, int(match[2]), 12)
    if match := _DAYS.fullmatch(plain):
        year, month, day, *rest = (int(part) for part in match.groups())
        return Period.of(date(year, month, day), date(*rest))
    if match := _DAY.fullmatch(plain):
        only = date(int(match[1]), int(match[2]), int(match[3]))
        return Period.of(only, only)
    return None


def short_name(period: Period) -> str:
    """Its name beneath the year that it lies in: ``上半年``, ``1—8月``."""
    chinese = period.label_zh.removeprefix(f"{period.end.year}年") or "全年"
    return either(chinese, short_english(period))


def months(first_year: int, first: int, last_year: int, last: int) -> Period:
    """Whole months, both included; `ValueError` for months that do not exist."""
    end = date(last_year, last, 1)  # first of all: monthrange has an error of its own
    return Period.of(date(first_year, first, 1), end.replace(day=_days_in(end)))


def neighbour(period: Period, steps: int, *, by_years: bool = False) -> Period | None:
    """The period `steps` of its own kind later: a year, half, quarter or month moves by itself,
    anything else by whole years. None where the calendar of the program ends."""
    by_months = steps * (12 if by_years else _length(period))
    start, end = _moved(period.start, by_months), _moved(period.end, by_months)
    if period.start < period.end and period.end.day == _days_in(period.end):
        end = end.replace(day=_days_in(end))  # what ran to the end of a month still does
    if start.year < _EARLIEST or end.year > _LATEST:
        return None
    return Period.of(start, end)


def _length(period: Period) -> int:
    """By how many months it moves."""
    start, end = period.start, period.end
    whole = start.day == 1 and end.day == _days_in(end) and start.year == end.year
    length = end.month - start.month + 1
    named = length in (1, 3, 6) and (start.month - 1) % length == 0
    return length if whole and named else 12


def _moved(day: date, by_months: int) -> date:
    at = day.year * 12 + day.month - 1 + by_months
    first = date(at // 12, at % 12 + 1, 1)
    return first.replace(day=min(day.day, _days_in(first)))


def _days_in(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def default_period(reach: tuple[date, date] | None, today: date) -> Period:
    """What to show first: the last year that is over, or this year's months that are over.

    `reach` is the first and the last day of the registrations; a running month is left out,
    because it cannot be compared with a whole one.
    """
    if reach is None:
        return Period.year(today.year)
    last = min(reach[1], today)
    if last.year < today.year:
        return Period.year(last.year)
    so_far = months(today.year, 1, today.year, max(1, today.month - 1))
    if reach[0] <= so_far.end < today:
        return so_far
    return Period.year(today.year if reach[0].year == today.year else today.year - 1)
