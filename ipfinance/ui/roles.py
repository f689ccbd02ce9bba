"""What a model tells a table besides text: the roles, and the tones of pills and banners."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt


class Role(IntEnum):
    """Data roles of the cells (the first block) and of the column headers (the second)."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the dataclass of the row
    SORT = Qt.ItemDataRole.UserRole + 2  # the raw value of the cell
    PILL = Qt.ItemDataRole.UserRole + 3  # Tone: draw the text as a pill; of a header: bool
    TOTAL = Qt.ItemDataRole.UserRole + 4  # bool: the row is a total, tinted and bold
    SOFT = Qt.ItemDataRole.UserRole + 5  # bool: secondary text, in grey
    FAULT = Qt.ItemDataRole.UserRole + 6  # Tone: tint the cell (DANGER, WARNING, OK)
    LINK = Qt.ItemDataRole.UserRole + 7  # bool: a double click opens what is behind it
    LOOK = Qt.ItemDataRole.UserRole + 8  # Look: all that a cell is painted by, in one answer

    KEY = Qt.ItemDataRole.UserRole + 21  # str: the column's name in the settings
    WIDTH = Qt.ItemDataRole.UserRole + 22  # int: pixels, unless the user chose another
    STRETCH = Qt.ItemDataRole.UserRole + 23  # int: share of the room that is left over
    GROUP = Qt.ItemDataRole.UserRole + 24  # str: heading over neighbouring columns
    HIDDEN = Qt.ItemDataRole.UserRole + 25  # bool: hidden until the user asks for it
    WORDS = Qt.ItemDataRole.UserRole + 26  # tuple[str, ...]: all that may stand in a cell
    LEAST = Qt.ItemDataRole.UserRole + 27  # int: pixels it may shrink to; 0: it keeps its width


class Tone(StrEnum):
    """What a colour says; never the only carrier of it."""

    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    DANGER = "danger"
    NEUTRAL = "neutral"

    @property
    def text(self) -> str:
        """The name of the colour of words in this tone."""
        return "accent_text" if self is Tone.INFO else f"{self.value}_text"

    @property
    def ground(self) -> str:
        """The name of the colour behind words in this tone."""
        return "tint" if self is Tone.INFO else f"{self.value}_ground"

    @property
    def line(self) -> str:
        """The name of the colour of a border in this tone."""
        named = {Tone.INFO: "accent", Tone.NEUTRAL: "line_strong"}
        return named.get(self, self.value)


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell is painted by: the roles of the same names, and the text.

    A table asks for this first, because each question costs a page of cells a millisecond; of a
    model that does not know it, it asks role by role.
    """

    text: str
    alignment: int
    soft: bool = False
    total: bool = False
    pill: Tone | None = None
    fault: Tone | None = None
