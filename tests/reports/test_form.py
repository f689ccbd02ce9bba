"""A bureau's own form is filled where it is marked and otherwise left as it was."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.errors import UserError
from ipfinance.reports.form import fill_form
from tests import make


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form with a coloured head, a bold marked cell and a formula over it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "某市质押登记表"
    sheet["A1"].fill = PatternFill("solid", fgColor="FFDDEEFF")
    sheet["B2"] = "{{secured_amount 330100 2019 patent}}"
    sheet["B2"].font = Font(bold=True, size=16)
    sheet["B2"].number_format = "#,##0.0000"
    sheet["B3"] = "{{registrations 330100 2019 patent}}"
    sheet["B4"] = "=B2*2"
    sheet["B5"] = "{{secured_amount 330100 2019 patent yoy}}"
    path = tmp_path / "表样.xlsx"
    book.save(path)
    return path


def test_that_named_cells_take_figures_and_other_names_stay(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(secured_amount_fen=250 * WAN))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "季 报"
    sheet["A1"] = "=SUM(别的)"
    sheet["B2"].number_format = "#,##0.0000"
    for name, place in (
        ("secured_amount_330100_2019", "'季 报'!$B$2"),
        ("registrations_330100_2019_trademark", "'季 报'!$B$3"),
        ("secured_amount_330100_2019_patent_share_of_province", "'季 报'!$B$4"),
        ("secured_amount_339999_2019", "'季 报'!$B$5"),
        ("别的", "'季 报'!$C$2:$C$9"),
    ):
        book.defined_names[name] = DefinedName(name, attr_text=place)
    book.save(tmp_path / "表样.xlsx")
    told = fill_form(store, tmp_path / "表样.xlsx", tmp_path / "填好.xlsx")
    assert [(one.sheet, one.cell, one.value) for one in told] == [
        ("季 报", "B2", 250),
        ("季 报", "B3", 0),
        ("季 报", "B4", 1),
        ("季 报", "B5", None),
    ]
    assert "339999" in told[-1].fault
    filled = load_workbook(tmp_path / "填好.xlsx")
    assert filled["季 报"]["B2"].value == 250
    assert filled["季 报"]["B2"].number_format == "#,##0.0000"
    assert filled["季 报"]["A1"].value == "=SUM(别的)"
    assert filled.defined_names["别的"].attr_text == "'季 报'!$C$2:$C$9"


def test_that_marked_cells_take_figures_and_keep_their_styles(
    store: Store, form: Path, tmp_path: Path
) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=100 * WAN + 1),
        make.pledge(secured_amount_fen=250 * WAN),
    )
    target = tmp_path / "填好.xlsx"
    told = fill_form(store, form, target)
    sheet = load_workbook(target).worksheets[0]
    assert [(one.cell, one.value) for one in told] == [
        ("B2", 350.000001),
        ("B3", 2),
        ("B5", None),
    ]
    assert sheet["B2"].value == 350.000001
    assert sheet["B2"].number_format == "#,##0.0000"
    assert sheet["B2"].font.bold
    assert sheet["B3"].value == 2
    assert sheet["B4"].value == "=B2*2"
    assert sheet["A1"].fill.fgColor.rgb == "FFDDEEFF"
    # No registrations in 2018: the form says so instead of showing a growth.
    assert sheet["B5"].value == "—"
    assert told[-1].fault == "2018年没有数据可比"


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("{{nothing 330100 2019}}", "看不懂标记"),
        ("{{registrations 999999 2019}}", "没有代码为 999999 的行政区划"),
        ("{{registrations 330100 20190}}", "20190"),
        ("{{registrations 330100 2019 often}}", "often"),
        ("共 {{registrations 330100 2019}} 件", "独占"),
    ],
)
def test_that_a_mark_that_is_not_understood_stays_and_says_why(
    store: Store, tmp_path: Path, mark: str, words: str
) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = mark
    book.save(tmp_path / "表样.xlsx")
    [told] = fill_form(store, tmp_path / "表样.xlsx", tmp_path / "填好.xlsx")
    assert words in told.fault
    assert load_workbook(tmp_path / "填好.xlsx").worksheets[0]["A1"].value == mark


def test_that_a_form_without_marks_and_a_file_that_is_none_are_refused(
    store: Store, tmp_path: Path
) -> None:
    book = Workbook()
    book.save(tmp_path / "空.xlsx")
    (tmp_path / "坏.xlsx").write_text("不是工作簿")
    (tmp_path / "旧.xls").write_text("不是工作簿")
    _spoil(tmp_path / "空.xlsx", tmp_path / "半.xlsx")
    refused = (
        ("空.xlsx", "没有标记"),
        ("坏.xlsx", "无法读取"),
        ("旧.xls", "无法读取"),
        ("半.xlsx", "无法读取"),
        ("没有.xlsx", "无法读取"),
    )
    for name, words in refused:
        with pytest.raises(UserError, match=words):
            fill_form(store, tmp_path / name, tmp_path / "填好.xlsx")
    assert not (tmp_path / "填好.xlsx").exists()


def test_that_no_growth_is_filled_in_across_changed_borders(store: Store, tmp_path: Path) -> None:
    there = make.pledgor(city=make.HANGZHOU, county=make.YUHANG)
    for year in (2020, 2021):
        make.stored(store, make.pledge(registered_on=date(year, 6, 1), pledgors=(there,)))
    book = Workbook()
    book.worksheets[0]["A1"] = "{{registrations 330110 2021 yoy}}"
    book.worksheets[0]["A2"] = "{{registrations 330100 2021 yoy}}"
    book.save(tmp_path / "表样.xlsx")
    county, city = fill_form(store, tmp_path / "表样.xlsx", tmp_path / "填好.xlsx")
    assert (county.value, city.value) == (None, 0)
    assert "区划在比较期间内有调整" in county.fault
    assert load_workbook(tmp_path / "填好.xlsx").worksheets[0]["A1"].value == "—"


def test_that_a_filled_form_is_a_workbook(store: Store, form: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        fill_form(store, form, form.with_suffix(".txt"))


def _spoil(book: Path, target: Path) -> None:
    """A workbook as a torn download leaves it: its list of sheets ends in the middle."""
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(target, "w") as half:
        for name in whole.namelist():
            part = whole.read(name)
            half.writestr(name, part[: len(part) // 2] if name == "xl/workbook.xml" else part)
