"""The workbook's sheet for machines: every figure on a line, one header row, nothing merged."""

from collections.abc import Sequence
from dataclasses import astuple, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from ipfinance.reports.workbook_styles import Styles, fitting_width, set_page
from ipfinance.statistics.presenting import LongRow, as_long
from ipfinance.statistics.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

COLUMNS = tuple(field.name for field in fields(LongRow))


def add_data_sheet(
    workbook: "Workbook", styles: Styles, name: str, tables: Sequence[Table], area_code: str
) -> None:
    """Add the long form of these tables; codes and days are text, money is in 元."""
    sheet = workbook.add_worksheet(name)
    set_page(sheet)
    sheet.repeat_rows(0)
    rows = [astuple(row) for table in tables for row in as_long(table, area_code)]
    text, number = styles["machine_text"], styles["machine_number"]
    for column, header in enumerate(COLUMNS):
        shown = [str(row[column]) for row in rows if row[column] is not None]
        sheet.set_column(column, column, fitting_width([header, *shown], least=8, most=40))
    if not rows:  # a table needs a row; the header alone says that there is nothing
        sheet.write_row(0, 0, COLUMNS, text)
        return
    sheet.add_table(
        *(0, 0, len(rows), len(COLUMNS) - 1),
        {
            "name": "figures",
            "columns": [{"header": header} for header in COLUMNS],
            "autofilter": False,
            "style": None,
        },
    )
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(at, column, float(value), number)
            elif isinstance(value, int):
                sheet.write_number(at, column, value, number)
            elif value is not None:
                sheet.write_string(at, column, value, text)
    sheet.ignore_errors({"number_stored_as_text": f"A1:O{len(rows) + 1}"})
