"""The tables of an import and their columns: what each was taken for, how, and what it may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ipfinance.domain.cells import text_of
from ipfinance.domain.fields import FIELDS
from ipfinance.domain.money import Unit
from ipfinance.intake.choices import LEFT_OUT, By
from ipfinance.intake.columns import MONEY_KEYS, Header, with_unit
from ipfinance.intake.columns import Column as SheetColumn
from ipfinance.intake.found_tables import UnreadTable
from ipfinance.intake.importing import Plan
from ipfinance.intake.sheets import Sheet
from ipfinance.language import clauses, tr

_SAMPLES = 3
_LOOKED_AT = 60
_MOST_COLUMNS = 200  # each has editors of its own; a ledger has some thirty

FIELD_ENTRIES: tuple[tuple[str, str | None], ...] = (
    (tr(LEFT_OUT), None),
    *((field.label, field.key) for field in FIELDS),
)
"""What a column can be said to be: words and key."""
UNIT_ENTRIES: tuple[tuple[str, Unit | None], ...] = (
    (tr("单位未定"), None),
    *((unit.label, unit) for unit in Unit),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """One column of a ledger: its place from 0, what it is called, what it was taken for and how.

    ``samples`` are the first different cells under it; ``written`` is the unit of amounts that
    stands in its header or the 单位 line, ``unit`` the one that holds.
    """

    index: int
    label: str
    key: str | None
    by: By | None
    evidence: str
    samples: tuple[str, ...]
    written: str
    unit: Unit | None

    @property
    def letter(self) -> str:
        """The column as spreadsheets name it."""
        return letter_of(self.index)

    @property
    def how(self) -> str:
        """How it was matched, in a word or two."""
        return " ".join(filter(None, (self.by and self.by.label, self.evidence)))


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the files, read or not, with what is to be told of its columns."""

    name: str
    file: str
    shape: str
    columns: tuple[Recognised, ...]

    @property
    def is_remembered(self) -> bool:
        """Whether something in it was remembered from another time."""
        return any(column.by is By.REMEMBERED for column in self.columns)


def tables_of(plan: Plan) -> list[ShownTable]:
    """The tables of a plan, and after them the sheets that could not be read."""
    files = {table.file for table in plan.tables} | {table.file for table in plan.unread}
    several = len(files) > 1
    read = [
        _shown(table.file, table.sheet, table.header, several, table.unit) for table in plan.tables
    ]
    unread = [_shown(one.file, one.sheet, one.header, several, None) for one in plan.unread]
    return read + [replace(one, name=tr("{table}（未读取）", table=one.name)) for one in unread]


def tables_unread(tables: Sequence[UnreadTable]) -> list[ShownTable]:
    """The tables that could not be read because their columns are not known."""
    several = len({table.file for table in tables}) > 1
    return [_shown(table.file, table.sheet, table.header, several, None) for table in tables]


def letter_of(index: int) -> str:
    """The name of a column as spreadsheets show it: 0 → A, 27 → AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_money(key: str | None) -> bool:
    """Whether a field is an amount, which needs a unit."""
    return key in MONEY_KEYS


def _shown(file: str, sheet: Sheet, header: Header, several: bool, line: Unit | None) -> ShownTable:
    if not header.is_written:
        place = tr("没有表头，从第 {first} 行起")
    elif header.last > header.first:
        place = tr("表头在第 {first}—{last} 行")
    else:
        place = tr("表头在第 {first} 行")
    place = place.format(first=header.first + 1, last=header.last + 1)
    columns = tuple(
        recognised
        for at, column in enumerate(header.columns)
        if at < _MOST_COLUMNS or column.key
        if (recognised := _recognised(sheet, header, column, line)).label or recognised.samples
    )
    name = clauses((f"{file} · {sheet.name}" if several else sheet.name, place))
    return ShownTable(name, file, header.shape, columns)


def _recognised(sheet: Sheet, header: Header, column: SheetColumn, line: Unit | None) -> Recognised:
    stack = header.labels[column.index].split("/")
    bare = with_unit(SheetColumn(column.index, column.label, column.key), stack)
    written = str(bare.unit or "") or bare.strange_unit or str(line or "")
    return Recognised(
        column.index,
        column.label,
        column.key,
        column.by,
        column.evidence,
        _samples(sheet, header, column.index),
        written,
        (column.unit or line) if is_money(column.key) and not column.strange_unit else None,
    )


def _samples(sheet: Sheet, header: Header, index: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in sheet.rows[header.last + 1 : header.last + 1 + _LOOKED_AT]:
        text = " ".join(text_of(row[index]).split())
        if text:
            found[text] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)
