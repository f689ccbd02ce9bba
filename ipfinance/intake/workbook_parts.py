"""What calamine does not tell of a workbook, read from the XML inside.

Of an xlsx: cells that show an error and formulas without a result (both arrive as blanks),
hidden rows and columns, and whether it would unfold beyond all measure. Of an ods: merged cells.
Looked for with regular expressions, because nearly every sheet has none of it and a search of
the bytes costs a tenth of reading them.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ipfinance.errors import UserError
from ipfinance.intake.refusals import MOST_CELLS, damaged, locked, too_vast
from ipfinance.language import tr

UNCALCULATED = "#公式 "
"""Stands before a formula that was saved without its result."""

# What fits into 500 MB of memory: a part is read whole.
_LARGEST_UNFOLDED = 350 * 2**20
_MOST_TEXT = 200 * 2**20

_TEXTS = "xl/sharedStrings.xml"
# Begins with letters, so that it is searched at the speed of looking for them.
_REFERENCE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<""")
_PIECE = 2**20

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<row\b(?P<row>[^>]*)>|<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>(.*?)</f>)", re.S)
_VALUE = re.compile(rb"<v\b[^>]*>(.*?)</v>|<is>", re.S)
_ROW = re.compile(rb"<row\b([^>]*)>")
_COLUMN = re.compile(rb"<col\b([^>]*)>")
# Cells beyond column Z or below a row, and any that do not begin with their place; nearly all
# are passed over at the first look.
_FAR = (
    r'<c(?! r="[A-Z](?:{near})")'
    r'(?: (?:r="[A-Z]{{1,3}}\d+"|(?!r=")[^>]*>)|[\t\n\r/>])'
)
_HAS_PLACE = re.compile(rb"<c[\t\n\r]|\sr\s*=")
_TAG = re.compile(
    rb"<(/?)(?:\w+:)?(worksheet|c|f|v|is|row|col)"
    rb"((?:\s+[\w:]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>"
)
_NEAR_COLUMN = re.compile(rb'<c r="([A-Z])\d')
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


_FROM_1904 = re.compile(
    rb'\bdate1904\s*=\s*"(?:1|true)"|null-date[^>]{0,80}date-value="1904-01-01"'
)
# Of an xls: the record that says so, and the one that always stands before it.
_RECORD_1904 = re.compile(rb"\x8d\x00\x02\x00..\x22\x00\x02\x00\x01\x00", re.S)


_ODS_TABLE = re.compile(rb"<table:table\s([^>]*)>")
_ODS_HIDDEN = re.compile(rb'<table:table-(row|column)\b[^>]*table:visibility="(?:collapse|filter)"')


class Merge(NamedTuple):
    """A merged range, rows and columns counted from 0, all four included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Extras:
    """``damaged``: what stands in cells without a value; ``remarks``: rule and sentence."""

    damaged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = ()


def xlsx_extras(data: bytes, called: str, heard: Callable[[], None]) -> dict[str, Extras]:
    """The extras of each sheet of an xlsx by its name; empty for any other kind of zip.

    ``heard`` is called before each sheet and may stop it by what it raises.

    Raises:
        UserError: when the file is broken, or far larger inside than a ledger can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNFOLDED:
                raise UserError(
                    tr(
                        "工作簿展开后超过 {megabytes} MB：{called}",
                        megabytes=_LARGEST_UNFOLDED >> 20,
                        called=called,
                    ),
                    tr("请只保留台账所在的工作表，拆分后再导入。"),
                )
            texts = _Texts(parts, called)
            told = {}
            for name, xml in _sheets(parts):
                heard()
                texts.refuse_endless(xml)
                told[name] = _extras(xml, called)
            return told
    except BROKEN as error:
        raise damaged(called) from error
    except RuntimeError as error:  # how zipfile says that a part is encrypted
        raise locked(called) from error


def counts_from_1904(data: bytes) -> bool:
    """Whether the day numbers of a workbook (xlsx, xls, ods) begin in 1904."""
    if not data.startswith(b"PK"):
        return _RECORD_1904.search(data) is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            here = {"xl/workbook.xml", "content.xml"} & set(parts.namelist())
            return any(_FROM_1904.search(_read(parts, name)) for name in here)
    except (*BROKEN, RuntimeError):
        return False  # the reader of the cells says what is wrong


