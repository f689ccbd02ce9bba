"""Where everything of a figure stands, in points from the lower left corner; draws nothing.

Bars keep to the lower 60 % of the plot and lines to the upper 32 %, both from zero, so that
their labels cannot collide whatever the data; where the plot is low the gap grows instead.
"""

from decimal import Decimal

from ipfinance.language import listed, sentences
from ipfinance.reports.figure import FigureSpec, Series
from ipfinance.reports.figure_labels import Box, Room, Track, label_box, place_labels
from ipfinance.reports.figure_parts import At, Layout, Rule, Sample, Tone, Words
from ipfinance.reports.figure_scale import Scale, round_scale
from ipfinance.reports.figure_sheet import LINE_HEIGHT, Measure, Sheet

_BARS = 0.60
_LINES = 0.32
_BAR_WIDTH = 0.54
_SMALLEST_LABEL = 4.5
_LEGEND_SAMPLE = 2.4  # in sizes of its text


def lay_out(
    spec: FigureSpec,
    width: float,
    height: float,
    size: float,
    measure: Measure,
    with_source: bool = True,
) -> Layout:
    """Lay a figure out on a page of this width and height with text of this size, in points."""
    return _Layouter(spec, width, height, size, measure, with_source).lay_out()


class _Layouter(Sheet):
    def __init__(
        self,
        spec: FigureSpec,
        width: float,
        height: float,
        size: float,
        measure: Measure,
        with_source: bool,
    ) -> None:
        super().__init__(width, height, size, measure)
        self._spec = spec
        self._with_source = with_source

    def lay_out(self) -> Layout:
        margin = self._size
        top = self._title(self._spec.title, self._height - margin * 0.8)
        foot = sentences(self._spec.source, *self._spec.notes)
        bottom = self._source(foot, margin * 0.8) if self._with_source else margin * 0.6
        if self._spec.is_empty:
            plot = Box(margin, bottom, self._width - margin, top)
            middle = (plot.y0 + plot.y1) / 2
            self._say(self._spec.message, self._width / 2, middle, 1.1, tone=Tone.SOFT)
            return Layout(self._width, self._height, plot, tuple(self._words))
        top = self._legend(top - self._size * 0.5)
        left, right = self._scales()
        tick = self._size * 0.92
        ends = (max(self._wide(text, tick) for text in scale.texts) for scale in (left, right))
        units = (self._unit_words(left=True), self._unit_words(left=False))
        x0, x1 = (
            margin * 0.8 + max(end, self._wide(unit, tick)) + self._size * 0.6
            for end, unit in zip(ends, units, strict=True)
        )
        room_above = tick * LINE_HEIGHT * 1.9
        slot = (self._width - x0 - x1) / len(self._spec.categories)
        y0 = self._names(self._spec.categories, x0, slot, bottom)
        plot = Box(x0, y0, self._width - x1, top - room_above)
        return self._plot(plot, left, right, tick)

    def _legend(self, top: float) -> float:
        """Put the legend, on as many rows as it needs; where the space below it begins."""
        size, gap = self._size, self._size * 2
        entries = [
            (number, text, self._wide(text, size) + (_LEGEND_SAMPLE + 0.6) * size)
            for number, text in enumerate(map(self._spec.legend, self._spec.series), start=-1)
        ]
        rows: list[list[tuple[int, str, float]]] = [[]]
        for entry in entries:
            taken = sum(wide + gap for *_, wide in rows[-1])
            if rows[-1] and taken + entry[2] > self._width - 2 * size:
                rows.append([])
            rows[-1].append(entry)
        for row in rows:
            top -= size * 1.5
            x = (self._width - sum(wide for *_, wide in row) - gap * (len(row) - 1)) / 2
            for number, text, wide in row:
                sample = Box(x, top, x + _LEGEND_SAMPLE * size, top + size)
                self._samples.append(Sample(sample, None if number < 0 else number))
                text_x = x + (_LEGEND_SAMPLE + 0.6) * size
                self._words.append(Words(text, text_x, top - size * 0.06, size, At.LEFT))
                x += wide + gap
        return top

    def _scales(self) -> tuple[Scale, Scale]:
        lines = max((line.largest for line in self._spec.lines), default=Decimal(0))
        return round_scale(self._spec.bars.largest, 3, 5), round_scale(lines, 2, 4, whole=True)

    def _plot(self, plot: Box, left: Scale, right: Scale, tick: float) -> Layout:
        slot = plot.width / len(self._spec.categories)
        columns = tuple(
            Box(plot.x0 + slot * index, plot.y0, plot.x0 + slot * (index + 1), plot.y1)
            for index in range(len(self._spec.categories))
        )
        bar_label = self._label_size(slot, (self._spec.bars,))
        label = self._label_size(slot, self._spec.lines)
        height, away, radius = label * LINE_HEIGHT, label * 0.36, self._size * 0.3
        bars_top, zero = self._bands(plot, bar_label * LINE_HEIGHT + height + away + 3)
        self._axes(plot, (left, bars_top), (right, zero), tick)
        bars = tuple(
            Box(
                (column.x0 + column.x1 - slot * _BAR_WIDTH) / 2,
                plot.y0,
                (column.x0 + column.x1 + slot * _BAR_WIDTH) / 2,
                plot.y0 + float(value / left.top) * (bars_top - plot.y0),
            )
            for column, value in zip(columns, self._spec.bars.values, strict=True)
        )
        tracks = tuple(
            Track(
                tuple(
                    (
                        (column.x0 + column.x1) / 2,
                        zero + float(value / right.top) * (plot.y1 - zero),
                    )
                    for column, value in zip(columns, line.values, strict=True)
                ),
                tuple(self._wide(text, label) for text in line.labels),
            )
            for line in self._spec.lines
        )
        room = Room(
            height=height,
            away=away,
            radius=radius,
            floors=tuple(bar.y1 + bar_label * LINE_HEIGHT + 1 for bar in bars),
            ceiling=plot.y1 + height + away + 0.5,
        )
        above = tuple(place_labels(tracks, room))
        if bar_label >= _SMALLEST_LABEL:
            self._bar_labels(bars, bar_label)
        if label >= _SMALLEST_LABEL:
            self._line_labels(tracks, above, room, label)
        return Layout(
            width=self._width,
            height=self._height,
            plot=plot,
            words=tuple(self._words),
            rules=tuple(self._rules),
            samples=tuple(self._samples),
            bars=bars,
            tracks=tracks,
            columns=columns,
            radius=radius,
        )

    def _label_size(self, slot: float, series: tuple[Series, ...]) -> float:
        """The size at which the widest label of these series still fits its place."""
        widest = max((self._wide(text, 1.0) for one in series for text in one.labels), default=1.0)
        return min(self._size * 0.94, (slot - 2.5) / widest)

    def _bands(self, plot: Box, labels: float) -> tuple[float, float]:
        """Where the bars may end and where the lines begin, with the labels' room between."""
        gap = plot.height * (1 - _BARS - _LINES)
        excess = max(0.0, labels - gap)
        bars_top = plot.y0 + plot.height * _BARS - excess * 0.6
        return bars_top, bars_top + gap + excess

    def _axes(
        self, plot: Box, left: tuple[Scale, float], right: tuple[Scale, float], size: float
    ) -> None:
        gap = self._size * 0.6
        scale, end = left
        for tick, text, y in self._ticks(scale, plot.y0, end, size):
            self._rules.append(Rule(plot.x0, plot.x1, y, Tone.RULE if tick else Tone.BASE))
            self._tick(text, plot.x0 - gap, y, size, At.RIGHT)
        self._tick(self._unit_words(left=True), plot.x0 - gap, end + size * 1.5, size, At.RIGHT)
        scale, start = right
        for tick, text, y in self._ticks(scale, start, plot.y1, size):
            if not tick:
                self._rules.append(Rule(plot.x0, plot.x1, y, Tone.BASE, dashed=True))
            self._tick(text, plot.x1 + gap, y, size, At.LEFT)
        units = self._unit_words(left=False)
        self._tick(units, plot.x1 + gap, plot.y1 + size * 1.2, size, At.LEFT)

    def _unit_words(self, left: bool) -> str:
        if left:
            return self._spec.bars.unit
        return listed(dict.fromkeys(line.unit for line in self._spec.lines if line.unit))

    def _bar_labels(self, bars: tuple[Box, ...], size: float) -> None:
        for bar, text in zip(bars, self._spec.bars.labels, strict=True):
            x = (bar.x0 + bar.x1) / 2
            self._words.append(Words(text, x, bar.y1 + 0.6, size, is_label=True))

    def _line_labels(
        self,
        tracks: tuple[Track, ...],
        above: tuple[tuple[bool, ...], ...],
        room: Room,
        size: float,
    ) -> None:
        for number, (track, line) in enumerate(zip(tracks, self._spec.lines, strict=True)):
            for index, text in enumerate(line.labels):
                box = label_box(track, room, index, above[number][index])
                x = (box.x0 + box.x1) / 2
                self._words.append(Words(text, x, box.y0, size, series=number, is_label=True))
