"""Where everything of a chart stands, in points from the lower left corner; draws nothing."""

from decimal import Decimal

from ipfinance.language import sentences, tr
from ipfinance.reports.figure import Series
from ipfinance.reports.figure_chart import ChartSpec, Shape
from ipfinance.reports.figure_labels import Box
from ipfinance.reports.figure_parts import At, Fill, Layout, Rule, Tile, Tone, Words
from ipfinance.reports.figure_scale import round_scale
from ipfinance.reports.figure_sheet import LINE_HEIGHT, Measure, Sheet
from ipfinance.statistics.presenting import NONE

# Of a category's place: what is compared with stands behind, wider and lighter.
_BAR, _BEFORE, _ALONE = 0.40, 0.66, 0.56
_SMALLEST_LABEL, _LEAST_OF_TEXT = 4.5, 0.75  # points, and of the text's size
_SMALLEST_IN_CELL = 3.5
_SWATCH = 1.6  # in sizes of its text
_SMALL = 0.84  # of the text's size
_WIDE_PANELS, _NARROW_PANELS = (4, 3), (3, 5)  # at least so many across, at most so many down
_WIDE_PAGE = 1.25  # width by height


def lay_out_chart(
    spec: ChartSpec,
    width: float,
    height: float,
    size: float,
    measure: Measure,
    with_source: bool = True,
) -> Layout:
    """Lay a chart out on a page of this width and height with text of this size, in points."""
    return _ChartLayouter(spec, width, height, size, measure).lay_out(with_source)


