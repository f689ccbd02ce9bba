"""Crossed tables, traces and city totals agree with plain counting over the records.

The recount knows registrations as plain facts and shares no code with what it checks.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import (
    Pledge,
)
from ipfinance.errors import UserError
from ipfinance.progress import Progress
from ipfinance.statistics.contributions import contributions, figure_of
from ipfinance.statistics.crossing import CROSSABLE, crossed
from ipfinance.statistics.levels import CATALOGUE, Levels
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.statistics.traces import behind
from tests import make
from tests.statistics.recounting import (
    KEYS,
    MARCH_TO_MAY,
    NEVER,
    NEW,
    YEAR,
    pledges_drawn,
    recounted,
    renamed,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    pledges=some.lists(pledges_drawn(), max_size=8),
    groups=some.lists(some.sampled_from(CROSSABLE), min_size=2, max_size=2, unique=True),
    period=some.sampled_from((YEAR, MARCH_TO_MAY)),
    random=some.randoms(use_true_random=False),
    keys=some.lists(some.sampled_from(KEYS), min_size=3, max_size=3, unique=True),
)
def test_that_cells_totals_and_traces_are_what_plain_counting_gives(
    empty_store: Path,
    pledges: list[Pledge],
    groups: list[Group],
    period: Period,
    keys: list[str],
    random: Random,
) -> None:
    rows, columns = groups
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        for key in keys:
            made = crossed(store, key, KindChoice.ALL, period, rows, columns, make.TODAY)
            told = renamed(store)
            for row, column in product(
                [None, *(one.key for one in made.rows)], [None, *(one.key for one in made.columns)]
            ):
                wanted = {
                    group: {name}
                    for group, place in ((rows, row), (columns, column))
                    if (name := told(group, place)) is not None
                }
                expected = recounted(key, pledges, period, wanted)
                if (row, column) in made.unknown:
                    assert made.at(row, column) is None
                    assert not recounted("secured_amount", pledges, period, wanted)
                    continue
                assert made.at(row, column) == expected, (key, rows, row, columns, column)
                if key != "amount_per_enterprise" and (expected or random.randrange(9) == 0):
                    keys_of = {
                        group: place
                        for group, place in ((rows, row), (columns, column))
                        if place is not None
                    }
                    opened = _traced(store, period, key, keys_of, expected)
                    before = [one for one in pledges if one.registered_on < period.start]
                    assert recounted(key, [*opened, *before], period, wanted) == expected


def _traced(
    store: Store, period: Period, key: str, keys: dict[Group, str], expected: object
) -> list[Pledge]:
    """The records that `trace` opens; where the figure is a sum, they add up to it."""
    wanted = behind(store, period, KindChoice.ALL, key, None, keys)
    listing = select(store, wanted, make.TODAY)
    right_kind = next(iter(wanted.right_kinds), None)
    assert figure_of(store, period, KindChoice.ALL, key, None, keys) == expected
    adds = contributions(store, period, KindChoice.ALL, key, right_kind)
    if adds is not None:
        assert sum(adds.get(number, 0) for number in listing.ids) == expected
    opened = find(store, listing.ids)
    assert bool(expected) <= bool(opened)
    return list(opened)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pledges=some.lists(pledges_drawn(), min_size=1, max_size=9))
def test_that_a_county_that_changed_is_recast_only_when_every_record_tells_where_it_lies(
    empty_store: Path, pledges: list[Pledge]
) -> None:
    successor = {"330103": "330105", "330105": "330105", "330102": "330102"}
    split = {"330104": {"330102", "330114"}, "330110": {"330110", "330113"}}
    change = date(2021, 4, 9)
    counted = [one for one in pledges if not any(e.kind in NEVER for e in one.events)]
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        made = table(store, YEAR, KindChoice.ALL, Group.COUNTY, make.TODAY)
        for row in made.rows:
            if row.code not in {code for _, code in NEW}:
                continue
            told = []
            for year in (2021, 2020):
                these = [one for one in counted if one.registered_on.year == year]
                old = [one for one in these if one.registered_on < change]
                # An enterprise counts where it is, whoever is first; a person only as the first.
                unsure = any(
                    row.code in split.get(party.county or "", ())
                    for one in old
                    for place, party in enumerate(one.pledgors)
                    if place == 0 or not party.is_person
                )
                here = [one for one in old if successor.get(one.county or "") == row.code] + [
                    one for one in these if one.registered_on >= change and one.county == row.code
                ]
                told.append(None if unsure else len(here))
            if None in told:
                assert row.recast is None, row.name
            else:
                assert row.recast is not None, row.name
                got = (row.recast.values, row.recast.previous)
                assert [one["registrations"] for one in got] == told
        by_city = table(store, YEAR, KindChoice.ALL, Group.CITY, make.TODAY)
        for city in by_city.rows:
            here = [
                one for one in counted if one.city == city.code and one.registered_on.year == 2021
            ]
            assert city.values["registrations"] == len(here)


@pytest.fixture(scope="module")
def filled(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with demonstration data; only read."""
    with make.store_copied(empty_store, tmp_path_factory.mktemp("filled")) as store:
        fill(store, make.TODAY, Progress(), size=900, seed=3)
        yield store


