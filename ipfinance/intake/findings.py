"""Faults with the place they were found at, and where a registration stands in the files."""

from dataclasses import dataclass

from ipfinance.language import tr


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one registration, counted from 1 as spreadsheets do."""

    file: str
    sheet: str
    rows: tuple[int, ...]

    @property
    def said(self) -> str:
        """Sheet and rows: 台账 第 3—5 行."""
        first, last = self.rows[0], self.rows[-1]
        if first == last:
            return tr("{sheet} 第 {row} 行", sheet=self.sheet, row=first)
        return tr("{sheet} 第 {first}—{last} 行", sheet=self.sheet, first=first, last=last)

    def __str__(self) -> str:
        return self.said


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

    @property
    def where(self) -> str:
        """Sheet, row and column, as far as it has them: 台账 第 3 行「登记日期」."""
        place = self.sheet
        if self.row:
            place = tr("{sheet} 第 {row} 行", sheet=self.sheet, row=self.row)
        return tr("{place}「{column}」", place=place, column=self.column) if self.column else place

    def __str__(self) -> str:
        return tr("{place}：{said}", place=self.where, said=self.text)
