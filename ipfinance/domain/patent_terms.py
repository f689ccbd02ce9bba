"""How long a patent can last at most, as far as its number tells when it was filed.

专利法第四十二条: inventions twenty years from filing, utility models ten, designs ten if filed up
to 2021-05-31 and fifteen since (the amendment of 2020). A number tells the year, not the day, so
the last day here is that of the latest filing in the year: later is beyond the term for certain.
"""

from datetime import date

from ipfinance.domain.pledge import RightKind

_YEARS = {RightKind.INVENTION: 20, RightKind.UTILITY_MODEL: 10, RightKind.DESIGN: 10}
_LONG_DESIGNS_SINCE, _LONG_DESIGN = 2021, 15


def filing_year(number: str) -> int | None:
    """The year that a patent number in stored form begins with; None when it tells none."""
    body = number.partition(".")[0]
    if not body.isascii() or not body.isdigit():
        return None
    if len(body) == 12:
        return int(body[:4])
    if len(body) == 8:
        return int(body[:2]) + (1900 if body[:2] >= "85" else 2000)
    return None


def last_possible_day(number: str, kind: RightKind) -> date | None:
    """The day after which the patent has lapsed for certain; None when nothing tells it."""
    year, years = filing_year(number), _YEARS.get(kind)
    if year is None or years is None:
        return None
    if kind is RightKind.DESIGN and year >= _LONG_DESIGNS_SINCE:
        years = _LONG_DESIGN
    return date(year + years, 12, 31)
