"""Draw a figure's specification on a matplotlib Figure, and tell where everything came to stand.

Knows no Qt: the window gives the Figure of its canvas, a file one of its own.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ipfinance.reports.figure import FigureSpec
from ipfinance.reports.figure_chart import ChartSpec, Drawable
from ipfinance.reports.figure_chart_layout import lay_out_chart
from ipfinance.reports.figure_fonts import Font, figure_font
from ipfinance.reports.figure_labels import Box
from ipfinance.reports.figure_layout import lay_out
from ipfinance.reports.figure_palettes import LIGHT, Palette
from ipfinance.reports.figure_parts import Fill, Layout, Tile, Tone

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_POINTS_IN_INCH = 72
# The mouse need not hit a marker exactly.
_REACH = 2.2
_MEASURED_SIZE = 100.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a point of a line: measure ``key`` of the category ``index``, and its box."""

    key: str
    index: int
    code: str
    box: Box
    is_bar: bool


@dataclass(frozen=True, slots=True)
class HitMap:
    """Where a drawn figure has its marks, in fractions of its width and height.

    The origin is the lower left corner, as in matplotlib; Qt counts from the top.
    """

    marks: tuple[Mark, ...]
    columns: tuple[Box, ...]

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The nearest point of a line within reach, else the bar in sight there, else None.

        Of bars drawn one upon another it is the last, which covers the others.
        """
        under = [mark for mark in self.marks if _inside(mark.box, x, y)]
        points = [mark for mark in under if not mark.is_bar]
        if points:
            return min(points, key=lambda mark: _distance(mark.box, x, y))
        return under[-1] if under else None

    def column_at(self, x: float, y: float) -> int | None:
        """The number of the category whose column of the plot, name included, is there."""
        for index, column in enumerate(self.columns):
            if _inside(column, x, y):
                return index
        return None


def draw(
    spec: Drawable,
    figure: "Figure",
    palette: Palette = LIGHT,
    text_points: float = 8.0,
    with_source: bool = True,
    font: Font | None = None,
) -> HitMap:
    """Clear the Figure and draw on the whole of it; draw anew when its size changes.

    ``text_points`` is the size of ordinary text, ``with_source`` whether source and notes stand
    at the foot.
    """
    from matplotlib.axes import Axes

    font = font or figure_font()
    width, height = (float(inches) * _POINTS_IN_INCH for inches in figure.get_size_inches())

    def measure(text: str, size: float, bold: bool) -> float:
        return _width(font, text, bold) * size

    page = (width, height, text_points, measure, with_source)
    layout = lay_out_chart(spec, *page) if isinstance(spec, ChartSpec) else lay_out(spec, *page)
    figure.clear()
    figure.set_facecolor(palette.ground)
    # One bare set of axes in points over the whole page: every place was reckoned already.
    axes = Axes(figure, (0, 0, 1, 1))
    figure.add_axes(axes)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    _Painter(axes, layout, palette, font).paint()
    return _hit_map(spec, layout) if isinstance(spec, FigureSpec) else _tile_map(spec, layout)


@contextmanager
def quiet_about_glyphs() -> Iterator[None]:
    """Keep matplotlib from warning of each character that the last resort among fonts lacks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+", category=UserWarning)
        yield


@lru_cache(maxsize=4096)
def _width(font: Font, text: str, bold: bool) -> float:
    """The width of a text of size 1; kept, because a redraw asks for the same ones again."""
    from matplotlib.textpath import text_to_path

    properties = _properties(font, _MEASURED_SIZE, bold)
    with quiet_about_glyphs():
        width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(width) / _MEASURED_SIZE


