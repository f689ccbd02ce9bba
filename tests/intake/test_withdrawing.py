"""An import taken back whole, unless something rests on it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db import history
from ipfinance.db.batches import all_batches
from ipfinance.db.connection import Store
from ipfinance.db.pledges import get
from ipfinance.db.registrar import cancel, correct, delete
from ipfinance.db.withdrawing import Edited, EditedSinceError
from ipfinance.errors import UserError
from ipfinance.intake.receipts import Receipt, withdraw
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
    assert (taken.batch.id, taken.removed, taken.restored, taken.kept) == (receipt.batch, 1, 2, 0)
    assert _state(store) == before
    assert [batch.file_name for batch in all_batches(store)] == ["前.xlsx"]


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
    with pytest.raises(EditedSinceError, match=said) as caught:
        withdraw(store, str(receipt.batch))
    [edit] = caught.value.acts
    assert (edit.registrations, caught.value.registrations) == ((made["reg_no"],), 1)
    assert make.dump(store) == before
    assert len(all_batches(store)) == (2 if act == "再导入" else 1)


def test_that_edits_that_were_undone_do_not_stand_in_the_way(store: Store, tmp_path: Path) -> None:
    receipt = _bring(store, tmp_path, "一", cells())
    cancel(store, [1], make.TODAY)
    history.undo(store)
    withdraw(store, str(receipt.batch))
    assert all_batches(store) == []


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


def _edit(store: Store, folder: Path, act: str, made: dict[str, Any]) -> None:
    """Do something to the first registration."""
    if act == "更正":
        stored = get(store, 1)
        correct(store, 1, replace(stored, note="改过", secured_amount_fen=777, rights=()))
    elif act == "注销":
        cancel(store, [1], make.TODAY)
    elif act == "删除":
        delete(store, [1])
    else:
        _bring(store, folder, "后来", {**made, "note": "改过", "county": "上城区"})


_EDITS = ["更正", "注销", "删除", "再导入"]


@pytest.mark.parametrize("act", _EDITS)
def test_that_edited_registrations_go_too_when_so_decided(
    store: Store, tmp_path: Path, act: str
) -> None:
    empty = _state(store)
    made = cells()
    receipt = _bring(store, tmp_path, "一", made, cells(), cells())
    _edit(store, tmp_path, act, made)
    edited = _state(store)
    done = withdraw(store, str(receipt.batch), Edited.TAKE)
    assert (done.removed, done.restored, done.kept) == (3, 0, 0)
    left = _state(store)
    # A second import stays in the list of imports; of registrations and parties nothing is left.
    left["batch"] = []
    assert left == empty
    history.undo(store)
    assert _state(store) == edited


@pytest.mark.parametrize("act", _EDITS)
def test_that_edited_registrations_stay_as_they_are_when_so_decided(
    store: Store, tmp_path: Path, act: str
) -> None:
    made = cells()
    receipt = _bring(store, tmp_path, "一", made, cells(), cells())
    _edit(store, tmp_path, act, made)
    edited = _state(store)
    done = withdraw(store, str(receipt.batch), Edited.KEEP)
    assert (done.removed, done.restored, done.kept) == (2, 0, 1)
    left = _state(store)
    assert [row[0] for row in left["pledge"]] == [1]
    for table in ("pledge_pledgor", "pledge_pledgee", "pledge_right", "event"):
        assert left[table] == [row for row in edited[table] if row[_pledge_at(store, table)] == 1]
    assert len(left["enterprise"]) == len(left["pledgee"]) == 1
    history.undo(store)
    assert _state(store) == edited


def _pledge_at(store: Store, table: str) -> int:
    names = [row["name"] for row in store.connection.execute(f"PRAGMA table_info({table})")]
    return names.index("pledge")


@pytest.mark.parametrize("edited", list(Edited))
def test_that_what_an_import_corrected_and_somebody_edited_goes_back_or_stays(
    store: Store, tmp_path: Path, edited: Edited
) -> None:
    made, other = cells(), cells()
    _bring(store, tmp_path, "前", made, other)
    before = _state(store)
    receipt = _bring(
        store, tmp_path, "后", {**made, "secured_amount": 900}, {**other, "note": "新"}, cells()
    )
    correct(store, 1, replace(get(store, 1), note="改过"))
    done = withdraw(store, str(receipt.batch), edited)
    if edited is Edited.TAKE:
        assert (done.removed, done.restored, done.kept) == (1, 2, 0)
        assert _state(store) == before
    else:
        assert (done.removed, done.restored, done.kept) == (1, 1, 1)
        assert (get(store, 1).note, get(store, 1).secured_amount_fen) == ("改过", 900_000_000)
        assert get(store, 2).note == ""
