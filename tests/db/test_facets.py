"""How many each value of a filter would leave, recounted one registration at a time."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.facets import AMOUNT_MISSING, Counts, Facet, facets
from ipfinance.db.ledger import Filter, select
from ipfinance.db.registrar import delete
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    Channel,
    EventKind,
    Kind,
    Pledge,
    PledgeeKind,
    State,
    state_on,
)
from tests import make

TODAY = make.TODAY


def _made(count: int) -> list[Pledge]:
    """Registrations of every kind, place, state and lender, by a fixed seed."""
    choose = Random(20191105).choice
    pledges = []
    for _ in range(count):
        city, county = choose(((make.HANGZHOU, make.BINJIANG), (make.NINGBO, make.HAISHU)))
        lenders = tuple(
            replace(make.pledgee(f"示例{kind.label}"), kind=kind)
            for kind in {choose(list(PledgeeKind)), choose(list(PledgeeKind))}
        )
        events = choose(
            (
                (),
                (),
                (make.event(EventKind.CANCELLATION),),
                (make.event(EventKind.REVOCATION),),
                (
                    make.event(
                        EventKind.EXTENSION,
                        happened_on=TODAY - timedelta(days=1),
                        term_end=TODAY + timedelta(days=30),
                    ),
                ),
            )
        )
        pledges.append(
            make.pledge(
                kind=choose((Kind.PATENT, Kind.TRADEMARK, Kind.DATA)),
                registered_on=date(choose((2017, 2018, 2019)), choose(range(1, 13)), 5),
                pledgors=(make.pledgor(city=city, county=county),),
                pledgees=lenders,
                secured_amount_fen=choose((None, 100 * WAN)),
                channel=choose((None, *Channel)),
                term_start=None,
                term_end=choose((None, TODAY - timedelta(days=9), TODAY + timedelta(days=400))),
                events=events,
            )
        )
    return pledges


def _values(pledge: Pledge, facet: Facet) -> set[str]:
    """What a registration counts under."""
    match facet:
        case Facet.KIND:
            return {pledge.kind.value}
        case Facet.YEAR:
            return {str(pledge.registered_on.year)}
        case Facet.CITY:
            return {pledge.city}
        case Facet.STATE:
            ending = pledge.ending
            state = state_on(
                TODAY,
                ending.happened_on if ending else None,
                ending.kind if ending else None,
                pledge.term_end_on(TODAY),
            )
            return {state.value} | (set() if pledge.secured_amount_fen else {AMOUNT_MISSING})
        case Facet.PLEDGEE_KIND:
            return {each.kind.value for each in pledge.pledgees if each.kind}
        case Facet.CHANNEL:
            return {pledge.channel.value} if pledge.channel else set()


def _holds(pledge: Pledge, wanted: Filter, but: Facet) -> bool:
    """Whether a registration meets a filter, one facet of it left out."""
    asked: dict[Facet, set[Any]] = {
        Facet.KIND: {kind.value for kind in wanted.kinds},
        Facet.CITY: {wanted.city} - {None},
        Facet.STATE: ({wanted.state} - {None})
        | ({AMOUNT_MISSING} if wanted.amount_missing else set()),
        Facet.PLEDGEE_KIND: {wanted.pledgee_kind} - {None},
        Facet.CHANNEL: {wanted.channel} - {None},
    }
    days = (wanted.start or date.min) <= pledge.registered_on <= (wanted.end or date.max)
    return (days or but is Facet.YEAR) and all(
        not values or facet is but or values & _values(pledge, facet)
        for facet, values in asked.items()
    )


def _recounted(pledges: list[Pledge], wanted: Filter) -> Counts:
    return {
        facet: dict(
            Counter(
                value
                for pledge in pledges
                if _holds(pledge, wanted, facet)
                for value in _values(pledge, facet)
            )
        )
        for facet in Facet
    }


WANTED = {
    "everything": Filter(),
    "a kind": Filter(kinds=(Kind.TRADEMARK,)),
    "two kinds in a city": Filter(kinds=(Kind.PATENT, Kind.DATA), city=make.NINGBO),
    "a year": Filter(start=date(2018, 1, 1), end=date(2018, 12, 31)),
    "a state since a day": Filter(state=State.LIVE, start=date(2018, 6, 1)),
    "no amount": Filter(amount_missing=True, channel=Channel.ONLINE),
    "a lender": Filter(pledgee_kind="bank", city=make.HANGZHOU, end=date(2018, 6, 30)),
    "nothing at all": Filter(start=date(2030, 1, 1), pledgee_kind="trust"),
}


@pytest.mark.parametrize("name", WANTED)
def test_that_counts_follow_the_other_filters(store: Store, name: str) -> None:
    stored = make.stored(store, *_made(80))
    gone = make.stored(store, make.pledge())
    delete(store, [pledge.id for pledge in gone if pledge.id is not None])
    assert facets(store, WANTED[name], TODAY) == _recounted(stored, WANTED[name])


def test_that_a_value_leaves_as_many_as_it_said(store: Store) -> None:
    make.stored(store, *_made(60))
    wanted = Filter(kinds=(Kind.PATENT,))
    for city, count in facets(store, wanted, TODAY)[Facet.CITY].items():
        assert len(select(store, replace(wanted, city=city), TODAY)) == count
    for kind, count in facets(store, wanted, TODAY)[Facet.PLEDGEE_KIND].items():
        assert len(select(store, replace(wanted, pledgee_kind=kind), TODAY)) == count


def test_that_an_empty_store_has_nothing_to_count(store: Store) -> None:
    assert not any(facets(store, Filter(), TODAY).values())
