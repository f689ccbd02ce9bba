"""From every cell and total of a crossed table back to its registrations."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.period import parse_period
from ipfinance.progress import Progress
from ipfinance.statistics.contributions import figure_of
from ipfinance.statistics.crossing import CROSSABLE, Crossed, crossed
from ipfinance.statistics.levels import Levels
from ipfinance.statistics.tables import OF_MEMBERS, KindChoice, table
from ipfinance.statistics.traces import behind
from tests import make

PERIOD = parse_period("2021")
COUNTED = (
    *("registrations", "amount_missing", "online_registrations", "inclusive_registrations"),
    *("outstanding_registrations", "cancelled_registrations", "due_registrations"),
    "overdue_registrations",
)
FEW = (Group.CITY, Group.MONTH, Group.PLEDGEE_KIND, Group.RIGHT_KIND, Group.SIZE, Group.QUARTER)


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with demonstration data; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("filled")) as store:
        fill(store, make.TODAY, Progress(), size=600, seed=11)
        yield store


def told(store: Store, measure: str, rows: Group, columns: Group) -> Crossed:
    return crossed(store, measure, KindChoice.ALL, PERIOD, rows, columns, make.TODAY)


def behind_cell(store: Store, one: Crossed, row: str | None, column: str | None) -> Filter:
    places = ((one.by, row), (one.cross, column))
    keys = {group: key for group, key in places if key is not None}
    return behind(store, one.period, one.kind, one.indicator.key, keys=keys)


def places(one: Crossed, most: int = 12) -> Iterator[tuple[str | None, str | None]]:
    for row in (None, *(head.key for head in one.rows[:most])):
        for column in (None, *(head.key for head in one.columns[:most])):
            yield row, column


@pytest.mark.parametrize("measure", COUNTED)
@pytest.mark.parametrize(("rows", "columns"), list(combinations(FEW, 2)))
def test_that_a_cell_opens_as_many_registrations_as_it_counts(
    filled: Store, measure: str, rows: Group, columns: Group
) -> None:
    one = told(filled, measure, rows, columns)
    for row, column in places(one):
        listing = select(filled, behind_cell(filled, one, row, column), make.TODAY)
        assert len(listing) == one.at(row, column), (row, column)


@pytest.mark.parametrize("group", [group for group in CROSSABLE if group is not Group.YEAR])
def test_that_the_amount_of_a_cell_is_that_of_its_registrations(
    filled: Store, group: Group
) -> None:
    one = told(filled, "secured_amount", group, Group.YEAR)
    for row, column in places(one, most=40):
        listing = select(filled, behind_cell(filled, one, row, column), make.TODAY)
        known = 0 if (row, column) in one.unknown else one.at(row, column)
        assert listing.secured_amount_fen == known, (row, column)


@pytest.mark.parametrize("measure", ["enterprises", "inclusive_enterprises"])
@pytest.mark.parametrize("group", [Group.SIZE, Group.CITY, Group.MONTH])
def test_that_the_enterprises_of_a_cell_are_among_its_registrations(
    filled: Store, measure: str, group: Group
) -> None:
    one = told(filled, measure, group, Group.YEAR)
    for row, column in places(one):
        listing = select(filled, behind_cell(filled, one, row, column), make.TODAY)
        parties = {
            party.enterprise
            for pledge in find(filled, listing.ids)
            for party in pledge.pledgors
            if party.enterprise is not None
            and (group is not Group.SIZE or row in (None, party.size or ""))
            and (group is not Group.CITY or row in (None, party.city))
        }
        assert len(parties) == one.at(row, column), (row, column)


@pytest.mark.parametrize("group", OF_MEMBERS)
def test_that_a_row_by_party_or_kind_opens_its_registrations(filled: Store, group: Group) -> None:
    figures = table(filled, PERIOD, KindChoice.PATENT, group, make.TODAY)
    assert figures.rows
    for row in figures.rows[:40]:
        keys = {group: row.code}
        wanted = behind(filled, PERIOD, KindChoice.PATENT, "registrations", keys=keys)
        assert len(select(filled, wanted, make.TODAY)) == row.values["registrations"]


def test_that_first_time_enterprises_are_those_without_an_earlier_registration(
    filled: Store,
) -> None:
    one = told(filled, "first_time_enterprises", Group.CITY, Group.MONTH)
    everyone = _pledgors(filled, behind_cell(filled, one, None, None))
    before = parse_period("1990-01..2020-12")
    known = _pledgors(filled, behind(filled, before, KindChoice.ALL, "enterprises"))
    assert len(everyone - known) == one.at(None, None)


def _pledgors(store: Store, wanted: Filter) -> set[int]:
    return {
        party.enterprise
        for pledge in find(store, select(store, wanted, make.TODAY).ids)
        for party in pledge.pledgors
        if party.enterprise is not None
    }


@pytest.mark.parametrize("measure", ["counties", "counties_covered", "county_coverage"])
@pytest.mark.parametrize(
    ("rows", "columns"), [(Group.CITY, Group.QUARTER), (Group.COUNTY, Group.YEAR)]
)
def test_that_a_traced_coverage_is_that_of_the_cell(
    filled: Store, measure: str, rows: Group, columns: Group
) -> None:
    one = told(filled, measure, rows, columns)
    for row, column in places(one):
        keys = {group: key for group, key in ((rows, row), (columns, column)) if key is not None}
        if not keys or "" in keys.values():
            continue
        figure = figure_of(filled, PERIOD, KindChoice.ALL, measure, None, keys)
        assert figure == one.at(row, column), keys


def test_that_the_coverage_of_a_county_is_its_own(filled: Store) -> None:
    levels = Levels(filled)
    for county in (make.XIHU, make.DEQING):
        asked = (KindChoice.ALL, PERIOD, county)
        assert levels.value("counties", *asked) == 1
        covered = levels.value("registrations", *asked) != 0
        assert levels.value("county_coverage", *asked) == int(covered)
