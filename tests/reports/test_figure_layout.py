"""The layout of a figure: no data make texts collide, every city is named."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipfinance.reports.figure import FigureSpec
from ipfinance.reports.figure_labels import Box
from ipfinance.reports.figure_layout import lay_out
from ipfinance.reports.figure_parts import At, Layout, Words
from tests.reports import figures

# 180 mm of print, a window of 1366 pixels, a small window, the narrowest print.
SIZES = [(510, 316, 8.0), (806, 450, 9.75), (480, 225, 9.75), (340, 211, 6.0)]


def measure(text: str, size: float, bold: bool) -> float:
    return size * sum(1.0 if ord(letter) > 0x2000 else 0.57 for letter in text)


def box_of(words: Words) -> Box:
    wide = measure(words.text, words.size, words.bold)
    left = {At.LEFT: 0.0, At.CENTER: wide / 2, At.RIGHT: wide}[words.at]
    return Box(words.x - left, words.y, words.x - left + wide, words.y + words.size * 1.05)


def collisions(layout: Layout) -> list[tuple[str, str]]:
    boxes = [(words.text, box_of(words)) for words in layout.words]
    return [
        (text, other)
        for (text, box), (other, other_box) in combinations(boxes, 2)
        if box.overlaps(other_box)
    ]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", figures.HARD)
def test_that_no_two_texts_collide(name: str, size: tuple[float, float, float]) -> None:
    layout = lay_out(figures.HARD[name], *size, measure)
    assert collisions(layout) == []


_counts = st.lists(st.integers(0, 10**5), min_size=11, max_size=11)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10**7), min_size=11, max_size=11),
    _counts,
    _counts,
    st.sampled_from(SIZES),
)
def test_that_no_data_make_texts_collide(
    amounts: list[int],
    enterprises: list[int],
    rights: list[int],
    size: tuple[float, float, float],
) -> None:
    assert collisions(lay_out(figures.spec(amounts, enterprises, rights), *size, measure)) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_that_every_city_is_named_in_order(size: tuple[float, float, float]) -> None:
    layout = lay_out(figures.HARD["one huge city"], *size, measure)
    named = [words.text for words in layout.words if words.text in figures.NAMES]
    assert named == list(figures.NAMES)


def test_that_a_name_too_long_for_its_place_is_broken_into_lines() -> None:
    usual = figures.HARD["usual"]
    names = ("黔西南布依族苗族自治州", *usual.categories[1:])
    long = FigureSpec(
        usual.title, usual.codes, names, usual.bars, usual.lines, usual.source, usual.notes
    )
    layout = lay_out(long, *SIZES[0], measure)
    assert collisions(layout) == []
    assert "".join(w.text for w in layout.words if w.text in names[0]).startswith(names[0])


@pytest.mark.parametrize("name", figures.HARD)
def test_that_lines_stay_above_the_bars_and_both_start_from_zero(name: str) -> None:
    spec = figures.HARD[name]
    layout = lay_out(spec, *SIZES[0], measure)
    assert all(bar.y0 == layout.plot.y0 for bar in layout.bars)
    assert max(bar.y1 for bar in layout.bars) <= layout.plot.y0 + 0.6 * layout.plot.height
    lowest = min(y for track in layout.tracks for _, y in track.points)
    assert lowest >= layout.plot.y0 + 0.6 * layout.plot.height
    for line, track in zip(spec.lines, layout.tracks, strict=True):
        zeros = {y for value, (_, y) in zip(line.values, track.points, strict=True) if not value}
        assert len(zeros) <= 1


def test_that_an_empty_figure_says_so_and_draws_nothing() -> None:
    layout = lay_out(figures.empty(), *SIZES[0], measure)
    assert "2019年没有专利权质押登记" in [words.text for words in layout.words]
    assert (layout.bars, layout.tracks, layout.columns) == ((), (), ())


def test_that_a_label_that_finds_no_room_is_left_out_and_not_squeezed_in() -> None:
    layout = lay_out(figures.HARD["seven digits"], 240, 160, 8.0, measure)
    labels = [words for words in layout.words if words.is_label]
    assert all(words.size >= 4.5 for words in labels)
