"""The ledgers of four bureaus in one store: 59 of their registrations bear a number that one of
another ledger bears too. Taken in with these numbers in doubt, every figure is whole."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.findings import findings
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.intake.importing import carry_out
from ipfinance.intake.numbers_in_doubt import all_with_number_taken, take_in_doubt
from ipfinance.intake.receipts import Receipt
from ipfinance.progress import Progress
from tests import make
from tests.intake.ledgers_received import CLASHING, FILES, expected, figures, path_of
from tests.intake.sheets_made import bring_in, read

_ADDED_UP = ("registrations", "secured_amount", "rights", "amount_missing")
_INCLUSIVE_FEN = 1000 * 10_000 * 100


@pytest.fixture(scope="module")
def told(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Pledge]:
    """What the four say, each read alone into an empty store."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("alone")) as store:
        plans = [read(store, path_of(name)) for name in FILES]
    return [entry.after for plan in plans for entry in plan.entries if entry.after]


@pytest.fixture(scope="module")
def recounted(told: list[Pledge]) -> dict[str, dict[str, dict[str, Any]]]:
    """Every table that some ledger has figures for, counted here with plain sets and sums."""
    keys = sorted({key for name in FILES for key in expected(name)["figures"]})
    return {key: dict(_counted(key, told)) for key in keys}


def _counted(key: str, told: Iterable[Pledge]) -> Iterator[tuple[str, dict[str, Any]]]:
    year, kind, by = key.split("/")
    pledges = [
        one
        for one in told
        if str(one.registered_on.year) == year and (kind == "all" or one.kind is Kind(kind))
    ]
    places: dict[str, list[Pledge]] = defaultdict(list)
    companies: dict[str, set[str]] = defaultdict(set)
    small: dict[str, set[str]] = defaultdict(set)
    for one in pledges:
        places[getattr(one, by) or ""].append(one)
        for pledgor in one.pledgors:
            if pledgor.is_person:
                continue
            company = pledgor.uscc or name_key(pledgor.name)
            for place in (getattr(pledgor, by) or "", "total"):
                companies[place].add(company)
                if one.secured_amount_fen and one.secured_amount_fen <= _INCLUSIVE_FEN:
                    small[place].add(company)
    places["total"] = pledges
    for place in companies | places:  # an enterprise counts where it is, also as the second one
        here = places[place]
        fen = sum(one.secured_amount_fen or 0 for one in here)
        row: dict[str, Any] = {
            "registrations": len(here),
            "secured_amount": f"{fen // 100}.{fen % 100:02}",
            "enterprises": len(companies[place]),
            "inclusive_enterprises": len(small[place]),
            "rights": sum(one.rights_count for one in here),
            "rights_distinct": len({right.number for one in here for right in one.rights}),
            "pledgees": len({name_key(lender.name) for one in here for lender in one.pledgees}),
            "amount_missing": sum(one.secured_amount_fen is None for one in here),
        }
        if place == "total":
            row["counties_covered"] = len({one.county for one in here if one.county})
        yield place, row


def _take_in(store: Store, name: str) -> Receipt:
    plan = read(store, path_of(name))
    return carry_out(take_in_doubt(plan, all_with_number_taken(plan), store), store, Progress())


def _without_counties(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """How many counties there were is no sum over registrations; it is told for each ledger."""
    return {
        place: {measure: value for measure, value in row.items() if measure != "counties"}
        for place, row in table.items()
    }


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids="-".join)
def test_that_in_any_order_all_four_ledgers_give_their_figures_in_one_store(
    store: Store,
    told: list[Pledge],
    recounted: dict[str, dict[str, dict[str, Any]]],
    order: tuple[str, ...],
) -> None:
    receipts = [_take_in(store, name) for name in order]
    assert sum(receipt.in_doubt for receipt in receipts) == CLASHING
    assert sum(receipt.new for receipt in receipts) == len(told) == 830
    assert {(one.changed, one.same, one.rejected, one.faults) for one in receipts} == {
        (0, 0, 0, ())
    }
    for key, table in recounted.items():
        assert _without_counties(figures(store, key)) == table, key
    doubted = findings(store, make.TODAY)[FindingKind.REG_NO_IN_DOUBT]
    assert len(doubted) == CLASHING
    assert all(len(one.pledges) == 2 for one in doubted)


def test_that_the_recount_adds_up_to_what_was_computed_for_each_ledger(
    recounted: dict[str, dict[str, dict[str, Any]]],
) -> None:
    for key, table in recounted.items():
        alone = [expected(name)["figures"].get(key, {}) for name in FILES]
        for place, row in table.items():
            for measure in _ADDED_UP:
                parts = [one[place][measure] for one in alone if place in one]
                if measure == "secured_amount":
                    fen = sum(int(part.replace(".", "")) for part in parts)
                    assert row[measure] == f"{fen // 100}.{fen % 100:02}", (key, place)
                else:
                    assert row[measure] == sum(parts), (key, place, measure)


def test_that_each_ledger_alone_has_no_number_in_doubt(store: Store) -> None:
    for name in FILES:
        plan = read(store, path_of(name))
        assert (all_with_number_taken(plan), plan.in_doubt) == ([], 0)


def test_that_imported_again_they_are_the_same_and_change_nothing(store: Store) -> None:
    for name in FILES:
        _take_in(store, name)
    before = make.dump(store)
    for name in reversed(FILES):
        receipt = bring_in(store, path_of(name))
        assert (receipt.same, receipt.batch) == (expected(name)["registrations"], None), name
    together = read(store, *(path_of(name) for name in FILES))
    assert not together.changes_anything
    assert together.errors == ()
    assert make.dump(store) == before


def test_that_in_one_import_they_are_taken_in_together(
    store: Store, recounted: dict[str, dict[str, dict[str, Any]]]
) -> None:
    plan = read(store, *(path_of(name) for name in FILES))
    assert len(all_with_number_taken(plan)) == plan.numbers_taken == CLASHING
    plan = take_in_doubt(plan, all_with_number_taken(plan), store)
    assert (plan.numbers_taken, plan.in_doubt, plan.errors) == (0, CLASHING, ())
    carry_out(plan, store, Progress())
    for key in ("2019/all/city", "2019/all/county", "2018/patent/city"):
        assert _without_counties(figures(store, key)) == recounted[key], key
