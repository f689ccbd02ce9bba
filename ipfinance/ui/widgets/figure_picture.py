"""Draws a figure as pixels off the window's thread: matplotlib is only ever used in the worker.

A canvas of matplotlib's own would draw in the window's thread, a tenth of a second at each change
of size, and at the same time as an export in the worker; a picture does neither.
"""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from ipfinance.language import for_files
from ipfinance.progress import Progress
from ipfinance.reports.figure_chart import Drawable
from ipfinance.reports.figure_drawing import HitMap, draw, quiet_about_glyphs
from ipfinance.reports.figure_palettes import DARK, LIGHT

_POINTS_IN_INCH = 72
_MM_IN_INCH = 25.4
_SCREEN_TEXT = 13.0  # points, that is logical pixels
PRINT_MM, PRINT_DPI = 180, 300
_PRINT_SHAPE = 0.62  # as in files
_PRINT_TEXT = 8.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of four bytes each (red, green, blue, alpha), and where the marks are."""

    spec: Drawable
    pixels: bytes
    width: int
    height: int
    dots_per_inch: float
    hits: HitMap


@dataclass(frozen=True, slots=True)
class ForScreen:
    """A picture of so many logical pixels for a screen with `ratio` dots to each."""

    spec: Drawable
    width: int
    height: int
    ratio: float
    dark: bool

    def make(self, _progress: Progress) -> Picture:
        """For a job."""
        # A point is a logical pixel, so that text is as large as in the rest of the window.
        inches = (self.width / _POINTS_IN_INCH, self.height / _POINTS_IN_INCH)
        return _picture(self.spec, inches, _POINTS_IN_INCH * self.ratio, _SCREEN_TEXT, self.dark)


@dataclass(frozen=True, slots=True)
class ForPrint:
    """A picture at print size, in the light colours of paper, to paste into a document."""

    spec: Drawable

    def make(self, _progress: Progress) -> Picture:
        """For a job."""
        width = PRINT_MM / _MM_IN_INCH
        size = (width, width * _PRINT_SHAPE)
        with for_files():
            return _picture(self.spec, size, PRINT_DPI, _PRINT_TEXT, False)


def image_of(picture: Picture) -> QImage:
    """The picture as Qt has it, knowing its size on paper."""
    image = QImage(
        picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBA8888
    ).copy()  # Qt does not keep the bytes alive
    dots = round(picture.dots_per_inch / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def _picture(
    spec: Drawable, inches: tuple[float, float], dots: float, text: float, dark: bool
) -> Picture:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"axes.unicode_minus": False}), quiet_about_glyphs():
        figure = Figure(figsize=inches, dpi=dots)
        canvas = FigureCanvasAgg(figure)
        hits = draw(spec, figure, DARK if dark else LIGHT, text)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        width, height = canvas.get_width_height()
        return Picture(spec, pixels, width, height, dots, hits)
