"""The ledger as a long table: what filters select, in which order, and the rows shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db import name_order
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort, rows, select
from ipfinance.db.pledges import find
from ipfinance.db.registrar import cancel, delete
from ipfinance.domain.identifiers import organisation_code_of
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import (
    DUE_SOON_DAYS,
    EventKind,
    Kind,
    Pledge,
    PledgeeKind,
    State,
    state_on,
)
from tests import make

TODAY = date(2021, 6, 1)


def _ids(store: Store, wanted: Filter, **how: object) -> list[int]:
    return list(select(store, wanted, TODAY, **how).ids)  # type: ignore[arg-type]


def _numbers(pledges: list[Pledge]) -> list[int]:
    return [pledge.id for pledge in pledges if pledge.id is not None]


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
    assert sorted(_ids(store, wanted)) == _numbers([each for each in stored if holds(each)])


def test_that_parties_and_the_trash_are_filters_too(store: Store) -> None:
    one, other = make.stored(
        store, make.pledge(), make.pledge(pledgors=(make.pledgor("示例乙"),), pledgees=())
    )
    enterprise, pledgee = one.pledgors[0].enterprise, one.pledgees[0].pledgee
    assert _ids(store, Filter(enterprise=enterprise)) == [one.id]
    assert _ids(store, Filter(pledgee=pledgee)) == [one.id]
    delete(store, _numbers([one]))
    assert _ids(store, Filter()) == [other.id]
    assert _ids(store, Filter(deleted=True)) == [one.id]


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
    everything = find(store, _ids(store, Filter()))
    by_domain = {
        pledge.id: state_on(
            TODAY,
            pledge.ending.happened_on if pledge.ending else None,
            pledge.ending.kind if pledge.ending else None,
            pledge.term_end_on(TODAY),
        )
        for pledge in everything
    }
    shown = {row.id: row.state for row in rows(store, _ids(store, Filter()), TODAY)}
    assert shown == by_domain
    for state in State:
        selected = set(_ids(store, Filter(state=state)))
        assert selected == {number for number, each in by_domain.items() if each is state}


def test_that_the_state_is_that_of_the_day_asked(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    cancel(store, _numbers([pledge]), date(2021, 6, 2))
    for day, state in (
        (date(2021, 6, 1), State.LIVE),
        (date(2021, 6, 2), State.CANCELLED),
    ):
        [row] = rows(store, _numbers([pledge]), day)
        assert row.state is state
        assert list(select(store, Filter(state=state), day).ids) == [pledge.id]


def _searched(store: Store, text: str) -> list[int]:
    return sorted(_ids(store, Filter(text=text)))


@pytest.fixture
def known(store: Store) -> dict[str, int]:
    """Registrations that are told apart by what can be searched for."""
    code = make.credit_code(7)
    made = {
        "percent": make.pledge(
            reg_no="甲100%号", pledgors=(make.pledgor("示例百分_百有限公司", uscc=code),)
        ),
        "plain": make.pledge(
            reg_no="Y2019330000123",
            pledgors=(make.pledgor("示例（杭州）Ab有限公司", uscc=None),),
            pledgees=(make.pledgee("示例银行台州分行"),),
            rights=(make.right("201710601862.3"),),
        ),
        "person": make.pledge(
            reg_no=None,
            pledgors=(make.person("李某乙（自然人）"),),
            pledgees=(make.pledgee("示例担保\\有限公司", kind=PledgeeKind.GUARANTEE),),
            rights=(),
        ),
        "mark": make.pledge(
            kind=Kind.TRADEMARK,
            reg_no="商质1",
            pledgors=(make.pledgor("示例丁", uscc="79965505-8"),),
            pledgees=(),
            rights=(make.mark("3917439"),),
        ),
    }
    stored = make.stored(store, *made.values())
    return dict(zip(made, _numbers(stored), strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%", ["percent"]),
        ("_", ["percent"]),
        ("100%", ["percent"]),
        ("1%0", []),
        ("\\", ["person"]),
        ("Y2019330000123", ["plain"]),
        ("y201933", ["plain"]),
        ("Ｙ2019", ["plain"]),
        ("  330000123 ", ["plain"]),
        ("(杭州)ab", ["plain"]),
        ("AB有限", ["plain"]),
        ("台州", ["plain"]),
        ("slyhtz", ["plain"]),
        ("SLYHTZ", ["plain"]),
        ("李某", ["person"]),
        ("担保", ["person"]),
        ("ZL201710601862.3", ["plain"]),
        ("zl 20171060", ["plain"]),
        ("201710", ["plain"]),
        ("10601862", []),
        ("zl", []),
        ("3917439", ["mark"]),
        ("39174", ["mark"]),
        ("79965505", ["mark"]),
        ("有限公司", ["percent", "plain", "person"]),
        ("没有这个", []),
        ("", ["percent", "plain", "person", "mark"]),
    ],
)
def test_that_text_is_found_where_it_may_stand(
    store: Store, known: dict[str, int], text: str, found: list[str]
) -> None:
    assert _searched(store, text) == sorted(known[name] for name in found)


def test_that_codes_are_found_in_part(store: Store, known: dict[str, int]) -> None:
    code = make.credit_code(7)
    assert _searched(store, code[4:12].lower()) == [known["percent"]]
    assert _searched(store, str(organisation_code_of(code))) == [known["percent"]]


def test_that_a_name_is_found_as_it_was_and_as_it_is(store: Store) -> None:
    code = make.credit_code(8)
    old, new = make.stored(
        store,
        make.pledge(pledgors=(make.pledgor("示例旧名有限公司", uscc=code),)),
        make.pledge(pledgors=(make.pledgor("示例新名有限公司", uscc=code),)),
    )
    # It is one enterprise: each of its names finds all of its registrations.
    assert _searched(store, "新名") == [old.id, new.id]
    assert _searched(store, "旧名") == [old.id, new.id]


_SHOWN: dict[Sort, Callable[[Pledge], object]] = {
    Sort.REG_NO: lambda pledge: pledge.reg_no,
    Sort.KIND: lambda pledge: pledge.kind.value,
    Sort.CITY: lambda pledge: (pledge.city, pledge.county or ""),
    Sort.SECURED_AMOUNT: lambda pledge: pledge.secured_amount_fen,
    Sort.RIGHTS_COUNT: lambda pledge: pledge.rights_count,
    Sort.REGISTERED_ON: lambda pledge: pledge.registered_on,
    Sort.TERM_END: lambda pledge: pledge.term_end_on(TODAY),
}


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", _SHOWN)
def test_that_rows_come_in_the_order_of_the_column_shown(
    store: Store, sort: Sort, descending: bool
) -> None:
    extension = make.event(
        EventKind.EXTENSION, happened_on=date(2020, 1, 1), term_end=date(2019, 1, 1)
    )
    stored = make.stored(
        store,
        make.pledge(secured_amount_fen=2_147 * WAN),
        make.pledge(secured_amount_fen=2_148 * WAN, term_end=None),
        make.pledge(secured_amount_fen=None, events=(extension,)),
        make.pledge(kind=Kind.TRADEMARK, reg_no=None, rights=(), rights_declared=10),
        make.pledge(registered_on=date(2020, 1, 1), pledgors=(make.pledgor(city=make.NINGBO),)),
        make.pledge(pledgors=(make.pledgor(county=None),)),
        make.pledge(),
    )
    shown = _SHOWN[sort]
    having = [pledge for pledge in stored if shown(pledge) is not None]
    without = [pledge for pledge in stored if shown(pledge) is None]
    # Sorting in reverse keeps the order of equal ones, which must turn round as well.
    for each in (having, without):
        each.sort(key=lambda pledge: pledge.id or 0, reverse=descending)
    having.sort(key=shown, reverse=descending)  # type: ignore[arg-type]
    assert _ids(store, Filter(), sort=sort, descending=descending) == _numbers(having + without)


def test_that_parties_are_sorted_by_their_initials(store: Store) -> None:
    names = ["示例重庆路", "示例阿甲", "示例单氏", "示例宝乙"]
    stored = make.stored(
        store,
        *(
            make.pledge(pledgors=(make.pledgor(name, uscc=None),), pledgees=(make.pledgee(name),))
            for name in names
        ),
        make.pledge(pledgees=()),
    )
    by_pledgee = _ids(store, Filter(), sort=Sort.PLEDGEE, descending=False)
    named = {pledge.id: pledge.pledgees[0].name if pledge.pledgees else "" for pledge in stored}
    assert [named[number] for number in by_pledgee] == [
        *("示例阿甲", "示例宝乙", "示例重庆路", "示例单氏"),
        "",
    ]
    by_pledgor = _ids(store, Filter(city=make.HANGZHOU), sort=Sort.PLEDGOR, descending=True)
    assert by_pledgor == _numbers([stored[2], stored[4], stored[0], stored[3], stored[1]])


def test_that_names_are_sorted_by_whole_syllables_and_persons_among_them(store: Store) -> None:
    names = [
        "湖州示例",
        "杭州示例乙",
        "乐清示例",
        "王某甲（自然人）",
        "台州示例",
        "丽水示例",
        "杭州示例甲",
    ]
    stored = make.stored(
        store,
        *(
            make.pledge(
                pledgors=(make.person(name) if "自然人" in name else make.pledgor(name, uscc=None),)
            )
            for name in names
        ),
    )
    named = {pledge.id: pledge.pledgors[0].name for pledge in stored}
    expected = [
        *("杭州示例甲", "杭州示例乙", "湖州示例", "丽水示例", "台州示例", "王某甲（自然人）"),
        "乐清示例",  # yuè qīng
    ]
    by_name = _ids(store, Filter(), sort=Sort.PLEDGOR, descending=False)
    assert [named[number] for number in by_name] == expected
    by_name = _ids(store, Filter(), sort=Sort.PLEDGOR, descending=True)
    assert [named[number] for number in by_name] == expected[::-1]


def test_that_a_name_without_its_pinyin_is_read_when_somebody_sorts(store: Store) -> None:
    stored = make.stored(
        store,
        make.pledge(pledgors=(make.pledgor("示例乙", uscc=None),)),
        make.pledge(pledgors=(make.pledgor("示例甲", uscc=None),)),
    )
    connection = store.connection
    kept = connection.execute("SELECT pinyin FROM enterprise ORDER BY id").fetchall()
    changes = connection.execute("SELECT count(*) FROM history").fetchone()[0]
    connection.execute("UPDATE enterprise SET pinyin = ''")
    by_name = _ids(store, Filter(), sort=Sort.PLEDGOR, descending=False)
    assert by_name == _numbers(stored[::-1])
    again = connection.execute("SELECT pinyin FROM enterprise ORDER BY id").fetchall()
    assert (
        [row[0] for row in again]
        == [row[0] for row in kept]
        == ["shi li yi 示例乙", "shi li jia 示例甲"]
    )
    # What follows from the name is no act.
    assert connection.execute("SELECT count(*) FROM history").fetchone()[0] == changes
    connection.execute("UPDATE enterprise SET name = '示例丙' WHERE name = '示例甲'")
    assert (
        connection.execute("SELECT count(*) FROM enterprise WHERE pinyin = ''").fetchone()[0] == 1
    )


def test_that_names_are_read_some_at_a_time_before_anybody_sorts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_order, "AT_ONCE", 2)
    make.stored(store, *(make.pledge(pledgors=(make.pledgor(f"示例{one}"),)) for one in "甲乙丙"))
    store.connection.execute("UPDATE enterprise SET pinyin = ''")
    rounds = 1
    while name_order.read_some_names(store):
        rounds += 1
    unread = store.connection.execute("SELECT count(*) FROM enterprise WHERE pinyin = ''")
    assert (unread.fetchone()[0], rounds) == (0, 2)


def test_that_states_are_sorted_as_they_are_listed(store: Store) -> None:
    make.stored(
        store,
        make.pledge(events=(make.event(EventKind.CANCELLATION, happened_on=date(2020, 1, 1)),)),
        make.pledge(term_end=date(2021, 5, 1)),
        make.pledge(term_end=TODAY + timedelta(days=DUE_SOON_DAYS)),
        make.pledge(term_end=None),
        make.pledge(term_end=TODAY + timedelta(days=DUE_SOON_DAYS + 1)),
    )
    ids = _ids(store, Filter(), sort=Sort.STATE, descending=False)
    order = list(State)
    places = [order.index(row.state) for row in rows(store, ids, TODAY)]
    assert places == sorted(places)
    assert len(set(places)) == 4


def test_that_the_trash_is_sorted_too(store: Store) -> None:
    stored = make.stored(
        store,
        *(make.pledge(reg_no=number) for number in ("Y2019330000003", None, "Y2019330000001")),
    )
    delete(store, _numbers(stored))
    for descending in (False, True):
        ids = _ids(store, Filter(deleted=True), sort=Sort.REG_NO, descending=descending)
        first, second = (stored[0].id, stored[2].id) if descending else (stored[2].id, stored[0].id)
        assert ids == [first, second, stored[1].id]


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
    shown = rows(store, _numbers([bare, pledge]), TODAY)
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
