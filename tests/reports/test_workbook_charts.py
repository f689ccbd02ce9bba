"""The charts in the workbook: native, drawn from its tables, bars low and lines high."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from ipfinance.reports.workbook_charts import add_chart_sheet
from ipfinance.reports.workbook_styles import Styles, new_workbook
from ipfinance.reports.workbook_tables import Placed
from tests.reports import figures

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def _charts(path: Path) -> list[ET.Element]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        return [ET.fromstring(archive.read(name)) for name in sorted(names)]


def _hard(name: str, folder: Path) -> ET.Element:
    """The chart of hard data, drawn from a sheet that holds them."""
    spec = figures.HARD[name]
    path = folder / "hard.xlsx"
    with new_workbook(path) as workbook:
        sheet = workbook.add_worksheet("data")
        for row, category in enumerate(spec.categories):
            sheet.write_string(row, 0, category)
            for column, series in enumerate(spec.series, start=1):
                sheet.write_number(row, column, float(series.values[row]))
        columns = {series.key: column for column, series in enumerate(spec.series, start=1)}
        placed = Placed("data", 0, len(spec.categories) - 1, len(spec.categories), columns)
        add_chart_sheet(workbook, Styles(workbook), "chart", spec, placed)
    [chart] = _charts(path)
    return chart


def _value(element: ET.Element | None) -> str:
    assert element is not None
    return element.attrib["val"]


def test_that_each_figure_is_a_native_chart_of_all_eleven_cities(report: Path) -> None:
    charts = _charts(report)
    assert len(charts) == 2
    for chart in charts:
        series = list(chart.iter(f"{C}ser"))
        assert len(series) == 3
        for one in series:
            category = one.find(f"{C}cat/{C}strRef/{C}strCache")
            assert category is not None
            assert _value(category.find(f"{C}ptCount")) == "11"
            assert tuple(v.text for v in category.iter(f"{C}v")) == figures.NAMES
            assert _value(one.find(f"{C}val/{C}numRef/{C}numCache/{C}ptCount")) == "11"
        assert len(list(chart.iter(f"{C}barChart"))) == 1
        assert len(list(chart.iter(f"{C}lineChart"))) == 1
        assert _value(next(chart.iter(f"{C}tickLblSkip"))) == "1"


def test_that_the_charts_are_drawn_from_the_tables(report: Path) -> None:
    references = [f.text for f in _charts(report)[0].iter(f"{C}f")]
    assert "'表1 专利权'!$G$11:$G$21" in references
    assert "'表1 专利权'!$L$11:$L$21" in references
    assert "'表1 专利权'!$Q$11:$Q$21" in references


def test_that_each_chart_has_an_alternative_text(report: Path) -> None:
    with zipfile.ZipFile(report) as archive:
        drawings = [name for name in archive.namelist() if re.match(r"xl/drawings/d", name)]
        told = [re.search(r'descr="([^"]+)"', archive.read(name).decode()) for name in drawings]
    assert len(told) == 2
    assert all(text and "质押登记情况" in text[1] and "最高的是" in text[1] for text in told)


def test_that_charts_stand_on_sheets_of_their_own(report: Path) -> None:
    book = openpyxl.load_workbook(report)
    with_charts = [sheet for sheet in book.worksheets if getattr(sheet, "_charts", [])]
    assert [sheet.title for sheet in with_charts] == ["图1 专利权", "图2 商标专用权"]
    for sheet in with_charts:
        assert len(getattr(sheet, "_charts", [])) == 1
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("name", [name for name in figures.HARD if name != "all zero"])
def test_that_bars_stay_low_and_lines_high(name: str, tmp_path: Path) -> None:
    chart = _hard(name, tmp_path)
    spec = figures.HARD[name]
    left, right = chart.iter(f"{C}valAx")
    scales = []
    for axis in (left, right):
        low = float(_value(axis.find(f"{C}scaling/{C}min")))
        high = float(_value(axis.find(f"{C}scaling/{C}max")))
        step = float(_value(axis.find(f"{C}majorUnit")))
        assert low / step == pytest.approx(round(low / step))
        scales.append((low, high))
    (low, high), (start, end) = scales
    assert low == 0
    assert float(spec.bars.largest) / high <= 0.6
    assert start < 0
    zero = -start / (end - start)
    assert zero >= 0.68
    assert all(line.largest <= end for line in spec.lines)


def test_that_the_right_axis_hides_what_is_below_zero(report: Path) -> None:
    _, right = _charts(report)[0].iter(f"{C}valAx")
    number_format = right.find(f"{C}numFmt")
    assert number_format is not None
    assert number_format.attrib["formatCode"] == "#,##0;;0"


def test_that_labels_on_both_sides_keep_lines_apart(tmp_path: Path) -> None:
    chart = _hard("crossing", tmp_path)
    _bars, enterprises, rights = chart.iter(f"{C}ser")
    for index in range(1, 11):
        sides = {_side(enterprises, index), _side(rights, index)}
        assert sides == {"t", "b"}, index


def _side(series: ET.Element, index: int) -> str:
    """t above or b below: of the point itself, else of the series."""
    labels = series.find(f"{C}dLbls")
    assert labels is not None
    for label in labels.findall(f"{C}dLbl"):
        if _value(label.find(f"{C}idx")) == str(index):
            return _value(label.find(f"{C}dLblPos"))
    return _value(labels.find(f"{C}dLblPos"))
