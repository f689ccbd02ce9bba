"""The table that a person has chosen and sees, as a sheet of the workbook: 自选表."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from ipfinance.domain.money import IN_WAN, Scale
from ipfinance.language import in_chinese
from ipfinance.reports.workbook_styles import Styles, fitting_width, height_for, set_page
from ipfinance.statistics.chosen import Cell
from ipfinance.statistics.claims import Comparison, Value
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.presenting import NONE, unknown_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST = 20  # columns that can still be read on one page
_PERCENTS = (
    *(Comparison.YEAR_ON_YEAR, Comparison.CHAIN),
    *(Comparison.SHARE_OF_PROVINCE, Comparison.SHARE_OF_NATION),
    *(Comparison.ANNUAL_GROWTH, Comparison.COMPLETION),
)
_POINTS = (Comparison.POINTS, Comparison.CHAIN_POINTS, Comparison.AHEAD_OF_NATION)
_COUNTS = (Comparison.RANK, Comparison.YEARS_FIRST, Comparison.YEARS_GROWING)
_YES_OR_NO = (Comparison.RECORD, Comparison.FIRST_ABOVE)


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column; its group is the heading over it and its neighbours, blank for none."""

    group: str
    title: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line; what names it, and a figure for each column, None where there is no cell."""

    names: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it is shown; ``names`` head the columns that name a line, ``scale`` is what its
    amounts are in."""

    title: str
    unit: str
    names: tuple[str, ...]
    columns: tuple[ShownColumn, ...]
    lines: tuple[ShownLine, ...]
    notes: tuple[str, ...]
    scale: Scale = IN_WAN


def add_shown_sheet(workbook: "Workbook", styles: Styles, name: str, shown: ShownTable) -> None:
    """Write the table with exact values, title, unit and notes; the head is repeated in print."""
    shown = _in_chinese(shown)
    sheet = workbook.add_worksheet(name)
    first = len(shown.names)
    last = first + len(shown.columns) - 1
    set_page(sheet, 1 if last <= _WIDEST else 0)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, "", styles["title"])
    sheet.write_string(0, 0, shown.title, styles["title"])
    if shown.unit:
        sheet.merge_range(1, 0, 1, last, "", styles["right"])
        sheet.write_string(1, 0, shown.unit, styles["right"])
    _write_heads(sheet, styles, shown, first)
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(4, first)
    widths = [fitting_width([head, *(line.names[at] for line in shown.lines)], least=9)
              for at, head in enumerate(shown.names)]  # fmt: skip
    for at, (column, least) in enumerate(zip(shown.columns, _least(shown.columns), strict=True)):
        texts = [_printed(line.cells[at], shown.scale) for line in shown.lines]
        widths.append(fitting_width([column.title, *texts], least=least))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    row = 4
    for line in shown.lines:
        total = ("total",) if line.is_total else ()
        for at, words in enumerate(line.names):
            sheet.write_string(row, at, words, styles[("cell", *total)])
        for at, cell in enumerate(line.cells, first):
            number, look = number_of(cell, shown.scale)
            if isinstance(number, str):
                sheet.write_string(row, at, number, styles[("count", *total)])
            else:
                sheet.write_number(row, at, number, styles[(look, *total)])
        row += 1
    for note in shown.notes:
        sheet.merge_range(row, 0, row, last, "", styles["note"])
        sheet.write_string(row, 0, note, styles["note"])
        sheet.set_row(row, height_for(note, sum(widths), 9))
        row += 1


def _least(columns: Sequence[ShownColumn]) -> list[int]:
    """Widths with which the columns of a group are together as wide as the one line over them."""
    widths: list[int] = []
    for group, run in groupby(columns, lambda column: column.group):
        count = len(list(run))
        widths += [max(9, ceil(fitting_width([group]) / count))] * count
    return widths


def _in_chinese(shown: ShownTable) -> ShownTable:
    """The table with the words of files, whatever language it is seen in."""
    return ShownTable(
        in_chinese(shown.title),
        in_chinese(shown.unit),
        tuple(map(in_chinese, shown.names)),
        tuple(ShownColumn(in_chinese(one.group), in_chinese(one.title)) for one in shown.columns),
        tuple(replace(one, names=tuple(map(in_chinese, one.names))) for one in shown.lines),
        tuple(map(in_chinese, shown.notes)),
        shown.scale,
    )


def number_of(cell: Cell | None, scale: Scale) -> tuple[float | str, str]:
    """The exact number of a cell in its unit and how it looks; words where it has no number."""
    if cell is None:
        return "", "count"
    value = cell.value
    if value.value is None:
        is_unknown = cell.is_unknown and value.comparison is Comparison.LEVEL
        return unknown_text() if is_unknown else NONE, "count"
    number = Fraction(value.value)
    if value.comparison in _YES_OR_NO:
        return "是" if number else "否", "count"
    if value.comparison in _POINTS:
        return float(number * 100), "points"
    return _measured(value, number, scale)


def _measured(value: Value, number: Fraction, scale: Scale) -> tuple[float, str]:
    if value.comparison in _COUNTS:
        return float(number), "count"
    if value.comparison in _PERCENTS or value.indicator.form is Form.RATE:
        return float(number), "percent"
    if value.indicator.form is Form.MONEY:
        signed = value.comparison is Comparison.INCREMENT
        look = f"amount_signed_{scale.decimals}" if signed else f"amount_{scale.decimals}"
        return float(number / scale.unit.fen), look
    return float(number), "count"


def _write_heads(sheet: "Worksheet", styles: Styles, shown: ShownTable, first: int) -> None:
    """Two lines of heads; a group spans its columns, what has no group is tall."""
    head = styles["header"]

    def put(top: int, left: int, bottom: int, right: int, words: str) -> None:
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", head)
        sheet.write_string(top, left, words, head)

    for at, words in enumerate(shown.names):
        put(2, at, 3, at, words)
    at = 0
    while at < len(shown.columns):
        group, end = shown.columns[at].group, at
        if not group:
            put(2, first + at, 3, first + at, shown.columns[at].title)
            at += 1
            continue
        while end < len(shown.columns) and shown.columns[end].group == group:
            put(3, first + end, 3, first + end, shown.columns[end].title)
            end += 1
        put(2, first + at, 2, first + end - 1, group)
        at = end


def _printed(cell: Cell | None, scale: Scale) -> str:
    """About what the cell shows, for its width."""
    number, look = number_of(cell, scale)
    if isinstance(number, str):
        return number
    if look == "points":
        return f"{number:+,.1f}个百分点"
    return f"{number:,.1f}%  " if look == "percent" else f"{number:,.2f} "
