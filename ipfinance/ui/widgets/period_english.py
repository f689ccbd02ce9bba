"""Reads a period as English names it: ``H1 2022``, ``first half of 2022``, ``Jan–Aug 2019``."""

import re
from calendar import monthrange
from datetime import date

from ipfinance.domain.period import Period

_ORDINALS = ("first", "second", "third", "fourth")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TO = "[-—–−~]+"
_HALF = re.compile(r"(first|second)half(?:of)?(\d{4})", re.A)
_QUARTER = re.compile(r"(first|second|third|fourth)quarter(?:of)?(\d{4})", re.A)
_PART = re.compile(r"([hq])([1-4])(\d{4})", re.A)
_MONTH = re.compile(r"([a-z]{3,})(\d{4})", re.A)
_IN_ONE_YEAR = re.compile(rf"([a-z]{{3,}}){_TO}([a-z]{{3,}})(\d{{4}})", re.A)
_ACROSS_YEARS = re.compile(rf"([a-z]{{3,}})(\d{{4}}){_TO}([a-z]{{3,}})(\d{{4}})", re.A)
_ONE_DAY = r"(\d{1,2})([a-z]{3,})(\d{4})"
_DAY = re.compile(_ONE_DAY, re.A)
_DAYS = re.compile(f"{_ONE_DAY}{_TO}{_ONE_DAY}", re.A)


def read_english(text: str) -> Period | None:
    """The period meant, months perhaps shortened; None for what is no English label.

    Raises:
        ValueError: for days that do not exist, or an end before its beginning.
    """
    plain = "".join(text.casefold().split()).removeprefix("the")
    if match := _HALF.fullmatch(plain):
        return Period.half(int(match[2]), _ORDINALS.index(match[1]) + 1)
    if match := _QUARTER.fullmatch(plain):
        return Period.quarter(int(match[2]), _ORDINALS.index(match[1]) + 1)
    if match := _PART.fullmatch(plain):
        year, number = int(match[3]), int(match[2])
        if match[1] == "q":
            return Period.quarter(year, number)
        return Period.half(year, number) if number <= 2 else None
    if match := _MONTH.fullmatch(plain):
        return _months(match[1], match[2], match[1], match[2])
    if match := _IN_ONE_YEAR.fullmatch(plain):
        return _months(match[1], match[3], match[2], match[3])
    if match := _ACROSS_YEARS.fullmatch(plain):
        return _months(*match.groups())
    if match := _DAY.fullmatch(plain):
        return _days(*match.groups(), *match.groups())
    if match := _DAYS.fullmatch(plain):
        return _days(*match.groups())
    return None


def short_english(period: Period) -> str:
    """Its English name without the year that it lies in: ``First half``, ``Jan–Aug``."""
    year = str(period.end.year)
    name = period.label_en.removeprefix("the ").removesuffix(year).removesuffix("of ").strip()
    if not name:
        return "Whole year"
    if any(letter.isdigit() for letter in name):
        return period.label_en
    months = [one[:3] for one in name.split("–")] if name.casefold().startswith(_MONTHS) else [name]
    return "–".join(months).capitalize() if len(months) == 1 else "–".join(months)


def _months(first: str, first_year: str, last: str, last_year: str) -> Period | None:
    start, end = _month(first), _month(last)
    if start is None or end is None:
        return None
    last_day = monthrange(int(last_year), end)[1]
    return Period.of(date(int(first_year), start, 1), date(int(last_year), end, last_day))


def _days(
    day: str, month: str, year: str, last_day: str, last_month: str, last_year: str
) -> Period | None:
    start, end = _month(month), _month(last_month)
    if start is None or end is None:
        return None
    return Period.of(date(int(year), start, int(day)), date(int(last_year), end, int(last_day)))


def _month(name: str) -> int | None:
    """Its number; the name may be cut off behind its third letter."""
    return next((at for at, one in enumerate(_MONTHS, 1) if one.startswith(name)), None)
