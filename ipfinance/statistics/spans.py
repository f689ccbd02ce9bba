"""Years, halves, quarters and months as the groups of a table: their keys, names and days.

A key is what a period is typed as: 2019, 2019H1, 2019Q3, 2019-06.
"""

from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period

SPANS = (Group.YEAR, Group.HALF, Group.QUARTER, Group.MONTH)


def span_key(group: Group, day: str) -> str:
    """The key of the span that a day (YYYY-MM-DD) lies in."""
    year, month = day[:4], int(day[5:7])
    if group is Group.HALF:
        return f"{year}H{(month + 5) // 6}"
    if group is Group.QUARTER:
        return f"{year}Q{(month + 2) // 3}"
    return day[:7] if group is Group.MONTH else year


def span_keys(group: Group, period: Period) -> list[str]:
    """The keys of all spans that a period touches, in order of time."""
    first, last = period.start, period.end
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = (f"{month // 12:04}-{month % 12 + 1:02}-01" for month in months)
    return list(dict.fromkeys(span_key(group, day) for day in days))


def span_name(key: str) -> str:
    """2019年, 2019年上半年, 2019年第三季度, 2019年6月."""
    return parse_period(key).label


def year_earlier(key: str) -> str:
    """The key of the same span a year before."""
    return f"{int(key[:4]) - 1:04}{key[4:]}"


def days_of(key: str, period: Period) -> Period:
    """The part of a span that lies within a period that touches it."""
    span = parse_period(key)
    return Period.of(max(span.start, period.start), min(span.end, period.end))
