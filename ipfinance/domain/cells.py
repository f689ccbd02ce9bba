"""A cell as a form or a workbook gives it, and what it shows."""

from collections.abc import Sequence
from datetime import date

Cell = str | int | float | bool | date | Sequence[str] | None
"""A list stands where a form has the parts of a field already."""

SPREADSHEET_DIGITS = 15
"""What a number in a spreadsheet keeps; longer codes stored as numbers are damaged."""


def text_of(value: Cell) -> str:
    """What a cell shows, a whole number without its ``.0``."""
    if isinstance(value, str):  # first, because nearly every cell is
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**SPREADSHEET_DIGITS:
        return str(int(value))
    if isinstance(value, Sequence):
        return "；".join(value)
    return str(value)


def code_text(value: Cell) -> str:
    """A cell as text, a number that is a code spelled out.

    One beyond 15 digits is written as spreadsheets show it, 9.13301E+17, which is refused.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= 10**SPREADSHEET_DIGITS:
            return f"{float(value):E}"
        return f"{value:.{SPREADSHEET_DIGITS}g}"
    return text_of(value)
