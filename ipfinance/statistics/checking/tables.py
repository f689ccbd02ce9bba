"""Finds tables in pasted text: lines of cells with tabs, commas, bars or blanks between them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ipfinance.statistics.checking.numbers import value_of

_CELL_NUMBER = re.compile(
    r"[-−－]?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(%|亿元?|万元?|元|家|件|项|笔|户|个|位)?"
)
_TOTAL = re.compile(r"合\s*计|总\s*计|共\s*计|全\s*省(?:合计)?|Total", re.IGNORECASE)
_SUBTOTAL = re.compile(r"小\s*计|Subtotal", re.IGNORECASE)
_GAPS = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), " ": re.compile(r" {2,}|\u3000+")}
_PROSE = re.compile(r"[。；;！？]")
_FEWEST_LINES = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the characters it takes in the text."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> str | None:
        """The digits of a cell that is a number, else None."""
        match = _CELL_NUMBER.fullmatch(self.text)
        return match[1] if match else None

    @property
    def number(self) -> Fraction | None:
        """The number as printed; what it is worth is for the column to say."""
        digits = self.digits
        if digits is None:
            return None
        return value_of(digits) * (-1 if self.text[0] in "-−－" else 1)

    @property
    def unit(self) -> str:
        match = _CELL_NUMBER.fullmatch(self.text)
        return (match[2] or "") if match else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; ``level`` is 0 for a row, 1 for 小计, 2 for 合计."""

    cells: tuple[Cell, ...]

    @property
    def level(self) -> int:
        words = [cell.text for cell in self.cells[:2] if cell.digits is None]
        for word in words:
            if _TOTAL.fullmatch(word.strip("：: ")) or word.strip("：: ").endswith("合计"):
                return 2
            if _SUBTOTAL.search(word):
                return 1
        return 0

    @property
    def label(self) -> str:
        """The first cell that is no number."""
        return next((cell.text for cell in self.cells if cell.text and cell.digits is None), "")

    @property
    def has_numbers(self) -> bool:
        return any(cell.digits is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it stands, its head lines, its rows, and the words of the line above it."""

    start: int
    end: int
    heads: tuple[Line, ...]
    rows: tuple[Line, ...]
    title: str

    def head(self, column: int) -> str:
        """The words over a column, of all head lines."""
        words = [line.cells[column].text for line in self.heads if column < len(line.cells)]
        return " ".join(filter(None, words))

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in (*self.heads, *self.rows)), default=0)


def find_tables(text: str) -> list[Table]:
    """The tables of a text, in their order."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line.rstrip("\r")))
        at += len(line) + 1
    found: list[Table] = []
    index = 0
    while index < len(lines):
        sort = _sort(lines[index][1])
        last = index
        while sort and last < len(lines) and _sort(lines[last][1]) == sort:
            last += 1
        if sort and last - index >= _FEWEST_LINES:
            title = "\n".join(line for _, line in lines[max(0, index - 3) : index])
            table = _table(lines[index:last], sort, title)
            if table is not None:
                found.append(table)
            index = last
        else:
            index += 1
    return found


def _sort(line: str) -> str:
    """What separates the cells of a line; "" for a line of words."""
    if "\t" in line:
        return "\t"
    if line.count("|") > 1:
        return "|"
    if _PROSE.search(line):
        return ""
    if "," in line and not re.search(r",\s", line.strip()):
        return ","
    stripped = line.strip()
    if _GAPS[" "].search(stripped):
        return " "
    # 1 示例甲公司 24998: single blanks, when the line ends in a number.
    parts = stripped.split(" ")
    if 2 <= len(parts) <= 12 and _CELL_NUMBER.fullmatch(parts[-1]) and len(stripped) < 120:
        return " " if "，" not in stripped else ""
    return ""


def _table(lines: list[tuple[int, str]], sort: str, title: str) -> Table | None:
    parsed = [Line(tuple(_cells(start, line, sort))) for start, line in lines]
    parsed = [line for line in parsed if any(cell.text.strip("-: ") for cell in line.cells)]
    width = max((len(line.cells) for line in parsed), default=0)
    parsed = [_to_the_right(line, width) for line in parsed]
    first = next((at for at, line in enumerate(parsed) if _is_row(line)), len(parsed))
    heads, rows = tuple(parsed[:first]), tuple(parsed[first:])
    if len(rows) < _FEWEST_LINES or not all(line.has_numbers for line in rows[:_FEWEST_LINES]):
        return None
    end = lines[-1][0] + len(lines[-1][1])
    return Table(lines[0][0], end, heads, rows, title)


def _to_the_right(line: Line, width: int) -> Line:
    """A total that has fewer cells than its rows, with its numbers under theirs."""
    if not line.level or len(line.cells) >= width:
        return line
    label, rest = line.cells[:1], line.cells[1:]
    blank = Cell("", label[0].end, label[0].end)
    return Line((*label, *[blank] * (width - len(line.cells)), *rest))


def _is_row(line: Line) -> bool:
    """A row has numbers that are more than years in a head."""
    numbers = [cell for cell in line.cells if cell.digits is not None]
    words = [cell for cell in line.cells if cell.digits is None and cell.text]
    years = [cell for cell in numbers if re.fullmatch(r"(?:19|20)\d{2}", cell.text)]
    if not numbers or (len(years) == len(numbers) and len(numbers) > 1):
        return False
    return bool(words) or len(numbers) > 1


def _cells(start: int, line: str, sort: str) -> Iterator[Cell]:
    if sort == ",":
        yield from _of_csv(start, line)
        return
    gap = _GAPS[sort]
    if sort == " " and not gap.search(line.strip()):
        gap = re.compile(" ")
    at = len(line) - len(line.lstrip()) if sort == " " else 0
    body = line.rstrip() if sort == " " else line
    if sort == "|":
        at += 1 if body.startswith("|") else 0
        body = body.removesuffix("|")
    while at <= len(body):
        match = gap.search(body, at)
        end = match.start() if match else len(body)
        yield _trimmed(start, line, at, end)
        if match is None:
            return
        at = match.end()


def _of_csv(start: int, line: str) -> Iterator[Cell]:
    """The fields of a line of CSV, each found again where it stands."""
    at = 0
    for value in next(csv.reader([line]), []):
        place = line.find(value, at)
        end = place + len(value)
        yield _trimmed(start, line, place, end)
        at = end


def _trimmed(start: int, line: str, at: int, end: int) -> Cell:
    while at < end and line[at].isspace():
        at += 1
    while end > at and line[end - 1].isspace():
        end -= 1
    return Cell(line[at:end], start + at, start + end)
