"""How workbooks look: fonts, colours, number formats, widths and the printed page."""

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ipfinance.saving import whole_file

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = "Microsoft YaHei"
# Each leaves a little room at the right edge (_ and a blank), for words too.
COUNT = "#,##0_ ;-#,##0_ ;0_ ;@_ "


def _amount(decimals: int) -> str:
    """What is more than nothing but rounds to it shows as …."""
    zero = f"{0:.{decimals}f}"
    return f'[>={0.5 / 10**decimals}]#,##{zero}_ ;[>0]"…"_ ;{zero}_ ;@_ '


def _amount_signed(decimals: int) -> str:
    """Of a change, which may be below nothing."""
    zero = f"{0:.{decimals}f}"
    return f"+#,##{zero}_ ;-#,##{zero}_ ;{zero}_ ;@_ "


AMOUNT = _amount(2)
AMOUNT_SIGNED = _amount_signed(2)
POINTS = '+#,##0.0"个百分点"_ ;-#,##0.0"个百分点"_ ;0.0_ ;@_ '
EXACT = "#,##0.00####_ "
PERCENT = "#,##0.0%_ ;-#,##0.0%_ ;0.0%_ ;@_ "
DATE = "yyyy-mm-dd"

# A line is not broken within a number or a word, nor before a closing mark.
_PIECES = re.compile(r"[!-~]+[；，。、）]?|.[；，。、）]?")
# How many columns of half width a unit of column width holds, by the size of the text.
_ROOM = {10: 0.97, 9: 1.08}
_LINE = {10: 15.0, 9: 13.5}
_TALLEST_ROW = 400.0
_DAY_ZERO = date(1899, 12, 30)

_INK = "#1B2433"
_SOFT = "#5A6577"
_EDGE = "#B8C0CC"
_HEADER = "#DCE6F5"
_TOTAL = "#F0F3F8"
_LINK = "#2458C6"

_BODY = {"font_size": 10, "valign": "vcenter"}
_CELL = {**_BODY, "border": 1}
_HEAD = {**_CELL, "bold": True, "bg_color": _HEADER, "align": "center", "text_wrap": True}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "heading": {"font_size": 12, "bold": True, "valign": "vcenter"},
    "period": {**_BODY, "font_size": 11, "align": "center"},
    "plain": _BODY,
    "right": {**_BODY, "align": "right"},
    "strong": {**_BODY, "bold": True},
    "small": {**_BODY, "font_size": 9},
    "note": {**_BODY, "font_size": 9, "valign": "top", "text_wrap": True},
    "soft": {**_BODY, "font_size": 9, "font_color": _SOFT},
    "header": _HEAD,
    "letter": {**_CELL, "align": "center", "font_size": 9, "font_color": _SOFT},
    "cell": {**_CELL, "indent": 1},
    "wrapped": {**_CELL, "indent": 1, "text_wrap": True},
    "center": {**_CELL, "align": "center"},
    "text_wrapped": {**_CELL, "num_format": "@", "text_wrap": True},
    "link": {**_CELL, "indent": 1, "font_color": _LINK, "underline": 1},
    "count": {**_CELL, "align": "right", "num_format": COUNT},
    "amount": {**_CELL, "align": "right", "num_format": AMOUNT},
    "amount_signed": {**_CELL, "align": "right", "num_format": AMOUNT_SIGNED},
    # What a person has chosen to see: the same with other decimals.
    **{
        f"amount_{places}": {**_CELL, "align": "right", "num_format": _amount(places)}
        for places in range(4)
    },
    **{
        f"amount_signed_{places}": {**_CELL, "align": "right", "num_format": _amount_signed(places)}
        for places in range(4)
    },
    "points": {**_CELL, "align": "right", "num_format": POINTS},
    "exact": {**_CELL, "align": "right", "num_format": EXACT},
    "percent": {**_CELL, "align": "right", "num_format": PERCENT},
    "rank": {**_CELL, "align": "center", "num_format": "0"},
    "date": {**_CELL, "align": "center", "num_format": DATE},
    "machine_text": {"font_size": 10, "num_format": "@"},
    "machine_number": {"font_size": 10, "num_format": "General"},
}


class Styles:
    """The formats of one workbook, made when first asked for: ``styles["count"]``.

    ``styles["count", "total"]`` is the same in a row of totals.
    """

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Format] = {}

    def __getitem__(self, asked: str | tuple[str, ...]) -> "Format":
        names = (asked,) if isinstance(asked, str) else asked
        if names not in self._made:
            look: dict[str, object] = {
                "font_name": FONT,
                "font_color": _INK,
                "border_color": _EDGE,
            }
            look |= _LOOKS[names[0]]
            if "total" in names[1:]:
                look |= {"bold": True, "bg_color": _TOTAL}
            self._made[names] = self._workbook.add_format(look)
        return self._made[names]


@contextlib.contextmanager
def new_workbook(path: Path) -> "Iterator[Workbook]":
    """A workbook that appears at ``path`` when everything was written.

    Raises:
        UserError: when the file cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with whole_file(path) as written, TemporaryDirectory() as scratch:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": scratch,
            # Column widths count digits of this font.
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        }
        workbook = Workbook(str(written), options)
        yield workbook
        try:
            workbook.close()
        except FileCreateError as error:
            cause = error.args[0]
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def day_number(day: date) -> int:
    """The number that a spreadsheet keeps for a day (from 1 March 1900 on)."""
    return (day - _DAY_ZERO).days


def text_width(text: str) -> int:
    """How many columns of half width a text takes, its widest line; a Chinese character two."""
    return max(
        sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        for line in text.split("\n")
    )


def fitting_width(texts: Iterable[str], least: int = 6, most: int = 60) -> int:
    """The width of a column that shows all of these texts, within reason."""
    return min(most, max(least, 2 + max((text_width(text) for text in texts), default=0)))


def height_for(text: str, width: float, size: int = 10) -> float:
    """The height of a row in points that shows all of a text in a column of this width."""
    room = width * _ROOM[size]
    lines = sum(_lines_needed(line, room) for line in text.split("\n"))
    return min(_TALLEST_ROW, _LINE[size] * lines + 3)


def _lines_needed(text: str, room: float) -> int:
    lines, taken = 1, 0
    for piece in _PIECES.findall(text):
        wide = text_width(piece)
        if taken and taken + wide > room:
            lines, taken = lines + 1, 0
        taken += wide
        lines, taken = lines + int((taken - 1) // room), taken if taken <= room else 0
    return lines


def set_page(sheet: "Worksheet", pages_wide: int = 1, pages_high: int = 0) -> None:
    """A4 landscape with page numbers at the foot, fitted to so many pages; 0 is not fitted."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.65)
    sheet.center_horizontally()
    if pages_wide:
        sheet.fit_to_pages(pages_wide, pages_high)
    sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.3})
