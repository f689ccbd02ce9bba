"""The ledgers as bureaus send them: each gives exactly the figures that were computed by hand."""

import itertools
from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import yuan_text
from ipfinance.domain.pledge import Pledge
from ipfinance.intake.comparing import Status
from ipfinance.intake.sheets import read_book
from tests import make
from tests.intake.ledgers_received import CLASHING, FILES, expected, figures, path_of
from tests.intake.sheets_made import bring_in, read

# The same workbook saved by another program in older and other formats.
_OTHER_FORMATS = ("city_report.xls", "city_report.ods")


@pytest.mark.parametrize("name", [*FILES, *_OTHER_FORMATS])
def test_that_a_ledger_gives_the_figures_computed_for_it(store: Store, name: str) -> None:
    told = expected(name)
    receipt = bring_in(store, path_of(name))
    assert (receipt.new, receipt.rejected, receipt.faults) == (told["registrations"], 0, ())
    assert yuan_text(receipt.secured_amount_fen) == told["secured_amount"]
    for key, rows in told["figures"].items():
        assert figures(store, key) == rows, key


@pytest.mark.parametrize("name", [*FILES, *_OTHER_FORMATS])
def test_that_a_ledger_imported_again_is_the_same_and_changes_nothing(
    store: Store, name: str
) -> None:
    bring_in(store, path_of(name))
    before = make.dump(store)
    plan = read(store, path_of(name))
    receipt = bring_in(store, path_of(name))
    assert receipt.same == receipt.read == expected(name)["registrations"]
    assert (receipt.batch, receipt.secured_amount_fen) == (None, 0)
    assert plan.sources[0].known is not None
    assert make.dump(store) == before


@pytest.fixture(scope="module")
def told(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Pledge]]:
    """What each ledger says, read alone into an empty store."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("alone")) as store:
        plans = {name: read(store, path_of(name)) for name in FILES}
    return {name: [e.after for e in plan.entries if e.after] for name, plan in plans.items()}


# Of the 24 orders these have each ledger first once, and each two of them both ways round.
_A, _B, _C, _D = FILES
_ORDERS = ((_A, _B, _C, _D), (_D, _C, _B, _A), (_B, _D, _A, _C), (_C, _A, _D, _B))


@pytest.mark.parametrize("order", _ORDERS, ids="-".join)
def test_that_in_any_order_the_first_of_a_number_stays_and_the_others_are_named(
    store: Store, told: dict[str, list[Pledge]], order: tuple[str, ...]
) -> None:
    """What stays is worked out here from what each file says, with plain dicts."""
    kept: dict[tuple[str, str], Pledge] = {}
    clashing: dict[str, list[str]] = {}
    for name in order:
        for pledge in told[name]:
            assert pledge.reg_no is not None
            key = (pledge.kind.value, pledge.reg_no)
            if key in kept:
                clashing.setdefault(name, []).append(pledge.reg_no)
            else:
                kept[key] = pledge
    for again in (False, True):
        receipts = {name: bring_in(store, path_of(name)) for name in order}
        for name, receipt in receipts.items():
            named = [fault.value for fault in receipt.faults]
            assert named == clashing.get(name, [])
            assert {fault.rule for fault in receipt.faults} <= {"reg_no_duplicate"}
            fresh = len(told[name]) - len(named)
            assert (receipt.new, receipt.same) == ((0, fresh) if again else (fresh, 0))
            assert (receipt.changed, receipt.rejected) == (0, len(named))
        assert sum(map(len, clashing.values())) == CLASHING
        sums = store.connection.execute(
            "SELECT count(*), sum(secured_amount_fen), sum(rights_count) FROM pledge"
        ).fetchone()
        assert tuple(sums) == (
            len(kept),
            sum(pledge.secured_amount_fen or 0 for pledge in kept.values()),
            sum(pledge.rights_count for pledge in kept.values()),
        )


def test_that_ledgers_in_one_import_are_held_against_each_other_too(store: Store) -> None:
    plan = read(store, *(path_of(name) for name in FILES))
    assert plan.counts[Status.REJECTED] == len(plan.errors) == CLASHING
    assert {fault.rule for fault in plan.errors} == {"reg_no_duplicate"}
    assert "standard.xlsx" in plan.errors[0].text


@pytest.mark.parametrize("name", ["city_report.xls", "city_report.ods"])
def test_that_another_format_of_the_same_ledger_is_the_same(store: Store, name: str) -> None:
    bring_in(store, path_of("city_report.xlsx"))
    assert bring_in(store, path_of(name)).same == 120


def test_that_sheets_without_a_ledger_are_left_out_and_named(store: Store) -> None:
    plan = read(store, path_of("city_sheets.xlsx"))
    assert [skipped for source in plan.sources for skipped in source.skipped] == [
        "city_sheets.xlsx 的工作表「说明」没有台账的表头，未读取"
    ]


def test_that_no_example_gives_a_warning_that_a_clerk_must_wade_through(store: Store) -> None:
    for name in itertools.chain(FILES, _OTHER_FORMATS):
        assert read(store, path_of(name)).warnings == (), name


def test_that_what_is_hidden_in_an_old_workbook_is_read_and_said(tmp_path: Path) -> None:
    data = bytearray((path_of("city_report.xls")).read_bytes())
    row = data.rfind(b"\x08\x02\x10\x00")  # as MS-XLS tells of a row, and of columns
    column = data.rfind(b"\x7d\x00\x0c\x00")
    data[row + 4 + 12] |= 0x20
    data[column + 4 + 8] |= 0x01
    (tmp_path / "hidden.xls").write_bytes(data)
    [sheet] = read_book(tmp_path / "hidden.xls").sheets
    [known] = read_book(path_of("city_report.xls")).sheets
    assert [rule for rule, _ in sheet.remarks] == ["rows_hidden", "columns_hidden"]
    assert "有 1 个隐藏的行" in sheet.remarks[0][1]
    assert sheet.rows == known.rows
