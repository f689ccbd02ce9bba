"""A file held against the store: what is new, what changes field by field, what is the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.party_names import Party, add_former_name, rename
from ipfinance.db.pledges import find, get
from ipfinance.db.registrar import delete, record
from ipfinance.domain.pledge import EventKind, Pledge, PledgeeKind
from ipfinance.intake.comparing import Entry, Status
from tests import make
from tests.intake.sheets_made import (
    HEAD,
    KEYS,
    bring_in,
    cells,
    ledger,
    read,
    row,
    rules,
    write_xlsx,
)


def _imported(store: Store, folder: Path, *made: dict[str, Any]) -> list[Pledge]:
    receipt = bring_in(store, write_xlsx(folder / "前.xlsx", ledger(*made)))
    assert receipt.new == len(made)
    return find(store, range(1, len(made) + 1))


def _entries(store: Store, folder: Path, *made: dict[str, Any]) -> tuple[Entry, ...]:
    return read(store, write_xlsx(folder / "后.xlsx", ledger(*made))).entries


def _changes(entry: Entry) -> list[tuple[str, str, str]]:
    assert entry.status is Status.CHANGED, (entry.status, entry.faults)
    return [(change.key, change.old, change.new) for change in entry.changes]


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("secured_amount", 600, "500 万元", "600 万元"),
        ("pledgor", "示例乙有限公司", "示例甲精密机械有限公司", "示例乙有限公司"),
        ("pledgee", "另一银行", "示例银行股份有限公司杭州分行", "另一银行"),
        ("county", "西湖区", "滨江区", "西湖区"),
        ("registered_on", date(2019, 3, 6), "2019-03-05", "2019-03-06"),
        ("note", "新", "", "新"),
        ("right_names", "一种新装置", "一种示例装置", "一种新装置"),
    ],
)
def test_that_a_changed_field_is_told_with_both_values(
    store: Store, tmp_path: Path, key: str, value: Any, old: str, new: str
) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    [entry] = _entries(store, tmp_path, {**made, key: value})
    assert _changes(entry) == [(key, old, new)]


def test_that_what_changed_is_written_and_then_the_same(store: Store, tmp_path: Path) -> None:
    made = cells()
    [before] = _imported(store, tmp_path, made)
    later = {**made, "secured_amount": 600, "pledgee": "另一银行", "rights": "12345678.0"}
    receipt = bring_in(store, write_xlsx(tmp_path / "后.xlsx", ledger(later)))
    assert (receipt.new, receipt.changed, receipt.secured_amount_fen) == (0, 1, 0)
    after = get(store, 1)
    assert (after.secured_amount_fen, after.uid) == (600_000_000, before.uid)
    [entry] = _entries(store, tmp_path, later)
    assert entry.status is Status.SAME


@pytest.mark.parametrize(
    "key",
    [
        *("uscc", "county", "pledgee", "pledgee_kind", "secured_amount", "rights"),
        *("right_names", "note"),
    ],
)
def test_that_a_blank_never_overwrites(store: Store, tmp_path: Path, key: str) -> None:
    made = cells(note="备注")
    _imported(store, tmp_path, made)
    before = make.dump(store)
    [entry] = _entries(store, tmp_path, {**made, key: ""})
    assert entry.status is Status.SAME, entry.changes
    bring_in(store, tmp_path / "后.xlsx")
    assert make.dump(store) == before


@pytest.mark.parametrize(
    "key",
    [
        *("uscc", "county", "pledgee", "pledgee_kind", "secured_amount", "rights"),
        *("right_names", "note"),
    ],
)
def test_that_a_column_that_is_not_there_never_overwrites(
    store: Store, tmp_path: Path, key: str
) -> None:
    made = cells(note="备注")
    _imported(store, tmp_path, made)
    keys = [other for other in KEYS if other != key]
    head = [HEAD[KEYS.index(other)] for other in keys]
    plan = read(store, write_xlsx(tmp_path / "后.xlsx", [head, row(made, keys)]))
    assert [entry.status for entry in plan.entries] == [Status.SAME]


def test_that_spellings_of_the_same_are_no_change(store: Store, tmp_path: Path) -> None:
    one, two = make.patent_number(700_001), make.patent_number(700_002)
    made = cells(
        pledgee="示例银行（杭州）股份有限公司", rights=f"{one}；{two}", right_names="甲；乙"
    )
    _imported(store, tmp_path, made)
    later = {
        **made,
        "kind": "专利权质押",
        "registered_on": "2019年3月5日",
        "pledgee": "示例银行(杭州)股份有限公司",
        "city": "杭州",
        "county": "滨江",
        "secured_amount": "5,000,000元",
        "rights": f"ZL{two}\n{one}",
        "right_names": "乙\n甲",
    }
    [entry] = _entries(store, tmp_path, later)
    assert entry.status is Status.SAME, entry.changes


def test_that_a_list_of_cancellations_needs_only_number_and_date(
    store: Store, tmp_path: Path
) -> None:
    made = [cells(), cells()]
    _imported(store, tmp_path, *made)
    rows = [["登记号", "类型", "注销日期"], [made[1]["reg_no"], "专利", "2020-05-06"]]
    path = write_xlsx(tmp_path / "注销.xlsx", rows)
    [entry] = read(store, path).entries
    assert _changes(entry) == [("cancelled_on", "", "2020-05-06")]
    bring_in(store, path)
    first, second = find(store, [1, 2])
    assert (first.cancelled_on, second.cancelled_on) == (None, date(2020, 5, 6))
    assert second == replace(get(store, 2), events=second.events)
    assert [entry.status for entry in read(store, path).entries] == [Status.SAME]


def test_that_such_a_list_is_refused_for_a_number_that_nobody_knows(
    store: Store, tmp_path: Path
) -> None:
    _imported(store, tmp_path, cells())
    rows = [["登记号", "类型", "注销日期"], ["Y2011980009999", "专利", "2020-05-06"]]
    plan = read(store, write_xlsx(tmp_path / "注销.xlsx", rows))
    assert {(fault.field, fault.rule) for fault in plan.errors} == {
        ("registered_on", "column_missing"),
        ("pledgor", "column_missing"),
    }


def test_that_what_a_list_adds_must_fit_what_is_stored(store: Store, tmp_path: Path) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    rows = [["登记号", "类型", "注销日期"], [made["reg_no"], "专利", "2018-05-06"]]
    plan = read(store, write_xlsx(tmp_path / "注销.xlsx", rows))
    assert rules(plan) == [("注销日期", 2, "dates_out_of_order")]


def test_that_later_events_of_a_registration_stay(store: Store, tmp_path: Path) -> None:
    made = cells()
    [before] = _imported(store, tmp_path, made)
    assert before.id is not None
    record(store, before.id, make.event(EventKind.CHANGE, secured_amount_fen=1))
    [entry] = _entries(store, tmp_path, made)
    assert entry.status is Status.SAME
    bring_in(store, write_xlsx(tmp_path / "后.xlsx", ledger({**made, "note": "新"})))
    assert [event.kind for event in get(store, 1).events] == [EventKind.CHANGE]


def test_that_registrations_without_a_number_are_matched_by_what_they_say(
    store: Store, tmp_path: Path
) -> None:
    one, other = cells(reg_no=""), cells(reg_no="", secured_amount=700)
    _imported(store, tmp_path, one, other)
    first, second = _entries(store, tmp_path, other, one)
    assert (first.status, first.number) == (Status.SAME, 2)
    assert (second.status, second.number) == (Status.SAME, 1)


@pytest.mark.parametrize("party", list(Party))
def test_that_one_without_a_number_is_found_by_a_former_name(
    store: Store, tmp_path: Path, party: Party
) -> None:
    field = "pledgor" if party is Party.ENTERPRISE else "pledgee"
    made = cells(reg_no="")
    _imported(store, tmp_path, made)
    add_former_name(store, party, 1, "从前的名称")
    rename(store, party, 1, "后来的名称")
    for name in ("从前的名称", "后来的名称"):
        [entry] = _entries(store, tmp_path, {**made, field: name})
        assert entry.number == 1, name
        assert entry.status in (Status.SAME, Status.CHANGED)


@pytest.mark.parametrize("key", ["pledgor", "pledgee", "secured_amount", "rights", "registered_on"])
def test_that_one_that_says_something_else_is_new(store: Store, tmp_path: Path, key: str) -> None:
    made = cells(reg_no="")
    _imported(store, tmp_path, made)
    others = {
        "pledgor": "示例丁公司",
        "pledgee": "示例丁银行",
        "secured_amount": 1,
        "rights": make.patent_number(700_003),
        "registered_on": date(2019, 3, 6),
    }
    [entry] = _entries(store, tmp_path, {**made, key: others[key]})
    assert entry.status is Status.NEW


def test_that_a_number_that_comes_later_completes_the_registration(
    store: Store, tmp_path: Path
) -> None:
    made = cells(reg_no="")
    _imported(store, tmp_path, made)
    [entry] = _entries(store, tmp_path, {**made, "reg_no": "Y2019980007777"})
    assert _changes(entry) == [("reg_no", "", "Y2019980007777")]


def test_that_an_old_file_without_the_number_is_still_the_same(
    store: Store, tmp_path: Path
) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    [entry] = _entries(store, tmp_path, {**made, "reg_no": ""})
    assert (entry.status, entry.number) == (Status.SAME, 1)


def test_that_one_without_a_number_is_found_though_it_was_refused(
    store: Store, tmp_path: Path
) -> None:
    made = cells(reg_no="")
    _imported(store, tmp_path, made)
    record(store, 1, make.event(EventKind.REFUSAL))
    [entry] = _entries(store, tmp_path, made)
    assert (entry.status, entry.number) == (Status.SAME, 1)


def test_that_two_equal_rows_without_a_number_are_both_kept_and_told(
    store: Store, tmp_path: Path
) -> None:
    made = cells(reg_no="")
    first, second = _entries(store, tmp_path, made, made)
    assert (first.status, second.status) == (Status.NEW, Status.NEW)
    assert "possible_duplicate" in [warning.rule for warning in second.warnings]
    bring_in(store, tmp_path / "后.xlsx")
    assert [entry.status for entry in _entries(store, tmp_path, made, made)] == [Status.SAME] * 2


def test_that_another_registration_under_a_known_number_is_refused_not_overwritten(
    store: Store, tmp_path: Path
) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    other = cells(
        reg_no=made["reg_no"],
        registered_on=date(2019, 9, 9),
        pledgor="示例戊公司",
        uscc=make.credit_code(77),
    )
    path = write_xlsx(tmp_path / "后.xlsx", ledger(other))
    plan = read(store, path)
    assert rules(plan) == [("登记号", 2, "reg_no_duplicate")]
    assert "2019-03-05 示例甲精密机械有限公司" in plan.errors[0].text
    before = make.dump(store)
    bring_in(store, path)
    assert make.dump(store) == before


def test_that_a_deleted_registration_does_not_hold_its_number(store: Store, tmp_path: Path) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    delete(store, [1])
    [entry] = _entries(store, tmp_path, made)
    assert entry.status is Status.NEW


def test_that_a_lender_of_another_kind_is_told_and_never_changes_for_ever(
    store: Store, tmp_path: Path
) -> None:
    _imported(store, tmp_path, cells())
    [entry] = _entries(store, tmp_path, cells(pledgee_kind="担保"))
    assert [warning.rule for warning in entry.warnings] == ["pledgee_kind_differs"]
    bring_in(store, tmp_path / "后.xlsx")
    [again] = read(store, tmp_path / "后.xlsx").entries
    assert again.status is Status.SAME
    assert get(store, 2).pledgees[0].kind is PledgeeKind.BANK


def test_that_natural_persons_are_the_same_again(store: Store, tmp_path: Path) -> None:
    made = cells(pledgor="王某甲（自然人）", uscc="330101199001011234")
    _imported(store, tmp_path, made)
    [entry] = _entries(store, tmp_path, made)
    assert entry.status is Status.SAME, entry.changes


def test_that_an_old_organisation_code_is_the_same_enterprise(store: Store, tmp_path: Path) -> None:
    made = cells()
    _imported(store, tmp_path, made)
    code = made["uscc"]
    [entry] = _entries(store, tmp_path, {**made, "uscc": f"{code[8:16]}-{code[16]}"})
    assert entry.status is Status.SAME, entry.changes


def test_that_several_pledgors_are_compared_each_with_its_own(store: Store, tmp_path: Path) -> None:
    made = cells(
        pledgor="示例甲公司；示例乙公司",
        uscc=f"{make.credit_code(1)}；{make.credit_code(2)}",
        county="滨江区；西湖区",
    )
    _imported(store, tmp_path, made)
    [same] = _entries(store, tmp_path, {**made, "uscc": "", "pledgor": "示例甲公司、示例乙公司"})
    assert same.status is Status.SAME, same.changes
    [entry] = _entries(store, tmp_path, {**made, "county": "滨江区；余杭区"})
    assert _changes(entry) == [("county", "滨江区；西湖区", "滨江区；余杭区")]


def test_that_a_row_without_a_number_never_takes_what_another_row_names(
    store: Store, tmp_path: Path
) -> None:
    """Both were new once; again, the second must not be held against the first one's record."""
    numbered = cells()
    alike = {**numbered, "reg_no": "", "right_names": "另一种装置"}
    _imported(store, tmp_path, numbered, alike)
    for order in ((numbered, alike), (alike, numbered)):
        statuses = [entry.status for entry in _entries(store, tmp_path, *order)]
        assert statuses == [Status.SAME, Status.SAME]


