"""New registrations that may be there already are told, and never kept out."""

from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.intake.comparing import Status
from ipfinance.intake.doubles import is_doubtful
from ipfinance.intake.importing import Plan
from ipfinance.intake.mending import mend
from tests import make
from tests.intake.sheets_made import bring_in, cells, ledger, read, write_xlsx


def _plan(store: Store, folder: Path, *made: dict[str, Any]) -> Plan:
    return read(store, write_xlsx(folder / "后.xlsx", ledger(*made)))


def _doubtful(plan: Plan) -> list[bool]:
    return [is_doubtful(entry) for entry in plan.entries]


LESS = [({}, {"reg_no": "", "rights": ""}), ({"reg_no": ""}, {"rights": ""})]


@pytest.mark.parametrize(("first", "second"), LESS)
def test_that_one_that_says_less_is_the_stored_one_itself(
    store: Store, tmp_path: Path, first: dict[str, Any], second: dict[str, Any]
) -> None:
    one = cells(**first)
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(one)))
    plan = _plan(store, tmp_path, {**one, **second})
    assert [entry.status for entry in plan.entries] == [Status.SAME]
    assert _doubtful(plan) == [False]


@pytest.mark.parametrize(("first", "second"), LESS)
def test_that_one_that_says_less_than_another_row_is_doubtful(
    store: Store, tmp_path: Path, first: dict[str, Any], second: dict[str, Any]
) -> None:
    one = cells(**first)
    plan = _plan(store, tmp_path, one, {**one, **second})
    assert [entry.status for entry in plan.entries] == [Status.NEW] * 2
    assert _doubtful(plan) == [False, True]
    [warning] = [w for w in plan.warnings if w.rule == "possible_duplicate"]
    assert warning.text.startswith("与质押登记台账 第 2 行的一笔")


@pytest.mark.parametrize("is_stored", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "doubtful"),
    [
        ({}, {"reg_no": "Y2019990099999"}, True),  # a slip in the number
        ({}, {"reg_no": "Y2019990099999", "rights": make.patent_number(77)}, False),
        ({}, {"reg_no": "", "rights": make.patent_number(77)}, False),
        ({}, {"reg_no": "Y2019990099999", "registered_on": "2019-03-06"}, False),
        ({}, {"reg_no": "Y2019990099999", "secured_amount": 501}, False),
        ({}, {"reg_no": "Y2019990099999", "pledgee": "另一家银行"}, False),
        ({}, {"reg_no": "Y2019990099999", "pledgor": "别家公司", "uscc": ""}, False),
    ],
)
def test_that_what_may_be_there_already_is_told(
    store: Store,
    tmp_path: Path,
    first: dict[str, Any],
    second: dict[str, Any],
    doubtful: bool,
    is_stored: bool,
) -> None:
    one = cells(**first)
    other = {**one, **second}
    if is_stored:
        bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(one)))
        plan = _plan(store, tmp_path, other)
    else:
        plan = _plan(store, tmp_path, one, other)
    assert {entry.status for entry in plan.entries} == {Status.NEW}
    assert _doubtful(plan) == [False] * (not is_stored) + [doubtful]
    assert plan.counts[Status.REJECTED] == 0
    if doubtful:
        [warning] = [w for w in plan.warnings if w.rule == "possible_duplicate"]
        where = "台账里" if is_stored else "质押登记台账 第 2 行"
        assert warning.text.startswith(f"与{where}的一笔")


def test_that_the_doubt_goes_when_the_row_is_mended(store: Store, tmp_path: Path) -> None:
    one = cells()
    bring_in(store, write_xlsx(tmp_path / "前.xlsx", ledger(one)))
    plan = _plan(store, tmp_path, {**one, "reg_no": "Y2019990099999"})
    assert _doubtful(plan) == [True]
    other = mend(plan, 0, {"rights": make.patent_number(88)}, store)
    assert _doubtful(other) == [False]
    same = mend(plan, 0, {"reg_no": one["reg_no"]}, store)
    assert same.counts[Status.SAME] == 1
