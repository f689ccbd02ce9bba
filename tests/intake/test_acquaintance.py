"""Parties of an import that the store may know are told in the preview and come in all the same."""

from pathlib import Path

from ipfinance.db.connection import Store
from ipfinance.db.newcomers import NEAR, RENAMED
from ipfinance.intake.comparing import Status
from ipfinance.intake.mending import mend
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, write_xlsx

KNOWN = "杭州宏达精密机械有限公司"
SLIP = "杭州鸿达精密机械有限公司"


def test_that_a_slip_and_another_name_are_told_at_their_cells_and_come_in(
    store: Store, tmp_path: Path
) -> None:
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(cells(pledgor=KNOWN))))
    near = cells(pledgor=SLIP, uscc="")
    other = cells(pledgor="杭州新名智能装备有限公司")
    lender = cells(pledgor=KNOWN, pledgee="示例银行杭州市分行", pledgee_kind="")
    plan = read(store, write_xlsx(tmp_path / "后.xlsx", ledger(near, other, lender)))
    assert [entry.status for entry in plan.entries] == [Status.NEW] * 3
    assert [(one.rule, one.field, one.row, one.column, one.value) for one in plan.warnings] == [
        (NEAR, "pledgor", 2, "出质人", SLIP),
        (RENAMED, "pledgor", 3, "出质人", "杭州新名智能装备有限公司"),
        (NEAR, "pledgee", 4, "质权人", "示例银行杭州市分行"),
    ]
    mended = mend(plan, 0, {"pledgor": KNOWN}, store)
    assert mended.entries[0].warnings == ()
    assert bring_in(store, tmp_path / "后.xlsx").new == 3


def test_that_two_names_of_one_code_in_one_import_are_told_once_each(
    store: Store, tmp_path: Path
) -> None:
    one, again, other = cells(pledgor=KNOWN), cells(pledgor=KNOWN), cells(pledgor=SLIP)
    plan = read(store, write_xlsx(tmp_path / "表.xlsx", ledger(one, again, other)))
    [warning] = plan.warnings
    assert (warning.rule, warning.row) == (RENAMED, 4)
    assert f"第 2 行是「{KNOWN}」" in warning.text
    mended = mend(plan, 2, {"uscc": make.credit_code(2)}, store)
    assert mended.warnings == ()


def test_that_a_code_that_came_later_in_one_import_is_known_under_another_name(
    store: Store, tmp_path: Path
) -> None:
    rows = (cells(pledgor=KNOWN, uscc=""), cells(pledgor=KNOWN), cells(pledgor=SLIP))
    assert bring_in(store, write_xlsx(tmp_path / "表.xlsx", ledger(*rows))).new == 3
    assert store.connection.execute("SELECT count(*) FROM enterprise").fetchone()[0] == 1
