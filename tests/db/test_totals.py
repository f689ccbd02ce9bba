"""Totals equal a recount in plain Python, whatever a store holds."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipfinance.db.connection import Store
from ipfinance.db.registrar import delete
from ipfinance.db.totals import Group, Totals, counties_covered, totals
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import VOIDINGS, EventKind, Kind, Pledge, Pledgor
from tests import make

THRESHOLD = 1000 * WAN
YEAR = (date(2019, 1, 1), date(2019, 12, 31))
BOTH = (Kind.PATENT, Kind.TRADEMARK)
SINGLE = (
    *(Group.NONE, Group.CITY, Group.COUNTY, Group.YEAR, Group.HALF, Group.QUARTER),
    Group.MONTH,
)

# Whoever is the same here is the same in the store, by code or by name.
_PLACES = (
    *((make.HANGZHOU, make.BINJIANG), (make.HANGZHOU, make.XIHU)),
    *((make.NINGBO, make.HAISHU), (make.NINGBO, None)),
)
_COMPANIES = (
    make.pledgor("示例甲有限公司"),
    make.pledgor("示例乙有限公司"),
    make.pledgor("示例丙有限公司", uscc=None),
    make.pledgor("示例丁有限公司", uscc="79965505-8"),
)
_PEOPLE = (make.person("王某甲（自然人）"), make.person("李某乙（自然人）"))
_LENDERS = (make.pledgee("示例银行甲支行"), make.pledgee("示例银行乙支行"))
_PATENTS = tuple(make.right(make.patent_number(number)) for number in range(5))
_MARKS = tuple(make.mark(str(20_000_000 + number)) for number in range(3))


def _pledgors() -> st.SearchStrategy[tuple[Pledgor, ...]]:
    placed = st.builds(
        lambda who, place: replace(who, city=place[0], county=place[1]),
        st.sampled_from((*_COMPANIES, *_PEOPLE)),
        st.sampled_from(_PLACES),
    )
    return st.lists(placed, min_size=1, max_size=3).map(tuple)


@st.composite
def a_pledge(draw: st.DrawFn) -> Pledge:
    """Any registration of few parties and rights, so that they come again and again."""
    kind = draw(st.sampled_from((*BOTH, Kind.COPYRIGHT)))
    pool = _PATENTS if kind is Kind.PATENT else _MARKS
    rights = draw(st.lists(st.sampled_from(pool), max_size=3, unique=True))
    return Pledge(
        kind=kind,
        registered_on=draw(st.dates(date(2018, 11, 1), date(2020, 2, 1))),
        pledgors=draw(_pledgors()),
        pledgees=tuple(draw(st.lists(st.sampled_from(_LENDERS), max_size=2, unique=True))),
        rights=tuple(rights),
        rights_declared=draw(st.none() | st.integers(1, 9)),
        secured_amount_fen=draw(st.none() | st.sampled_from([1, THRESHOLD, THRESHOLD + 1])),
        events=tuple(
            draw(
                st.lists(
                    st.builds(make.event, st.sampled_from(EventKind)), max_size=1 if rights else 2
                )
            )
        ),
    )


_KEYS: dict[Group, Callable[[Pledge, Pledgor], str]] = {
    Group.NONE: lambda pledge, party: "",
    Group.CITY: lambda pledge, party: party.city,
    Group.COUNTY: lambda pledge, party: party.county or "",
    Group.YEAR: lambda pledge, party: f"{pledge.registered_on:%Y}",
    Group.HALF: lambda pledge, party: (
        f"{pledge.registered_on:%Y}H{1 if pledge.registered_on.month <= 6 else 2}"
    ),
    Group.QUARTER: lambda pledge, party: (
        f"{pledge.registered_on:%Y}Q{1 + (pledge.registered_on.month - 1) // 3}"
    ),
    Group.MONTH: lambda pledge, party: f"{pledge.registered_on:%Y-%m}",
}


def recounted(
    pledges: Sequence[Pledge], group: Group, start: date, end: date, kinds: Sequence[Kind]
) -> dict[str, Totals]:
    """The totals by the words of the counting rules, without the store."""
    counted = [
        pledge
        for pledge in pledges
        if start <= pledge.registered_on <= end
        and pledge.kind in kinds
        and not any(event.kind in VOIDINGS for event in pledge.events)
    ]
    key = _KEYS[group]
    of_place: dict[str, list[Pledge]] = defaultdict(list)
    enterprises: dict[str, set[str]] = defaultdict(set)
    inclusive: dict[str, set[str]] = defaultdict(set)
    for pledge in counted:
        of_place[key(pledge, pledge.pledgors[0])].append(pledge)
        for party in pledge.pledgors:
            if party.is_person:
                continue
            enterprises[key(pledge, party)].add(party.uscc or party.name)
            if (pledge.secured_amount_fen or THRESHOLD + 1) <= THRESHOLD:
                inclusive[key(pledge, party)].add(party.uscc or party.name)
    return {
        place: Totals(
            registrations=len(of_place[place]),
            secured_amount_fen=sum(each.secured_amount_fen or 0 for each in of_place[place]),
            enterprises=len(enterprises[place]),
            rights=sum(len(each.rights) or each.rights_declared or 0 for each in of_place[place]),
            rights_distinct=len({right.number for each in of_place[place] for right in each.rights})
            + sum(each.rights_declared or 0 for each in of_place[place] if not each.rights),
            inclusive_enterprises=len(inclusive[place]),
            pledgees=len({one.name for each in of_place[place] for one in each.pledgees}),
            amount_missing=sum(each.secured_amount_fen is None for each in of_place[place]),
        )
        for place in of_place.keys() | enterprises.keys()
    }


@settings(max_examples=40, deadline=None)
@given(
    pledges=st.lists(a_pledge(), max_size=12),
    group=st.sampled_from(SINGLE),
    window=st.sampled_from([YEAR, (date(2018, 12, 31), date(2020, 1, 1)), (YEAR[0], YEAR[0])]),
    kinds=st.sampled_from([(Kind.PATENT,), (Kind.TRADEMARK,), BOTH]),
)
def test_that_totals_are_what_a_recount_says(
    empty_store: Path,
    pledges: list[Pledge],
    group: Group,
    window: tuple[date, date],
    kinds: tuple[Kind, ...],
) -> None:
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        assert totals(store, group, *window, kinds, THRESHOLD) == recounted(
            pledges, group, *window, kinds
        )


def _count(store: Store, group: Group = Group.NONE) -> dict[str, Totals]:
    return totals(store, group, *YEAR, (Kind.PATENT,), THRESHOLD)


def test_that_an_empty_window_has_no_groups(store: Store) -> None:
    assert _count(store) == {}


def test_that_the_days_at_both_ends_belong_to_the_window(store: Store) -> None:
    make.stored(
        store,
        *(
            make.pledge(registered_on=day)
            for day in (date(2018, 12, 31), YEAR[0], YEAR[1], date(2020, 1, 1))
        ),
    )
    assert _count(store)[""].registrations == 2


def test_that_a_cancelled_pledge_stays_in_the_period_of_its_registration(store: Store) -> None:
    make.stored(store, make.pledge(events=(make.event(happened_on=date(2019, 4, 1)),)))
    assert _count(store)[""].registrations == 1


def test_that_a_later_change_of_the_amount_alters_no_total(store: Store) -> None:
    change = make.event(EventKind.CHANGE, happened_on=date(2019, 4, 1), secured_amount_fen=1)
    make.stored(store, make.pledge(events=(change,)))
    assert _count(store)[""].secured_amount_fen == 500 * WAN


@pytest.mark.parametrize("kind", VOIDINGS)
def test_that_what_never_came_about_is_not_counted(store: Store, kind: EventKind) -> None:
    make.stored(store, make.pledge(events=(make.event(kind, happened_on=date(2025, 1, 1)),)))
    assert _count(store) == {}


def test_that_what_is_deleted_is_not_counted(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    assert pledge.id is not None
    delete(store, [pledge.id])
    assert _count(store) == {}


def test_that_joint_pledgors_count_where_each_of_them_is(store: Store) -> None:
    other = make.pledgor("示例乙", city=make.NINGBO, county=make.HAISHU)
    make.stored(store, make.pledge(pledgors=(make.pledgor(), other)))
    by_city = _count(store, Group.CITY)
    assert by_city[make.HANGZHOU].registrations == 1
    assert by_city[make.HANGZHOU].enterprises == 1
    assert by_city[make.NINGBO] == Totals(enterprises=1, inclusive_enterprises=1)
    assert _count(store)[""].enterprises == 2


def test_that_a_county_is_covered_by_the_first_pledgor_only(store: Store) -> None:
    other = make.pledgor("示例乙", city=make.NINGBO, county=make.HAISHU)
    make.stored(
        store,
        make.pledge(pledgors=(make.pledgor(), other)),
        make.pledge(registered_on=date(2019, 7, 8)),
        make.pledge(pledgors=(make.pledgor(county=None),)),
    )
    assert counties_covered(store, *YEAR, (Kind.PATENT,)) == {make.BINJIANG: date(2019, 7, 8)}
