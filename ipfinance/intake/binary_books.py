"""How far the cells of an xls or xlsb reach, and what is hidden in an xls, told by its records.

The reader of the cells lays everything between the first and the last one out in memory: one
cell in the last corner of an xls would take a gigabyte. The dimensions that a file itself tells
may lie, so the records of the cells are gone through.
"""

import io
import struct
import zipfile
from collections.abc import Iterator

from ipfinance.intake.refusals import MOST_CELLS, too_vast
from ipfinance.intake.workbook_parts import BROKEN, Extras
from ipfinance.language import tr

_STREAMS = ("Workbook", "Book")  # of Excel 97 and later, and of 95

# Records of BIFF8, as MS-XLS numbers them. A cell begins with its row and column.
_SHEET_NAME, _BEGIN, _END, _ROW, _COLUMNS, _SEVERAL = 0x0085, 0x0809, 0x000A, 0x0208, 0x007D, 0x00BD
_CELLS = frozenset((0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, _SEVERAL))
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01

# Records of an xlsb, as MS-XLSB numbers them: a row, then the cells in it.
_BINARY_ROW, _BINARY_CELLS = 0, range(2, 12)
_BINARY_SHEET = "xl/worksheets/"


def xls_extras(data: bytes, called: str) -> dict[str, Extras]:
    """What is hidden in each sheet of an xls; empty when it is too broken to be gone through.

    Raises:
        UserError: when its cells lie so far apart that all between them would not fit.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            stream = next((name for name in _STREAMS if file.exists(name)), None)
            records = file.openstream(stream).read() if stream else b""
        return _xls_sheets(records, called)
    except (OSError, struct.error, IndexError, ValueError):
        return {}  # the reader of the cells says what is wrong


def refuse_far_xlsb(data: bytes, called: str) -> None:
    """Refuse an xlsb whose cells lie so far apart that all between them would not fit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                if part.startswith(_BINARY_SHEET) and part.endswith(".bin"):
                    _refuse_far_sheet(parts.read(part), called)
    except (*BROKEN, RuntimeError, IndexError, struct.error):
        return  # the reader of the cells says what is wrong


def _xls_sheets(records: bytes, called: str) -> dict[str, Extras]:
    names = {}
    for number, start, length in _records(records, 0):
        if number == _SHEET_NAME:
            [begins] = struct.unpack_from("<I", records, start)
            names[begins] = _name(records[start + 6 : start + length])
        elif number == _END:
            break
    return {name: _xls_sheet(records, begins, called) for begins, name in names.items()}


def _xls_sheet(records: bytes, begins: int, called: str) -> Extras:
    last_row = last_column = -1
    hidden_rows, has_hidden_columns, depth = 0, False, 0
    for number, start, length in _records(records, begins):
        if number in _CELLS:
            row, column = struct.unpack_from("<HH", records, start)
            if number == _SEVERAL:  # several numbers side by side; the last column stands last
                [column] = struct.unpack_from("<H", records, start + length - 2)
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif number == _ROW:
            hidden_rows += bool(records[start + 12] & _HIDDEN_ROW)
        elif number == _COLUMNS:
            has_hidden_columns |= bool(records[start + 8] & _HIDDEN_COLUMN)
        elif number == _BEGIN:
            depth += 1  # a chart within the sheet begins and ends within it
        elif number == _END:
            depth -= 1
            if depth <= 0:
                break
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise too_vast(last_row + 1, last_column + 1, called)
    remarks = []
    if hidden_rows:
        remarks.append(("rows_hidden", tr("有 {count} 个隐藏的行，照样读取", count=hidden_rows)))
    if has_hidden_columns:
        remarks.append(("columns_hidden", tr("有隐藏的列，照样读取")))
    return Extras(remarks=tuple(remarks))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, beginning and length of each record from a place on."""
    head = struct.Struct("<HH").unpack_from
    end = len(stream) - 3
    while at < end:
        number, length = head(stream, at)
        yield number, at + 4, length
        at += 4 + length


def _name(text: bytes) -> str:
    """A sheet's name as BIFF8 writes it: its length, whether two bytes a character, the text."""
    length, is_wide = text[0], text[1] & 1
    if is_wide:
        return text[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return text[2 : 2 + length].decode("latin-1")


def _refuse_far_sheet(records: bytes, called: str) -> None:
    at, row, last_row, last_column = 0, 0, -1, -1
    end = len(records)
    while at < end:
        number, at = _varying(records, at, 2)
        length, at = _varying(records, at, 4)
        if number == _BINARY_ROW:
            [row] = struct.unpack_from("<I", records, at)
        elif number in _BINARY_CELLS:
            [column] = struct.unpack_from("<I", records, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
        at += length
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise too_vast(last_row + 1, last_column + 1, called)


def _varying(records: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for place in range(most):
        byte = records[at + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, at + place + 1
    return number, at + most
