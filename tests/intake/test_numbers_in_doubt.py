"""Rows whose 登记号 another registration bears: rejected, or taken in with the number in doubt."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipfinance.db import history
from ipfinance.db.batches import all_batches
from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import Finding, FindingKind
from ipfinance.db.findings import findings
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import find, get
from ipfinance.db.registrar import correct, delete, restore
from ipfinance.db.verification import verify
from ipfinance.domain.pledge import Pledge
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.importing import Plan, carry_out
from ipfinance.intake.leaving_out import leave_out
from ipfinance.intake.mending import mend
from ipfinance.intake.numbers_in_doubt import (
    all_in_doubt,
    all_with_number_taken,
    came_in_doubt,
    can_come_in_doubt,
    give_back,
    take_in_doubt,
)
from ipfinance.intake.receipts import batch_as_json, receipt_of, withdraw
from ipfinance.intake.rejects import write_rejects
from ipfinance.progress import Progress
from ipfinance.reports.ledger import export_ledger
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, write_xlsx

NUMBER = "Y2019330000123"
_GROWING = ("act", "current_act", "history", "sqlite_sequence")


def bearer(**changes: Any) -> dict[str, Any]:
    """Who has the number."""
    return cells(**{"reg_no": NUMBER, "rights": make.patent_number(900_001), **changes})


def other(**changes: Any) -> dict[str, Any]:
    """Another one, of another enterprise and day, with the same number."""
    made = {
        "reg_no": NUMBER,
        "pledgor": "示例乙新材料有限公司",
        "uscc": make.credit_code(2),
        "registered_on": date(2019, 4, 8),
        "rights": make.patent_number(900_002),
        "secured_amount": 300,
    }
    return cells(**{**made, **changes})


def plan_of(store: Store, folder: Path, *made: dict[str, Any], name: str = "后.xlsx") -> Plan:
    return read(store, write_xlsx(folder / name, ledger(*made)))


def statuses(plan: Plan) -> list[Status]:
    return [entry.status for entry in plan.entries]


def in_doubt(store: Store) -> list[Finding]:
    return findings(store, make.TODAY)[FindingKind.REG_NO_IN_DOUBT]


@pytest.fixture
def both(store: Store, tmp_path: Path) -> list[Pledge]:
    """The bearer of the number, and the other one as it was taken in after it."""
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(bearer())))
    plan = plan_of(store, tmp_path, other())
    carry_out(take_in_doubt(plan, [0], store), store, Progress())
    return find(store, [1, 2])


def test_that_it_is_rejected_unless_it_is_taken_in(store: Store, tmp_path: Path) -> None:
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(bearer())))
    plan = plan_of(store, tmp_path, other(), cells())
    assert statuses(plan) == [Status.REJECTED, Status.NEW]
    assert (plan.numbers_taken, plan.in_doubt) == (1, 0)
    assert [can_come_in_doubt(entry) for entry in plan.entries] == [True, False]
    taken = take_in_doubt(plan, [0, 1], store)
    assert statuses(taken) == [Status.NEW, Status.NEW]
    assert (taken.numbers_taken, taken.in_doubt, taken.errors) == (0, 1, ())
    assert taken.secured_amount_fen == plan.secured_amount_fen + 300 * 1_000_000
    assert [fault.rule for fault in taken.entries[0].warnings] == ["reg_no_in_doubt"]
    after = taken.entries[0].after
    assert after is not None
    assert (after.reg_no, after.reg_no_in_doubt) == (None, NUMBER)
    assert all_in_doubt(taken) == [0]
    assert give_back(taken, [0, 1], store) == plan


def test_that_the_row_before_in_the_same_import_keeps_the_number(
    store: Store, tmp_path: Path
) -> None:
    plan = plan_of(store, tmp_path, other(), bearer(), other(registered_on=date(2019, 5, 9)))
    assert statuses(plan) == [Status.NEW, Status.REJECTED, Status.REJECTED]
    assert all_with_number_taken(plan) == [1, 2]
    taken = take_in_doubt(plan, [1, 2], store)
    assert statuses(taken) == [Status.NEW] * 3
    assert give_back(taken, [2, 1], store) == plan


def test_that_the_same_registration_once_more_is_not_offered(store: Store, tmp_path: Path) -> None:
    """Taken in it would count twice; the same number with other contents is another matter."""
    made = bearer()
    plan = plan_of(store, tmp_path, made, dict(made), {**made, "secured_amount": 700})
    assert statuses(plan) == [Status.NEW, Status.REJECTED, Status.REJECTED]
    assert all_with_number_taken(plan) == [2]


def test_that_another_fault_keeps_it_out_all_the_same(store: Store, tmp_path: Path) -> None:
    plan = plan_of(store, tmp_path, bearer(), other(registered_on="2019-02-30"))
    assert all_with_number_taken(plan) == []
    assert take_in_doubt(plan, [0, 1], store) == plan


def test_that_the_bearer_of_a_number_is_the_same_though_the_other_stands_before_it(
    store: Store, tmp_path: Path
) -> None:
    made = bearer()
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(made)))
    plan = plan_of(store, tmp_path, other(), made, other(registered_on=date(2019, 5, 9)))
    assert statuses(plan) == [Status.REJECTED, Status.SAME, Status.REJECTED]
    assert all_with_number_taken(plan) == [0, 2]


def test_that_it_is_known_again_by_what_it_says(
    store: Store, both: list[Pledge], tmp_path: Path
) -> None:
    before = make.dump(store)
    plan = plan_of(store, tmp_path, other(), bearer(), name="再来.xlsx")
    assert statuses(plan) == [Status.SAME, Status.SAME]
    assert [entry.number for entry in plan.entries] == [2, 1]
    # What the file does not tell is no difference; another amount makes it another one.
    plan = plan_of(store, tmp_path, other(pledgee="", pledgee_kind="", rights=""))
    assert (statuses(plan), plan.entries[0].number) == ([Status.SAME], 2)
    plan = plan_of(store, tmp_path, other(secured_amount=301))
    assert statuses(plan) == [Status.REJECTED]
    bring_in(store, tmp_path / "再来.xlsx")
    assert make.dump(store) == before


def test_that_what_a_file_adds_comes_to_the_one_in_doubt_and_not_to_the_bearer(
    store: Store, both: list[Pledge], tmp_path: Path
) -> None:
    receipt = bring_in(store, write_xlsx(tmp_path / "补.xlsx", ledger(other(note="补注"))))
    assert (receipt.changed, receipt.rejected) == (1, 0)
    assert [one.note for one in find(store, [1, 2])] == ["", "补注"]
    assert get(store, 2).reg_no_in_doubt == NUMBER


def test_that_an_exported_ledger_has_it_in_its_last_column_and_changes_nothing(
    store: Store, both: list[Pledge], tmp_path: Path
) -> None:
    export_ledger(store, tmp_path / "台账.xlsx", make.TODAY, Progress())
    rows = [*openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0].values]
    assert [row[-1] for row in rows] == ["待核登记号", None, NUMBER]
    before = make.dump(store)
    assert statuses(read(store, tmp_path / "台账.xlsx")) == [Status.SAME, Status.SAME]
    bring_in(store, tmp_path / "台账.xlsx")
    assert make.dump(store) == before


@pytest.mark.parametrize("how", ["file", "form"])
def test_that_the_right_number_ends_the_doubt(
    store: Store, both: list[Pledge], tmp_path: Path, how: str
) -> None:
    assert [(one.pledges, one.words) for one in in_doubt(store)] == [((2, 1), "")]
    before = make.dump(store, leaving_out=_GROWING)
    if how == "file":
        made = other(reg_no="Y2019330000132")
        receipt = bring_in(store, write_xlsx(tmp_path / "更正.xlsx", ledger(made)))
        assert (receipt.new, receipt.changed) == (0, 1)
    else:
        correct(store, 2, both[1].numbered("Y2019330000132"))
    after = get(store, 2)
    assert (after.reg_no, after.reg_no_in_doubt) == ("Y2019330000132", None)
    assert in_doubt(store) == []
    assert verify(store) == []
    history.undo(store)
    assert make.dump(store, leaving_out=_GROWING)["pledge"] == before["pledge"]
    assert len(in_doubt(store)) == 1


def test_that_a_doubt_stays_until_somebody_settles_it(
    store: Store, both: list[Pledge], tmp_path: Path
) -> None:
    """The bearer got another number: the file alone does not say whose it is now."""
    correct(store, 1, replace(both[0], reg_no="Y2019330000132"))
    [found] = in_doubt(store)
    assert found.pledges == (2,)
    assert "现在没有别的登记使用" in found.words
    assert statuses(plan_of(store, tmp_path, other())) == [Status.SAME]
    correct(store, 2, get(store, 2).numbered(NUMBER))
    assert (get(store, 2).reg_no, in_doubt(store)) == (NUMBER, [])


def test_that_it_is_found_by_its_number_and_goes_to_the_trash_and_back(
    store: Store, both: list[Pledge]
) -> None:
    assert set(select(store, Filter(text=NUMBER[-6:]), make.TODAY).ids) == {1, 2}
    delete(store, [2])
    assert list(select(store, Filter(text=NUMBER), make.TODAY).ids) == [1]
    assert list(select(store, Filter(text=NUMBER, deleted=True), make.TODAY).ids) == [2]
    assert in_doubt(store) == []
    restore(store, [2])
    assert get(store, 2) == both[1]
    assert len(in_doubt(store)) == 1


def test_that_the_receipt_counts_them_and_the_import_is_taken_back_whole(
    store: Store, tmp_path: Path
) -> None:
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(bearer())))
    before = make.dump(store, leaving_out=_GROWING)
    plan = plan_of(store, tmp_path, other(), cells(registered_on="2019-02-30"))
    receipt = carry_out(take_in_doubt(plan, [0], store), store, Progress())
    assert (receipt.read, receipt.new, receipt.rejected, receipt.in_doubt) == (2, 1, 1, 1)
    assert receipt.as_json()["in_doubt"] == 1
    assert any("1 笔登记号待核" in line for line in receipt.lines())
    [batch, _] = all_batches(store)
    assert batch_as_json(batch)["in_doubt"] == receipt_of(store, batch).in_doubt == 1
    withdraw(store, receipt.batch_uid)
    assert make.dump(store, leaving_out=_GROWING) == before
    history.undo(store)
    assert get(store, 2).reg_no_in_doubt == NUMBER


def test_that_the_workbook_of_rejected_rows_is_without_them(store: Store, tmp_path: Path) -> None:
    plan = plan_of(store, tmp_path, bearer(), other(), other(registered_on=date(2019, 5, 9)))
    assert write_rejects(plan, tmp_path / "退回.xlsx") == 2
    assert write_rejects(take_in_doubt(plan, [1], store), tmp_path / "退回.xlsx") == 1
    assert write_rejects(take_in_doubt(plan, [1, 2], store), tmp_path / "退回.xlsx") == 0


def test_that_a_number_that_was_mended_before_is_what_is_in_doubt(
    store: Store, tmp_path: Path
) -> None:
    plan = plan_of(store, tmp_path, bearer(), other(reg_no="Y2019330000999"))
    plan = mend(plan, 1, {"reg_no": NUMBER, "note": "改过"}, store)
    assert all_with_number_taken(plan) == [1]
    taken = take_in_doubt(plan, [1], store)
    entry = taken.entries[1]
    assert came_in_doubt(entry)
    assert entry.after is not None
    assert (entry.after.reg_no_in_doubt, entry.after.note) == (NUMBER, "改过")
    assert give_back(taken, [1], store) == plan
    mended = mend(taken, 1, {"reg_no": "Y2019330000132"}, store).entries[1]
    assert not came_in_doubt(mended)
    assert mended.after is not None
    assert (mended.after.reg_no, mended.after.reg_no_in_doubt) == ("Y2019330000132", None)


def test_that_given_back_it_has_its_number_when_that_has_become_free(
    store: Store, tmp_path: Path
) -> None:
    taken = take_in_doubt(plan_of(store, tmp_path, bearer(), other()), [1], store)
    freed = give_back(leave_out(taken, [0]), [1], store)
    assert statuses(freed) == [Status.LEFT_OUT, Status.NEW]
    assert _number(freed.entries[1]) == (NUMBER, None)
    out = leave_out(taken, [1])
    assert give_back(out, [1], store) == out  # what is left out is first taken in again


def _number(entry: Entry) -> tuple[str | None, str | None]:
    assert entry.after is not None
    return entry.after.reg_no, entry.after.reg_no_in_doubt


def test_that_no_registration_has_a_number_and_a_doubt(store: Store, both: list[Pledge]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("UPDATE pledge SET reg_no_in_doubt = 'X' WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("UPDATE pledge SET reg_no_in_doubt = '' WHERE id = 2")
