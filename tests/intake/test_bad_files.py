"""Files that are no ledger: each is refused in words, with exit status 2, and nothing written."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ipfinance.db.connection import Store
from ipfinance.errors import UserError
from tests import make
from tests.intake.sheets_made import cells, ledger, read, write_csv, write_xlsx

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def _xlsx(folder: Path) -> bytes:
    return write_xlsx(folder / "好.xlsx", ledger(cells())).read_bytes()


def _zip(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return made.getvalue()


def _changed(folder: Path, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_xlsx(folder))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return made.getvalue()


_SHEET_XML = "xl/worksheets/sheet1.xml"

_BAD: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "empty": ("空.xlsx", lambda _: b"", "空的"),
    "empty csv": ("空.csv", lambda _: b"", "空的"),
    "blank csv": ("空.csv", lambda _: b"\r\n,,,\r\n", "是空的"),
    "text as xlsx": ("假.xlsx", lambda _: "登记号,登记日期".encode(), "不是工作簿"),
    "text as xls": ("假.xls", lambda _: "登记号\t登记日期".encode(), "不是工作簿"),
    "web page as xls": ("假.xls", lambda _: b"<html><table></table></html>", "网页"),
    "xml as xls": ("假.xls", lambda _: b'<?xml version="1.0"?><Workbook/>', "网页"),
    "pdf": ("假.pdf", lambda _: b"%PDF-1.7 ...", "PDF"),
    "pdf as xlsx": ("假.xlsx", lambda _: b"%PDF-1.7 ...", "PDF"),
    "picture": ("假.xlsx", lambda _: b"\x89PNG\r\n\x1a\n", "图片"),
    "rar": ("假.xlsx", lambda _: b"Rar!\x1a\x07\x00", "压缩包"),
    "other ending": ("假.doc", lambda _: b"hello", "不是工作簿"),
    "cut off": ("坏.xlsx", lambda folder: _xlsx(folder)[:-300], "损坏"),
    "only the start": ("坏.xlsx", lambda folder: _xlsx(folder)[:100], "损坏"),
    "flipped bytes": (
        "坏.xlsx",
        lambda folder: _changed(folder, _SHEET_XML, lambda xml: xml[: len(xml) // 2]),
        "损坏",
    ),
    "no workbook inside": ("坏.xlsx", lambda _: _zip(a_xml="<a/>"), "不是工作簿"),
    "document": ("文档.xlsx", lambda _: _zip(word__document_xml="<w/>"), "不是工作簿"),
    "password": (
        "密.xlsx",
        lambda _: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "密码",
    ),
    "broken xls": ("坏.xls", lambda _: _OLE + bytes(600), "损坏"),
    "far cell": (
        "大.xlsx",
        lambda folder: _changed(
            folder,
            _SHEET_XML,
            lambda xml: xml.replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            ),
        ),
        "范围过大",
    ),
    "no header": ("无.csv", lambda _: "姓名,年龄\n张三,30".encode(), "没有认出台账的表头"),
    "header only": ("无.csv", lambda _: "登记号,登记日期,出质人".encode(), "没有登记数据"),
}


@pytest.mark.parametrize("name", _BAD)
def test_that_a_file_that_is_no_ledger_is_refused_in_words(
    store: Store, tmp_path: Path, name: str
) -> None:
    file, content, said = _BAD[name]
    path = tmp_path / file
    path.write_bytes(content(tmp_path))
    before = make.dump(store)
    with pytest.raises(UserError, match=said) as caught:
        read(store, path)
    assert file in str(caught.value)
    assert caught.value.hint
    assert make.dump(store) == before


def test_that_a_workbook_that_unfolds_beyond_measure_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipfinance.intake.workbook_parts._LARGEST_UNFOLDED", 2**20)
    path = tmp_path / "炸.xlsx"
    path.write_bytes(_changed(tmp_path, _SHEET_XML, lambda xml: xml + b" " * 2**20))
    with pytest.raises(UserError, match="展开后超过 1 MB"):
        read(store, path)


def test_that_a_reader_that_gives_up_halfway_says_nothing_on_the_terminal(
    store: Store, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = (Path(__file__).parents[1] / "data" / "ledgers" / "city_report.xls").read_bytes()
    path = tmp_path / "坏.xls"
    for length in range(600, len(whole), 2000):
        path.write_bytes(whole[:length])
        with pytest.raises(UserError, match=r"坏\.xls"):
            read(store, path)
    assert capfd.readouterr() == ("", "")


def test_that_the_headers_looked_for_and_seen_are_told(store: Store, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "无.csv", [["某表"], ["姓名", "单位名称", "年龄"], ["张三", "甲", 3]]
    )
    with pytest.raises(UserError) as caught:
        read(store, path)
    assert "担保债权额(万元)" in caught.value.hint
    assert "姓名、单位名称、年龄" in caught.value.hint


def test_that_a_missing_file_and_a_folder_are_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        read(store, tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="文件夹"):
        read(store, tmp_path)


def test_that_a_file_open_in_another_program_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells()))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="占用"):
        read(store, path)


def test_that_a_locked_file_is_told(store: Store, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = write_xlsx(tmp_path / "台账.xlsx", ledger(cells()))
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UserError, match="占用"):
            read(store, path)
    assert len(read(store, path).entries) == 1


def test_that_a_workbook_is_read_whatever_its_name_says(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(_xlsx(tmp_path))
    assert len(read(store, path).entries) == 1


def test_that_only_the_named_sheet_is_read(store: Store, tmp_path: Path) -> None:
    sheets = {"一月": ledger(cells()), "二月": ledger(cells(), cells())}
    path = write_xlsx(tmp_path / "台账.xlsx", sheets)
    assert len(read(store, path, sheet="二月").entries) == 2
    with pytest.raises(UserError, match="三月") as caught:
        read(store, path, sheet="三月")
    assert "一月、二月" in caught.value.hint


def test_that_a_cell_with_an_error_is_never_taken_for_a_blank(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    made = write_xlsx(path, ledger(cells(secured_amount=7777), cells()))
    path.write_bytes(_changed_cell(made, b"<v>7777</v>", b't="n"', b't="e"', b"<v>#DIV/0!</v>"))
    plan = read(store, path)
    assert [(f.row, f.column, f.value, f.rule) for f in plan.errors] == [
        (2, "担保债权额(万元)", "#DIV/0!", "cell_is_error")
    ]


def test_that_a_formula_without_a_result_is_rejected_and_one_with_a_result_is_read(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    made = write_xlsx(path, ledger(cells(secured_amount=7777), cells(secured_amount=8888)))
    content = _changed_cell(made, b"<v>7777</v>", b"", b"", b"<f>1+1</f><v/>")
    path.write_bytes(content)
    path.write_bytes(_changed_cell(path, b"<v>8888</v>", b"", b"", b"<f>4*2222</f><v>8888</v>"))
    plan = read(store, path)
    assert [(f.row, f.value, f.rule) for f in plan.errors] == [(2, "=1+1", "formula_without_value")]
    assert [warning.rule for warning in plan.remarks] == ["formulas_read"]
    assert plan.entries[1].after is not None
    assert plan.entries[1].after.secured_amount_fen == 8888_000_000


def test_that_errors_written_as_text_are_errors_too(store: Store, tmp_path: Path) -> None:
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(cells(pledgor="#REF!"))))
    assert [fault.rule for fault in plan.errors] == ["cell_is_error"]


def test_that_hidden_rows_columns_and_sheets_are_read_and_told(
    store: Store, tmp_path: Path
) -> None:
    path = write_xlsx(
        tmp_path / "台账.xlsx", {"一": ledger(cells(), cells()), "二": ledger(cells())}
    )
    book = openpyxl.load_workbook(path)
    book["一"].row_dimensions[2].hidden = True
    book["一"].column_dimensions["B"].hidden = True
    book["二"].sheet_state = "hidden"
    book.save(path)
    plan = read(store, path)
    assert len(plan.entries) == 3
    assert [warning.rule for warning in plan.remarks] == [
        "rows_hidden",
        "columns_hidden",
        "sheet_hidden",
    ]


def _changed_cell(path: Path, value: bytes, old: bytes, new: bytes, instead: bytes) -> bytes:
    """The workbook with one cell's value exchanged, and its type."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == _SHEET_XML:
                start = content.index(value)
                cell = content.rindex(b"<c ", 0, start)
                content = (
                    content[:cell]
                    + content[cell:start].replace(old, new)
                    + instead
                    + content[start + len(value) :]
                )
            target.writestr(name, content)
    return made.getvalue()
