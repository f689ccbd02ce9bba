"""Read a file into sheets of cells: xlsx, xlsm, xlsb, xls, ods by calamine, and delimited text.

What a file is, is told from its first bytes and not from its name. Merged cells hold downwards
from here on, and what calamine leaves blank without a word (cells showing an error, formulas
without a result) is put back so that nothing is lost in silence.
"""

import contextlib
import hashlib
import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from ipfinance.errors import UserError
from ipfinance.intake.binary_books import refuse_far_xlsb, xls_extras
from ipfinance.intake.refusals import MOST_CELLS, damaged, locked, too_vast
from ipfinance.intake.text_files import TEXT_SUFFIXES, read_text
from ipfinance.intake.workbook_parts import (
    Extras,
    Merge,
    counts_from_1904,
    ods_extras,
    ods_merges,
    xlsx_extras,
)
from ipfinance.language import tr

# What calamine gives: str, float, int, bool, date, datetime, time, timedelta; "" is blank.
Row = list[Any]

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_FILE = 300 * 2**20
_MOST_MERGED = 2_000_000
_OTHERWISE = (
    (b"%PDF", tr("这是 PDF")),
    (b"\x89PNG", tr("这是图片")),
    (b"\xff\xd8\xff", tr("这是图片")),
    (b"Rar!", tr("这是压缩包")),
    (b"7z\xbc\xaf", tr("这是压缩包")),
    (b"\x1f\x8b", tr("这是压缩包")),
    (b"SQLite format 3", tr("这是数据库")),
)
_SAVE_AS = tr("请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from A1, every row of the same length, blank cells ``""``.

    A cell without a value shows why: ``#REF!``, or ``#公式 =…`` for a formula that was never
    calculated. ``merged`` are the merged ranges, ``remarks`` pairs of a rule and a Chinese
    sentence about the sheet as a whole. ``from_1904``: its day numbers begin there.
    """

    name: str
    rows: list[Row]
    merged: tuple[Merge, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    from_1904: bool = False

    def across(self, row: int) -> Sequence[Merge]:
        """The ranges that are merged over several columns and reach into a row."""
        return self._across.get(row, ())

    @cached_property
    def _across(self) -> dict[int, list[Merge]]:
        found: dict[int, list[Merge]] = {}
        for merge in self.merged:
            if merge.right > merge.left < len(self.rows[0] if self.rows else ()):
                for row in range(merge.top, min(merge.bottom + 1, len(self.rows))):
                    found.setdefault(row, []).append(merge)
        return found


@dataclass(frozen=True, slots=True)
class Book:
    """One file as it was read; ``name`` is how messages call it."""

    path: Path
    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def read_book(path: Path, name: str | None = None) -> Book:
    """Read every sheet of a file.

    Raises:
        UserError: when the file is missing, locked, empty, encrypted, broken or no table.
    """
    called = name or path.name
    data = _bytes_of(path, called)
    if not data:
        raise UserError(tr("文件是空的：{called}", called=called), tr("请检查是否选错了文件。"))
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((_ZIP, _OLE)):
        return Book(path, called, digest, _workbook(data, called))
    for start, what in _OTHERWISE:
        if data.startswith(start):
            raise UserError(tr("{what}，不是工作簿：{called}", what=what, called=called), _SAVE_AS)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doc", b"<?xml")):
        raise UserError(tr("这是网页，不是工作簿：{called}", called=called), _SAVE_AS)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise UserError(
            tr("这不是工作簿：{called}", called=called),
            tr("能读取 xlsx、xls、ods 和 csv；如果它是逗号分隔的文本，请把扩展名改为 csv。"),
        )
    rows: list[Row] = read_text(data, called, path.suffix.lower())
    return Book(path, called, digest, (Sheet(path.stem, rows),))


def _bytes_of(path: Path, called: str) -> bytes:
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UserError(
                    tr("这不是普通文件：{called}", called=called), tr("请选择磁盘上的台账文件。")
                )
            _refuse_locked(file, called)
            if os.fstat(file.fileno()).st_size > _LARGEST_FILE:
                raise UserError(
                    tr("文件超过 300 MB：{called}", called=called), tr("请拆分后分批导入。")
                )
            return file.read()
    except FileNotFoundError:
        raise UserError(
            tr("找不到文件：{called}", called=called), tr("请检查文件名和文件夹。")
        ) from None
    except IsADirectoryError:
        raise UserError(
            tr("这是文件夹，不是文件：{called}", called=called), tr("请选择其中的文件。")
        ) from None
    except PermissionError as error:
        if path.is_dir():  # how Windows says it
            raise UserError(
                tr("这是文件夹，不是文件：{called}", called=called), tr("请选择其中的文件。")
            ) from error
        raise UserError(
            tr("无法读取文件：{called}", called=called),
            tr("文件正被 Excel 等程序占用或没有读取权限，请关闭它或检查权限后重试。"),
        ) from error
    except OSError as error:
        raise UserError(
            tr("无法读取文件：{called}", called=called), tr("请检查磁盘或网络位置后重试。")
        ) from error


def _refuse_locked(file: IO[bytes], called: str) -> None:
    """Where programs lock files by agreement only, ask; Windows refuses to open them at all."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(
            tr("文件正被其他程序占用：{called}", called=called), tr("请关闭后重试。")
        ) from None
    except OSError:
        return  # a file system without locks


