"""The first rows of a table with their total, counted on its own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.statistics.leading import leading
from ipfinance.statistics.tables import KindChoice, table
from tests import make
from tests.reports import stores_told as told

YEAR = Period.year(2019)
PLACES = ((make.HANGZHOU, make.XIHU), (make.NINGBO, make.HAISHU), (make.HUZHOU, make.DEQING))


def test_that_the_first_cities_include_all_that_share_the_last_place(store: Store) -> None:
    for (city, county), count in zip(PLACES, (3, 2, 2), strict=True):
        there = make.pledgor(f"{city}公司", city=city, county=county)
        make.stored(store, *told.registrations(count, count * YI, pledgors=(there,)))
    made = leading(store, table(store, YEAR, KindChoice.ALL, Group.CITY, make.TODAY), 2)
    assert [row.code for row in made.table.rows] == [city for city, _ in PLACES]
    assert made.name == "前3位小计"
    assert (made.values["registrations"], made.values["secured_amount"]) == (7, 7 * YI)


def test_that_a_registration_of_two_of_them_counts_once(store: Store) -> None:
    both = (make.pledgor("甲公司"), make.pledgor("乙公司"))
    make.stored(
        store,
        *told.registrations(1, 5 * YI, pledgors=both),
        *told.registrations(1, 2 * YI, pledgors=(make.pledgor("丙公司"),)),
    )
    whole = table(store, YEAR, KindChoice.ALL, Group.ENTERPRISE, make.TODAY)
    made = leading(store, whole, 2)
    assert {row.name for row in made.table.rows} == {"甲公司", "乙公司"}
    assert sum(row.values["secured_amount"] for row in made.table.rows) == 10 * YI
    assert (made.values["registrations"], made.values["secured_amount"]) == (1, 5 * YI)
    # The whole stays the whole.
    assert made.table.total.values["secured_amount"] == 7 * YI


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    parties=some.lists(
        some.lists(some.sampled_from("甲乙丙丁"), min_size=1, max_size=3, unique=True),
        min_size=1,
        max_size=6,
    ),
    count=some.integers(1, 3),
)
def test_that_the_total_is_that_of_the_registrations_of_any_of_them(
    tmp_path_factory: pytest.TempPathFactory, empty_store: object, parties: list[list[str]],
    count: int,
) -> None:  # fmt: skip
    with make.store_copied(empty_store, tmp_path_factory.mktemp("first")) as store:  # type: ignore[arg-type]
        amounts = [(place + 1) * WAN for place in range(len(parties))]
        for names, amount in zip(parties, amounts, strict=True):
            pledgors = tuple(make.pledgor(f"{name}公司") for name in names)
            make.stored(store, *told.registrations(1, amount, pledgors=pledgors))
        by_name = {
            name: sum(a for who, a in zip(parties, amounts, strict=True) if name in who)
            for name in "甲乙丙丁"
        }
        firsts = {
            name
            for name, own in by_name.items()
            if own and sum(other > own for other in by_name.values()) < count
        }
        whole = table(store, YEAR, KindChoice.ALL, Group.ENTERPRISE, make.TODAY)
        made = leading(store, whole, count)
        assert {row.name[0] for row in made.table.rows} == firsts
        of_any = [a for who, a in zip(parties, amounts, strict=True) if firsts & set(who)]
        assert made.values["secured_amount"] == sum(of_any)
        assert made.values["registrations"] == len(of_any)
