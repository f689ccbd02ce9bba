"""Figures as PNG, SVG and PDF."""

from pathlib import Path

import pytest
from PIL import Image

from ipfinance.errors import UserError
from ipfinance.reports import figure_files
from ipfinance.reports.figure_files import write_figure
from ipfinance.reports.figure_fonts import Font
from tests.reports import figures


def test_that_a_png_has_the_size_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    assert write_figure(figures.HARD["usual"], path, width_mm=180, dpi=300) == ""
    with Image.open(path) as image:
        assert image.width == round(180 / 25.4 * 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.text["Title"] == figures.HARD["usual"].title  # type: ignore[attr-defined]
        colours = image.convert("RGB").getcolors(maxcolors=10**6)
    assert colours is not None
    assert len(colours) > 50


def test_that_an_svg_has_paths_and_describes_itself(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    write_figure(figures.HARD["usual"], path)
    text = path.read_text(encoding="utf-8")
    assert "<path" in text
    assert "<text" not in text
    assert figures.HARD["usual"].title in text


def test_that_a_pdf_is_written(tmp_path: Path) -> None:
    path = tmp_path / "figure.PDF"
    write_figure(figures.HARD["usual"], path)
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("suffix", figure_files.SUFFIXES)
def test_that_equal_figures_are_equal_files(tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        write_figure(figures.HARD["crossing"], path, dpi=60)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_that_an_empty_figure_is_written(tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    write_figure(figures.empty(), path, dpi=60)
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    ("name", "width", "dpi", "said"),
    [
        ("figure.jpg", 180, 300, "不支持「.jpg」格式的图"),
        ("figure", 180, 300, "不支持「figure」格式的图"),
        ("figure.png", 20, 300, "图宽 20 毫米不合适"),
        ("figure.png", 180, 5, "分辨率 5 不合适"),
    ],
)
def test_that_what_cannot_be_is_refused(
    tmp_path: Path, name: str, width: float, dpi: int, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        write_figure(figures.HARD["usual"], tmp_path / name, width, dpi)
    assert list(tmp_path.iterdir()) == []


def test_that_a_figure_without_chinese_is_written_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_files, "figure_font", lambda: Font("DejaVu Sans", "没有中文字体"))
    path = tmp_path / "figure.png"
    assert write_figure(figures.HARD["usual"], path, dpi=60) == "没有中文字体"
    assert path.exists()
