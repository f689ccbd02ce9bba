"""Totals that a sheet prints are compared with its rows."""

from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.intake.findings import Finding
from tests.intake.sheets_made import HEAD, KEYS, cells, ledger, read, row, write_xlsx

_HEAD = [*HEAD, "件数"]


def _with(words: str, amount: Any, count: Any = "") -> list[Any]:
    line: list[Any] = [""] * len(_HEAD)
    line[0], line[KEYS.index("secured_amount")], line[-1] = words, amount, count
    return line


def _data(*amounts: Any) -> list[list[Any]]:
    return [[*row(cells(secured_amount=amount)), 1] for amount in amounts]


def _warnings(store: Store, folder: Path, *rows: list[Any]) -> tuple[Finding, ...]:
    plan = read(store, write_xlsx(folder / "台账.xlsx", [_HEAD, *rows]))
    assert plan.errors == ()
    return plan.warnings


def test_that_totals_that_agree_say_nothing(store: Store, tmp_path: Path) -> None:
    found = _warnings(
        store,
        tmp_path,
        *_data(100, 200.5),
        _with("小计", 300.5, 2),
        *_data(10),
        _with("小计", "10", 1),
        _with("合计", 310.5, 3),
    )
    assert found == ()


def test_that_a_total_that_differs_is_a_warning_with_both_numbers(
    store: Store, tmp_path: Path
) -> None:
    [found] = _warnings(
        store, tmp_path, *_data(100, 200), _with("小计", 310), *_data(10), _with("合计", 310)
    )
    assert (found.rule, found.row, found.column, found.value) == (
        *("total_differs", 4),
        *("担保债权额(万元)", "310"),
    )
    assert "310 万元" in found.text
    assert "300 万元" in found.text


def test_that_counts_are_checked_too(store: Store, tmp_path: Path) -> None:
    [found] = _warnings(store, tmp_path, *_data(100, 200), _with("合计", 300, 3))
    assert (found.column, found.value) == ("件数", "3")


@pytest.mark.parametrize("printed", [300.25, "300.25", "300.2", 300, "300.246"])
def test_that_a_total_printed_with_fewer_decimals_agrees(
    store: Store, tmp_path: Path, printed: Any
) -> None:
    assert _warnings(store, tmp_path, *_data(100, 200.2464), _with("合计", printed)) == ()


@pytest.mark.parametrize("printed", [300.26, "301", "1,300.25", "3002.464"])
def test_that_a_slip_in_a_total_is_found(store: Store, tmp_path: Path, printed: Any) -> None:
    assert len(_warnings(store, tmp_path, *_data(100, 200.2464), _with("总计", printed))) == 1


def test_that_a_total_may_stand_first(store: Store, tmp_path: Path) -> None:
    assert _warnings(store, tmp_path, _with("合计", 300), *_data(100, 200)) == ()
    assert len(_warnings(store, tmp_path, _with("合计", 301), *_data(100, 200))) == 1


def test_that_a_city_may_name_its_total(store: Store, tmp_path: Path) -> None:
    assert _warnings(store, tmp_path, *_data(100), _with("杭州市 小 计：", 100)) == ()


def test_that_one_registration_in_several_rows_counts_once(store: Store, tmp_path: Path) -> None:
    first = cells(secured_amount=100)
    second = {**first, "rights": "201520000017.2", "right_names": "乙"}
    rows = [*ledger(first, second), [*_with("合计", 100)[:-1]]]
    plan = read(store, write_xlsx(tmp_path / "台账.xlsx", rows))
    assert plan.remarks == ()
    assert len(plan.entries) == 1
