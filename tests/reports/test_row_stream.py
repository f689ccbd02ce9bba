"""A long workbook is written row by row and holds what it was given."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from xlsxwriter import Workbook

from ipfinance.reports.row_stream import Number, RowCell, fill_rows

TEXTS = [
    "甲公司",
    "=1+1",
    "a & b <c> \"d\" 'e'",
    "  spaces around  ",
    "line\nbreak",
    "tab\there",
    "_x0041_ is no A",
    "emoji 😀 and 𠮷",
    "00012345",
]


def _filled(folder: Path, rows: list[list[RowCell]]) -> Path:
    template, target = folder / "template.xlsx", folder / "out.xlsx"
    with Workbook(str(template)) as workbook:
        sheet = workbook.add_worksheet("rows")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for column, (header, style) in enumerate((("text", None), ("day", day), ("number", None))):
            sheet.write_string(0, column, header)
            sheet.write_blank(1, column, None, style or workbook.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
    fill_rows(template, target, rows)
    return target


def _read(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_that_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = _filled(tmp_path, [["甲", date(2019, 3, 5), 3], ["乙", None, Number("170.9268")]])
    assert _read(path) == [
        ("text", "day", "number"),
        ("甲", datetime(2019, 3, 5), 3),
        ("乙", None, 170.9268),
    ]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet["C2"].font.bold
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", TEXTS)
def test_that_any_text_comes_back_unchanged(tmp_path: Path, text: str) -> None:
    path = _filled(tmp_path, [[text, None, None]])
    if not text.startswith("_x"):  # which openpyxl leaves as it stands in the file
        assert _read(path)[1][0] == text
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    assert sheet.to_python()[1][0] == text


def test_that_what_xml_cannot_hold_does_not_break_the_file(tmp_path: Path) -> None:
    path = _filled(tmp_path, [["a\x00b\x0bc\ufffed\r", None, None]])
    assert str(_read(path)[1][0]).startswith("a")


def test_that_many_rows_are_written_in_order(tmp_path: Path) -> None:
    path = _filled(tmp_path, [[str(number), None, number] for number in range(1234)])
    rows = _read(path)[1:]
    assert [row[2] for row in rows] == list(range(1234))


def test_that_no_rows_leave_the_header(tmp_path: Path) -> None:
    assert _read(_filled(tmp_path, [])) == [("text", "day", "number")]


def test_that_equal_rows_are_equal_files(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    template = tmp_path / "template.xlsx"
    with Workbook(str(template)) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["header"])
        workbook.worksheets()[0].write_blank(1, 0, None, workbook.add_format({"bold": True}))
    for folder in folders:
        fill_rows(template, folder / "out.xlsx", [["甲"]])
    assert (folders[0] / "out.xlsx").read_bytes() == (folders[1] / "out.xlsx").read_bytes()
