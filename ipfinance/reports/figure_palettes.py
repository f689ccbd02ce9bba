"""The colours of figures, for paper and the light theme and for the dark one.

Bars and lines differ in lightness, line style and marker as well as in hue, so that they can
be told apart in grey print and by those who do not see colours.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinePalette:
    """How one line is drawn: its colours, and its marker as matplotlib names it."""

    line: str
    text: str
    marker: str
    is_dashed: bool = False
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a figure, each ``#RRGGBB``."""

    ground: str
    text: str
    soft: str
    rule: str
    base: str
    bar: str
    lines: tuple[LinePalette, ...]


LIGHT = Palette(
    ground="#FFFFFF",
    text="#1B2433",
    soft="#5A6577",
    rule="#E2E6EC",
    base="#CBD2DC",
    bar="#3B6FDC",
    lines=(
        LinePalette("#D98A00", "#8A5000", "o"),
        LinePalette("#6B2C91", "#6B2C91", "D", is_dashed=True, is_hollow=True),
    ),
)
DARK = Palette(
    ground="#1C222C",
    text="#E6EAF1",
    soft="#A7B1C2",
    rule="#2D3644",
    base="#435066",
    bar="#5B8DEF",
    lines=(
        LinePalette("#F2B866", "#F2B866", "o"),
        LinePalette("#D3B0F5", "#D3B0F5", "D", is_dashed=True, is_hollow=True),
    ),
)
