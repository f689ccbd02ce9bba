"""The commands import, batches, withdraw and template, as scripts use them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ipfinance.cli import main
from ipfinance.db.connection import open_store
from ipfinance.db.pledges import count
from ipfinance.db.registrar import cancel
from tests.intake.sheets_made import cells, ledger, write_xlsx


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "ipfinance.db"


def _run(db: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--db", str(db), *map(str, arguments)])


def _json(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def _count(db: Path) -> int:
    with open_store(db) as store:
        return count(store)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "好.xlsx", ledger(cells(), cells(secured_amount=250)))


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return write_xlsx(
        tmp_path / "混.xlsx",
        ledger(cells(), cells(registered_on="2019-02-30"), cells(secured_amount="")),
    )


def test_that_import_tells_what_it_did_as_json(db: Path, good: Path) -> None:
    result = _run(db, "import", good, "--format", "json")
    assert result.exit_code == 0
    told = _json(result)
    assert told["batch"]
    assert told | {"batch": "", "files": [], "skipped": []} == {
        "read": 2,
        "new": 2,
        "changed": 0,
        "same": 0,
        "rejected": 0,
        "in_doubt": 0,
        "batch": "",
        "secured_amount": "7500000.00",
        "faults": [],
        "warnings": [],
        "files": [],
        "skipped": [],
    }
    assert result.stderr == ""
    again = _json(_run(db, "import", good, "--format", "json"))
    assert (again["same"], again["batch"], again["secured_amount"]) == (2, None, "0.00")


def test_that_rejected_rows_give_status_1_and_their_places(db: Path, mixed: Path) -> None:
    result = _run(db, "import", mixed, "--format", "json")
    assert result.exit_code == 1
    told = _json(result)
    assert (told["read"], told["new"], told["rejected"]) == (3, 2, 1)
    assert told["faults"] == [
        {
            "file": "混.xlsx",
            "sheet": "质押登记台账",
            "row": 3,
            "column": "登记日期",
            "value": "2019-02-30",
            "rule": "date_impossible",
            "text": "没有「2019-02-30」这一天，请核对月份和日数",
        }
    ]
    assert [warning["rule"] for warning in told["warnings"]] == ["amount_missing"]
    assert set(told["warnings"][0]) == set(told["faults"][0])
    assert _count(db) == 2


def test_that_a_dry_run_writes_nothing(db: Path, mixed: Path) -> None:
    result = _run(db, "import", mixed, "--dry-run", "--format", "json")
    assert result.exit_code == 1
    assert (_json(result)["new"], _json(result)["batch"]) == (2, None)
    assert _count(db) == 0


def test_that_all_or_nothing_is_nothing_for_one_rejected_row(
    db: Path, mixed: Path, good: Path
) -> None:
    result = _run(db, "import", mixed, "--all-or-nothing")
    assert result.exit_code == 1
    assert "全部没有写入" in result.stdout
    assert _count(db) == 0
    assert _run(db, "import", good, "--all-or-nothing").exit_code == 0
    assert _count(db) == 2


def test_that_rejected_rows_go_into_a_workbook(db: Path, mixed: Path, tmp_path: Path) -> None:
    target = tmp_path / "退回.xlsx"
    result = _run(db, "import", mixed, "--rejects", target)
    assert result.exit_code == 1
    assert target.exists()
    assert f"退回的 1 笔已写到：{target}" in result.stdout
    assert "第 3 行「登记日期」" in result.stdout


def test_that_a_workbook_that_cannot_be_written_stops_the_import(
    db: Path, mixed: Path, tmp_path: Path
) -> None:
    result = _run(db, "import", mixed, "--rejects", tmp_path / "没有" / "退回.xlsx")
    assert result.exit_code == 2
    assert _count(db) == 0


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken"])
def test_that_an_unreadable_file_gives_status_2_and_one_line(
    db: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    result = _run(db, "import", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "坏.xlsx" in result.stderr


def test_that_one_bad_file_keeps_the_good_one_out_too(db: Path, good: Path, tmp_path: Path) -> None:
    assert _run(db, "import", good, tmp_path / "没有.xlsx").exit_code == 2
    assert _count(db) == 0


def test_that_one_sheet_can_be_chosen(db: Path, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", {"一": ledger(cells()), "二": ledger(cells())})
    assert _json(_run(db, "import", path, "--sheet", "二", "--format", "json"))["read"] == 1
    assert _run(db, "import", path, "--sheet", "三").exit_code == 2


def test_that_batches_are_listed_and_taken_back(db: Path, good: Path, mixed: Path) -> None:
    assert "还没有导入过" in _run(db, "batches").stdout
    uid = _json(_run(db, "import", good, "--format", "json"))["batch"]
    _run(db, "import", mixed)
    listed = json.loads(_run(db, "batches", "--format", "json").stdout)
    assert [batch["file"] for batch in listed] == ["混.xlsx", "好.xlsx"]
    assert (listed[1]["batch"], listed[1]["read"], listed[1]["secured_amount"]) == (
        *(uid, 2),
        "7500000.00",
    )
    table = _run(db, "batches").stdout
    assert "好.xlsx" in table
    assert "750.00" in table
    result = _run(db, "withdraw", uid)
    assert result.exit_code == 0
    assert "好.xlsx" in result.stdout
    assert _count(db) == 2
    assert _run(db, "withdraw", listed[0]["id"]).exit_code == 0
    assert _count(db) == 0
    result = _run(db, "withdraw", "9")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_that_rows_whose_number_is_taken_come_in_when_asked_for(db: Path, tmp_path: Path) -> None:
    first = cells()
    second = cells(reg_no=first["reg_no"], pledgor="示例乙公司", registered_on=date(2019, 4, 8))
    path = write_xlsx(tmp_path / "撞号.xlsx", ledger(first, {**second, "uscc": ""}))
    result = _run(db, "import", path, "--dry-run")
    assert result.exit_code == 1
    assert "其中 1 笔只因登记号已属于另一笔登记而退回；加 --number-in-doubt" in result.stdout
    result = _run(db, "import", path, "--number-in-doubt")
    assert result.exit_code == 0
    assert "新增的有 1 笔登记号待核，列在待办里" in result.stdout
    assert "--number-in-doubt" not in result.stdout
    assert _count(db) == 2
    [batch] = json.loads(_run(db, "batches", "--format", "json").stdout)
    assert (batch["new"], batch["in_doubt"], batch["rejected"]) == (2, 1, 0)
    assert "登记号待核" in _run(db, "batches").stdout
    told = _json(_run(db, "import", path, "--format", "json"))
    assert (told["same"], told["in_doubt"], told["rejected"]) == (2, 0, 0)


def test_that_a_file_imported_before_is_told(db: Path, good: Path) -> None:
    _run(db, "import", good)
    result = _run(db, "import", good)
    assert result.exit_code == 0
    assert "曾经导入过：批次 1" in result.stdout
    assert "没有需要写入的内容" in result.stdout


def test_that_the_template_is_written_whole_or_not_at_all(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "空白台账.xlsx"
    result = _run(db, "template", target)
    assert (result.exit_code, target.exists()) == (0, True)
    assert not db.exists()
    assert _run(db, "template", tmp_path / "没有" / "a.xlsx").exit_code == 2


@pytest.mark.parametrize("command", ["import", "batches", "withdraw", "template"])
def test_that_each_command_has_help_in_both_languages(db: Path, command: str) -> None:
    result = _run(db, command, "--help")
    assert result.exit_code == 0
    assert f"({command})" in result.stdout


def test_that_a_long_list_of_faults_is_cut_with_a_word(db: Path, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "坏.xlsx", ledger(*(cells(county="无") for _ in range(40))))
    result = _run(db, "import", path)
    assert result.stdout.count("退回：质押登记台账") == 30
    assert "退回：另有 10 处" in result.stdout


def test_that_columns_and_unit_can_be_said(db: Path, tmp_path: Path) -> None:
    head, *rows = ledger(cells(), cells(secured_amount=250))
    said = {"登记日期": "日子", "担保债权额(万元)": "合同数额"}
    path = write_xlsx(tmp_path / "台账.xlsx", [[said.get(one, one) for one in head], *rows])
    options = ("--column", "日子=registered_on", "--column", "合同数额=担保债权额")
    without = _run(db, "import", path, *options, "--dry-run", "--format", "json")
    assert {fault["rule"] for fault in _json(without)["faults"]} == {"amount_unit_missing"}
    told = _json(_run(db, "import", path, *options, "--unit", "千元", "--format", "json"))
    assert (told["new"], told["secured_amount"]) == (2, "750000.00")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--column", "登记号=编号"), "没有叫「编号」的字段"),
        (("--column", "甲=pledgor"), "没有「甲」这一列"),
        (("--column", "登记号"), "列名=字段"),
        (("--unit", "英镑"), "不认识单位「英镑」。可以写：元、千元、万元、亿元。"),
    ],
)
def test_that_a_slip_in_saying_them_gives_status_2_and_one_line(
    db: Path, good: Path, options: tuple[str, ...], words: str
) -> None:
    result = _run(db, "import", good, *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not _count(db)


def test_that_edits_since_are_listed_and_decided_upon(db: Path, good: Path) -> None:
    batch = _json(_run(db, "import", good, "--format", "json"))["batch"]
    with open_store(db, "李四") as store:
        cancel(store, [1], date(2020, 1, 2))
    refused = _run(db, "withdraw", batch)
    assert refused.exit_code == 2
    assert "李四  注销登记" in refused.stdout
    assert "涉及 1 笔，没有撤回。用 --edited keep" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert _count(db) == 2
    kept = _run(db, "withdraw", batch, "--edited", "keep")
    assert kept.exit_code == 0
    assert "新增的 1 笔已移除，更正的 0 笔已恢复原样，改动过的 1 笔保留。" in kept.stdout
    assert _count(db) == 1
