"""What a list of registrations adds up to, beside the statistics of the same window."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.ledger_memory import LedgerMemory
from ipfinance.db.listings import Figures, Sum, figures_of, sum_of
from ipfinance.db.totals import Group, Totals, totals
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind, Kind, Pledge, State
from tests import make

BOTH = (Kind.PATENT, Kind.TRADEMARK)
YEAR = (date(2019, 1, 1), date(2019, 12, 31))


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    """Both registers, two cities, a joint pledge over two cities, what does not count, a person."""
    ningbo = make.pledgor("示例乙化工有限公司", city=make.NINGBO, county=make.HAISHU)
    return make.stored(
        store,
        make.pledge(),
        make.pledge(registered_on=date(2018, 6, 1), secured_amount_fen=80 * WAN),
        make.pledge(kind=Kind.TRADEMARK, rights=(make.mark(), make.mark())),
        make.pledge(pledgors=(ningbo, make.pledgor()), secured_amount_fen=None),
        make.pledge(pledgors=(make.pledgor("示例丙电子有限公司"), ningbo)),
        make.pledge(pledgors=(make.person(),), rights=(), rights_declared=3),
        make.pledge(events=(make.event(EventKind.REVOCATION),)),
        make.pledge(kind=Kind.COPYRIGHT),
    )


def counted(found: dict[str, Totals], key: str) -> tuple[int, ...]:
    of = found.get(key, Totals())
    return of.registrations, of.secured_amount_fen, of.amount_missing, of.enterprises


def shown(figures: Figures) -> tuple[int, ...]:
    return (
        figures.registrations,
        figures.secured_amount_fen,
        figures.amount_missing,
        figures.enterprises,
    )


@pytest.mark.parametrize("kinds", [BOTH, (Kind.PATENT,), (Kind.TRADEMARK,)])
@pytest.mark.parametrize("city", [None, make.HANGZHOU, make.NINGBO])
@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_that_the_figures_of_a_window_are_those_of_the_statistics(
    store: Store, pledges: list[Pledge], kinds: tuple[Kind, ...], city: str | None, year: int
) -> None:
    start, end = date(year, 1, 1), date(year, 12, 31)
    group = Group.CITY if city else Group.NONE
    wanted = Filter(kinds=kinds, start=start, end=end, city=city)
    figures = figures_of(store, wanted, make.TODAY)
    found = totals(store, group, start, end, kinds, 1000 * WAN)
    assert shown(figures) == counted(found, city or "")
    assert figures.patents + figures.trademarks == found.get(city or "", Totals()).rights


def test_that_all_kinds_are_patents_and_trademarks(store: Store, pledges: list[Pledge]) -> None:
    everything = figures_of(store, Filter(), make.TODAY)
    assert everything == figures_of(store, Filter(kinds=BOTH), make.TODAY)
    assert (everything.registrations, everything.patents, everything.trademarks) == (6, 7, 2)
    assert figures_of(store, Filter(kinds=(Kind.COPYRIGHT,)), make.TODAY) == Figures()


def test_that_words_that_all_registrations_hold_change_no_figure(
    store: Store, pledges: list[Pledge]
) -> None:
    window = Filter(start=YEAR[0], end=YEAR[1])
    searched = replace(window, text="示例")
    assert figures_of(store, searched, make.TODAY) == figures_of(store, window, make.TODAY)
    listing = select(store, searched, make.TODAY)
    assert figures_of(store, searched, make.TODAY, listing).registrations == 5


def test_that_what_is_listed_for_a_state_counts_only_if_it_counts(
    store: Store, pledges: list[Pledge]
) -> None:
    wanted = Filter(state=State.REVOKED)
    listing = select(store, wanted, make.TODAY)
    assert len(listing) == 1
    assert figures_of(store, wanted, make.TODAY, listing) == Figures()


def test_that_enterprises_behind_a_city_are_those_that_are_there(
    store: Store, pledges: list[Pledge]
) -> None:
    wanted = Filter(counted_only=True, pledgor_city=make.NINGBO, with_enterprise=True)
    figures = figures_of(store, wanted, make.TODAY)
    assert (figures.registrations, figures.enterprises) == (2, 1)
    wanted = replace(wanted, pledgor_city=None, pledgor_county=make.BINJIANG)
    assert figures_of(store, wanted, make.TODAY).enterprises == 2


@pytest.mark.parametrize("wanted", [Filter(county=""), Filter(pledgor_county="")])
def test_that_enterprises_without_a_county_are_counted_where_none_is_asked_for(
    store: Store, pledges: list[Pledge], wanted: Filter
) -> None:
    nowhere = make.pledgor("示例丁生物有限公司", county=None, uscc=make.credit_code(88))
    make.stored(store, make.pledge(pledgors=(nowhere,)), make.pledge(pledgors=(nowhere,)))
    found = totals(store, Group.COUNTY, date.min, date.max, BOTH, 1000 * WAN)
    assert found[""].enterprises == 1
    figures = figures_of(store, wanted, make.TODAY)
    assert (figures.registrations, figures.enterprises) == (2, 1)
    memory = LedgerMemory()
    while not memory.is_whole:
        memory.read_next(store, make.TODAY)
    assert memory.figures(store, wanted, make.TODAY) == figures


def test_that_what_is_chosen_is_added_up_whether_it_counts_or_not(
    store: Store, pledges: list[Pledge]
) -> None:
    numbers = [pledge.id for pledge in pledges if pledge.id is not None]
    assert sum_of(store, numbers) == Sum(8, 3080 * WAN, 1)
    assert sum_of(store, numbers[:1]) == Sum(1, 500 * WAN, 0)
    assert sum_of(store, []) == Sum()
