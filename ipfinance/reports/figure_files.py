"""Write a figure to a PNG, SVG or PDF file."""

from pathlib import Path

from ipfinance.errors import UserError
from ipfinance.language import for_files, tr
from ipfinance.reports.figure_chart import Drawable
from ipfinance.reports.figure_drawing import draw, quiet_about_glyphs
from ipfinance.reports.figure_fonts import figure_font
from ipfinance.reports.figure_palettes import LIGHT, Palette
from ipfinance.saving import whole_file

SUFFIXES = (".png", ".svg", ".pdf")

_MM_IN_INCH = 25.4
_HEIGHT = 0.62  # of the width
_NARROWEST_MM, _WIDEST_MM = 120, 600
_COARSEST_DPI, _FINEST_DPI = 50, 1200
# Text grows and shrinks with the figure, but not below what can be read in print.
_USUAL_WIDTH_MM, _USUAL_POINTS, _SMALLEST_POINTS = 180, 8.0, 6.0


def write_figure(
    spec: Drawable,
    path: Path,
    width_mm: float = 180,
    dpi: int = 300,
    palette: Palette = LIGHT,
) -> str:
    """Write the figure in the format that the file's suffix names.

    Returns what the clerk should know of the result (no Chinese font is installed), else "".

    Raises:
        UserError: for another suffix, an impossible size, or a file that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            tr("不支持「{suffix}」格式的图", suffix=path.suffix or path.name),
            tr("文件名请以 .png、.svg 或 .pdf 结尾。"),
        )
    if not _NARROWEST_MM <= width_mm <= _WIDEST_MM:
        raise UserError(
            tr("图宽 {width:g} 毫米不合适", width=width_mm),
            tr("请在 {least} 到 {most} 之间选择。", least=_NARROWEST_MM, most=_WIDEST_MM),
        )
    if not _COARSEST_DPI <= dpi <= _FINEST_DPI:
        raise UserError(
            tr("分辨率 {dpi} 不合适", dpi=dpi),
            tr("请在 {least} 到 {most} 之间选择。", least=_COARSEST_DPI, most=_FINEST_DPI),
        )

    import matplotlib
    from matplotlib.figure import Figure

    font = figure_font()
    # Whole pixels, and a hair more, because matplotlib cuts off instead of rounding.
    inches = (round(width_mm / _MM_IN_INCH * dpi) + 0.01) / dpi
    points = max(_SMALLEST_POINTS, _USUAL_POINTS * width_mm / _USUAL_WIDTH_MM)
    with (
        matplotlib.rc_context(),
        quiet_about_glyphs(),
        whole_file(path) as written,
        for_files(),
    ):
        matplotlib.rcParams["pdf.fonttype"] = 3
        matplotlib.rcParams["svg.fonttype"] = "path"
        matplotlib.rcParams["svg.hashsalt"] = "ipfinance"  # the same data make the same file
        figure = Figure(figsize=(inches, inches * _HEIGHT), dpi=dpi)
        draw(spec, figure, palette, points, font=font)
        figure.savefig(written, format=suffix[1:], dpi=dpi, metadata=_metadata(spec, suffix))
    return font.note


def _metadata(spec: Drawable, suffix: str) -> dict[str, str | None]:
    """What the file says of itself; never the time, so that equal figures are equal files."""
    if suffix == ".pdf":
        return {"Title": spec.title, "Subject": spec.alternative_text(), "CreationDate": None}
    if suffix == ".svg":
        return {"Title": spec.title, "Description": spec.alternative_text(), "Date": None}
    return {"Title": spec.title, "Description": spec.alternative_text()}
