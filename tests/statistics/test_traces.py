"""From every figure back to its registrations: their number or sum is the figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import select
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.period import parse_period
from ipfinance.domain.pledge import Pledge
from ipfinance.errors import UserError
from ipfinance.progress import Progress
from ipfinance.statistics.indicators import MEASURES
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.statistics.traces import behind
from tests import make

PERIOD = parse_period("2021")


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with demonstration data; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("filled")) as store:
        fill(store, make.TODAY, Progress(), size=900, seed=3)
        yield store


def _enterprises(pledges: list[Pledge], area: str | None) -> set[int | None]:
    return {
        party.enterprise
        for pledge in pledges
        for party in pledge.pledgors
        if not party.is_person and area in (None, party.city, party.county)
    }


def _measured(measure: str, pledges: list[Pledge], area: str | None) -> int:
    match measure:
        case "registrations" | "amount_missing":
            return len(pledges)
        case "secured_amount":
            return sum(pledge.secured_amount_fen or 0 for pledge in pledges)
        case "enterprises" | "inclusive_enterprises":
            return len(_enterprises(pledges, area))
        case "rights":
            return sum(pledge.rights_count for pledge in pledges)
        case "rights_distinct":
            listed = {right.number for pledge in pledges for right in pledge.rights}
            return len(listed) + sum(p.rights_declared or 0 for p in pledges if not p.rights)
        case "pledgees":
            return len({lender.pledgee for pledge in pledges for lender in pledge.pledgees})
    raise AssertionError(measure)


@pytest.mark.parametrize("kind", KindChoice)
@pytest.mark.parametrize("by", [Group.CITY, Group.COUNTY])
@pytest.mark.parametrize("measure", [one.key for one in MEASURES])
def test_that_what_is_behind_a_figure_makes_it_up(
    filled: Store, measure: str, by: Group, kind: KindChoice
) -> None:
    made = table(filled, PERIOD, kind, by, make.TODAY)
    figures: list[tuple[str | None, int]] = [(row.code, row.values[measure]) for row in made.rows]
    figures += [(None, made.total.values[measure]), ("330000", made.total.values[measure])]
    assert any(figure for _, figure in figures) or measure == "amount_missing"
    for area, figure in figures:
        wanted = behind(filled, PERIOD, kind, measure, area)
        listing = select(filled, wanted, make.TODAY)
        pledges = find(filled, listing.ids)
        place = None if area == "330000" else area
        assert _measured(measure, pledges, place) == figure, area
        if measure == "secured_amount":
            assert listing.secured_amount_fen == figure


def test_that_inclusive_means_up_to_the_threshold(filled: Store) -> None:
    wanted = behind(filled, PERIOD, KindChoice.ALL, "inclusive_enterprises")
    assert wanted.at_most_fen == read_facts(filled).inclusive_threshold_fen


def test_that_a_county_that_was_abolished_can_still_be_traced(filled: Store) -> None:
    assert behind(filled, PERIOD, KindChoice.ALL, "registrations", "330103").county == "330103"


@pytest.mark.parametrize(
    ("measure", "area", "said"),
    [("turnover", None, "没有名为 turnover 的指标"), ("registrations", "330199", "330199")],
)
def test_that_an_unknown_measure_or_area_is_told(
    filled: Store, measure: str, area: str | None, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        behind(filled, PERIOD, KindChoice.ALL, measure, area)
    assert said in caught.value.text
    assert caught.value.hint