class _ChartLayouter(Sheet):
    def __init__(
        self, spec: ChartSpec, width: float, height: float, size: float, measure: Measure
    ) -> None:
        super().__init__(width, height, size, measure)
        self._spec = spec
        self._tiles: list[Tile] = []
        self._columns: list[Box] = []

    def lay_out(self, with_source: bool) -> Layout:
        margin = self._size
        top = self._title(self._spec.title, self._height - margin * 0.8)
        foot = sentences(self._spec.source, *self._spec.notes)
        bottom = self._source(foot, margin * 0.8) if with_source else margin * 0.6
        plot = Box(margin, bottom, self._width - margin, top)
        if self._spec.is_empty:
            middle = (plot.y0 + plot.y1) / 2
            self._say(self._spec.message, self._width / 2, middle, 1.1, tone=Tone.SOFT)
        else:
            plot = Box(plot.x0, plot.y0, plot.x1, self._legend(top - self._size * 0.5))
            {
                Shape.COLUMNS: self._upright,
                Shape.BARS: self._lying,
                Shape.PANELS: self._panels,
                Shape.HEAT: self._heat,
            }[self._spec.shape](plot)
        return Layout(
            width=self._width,
            height=self._height,
            plot=plot,
            words=tuple(self._words),
            rules=tuple(self._rules),
            columns=tuple(self._columns),
            tiles=tuple(self._tiles),
        )

    # -- the legend ------------------------------------------------------------------------

    def _legend(self, top: float) -> float:
        """Put unit and legend on a row or two; where the space below them begins."""
        size, gap = self._size, self._size * 1.4
        entries = [(None, self._unit_words()), *self._legend_entries()]
        rows: list[list[tuple[Tile | None, str, float]]] = [[]]
        for tile, text in entries:
            wide = self._wide(text, size) + ((_SWATCH + 0.5) * size if tile else 0)
            taken = sum(each[2] + gap for each in rows[-1])
            if rows[-1] and taken + wide > self._width - 2 * size:
                rows.append([])
            rows[-1].append((tile, text, wide))
        for row in rows:
            top -= size * 1.5
            x = (self._width - sum(each[2] for each in row) - gap * (len(row) - 1)) / 2
            for tile, text, wide in row:
                at = x
                if tile is not None:
                    box = Box(x, top + size * 0.12, x + _SWATCH * size, top + size * 0.88)
                    self._tiles.append(Tile(box, tile.fill, level=tile.level))
                    at += (_SWATCH + 0.5) * size
                tone = Tone.TEXT if tile else Tone.SOFT
                self._words.append(Words(text, at, top - size * 0.06, size, At.LEFT, tone))
                x += wide + gap
        return top

    def _unit_words(self) -> str:
        unit, is_panels = self._spec.unit, self._spec.shape is Shape.PANELS
        if not unit:
            return tr("各图纵轴相同") if is_panels else ""
        if is_panels:
            return tr("单位：{unit}，各图纵轴相同", unit=unit)
        return tr("单位：{unit}", unit=unit)

    def _legend_entries(self) -> list[tuple[Tile | None, str]]:
        nowhere, spec = Box(0, 0, 0, 0), self._spec
        if spec.shape is Shape.HEAT:
            bounds = [self._bound(bound) for bound in spec.heat_bounds()]
            lower = ["", *bounds]
            words = [
                tr("{lower}—{upper}", lower=lower[level], upper=upper)
                if level
                else tr("不超过 {upper}", upper=upper)
                for level, upper in enumerate(bounds)
            ]
            tiles = [Tile(nowhere, Fill.HEAT, level=level) for level in range(len(bounds))]
            return [(Tile(nowhere, Fill.BLANK), tr("没有")), *zip(tiles, words, strict=True)]
        if spec.shape is Shape.PANELS or len(spec.series) == 1:
            return []
        fills = (Fill.BAR, Fill.BEFORE)
        return [
            (Tile(nowhere, fill), one.name) for fill, one in zip(fills, spec.series, strict=True)
        ]

    def _bound(self, value: Decimal) -> str:
        return self._spec.bars.labels[self._spec.bars.values.index(value)]

    # -- columns ---------------------------------------------------------------------------

    def _upright(self, room: Box) -> None:
        spec, size = self._spec, self._size
        scale = round_scale(spec.largest, 3, 5, whole=spec.is_whole)
        tick = size * 0.92
        x0 = room.x0 + max(self._wide(text, tick) for text in scale.texts) + size * 0.3
        slot = (room.x1 - x0) / len(spec.categories)
        y0 = self._names(spec.categories, x0, slot, room.y0)
        smallest = max(_SMALLEST_LABEL, size * _LEAST_OF_TEXT)
        label, aside = (one if one >= smallest else 0.0 for one in self._label_sizes(slot))
        above = (label + aside) * LINE_HEIGHT + size * 0.6
        plot = Box(x0, y0, room.x1, room.y1 - above)
        for value, text, y in self._ticks(scale, plot.y0, plot.y1, tick):
            self._rules.append(Rule(plot.x0, plot.x1, y, Tone.RULE if value else Tone.BASE))
            self._tick(text, plot.x0 - size * 0.6, y, tick, At.RIGHT)
        for index in range(len(spec.categories)):
            column = Box(plot.x0 + slot * index, plot.y0, plot.x0 + slot * (index + 1), room.y1)
            self._columns.append(Box(column.x0, 0, column.x1, column.y1))
            middle = (column.x0 + column.x1) / 2
            highest = plot.y0
            for one, fill, share in self._layers():
                half = slot * share / 2
                end = plot.y0 + float(one.values[index] / scale.top) * plot.height
                box = Box(middle - half, plot.y0, middle + half, end)
                self._tiles.append(Tile(box, fill, one.key, index))
                highest = max(highest, end)
            if label:
                text = spec.bars.labels[index]
                self._words.append(Words(text, middle, highest + 0.8, label, is_label=True))
            if aside:
                y = highest + 0.8 + label * LINE_HEIGHT
                self._words.append(
                    Words(spec.asides[index], middle, y, aside, tone=Tone.SOFT, is_label=True)
                )

    def _label_sizes(self, slot: float) -> tuple[float, float]:
        """The sizes at which the widest label and the widest aside fit; 0 for no asides."""
        size = self._size
        widest = max(self._wide(text, 1.0) for text in self._spec.bars.labels)
        label = min(size * 0.94, (slot - 2.5) / max(widest, 0.1))
        widest = max((self._wide(text, 1.0) for text in self._spec.asides), default=0.0)
        aside = min(size * 0.84, (slot - 2.5) / widest) if widest else 0.0
        return label, aside

    def _layers(self) -> list[tuple[Series, Fill, float]]:
        """What is drawn one upon another in each place, and how much of it each takes."""
        if len(self._spec.series) == 1:
            return [(self._spec.bars, Fill.BAR, _ALONE)]
        return [
            (self._spec.series[1], Fill.BEFORE, _BEFORE),
            (self._spec.bars, Fill.BAR, _BAR),
        ]

    # -- lying bars ------------------------------------------------------------------------

    def _lying(self, room: Box) -> None:
        spec, size = self._spec, self._size
        band = (room.height - size * 0.6) / len(spec.categories)
        text = min(size, band * 0.8)
        x0 = room.x0 + max(self._wide(name, text) for name in spec.categories) + size * 0.8
        told = [
            f"{label}   {aside}" if aside else label
            for label, aside in zip(
                spec.bars.labels, spec.asides or [""] * len(spec.categories), strict=True
            )
        ]
        x1 = room.x1 - max(self._wide(words, text * 0.94) for words in told) - size
        largest = spec.largest or Decimal(1)
        for index, name in enumerate(spec.categories):
            y1 = room.y1 - size * 0.6 - band * index
            column = Box(room.x0, y1 - band, room.x1, y1)
            self._columns.append(column)
            middle, furthest = (column.y0 + column.y1) / 2, x0
            for one, fill, share in self._layers():
                half = band * share / 2
                end = x0 + float(one.values[index] / largest) * (x1 - x0)
                box = Box(x0, middle - half, end, middle + half)
                self._tiles.append(Tile(box, fill, one.key, index))
                furthest = max(furthest, end)
            y = middle - text * 0.58
            self._words.append(Words(name, x0 - size * 0.6, y, text, At.RIGHT))
            self._words.append(
                Words(told[index], furthest + size * 0.5, y, text * 0.94, At.LEFT, is_label=True)
            )

    # -- small multiples -------------------------------------------------------------------

    def _panels(self, room: Box) -> None:
        spec, size = self._spec, self._size
        is_wide = room.width / room.height > _WIDE_PAGE
        least, most_down = _WIDE_PANELS if is_wide else _NARROW_PANELS
        across = max(least, -(-len(spec.series) // most_down))
        down = -(-len(spec.series) // across)
        gap = size * 1.4
        wide = (room.width - gap * (across - 1)) / across
        high = (room.height - size * 0.6) / down
        # The label of the largest stands above its bar too, beneath the line of the end.
        plot = self._panel_plot(Box(0, 0, wide, high - size * 0.5))
        free = 1 - size * _SMALL * LINE_HEIGHT / max(plot.height, 1)
        largest = spec.largest / Decimal(str(round(max(free, 0.6), 3)))
        scale = round_scale(largest, 2, 6, whole=spec.is_whole)
        for number, one in enumerate(spec.series):
            x0 = room.x0 + (wide + gap) * (number % across)
            y1 = room.y1 - size * 0.6 - high * (number // across)
            self._panel(one, Box(x0, y1 - high + size * 0.5, x0 + wide, y1), scale.top)

    def _panel_plot(self, box: Box) -> Box:
        """Where the bars of a panel are: beneath its name, above the ends of its axis."""
        small = self._size * _SMALL
        name_y = box.y1 - self._size * LINE_HEIGHT
        return Box(box.x0, box.y0 + small * 1.3, box.x1, name_y - small * 0.35)

    def _panel(self, one: Series, box: Box, top: Decimal) -> None:
        spec, size, plot = self._spec, self._size * _SMALL, self._panel_plot(box)
        name_y = box.y1 - self._size * LINE_HEIGHT
        self._words.append(Words(one.name, box.x0, name_y, self._size, At.LEFT, bold=True))
        end_words = f"{top.normalize():,f}"
        self._words.append(Words(end_words, box.x1, name_y, size, At.RIGHT, Tone.SOFT))
        self._rules.append(Rule(plot.x0, plot.x1, plot.y1, Tone.RULE, dashed=True))
        self._rules.append(Rule(plot.x0, plot.x1, plot.y0, Tone.BASE))
        slot = plot.width / len(spec.categories)
        best = max(range(len(one.values)), key=lambda index: one.values[index])
        for index, value in enumerate(one.values):
            middle = plot.x0 + slot * (index + 0.5)
            end = plot.y0 + float(value / top) * plot.height
            half = slot * 0.36
            bar = Box(middle - half, plot.y0, middle + half, end)
            self._tiles.append(Tile(bar, Fill.BAR, one.key, index))
        if one.values[best] and size >= _SMALLEST_LABEL:
            text = one.labels[best]
            half = self._wide(text, size) / 2
            x = plot.x0 + slot * (best + 0.5)
            x = min(max(x, plot.x0 + half), plot.x1 - half)
            y = plot.y0 + float(one.values[best] / top) * plot.height + 0.5
            y = min(y, plot.y1 - size * LINE_HEIGHT)
            self._words.append(Words(text, x, y, size, is_label=True))
        foot = plot.y0 - size * LINE_HEIGHT
        self._words.append(Words(spec.categories[0], plot.x0, foot, size, At.LEFT, Tone.SOFT))
        if len(spec.categories) > 1:
            last = spec.categories[-1]
            self._words.append(Words(last, plot.x1, foot, size, At.RIGHT, Tone.SOFT))

    # -- heat table ------------------------------------------------------------------------

    def _heat(self, room: Box) -> None:
        spec, size = self._spec, self._size
        if spec.has_columns:
            room = self._heat_columns(room)
        high = (room.height - size * 0.6) / len(spec.groups)
        text = min(size, high * 0.42)
        left = self._heat_left()
        wide = (room.width - left) / max(count for _, count in spec.groups)
        index = 0
        for row, (name, count) in enumerate(spec.groups):
            y1 = room.y1 - size * 0.6 - high * row
            middle = y1 - high / 2
            x = room.x0 + left - size * 0.6
            self._words.append(Words(name, x, middle - size * 0.58, size, At.RIGHT))
            for place in range(count):
                x0 = room.x0 + left + wide * place
                self._cell(Box(x0, y1 - high, x0 + wide, y1), index, text)
                index += 1

    def _heat_left(self) -> float:
        """The room for the names of the rows."""
        size = self._size
        return max(self._wide(name, size) for name, _ in self._spec.groups) + size * 0.8

    def _heat_columns(self, room: Box) -> Box:
        """Put the names of the columns above them; what is left of the room."""
        spec, left = self._spec, self._heat_left()
        _, count = spec.groups[0]
        wide = (room.width - left) / count
        y = room.y1 - self._size * (0.4 + LINE_HEIGHT)
        for place, name in enumerate(spec.categories[:count]):
            size = min(self._size, (wide - 3) / max(self._wide(name, 1.0), 0.1))
            x = room.x0 + left + wide * (place + 0.5)
            self._words.append(Words(name, x, y, size, tone=Tone.SOFT))
        return Box(room.x0, room.y0, room.x1, y + self._size * 0.3)

    def _cell(self, box: Box, index: int, text: float) -> None:
        spec, level = self._spec, self._spec.heat_level(index)
        fill = Fill.BLANK if level is None else Fill.HEAT
        inner = Box(box.x0 + 0.5, box.y0 + 0.5, box.x1 - 0.5, box.y1 - 0.5)
        self._tiles.append(Tile(inner, fill, spec.bars.key, index, level))
        x, middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        value = spec.bars.labels[index] if level is not None else NONE
        told = [(spec.categories[index], middle + 0.5), (value, middle - text * 1.1)]
        if spec.has_columns:
            told = [(value, middle - text * 0.58)]
        for words, y in told:
            size = min(text, (box.width - 3) / max(self._wide(words, 1.0), 0.1))
            if size >= _SMALLEST_IN_CELL:
                tone = Tone.SOFT if level is None else Tone.TEXT
                self._words.append(Words(words, x, y, size, tone=tone, level=level))
