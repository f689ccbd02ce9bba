"""What a chart shows, as figures: an indicator over time, over areas, or over both.

Every figure is counted on its own over its own days and area, so that a click can open exactly
what it counts; nothing is added up from its neighbours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.totals import Group
from ipfinance.domain.area_names import stem
from ipfinance.domain.division import Division
from ipfinance.domain.period import Period, parse_period
from ipfinance.language import either, tr
from ipfinance.statistics.borders import Borders
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.claims import Number
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.spans import span_keys
from ipfinance.statistics.tables import KindChoice

_MOST_YEARS = 10
_MOST_MONTHS = 24
_FEWEST_MONTHS = 3  # a shorter period is seen within its year
_MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: ``value`` as the indicator has it (whole 分, a count, a fraction).

    ``value`` is None where there is nothing to tell, and ``is_unknown`` where registrations are
    there whose amounts nobody has told yet. ``short`` is the name beneath a column; ``part`` is
    the share of the whole area where that is what is shown.
    """

    name: str
    short: str
    period: Period
    area: str
    value: Number | None
    is_unknown: bool = False
    part: Fraction | None = None

    @property
    def shown(self) -> Number | None:
        """What the mark stands for."""
        return self.value if self.part is None else self.part


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures: the period itself, the one compared with, a city or a county."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Charted:
    """All figures of one chart; ``missing`` is how many amounts are still to be completed.

    ``city`` is the code of the one city that is shown, whose parts are counties; None for a
    wider or a smaller area. ``redrawn`` are the counties that took or lost territory
    within the days shown, the name of each code.
    """

    kind: ChartKind
    indicator: Indicator
    register: KindChoice
    period: Period
    area: str
    office: str
    lines: tuple[Line, ...]
    missing: int = 0
    city: str | None = None
    redrawn: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw, so that zeros would mislead."""
        return not any(
            point.value or point.is_unknown for line in self.lines for point in line.points
        )

    def place_of(self, line: Line, point: Point) -> str:
        """The area that a figure counts, as a title says it: 杭州市西湖区."""
        if not self.kind.is_of_parts:
            return self.area
        if self.kind is ChartKind.COUNTIES and self.city is None:
            return f"{line.name}{point.name}"
        is_by_line = self.kind in (ChartKind.CITIES, ChartKind.COUNTIES)
        part = line.name if is_by_line else point.name
        return f"{self.area}{part}" if self.city else part


@dataclass(frozen=True, slots=True)
class ChartWanted:
    """Which chart; ``other`` is the period compared with, the year before when None.

    ``area`` is the code of the area that the chart is of, the province when None. A county has
    no parts: only charts over time can be of one.
    """

    kind: ChartKind
    indicator: str
    other: Period | None = None
    area: str | None = None

    def read(self, store: Store, period: Period, register: KindChoice, today: date) -> Charted:
        """Count its figures."""
        return _Reader(store, self, period, register, today).read()


class _Reader:
    def __init__(
        self, store: Store, wanted: ChartWanted, period: Period, register: KindChoice, today: date
    ) -> None:
        self._levels = Levels(store)
        self._borders = Borders(store)
        self._reach = reach(store)
        self._kind = wanted.kind
        self._indicator = CATALOGUE[wanted.indicator]
        self._register = register
        self._today = today
        self._period = ahead_of(today) if wanted.kind is ChartKind.DUE else period
        self._other = wanted.other or period.previous()
        self._area = wanted.area or self._levels.province
        cities = [city.code for city in self._levels.divisions.cities()]
        self._city = self._area if self._area in cities else None

    def read(self) -> Charted:
        lines = {
            ChartKind.MONTHS: self._months,
            ChartKind.YEARS: self._years,
            ChartKind.RANKING: self._ranking,
            ChartKind.SHARE: self._ranking,
            ChartKind.COMPARED: self._compared,
            ChartKind.CITIES: self._part_by_part,
            ChartKind.COUNTIES: self._counties,
            ChartKind.OUTSTANDING: self._outstanding,
            ChartKind.DUE: self._due,
        }[self._kind]()
        return Charted(
            kind=self._kind,
            indicator=self._indicator,
            register=self._register,
            period=self._period,
            area=self._levels.divisions.name_of(self._area),
            office=self._levels.facts.office,
            lines=tuple(lines),
            missing=self._missing(self._last_day_known(), self._area) if self._is_money else 0,
            city=self._city,
            redrawn=self._redrawn(lines),
        )

    # -- the kinds -------------------------------------------------------------------------

    def _months(self) -> list[Line]:
        spans = self._month_spans()
        before = [span.previous() for span in spans]
        return [
            self._over_time(self._period.label, spans, self._area),
            self._over_time(tr("上年同期"), before, self._area, spans),
        ]

    def _years(self) -> list[Line]:
        spans = [self._period]
        while (
            self._reach is not None
            and spans[0].previous().end >= self._reach[0]
            and len(spans) < _MOST_YEARS
        ):
            spans.insert(0, spans[0].previous())
        points = tuple(
            self._point(span.label, Period.year(span.start.year).label, span, self._area)
            for span in spans
        )
        return [Line(self._indicator.name, points)]

    def _ranking(self) -> list[Line]:
        def largest_first(part: Division) -> tuple[bool, Number]:
            value = here[part.code].shown
            return (value is None, -(value or 0))

        parts = self._parts(self._period)
        here = {part.code: self._of_part(part, self._period) for part in parts}
        ordered = sorted(parts, key=largest_first)
        before = self._period.previous()
        return [
            Line(self._period.label, tuple(here[part.code] for part in ordered)),
            Line(tr("上年同期"), tuple(self._of_part(part, before) for part in ordered)),
        ]

    def _compared(self) -> list[Line]:
        spans = (self._period, self._other)
        parts = self._parts(*spans)
        return [
            Line(span.label, tuple(self._of_part(part, span) for part in parts)) for span in spans
        ]

    def _part_by_part(self) -> list[Line]:
        spans = self._month_spans()
        return [self._over_time(part.name, spans, part.code) for part in self._parts(self._period)]

    def _counties(self) -> list[Line]:
        if self._city is not None:  # one row of tiles says little: its counties by month
            return self._part_by_part()
        divisions = self._levels.divisions
        return [
            Line(
                city.name,
                tuple(
                    self._point(county.name, stem(county.name), self._period, county.code)
                    for county in divisions.counties_in(self._period, city.code)
                ),
            )
            for city in divisions.cities()
        ]

    def _outstanding(self) -> list[Line]:
        spans = [Period.of(span.start, min(span.end, self._today)) for span in self._month_spans()]
        return [self._over_time(self._indicator.name, spans, self._area)]

    def _due(self) -> list[Line]:
        spans = [parse_period(key) for key in span_keys(Group.MONTH, self._period)]
        return [self._over_time(self._indicator.name, spans, self._area)]

    # -- figures ---------------------------------------------------------------------------

    def _month_spans(self) -> list[Period]:
        """The months of the period that have begun, the last ones of a long one."""
        whole = self._period
        keys = span_keys(Group.MONTH, whole)
        if len(keys) < _FEWEST_MONTHS:
            keys = span_keys(Group.MONTH, Period.year(whole.end.year))
        spans = [parse_period(key) for key in keys]
        return [span for span in spans if span.start <= self._today][-_MOST_MONTHS:]

    def _over_time(
        self, name: str, spans: list[Period], area: str, shown: list[Period] | None = None
    ) -> Line:
        """``shown`` are the spans that the columns are named after."""
        self._levels.look_ahead(self._indicator.key, self._register, spans, area)
        several = len({span.start.year for span in (shown or spans)}) > 1
        points = []
        for span, named in zip(spans, shown or spans, strict=True):
            is_first = named is (shown or spans)[0] or named.start.month == 1
            short = _month_short(named, several and is_first)
            points.append(self._point(_month_name(span), short, span, area))
        return Line(name, tuple(points))

    def _parts(self, *spans: Period) -> list[Division]:
        """What the area consists of in any of the spans, in code order."""
        divisions = self._levels.divisions
        if self._city is None:
            return divisions.cities()
        found = {
            part.code: part for span in spans for part in divisions.counties_in(span, self._city)
        }
        return [found[code] for code in sorted(found)]

    def _of_part(self, part: Division, period: Period) -> Point:
        return self._point(part.name, part.name, period, part.code)

    def _redrawn(self, lines: Sequence[Line]) -> dict[str, str]:
        """The counties among the parts that took or lost territory within the days shown."""
        points = [point for line in lines for point in line.points]
        if not self._kind.is_of_parts or not points:
            return {}
        whole = Period.of(
            min(point.period.start for point in points), max(point.period.end for point in points)
        )
        areas = dict.fromkeys(point.area for point in points)
        return {
            area: self._levels.divisions.name_of(area)
            for area in areas
            if self._borders.changed(area, whole, whole)
        }

    def _point(self, name: str, short: str, period: Period, area: str) -> Point:
        if not self._is_told(period) or not self._exists(area, period):
            return Point(name, short, period, area, None)
        value = self._value(period, area)
        unknown = self._is_money and not value and self._missing(period, area) > 0
        if self._kind is not ChartKind.SHARE or unknown:
            return Point(name, short, period, area, None if unknown else value, unknown)
        whole = self._value(period, self._area)
        part = Fraction(value or 0) / Fraction(whole) if whole else None
        return Point(name, short, period, area, value if whole else None, part=part)

    def _value(self, period: Period, area: str) -> Number | None:
        return self._levels.value(self._indicator.key, self._register, period, area)

    def _missing(self, period: Period, area: str) -> int:
        return self._levels.missing(self._register, period, area, self._indicator.key)

    def _is_told(self, period: Period) -> bool:
        """Whether the store reaches there: what it cannot know is no zero."""
        if self._reach is None:
            return False
        if self._kind is ChartKind.DUE:
            return True
        return self._reach[0] <= period.end and period.start <= self._today

    def _exists(self, area: str, period: Period) -> bool:
        """Whether there was such a county: one that is shown beside others may be newer."""
        if self._city is None or area == self._city:
            return True
        there = self._levels.divisions.counties_in(period, self._city)
        return any(county.code == area for county in there)

    def _last_day_known(self) -> Period:
        """What the note on missing amounts is about: a stock is one of the last day shown."""
        if self._kind is not ChartKind.OUTSTANDING:
            return self._period
        end = max(self._period.start, min(self._period.end, self._today))
        return Period.of(self._period.start, end)

    @property
    def _is_money(self) -> bool:
        return self._indicator.form is Form.MONEY


def ahead_of(today: date) -> Period:
    """The running month and those after it, a year in all."""
    first = today.replace(day=1)
    return Period.of(first, first.replace(year=first.year + 1) - timedelta(days=1))


def _month_name(span: Period) -> str:
    """2019年6月, also for the running month of a stock, which ends today."""
    return Period.month(span.start.year, span.start.month).label


def _month_short(span: Period, with_year: bool) -> str:
    """6月, 19年6月: what stands beneath a column."""
    month = either(f"{span.start.month}月", f"{span.start:%b}")
    if not with_year:
        return month
    return either(f"{span.start:%y}年{month}", f"{month} {span.start:%y}")
