"""Pasted text made plain for reading, each plain character knowing where it came from."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# What a web page leaves behind when it is copied: blanks and breaks written out.
_LEFTOVER = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|#160|#xa0);?|</?(?:br|p|div|td|tr|li)\s*/?>", re.I
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
# Read as a colon, a dash or nothing; NFKC leaves these as they are.
_LIKE = str.maketrans({"∶": ":", "ː": ":", "꞉": ":", "－": "-", "—": "-", "‐": "-", "−": "-"})
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")

BLANK = " \t\n\r\v\f"
SEPARATORS = f"{BLANK};,、。.:|"
"""Plain characters that say nothing where they stand between fields."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text after Unicode NFKC: ``text[i]`` came from ``source[starts[i]:ends[i]]``.

    Blanks of every kind are one space, or a line break or tab where they were one. A character
    that NFKC takes apart gives several plain ones, all from the same place.
    """

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the plain characters from ``start`` to ``end`` stand in the source."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def words(self, start: int, end: int) -> str:
        """What is written from ``start`` to ``end``: its own brackets, single blanks."""
        parts: list[str] = []
        at = start
        while at < end:
            begin, stop = self.starts[at], self.ends[at]
            same = at + 1
            while same < end and self.starts[same] == begin:
                same += 1
            written = self.source[begin:stop]
            # A leftover of the web page is no name; its meaning is.
            parts.append(written if len(written) == 1 else self.text[at:same])
            at = same
        return " ".join("".join(parts).split())


def make_plain(source: str) -> Plain:
    """The text in half width, with blanks, entities and fancy colons made simple."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(made: str, start: int, end: int) -> None:
        for letter in made:
            letters.append(letter)
            starts.append(start)
            ends.append(end)

    at = 0
    for found in _LEFTOVER.finditer(source):
        _add_plainly(source, at, found.start(), add)
        name = found[0].strip("&;").lower()
        meant = "\n" if found[0].startswith("<") else _ENTITIES.get(name, " ")
        add(meant, found.start(), found.end())
        at = found.end()
    _add_plainly(source, at, len(source), add)
    return Plain(source, "".join(letters), tuple(starts), tuple(ends))


def _add_plainly(source: str, start: int, end: int, add: Callable[[str, int, int], None]) -> None:
    for place in range(start, end):
        character = source[place]
        if character in "\t\n":
            add(character, place, place + 1)
        elif character in _INVISIBLE:
            continue
        elif character.isspace():
            # A carriage return stands before a line feed or, on old machines, for one.
            add("\n" if character in "\r\v\f\x85\u2028\u2029" else " ", place, place + 1)
        else:
            made = unicodedata.normalize("NFKC", character.translate(_LIKE))
            add("".join(" " if letter.isspace() else letter for letter in made), place, place + 1)
