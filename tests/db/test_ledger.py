"""The ledger as a long table: what filters select, their sums, and the rows shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, rows, select
from ipfinance.db.pledges import find
from ipfinance.db.registrar import cancel, delete
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import DUE_SOON_DAYS, EventKind, Kind, Pledge, State, state_on
from tests import make
from tests.db.listed import TODAY, ids, numbers


def test_that_nothing_is_selected_from_an_empty_store(store: Store) -> None:
    listing = select(store, Filter(), TODAY)
    assert (len(listing), listing.secured_amount_fen, listing.amount_missing) == (0, 0, 0)
    assert rows(store, [], TODAY) == []


def test_that_a_listing_adds_up_what_it_selects(store: Store) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=1),
        make.pledge(secured_amount_fen=2**62),
        make.pledge(secured_amount_fen=None),
        make.pledge(secured_amount_fen=5, pledgors=(make.pledgor(city=make.NINGBO),)),
    )
    listing = select(store, Filter(city=make.HANGZHOU), TODAY)
    assert len(listing) == 3
    assert listing.secured_amount_fen == 2**62 + 1
    assert listing.amount_missing == 1


FILTERS: dict[str, tuple[Filter, Callable[[Pledge], bool]]] = {
    "everything": (Filter(), lambda pledge: True),
    "one kind": (Filter(kinds=(Kind.TRADEMARK,)), lambda pledge: pledge.kind is Kind.TRADEMARK),
    "three kinds": (
        Filter(kinds=(Kind.PATENT, Kind.COPYRIGHT, Kind.DATA)),
        lambda pledge: pledge.kind is not Kind.TRADEMARK,
    ),
    "city": (Filter(city=make.NINGBO), lambda pledge: pledge.city == make.NINGBO),
    "county": (Filter(county=make.BINJIANG), lambda pledge: pledge.county == make.BINJIANG),
    "from": (
        Filter(start=date(2019, 3, 5)),
        lambda pledge: pledge.registered_on >= date(2019, 3, 5),
    ),
    "to": (Filter(end=date(2019, 3, 5)), lambda pledge: pledge.registered_on <= date(2019, 3, 5)),
    "counted": (
        Filter(counted_only=True),
        lambda pledge: not any(event.kind is EventKind.REVOCATION for event in pledge.events),
    ),
    "any pledgor's city": (
        Filter(pledgor_city=make.NINGBO),
        lambda pledge: any(party.city == make.NINGBO for party in pledge.pledgors),
    ),
    "any enterprise of a county": (
        Filter(pledgor_county=make.BINJIANG, with_enterprise=True),
        lambda pledge: any(
            party.county == make.BINJIANG and not party.is_person for party in pledge.pledgors
        ),
    ),
    "enterprises": (
        Filter(with_enterprise=True),
        lambda pledge: any(not party.is_person for party in pledge.pledgors),
    ),
    "at most": (
        Filter(at_most_fen=500 * WAN),
        lambda pledge: (
            pledge.secured_amount_fen is not None and pledge.secured_amount_fen <= 500 * WAN
        ),
    ),
    "amount missing": (
        Filter(amount_missing=True),
        lambda pledge: pledge.secured_amount_fen is None,
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_that_a_filter_selects_what_it_says(store: Store, name: str) -> None:
    ningbo = make.pledgor("示例乙", city=make.NINGBO, county=make.HAISHU)
    stored = make.stored(
        store,
        make.pledge(),
        make.pledge(kind=Kind.TRADEMARK, registered_on=date(2018, 1, 1)),
        make.pledge(kind=Kind.DATA, rights=(), secured_amount_fen=500 * WAN + 1),
        make.pledge(pledgors=(ningbo,), secured_amount_fen=None),
        make.pledge(pledgors=(make.person(), ningbo), registered_on=date(2020, 1, 1)),
        make.pledge(pledgors=(make.person(),)),
        make.pledge(events=(make.event(EventKind.REVOCATION),)),
    )
    wanted, holds = FILTERS[name]
    assert sorted(ids(store, wanted)) == numbers([each for each in stored if holds(each)])


def test_that_parties_and_the_trash_are_filters_too(store: Store) -> None:
    one, other = make.stored(
        store, make.pledge(), make.pledge(pledgors=(make.pledgor("示例乙"),), pledgees=())
    )
    enterprise, pledgee = one.pledgors[0].enterprise, one.pledgees[0].pledgee
    assert ids(store, Filter(enterprise=enterprise)) == [one.id]
    assert ids(store, Filter(pledgee=pledgee)) == [one.id]
    delete(store, numbers([one]))
    assert ids(store, Filter()) == [other.id]
    assert ids(store, Filter(deleted=True)) == [one.id]


_AROUND = [TODAY + timedelta(days) for days in (-1, 0, 1, DUE_SOON_DAYS, DUE_SOON_DAYS + 1)]
_EVENTS = st.builds(
    lambda kind, day, end: make.event(
        kind,
        happened_on=day,
        term_end=end if kind in (EventKind.CHANGE, EventKind.EXTENSION) else None,
    ),
    st.sampled_from(EventKind),
    st.sampled_from(_AROUND),
    st.none() | st.sampled_from(_AROUND),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.none() | st.sampled_from(_AROUND), st.lists(_EVENTS, max_size=3)), max_size=5
    )
)
def test_that_states_selected_are_the_states_shown(
    store: Store, made: list[tuple[date | None, list[object]]]
) -> None:
    make.stored(
        store,
        *(make.pledge(term_end=end, events=tuple(events)) for end, events in made),
    )
    everything = find(store, ids(store, Filter()))
    by_domain = {
        pledge.id: state_on(
            TODAY,
            pledge.ending.happened_on if pledge.ending else None,
            pledge.ending.kind if pledge.ending else None,
            pledge.term_end_on(TODAY),
        )
        for pledge in everything
    }
    shown = {row.id: row.state for row in rows(store, ids(store, Filter()), TODAY)}
    assert shown == by_domain
    for state in State:
        selected = set(ids(store, Filter(state=state)))
        assert selected == {number for number, each in by_domain.items() if each is state}


def test_that_the_state_is_that_of_the_day_asked(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    cancel(store, numbers([pledge]), date(2021, 6, 2))
    for day, state in (
        (date(2021, 6, 1), State.LIVE),
        (date(2021, 6, 2), State.CANCELLED),
    ):
        [row] = rows(store, numbers([pledge]), day)
        assert row.state is state
        assert list(select(store, Filter(state=state), day).ids) == [pledge.id]


def test_that_a_row_shows_the_whole_registration(store: Store) -> None:
    other = make.pledgor("示例乙", city=make.NINGBO, county=None)
    extension = make.event(
        EventKind.EXTENSION, happened_on=date(2021, 1, 1), term_end=date(2025, 1, 1)
    )
    later = replace(extension, happened_on=date(2021, 7, 1), term_end=date(2026, 1, 1))
    [pledge, bare] = make.stored(
        store,
        make.pledge(
            pledgors=(make.pledgor(), other),
            pledgees=(make.pledgee(), make.pledgee("示例担保")),
            events=(extension, later),
        ),
        make.pledge(pledgees=(), reg_no=None, secured_amount_fen=None, term_end=None, rights=()),
    )
    shown = rows(store, numbers([bare, pledge]), TODAY)
    assert [row.id for row in shown] == [bare.id, pledge.id]
    row = shown[1]
    assert row.pledgors == "示例甲精密机械有限公司；示例乙"
    assert row.pledgees == "示例银行股份有限公司杭州分行；示例担保"
    assert (row.city, row.county) == (make.HANGZHOU, make.BINJIANG)
    assert row.term_end == date(2025, 1, 1)
    assert row.rights_count == 1
    assert (shown[0].reg_no, shown[0].pledgees, shown[0].rights_count) == ("", "", 0)
    assert (shown[0].secured_amount_fen, shown[0].term_end) == (None, None)


def test_that_the_usual_list_is_read_from_its_index(store: Store) -> None:
    statement = (
        "SELECT id, secured_amount_fen FROM pledge WHERE deleted_at IS NULL"
        " ORDER BY registered_on DESC NULLS LAST, id DESC"
    )
    plan = [row["detail"] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert plan == ["SCAN pledge USING COVERING INDEX pledge_ledger"]
