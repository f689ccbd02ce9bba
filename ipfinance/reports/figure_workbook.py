"""A chart as a workbook: its data on one sheet, and on the other the chart itself.

Excel draws columns and bars itself from the data, so that they can be edited there; small
multiples and heat tables, which it has no chart for, stand there as pictures at print size.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance.language import for_files
from ipfinance.reports.figure import FigureSpec, Series
from ipfinance.reports.figure_chart import ChartSpec, Drawable, Shape
from ipfinance.reports.figure_files import write_figure
from ipfinance.reports.figure_palettes import LIGHT
from ipfinance.reports.workbook_chart_page import (
    HEIGHT,
    WIDTH,
    chart_font,
    set_chart_page,
    write_foot,
)
from ipfinance.reports.workbook_charts import add_chart_sheet
from ipfinance.reports.workbook_styles import (
    Styles,
    fitting_width,
    new_workbook,
    set_page,
)
from ipfinance.reports.workbook_tables import Placed
from ipfinance.statistics.presenting import NONE, unknown_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

_CHART, _DATA = "图", "数据"
_PRINT_MM, _PICTURE_DPI, _SCREEN_DPI = 240, 300, 96
_WIDE_COLUMNS = 4
_FIRST_ROW = 4  # of the data, counted from zero; the header stands above


def write_chart_workbook(spec: Drawable, path: Path) -> str:
    """Write the workbook; gives what the clerk should know of the picture in it, else "".

    Raises:
        UserError: for a file that cannot be written.
    """
    if isinstance(spec, FigureSpec):
        with new_workbook(path) as workbook, for_files():
            styles = Styles(workbook)
            add_chart_sheet(workbook, styles, _CHART, spec, _placed(spec))
            _write_data(workbook.add_worksheet(_DATA), styles, spec)
        return ""
    with tempfile.TemporaryDirectory() as scratch:
        picture, note = Path(scratch) / "chart.png", ""
        is_drawn = spec.shape in (Shape.PANELS, Shape.HEAT) and not spec.is_empty
        if is_drawn:
            note = write_figure(spec, picture, width_mm=_PRINT_MM, dpi=_PICTURE_DPI)
        with new_workbook(path) as workbook, for_files():
            styles = Styles(workbook)
            sheet = workbook.add_worksheet(_CHART)
            set_chart_page(sheet)
            _write_data(workbook.add_worksheet(_DATA), styles, spec)
            alternative = {"description": spec.alternative_text(), "object_position": 3}
            if spec.is_empty:
                sheet.write_string(0, 0, spec.title, styles["heading"])
                sheet.write_string(2, 0, f"{spec.message}，不绘图。", styles["plain"])
            elif is_drawn:
                scale = WIDTH / (_PRINT_MM / 25.4 * _SCREEN_DPI)
                size = {"x_scale": scale, "y_scale": scale}
                sheet.insert_image(0, 0, str(picture), {**alternative, **size})
            else:
                chart = _native(workbook, spec)
                chart.set_size({"width": WIDTH, "height": HEIGHT})
                sheet.insert_chart(0, 0, chart, alternative)
            write_foot(sheet, styles, (spec.source, *spec.notes), shown=not is_drawn)
    return note


def _placed(spec: FigureSpec) -> Placed:
    """Where `_write_data` writes the figures."""
    columns = {one.key: column for column, one in enumerate(spec.series, start=1)}
    return Placed(_DATA, _FIRST_ROW, _FIRST_ROW + len(spec.categories) - 1, None, columns)


def _write_data(sheet: "Worksheet", styles: Styles, spec: Drawable) -> None:
    """A row for each category, a column for each series, and the source beneath.

    The rows of a heat table that are all cut alike are columns, as those of panels.
    """
    names, columns = spec.full_names, spec.series
    if isinstance(spec, ChartSpec) and spec.has_columns:
        columns = tuple(_rows_of_heat(spec))
        names = spec.categories[: len(columns[0].values)]
    set_page(sheet, 1)
    sheet.write_string(0, 0, spec.title, styles["heading"])
    if isinstance(spec, ChartSpec):
        sheet.write_string(1, 0, f"计量单位：{spec.unit}", styles["soft"])
    sheet.write_string(_FIRST_ROW - 1, 0, "名称", styles["header"])
    sheet.set_column(0, 0, fitting_width(names, least=12))
    heads = []
    for column, one in enumerate(columns, start=1):
        name = one.name if isinstance(spec, ChartSpec) else f"{one.name}（{one.unit}）"
        sheet.write_string(_FIRST_ROW - 1, column, name, styles["header"])
        heads.append(name)
    for index, name in enumerate(names):
        row = _FIRST_ROW + index
        sheet.write_string(row, 0, name, styles["cell"])
        for column, one in enumerate(columns, start=1):
            is_whole = spec.is_whole if isinstance(spec, ChartSpec) else one is not spec.bars
            _write_value(sheet, styles, (row, column), one, index, is_whole)
    # Many columns are as narrow as they can be, to be read on one page.
    told = [*heads, *(text for one in columns for text in one.exact)]
    wide = 16 if len(columns) <= _WIDE_COLUMNS else fitting_width(told, least=9)
    sheet.set_column(1, len(columns), wide)
    foot = _FIRST_ROW + len(names) + 1
    for number, text in enumerate((spec.source, *spec.notes)):
        sheet.write_string(foot + number, 0, text, styles["soft"])
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.repeat_rows(_FIRST_ROW - 1)


def _rows_of_heat(spec: ChartSpec) -> Iterator[Series]:
    """Each row of a heat table as a series of its own."""
    start = 0
    for number, (name, count) in enumerate(spec.groups):
        cut = slice(start, start + count)
        yield replace(
            spec.bars,
            key=str(number),
            name=name,
            values=spec.bars.values[cut],
            labels=spec.bars.labels[cut],
            exact=spec.bars.exact[cut],
        )
        start += count


def _write_value(
    sheet: "Worksheet",
    styles: Styles,
    place: tuple[int, int],
    one: Series,
    index: int,
    is_whole: bool,
) -> None:
    row, column = place
    if one.exact[index] in (NONE, unknown_text()):
        sheet.write_string(row, column, one.exact[index], styles["count"])
        return
    look = "count" if is_whole else "amount"
    sheet.write_number(row, column, float(one.values[index]), styles[look])


def _native(workbook: "Workbook", spec: ChartSpec) -> "Chart":
    is_lying = spec.shape is Shape.BARS
    chart = workbook.add_chart({"type": "bar" if is_lying else "column"})
    assert chart is not None
    last = _FIRST_ROW + len(spec.full_names) - 1
    looks = (
        {"fill": {"color": LIGHT.bar}, "border": {"none": True}},
        {"fill": {"color": LIGHT.before}, "border": {"color": LIGHT.soft, "width": 0.5}},
    )
    has_decimals = any("." in text for text in spec.bars.labels)
    decimals = ".0" if spec.unit == "%" else ".00"
    number_format = f"#,##0{decimals}" if has_decimals else "#,##0"
    for column in range(1, len(spec.series) + 1):
        chart.add_series(
            {
                "name": [_DATA, _FIRST_ROW - 1, column],
                "categories": [_DATA, _FIRST_ROW, 0, last, 0],
                "values": [_DATA, _FIRST_ROW, column, last, column],
                "gap": 70,
                "data_labels": {
                    "value": column == 1,
                    "num_format": number_format,
                    "font": chart_font(9, LIGHT.text),
                },
                **looks[column - 1],
            }
        )
    chart.set_title(
        {"name": spec.title, "overlay": False, "name_font": chart_font(14, LIGHT.text, True)}
    )
    if len(spec.series) > 1:
        chart.set_legend({"position": "top", "font": chart_font(10, LIGHT.text)})
    else:
        chart.set_legend({"none": True})
    names: dict[str, object] = {
        "num_font": chart_font(10, LIGHT.text),
        "line": {"color": LIGHT.base},
        "major_tick_mark": "none",
        "interval_unit": 1,
    }
    values: dict[str, object] = {
        "min": 0,
        "name": f"单位：{spec.unit}",
        "name_font": chart_font(9, LIGHT.soft),
        "num_font": chart_font(9, LIGHT.soft),
        "num_format": "#,##0",
        "line": {"none": True},
        "major_tick_mark": "none",
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.rule, "width": 0.75}},
    }
    if is_lying:  # XlsxWriter calls the horizontal axis x whatever stands on it
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})  # the first one on top
        chart.set_x_axis(values)
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.ground}})
    return chart
