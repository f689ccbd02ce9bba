"""The command notice, as scripts use it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ipfinance.cli import main
from ipfinance.db.connection import open_store
from ipfinance.db.orphans import waiting
from ipfinance.db.pledges import count
from tests.intake.notices_made import cancelled, changed, established, written

GAZETTE = Path(__file__).parents[1] / "data" / "gazette_notices.jsonl"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "ipfinance.db"


def _run(db: Path, *arguments: object, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["--db", str(db), "notice", *map(str, arguments)], input=given)


def _json(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_that_notices_are_told_as_the_contract_says(db: Path) -> None:
    text = "\n".join(map(written, (established(), changed(), cancelled())))
    result = _run(db, "-", "--format", "json", "--county", "滨江区", given=text)
    assert result.exit_code == 0
    assert result.stderr == ""
    told = _json(result)
    assert told["unread"] == []
    fixed = ("code", "reg_no", "date", "pledgors", "pledgees", "rights", "changes", "outcome")
    assert [{key: event[key] for key in fixed} for event in told["events"]] == [
        {
            "code": "PE01",
            "reg_no": "Y2019330000123",
            "date": "2019-11-08",
            "pledgors": ["杭州示例甲科技有限公司"],
            "pledgees": ["示例银行股份有限公司杭州滨江支行"],
            "rights": ["201920000017.5"],
            "changes": [],
            "outcome": "created",
        },
        {
            "code": "PM01",
            "reg_no": "Y2019330000123",
            "date": "2020-06-15",
            "pledgors": [],
            "pledgees": [],
            "rights": [],
            "changes": [
                {"item": "质权人", "before": "示例担保有限公司", "after": "示例银行湖州分行"}
            ],
            "outcome": "changed",
        },
        {
            "code": "PC01",
            "reg_no": "Y2019330000123",
            "date": "2020-12-03",
            "pledgors": ["杭州示例甲科技有限公司"],
            "pledgees": [],
            "rights": ["201920000017.5"],
            "changes": [],
            "outcome": "closed",
        },
    ]
    again = _run(db, "-", "--format", "json", given=text)
    assert again.exit_code == 0
    assert [event["outcome"] for event in _json(again)["events"]] == ["same"] * 3


def test_that_every_known_layout_goes_through_the_command(db: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in GAZETTE.read_text(encoding="utf-8").splitlines()]
    file = tmp_path / "公告.txt"
    file.write_text("\n\n".join(line["raw_text"] for line in lines), encoding="gb18030")
    result = _run(db, file, "--format", "json", "--place-from-name")
    assert [event["outcome"] for event in _json(result)["events"]] == [
        *("created", "created", "orphan", "closed", "orphan"),
    ]
    assert [event["reg_no"] for event in _json(result)["events"]] == [
        line["fields"]["登记号"] for line in lines
    ]
    assert result.exit_code == 1


def test_that_a_trial_run_writes_nothing(db: Path) -> None:
    result = _run(db, "-", "--dry-run", "--city", "杭州", given=written(established()))
    assert result.exit_code == 0
    assert "新增" in result.stdout
    assert "没有写入" in result.stdout
    with open_store(db) as store:
        assert count(store) == 0


def test_that_a_notice_without_its_registration_waits_and_gives_status_1(db: Path) -> None:
    result = _run(db, "-", given=written(cancelled()))
    assert result.exit_code == 1
    assert "待办" in result.stdout
    with open_store(db) as store:
        assert [orphan.reg_no for orphan in waiting(store)] == ["Y2019330000123"]


def test_that_text_that_is_no_notice_is_given_back(db: Path) -> None:
    result = _run(db, "-", "--format", "json", given="今天天气很好。\n来源：官网")
    assert result.exit_code == 1
    assert _json(result) == {"events": [], "unread": ["今天天气很好。\n来源：官网"]}


def test_that_an_empty_text_is_nothing(db: Path) -> None:
    result = _run(db, "-", "--format", "json", given=" \n")
    assert result.exit_code == 0
    assert _json(result) == {"events": [], "unread": []}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有.txt",), "没有这个文件"),
        (("-", "--city", "上海"), "上海"),
    ],
)
def test_that_what_cannot_be_done_is_one_line(
    db: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = _run(db, *arguments, given="x")
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_that_a_file_that_is_no_text_is_refused(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "公告.txt"
    file.write_bytes(b"PK\x03\x04\x00\x00\xff\xff")
    result = _run(db, file)
    assert result.exit_code == 2
    assert "不是文本文件" in result.stderr
    assert _run(db, tmp_path).exit_code == 2
