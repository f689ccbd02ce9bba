"""The per-city figure as a native chart on a sheet of its own, drawn from a table's cells.

The same specification and the same rule of layout as the drawn figure: bars in the lower part
of the plot, lines in the upper, both from zero. The right axis begins below zero for that, and
its number format hides what is negative.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from ipfinance.reports.figure import FigureSpec, Series
from ipfinance.reports.figure_labels import Room, Track, place_labels
from ipfinance.reports.figure_palettes import LIGHT
from ipfinance.reports.figure_scale import Scale, round_scale
from ipfinance.reports.workbook_chart_page import (
    HEIGHT,
    WIDTH,
    chart_font,
    set_chart_page,
    write_foot,
)
from ipfinance.reports.workbook_styles import Styles, text_width
from ipfinance.reports.workbook_tables import Placed
from ipfinance.statistics.presenting import unknown_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

# The plot itself within the chart, in fractions of it.
_PLOT = {"x": 0.085, "y": 0.18, "width": 0.845, "height": 0.725}
_BARS, _LINES = Decimal("0.60"), Decimal("0.32")
_GAP = 85  # per cent of a bar's width between bars
_LABEL_PIXELS, _DIGIT_PIXELS, _MARKER_PIXELS = 15, 6.2, 4
_COUNT = "#,##0"


@dataclass(frozen=True, slots=True)
class _Axes:
    """Both axes in whole steps: the left one from zero, the right one from below it."""

    left: Scale
    left_end: Decimal
    right: Scale
    right_start: Decimal


def add_chart_sheet(
    workbook: "Workbook", styles: Styles, name: str, spec: FigureSpec, table: Placed | None
) -> None:
    """Add the sheet of one figure; when there is nothing to show it says so instead."""
    sheet = workbook.add_worksheet(name)
    set_chart_page(sheet)
    if spec.is_empty or table is None:
        _say_empty(sheet, styles, spec)
        return
    chart = _chart(workbook, spec, table)
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    sheet.insert_chart(0, 0, chart, {"description": spec.alternative_text(), "object_position": 3})
    write_foot(sheet, styles, (spec.source, *spec.notes))


def _say_empty(sheet: "Worksheet", styles: Styles, spec: FigureSpec) -> None:
    sheet.write_string(0, 0, spec.title, styles["heading"])
    sheet.write_string(2, 0, f"{spec.message}，不绘图。", styles["plain"])
    sheet.write_string(4, 0, spec.source, styles["soft"])


def _chart(workbook: "Workbook", spec: FigureSpec, table: Placed) -> "Chart":
    axes = _axes(spec)
    ways = place_labels(*_places(spec, axes))
    bars = _new_chart(workbook, "column")
    bars.add_series(
        {
            **_cells(spec, spec.bars, table),
            "fill": {"color": LIGHT.bar},
            "border": {"none": True},
            "gap": _GAP,
            "data_labels": _labels(spec.bars, "outside_end", LIGHT.text, _amounts(spec)),
        }
    )
    lines = _new_chart(workbook, "line")
    for number, series in enumerate(spec.lines):
        look = LIGHT.lines[number % len(LIGHT.lines)]
        line: dict[str, object] = {"color": look.line, "width": 2.25}
        if look.is_dashed:
            line["dash_type"] = "dash"
        lines.add_series(
            {
                **_cells(spec, series, table),
                "y2_axis": True,
                "line": line,
                "marker": {
                    "type": "diamond" if look.is_hollow else "circle",
                    "size": 8 if look.is_hollow else 7,
                    "fill": {"color": LIGHT.ground if look.is_hollow else look.line},
                    "border": {"color": look.line},
                },
                "data_labels": _line_labels(series, look.text, ways[number]),
            }
        )
    bars.combine(lines)
    bars.set_title(
        {"name": spec.title, "overlay": False, "name_font": chart_font(14, LIGHT.text, True)}
    )
    bars.set_legend({"position": "top", "font": chart_font(10, LIGHT.text)})
    bars.set_plotarea({"layout": _PLOT})
    bars.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.ground}})
    bars.set_x_axis(
        {
            "num_font": chart_font(10, LIGHT.text),
            "line": {"color": LIGHT.base},
            "major_tick_mark": "none",
            "interval_unit": 1,  # every name, always
            "label_position": "low",
        }
    )
    bars.set_y_axis(
        {
            "min": 0,
            "max": float(axes.left_end),
            "major_unit": float(axes.left.step),
            "num_format": f'[>{axes.left.top.normalize():f}]"";{_tick_format(axes.left)}',
            "num_font": chart_font(9, LIGHT.soft),
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.rule, "width": 0.75}},
        }
    )
    lines.set_y2_axis(
        {
            "min": float(axes.right_start),
            "max": float(axes.right.top),
            "major_unit": float(axes.right.step),
            "num_format": f"{_COUNT};;0",
            "num_font": chart_font(9, LIGHT.soft),
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
        }
    )
    return bars


def _new_chart(workbook: "Workbook", kind: str) -> "Chart":
    chart = workbook.add_chart({"type": kind})
    assert chart is not None, kind
    return chart


def _axes(spec: FigureSpec) -> _Axes:
    left = round_scale(spec.bars.largest, 3, 5)
    right = round_scale(max(line.largest for line in spec.lines), 2, 4, whole=True)
    # A spreadsheet counts ticks from the axis's end, so both ends are whole steps.
    left_steps = left.top / left.step / _BARS
    right_steps = right.top / right.step * (1 - _LINES) / _LINES
    return _Axes(
        left=left,
        left_end=left.step * left_steps.to_integral_value(ROUND_CEILING),
        right=right,
        right_start=-right.step * right_steps.to_integral_value(ROUND_CEILING),
    )


def _places(spec: FigureSpec, axes: _Axes) -> tuple[list[Track], Room]:
    """The lines' points and the room for their labels, in the chart's pixels."""
    width, height = WIDTH * _PLOT["width"], HEIGHT * _PLOT["height"]
    slot = width / len(spec.categories)
    span = axes.right.top - axes.right_start
    tracks = [
        Track(
            tuple(
                (slot * (index + 0.5), float((value - axes.right_start) / span) * height)
                for index, value in enumerate(line.values)
            ),
            tuple(_DIGIT_PIXELS * text_width(text) for text in line.labels),
        )
        for line in spec.lines
    ]
    room = Room(
        height=_LABEL_PIXELS,
        away=_MARKER_PIXELS + 1,
        radius=_MARKER_PIXELS,
        floors=tuple(
            float(value / axes.left_end) * height + _LABEL_PIXELS + 4 for value in spec.bars.values
        ),
        ceiling=height + _LABEL_PIXELS + 8,
    )
    return tracks, room


def _cells(spec: FigureSpec, series: Series, table: Placed) -> dict[str, object]:
    return {
        "name": spec.legend(series),
        "categories": f"={table.names}",
        "values": f"={table.values(series.key)}",
    }


def _labels(series: Series, position: str, colour: str, num_format: str) -> dict[str, object]:
    labels: dict[str, object] = {
        "value": True,
        "position": position,
        "num_format": num_format,
        "font": chart_font(9, colour),
    }
    if unknown_text() in series.labels:
        labels["custom"] = [
            {"value": unknown_text(), "font": chart_font(9, colour)}
            if text == unknown_text()
            else None
            for text in series.labels
        ]
    return labels


def _line_labels(series: Series, colour: str, above: tuple[bool, ...]) -> dict[str, object]:
    """Labels mostly on one side, those that would collide there on the other."""
    usual = sum(above) * 2 >= len(above)
    words = {True: "above", False: "below"}
    labels = _labels(series, words[usual], colour, _COUNT)
    if any(way is not usual for way in above):
        labels["custom"] = [
            None if way is usual else {"position": words[way], "font": chart_font(9, colour)}
            for way in above
        ]
    return labels


def _amounts(spec: FigureSpec) -> str:
    """The number format of the bars' labels, with as many decimals as the specification has."""
    if any("." in text for text in spec.bars.labels):
        return '[>=0.005]#,##0.00;[>0]"…";0'
    return '[>=0.5]#,##0;[>0]"…";0'


def _tick_format(scale: Scale) -> str:
    decimals = max(0, -int(scale.step.normalize().as_tuple().exponent))
    return f"#,##0.{'0' * decimals}" if decimals else _COUNT
