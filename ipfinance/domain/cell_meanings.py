"""What is written in the cells of a column, and what it means, worked out once.

A ledger writes the same dates, areas, lenders and amounts over and over.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from ipfinance.domain.cells import Cell
from ipfinance.domain.faults import Fault

Found = tuple[Any, Sequence[Fault]]
"""What something written means, and what is wrong with it."""

MOST_REMEMBERED = 100_000

# Types whose values mean the same whenever they are equal: 1, 1.0 and True are and do not.
_COMPARABLE = frozenset((str, float, date, datetime, type(None)))
_TEXT = frozenset((str, type(None)))


class Remembered(dict[Any, Found]):
    """By what is written in a cell, or in the cells of a row that are read together.

    ``work_out`` is asked for whatever is met for the first time.
    """

    def __init__(self, work_out: Callable[[Any], Found]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, written: Any) -> Found:
        found = self._work_out(written)
        # 0.0 and -0.0 are equal, and told apart in words.
        if written != 0 and len(self) < MOST_REMEMBERED:
            self[written] = found
        return found

    def of(self, column: Sequence[Cell]) -> list[Found]:
        """What each cell of a column means."""
        if _COMPARABLE.issuperset(map(type, column)):  # nearly every column
            return list(map(self.__getitem__, column))
        return [
            self[written] if type(written) in _COMPARABLE else self._work_out(written)
            for written in column
        ]

    def of_rows(self, *columns: Sequence[Cell]) -> list[Found]:
        """What the cells mean that stand beside each other in columns that are read together."""
        return [
            self[written] if are_texts(written) else self._work_out(written)
            for written in zip(*columns, strict=True)
        ]


def are_texts(written: Iterable[Cell]) -> bool:
    """Whether cells are texts or blank, which mean the same whenever they are equal."""
    return _TEXT.issuperset(map(type, written))


class Told(dict[int, list[Fault]]):
    """What is wrong with the cells of some rows, by the number of the row and in order."""

    def apart(self, found: Iterable[Found]) -> tuple[Any, ...]:
        """What was found in the rows without what is wrong, which is kept here."""
        meanings, faults = zip(*found, strict=True)
        if any(faults):
            for row, said in enumerate(faults):
                if said:
                    self.setdefault(row, []).extend(said)
        return meanings
