"""Files made to do harm, and what is to be said of each; nothing where it may be read."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.intake.sheets_made import HEAD, cells, ledger, row, write_csv, write_xlsx

_SHEET = "xl/worksheets/sheet1.xml"
DATA = Path(__file__).parents[1] / "data"
GAZETTE = DATA / "gazette_notices.jsonl"


def sound(folder: Path) -> Path:
    return write_xlsx(folder / "sound.xlsx", ledger(cells(), cells()))


def _sharing(folder: Path) -> Path:
    """A sound workbook that keeps its texts in a part of their own."""
    path = folder / "sharing.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, values in enumerate(ledger(cells(registered_on="2019-03-05"))):
            sheet.write_row(number, 0, values)
    return path


def _with(folder: Path, name: str, **parts: Callable[[bytes], bytes]) -> Path:
    """A sound workbook with changed parts: ``sheet``, ``book`` or a new one."""
    names = {"sheet": _SHEET, "book": "xl/workbook.xml", "texts": "xl/sharedStrings.xml"}
    changes = {names.get(key, key): change for key, change in parts.items()}
    path = folder / name
    with (
        zipfile.ZipFile(sound(folder)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, changes.pop(each)(content) if each in changes else content)
        for each, change in changes.items():
            new.writestr(each, change(b""))
    return path


def _in_rows(text: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", text + b"</sheetData>")


def _streamed(folder: Path, name: str, part: str, before: bytes, piece: bytes, times: int) -> Path:
    """A sound workbook whose part repeats a piece very many times, never whole in memory."""
    path = folder / name
    with (
        zipfile.ZipFile(_sharing(folder)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for each in old.namelist():
            content = old.read(each)
            if each != part:
                new.writestr(each, content)
                continue
            head, _, tail = content.partition(before)
            with new.open(each, "w", force_zip64=True) as out:
                out.write(head)
                block = piece * (2**20 // len(piece))
                for _ in range(times):
                    out.write(block)
                out.write(before + tail)
    return path


def _ods(folder: Path, name: str, table: str, doctype: str = "") -> Path:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="t">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            "/>",
        )
    return path


_CELL = '<table:table-cell{0} office:value-type="string"><text:p>x</text:p></table:table-cell>'


def _xls_reaching(folder: Path, row: int, column: int) -> Path:
    """An old workbook whose last text stands elsewhere; what it says of its size stays small."""
    data = bytearray((DATA / "ledgers" / "city_report.xls").read_bytes())
    at = data.rfind(b"\xfd\x00\x0a\x00") + 4  # a cell with a shared text
    struct.pack_into("<HH", data, at, row, column)
    return written(folder, "far.xls", bytes(data))


def _record(number: int, content: bytes = b"") -> bytes:
    """A record of an xlsb: its number and length in seven bits a byte."""
    head = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    length = len(content)
    return head + bytes([length & 127 | 128, length >> 7]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb(folder: Path, *places: tuple[int, int]) -> Path:
    """A binary workbook with a number in each of these places."""
    sheet = [_record(129), _record(148, struct.pack("<4I", 0, 1, 0, 1)), _record(145)]
    for down, across in places:
        sheet.append(_record(0, struct.pack("<2I", down, 0) + bytes(17)))
        sheet.append(_record(5, struct.pack("<2Id", across, 0, 1.0)))
    sheet += [_record(146), _record(130)]
    bundle = struct.pack("<2I", 0, 1) + _wide("rId1") + _wide("t")
    book = [_record(131), _record(143), _record(156, bundle), _record(144), _record(132)]
    relations = (
        '<?xml version="1.0"?><Relationships'
        ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
        ' Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    path = folder / "far.xlsb"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/workbook.bin", b"".join(book))
        file.writestr("xl/_rels/workbook.bin.rels", relations)
        file.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
    return path


def _lying_zip(folder: Path) -> Path:
    """A zip whose directory says that the sheet is small."""
    path = _streamed(folder, "lying.xlsx", _SHEET, b"</sheetData>", b" " * 1024, 600)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    while True:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if bytes(data[at + 46 : at + 46 + length]) == _SHEET.encode():
            struct.pack_into("<I", data, at + 24, 1000)
            break
        at = data.rindex(b"PK\x01\x02", 0, at)
    path.write_bytes(data)
    return path


def _nested(folder: Path) -> Path:
    """A zip in a zip in a zip, as deep as it goes."""
    made = b"\0" * (20 * 2**20)
    for _ in range(5):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for place in range(8):
                file.writestr(f"{place}.zip", made)
        made = packed.getvalue()
    path = folder / "nested.xlsx"
    path.write_bytes(made)
    return path


_LAUGHS = (
    "<!DOCTYPE x ["
    '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    + "]>"
)


def _laughing(xml: bytes) -> bytes:
    head, _, rest = xml.partition(b"<worksheet")
    return head + _LAUGHS.encode() + b"<worksheet" + rest.replace(b"<v>", b"<v>&a11;", 1)


def _entities_of_files(xml: bytes) -> bytes:
    head, _, rest = xml.partition(b"<worksheet")
    outside = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return head + outside + b"<worksheet" + rest.replace(b"<v>", b"<v>&f;", 1)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def repeated(folder: Path, name: str, piece: bytes, times: int) -> Path:
    path = folder / name
    with path.open("wb") as file:
        for _ in range(times):
            file.write(piece)
    return path


def _far(reference: str) -> Callable[[bytes], bytes]:
    return _in_rows(f'<row r="9"><c r="{reference}"><v>1</v></c></row>'.encode())


def _long_texts(folder: Path) -> Path:
    """A short text of 32,000 characters, referred to from very many cells."""
    count = 100_000
    path = folder / "texts.xlsx"
    refer = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(9, count))
    with (
        zipfile.ZipFile(_sharing(folder)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            content = old.read(each)
            if each == _SHEET:
                content = _in_rows(refer.encode())(content)
            if each == "xl/sharedStrings.xml":
                start = content.index(b"<si>")
                content = (
                    content[:start] + b"<si><t>" + b"x" * 32_000 + b"</t></si>" + content[start:]
                )
            new.writestr(each, content)
    return path


# Each with the words that its refusal must say; none where it may be read.
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "zip bomb of 1 GB": (
        lambda f: _streamed(f, "bomb.xlsx", _SHEET, b"</sheetData>", b" " * 1024, 1024),
        "展开后超过 350 MB",
    ),
    "zip bomb just within the limit": (
        lambda f: _streamed(f, "bomb.xlsx", _SHEET, b"</sheetData>", b" " * 1024, 330),
        "",
    ),
    "zip bomb of texts": (
        lambda f: _streamed(f, "bomb.xlsx", "xl/sharedStrings.xml", b"</sst>", b"<si/>", 100),
        "文字展开后超过",
    ),
    "one long text in very many cells": (_long_texts, "文字展开后超过"),
    "zip in zip in zip": (_nested, "展开后超过|不是工作簿"),
    "zip that lies about its size": (_lying_zip, "损坏"),
    "entity bomb in an xlsx": (lambda f: _with(f, "laughs.xlsx", sheet=_laughing), ""),
    "entity of a file in an xlsx": (lambda f: _with(f, "x.xlsx", sheet=_entities_of_files), ""),
    "entity bomb in an ods": (
        lambda f: _ods(
            f,
            "laughs.ods",
            "<table:table-row><table:table-cell table:number-rows-spanned='2'>"
            "<text:p>&a11;</text:p></table:table-cell></table:table-row>",
            _LAUGHS,
        ),
        "laughs.ods",
    ),
    "far cell": (lambda f: _with(f, "far.xlsx", sheet=_far("XFD1048576")), "范围过大"),
    "far cell beyond any sheet": (
        lambda f: _with(f, "far.xlsx", sheet=_far("IA104857795")),
        "过大",
    ),
    "far cell in single quotes": (
        lambda f: _with(
            f, "far.xlsx", sheet=_in_rows(b"<row r='9'><c r='XFD1048576'><v>1</v></c></row>")
        ),
        "范围过大",
    ),
    "far cell with another attribute first": (
        lambda f: _with(
            f, "far.xlsx", sheet=_in_rows(b'<row r="9"><c s="0" r="XFD1048576"><v>1</v></c></row>')
        ),
        "范围过大",
    ),
    "far cell in a sheet with a prefix": (
        lambda f: _with(
            f,
            "far.xlsx",
            sheet=lambda xml: (
                _far("XFD1048576")(xml)
                .replace(b"<worksheet xmlns=", b"<x:worksheet xmlns:x=")
                .replace(b"</worksheet", b"</x:worksheet")
                .replace(b"<row", b"<x:row")
                .replace(b"</row", b"</x:row")
                .replace(b"<c ", b"<x:c ")
                .replace(b"</c>", b"</x:c>")
                .replace(b"sheetData>", b"sheetData>")
            ),
        ),
        "far.xlsx",
    ),
    "far cell of an xls": (lambda f: _xls_reaching(f, 65_535, 255), "范围过大"),
    "far cell of an xlsb": (lambda f: _xlsb(f, (0, 0), (1_048_575, 16_383)), "范围过大"),
    "an xlsb of numbers": (lambda f: _xlsb(f, (0, 0), (9, 9)), "表头"),
    "a million empty rows": (
        lambda f: _streamed(
            f, "rows.xlsx", _SHEET, b"</sheetData>", b'<row><c s="0"/><c s="0"/></row>', 35
        ),
        "",
    ),
    "a million empty rows that say where": (
        lambda f: _with(
            f,
            "rows.xlsx",
            sheet=_in_rows(
                b"".join(
                    b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(9, 1_048_577)
                )
            ),
        ),
        "",
    ),
    "a million merged cells": (
        lambda f: _with(
            f,
            "merged.xlsx",
            sheet=lambda xml: xml.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="1000000">'
                + b'<mergeCell ref="A1:XFD1048576"/>' * 1_000_000
                + b"</mergeCells>",
            ),
        ),
        "",
    ),
    "an ods with rows and columns repeated": (
        lambda f: _ods(
            f,
            "wide.ods",
            '<table:table-row table:number-rows-repeated="1048576">'
            + _CELL.format(' table:number-columns-repeated="16384"')
            + "</table:table-row>",
        ),
        "wide.ods",
    ),
    "an ods with empty rows repeated": (
        lambda f: _ods(
            f,
            "rows.ods",
            f"<table:table-row>{_CELL.format('')}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048575">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        ),
        "rows.ods",
    ),
    "a csv of nothing but commas": (
        lambda f: repeated(f, "commas.csv", b"," * 2**20, 90),
        "范围过大",
    ),
    "a csv of a million empty rows": (
        lambda f: written(
            f,
            "rows.csv",
            write_csv(f / "s.csv", ledger(cells())).read_bytes()
            + (b"\r\n" + b"," * (len(HEAD) - 1)) * 600_000,
        ),
        "",
    ),
    "a csv with one very wide row": (
        lambda f: written(f, "wide.csv", b"," * 500_000 + b"\r\n,\r\n" * 500_000),
        "范围过大",
    ),
    "a csv that is too large": (
        lambda f: repeated(f, "large.csv", b"1,2\r\n" * 2**18, 90),
        "超过 100 MB",
    ),
    "a csv with a quote that never ends": (
        lambda f: written(f, "quote.csv", b'a,b,c\r\n"' + b"x,\r\n" * 2_000_000),
        "引号",
    ),
    "a csv with NUL bytes": (
        lambda f: written(f, "nul.csv", "登记号,出质人\0,登记日期\r\n1,2,3".encode()),
        "非文本|表头",
    ),
    "zeros": (lambda f: repeated(f, "zeros.csv", b"\0" * 2**20, 50), "zeros.csv"),
    "zeros called xlsx": (lambda f: repeated(f, "zeros.xlsx", b"\0" * 2**20, 50), "不是工作簿"),
    "a device": (lambda _: Path("/dev/zero"), "不是普通文件"),
    "a device with an end": (lambda _: Path("/dev/null"), "不是普通文件"),
    "a folder": (lambda f: f, "文件夹"),
    "a workbook with external links": (
        lambda f: _with(
            f,
            "links.xlsx",
            **{
                "xl/externalLinks/externalLink1.xml": lambda _: b"<externalLink/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": lambda _: (
                    b'<Relationships><Relationship Id="rId1" Target="http://192.0.2.1/x.xlsx"'
                    b' TargetMode="External"/></Relationships>'
                ),
            },
        ),
        "",
    ),
    "a workbook with macros": (
        lambda f: _with(f, "macros.xlsm", **{"xl/vbaProject.bin": lambda _: b"\xd0\xcf" * 5000}),
        "",
    ),
    "a cell of 40,000 characters": (
        lambda f: written(
            f,
            "cell.csv",
            write_csv(f / "s.csv", ledger(cells(note="长" * 40_000))).read_bytes(),
        ),
        "",
    ),
    "a cell of two million characters": (
        lambda f: write_csv(f / "cell.csv", [HEAD, row(cells(note="x" * 2_000_000))]),
        "cell.csv",
    ),
}
