"""Workbooks that count their days from 1904, hide rows and columns, or repeat their heads."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ipfinance.db.connection import Store
from ipfinance.intake.importing import Plan
from ipfinance.intake.rejects import write_rejects
from ipfinance.intake.workbook_parts import counts_from_1904, ods_extras
from tests.intake.sheets_made import HEAD, KEYS, cells, ledger, read, row, write_xlsx

_DAY = date(2019, 3, 5)
_ODS = Path(__file__).parents[1] / "data" / "ledgers" / "city_report.ods"


def _book_from_1904(path: Path, *, as_number: bool, county: str = "滨江区") -> Path:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(row(cells(county=county)))
    cell = sheet.cell(2, KEYS.index("registered_on") + 1)
    if as_number:
        cell.value = (_DAY - date(1904, 1, 1)).days
        cell.number_format = "General"
    book.save(path)
    return path


def _days(plan: Plan) -> list[date]:
    return [entry.after.registered_on for entry in plan.entries if entry.after]


@pytest.mark.parametrize("as_number", [False, True])
def test_that_days_of_a_book_from_1904_are_the_days_it_shows(
    store: Store, tmp_path: Path, as_number: bool
) -> None:
    plan = read(store, _book_from_1904(tmp_path / "苹果.xlsx", as_number=as_number))
    assert _days(plan) == [_DAY]
    assert [w.rule for w in plan.warnings] == ["date_serial"] * as_number


def test_that_its_rejected_rows_keep_their_days(store: Store, tmp_path: Path) -> None:
    path = _book_from_1904(tmp_path / "苹果.xlsx", as_number=True, county="无此县")
    write_rejects(read(store, path), tmp_path / "退回.xlsx")
    book = openpyxl.load_workbook(tmp_path / "退回.xlsx")
    book.worksheets[0].cell(2, KEYS.index("county") + 1, "滨江区")
    book.save(tmp_path / "退回.xlsx")
    assert _days(read(store, tmp_path / "退回.xlsx")) == [_DAY]


def test_that_old_books_and_open_documents_say_so_too() -> None:
    usual = b"\x8d\x00\x02\x00\x00\x00\x22\x00\x02\x00\x00\x00"
    assert not counts_from_1904(b"\xd0\xcf" + usual)
    assert counts_from_1904(b"\xd0\xcf" + usual[:-2] + b"\x01\x00")
    said = b'<table:null-date table:value-type="date" table:date-value="1904-01-01"/>'
    assert counts_from_1904(_changed(b"<table:table ", said + b"<table:table "))
    assert not counts_from_1904(_ODS.read_bytes())


def _changed(old: bytes, new: bytes) -> bytes:
    """An open document with something in its sheets changed."""
    written = BytesIO()
    with zipfile.ZipFile(_ODS) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(old, new, 1) if name == "content.xml" else part)
    return written.getvalue()


def test_that_what_is_hidden_in_an_open_document_is_read_and_told(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "隐藏.ods"
    path.write_bytes(
        _changed(b"<table:table-row ", b'<table:table-row table:visibility="collapse" ')
    )
    assert next(one.remarks for one in ods_extras(path.read_bytes()).values()) == (
        ("rows_hidden", "有隐藏的行，照样读取"),
    )
    plan = read(store, path)
    assert "rows_hidden" in {one.rule for one in plan.remarks}
    assert len(plan.entries) == len(read(store, _ODS).entries)


def test_that_heads_repeated_in_the_body_and_blank_columns_are_no_rows(
    store: Store, tmp_path: Path
) -> None:
    head, one, two = ledger(cells(), cells())
    rows = [["", *line[:3], "", *line[3:], ""] for line in (head, one, [""] * 13, head, two)]
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", rows))
    assert (plan.errors, plan.warnings) == ((), ())
    assert [entry.place.rows for entry in plan.entries] == [(2,), (5,)]
