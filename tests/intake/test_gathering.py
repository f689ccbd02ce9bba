"""Rows and registrations: one number is one registration, however many rows it has."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Pledge
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import Plan
from tests import make
from tests.intake.sheets_made import KEYS, cells, ledger, read, rules, write_csv, write_xlsx


def _plan(store: Store, folder: Path, *made: dict[str, Any], merged: Any = ()) -> Plan:
    return read(store, write_xlsx(folder / "台账.xlsx", ledger(*made), merged))


def _only(plan: Plan) -> Pledge:
    assert plan.errors == ()
    [entry] = plan.entries
    assert entry.after is not None
    return entry.after


def _numbers(pledge: Pledge) -> list[tuple[str, str]]:
    return [(right.number, right.name) for right in pledge.rights]


_A, _B, _C = (make.patent_number(600_000 + number) for number in range(3))


def test_that_rows_with_one_number_are_one_registration(store: Store, tmp_path: Path) -> None:
    first = cells(rights=_A, right_names="甲")
    plan = _plan(
        store,
        tmp_path,
        first,
        {**first, "rights": f"ZL{_B}；{_C}", "right_names": "乙"},
        cells(),
    )
    assert [entry.place.rows for entry in plan.entries] == [(2, 3), (4,)]
    gathered = plan.entries[0].after
    assert gathered is not None
    assert _numbers(gathered) == [(_A, "甲"), (_B, "乙"), (_C, "")]
    assert gathered.secured_amount_fen == 500_000_000


def test_that_a_name_with_a_comma_is_one_name(store: Store, tmp_path: Path) -> None:
    first = cells(rights=_A, right_names="一种甲、乙的装置")
    plan = _plan(store, tmp_path, first, {**first, "rights": _B, "right_names": "丙，丁"})
    assert _numbers(_only(plan)) == [(_A, "一种甲、乙的装置"), (_B, "丙，丁")]


def test_that_the_rows_of_one_registration_need_not_be_neighbours(
    store: Store, tmp_path: Path
) -> None:
    first = cells(rights=_A)
    plan = _plan(store, tmp_path, first, cells(), {**first, "rights": _B})
    assert [entry.place.rows for entry in plan.entries] == [(2, 4), (3,)]


def test_that_a_row_with_nothing_but_a_right_continues_the_row_above(
    store: Store, tmp_path: Path
) -> None:
    blank = dict.fromkeys(KEYS, "")
    pledge = _only(
        _plan(store, tmp_path, cells(rights=_A), {**blank, "rights": _B, "right_names": "乙"})
    )
    assert _numbers(pledge) == [(_A, "一种示例装置"), (_B, "乙")]


def test_that_merged_cells_make_rows_one_registration(store: Store, tmp_path: Path) -> None:
    blank = dict.fromkeys(KEYS, "")
    merged = [f"{letter}2:{letter}3" for letter in "ABCDEFGHIJ"]
    plan = _plan(store, tmp_path, cells(rights=_A), {**blank, "rights": _B}, merged=merged)
    assert [number for number, _ in _numbers(_only(plan))] == [_A, _B]
    assert plan.secured_amount_fen == 500_000_000


def test_that_an_amount_merged_over_several_registrations_is_refused(
    store: Store, tmp_path: Path
) -> None:
    plan = _plan(store, tmp_path, cells(), cells(secured_amount=""), merged=["J2:J3"])
    assert rules(plan) == [
        ("担保债权额(万元)", 2, "amount_merged"),
        ("担保债权额(万元)", 3, "amount_merged"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "label"),
    [("secured_amount", 300, "担保债权额(万元)"), ("pledgee", "另一银行", "质权人")],
)
def test_that_rows_of_one_registration_may_not_contradict_each_other(
    store: Store, tmp_path: Path, key: str, value: Any, label: str
) -> None:
    first = cells(rights=_A)
    plan = _plan(store, tmp_path, first, {**first, "rights": _B, key: value})
    assert rules(plan) == [(label, 3, "rows_contradict")]
    assert len(plan.entries) == 1


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"secured_amount": 300},
        {"pledgor": "示例乙公司", "uscc": "", "rights": _B},
        {"registered_on": date(2019, 4, 1), "rights": _B},
    ],
)
def test_that_a_second_record_with_a_number_is_refused_and_names_the_first(
    store: Store, tmp_path: Path, other: dict[str, Any]
) -> None:
    first = cells(rights=_A)
    plan = _plan(store, tmp_path, first, cells(), {**first, **other})
    assert rules(plan) == [("登记号", 4, "reg_no_duplicate")]
    assert "第 2 行" in plan.errors[0].text
    assert (plan.counts[Status.NEW], plan.counts[Status.REJECTED]) == (2, 1)


def test_that_a_number_is_taken_even_by_a_row_that_is_rejected(
    store: Store, tmp_path: Path
) -> None:
    first = cells(registered_on="2019-02-30")
    plan = _plan(store, tmp_path, first, {**first, "registered_on": date(2019, 2, 28)})
    assert rules(plan) == [("登记日期", 2, "date_impossible"), ("登记号", 3, "reg_no_duplicate")]


def test_that_a_patent_and_a_trademark_may_bear_one_number(store: Store, tmp_path: Path) -> None:
    first = cells()
    plan = _plan(store, tmp_path, first, {**first, "kind": "商标", "rights": "12345678"})
    assert plan.errors == ()
    assert len(plan.entries) == 2


def test_that_a_number_in_another_file_is_a_second_record(store: Store, tmp_path: Path) -> None:
    made = cells(rights=_A)
    one = write_xlsx(tmp_path / "一.xlsx", ledger(made))
    other = write_csv(tmp_path / "二.csv", ledger({**made, "rights": _B}))
    plan = read(store, one, other)
    assert [(fault.file, fault.rule) for fault in plan.errors] == [("二.csv", "reg_no_duplicate")]
    assert "一.xlsx" in plan.errors[0].text


def test_that_the_same_file_twice_in_one_import_is_read_once(store: Store, tmp_path: Path) -> None:
    one = write_xlsx(tmp_path / "一.xlsx", ledger(cells()))
    (tmp_path / "二.xlsx").write_bytes(one.read_bytes())
    plan = read(store, one, tmp_path / "二.xlsx")
    assert (len(plan.entries), plan.sources[1].repeats) == (1, "一.xlsx")


def test_that_a_fault_of_a_gathered_right_names_its_own_row(store: Store, tmp_path: Path) -> None:
    first = cells(rights=_A)
    wrong = f"{_B[:-1]}{'1' if _B[-1] != '1' else '2'}"
    plan = _plan(store, tmp_path, first, {**first, "rights": wrong})
    assert [(w.row, w.value, w.rule) for w in plan.warnings] == [(3, wrong, "patent_check")]


def test_that_columns_of_patents_and_trademarks_are_read_together(
    store: Store, tmp_path: Path
) -> None:
    head = ["类型", "登记号", "登记日期", "出质人", "县区", "专利号", "商标注册号"]
    rows: list[list[Any]] = [
        list(head),
        ["专利", "Y2019980000001", "2019-03-05", "示例甲", "滨江区", _A, ""],
        ["商标", "商1", "2019-03-05", "示例甲", "滨江区", "", 12345678],
    ]
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", rows))
    assert plan.errors == ()
    assert [_numbers(entry.after)[0][0] for entry in plan.entries if entry.after] == [
        _A,
        "12345678",
    ]


def test_that_codes_that_became_numbers_are_refused_and_short_ones_read(
    store: Store, tmp_path: Path
) -> None:
    plan = _plan(
        store,
        tmp_path,
        cells(uscc=913301001234567890),
        cells(kind="商标", reg_no=2019980000001, rights=12345678),
    )
    assert rules(plan) == [("统一社会信用代码", 2, "code_rounded")]
    pledge = plan.entries[1].after
    assert pledge is not None
    assert (pledge.reg_no, pledge.rights[0].number) == ("2019980000001", "12345678")


def test_that_a_registration_of_very_many_rows_is_gathered_in_passing(
    store: Store, tmp_path: Path
) -> None:
    first = cells(kind="商标", rights="1")
    rows = [{**first, "rights": str(number), "right_names": ""} for number in range(1, 3001)]
    plan = read(store, write_csv(tmp_path / "台账.csv", ledger(*rows)))
    pledge = _only(plan)
    assert len(pledge.rights) == 3000
    assert str(plan.entries[0].place) == "台账 第 2—3001 行"
