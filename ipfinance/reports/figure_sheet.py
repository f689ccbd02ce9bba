"""The page that a figure is laid out on: its title, foot, names and ticks, in points."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ipfinance.reports.figure_parts import At, Rule, Sample, Tone, Words
from ipfinance.reports.figure_scale import Scale

Measure = Callable[[str, float, bool], float]
"""Width in points of a text at a size, bold or not."""

LINE_HEIGHT = 1.12
# A word is not broken, Chinese anywhere.
_PIECES = re.compile(r"[!-~]+ ?|.", re.S)
_SMALLEST_NAME = 0.75  # of the text's size; a longer name is broken into lines


class Sheet:
    """What all layouts put on a page of ``width`` by ``height`` with text of ``size``."""

    def __init__(self, width: float, height: float, size: float, measure: Measure) -> None:
        self._width = width
        self._height = height
        self._size = size
        self._measure = measure
        self._words: list[Words] = []
        self._rules: list[Rule] = []
        self._samples: list[Sample] = []

    def _title(self, title: str, top: float) -> float:
        """Put the title; where the space below it begins."""
        size = self._size * 1.4
        wide = self._wide(title, size, bold=True)
        size *= min(1.0, (self._width - 2 * self._size) / wide)
        bottom = top - size * LINE_HEIGHT
        self._words.append(Words(title, self._width / 2, bottom, size, bold=True))
        return bottom

    def _source(self, text: str, bottom: float) -> float:
        """Put the source and the notes at the foot; where the space above them begins."""
        size = self._size * 0.88
        for line in reversed(self._wrapped(text, size, self._width - 2 * self._size)):
            self._words.append(Words(line, self._size, bottom, size, At.LEFT, Tone.SOFT))
            bottom += size * 1.35
        return bottom + self._size * 0.6

    def _wrapped(self, text: str, size: float, width: float) -> list[str]:
        lines = [""]
        for piece in _PIECES.findall(text):
            # Punctuation may hang over the edge, as it does in print.
            fits = self._wide(lines[-1] + piece.rstrip(), size) <= width or piece in "。，、）"
            lines[-1:] = [lines[-1] + piece] if fits else [lines[-1], piece]
        return lines

    def _names(self, names: Sequence[str], x: float, slot: float, bottom: float) -> float:
        """Put the categories' names, all of them; where the plot above them begins.

        One that is too long for its place is written smaller, or broken into lines.
        """
        longest = max(self._wide(name, 1.0) for name in names)
        size = min(self._size, (slot - 1) / longest)
        parts = 1
        if size < self._size * _SMALLEST_NAME:
            size = self._size * _SMALLEST_NAME
            parts = max(1, -int(-longest * size // max(slot - 1, size)))
        top = bottom + parts * self._size * LINE_HEIGHT
        for index, name in enumerate(names):
            length = -(-len(name) // parts)
            for line, at in enumerate(range(0, len(name), length), start=1):
                y = top - line * size * LINE_HEIGHT
                self._words.append(Words(name[at : at + length], x + slot * (index + 0.5), y, size))
        return top + 3

    def _ticks(
        self, scale: Scale, start: float, end: float, size: float
    ) -> list[tuple[Decimal, str, float]]:
        """The ticks with their texts and heights; only the ends where all would be too close."""
        ticks = [
            (tick, text, start + float(tick / scale.top) * (end - start))
            for tick, text in zip(scale.ticks, scale.texts, strict=True)
        ]
        is_close = (end - start) / (len(ticks) - 1) < size * LINE_HEIGHT
        return [ticks[0], ticks[-1]] if is_close else ticks

    def _tick(self, text: str, x: float, middle: float, size: float, at: At) -> None:
        self._words.append(Words(text, x, middle - size * 0.58, size, at, Tone.SOFT))

    def _wide(self, text: str, size: float, bold: bool = False) -> float:
        return self._measure(text, size, bold)

    def _say(self, text: str, x: float, y: float, times: float, tone: Tone) -> None:
        self._words.append(Words(text, x, y, self._size * times, tone=tone))