@pytest.mark.parametrize("indicator", CATALOGUE)
def test_that_the_totals_of_a_crossed_table_are_those_of_the_indicator(
    filled: Store, indicator: str
) -> None:
    levels = Levels(filled)
    made = crossed(
        filled, indicator, KindChoice.ALL, YEAR, Group.CITY, Group.RIGHT_KIND, make.TODAY
    )
    places = [(None, levels.province), *((one.key, one.key) for one in made.rows)]
    for key, area in places:
        assert made.at(key, None) == levels.value(indicator, KindChoice.ALL, YEAR, area), area


@pytest.mark.parametrize("indicator", CATALOGUE)
def test_that_every_sum_is_that_of_the_registrations_it_opens(
    filled: Store, indicator: str
) -> None:
    levels = Levels(filled)
    adds = contributions(filled, YEAR, KindChoice.ALL, indicator)
    for area in (None, make.HANGZHOU, make.XIHU):
        wanted = behind(filled, YEAR, KindChoice.ALL, indicator, area)
        listing = select(filled, wanted, make.TODAY)
        value = levels.value(indicator, KindChoice.ALL, YEAR, area or levels.province)
        assert bool(value) <= bool(listing)
        if adds is not None:
            assert sum(adds.get(number, 0) for number in listing.ids) == value, area


def test_that_a_period_without_registrations_gives_an_empty_table_that_says_so(
    store: Store,
) -> None:
    asked = (KindChoice.ALL, Period.year(2031), Group.CITY, Group.MONTH, make.TODAY)
    made = crossed(store, "registrations", *asked)
    assert made.is_empty
    assert (made.rows, made.columns, dict(made.values)) == ((), (), {})
    assert made.notes == ("2031年没有登记。",)


def test_that_an_amount_that_nobody_told_is_not_a_zero(store: Store) -> None:
    make.stored(store, replace(make.pledge(), secured_amount_fen=None))
    made = crossed(
        store, "secured_amount", KindChoice.ALL, Period.year(2019), Group.CITY, Group.SIZE,
        make.TODAY,
    )  # fmt: skip
    assert made.at(make.HANGZHOU, "small") is None
    assert (make.HANGZHOU, "small") in made.unknown
    assert made.at(make.NINGBO, "small") == 0
    assert "另有 1 件金额待补，未计入金额。" in made.notes


@pytest.mark.parametrize(("rows", "columns"), [(Group.CITY, Group.CITY), (Group.NONE, Group.CITY)])
def test_that_a_group_does_not_cross_itself_or_nothing(
    store: Store, rows: Group, columns: Group
) -> None:
    with pytest.raises(UserError, match="两个不同的分组"):
        crossed(store, "rights", KindChoice.ALL, YEAR, rows, columns, make.TODAY)
