"""Rejected rows of every kind of ledger go out, are mended there, and complete the import."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ipfinance.db.connection import Store
from ipfinance.domain.money import Unit
from ipfinance.intake.choices import Choice, Choices
from ipfinance.intake.importing import Plan, carry_out, read_files
from ipfinance.intake.rejects import write_rejects
from ipfinance.progress import Progress
from tests import make
from tests.intake.sheets_made import HEAD, KEYS, bring_in, cells, read, row, setting, write_xlsx

_LEDGERS = Path(__file__).parents[1] / "data" / "ledgers"
_DAMAGED = {
    "registered_on": "2019-02-30",
    "secured_amount": "五百",
    "county": "无此县",
    "uscc": "9.13301E+17",
    "pledgor": "#REF!",
}
_NEVER_SAME = ("act", "history", "sqlite_sequence", "batch")


def _registrations(store: Store) -> list[Any]:
    """What stands in the store, whichever way and order it came."""
    dump = make.dump(store, leaving_out=_NEVER_SAME)
    numbers = {row[0]: row for row in dump["pledge"]}
    return sorted(str(row[2:18]) for row in numbers.values())


def _damage(path: Path, folder: Path) -> tuple[Path, dict[tuple[str, int, str], Any]]:
    """A copy of a ledger with one cell of a row damaged here and there; what stood there."""
    from ipfinance.db.connection import open_store

    with open_store(folder / "nobody.db", "测试员") as store:
        alone = [entry for entry in read(store, path).entries if len(entry.draft.rows) == 1]
    sound: dict[tuple[str, int, str], Any] = {}
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as file:
            lines = list(csv.reader(file))
        for key, entry in zip(_DAMAGED, alone[3::5], strict=False):
            columns = entry.draft.table.header.of(key)
            if columns:
                line, at = lines[entry.draft.rows[0]], columns[0].index
                sound[entry.place.sheet, entry.draft.rows[0] + 1, key] = line[at]
                line[at] = _DAMAGED[key]
        copy = folder / path.name
        with copy.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(lines)
        return copy, sound
    book = openpyxl.load_workbook(path)
    for key, entry in zip(_DAMAGED, alone[3::5], strict=False):
        columns = entry.draft.table.header.of(key)
        if columns:
            sheet = book[entry.place.sheet]
            cell = sheet.cell(entry.draft.rows[0] + 1, columns[0].index + 1)
            sound[entry.place.sheet, entry.draft.rows[0] + 1, key] = cell.value
            cell.value = _DAMAGED[key]
    copy = folder / path.name
    book.save(copy)
    return copy, sound


@pytest.mark.parametrize(
    "name", ["standard.xlsx", "city_report.xlsx", "city_sheets.xlsx", "gbk.csv"]
)
def test_that_rejected_rows_mended_where_they_came_out_complete_the_import(
    store: Store, tmp_path: Path, empty_store: Path, name: str
) -> None:
    damaged, sound = _damage(_LEDGERS / name, tmp_path)
    assert len(sound) >= 4
    plan = read(store, damaged)
    assert len([entry for entry in plan.entries if entry.errors]) == len(sound)
    target = tmp_path / "退回.xlsx"
    assert write_rejects(plan, target) == len(sound)
    carry_out(plan, store, Progress())

    _mend(target, plan, sound)
    receipt = bring_in(store, target)
    assert (receipt.new, receipt.rejected) == (len(sound), 0)
    (tmp_path / "whole").mkdir()
    with make.store_copied(empty_store, tmp_path / "whole") as whole:
        bring_in(whole, _LEDGERS / name)
        assert _registrations(store) == _registrations(whole)


def _mend(target: Path, plan: Plan, sound: Mapping[tuple[str, int, str], Any]) -> None:
    """Type what stood there into the marked cells, found by the place told beside them."""
    book = openpyxl.load_workbook(target)
    for sheet in book.worksheets:
        assert isinstance(sheet, Worksheet)
        for line in sheet.iter_rows():
            origin = str(line[-1].value or "")
            for (name, number, key), value in sound.items():
                if origin.endswith(f"{name} 第 {number} 行"):
                    marked = [one for one in line if one.fill.fgColor.rgb == "FFFFD6D2"]
                    [cell] = [one for one in marked if one.value == _DAMAGED[key]]
                    cell.value = value
    book.save(target)


def _odd(folder: Path, labels: dict[str, str], *rows: dict[str, Any]) -> Path:
    head = [labels.get(key, label) for key, label in zip(KEYS, HEAD, strict=True)]
    return write_xlsx(folder / "台账.xlsx", [head, *(row(made) for made in rows)])


def test_that_what_contents_and_a_person_told_goes_along(store: Store, tmp_path: Path) -> None:
    labels = {
        "pledgor": "单位",
        "registered_on": "日子",
        "secured_amount": "数",
        "uscc": "",
        "note": "备注",
    }
    good = [cells(), cells()]
    path = _odd(tmp_path, labels, *good, cells(county="无此县", registered_on="2019-04-31"))
    header = read(store, path).tables[0].header
    at = KEYS.index
    choice = Choice(
        {
            at("pledgor"): "pledgor",
            at("registered_on"): "registered_on",
            at("secured_amount"): "secured_amount",
            at("note"): None,
        },
        {at("secured_amount"): Unit.QIAN},
    )
    plan = read_files(
        [path], store, setting(store), Progress(), choices=Choices(now={header.shape: choice})
    )
    target = tmp_path / "退回.xlsx"
    assert write_rejects(plan, target) == 1
    sheet = openpyxl.load_workbook(target).worksheets[0]
    told = [cell.value for cell in sheet[1]]
    assert told[at("pledgor")] == "单位〔读作出质人〕"
    assert told[at("secured_amount")] == "数(千元)〔读作担保债权额〕"
    assert told[at("uscc")] == "〔读作统一社会信用代码〕"
    assert told[at("note")] == "备注〔不导入〕"
    again = read(store, target)
    assert [fault.field for fault in again.errors] == ["registered_on"]
    assert again.tables[0].header.keys >= {"pledgor", "registered_on", "uscc", "secured_amount"}
    assert "note" not in again.tables[0].header.keys
    assert again.tables[0].units["secured_amount"] is Unit.QIAN


def test_that_a_table_without_a_header_gets_one(store: Store, tmp_path: Path) -> None:
    rows = [row(made) for made in (cells(), cells(), cells(), cells())]
    rows[2][KEYS.index("registered_on")] = "2019-02-30"
    source = write_xlsx(tmp_path / "台账.xlsx", [*rows, *[row(cells()) for _ in range(10)]])
    plan = read(store, source)
    target = tmp_path / "退回.xlsx"
    assert write_rejects(plan, target) == 1
    carry_out(plan, store, Progress())
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    assert sheet.cell(1, KEYS.index("pledgor") + 1).value == "〔读作出质人〕"
    sheet.cell(2, KEYS.index("registered_on") + 1, "2019-02-28")
    book.save(target)
    assert bring_in(store, target).new == 1
