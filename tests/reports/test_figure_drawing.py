"""A figure as it is drawn: texts apart and inside, marks found by the mouse."""

from itertools import combinations

import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from ipfinance.reports.figure_drawing import HitMap, draw
from ipfinance.reports.figure_fonts import Font, choose_font, figure_font
from ipfinance.reports.figure_palettes import DARK, LIGHT, Palette
from tests.reports import figures


def _drawn(name: str, palette: Palette = LIGHT, points: float = 8.0) -> tuple[Figure, HitMap]:
    figure = Figure(figsize=(1090 / 96, 600 / 96) if points > 8 else (7.09, 4.4), dpi=96)
    return figure, draw(figures.HARD[name], figure, palette, points)


def _text_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    return [
        (text.get_text(), text.get_window_extent()) for axes in figure.axes for text in axes.texts
    ]


@pytest.mark.parametrize("points", [8.0, 9.75])
@pytest.mark.parametrize("name", figures.HARD)
def test_that_no_two_drawn_texts_overlap(name: str, points: float) -> None:
    figure, _ = _drawn(name, points=points)
    boxes = _text_boxes(figure)
    assert [
        (text, other)
        for (text, box), (other, other_box) in combinations(boxes, 2)
        if Bbox.intersection(box.padded(-0.5), other_box.padded(-0.5)) is not None
    ] == []


@pytest.mark.parametrize("name", figures.HARD)
def test_that_every_text_lies_within_the_figure(name: str) -> None:
    figure, _ = _drawn(name)
    for text, box in _text_boxes(figure):
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.width, text
        assert box.y1 <= figure.bbox.height, text


def test_that_all_values_stand_in_the_figure() -> None:
    figure, _ = _drawn("usual")
    texts = [text for text, _ in _text_boxes(figure)]
    for series in figures.HARD["usual"].series:
        assert set(series.labels) <= set(texts)


def test_that_the_mouse_finds_bars_points_and_columns() -> None:
    _, hits = _drawn("usual")
    spec = figures.HARD["usual"]
    assert len(hits.marks) == 33
    assert len(hits.columns) == 11
    for mark in hits.marks:
        middle = ((mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2)
        found = hits.mark_at(*middle)
        assert found is not None
        assert (found.index, found.code) == (mark.index, spec.codes[mark.index])
        if mark.is_bar:
            assert found.key == "secured_amount"
        assert hits.column_at(*middle) == mark.index
    assert hits.mark_at(0.0, 0.0) is None
    assert hits.column_at(0.0, 0.5) is None


def test_that_of_two_points_beside_each_other_the_nearer_is_found() -> None:
    _, hits = _drawn("usual")
    lower = [mark for mark in hits.marks if mark.key == "enterprises"][8]
    upper = [mark for mark in hits.marks if mark.key == "rights"][8]
    x = (lower.box.x0 + lower.box.x1) / 2
    found = [hits.mark_at(x, y) for y in (lower.box.y0, upper.box.y1)]
    assert [mark and mark.key for mark in found] == ["enterprises", "rights"]


def test_that_drawing_again_replaces_the_figure() -> None:
    figure, _ = _drawn("usual")
    before = len(_text_boxes(figure))
    draw(figures.HARD["usual"], figure, DARK)
    assert len(_text_boxes(figure)) == before
    assert len(figure.axes) == 1


def test_that_the_source_can_be_left_to_the_page() -> None:
    figure = Figure()
    draw(figures.HARD["usual"], figure, with_source=False)
    assert not any(text.startswith("数据来源") for text, _ in _text_boxes(figure))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_that_texts_stand_out_from_the_ground(palette: Palette) -> None:
    for colour in (palette.text, palette.soft, *(line.text for line in palette.lines)):
        assert _contrast(colour, palette.ground) >= 4.5
    for colour in (palette.bar, *(line.line for line in palette.lines)):
        assert _contrast(colour, palette.ground) >= 2.4


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_that_lines_differ_in_more_than_hue(palette: Palette) -> None:
    first, second = palette.lines
    assert first.marker != second.marker
    assert first.is_dashed != second.is_dashed
    assert first.is_hollow != second.is_hollow


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_that_an_installed_chinese_font_is_used() -> None:
    font = figure_font()
    assert font.note == "", "install fonts-noto-cjk"


def test_that_the_first_of_the_fonts_is_taken() -> None:
    assert choose_font(["SimHei", "DejaVu Sans", "Noto Sans CJK SC"]) == Font("Noto Sans CJK SC")


def test_that_without_a_chinese_font_the_figure_is_drawn_and_the_clerk_told() -> None:
    font = choose_font(["DejaVu Sans", "Arial"])
    assert font.family == "DejaVu Sans"
    assert "Noto Sans CJK SC" in font.note
    hits = draw(figures.HARD["usual"], Figure(), font=font)
    assert len(hits.marks) == 33
