"""The page that a chart of a workbook stands on: one sheet of A4 across, its source beneath."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipfinance.reports.workbook_styles import FONT, Styles, set_page

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# In pixels of 96 to the inch, within the margins, with room for a line of source below.
WIDTH, HEIGHT = 1010, 620
_COLUMNS, _ROW_PIXELS = 16, 20


def set_chart_page(sheet: "Worksheet") -> None:
    """Make a sheet a bare page."""
    set_page(sheet, 1, 1)
    sheet.hide_gridlines(2)
    sheet.set_column(0, _COLUMNS - 1, 8.3)


def write_foot(
    sheet: "Worksheet", styles: Styles, lines: Sequence[str], shown: bool = True
) -> None:
    """Put source and notes under the chart; not ``shown`` where its picture has them already."""
    foot = -(-HEIGHT // _ROW_PIXELS) + 1
    # Told outright, because a row's usual height depends on the program that opens the file.
    for row in range(foot + len(lines)):
        sheet.set_row(row, _ROW_PIXELS * 0.75)
    if shown:
        for number, text in enumerate(lines):
            sheet.write_string(foot + number, 0, text, styles["soft"])
    sheet.print_area(0, 0, foot + len(lines) - 1, _COLUMNS - 1)


def chart_font(size: int, colour: str, is_bold: bool = False) -> dict[str, object]:
    """A font as charts want it told."""
    return {"name": FONT, "size": size, "color": colour, "bold": is_bold}
