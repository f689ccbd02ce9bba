"""Periods that figures are made for: how they are typed, named, and compared with last year."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from ipfinance.errors import UserError
from ipfinance.language import either, tr

_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_ORDINALS_EN = ("first", "second", "third", "fourth")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Typed years outside this are slips (0219, 20119); nothing here looks at today's date.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_IN_ONE_YEAR = re.compile(r"(\d{4})(H[12]|Q[1-4]|-\d{2})?", re.A)
_MONTHS_IN_PART = {"": 12, "H": 6, "Q": 3, "-": 1}
_MONTHS = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", re.A)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.A)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole days, `start` and `end` included.

    `text` is how it was typed; two periods are equal when their days are.
    """

    text: str = field(compare=False)
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"period ends before it starts: {self.start}..{self.end}")

    @classmethod
    def year(cls, year: int) -> Self:
        """The calendar year."""
        return cls.of(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def half(cls, year: int, half: int) -> Self:
        """Half 1 or 2 of a year."""
        return cls._months(year, 6 * half - 5, 6 * half)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Quarter 1 to 4 of a year."""
        return cls._months(year, 3 * quarter - 2, 3 * quarter)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Month 1 to 12 of a year."""
        return cls._months(year, month, month)

    @classmethod
    def of(cls, start: date, end: date) -> Self:
        """The period of these days, with the shortest text that `parse_period` reads back."""
        return cls(_shortest_text(start, end), start, end)

    @classmethod
    def _months(cls, year: int, first: int, last: int) -> Self:
        return cls.of(date(year, first, 1), _month_end(year, last))

    @property
    def label(self) -> str:
        """The name that the window says: ``2022年上半年``, or ``H1 2022`` in English."""
        return either(self.label_zh, self._label_short)

    @property
    def label_zh(self) -> str:
        """The Chinese name: ``2019年``, ``2022年上半年``, ``2019年第三季度``, ``2019年1—8月``."""
        start, end = self.start, self.end
        if not self._whole_months:
            return _day(start) if start == end else f"{_day(start)}—{_day(end)}"
        first, last = start.month, end.month
        if start.year != end.year:
            if (first, last) == (1, 12):
                return f"{start.year}—{end.year}年"
            return f"{start.year}年{first}月—{end.year}年{last}月"
        match _part_of_year(first, last):
            case ("year", _):
                return f"{start.year}年"
            case ("half", which):
                return f"{start.year}年{'上下'[which - 1]}半年"
            case ("quarter", which):
                return f"{start.year}年{_QUARTERS[which - 1]}"
            case ("month", which):
                return f"{start.year}年{which}月"
        return f"{start.year}年{first}—{last}月"

    @property
    def label_en(self) -> str:
        """The English name, to stand after "in": ``the first half of 2022``."""
        match self._part:
            case ("half" | "quarter" as part, which):
                return f"the {_ORDINALS_EN[which - 1]} {part} of {self.start.year}"
        return self._english(_MONTHS_EN)

    @property
    def _label_short(self) -> str:
        """The English name where room is scarce: 2019, H1 2022, Q3 2019, Jan–Aug 2019."""
        match self._part:
            case ("half" | "quarter" as part, which):
                return f"{part[0].upper()}{which} {self.start.year}"
        return self._english([name[:3] for name in _MONTHS_EN])

    def _english(self, months: Sequence[str]) -> str:
        """Years, months or days, with these names of the months."""
        start, end = self.start, self.end
        first, last = months[start.month - 1], months[end.month - 1]
        if not self._whole_months:
            days = (f"{start.day} {first} {start.year}", f"{end.day} {last} {end.year}")
            return days[0] if start == end else " – ".join(days)
        if (start.month, end.month) == (1, 12):
            return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
        if start.year != end.year:
            return f"{first} {start.year} – {last} {end.year}"
        return f"{first} {start.year}" if first == last else f"{first}–{last} {start.year}"

    @property
    def _part(self) -> tuple[str, int] | None:
        """The part of a year that it is, None for none."""
        if not self._whole_months or self.start.year != self.end.year:
            return None
        return _part_of_year(self.start.month, self.end.month)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day <= self.end

    def previous(self) -> Self:
        """The same window one year earlier; one that runs to the end of a month still does."""
        start = _year_earlier(self.start)
        if self.start < self.end and self.end == _month_end(self.end.year, self.end.month):
            return self.of(start, _month_end(self.end.year - 1, self.end.month))
        return self.of(start, _year_earlier(self.end))

    @property
    def _whole_months(self) -> bool:
        return _are_whole_months(self.start, self.end)


def parse_period(text: str) -> Period:
    """The period typed, in any form of the command line; raises `UserError`."""
    typed = text.strip()
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    try:
        days = _read_days(plain)
    except ValueError as error:
        raise UserError(tr("期间「{typed}」里有不存在的日期", typed=typed), _forms()) from error
    if days is None:
        raise UserError(tr("期间「{typed}」看不懂", typed=typed), _forms())
    start, end = days
    if start > end:
        raise UserError(tr("期间「{typed}」的开始晚于结束", typed=typed), tr("请把两端对调"))
    if start.year < _FIRST_YEAR or end.year > _LAST_YEAR:
        raise UserError(
            tr("期间「{typed}」的年份不对", typed=typed),
            tr("年份应在 {first} 到 {last} 之间", first=_FIRST_YEAR, last=_LAST_YEAR),
        )
    return Period(typed, start, end)


def _read_days(plain: str) -> tuple[date, date] | None:
    """First and last day; None for no known form, `ValueError` for an impossible date."""
    if found := _IN_ONE_YEAR.fullmatch(plain):
        year, part = int(found[1]), found[2] or ""
        length = _MONTHS_IN_PART[part[:1]]
        last = length * int(part[1:] or 1)
        return date(year, last - length + 1, 1), _month_end(year, last)
    if found := _MONTHS.fullmatch(plain):
        first_year, first, last_year, last = map(int, found.groups())
        return date(first_year, first, 1), _month_end(last_year, last)
    if found := _DAYS.fullmatch(plain):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    return None


def _shortest_text(start: date, end: date) -> str:
    if not _are_whole_months(start, end):
        return f"{start}..{end}"
    if start.year == end.year:
        match _part_of_year(start.month, end.month):
            case ("year", _):
                return f"{start.year}"
            case ("half", which):
                return f"{start.year}H{which}"
            case ("quarter", which):
                return f"{start.year}Q{which}"
            case ("month", which):
                return f"{start.year}-{which:02d}"
    return f"{start.year}-{start.month:02d}..{end.year}-{end.month:02d}"


def _part_of_year(first: int, last: int) -> tuple[str, int] | None:
    """Which named part of a year the months `first` to `last` are, and its number."""
    length = last - first + 1
    if length == 12:
        return "year", 1
    if length == 6 and first in (1, 7):
        return "half", (first + 5) // 6
    if length == 3 and first % 3 == 1:
        return "quarter", (first + 2) // 3
    if length == 1:
        return "month", first
    return None


def _are_whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end == _month_end(end.year, end.month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_earlier(day: date) -> date:
    """The same day last year; 29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _forms() -> str:
    return tr("可用的写法：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31")