class _Painter:
    def __init__(self, axes: "Axes", layout: Layout, palette: Palette, font: Font) -> None:
        self._axes = axes
        self._layout = layout
        self._palette = palette
        self._font = font

    def paint(self) -> None:
        for rule in self._layout.rules:
            self._line(
                ((rule.x0, rule.y), (rule.x1, rule.y)),
                colour=self._palette.base if rule.tone is Tone.BASE else self._palette.rule,
                width=0.8,
                dashes=(4, 3) if rule.dashed else None,
                zorder=1,
            )
        for bar in self._layout.bars:
            self._rectangle(bar, self._palette.bar)
        for tile in self._layout.tiles:
            self._tile(tile)
        for number, track in enumerate(self._layout.tracks):
            self._track(track.points, number)
        for sample in self._layout.samples:
            if sample.series is None:
                middle = (sample.box.y0 + sample.box.y1) / 2
                half = sample.box.height * 0.36
                bar = Box(sample.box.x0, middle - half, sample.box.x1, middle + half)
                self._rectangle(bar, self._palette.bar)
            else:
                self._sample_line(sample.box, sample.series)
        self._texts()

    def _tile(self, tile: Tile) -> None:
        palette = self._palette
        match tile.fill:
            case Fill.BAR:
                self._rectangle(tile.box, palette.bar)
            case Fill.BEFORE:
                self._rectangle(tile.box, palette.before, palette.soft)
            case Fill.HEAT:
                self._rectangle(tile.box, palette.heat[tile.level or 0], palette.ground)
            case Fill.BLANK:
                self._rectangle(tile.box, palette.ground, palette.rule)

    def _rectangle(self, box: Box, fill: str, edge: str = "none") -> None:
        from matplotlib.patches import Rectangle

        self._axes.add_patch(
            Rectangle(
                (box.x0, box.y0),
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=0.6,
                zorder=2,
            )
        )

    def _sample_line(self, box: Box, number: int) -> None:
        middle = (box.y0 + box.y1) / 2
        self._track(((box.x0, middle), (box.x1, middle)), number, with_markers=False)
        self._track((((box.x0 + box.x1) / 2, middle),), number)

    def _track(
        self, points: tuple[tuple[float, float], ...], number: int, with_markers: bool = True
    ) -> None:
        look = self._palette.lines[number % len(self._palette.lines)]
        radius = self._layout.radius
        self._line(
            points,
            colour=look.line,
            width=radius * 0.7,
            dashes=(3.2, 1.6) if look.is_dashed else None,
            zorder=3,
            marker=look.marker if with_markers else "none",
            fill=self._palette.ground if look.is_hollow else look.line,
        )

    def _line(
        self,
        points: tuple[tuple[float, float], ...],
        colour: str,
        width: float,
        zorder: float,
        dashes: tuple[float, float] | None = None,
        marker: str = "none",
        fill: str = "none",
    ) -> None:
        from matplotlib.lines import Line2D

        radius = self._layout.radius
        self._axes.add_line(
            Line2D(
                [x for x, _ in points],
                [y for _, y in points],
                color=colour,
                linewidth=width,
                linestyle=(0, dashes) if dashes else "solid",
                marker=marker,
                # A diamond of the same size looks larger than a disc.
                markersize=radius * (1.7 if marker == "D" else 2),
                markerfacecolor=fill,
                markeredgecolor=colour if fill == self._palette.ground else self._palette.ground,
                markeredgewidth=radius * 0.4,
                zorder=zorder,
            )
        )

    def _texts(self) -> None:
        from matplotlib.patheffects import withStroke

        palette = self._palette
        for words in self._layout.words:
            colour = palette.soft if words.tone is Tone.SOFT else palette.text
            if words.series is not None:
                colour = palette.lines[words.series % len(palette.lines)].text
            if words.level is not None:
                colour = palette.heat_text[words.level]
            text = self._axes.text(
                words.x,
                words.y,
                words.text,
                color=colour,
                horizontalalignment=words.at.value,
                verticalalignment="bottom",
                fontproperties=_properties(self._font, words.size, words.bold),
                # Under the bar, which the label's clear edge must not nibble at.
                zorder=1.5 if words.is_label and words.series is None else 4,
                gid="label" if words.is_label else None,
                parse_math=False,
            )
            if words.is_label:  # what runs behind a label is kept off its digits
                text.set_path_effects([withStroke(linewidth=2, foreground=palette.ground)])


def _properties(font: Font, size: float, bold: bool) -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=font.family, size=size, weight="bold" if bold else "normal")


def _tile_map(spec: ChartSpec, layout: Layout) -> HitMap:
    marks = tuple(
        Mark(tile.key, tile.index, spec.full_names[tile.index], _scaled(tile.box, layout), True)
        for tile in layout.tiles
        if tile.key
    )
    return HitMap(marks, tuple(_scaled(column, layout) for column in layout.columns))


def _scaled(box: Box, layout: Layout) -> Box:
    return Box(
        box.x0 / layout.width,
        box.y0 / layout.height,
        box.x1 / layout.width,
        box.y1 / layout.height,
    )


def _hit_map(spec: FigureSpec, layout: Layout) -> HitMap:
    reach = layout.radius * _REACH
    marks = [
        Mark(spec.bars.key, index, spec.codes[index], _scaled(bar, layout), is_bar=True)
        for index, bar in enumerate(layout.bars)
    ]
    for line, track in zip(spec.lines, layout.tracks, strict=False):
        for index, (x, y) in enumerate(track.points):
            box = Box(x - reach, y - reach, x + reach, y + reach)
            marks.append(
                Mark(line.key, index, spec.codes[index], _scaled(box, layout), is_bar=False)
            )
    columns = (Box(one.x0, 0, one.x1, one.y1) for one in layout.columns)
    return HitMap(tuple(marks), tuple(_scaled(column, layout) for column in columns))


def _inside(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _distance(box: Box, x: float, y: float) -> float:
    return (x - (box.x0 + box.x1) / 2) ** 2 + (y - (box.y0 + box.y1) / 2) ** 2
