"""Rejected rows go out as they came in, marked and explained, and come back mended."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ipfinance.db.connection import Store
from ipfinance.db.pledges import count, find
from ipfinance.errors import UserError
from ipfinance.intake.importing import carry_out
from ipfinance.intake.mending import mend
from ipfinance.intake.rejects import ORIGIN, REASON, write_rejects
from ipfinance.progress import Progress
from tests.intake.sheets_made import HEAD, KEYS, bring_in, cells, ledger, read, row, write_xlsx

_REPORT = Path(__file__).parents[1] / "data" / "ledgers" / "city_report.xlsx"


def _out(store: Store, folder: Path, *sources: Path) -> Path:
    plan = read(store, *sources)
    target = folder / "退回.xlsx"
    assert write_rejects(plan, target) == len({id(e) for e in plan.entries if e.errors})
    carry_out(plan, store, Progress())
    return target


def _sheet(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def _marked(sheet: Worksheet) -> list[str]:
    return [
        cell.coordinate
        for line in sheet.iter_rows()
        for cell in line
        if cell.fill.fgColor.rgb == "FFFFD6D2"
    ]


def _damaged_report(folder: Path) -> Path:
    book = openpyxl.load_workbook(_REPORT)
    sheet = book.worksheets[0]
    sheet["H6"] = "2019-02-30"
    sheet["I8"] = "五百"
    sheet["C9"] = "无此县"
    sheet["D11"] = None
    path = folder / "市报表.xlsx"
    book.save(path)
    return path


def test_that_header_and_columns_stand_as_they_stood(store: Store, tmp_path: Path) -> None:
    sheet = _sheet(_out(store, tmp_path, _damaged_report(tmp_path)))
    original = _sheet(_REPORT)
    for number in range(1, 5):
        assert [cell.value for cell in sheet[number]][:13] == [
            cell.value for cell in original[number]
        ]
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {
        str(merge) for merge in original.merged_cells.ranges if merge.max_row <= 4
    }
    assert [cell.value for cell in sheet[4]][13:] == [REASON, ORIGIN]
    assert sheet.max_row == 8
    assert sheet["B5"].value == "杭州市"
    assert sheet["O5"].value == "市报表.xlsx Sheet1 第 6 行"


def test_that_faulty_cells_are_marked_and_explained(store: Store, tmp_path: Path) -> None:
    sheet = _sheet(_out(store, tmp_path, _damaged_report(tmp_path)))
    assert _marked(sheet) == ["H5", "I6", "C7", "D8"]
    assert sheet["N5"].value == "登记日：没有「2019-02-30」这一天，请核对月份和日数"
    assert str(sheet["N8"].value).startswith("企业名称：没有出质人")


def test_that_the_mended_workbook_completes_the_import(store: Store, tmp_path: Path) -> None:
    target = _out(store, tmp_path, _damaged_report(tmp_path))
    assert count(store) == 116
    book = openpyxl.load_workbook(target)
    sheet, original = book.worksheets[0], _sheet(_REPORT)
    for mended, cell in (("H5", "H6"), ("I6", "I8"), ("C7", "C9"), ("D8", "D11")):
        sheet[mended] = original[cell].value
    book.save(target)
    receipt = bring_in(store, target)
    assert (receipt.new, receipt.rejected, receipt.warnings) == (4, 0, ())
    assert bring_in(store, _REPORT).same == 120


def test_that_what_is_not_mended_is_rejected_again(store: Store, tmp_path: Path) -> None:
    made = [
        cells(registered_on="2019年5月"),
        cells(secured_amount="#DIV/0!"),
        cells(pledgor="#REF!"),
        cells(uscc=913301001234567890),
        cells(reg_no="2.01E+12"),
        cells(kind=""),
        cells(county="无此县"),
    ]
    target = _out(store, tmp_path, write_xlsx(tmp_path / "台账.xlsx", ledger(*made)))
    again = read(store, target)
    assert [fault.rule for fault in again.errors] == [
        *("date_incomplete", "cell_is_error", "cell_is_error", "code_rounded", "code_rounded"),
        *("kind_missing", "area_unknown"),
    ]


def test_that_what_the_header_lacks_gets_a_column(store: Store, tmp_path: Path) -> None:
    keys = [key for key in KEYS if key not in ("kind", "city", "county")]
    head = [HEAD[KEYS.index(key)] for key in keys]
    source = write_xlsx(tmp_path / "台账.xlsx", {"杭州": [head, row(cells(), keys)]})
    target = _out(store, tmp_path, source)
    sheet = _sheet(target)
    assert sheet.title == "杭州"
    labels = [cell.value for cell in sheet[1]]
    assert labels[len(head) :] == ["质押类型", REASON, ORIGIN]
    book = openpyxl.load_workbook(target)
    book.worksheets[0].cell(2, len(head) + 1, "专利")
    book.save(target)
    assert bring_in(store, target).new == 1
    assert find(store, [1])[0].city == "330100"


def test_that_what_a_section_heading_said_goes_along(store: Store, tmp_path: Path) -> None:
    keys = [key for key in KEYS if key != "kind"]
    rows: list[list[Any]] = [
        [HEAD[KEYS.index(key)] for key in keys],
        ["一、专利权质押"],
        row(cells(county="无此县"), keys),
        ["二、商标专用权质押"],
        row(cells(county="无此县", rights="12345678"), keys),
    ]
    source = write_xlsx(tmp_path / "台账.xlsx", rows, ["A2:L2", "A4:L4"])
    sheet = _sheet(_out(store, tmp_path, source))
    assert [sheet.cell(number, len(keys) + 1).value for number in (1, 2, 3)] == [
        *("质押类型", "专利", "商标")
    ]


def test_that_all_rows_of_a_registration_go_out_together(store: Store, tmp_path: Path) -> None:
    first = cells(registered_on="2019-02-30")
    source = write_xlsx(
        tmp_path / "台账.xlsx", ledger(first, cells(), {**first, "rights": "201520000017.2"})
    )
    sheet = _sheet(_out(store, tmp_path, source))
    assert [sheet.cell(number, 2).value for number in (2, 3)] == [first["reg_no"]] * 2
    assert [sheet.cell(number, len(HEAD) + 1).value for number in (2, 3)] == [
        "登记日期：没有「2019-02-30」这一天，请核对月份和日数",
        "同一笔登记，见相邻行",
    ]


def test_that_every_sheet_has_its_own(store: Store, tmp_path: Path) -> None:
    bad = cells(county="无此县")
    sheets = {"杭州专利": ledger(bad), "宁波专利": ledger(cells(), cells())}
    one = write_xlsx(tmp_path / "一.xlsx", sheets)
    two = write_xlsx(tmp_path / "二.xlsx", {"杭州专利": ledger(cells(county="无此县"))})
    book = openpyxl.load_workbook(_out(store, tmp_path, one, two))
    assert book.sheetnames == ["杭州专利", "杭州专利 (2)"]


def test_that_text_stays_text_and_codes_stay_codes(store: Store, tmp_path: Path) -> None:
    made = cells(
        county="无此县", pledgee="=1+1", note="@甲", right_names="+乙", reg_no="00012345678901"
    )
    source = write_xlsx(tmp_path / "台账.xlsx", ledger(made))
    sheet = _sheet(_out(store, tmp_path, source))
    told = {key: sheet.cell(2, KEYS.index(key) + 1) for key in KEYS}
    for key in ("pledgee", "note", "right_names", "reg_no"):
        assert (told[key].value, told[key].data_type) == (made[key], "s")
    assert told["reg_no"].number_format == "@"
    assert told["registered_on"].value == datetime(2019, 3, 5)
    assert told["secured_amount"].value == 500


def test_that_cells_mended_in_the_preview_go_out_mended(store: Store, tmp_path: Path) -> None:
    source = write_xlsx(
        tmp_path / "台账.xlsx", ledger(cells(county="无此县", registered_on="2019-02-30"))
    )
    plan = mend(read(store, source), 0, {"registered_on": "2019-02-28"}, store)
    write_rejects(plan, tmp_path / "退回.xlsx")
    sheet = _sheet(tmp_path / "退回.xlsx")
    assert sheet.cell(2, KEYS.index("registered_on") + 1).value == "2019-02-28"
    assert _marked(sheet) == ["G2"]


def test_that_nothing_is_written_when_nothing_was_rejected(store: Store, tmp_path: Path) -> None:
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", ledger(cells())))
    assert write_rejects(plan, tmp_path / "退回.xlsx") == 0
    assert not (tmp_path / "退回.xlsx").exists()


def test_that_the_file_that_is_imported_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "台账.xlsx", ledger(cells(county="无此县")))
    content = source.read_bytes()
    with pytest.raises(UserError, match="不能覆盖"):
        write_rejects(read(store, source), source)
    assert source.read_bytes() == content


def test_that_a_target_that_cannot_be_written_is_told_and_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", ledger(cells(county="无此县"))))
    with pytest.raises(UserError, match="文件夹不存在"):
        write_rejects(plan, tmp_path / "没有" / "退回.xlsx")
    target = tmp_path / "退回.xlsx"
    target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="占用"):
        write_rejects(plan, target)
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} >= {"台账.xlsx", "退回.xlsx"}
    assert not list(tmp_path.glob(".*.part"))


def test_that_an_english_window_writes_them_in_chinese(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    source = _damaged_report(tmp_path)
    write_rejects(read(store, source), tmp_path / "中文.xlsx")
    request.getfixturevalue("in_english")
    plan = read(store, source)
    assert "Missing: the name of the enterprise" in {fault.text for fault in plan.errors}
    write_rejects(plan, tmp_path / "英文.xlsx")
    chinese, english = (_sheet(tmp_path / name) for name in ("中文.xlsx", "英文.xlsx"))
    assert list(english.values) == list(chinese.values)
