"""Faults with the place they were found at, and where a registration stands in the files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one registration, counted from 1 as spreadsheets do."""

    file: str
    sheet: str
    rows: tuple[int, ...]

    def __str__(self) -> str:
        first, last = self.rows[0], self.rows[-1]
        return f"{self.sheet} 第 {first if first == last else f'{first}—{last}'} 行"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place in a file.

    ``row`` counts from 1 and is 0 for what concerns a sheet as a whole. ``column`` is the label
    as it stands in the file, ``field`` the key of the field catalogue, empty where there is none.
    An error keeps a registration out, a warning does not.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    rule: str
    text: str
    is_error: bool = True
    field: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape of the fixed contract."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "text": self.text,
        }

    def __str__(self) -> str:
        row = f" 第 {self.row} 行" if self.row else ""
        column = f"「{self.column}」" if self.column else ""
        return f"{self.sheet}{row}{column}：{self.text}"
