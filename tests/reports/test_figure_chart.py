"""Charts: everything stands on the page, each figure can be found, colours keep their order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from matplotlib.figure import Figure

from ipfinance.db.connection import Store, open_store
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.reports.figure import city_figure
from ipfinance.reports.figure_chart import ChartSpec, Shape, chart_figure
from ipfinance.reports.figure_chart_layout import lay_out_chart
from ipfinance.reports.figure_drawing import draw
from ipfinance.reports.figure_files import write_figure
from ipfinance.reports.figure_palettes import DARK, LIGHT, Palette
from ipfinance.reports.figure_parts import At
from ipfinance.reports.figure_workbook import write_chart_workbook
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import ChartWanted
from ipfinance.statistics.tables import KindChoice, table
from tests import make

TODAY = date(2020, 1, 10)
# What an eye without the receptors for green sees, in linear light: Machado, Oliveira and
# Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# severity 1.0.
_DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> dict[ChartKind, ChartSpec]:
    path = tmp_path_factory.mktemp("charts") / "store.db"
    with open_store(path, "示例") as store:
        fill(store, today=TODAY, progress=Progress())
        return {kind: _spec(store, kind) for kind in ChartKind}


@pytest.fixture(scope="module")
def specs_of_hangzhou(tmp_path_factory: pytest.TempPathFactory) -> dict[ChartKind, ChartSpec]:
    path = tmp_path_factory.mktemp("charts") / "store.db"
    with open_store(path, "示例") as store:
        fill(store, today=TODAY, progress=Progress())
        return {kind: _spec(store, kind, make.HANGZHOU) for kind in ChartKind}


def _spec(store: Store, kind: ChartKind, area: str | None = None) -> ChartSpec:
    wanted = ChartWanted(kind, kind.indicators()[0].key, area=area)
    charted = wanted.read(store, Period.year(2019), KindChoice.PATENT, TODAY)
    return chart_figure(charted, TODAY)


def _measure(text: str, size: float, bold: bool) -> float:
    return sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in text) * size


@pytest.mark.parametrize("kind", ChartKind, ids=lambda kind: kind.value)
@pytest.mark.parametrize(("width", "size"), [(510, 8.0), (1100, 13.0), (1660, 13.0)])
def test_that_nothing_stands_beyond_the_page(
    specs: dict[ChartKind, ChartSpec],
    specs_of_hangzhou: dict[ChartKind, ChartSpec],
    kind: ChartKind,
    width: float,
    size: float,
) -> None:
    for spec in (specs[kind], specs_of_hangzhou[kind]):
        _check_page(spec, width, width * 0.5, size)


def _check_page(spec: ChartSpec, width: float, height: float, size: float) -> None:
    layout = lay_out_chart(spec, width, height, size, _measure)
    for tile in layout.tiles:
        assert -0.01 <= tile.box.x0 <= tile.box.x1 <= width
        assert 0 <= tile.box.y0 <= tile.box.y1 <= height
    for words in layout.words:
        wide = _measure(words.text, words.size, words.bold)
        left = words.x - {At.LEFT: 0, At.CENTER: wide / 2, At.RIGHT: wide}[words.at]
        # Closing marks may hang over the edge.
        assert left >= -0.5, words.text
        assert left + wide <= width + size, words.text


@pytest.mark.parametrize("kind", ChartKind, ids=lambda kind: kind.value)
def test_that_each_figure_has_its_mark(specs: dict[ChartKind, ChartSpec], kind: ChartKind) -> None:
    spec = specs[kind]
    hits = draw(spec, Figure(figsize=(10, 6)))
    assert {(mark.key, mark.index) for mark in hits.marks} == {
        (one.key, index) for one in spec.series for index in range(len(spec.categories))
    }
    for mark in hits.marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        assert hits.mark_at(x, y) is not None


def test_that_each_chart_of_a_city_names_it(specs_of_hangzhou: dict[ChartKind, ChartSpec]) -> None:
    assert {kind: spec.title for kind, spec in specs_of_hangzhou.items()} == {
        ChartKind.MONTHS: "2019年杭州市专利权质押担保债权额月度走势",
        ChartKind.YEARS: "2016—2019年杭州市专利权质押担保债权额走势",
        ChartKind.RANKING: "2019年杭州市各县（市、区）专利权质押担保债权额排名",
        ChartKind.SHARE: "2019年各县（市、区）专利权质押担保债权额占杭州市比重",
        ChartKind.COMPARED: "2019年与2018年杭州市各县（市、区）专利权质押担保债权额对比",
        ChartKind.CITIES: "2019年杭州市各县（市、区）专利权质押担保债权额分月情况",
        ChartKind.COUNTIES: "2019年杭州市各县（市、区）专利权质押担保债权额分月情况",
        ChartKind.OUTSTANDING: "2019年杭州市专利权质押在押金额（月末）",
        ChartKind.DUE: "2020年杭州市专利权质押到期金额分月分布",
    }


def test_that_months_stand_once_above_the_counties_of_a_city(
    specs_of_hangzhou: dict[ChartKind, ChartSpec],
) -> None:
    layout = lay_out_chart(specs_of_hangzhou[ChartKind.COUNTIES], 1100, 560, 13.0, _measure)
    assert [words.text for words in layout.words].count("7月") == 1


def test_that_the_workbook_of_a_heat_table_by_month_has_a_column_for_each_county(
    specs_of_hangzhou: dict[ChartKind, ChartSpec], tmp_path: Path
) -> None:
    heat, panels = (specs_of_hangzhou[kind] for kind in (ChartKind.COUNTIES, ChartKind.CITIES))
    told = []
    for name, spec in (("heat", heat), ("panels", panels)):
        write_chart_workbook(spec, tmp_path / f"{name}.xlsx")
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        told.append([[cell.value for cell in row[1:]] for row in book["数据"].iter_rows(4, 16)])
    assert told[0] == told[1]
    assert told[0][0] == [name for name, _ in heat.groups]


def test_that_labels_of_panels_stand_above_their_bars(specs: dict[ChartKind, ChartSpec]) -> None:
    spec = specs[ChartKind.CITIES]
    for stretched in (Decimal(1), Decimal(10_000) / spec.largest):  # an end that is round already
        grown = tuple(
            replace(one, values=tuple(value * stretched for value in one.values))
            for one in spec.series
        )
        layout = lay_out_chart(replace(spec, series=grown), 1100, 560, 13.0, _measure)
        labels = [words for words in layout.words if words.is_label]
        assert len(labels) == 11
        for words in labels:
            for tile in layout.tiles:
                is_here = tile.box.x0 < words.x < tile.box.x1
                assert not (is_here and tile.box.y0 < words.y + 1 < tile.box.y1), words.text


def test_that_the_figure_of_a_city_is_a_workbook_of_its_own(tmp_path: Path, store: Store) -> None:
    fill(store, today=TODAY, progress=Progress())
    made = table(store, Period.year(2019), KindChoice.PATENT, Group.COUNTY, TODAY, make.HANGZHOU)
    spec, path = city_figure(made, TODAY), tmp_path / "figure.xlsx"
    assert spec.title == "2019年杭州市各县（市、区）专利权质押登记情况"
    assert write_chart_workbook(spec, path) == ""
    book = openpyxl.load_workbook(path)
    rows = list(book["数据"].iter_rows(min_row=4, max_row=4 + len(made.rows), values_only=True))
    assert rows[0] == ("名称", "担保债权额（万元）", "登记企业数（家）", "所涉专利数（件）")
    for told, row in zip(rows[1:], made.rows, strict=True):
        assert told[0] == row.name
        assert told[1] == pytest.approx(row.values["secured_amount"] / WAN)
        assert told[2:] == (row.values["enterprises"], row.values["rights"])
    assert len(getattr(book["图"], "_charts", [])) == 1


def test_that_a_bar_in_front_is_found_where_it_covers_the_other(
    specs: dict[ChartKind, ChartSpec],
) -> None:
    hits = draw(specs[ChartKind.COMPARED], Figure(figsize=(10, 6)))
    for front in (mark for mark in hits.marks if mark.key == "0"):
        box = front.box
        for up in (0.1, 0.3, 0.5, 0.7, 0.9):
            x, y = (box.x0 + box.x1) / 2, box.y0 + (box.y1 - box.y0) * up
            assert hits.mark_at(x, y) == front


def test_that_all_cities_and_counties_are_there(specs: dict[ChartKind, ChartSpec]) -> None:
    assert len(specs[ChartKind.CITIES].series) == 11
    counties = specs[ChartKind.COUNTIES]
    assert sum(count for _, count in counties.groups) == len(counties.categories) == 90
    levels = [counties.heat_level(index) for index in range(90)]
    assert set(levels) <= {None, 0, 1, 2, 3, 4}
    order = sorted(range(90), key=lambda index: counties.bars.values[index])
    told = [levels[index] for index in order if levels[index] is not None]
    assert told == sorted(told, key=lambda level: level or 0)


@pytest.mark.parametrize("kind", ChartKind, ids=lambda kind: kind.value)
def test_that_the_workbook_has_the_figures_and_the_chart(
    specs: dict[ChartKind, ChartSpec], kind: ChartKind, tmp_path: Path
) -> None:
    spec, path = specs[kind], tmp_path / "chart.xlsx"
    write_chart_workbook(spec, path)
    book = openpyxl.load_workbook(path)
    rows = list(book["数据"].iter_rows(min_row=5, max_row=4 + len(spec.categories)))
    assert tuple(row[0].value for row in rows) == spec.full_names
    for column, one in enumerate(spec.series, start=1):
        for row, value, exact in zip(rows, one.values, one.exact, strict=True):
            shown = row[column].value
            assert shown == (exact if isinstance(shown, str) else pytest.approx(float(value)))
    sheet = book["图"]
    is_native = spec.shape in (Shape.COLUMNS, Shape.BARS)
    assert len(getattr(sheet, "_charts", [])) == int(is_native)
    assert len(getattr(sheet, "_images", [])) == int(not is_native)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_that_a_chart_is_written_as_a_file(
    specs: dict[ChartKind, ChartSpec], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"chart{suffix}"
    write_figure(specs[ChartKind.COUNTIES], path)
    start = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(start)


def test_that_a_period_without_data_says_so(store: Store) -> None:
    for kind in ChartKind:
        spec = _spec(store, kind)
        assert "没有" in spec.message
        assert not draw(spec, Figure(figsize=(8, 5))).marks


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_that_colours_keep_their_order_in_grey_and_for_the_colour_blind(palette: Palette) -> None:
    for see in (_seen, _seen_without_green):
        steps = [_lightness(see(colour)) for colour in palette.heat]
        if palette is LIGHT:
            steps.reverse()
        assert all(later - earlier >= 7 for earlier, later in pairwise(steps))
        bar, before = (_lightness(see(colour)) for colour in (palette.bar, palette.before))
        assert abs(bar - before) >= 20
    for ground, text in zip(palette.heat, palette.heat_text, strict=True):
        lighter, darker = sorted((_light(_seen(ground)), _light(_seen(text))), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


Linear = tuple[float, float, float]


def _seen(colour: str) -> Linear:
    """The linear light of a colour, red, green and blue."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def _seen_without_green(colour: str) -> Linear:
    light = _seen(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(one * part for one, part in zip(row, light, strict=True))))
        for row in _DEUTERANOPIA
    )
    return red, green, blue


def _light(light: Linear) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def _lightness(light: Linear) -> float:
    """L* of CIELAB, 0 black to 100 white: what grey print keeps."""
    level = _light(light)
    return 116 * level ** (1 / 3) - 16 if level > 0.008856 else 903.3 * level
