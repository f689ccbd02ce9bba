"""Registrations left out of an import: it is as though the file did not have them."""

from pathlib import Path

import pytest

from ipfinance.db.batches import all_batches
from ipfinance.db.connection import Store
from ipfinance.db.history import redo, undo
from ipfinance.domain.money import WAN
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import Plan, carry_out
from ipfinance.intake.leaving_out import leave_out, take_in
from ipfinance.intake.mending import mend
from ipfinance.intake.receipts import batch_as_json, receipt_of, withdraw
from ipfinance.progress import Progress
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, write_xlsx

# What grows with every act, and what is given out anew: numbers and uids.
GROWING = ("act", "current_act", "history", "sqlite_sequence")


def statuses(plan: Plan) -> list[Status]:
    return [entry.status for entry in plan.entries]


@pytest.fixture
def plan(store: Store, tmp_path: Path) -> Plan:
    """One the same, one changed, two new of which the second has a warning, one rejected."""
    same, before = cells(), cells(secured_amount=300)
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(same, before)))
    new = cells(city="宁波市", county="海曙区", secured_amount=800)
    doubtful = {**new, "reg_no": "Y2019990099999"}
    rejected = cells(registered_on="2019-02-30")
    rows = ledger(same, {**before, "secured_amount": 350}, new, doubtful, rejected)
    made = read(store, write_xlsx(tmp_path / "后.xlsx", rows))
    assert statuses(made) == [
        *(Status.SAME, Status.CHANGED, Status.NEW, Status.NEW, Status.REJECTED)
    ]
    assert {fault.row for fault in made.warnings} == {5}
    return made


def test_that_only_what_would_be_written_is_left_out_and_comes_in_again(
    store: Store, plan: Plan
) -> None:
    less = leave_out(plan, range(5))
    assert statuses(less) == [
        *(Status.SAME, Status.LEFT_OUT, Status.LEFT_OUT, Status.LEFT_OUT, Status.REJECTED)
    ]
    assert not less.changes_anything
    assert less.warnings == ()
    assert take_in(less, range(5), store) == plan


def test_that_counts_and_sums_follow(plan: Plan) -> None:
    less = leave_out(plan, (1, 3))
    receipt = less.receipt()
    assert (receipt.new, receipt.changed, receipt.same) == (1, 0, 1)
    assert (receipt.rejected, receipt.left_out, receipt.read) == (1, 2, 5)
    assert receipt.secured_amount_fen == 800 * WAN
    sums = {city.name: (city.fen_before, city.fen_after) for city in less.cities}
    assert sums["杭州市"] == (800 * WAN, 800 * WAN)  # 350 instead of 300 was left out
    assert sums["宁波市"] == (0, 800 * WAN)


def test_that_the_rest_is_what_a_file_without_them_brings(
    store: Store, plan: Plan, tmp_path: Path
) -> None:
    carried = carry_out(leave_out(plan, (1, 3)), store, Progress())
    brought = make.dump(store)["pledge"]
    withdraw(store, carried.batch_uid)
    sheet = plan.entries[0].draft.table.sheet.rows
    kept = [list(row) for at, row in enumerate(sheet) if at not in (2, 4)]
    bring_in(store, write_xlsx(tmp_path / "少了两行.xlsx", kept))
    columns = [row["name"] for row in store.connection.execute("PRAGMA table_info(pledge)")]
    own = [at for at, name in enumerate(columns) if name not in ("id", "uid", "batch")]

    def told(rows: list[tuple[object, ...]]) -> list[list[object]]:
        return [[row[at] for at in own] for row in rows]

    assert told(make.dump(store)["pledge"]) == told(brought)


def test_that_a_number_is_free_when_its_row_is_left_out(store: Store, tmp_path: Path) -> None:
    first = cells()
    second = {**cells(secured_amount=700), "reg_no": first["reg_no"]}
    sheets = {"上半年": ledger(first, cells()), "下半年": ledger(second)}
    plan = read(store, write_xlsx(tmp_path / "重号.xlsx", sheets))
    assert statuses(plan) == [Status.NEW, Status.NEW, Status.REJECTED]
    plan = mend(leave_out(plan, (0,)), 2, {}, store)
    assert statuses(plan) == [Status.LEFT_OUT, Status.NEW, Status.NEW]
    again = take_in(plan, (0,), store)  # the other has the number now
    assert statuses(again) == [Status.REJECTED, Status.NEW, Status.NEW]
    assert [fault.rule for fault in again.errors] == ["reg_no_duplicate"]
    carry_out(again, store, Progress())
    amounts = store.connection.execute("SELECT secured_amount_fen FROM pledge ORDER BY id")
    assert [row[0] for row in amounts] == [500 * WAN, 700 * WAN]


def test_that_what_was_mended_stays_mended(store: Store, plan: Plan) -> None:
    mended = mend(plan, 2, {"secured_amount": "900"}, store)
    less = leave_out(mended, (2,))
    assert take_in(less, (2,), store) == mended


def test_that_reasons_and_counts_are_kept_with_the_batch(store: Store, plan: Plan) -> None:
    before = make.dump(store, GROWING)
    done = carry_out(leave_out(plan, (3,)), store, Progress())
    written = make.dump(store, GROWING)
    [batch, _] = all_batches(store)
    again = receipt_of(store, batch)
    assert (again.read, again.left_out, again.rejected) == (5, 1, 1)
    assert again.faults
    assert [str(fault) for fault in again.faults] == [str(fault) for fault in done.faults]
    assert [fault.as_json() for fault in again.faults] == [f.as_json() for f in done.faults]
    told = batch_as_json(batch)
    parts = ("new", "changed", "same", "rejected", "left_out")
    assert told["read"] == sum(int(str(told[part])) for part in parts) == 5
    undo(store)
    assert make.dump(store, GROWING) == before
    redo(store)
    assert make.dump(store, GROWING) == written
    withdraw(store, batch.uid)
    undo(store)
    assert receipt_of(store, all_batches(store)[0]) == again
