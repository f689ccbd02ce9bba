"""Export the ledger itself, so that importing the file again changes nothing."""

import csv
from array import array
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, Sort, select
from ipfinance.domain.cells import SPREADSHEET_DIGITS
from ipfinance.domain.fields import FIELDS, Field, Form
from ipfinance.domain.money import plain_wan
from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.language import aloud, for_files, tr
from ipfinance.progress import Progress
from ipfinance.reports.ledger_cells import (
    AreaNames,
    LedgerCell,
    cells_of,
    in_parts,
    read_pledges,
)
from ipfinance.reports.row_stream import Number, RowCell, fill_rows
from ipfinance.reports.workbook_styles import DATE, FONT, new_workbook, set_page
from ipfinance.saving import whole_file

SUFFIXES = (".xlsx", ".csv")
SHEET = "台账"

_MOST_ROWS = 1_048_575  # of a sheet, below its header
_PAGES_WIDE = 3
_LONGEST_TEXT = 32_000  # of a cell


def export_ledger(
    store: Store, path: Path, today: date, progress: Progress, period: Period | None = None
) -> int:
    """Write every registration, or those registered in a period, in the order of their dates.

    Deleted ones are left out; those that no figure counts are not. For the rest see
    `write_ledger`.
    """
    wanted = Filter(start=period.start, end=period.end) if period else Filter()
    return write_ledger(store, path, wanted, today, progress=progress)


def write_ledger(
    store: Store,
    path: Path,
    wanted: Filter,
    today: date,
    sort: Sort = Sort.REGISTERED_ON,
    descending: bool = False,
    *,
    progress: Progress,
) -> int:
    """Write what a filter selects, in that order, to an xlsx or csv file; how many.

    Raises:
        UserError: for another suffix, too many for a sheet, or a file that cannot be written.
        Cancelled: when `progress` was cancelled; nothing is written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            tr("不支持「{suffix}」格式的台账", suffix=path.suffix or path.name),
            tr("文件名请以 .xlsx 或 .csv 结尾。"),
        )
    listing = select(store, wanted, today, sort, descending)
    write = _write_workbook if suffix == ".xlsx" else _write_csv
    areas = AreaNames(all_divisions(store))
    longest = _LONGEST_TEXT if suffix == ".xlsx" else None
    with store.read_once():
        write(path, lambda: _rows(store, listing.ids, progress, areas, longest))
    return len(listing)


Rows = Callable[[], Iterator[list[LedgerCell]]]


def _rows(
    store: Store,
    ids: "array[int]",
    progress: Progress,
    areas: AreaNames,
    longest: int | None,
) -> Iterator[list[LedgerCell]]:
    keys = [field.key for field in FIELDS]
    for pledge in read_pledges(store, ids, progress, aloud("写出台账")):
        for part in [pledge] if longest is None else in_parts(pledge, longest):
            cells = cells_of(part, areas)
            yield [cells[key] for key in keys]


def _write_csv(path: Path, rows: Rows) -> None:
    # With a byte order mark, without which a Chinese Excel takes UTF-8 for GBK.
    with (
        whole_file(path) as written,
        written.open("w", encoding="utf-8-sig", newline="") as file,
        for_files(),
    ):
        writer = csv.writer(file)
        writer.writerow([field.header for field in FIELDS])
        for row in rows():
            writer.writerow([_text(field, cell) for field, cell in zip(FIELDS, row, strict=True)])


def _text(field: Field, cell: LedgerCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int) and field.form is Form.MONEY:
        return plain_wan(cell)
    return str(cell)


def _write_workbook(path: Path, rows: Rows) -> None:
    with whole_file(path) as written, TemporaryDirectory() as scratch, for_files():
        template = Path(scratch) / "template.xlsx"
        _write_template(template)
        fill_rows(template, written, (_row(cells, number) for number, cells in enumerate(rows())))


def _write_template(path: Path) -> None:
    """Write the workbook with its header and one sample row of the columns' styles."""
    with new_workbook(path) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        # On one page the columns would be printed at a quarter of their size.
        set_page(sheet, pages_wide=_PAGES_WIDE)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        sheet.print_across()  # the parts of a line come one after the other
        sheet.freeze_panes(1, 2)
        plain = {"font_name": FONT, "font_size": 10}
        header = workbook.add_format({**plain, "bold": True, "bg_color": "#DCE6F5", "border": 1})
        formats = {
            "@": workbook.add_format({**plain, "num_format": "@"}),
            # To the right, where numbers go, it would touch the name in the next column.
            DATE: workbook.add_format({**plain, "num_format": DATE, "align": "center"}),
            "": workbook.add_format(plain),
        }
        for column, field in enumerate(FIELDS):
            style = formats[_NUMBER_FORMATS.get(field.form, "@")]
            # A column of codes is text to its foot, so that a code typed below stays one.
            sheet.set_column(column, column, field.width, style)
            sheet.write_string(0, column, field.header, header)
            sheet.write_blank(1, column, None, style)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_MOST_ROWS + 1}"})


_NUMBER_FORMATS = {Form.DATE: DATE, Form.MONEY: "", Form.COUNT: ""}


def _row(cells: list[LedgerCell], number: int) -> list[RowCell]:
    if number == _MOST_ROWS:
        raise UserError(
            aloud("台账超过一张工作表的 {most:,} 行", most=_MOST_ROWS),
            aloud("请按期间分开导出，或导出为 .csv。"),
        )
    return [
        _amount(cell) if isinstance(cell, int) and field.form is Form.MONEY else cell
        for field, cell in zip(FIELDS, cells, strict=True)
    ]


def _amount(fen: int) -> str:
    """The number of 万元, or its text when it has more digits than a cell's number keeps."""
    exact = plain_wan(fen)
    return exact if len(exact.replace(".", "")) > SPREADSHEET_DIGITS else Number(exact)
