"""What became of counties: which registrations of old codes lie in a county of a later map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ipfinance.domain.period import Period


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day a county, or a part of it, became (part of) another; of the same code too."""

    code: str
    successor: str
    changed_on: date
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """The registrations of one code in some days; whether all of them lie in the county asked."""

    code: str
    period: Period
    is_sure: bool


class Successions:
    """All that is known of counties that changed."""

    def __init__(self, rows: Iterable[Succession]) -> None:
        self._into: dict[str, list[Succession]] = {}
        for row in rows:
            self._into.setdefault(row.successor, []).append(row)

    def changed(self, code: str, span: Period) -> date | None:
        """The last day within the span, its first left out, on which a county took its shape."""
        days = [row.changed_on for row in self._into.get(code, ())]
        return max((day for day in days if span.start < day <= span.end), default=None)

    def pieces(self, code: str, period: Period, map_of: date) -> list[Piece]:
        """Whose registrations of the period a county has on the map of a later day."""
        return self._pieces(code, period, map_of, is_sure=True)

    def _pieces(self, code: str, period: Period, until: date, is_sure: bool) -> list[Piece]:
        known = [row for row in self._into.get(code, ()) if row.changed_on <= until]
        last = max((row.changed_on for row in known), default=None)
        if last is None or last <= period.start:
            return [Piece(code, period, is_sure)]
        found = []
        if last <= period.end:
            found.append(Piece(code, Period.of(last, period.end), is_sure))
        before = last - timedelta(days=1)
        earlier = Period.of(period.start, min(before, period.end))
        for row in known:
            if row.changed_on == last:
                found += self._pieces(row.code, earlier, before, is_sure and row.is_whole)
        return found
