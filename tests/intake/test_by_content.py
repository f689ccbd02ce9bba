"""Columns without a known header: told by what they hold, asked about, or said by a person."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db import history
from ipfinance.db.columns import forget_columns, keep_columns, kept_columns
from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN, Unit
from ipfinance.errors import UserError
from ipfinance.intake.choices import By, Choice, Choices, named_column, named_unit, shape_of
from ipfinance.intake.importing import NoLedger, Plan, read_files
from ipfinance.progress import Progress
from tests import make
from tests.intake.sheets_made import HEAD, KEYS, cells, row, setting, write_csv, write_xlsx

_ROWS = [
    cells(),
    cells(city="宁波市", county="鄞州区", pledgee="示例农商行", pledgee_kind="农信"),
    cells(registered_on=date(2019, 4, 1), pledgor="示例乙公司", uscc=make.credit_code(2)),
]


def _with(labels: dict[str, str], rows: Sequence[dict[str, Any]] = ()) -> list[list[Any]]:
    """A ledger in which some headers are called otherwise."""
    head = [labels.get(key, label) for key, label in zip(KEYS, HEAD, strict=True)]
    return [head, *(row(made) for made in rows or _ROWS)]


def _read(store: Store, path: Path, choices: Choices | None = None) -> Plan:
    said = choices or Choices()
    return read_files([path], store, setting(store), Progress(), choices=said)


def _by(plan: Plan) -> dict[str, By | None]:
    return {c.key: c.by for c in plan.tables[0].header.columns if c.key}


def _told(plan: Plan) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in plan.remarks]


@pytest.mark.parametrize("label", ["", "某某栏"])
@pytest.mark.parametrize(
    ("key", "held"),
    [
        ("uscc", "统一社会信用代码（3/3）"),
        ("reg_no", "登记号（3/3）"),
        ("rights", "专利号（3/3）"),
        ("city", "设区市（3/3）"),
        ("county", "县(市、区)（3/3）"),
        ("kind", "质押类型（3/3）"),
        ("pledgee_kind", "质权人类型（3/3）"),
        ("pledgee", "出借机构（3/3）"),
        ("pledgor", "企业名称（3/3）"),
    ],
)
def test_that_a_column_is_told_by_what_it_holds(
    store: Store, tmp_path: Path, key: str, held: str, label: str
) -> None:
    plan = _read(store, write_xlsx(tmp_path / "台账.xlsx", _with({key: label})))
    assert plan.errors == ()
    assert _by(plan)[key] is By.CONTENT
    named = _read(store, write_xlsx(tmp_path / "有表头.xlsx", _with({})))
    assert [one.after for one in plan.entries] == [one.after for one in named.entries]
    [(rule, text)] = _told(plan)
    assert rule == "column_by_content"
    place = f"第 {KEYS.index(key) + 1} 列"
    assert text.startswith(f"{place}「{label}」不是认识的表头" if label else f"{place}没有表头")
    assert f"内容是{held}" in text


@pytest.mark.parametrize("key", ["size", "channel"])
def test_that_words_of_a_closed_list_are_told(store: Store, tmp_path: Path, key: str) -> None:
    words = {"size": ["小型", "中型", "微型"], "channel": ["线上", "窗口", "线上"]}[key]
    rows = [[*line, word] for line, word in zip(_with({}), ["某栏", *words], strict=True)]
    plan = _read(store, write_xlsx(tmp_path / "台账.xlsx", rows))
    assert _by(plan)[key] is By.CONTENT


def test_that_the_day_is_told_only_where_one_column_can_be_it(store: Store, tmp_path: Path) -> None:
    one = _read(store, write_xlsx(tmp_path / "一.xlsx", _with({"registered_on": "登记时间"})))
    assert _by(one)["registered_on"] is By.CONTENT
    assert one.entries[0].after is not None
    assert one.entries[0].after.registered_on == date(2019, 3, 5)
    # 放款 is another day, two days cannot be told apart: both are asked about.
    for labels in (["放款日", "x"], ["", ""]):
        rows = [
            [*line, end]
            for line, end in zip(
                _with({"registered_on": labels[0]}),
                [labels[1], *[date(2020, 1, day) for day in (1, 2, 3)]],
                strict=True,
            )
        ]
        plan = _read(store, write_xlsx(tmp_path / "二.xlsx", rows))
        assert "registered_on" not in _by(plan)
        assert {entry.status.value for entry in plan.entries} == {"rejected"}


def test_that_numbers_are_never_taken_for_an_amount(store: Store, tmp_path: Path) -> None:
    for label in ("", "合同金额", "授信（万元）", "评估作价（万元）"):
        plan = _read(store, write_xlsx(tmp_path / "台账.xlsx", _with({"secured_amount": label})))
        assert "secured_amount" not in _by(plan), label
        assert [entry.after.secured_amount_fen for entry in plan.entries if entry.after] == [
            None
        ] * 3
    plan = _read(
        store, write_xlsx(tmp_path / "台账.xlsx", _with({"secured_amount": "合同金额（万元）"}))
    )
    [(rule, text)] = _told(plan)
    assert rule == "column_unclear"
    assert "第 10 列「合同金额(万元)」是数字，没有当作担保债权额" in text.translate(
        {0xFF08: "(", 0xFF09: ")"}
    )


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("uscc", "质权人信用代码"),
        ("city", "银行所在市"),
        ("pledgor", "借款企业"),
        ("pledgee", "开户银行"),
    ],
)
def test_that_a_column_of_others_is_left_alone(
    store: Store, tmp_path: Path, key: str, label: str
) -> None:
    plan = _read(store, write_xlsx(tmp_path / "台账.xlsx", _with({key: label})))
    assert key not in _by(plan)


def test_that_numbers_of_trademarks_are_asked_about(store: Store, tmp_path: Path) -> None:
    made = [cells(kind="商标", rights=str(12_345_678 + at)) for at in range(3)]
    plan = _read(store, write_xlsx(tmp_path / "台账.xlsx", _with({"rights": "证号"}, made)))
    assert "rights" not in _by(plan)
    [(rule, text)] = _told(plan)
    assert rule == "column_unclear"
    assert "第 11 列「证号」可能是商标注册号（3/3）" in text


def test_that_nearly_all_is_enough_and_less_is_not(store: Store, tmp_path: Path) -> None:
    made = [cells() for _ in range(20)]
    made[3]["uscc"] = "没有"
    path = write_xlsx(tmp_path / "台账.xlsx", _with({"uscc": ""}, made))
    [(_, text)] = _told(_read(store, path))
    assert "统一社会信用代码（19/20）" in text
    for at in range(5):
        made[at]["uscc"] = "没有"
    path = write_xlsx(tmp_path / "台账.xlsx", _with({"uscc": ""}, made))
    assert "uscc" not in _by(_read(store, path))


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_that_a_table_without_any_header_is_read(store: Store, tmp_path: Path, suffix: str) -> None:
    rows = _with({})[1:]
    path = tmp_path / f"台账.{suffix}"
    plan = _read(store, write_xlsx(path, rows) if suffix == "xlsx" else write_csv(path, rows))
    assert plan.errors == ()
    assert [entry.place.rows for entry in plan.entries] == [(1,), (2,), (3,)]
    assert set(_by(plan).values()) == {By.CONTENT}
    assert "secured_amount" not in _by(plan)
    assert "right_names" not in _by(plan)


def test_that_a_list_of_something_else_is_no_ledger(store: Store, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["单位", "证照号", "成立", "地址"],
        *[["示例公司", make.credit_code(at), date(2001, 2, at), "杭州市"] for at in (1, 2, 3)],
    ]
    with pytest.raises(NoLedger) as caught:
        _read(store, write_xlsx(tmp_path / "名录.xlsx", rows))
    [table] = caught.value.tables
    assert [column.label for column in table.header.columns] == rows[0]


# -- said by a person ------------------------------------------------------------------------

_ODD = {"pledgor": "单位", "registered_on": "日子", "secured_amount": "数"}


def test_that_columns_are_said_by_name(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", _with(_ODD))
    named = dict(map(named_column, ("单位=pledgor", "日子=登记日期", "第10列=secured_amount")))
    plan = _read(store, path, Choices(named=named, unit=named_unit("千元")))
    assert plan.errors == ()
    assert [_by(plan)[key] for key in _ODD] == [By.HAND] * 3
    assert [e.after.secured_amount_fen for e in plan.entries if e.after] == [WAN * 50] * 3


def test_that_what_is_left_out_is_not_read(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", _with({}))
    plan = _read(
        store, path, Choices(named=dict([named_column("备注=-"), named_column("设区市=不导入")]))
    )
    assert {"note", "city"}.isdisjoint(_by(plan))


def test_that_a_unit_said_gives_way_to_a_written_one(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", _with({}))
    plan = _read(store, path, Choices(unit=Unit.YI))
    assert [e.after.secured_amount_fen for e in plan.entries if e.after] == [WAN * 500] * 3


@pytest.mark.parametrize(
    ("said", "words"),
    [("单位", "列名=字段"), ("单位=公司", "没有叫「公司」的字段"), ("=pledgor", "列名=字段")],
)
def test_that_a_slip_in_naming_a_column_is_told(said: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        named_column(said)


def test_that_a_unit_nobody_knows_is_told() -> None:
    with pytest.raises(UserError, match="不认识单位「美元」"):
        named_unit("美元")


def test_that_a_column_that_no_file_has_is_told(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", _with({}))
    with pytest.raises(UserError, match="没有「甲方」这一列"):
        _read(store, path, Choices(named={"甲方": "pledgor"}))


def test_that_what_was_said_is_remembered_for_tables_of_that_shape(
    store: Store, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", _with(_ODD))
    header = _read(store, path).tables[0].header
    choice = Choice(
        {KEYS.index(key): key for key in _ODD}, {KEYS.index("secured_amount"): Unit.WAN}
    )
    now = _read(store, path, Choices(now={header.shape: choice}))
    assert [_by(now)[key] for key in _ODD] == [By.HAND] * 3
    keep_columns(store, header.shape, choice.as_json(), "台账.xlsx")
    other = write_xlsx(tmp_path / "下月.xlsx", _with(_ODD, [cells(), cells()]))
    plan = _read(store, other)
    assert plan.errors == ()
    assert [_by(plan)[key] for key in _ODD] == [By.REMEMBERED] * 3
    assert [e.after.secured_amount_fen for e in plan.entries if e.after] == [WAN * 500] * 2
    longer = write_xlsx(tmp_path / "另一种.xlsx", [[*line, "甲"] for line in _with(_ODD)])
    assert By.REMEMBERED not in _by(_read(store, longer)).values()


def test_that_remembering_and_forgetting_can_be_undone(store: Store) -> None:
    shape = shape_of(["甲", "乙"])
    content = Choice({0: "pledgor", 1: None}).as_json()
    keep_columns(store, shape, content, "台账.xlsx")
    assert kept_columns(store) == {shape: content}
    forget_columns(store, shape, "台账.xlsx")
    assert kept_columns(store) == {}
    history.undo(store)
    assert kept_columns(store) == {shape: content}
    history.undo(store)
    assert kept_columns(store) == {}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("registered_on",), "表里没有登记日期的列"),
        (("kind",), "表里没有质押类型的列，工作表名称和标题也没有写清楚"),
        (("city", "county"), "表里没有设区市、县(市、区)的列，工作表名称和标题也没有写清楚"),
    ],
)
def test_that_a_column_that_is_missing_is_not_a_cell_that_is_missing(
    store: Store, tmp_path: Path, keys: tuple[str, ...], words: str
) -> None:
    kept = [key for key in KEYS if key not in keys]
    lacking = [[HEAD[KEYS.index(key)] for key in kept], row(_ROWS[0], kept)]
    [fault] = _read(store, write_xlsx(tmp_path / "缺列.xlsx", lacking)).errors
    assert (fault.rule, fault.field) == ("column_missing", keys[0])
    assert fault.text.startswith(words)
    blank = write_xlsx(tmp_path / "缺格.xlsx", _with({}, [{**_ROWS[0], **dict.fromkeys(keys, "")}]))
    [fault] = _read(store, blank).errors
    assert fault.rule.endswith("_missing")
    assert fault.rule != "column_missing"
