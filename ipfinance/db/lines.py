"""Many short texts in memory as one, searched as a scan of the store would search them."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    # Of 32 or of 64 bits.
    Numbers = np.ndarray[tuple[int], np.dtype[np.signedinteger[Any]]]
    Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Text = np.ndarray[tuple[int], np.dtype[np.unsignedinteger[Any]]]

SEPARATOR = "\0"
"""Stands after each line; no text of the store holds it."""


class Lines:
    """Lines of text, each with the number of whom it belongs to; one may have several.

    The text is an array of characters: looking at all of them at once takes the same time for
    every query, however often it is found. Characters take one byte while all are Latin, else two.
    """

    def __init__(self, owners: "Numbers", joined: str) -> None:
        """``joined`` holds a line for each owner, each but the last ended by `SEPARATOR`."""
        self.owners: Numbers = owners.astype(np.int32)
        self._text = _as_array(joined + SEPARATOR if len(owners) else "")
        self._starts = _starts(self._text)
        assert len(self._starts) == len(owners), "a line holds the separator"

    def holding(self, text: str) -> "Numbers":
        """Who has a line that holds ``text``, as often as lines do; nobody holds no text."""
        wanted = self._wanted(text)
        if wanted is None:
            return self.owners[:0]
        places = np.flatnonzero(self._text == wanted[0])
        places = places[: np.searchsorted(places, len(self._text) - len(wanted), "right")]
        places = self._going_on(places, wanted)
        return self.owners[self._lines_of(places)]

    def beginning(self, text: str) -> "Numbers":
        """Who has a line that begins with ``text``."""
        wanted = self._wanted(text)
        if wanted is None:
            return self.owners[:0]
        # A separator ends the text, so what begins too late differs before it runs over the end.
        lines = np.flatnonzero(self._text[self._starts] == wanted[0])
        places = self._starts[lines]
        for further, character in enumerate(wanted[1:], 1):
            fits = self._text[np.minimum(places + further, len(self._text) - 1)] == character
            lines, places = lines[fits], places[fits]
        return self.owners[lines]

    def replace(self, gone: "Sequence[int]", owners: "Numbers", joined: str) -> None:
        """Other lines for some owners; the former ones stay in the text and belong to nobody."""
        self.owners[np.isin(self.owners, np.asarray(gone, np.int32))] = 0
        if not len(owners):
            return
        added = Lines(owners, joined)
        self._starts = np.concatenate((self._starts, added._starts + len(self._text)))
        self.owners = np.concatenate((self.owners, added.owners))
        self._text = np.concatenate((self._text, added._text))  # the wider of the two

    def _wanted(self, text: str) -> "Text | None":
        """The characters to look for; None when they cannot stand in any line."""
        if not text or SEPARATOR in text or not len(self._text):
            return None
        wanted = _as_array(text)
        return None if wanted.itemsize > self._text.itemsize else wanted

    def _going_on(self, places: "Numbers", wanted: "Text") -> "Numbers":
        for further, character in enumerate(wanted[1:], 1):
            if not len(places):
                break
            places = places[self._text[places + further] == character]
        return places

    def _lines_of(self, places: "Numbers") -> "Numbers":
        """In which line each place stands; both ascend."""
        return np.searchsorted(self._starts, places, "right") - 1


def _as_array(text: str) -> "Text":
    try:
        return np.frombuffer(text.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        # Half a character never looks like a whole one, so halves can be compared one by one.
        return np.frombuffer(text.encode("utf-16-le"), np.uint16)


def _starts(text: "Text") -> "Numbers":
    ends = np.flatnonzero(text == 0).astype(np.int32)
    return np.concatenate((np.zeros(1, np.int32), ends[:-1] + np.int32(1))) if len(ends) else ends