def _workbook(data: bytes, called: str) -> tuple[Sheet, ...]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise locked(called)
    is_zip = data.startswith(_ZIP)
    extras = xlsx_extras(data, called) if is_zip else xls_extras(data, called)
    if is_zip and not extras:
        refuse_far_xlsb(data, called)
    sheets = []
    with _refused(called), _silent(), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        merges = ods_merges(data) if is_zip and not extras else {}
        extras = extras or (ods_extras(data) if is_zip else {})
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise too_vast(sheet.total_height, sheet.total_width, called)
            rows = sheet.to_python(skip_empty_area=False)
            merged = merges.get(about.name) or [
                Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()
            ]
            sheets.append(
                _sheet(
                    about.name,
                    rows,
                    tuple(merged),
                    extras.get(about.name, Extras()),
                    about.visible is not SheetVisibleEnum.Visible,
                )
            )
    if counts_from_1904(data):
        return tuple(replace(sheet, from_1904=True) for sheet in sheets)
    return tuple(sheets)


@contextlib.contextmanager
def _refused(called: str) -> Iterator[None]:
    """Turn what calamine says of a file into a sentence for the clerk."""
    from python_calamine import CalamineError, PasswordError, XmlError, ZipError

    try:
        yield
    except PasswordError as error:
        raise locked(called) from error
    except (ZipError, XmlError) as error:
        raise damaged(called) from error
    except CalamineError as error:
        raise UserError(tr("这不是工作簿，或已损坏：{called}", called=called), _SAVE_AS) from error
    except (UserError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # A panic of the reader is no Exception of Python's.
        if type(error).__name__ != "PanicException" and not isinstance(error, OSError | ValueError):
            raise
        raise damaged(called) from error


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep what the reader of workbooks prints when it fails in the middle off the terminal.

    It is written in another language and speaks to the file descriptor itself.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a window without a console has none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _sheet(
    name: str, rows: list[Row], merged: tuple[Merge, ...], extras: Extras, is_hidden: bool
) -> Sheet:
    for (row, column), text in extras.damaged.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    if sum(min(merge.bottom, len(rows)) - merge.top for merge in merged) > _MOST_MERGED:
        raise UserError(
            tr("工作表「{name}」的合并单元格过多", name=name),
            tr("请取消多余的合并，另存后再导入。"),
        )
    for merge in merged:
        held = rows[merge.top][merge.left] if _reaches(rows, merge) else ""
        if held != "":
            for below in rows[merge.top + 1 : merge.bottom + 1]:
                below[merge.left] = held
    remarks = list(extras.remarks)
    if is_hidden:
        remarks.insert(0, ("sheet_hidden", tr("工作表「{name}」是隐藏的，照样读取", name=name)))
    return Sheet(name, rows, merged, tuple(remarks))


def _reaches(rows: list[Row], merge: Merge) -> bool:
    return merge.bottom > merge.top < len(rows) and merge.left < len(rows[merge.top])
