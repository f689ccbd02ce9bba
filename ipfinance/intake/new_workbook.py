"""A new xlsx file that appears whole or not at all, with text that stays text."""

import contextlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from ipfinance.saving import whole_file

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32767
_LONGEST_NAME = 31
_LINE, _HIGHEST = 15.0, 300.0
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@contextlib.contextmanager
def new_workbook(target: Path) -> Iterator["Workbook"]:
    """A workbook to fill; written beside the target and moved onto it when all went well.

    Raises:
        UserError: when the target cannot be written; it is left as it was.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with whole_file(target) as beside:
        book = Workbook(
            str(beside),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        try:
            yield book
            book.close()
        except FileCreateError as error:
            cause = error.args[0]
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
        finally:
            # An unclosed book would complain when it is collected.
            book.fileclosed = True


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has, as near to the wanted one as can be."""
    name = wanted.translate(_NOT_IN_NAMES).strip("' ")[:_LONGEST_NAME] or "Sheet"
    number = 2
    free = name
    while free.casefold() in taken:
        tail = f" ({number})"
        free = name[: _LONGEST_NAME - len(tail)] + tail
        number += 1
    taken.add(free.casefold())
    return free


def write_cell(
    sheet: "Worksheet", row: int, column: int, value: object, style: "Format | None" = None
) -> None:
    """Write a value as what it is; text is never taken for a formula, a number or a link."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float) and isfinite(value):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        sheet.write_datetime(row, column, moment, style)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_TEXT], style)


def width_of(text: str) -> int:
    """The width of a text in characters, a Chinese one counting as two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points of a row whose wrapped texts have these widths to stand in."""
    lines = [
        sum(max(ceil(width_of(line) / width), 1) for line in text.splitlines())
        for text, width in texts
    ]
    return min(_LINE * max(lines, default=1), _HIGHEST) + 2
