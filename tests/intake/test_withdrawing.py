"""An import taken back whole, unless something rests on it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.pledges import get
from ipfinance.db.registrar import cancel, correct
from ipfinance.errors import UserError
from ipfinance.intake.receipts import Receipt, batches, withdraw
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, write_xlsx

_ALWAYS_GROWING = ("act", "history", "sqlite_sequence")


def _bring(store: Store, folder: Path, name: str, *made: dict[str, Any]) -> Receipt:
    return bring_in(store, write_xlsx(folder / f"{name}.xlsx", ledger(*made)))


def _state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return make.dump(store, leaving_out=_ALWAYS_GROWING)


def test_that_a_batch_is_taken_back_whole(store: Store, tmp_path: Path) -> None:
    known = [cells(), cells(uscc="", pledgor="示例乙公司")]
    _bring(store, tmp_path, "前", *known)
    before = _state(store)
    later = [
        {**known[0], "secured_amount": 900, "pledgee": "另一银行"},
        {**known[1], "uscc": make.credit_code(55), "note": "补码"},
        cells(pledgor="示例丙公司", uscc=make.credit_code(56)),
    ]
    receipt = _bring(store, tmp_path, "后", *later)
    assert (receipt.new, receipt.changed) == (1, 2)
    taken = withdraw(store, receipt.batch_uid)
    assert (taken.id, taken.new_count, taken.changed_count) == (receipt.batch, 1, 2)
    assert _state(store) == before
    assert [batch.file_name for batch in batches(store)] == ["前.xlsx"]


def test_that_an_older_batch_is_taken_back_and_the_newer_stays(
    store: Store, tmp_path: Path
) -> None:
    first = _bring(store, tmp_path, "一", cells(), cells())
    made = cells()
    _bring(store, tmp_path, "二", made)
    withdraw(store, str(first.batch))
    pledge = get(store, 3)
    assert pledge.reg_no == made["reg_no"]
    # The enterprise, its code and the lender came with the first batch and are needed still.
    assert pledge.pledgors[0].uscc == made["uscc"]
    assert pledge.pledgees[0].name == made["pledgee"]
    assert _bring(store, tmp_path, "三", made).same == 1


def test_that_taking_back_can_be_undone_and_done_again(store: Store, tmp_path: Path) -> None:
    receipt = _bring(store, tmp_path, "一", cells(), cells())
    _bring(store, tmp_path, "二", cells())
    before = _state(store)
    withdraw(store, str(receipt.batch))
    after = _state(store)
    history.undo(store)
    assert _state(store) == before
    history.redo(store)
    assert _state(store) == after


@pytest.mark.parametrize("act", ["更正", "注销", "再导入"])
def test_that_a_batch_that_was_edited_since_stays_and_the_edits_are_listed(
    store: Store, tmp_path: Path, act: str
) -> None:
    made = cells()
    receipt = _bring(store, tmp_path, "一", made, cells())
    if act == "更正":
        stored = get(store, 1)
        correct(store, 1, replace(stored, note="改过"))
        said = f"更正登记 {made['reg_no']}"
    elif act == "注销":
        cancel(store, [1], make.TODAY)
        said = f"注销登记 {made['reg_no']}"
    else:
        _bring(store, tmp_path, "二", {**made, "note": "改过"})
        said = "导入 二.xlsx"
    before = make.dump(store)
    with pytest.raises(UserError, match=said):
        withdraw(store, str(receipt.batch))
    assert make.dump(store) == before
    assert len(batches(store)) == (2 if act == "再导入" else 1)


def test_that_edits_that_were_undone_do_not_stand_in_the_way(store: Store, tmp_path: Path) -> None:
    receipt = _bring(store, tmp_path, "一", cells())
    cancel(store, [1], make.TODAY)
    history.undo(store)
    withdraw(store, str(receipt.batch))
    assert batches(store) == []


def test_that_imports_that_were_taken_back_do_not_stand_in_the_way(
    store: Store, tmp_path: Path
) -> None:
    made = cells()
    empty = _state(store)
    first = _bring(store, tmp_path, "一", made)
    second = _bring(store, tmp_path, "二", {**made, "note": "改过"})
    withdraw(store, str(second.batch))
    withdraw(store, str(first.batch))
    assert _state(store) == empty


def test_that_a_batch_nobody_knows_is_told(store: Store) -> None:
    with pytest.raises(UserError, match="没有批次 7"):
        withdraw(store, "7")


def test_that_a_batch_taken_back_can_be_imported_again(store: Store, tmp_path: Path) -> None:
    made = [cells(), cells()]
    receipt = _bring(store, tmp_path, "一", *made)
    withdraw(store, str(receipt.batch))
    assert _bring(store, tmp_path, "一", *made).new == 2
