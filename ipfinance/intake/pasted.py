"""A block of a worksheet that was pasted: which registrations its rows are, field by field."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipfinance.domain.fields import BY_KEY, FIELDS
from ipfinance.domain.money import MoneyError, Unit, parse_fen, plain_wan
from ipfinance.domain.words import kind_of
from ipfinance.intake.columns import MONEY_KEYS, Header, header_at
from ipfinance.intake.sheets import Sheet

Texts = Mapping[str, str]
"""What a row says of each field that it fills, amounts in the unit of the form."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted: ``rows`` by field, ``unknown`` the labels of columns that are no field.

    ``grid`` is the block with a head, as an import reads it.
    """

    rows: tuple[Texts, ...]
    unknown: tuple[str, ...]
    grid: tuple[tuple[str, ...], ...]


def read_block(text: str) -> Pasted | None:
    """The registrations of a pasted block; None when it is not known what its columns are.

    They are known by a head that was pasted along, else by the order of the ledger's columns
    when the first one holds the kind of pledge.
    """
    grid = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text), delimiter="\t")
        if any(cell.strip() for cell in row)
    ]
    width = max((len(row) for row in grid), default=0)
    if width < 2:
        return None
    grid = [row + [""] * (width - len(row)) for row in grid]
    header = header_at(Sheet("粘贴", [list(row) for row in grid]), 0)
    if header is not None:
        below = grid[header.last + 1 :]
        rows = [_by_header(row, header) for row in below]
        return _pasted(rows, header.unmatched, grid) if rows else None
    if width <= len(FIELDS) and all(kind_of(row[0]) for row in grid):
        head = [field.header for field in FIELDS[:width]]
        rows = [
            {field.key: cell for field, cell in zip(FIELDS, row, strict=False) if cell}
            for row in grid
        ]
        return _pasted(rows, (), [head, *grid])
    return None


def as_file(pasted: Pasted, folder: Path) -> Path:
    """Write the block into a folder as a file that an import can read."""
    path = folder / "粘贴的内容.tsv"
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter="\t").writerows(pasted.grid)
    return path


def _pasted(rows: Sequence[Texts], unknown: Sequence[str], grid: Sequence[Sequence[str]]) -> Pasted:
    return Pasted(tuple(rows), tuple(unknown), tuple(tuple(row) for row in grid))


def _by_header(row: Sequence[str], header: Header) -> Texts:
    texts: dict[str, str] = {}
    for column in header.columns:
        cell = row[column.index]
        if column.key is None or not cell:
            continue
        if column.key in MONEY_KEYS:
            cell = _in_own_unit(cell, column.unit, column.key)
        before = texts.get(column.key)
        # A ledger may keep the numbers of patents and of trademarks in columns of their own.
        texts[column.key] = cell if before is None else f"{before}；{cell}"
    return texts


def _in_own_unit(cell: str, unit: Unit | None, key: str) -> str:
    """An amount in the unit that the form shows; what is none, or has no unit, stays."""
    own = Unit(BY_KEY[key].unit)
    if unit is None or unit is own:
        return cell
    try:
        return plain_wan(parse_fen(cell, unit))
    except MoneyError:
        return cell
