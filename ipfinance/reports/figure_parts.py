"""What a figure that was laid out consists of: texts, rules, bars and lines, in points."""

from dataclasses import dataclass
from enum import StrEnum

from ipfinance.reports.figure_labels import Box, Track


class Tone(StrEnum):
    """What colour a text or rule has; those of series are told by their place instead."""

    TEXT = "text"
    SOFT = "soft"
    RULE = "rule"
    BASE = "base"


class At(StrEnum):
    """Which part of a text its place is."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, its bottom at ``y``.

    ``series`` colours it like a line, by number, ``level`` like what is written on a tile.
    """

    text: str
    x: float
    y: float
    size: float
    at: At = At.CENTER
    tone: Tone = Tone.TEXT
    bold: bool = False
    series: int | None = None
    is_label: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x0: float
    x1: float
    y: float
    tone: Tone = Tone.RULE
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A mark of the legend: the bars when ``series`` is None, else that line."""

    box: Box
    series: int | None


class Fill(StrEnum):
    """What a tile is filled with."""

    BAR = "bar"
    BEFORE = "before"
    HEAT = "heat"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Tile:
    """A filled rectangle: a bar of a chart, a cell of a heat table, a mark of their legend.

    ``level`` is the class of a heat table. The value it stands for is the one of the series
    ``key`` and the category ``index``; a mark of the legend has no key.
    """

    box: Box
    fill: Fill
    key: str = ""
    index: int = 0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is drawn, and the column of each category for the mouse."""

    width: float
    height: float
    plot: Box
    words: tuple[Words, ...]
    rules: tuple[Rule, ...] = ()
    samples: tuple[Sample, ...] = ()
    bars: tuple[Box, ...] = ()
    tracks: tuple[Track, ...] = ()
    columns: tuple[Box, ...] = ()
    radius: float = 0.0
    tiles: tuple[Tile, ...] = ()
