"""The specification of a chart over time or areas: what is shown, not how it is drawn.

Like the per-city figure, one specification serves the window, the files and the workbook.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ipfinance.domain.money import WAN, round_half_up
from ipfinance.domain.period import Period
from ipfinance.language import either, listed, tr, word
from ipfinance.reports.figure import FigureSpec, Series, told_text
from ipfinance.reports.figure_palettes import Palette
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import Charted, Line, Point
from ipfinance.statistics.comparisons import ranks
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.presenting import (
    BROKEN_MARK,
    NONE,
    amount_text,
    count_text,
    growth_text,
    measure_name,
    percent_text,
    points_text,
    unknown_text,
    value_with_unit,
)

# From here on an amount's label needs no decimals (万元).
_LARGE = 1000
_DRAWN_PLACES = 6
HEAT_CLASSES = 5


class Shape(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"
    BARS = "bars"
    PANELS = "panels"
    HEAT = "heat"


_SHAPES = {
    ChartKind.RANKING: Shape.BARS,
    ChartKind.SHARE: Shape.BARS,
    ChartKind.CITIES: Shape.PANELS,
    ChartKind.COUNTIES: Shape.HEAT,
}


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart of one indicator.

    ``series`` have a value for each of ``categories``: the first is what the chart is about, a
    second one what it is compared with; for ``PANELS`` each is a panel. ``full_names`` are the
    categories as the tip and files write them. ``asides`` stand beside the labels of the first
    series. ``groups`` are the rows of a heat table: a name and how many categories are in it.
    ``message`` is what is shown instead when there is nothing to show, else empty.
    """

    shape: Shape
    title: str
    unit: str
    categories: tuple[str, ...]
    full_names: tuple[str, ...]
    series: tuple[Series, ...]
    source: str
    asides: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    message: str = ""
    is_whole: bool = False

    @property
    def bars(self) -> Series:
        """The series that the chart is about."""
        return self.series[0]

    @property
    def is_empty(self) -> bool:
        return bool(self.message)

    @property
    def has_columns(self) -> bool:
        """Whether the rows of a heat table are all cut alike, e.g. into months."""
        count = len(self.categories) // max(len(self.groups), 1)
        return len(self.groups) > 1 and self.categories == self.categories[:count] * len(
            self.groups
        )

    @property
    def largest(self) -> Decimal:
        """The largest value of all series."""
        return max(one.largest for one in self.series)

    def swatches(self, palette: Palette) -> tuple[str, ...]:
        """The colour of each series; none where colour tells something else."""
        if self.shape in (Shape.PANELS, Shape.HEAT):
            return ("",) * len(self.series)
        return (palette.bar, palette.before)[: len(self.series)]

    def tooltip(self, index: int) -> str:
        """All figures of one category, a line each, its name first."""
        told = [told_text(one, index) for one in self.series]
        return "\n".join((self.full_names[index], *told))

    def alternative_text(self) -> str:
        """The chart in one sentence, for those who cannot see it."""
        if self.is_empty:
            return tr("{title}。{message}。", title=self.title, message=self.message)
        found = [
            (value, one.name, self.full_names[index], one.exact[index])
            for one in self.series
            for index, value in enumerate(one.values)
        ]
        _, name, category, exact = max(found, key=lambda each: each[0])
        return tr(
            "{title}。最高的是{place}（{name}），{value}。",
            title=self.title,
            place=category,
            name=name,
            value=value_with_unit(exact, self.unit),
        )

    def heat_bounds(self) -> tuple[Decimal, ...]:
        """The upper bounds of the classes of a heat table, as many counties in each."""
        values = sorted(value for value in self.bars.values if value)
        if not values:
            return ()
        cuts = (len(values) * part // HEAT_CLASSES for part in range(1, HEAT_CLASSES + 1))
        return tuple(dict.fromkeys(values[max(0, cut - 1)] for cut in cuts))

    def heat_level(self, index: int) -> int | None:
        """The class of a category, 0 the lowest; None where there is nothing."""
        value = self.bars.values[index]
        return bisect_left(self.heat_bounds(), value) if value else None


Drawable = FigureSpec | ChartSpec
"""Whatever can be drawn, shown and written."""


def chart_figure(charted: Charted, made_on: date) -> ChartSpec:
    """The specification of counted figures; ``made_on`` is the day that the data were read."""
    shape = _SHAPES.get(charted.kind, Shape.COLUMNS)
    lines = charted.lines
    if shape is Shape.HEAT:  # one row of tiles after another
        points = tuple(point for line in lines for point in line.points)
        lines = (Line(charted.indicator.name, points),)
    is_share = charted.kind is ChartKind.SHARE
    first = lines[0].points
    names = tuple(point.short for point in first)
    full = tuple(point.name for point in first)
    if shape is Shape.BARS:
        places = ranks([_drawn(charted.indicator, point, is_share) for point in first])
        names = tuple(f"{place}  {name}" for place, name in zip(places, names, strict=True))
    if shape is Shape.HEAT:
        full = tuple(f"{line.name}{point.name}" for line in charted.lines for point in line.points)
    return ChartSpec(
        shape=shape,
        title=_title(charted),
        unit="%" if is_share else charted.indicator.unit,
        categories=names,
        full_names=full,
        series=tuple(
            _series(str(number), line, charted.indicator, is_share)
            for number, line in enumerate(lines)
        ),
        source=tr(
            "数据来源：{office}质押登记台账，数据截至 {made_on}。",
            office=charted.office,
            made_on=made_on,
        ),
        asides=_asides(charted, lines),
        groups=tuple((line.name, len(line.points)) for line in charted.lines)
        if shape is Shape.HEAT
        else (),
        notes=_notes(charted, made_on),
        message=nothing_words(charted) if charted.is_empty else "",
        is_whole=charted.indicator.form is Form.COUNT and not is_share,
    )


def nothing_words(charted: Charted) -> str:
    """What is said where there is nothing to draw."""
    gaps = {
        "period": charted.period.label,
        "register": charted.register.label,
        "name": measure_name(charted.indicator, charted.register),
    }
    if charted.city is None:
        return tr("{period}没有{register}质押的{name}数据", **gaps)
    return tr("{period}{area}没有{register}质押的{name}数据", area=charted.area, **gaps)


def _asides(charted: Charted, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The growth over what each figure is compared with, where the chart compares."""
    first = lines[0].points
    if charted.kind is ChartKind.YEARS:
        grown = (_change(charted.indicator, *pair) for pair in zip(first[1:], first, strict=False))
        return ("", *grown)
    if charted.kind.is_of_stock or len(lines) != 2:
        return ()
    pairs = zip(first, lines[1].points, strict=True)
    changes = (_change(charted.indicator, *pair) for pair in pairs)
    return tuple(
        f"{BROKEN_MARK} {change}" if change and point.area in charted.redrawn else change
        for point, change in zip(first, changes, strict=True)
    )


_TITLES = {
    ChartKind.MONTHS: word("{when}{area}{what}月度走势"),
    ChartKind.OUTSTANDING: word("{when}{area}{what}（月末）"),
    ChartKind.DUE: word("{when}{area}{what}分月分布"),
}
_TITLES_OF_PROVINCE = {
    ChartKind.RANKING: word("{when}{area}各市{what}排名"),
    ChartKind.SHARE: word("{when}各市{what}占{area}比重"),
    ChartKind.COMPARED: word("{when}与{other}{area}各市{what}对比"),
    ChartKind.CITIES: word("{when}{area}各市{what}分月情况"),
    ChartKind.COUNTIES: word("{when}{area}各县（市、区）{what}"),
}
_TITLES_OF_CITY = {
    ChartKind.RANKING: word("{when}{area}各县（市、区）{what}排名"),
    ChartKind.SHARE: word("{when}各县（市、区）{what}占{area}比重"),
    ChartKind.COMPARED: word("{when}与{other}{area}各县（市、区）{what}对比"),
    ChartKind.CITIES: word("{when}{area}各县（市、区）{what}分月情况"),
    ChartKind.COUNTIES: word("{when}{area}各县（市、区）{what}分月情况"),
}


def _title(charted: Charted) -> str:
    name = measure_name(charted.indicator, charted.register)
    gaps = {
        "when": charted.period.label,
        "area": charted.area,
        "what": tr(
            "{register}质押{name}", register=charted.register.label, name=name.removeprefix("登记")
        ),
    }
    if charted.kind.is_of_parts:
        other = charted.lines[-1].name
        titles = _TITLES_OF_CITY if charted.city else _TITLES_OF_PROVINCE
        return tr(titles[charted.kind], other=other, **gaps)
    if charted.kind is ChartKind.YEARS:
        first = charted.lines[0].points[0].period
        years = (first.start.year, charted.period.end.year)
        since = either("{}—{}年", "{}–{}").format(*years)
        if charted.period == Period.year(years[1]):
            return tr("{since}{area}{what}走势", since=since, **gaps)
        return tr("{since}{area}{what}走势（各年同期：{when}）", since=since, **gaps)
    return tr(_TITLES[charted.kind], **gaps)


def _series(key: str, line: Line, indicator: Indicator, is_share: bool) -> Series:
    drawn = tuple(_drawn(indicator, point, is_share) for point in line.points)
    is_large = max(drawn, default=Decimal(0)) >= _LARGE
    return Series(
        key=key,
        name=line.name,
        unit="%" if is_share else indicator.unit,
        values=drawn,
        labels=tuple(_text(indicator, point, 0 if is_large else 2) for point in line.points),
        exact=tuple(_text(indicator, point, 2) for point in line.points),
    )


def _drawn(indicator: Indicator, point: Point, is_share: bool) -> Decimal:
    """The value in the unit of the axis; nothing is drawn where there is none."""
    number = Fraction(point.shown or 0)
    if is_share or indicator.form is Form.RATE:
        number *= 100
    elif indicator.form is Form.MONEY:
        number /= WAN
    return round_half_up(number, _DRAWN_PLACES)


def _text(indicator: Indicator, point: Point, decimals: int) -> str:
    """The value as it is printed, without its unit."""
    if point.is_unknown:
        return unknown_text()
    shown = point.shown
    if shown is None:
        return NONE
    if point.part is not None or indicator.form is Form.RATE:
        return percent_text(Fraction(shown)).removesuffix("%")
    if indicator.form is Form.MONEY:
        return amount_text(int(round_half_up(shown, 0)), decimals)
    return count_text(int(shown))


def _change(indicator: Indicator, now: Point, before: Point) -> str:
    """▲ 12.3%, or in points for what is a per cent itself; nothing where there is no base."""
    one, other = now.shown, before.shown
    if one is None or other is None:
        return ""
    if now.part is not None or indicator.form is Form.RATE:
        return points_text(Fraction(one) - Fraction(other))
    return growth_text((Fraction(one) - other) / Fraction(other)) if other else ""


def _notes(charted: Charted, made_on: date) -> tuple[str, ...]:
    """What changes how the chart is to be read."""
    notes = []
    kind, period = charted.kind, charted.period
    if not kind.is_of_stock and period.contains(made_on):
        notes.append(tr("期间尚未结束。"))
    if charted.missing:
        notes.append(tr("另有 {missing:,} 件金额待补，未计入。", missing=charted.missing))
    if kind.is_of_parts and (kind is ChartKind.COUNTIES or charted.city):
        notes.append(tr("没有写明县（市、区）的登记只计入设区市和全省。"))
    if kind is ChartKind.DUE:
        notes.append(tr("到期按债务履行期限（含延期）计，各月开始前已注销的不计。"))
    if kind is ChartKind.SHARE:
        notes.append(tr("以{area}单独计算的数为分母。", area=charted.area))
    if charted.redrawn:
        notes.append(
            tr(
                "口径调整：{names}的区划在此期间有调整，均按登记当日的区划统计，比较仅供参考。",
                names=listed(charted.redrawn.values()),
            )
        )
    if any(
        point.value is None and not point.is_unknown
        for line in charted.lines
        for point in line.points
    ):
        notes.append(tr("标「—」的没有数据。"))
    return tuple(notes)


def chart_value_text(indicator: Indicator, point: Point) -> str:
    """The value itself with its unit, also where the chart shows its share."""
    return value_with_unit(_text(indicator, replace(point, part=None), 2), indicator.unit)
