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
    """The colours of a figure, each ``#RRGGBB``.

    ``before`` fills what is compared with. ``heat`` are one hue from little to much in even
    steps of lightness, so that grey print and any eye keep their order; ``heat_text`` is
    written on each.
    """

    ground: str
    text: str
    soft: str
    rule: str
    base: str
    bar: str
    lines: tuple[LinePalette, ...]
    before: str
    heat: tuple[str, ...]
    heat_text: tuple[str, ...]


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
    before="#C3D2F3",
    heat=("#EAF0FC", "#C4D5F6", "#93B2EC", "#3A66CB", "#193576"),
    heat_text=("#1B2433", "#1B2433", "#1B2433", "#FFFFFF", "#FFFFFF"),
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
    before="#35466B",
    heat=("#232E42", "#2C4470", "#3A62AE", "#7BA3F0", "#C6D8FB"),
    heat_text=("#E6EAF1", "#E6EAF1", "#FFFFFF", "#10151D", "#10151D"),
)
