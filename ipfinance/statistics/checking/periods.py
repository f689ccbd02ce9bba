"""The periods that a text speaks of, in Chinese and in English, where they stand."""

import re
from dataclasses import dataclass

from ipfinance.domain.period import Period
from ipfinance.statistics.checking.numbers import numeral

_DASH = r"(?:[-—–~～]+|至|到)"
_YEAR = r"(?P<y>(?:19|20)\d{2})年度?"
_PART = (
    r"(?P<half>[上下]半年)|前?(?P<q3>前三季度|前3季度)|第?(?P<q>[一二三四1-4])季度|"
    rf"(?P<m1>\d{{1,2}})月?{_DASH}(?P<m2>\d{{1,2}})月份?|"
    r"(?P<since>\d{1,2})月份?(?:以来|起|后)|(?P<m>\d{1,2})月份?(?!\d)"
)
_ABSOLUTE = re.compile(
    rf"(?P<y1>(?:19|20)\d{{2}})年?{_DASH}(?P<y2>(?:19|20)\d{{2}})年|"
    rf"(?P<until>截[至止])?{_YEAR}的?(?:(?P<day>\d{{1,2}}月\d{{1,2}}日)|{_PART})?"
)
_RELATIVE = re.compile(r"(?<![比较年])(?:上年|上一年|去年)(?:同期)?(?!末|底)")
_PART_ONLY = re.compile(rf"(?<![\d年一二三四五六七八九十])(?:{_PART})(?!\d|日)")
_ENGLISH = re.compile(
    r"(?:the )?(?P<which>first|second|third|fourth) (?P<part>half|quarter) of "
    r"(?P<y>(?:19|20)\d{2})|"
    r"(?:since )(?P<month>January|February|March|April|May|June|July|August|September|October|"
    r"November|December) (?P<y2>(?:19|20)\d{2})|\b(?P<y3>(?:19|20)\d{2})\b(?!,\d)",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_COMPARED = re.compile(r"[比较]$")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period where it is named; ``is_relative`` for 上年, which speaks of the next number."""

    start: int
    end: int
    period: Period
    is_relative: bool = False


def find_periods(text: str, given: Period | None) -> list[PeriodMention]:
    """The periods in their order; 上半年 alone is of the year named before, or of the given one."""
    found: list[PeriodMention] = []
    current = given
    marks = sorted(
        [
            *((m, "absolute") for m in _ABSOLUTE.finditer(text)),
            *((m, "relative") for m in _RELATIVE.finditer(text)),
            *((m, "part") for m in _PART_ONLY.finditer(text)),
            *((m, "english") for m in _ENGLISH.finditer(text)),
        ],
        key=lambda pair: (pair[0].start(), -pair[0].end()),
    )
    reached = 0
    for match, sort in marks:
        if match.start() < reached or _COMPARED.search(text[: match.start()]):
            continue
        period = _period(match, sort, current)
        if period is None:
            continue
        reached = match.end()
        is_relative = sort == "relative"
        found.append(PeriodMention(match.start(), match.end(), period, is_relative))
        if not is_relative:
            current = period
    return found


def _period(match: "re.Match[str]", sort: str, current: Period | None) -> Period | None:
    try:
        if sort == "relative":
            return current.previous() if current else None
        if sort == "english":
            return _english(match)
        if sort == "part":
            return _of_year(match, current.start.year) if current else None
        if match["y1"]:
            first, last = int(match["y1"]), int(match["y2"])
            return Period.of(Period.year(first).start, Period.year(last).end)
        if match["day"]:
            return None  # a day is when something was said, not what figures are of
        if match["m"] and match["until"]:
            return _months(int(match["y"]), 1, int(match["m"]))
        return _of_year(match, int(match["y"]))
    except ValueError:
        return None


def _of_year(match: "re.Match[str]", year: int) -> Period | None:
    if half := match["half"]:
        return Period.half(year, 1 if half.startswith("上") else 2)
    if match["q3"]:
        return _months(year, 1, 9)
    if quarter := match["q"]:
        return Period.quarter(year, numeral(quarter))
    if match["m1"]:
        return _months(year, int(match["m1"]), int(match["m2"]))
    if match["since"]:
        return _months(year, int(match["since"]), 12)
    if match["m"]:
        return Period.month(year, int(match["m"]))
    return Period.year(year)


def _months(year: int, first: int, last: int) -> Period:
    return Period.of(Period.month(year, first).start, Period.month(year, last).end)


def _english(match: "re.Match[str]") -> Period | None:
    if match["which"]:
        which, year = _ORDINALS[match["which"].lower()], int(match["y"])
        if match["part"].lower() == "half":
            return Period.half(year, which) if which <= 2 else None
        return Period.quarter(year, which)
    if match["month"]:
        month = _MONTHS.index(match["month"].lower()) + 1
        return _months(int(match["y2"]), month, 12)
    return Period.year(int(match["y3"]))