def test_that_a_row_without_a_kind_leaves_the_number_to_the_row_that_has_one(
    store: Store, tmp_path: Path
) -> None:
    whole = cells()
    bare = {**whole, "kind": "", "note": "没有类型"}
    for _ in range(2):
        entries = _entries(store, tmp_path, bare, whole)
        assert [fault.rule for fault in entries[0].errors] == ["kind_missing"]
        assert entries[1].errors == ()
        bring_in(store, tmp_path / "后.xlsx")
    assert len(find(store, [1, 2])) == 1


def test_that_a_rejected_row_does_not_make_its_double_new_again(
    store: Store, tmp_path: Path
) -> None:
    good = cells(reg_no="")
    broken = {**good, "note": "#REF!"}
    first = bring_in(store, write_xlsx(tmp_path / "后.xlsx", ledger(broken, good)))
    assert (first.new, first.rejected) == (1, 1)
    again = bring_in(store, tmp_path / "后.xlsx")
    assert (again.new, again.same, again.rejected) == (0, 1, 1)


def test_that_a_lender_whose_kind_comes_in_a_later_row_has_it(store: Store, tmp_path: Path) -> None:
    made = cells(pledgee_kind=""), cells(pledgee_kind="银行")
    first, second = _imported(store, tmp_path, *made)
    assert first.pledgees == second.pledgees
    assert first.pledgees[0].kind is PledgeeKind.BANK
    assert [e.status for e in _entries(store, tmp_path, *made)] == [Status.SAME, Status.SAME]