def ods_extras(data: bytes) -> dict[str, Extras]:
    """What is hidden in each sheet of an ods."""
    content = ods_content(data)
    if b"table:visibility" not in content:
        return {}
    starts = list(_ODS_TABLE.finditer(content))
    ends = [found.start() for found in starts[1:]] + [len(content)]
    told = {}
    for found, end in zip(starts, ends, strict=True):
        hidden = {kind[1] for kind in _ODS_HIDDEN.finditer(content, found.end(), end)}
        remarks = []
        if b"row" in hidden:
            remarks.append(("rows_hidden", tr("有隐藏的行，照样读取")))
        if b"column" in hidden:
            remarks.append(("columns_hidden", tr("有隐藏的列，照样读取")))
        told[_attributes(found[1]).get("table:name", "")] = Extras(remarks=tuple(remarks))
    return told


def ods_content(data: bytes) -> bytearray:
    """The sheets of an ods, nothing for any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _read(parts, "content.xml") if "content.xml" in parts.namelist() else bytearray()
    except (*BROKEN, RuntimeError):
        return bytearray()  # the reader of the cells says what is wrong


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, bytearray]]:
    """The sheets by name; also, by a name that no sheet has, every other part that may be one."""
    names = set(parts.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {}
    for found in _RELATION.finditer(_read(parts, "xl/_rels/workbook.xml.rels")):
        about = _attributes(found[1])
        target = about.get("Target", "").lstrip("/")
        targets[about.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    for found in _SHEET.finditer(_read(parts, "xl/workbook.xml")):
        sheet = _attributes(found[1])
        relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        part = targets.get(relation, "")
        if part in names:
            names.discard(part)
            yield sheet.get("name", ""), _read(parts, part)
    for part in sorted(names - {_TEXTS}):
        if b"sheetData" in (xml := _read(parts, part)):
            yield f"\0{part}", xml


def _read(parts: zipfile.ZipFile, name: str) -> bytearray:
    """A part, never more of it than its directory says and never twice in memory."""
    made = bytearray(parts.getinfo(name).file_size)
    at = 0
    with parts.open(name) as part:
        while piece := part.read(_PIECE):
            if at + len(piece) > len(made):
                raise zipfile.BadZipFile(name)
            made[at : at + len(piece)] = piece
            at += len(piece)
    if at < len(made):
        raise zipfile.BadZipFile(name)
    return made


class _Texts:
    """The texts that cells of an xlsx refer to, by their lengths: a workbook that has too many,
    or refers to long ones so often that they would not fit, is refused."""

    def __init__(self, parts: zipfile.ZipFile, called: str) -> None:
        texts = _read(parts, _TEXTS) if _TEXTS in parts.namelist() else bytearray()
        self._called = called
        self._lengths = list(map(len, texts.split(b"</si>")))
        self._longest = max(self._lengths)
        self._unfolded = 0
        if texts.count(b"<si") > MOST_CELLS:
            raise self._endless()

    def refuse_endless(self, xml: bytearray) -> None:
        """Add what a sheet refers to, and refuse when it is too much."""
        # A reference is a value: nearly every workbook is done here.
        if xml.count(b"v>") * self._longest < _MOST_TEXT:
            return
        known = len(self._lengths)
        numbers = map(int, _REFERENCE.findall(xml))
        self._unfolded += sum(self._lengths[number] for number in numbers if number < known)
        if self._unfolded > _MOST_TEXT:
            raise self._endless()

    def _endless(self) -> UserError:
        return UserError(
            tr(
                "工作簿里的文字展开后超过 {megabytes} MB：{called}",
                megabytes=_MOST_TEXT >> 20,
                called=self._called,
            ),
            tr("请只保留台账所在的工作表，拆分后再导入。"),
        )


def _attributes(text: bytes | bytearray) -> dict[str, str]:
    return {
        key.decode(): html.unescape((one or other).decode("utf-8", "replace"))
        for key, one, other in _ATTRIBUTE.findall(text)
    }


def _extras(xml: bytearray, called: str) -> Extras:
    xml = _within_measure(xml, called)
    remarks = []
    if b"hidden=" in xml:
        rows = sum(1 for found in _ROW.finditer(xml) if _HIDDEN.search(found[1]))
        columns = sum(1 for found in _COLUMN.finditer(xml) if _HIDDEN.search(found[1]))
        if rows:
            remarks.append(("rows_hidden", tr("有 {count} 个隐藏的行，照样读取", count=rows)))
        if columns:
            remarks.append(("columns_hidden", tr("有隐藏的列，照样读取")))
    damaged: dict[tuple[int, int], str] = {}
    formulas = 0
    if b"<f" in xml or b't="e"' in xml:
        row, column = -1, -1
        for found in _CELL.finditer(xml):
            if found["row"] is not None:
                row, column = int(_attributes(found["row"]).get("r", row + 2)) - 1, -1
                continue
            about, inside = found[2], found[3] or b""
            formula, value = _FORMULA.search(inside), _VALUE.search(inside)
            formulas += formula is not None
            # A cell that does not say where it stands comes after the one before it.
            place = _place(_attributes(about).get("r", "")) or (row, column + 1)
            column = place[1]
            if b't="e"' in about:
                damaged[place] = _shown(value[1] if value else None) or "#错误"
            elif formula and value is None:
                damaged[place] = f"{UNCALCULATED}={_shown(formula[1])}"
    if formulas > len(damaged):
        remarks.append(
            (
                "formulas_read",
                tr("有 {count} 个单元格是公式，读取的是上次保存时的计算结果", count=formulas),
            )
        )
    return Extras(damaged, tuple(remarks))


def _within_measure(xml: bytearray, called: str) -> bytearray:
    """The sheet as nearly every program would write it, refused when its cells lie so far apart
    that all between them would not fit."""
    far, is_odd, has_placeless = _far_cells(xml)
    if is_odd:
        xml = bytearray(_TAG.sub(_rewritten, xml))
        far, _, has_placeless = _far_cells(xml)
    rows = max([_last_row(xml), xml.count(b"<row"), *(row + 1 for row, _ in far)])
    width = max((column + 1 for _, column in far), default=26)
    if rows * 26 > MOST_CELLS and width <= 26:
        near = set(_NEAR_COLUMN.findall(xml))
        width = max((_column(letters.decode()) + 1 for letters in near), default=1)
    if has_placeless:
        width = max(width, _most_in_a_row(xml))
    if rows * width > MOST_CELLS:
        raise too_vast(rows, width, called)
    return xml


def _last_row(xml: bytearray) -> int:
    last = _ROW.search(xml, max(xml.rfind(b"<row "), 0))
    return int(_attributes(last[1]).get("r", "1")) if last else 1


def _far_cells(xml: bytearray) -> tuple[list[tuple[int, int]], bool, bool]:
    """The places of cells beyond column Z or below the last row; whether the sheet is written
    otherwise than nearly all are; whether cells stand there that do not tell their place."""
    far = re.compile(_FAR.format(near=_up_to(_last_row(xml))).encode())
    found = {cell[0] for cell in far.finditer(xml)}
    places = {cell: _place(cell[6:-1].decode()) for cell in found if cell.startswith(b'<c r="')}
    others = found - places.keys()
    is_odd = b"<worksheet" not in xml[:5000] or any(map(_HAS_PLACE.search, others))
    return [place for place in places.values() if place], is_odd, bool(others)


def _most_in_a_row(xml: bytearray) -> int:
    most, start = 0, xml.find(b"<row")
    while start >= 0:
        end = xml.find(b"<row", start + 1)
        most = max(most, xml.count(b"<c", start, end if end >= 0 else len(xml)))
        start = end
    return most


def _up_to(number: int) -> str:
    """The pattern of all whole numbers that are not greater than this one."""
    digits = str(number)
    same_length = [
        f"{digits[:place]}[0-{int(digit) - 1}]" + r"\d" * (len(digits) - place - 1)
        for place, digit in enumerate(digits)
        if digit != "0"
    ]
    return "|".join([rf"\d{{0,{len(digits) - 1}}}", *same_length, digits])


def _rewritten(tag: re.Match[bytes]) -> bytes:
    """A tag without a prefix, its attributes in double quotes, the place first."""
    attributes = [(key, one or other) for key, one, other in _ATTRIBUTE.findall(tag[3])]
    attributes.sort(key=lambda attribute: attribute[0] != b"r")
    told = b"".join(
        b' %s="%s"' % (key, value.replace(b'"', b"&quot;")) for key, value in attributes
    )
    return b"<%s%s%s%s>" % (tag[1], tag[2], told, tag[4])


def _place(text: str) -> tuple[int, int] | None:
    found = _PLACE.fullmatch(text)
    return (int(found[2]) - 1, _column(found[1])) if found else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown(xml: bytes | None) -> str:
    return html.unescape((xml or b"").decode("utf-8", "replace"))[:200]
