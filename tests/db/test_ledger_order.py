"""The ledger in the order of any column, names by their pinyin."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ipfinance.db import name_order
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort, rows
from ipfinance.db.registrar import delete
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import DUE_SOON_DAYS, EventKind, Kind, Pledge, State
from tests import make
from tests.db.listed import TODAY, ids, numbers

_SHOWN: dict[Sort, Callable[[Pledge], object]] = {
    Sort.REG_NO: lambda pledge: pledge.reg_no,
    Sort.REG_NO_IN_DOUBT: lambda pledge: pledge.reg_no_in_doubt,
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
        make.pledge(reg_no="Y2019330000009").with_number_in_doubt(),
        make.pledge(reg_no="Y2019330000008").with_number_in_doubt(),
        make.pledge(),
    )
    shown = _SHOWN[sort]
    having = [pledge for pledge in stored if shown(pledge) is not None]
    without = [pledge for pledge in stored if shown(pledge) is None]
    # Sorting in reverse keeps the order of equal ones, which must turn round as well.
    for each in (having, without):
        each.sort(key=lambda pledge: pledge.id or 0, reverse=descending)
    having.sort(key=shown, reverse=descending)  # type: ignore[arg-type]
    assert ids(store, Filter(), sort=sort, descending=descending) == numbers(having + without)


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
    by_pledgee = ids(store, Filter(), sort=Sort.PLEDGEE, descending=False)
    named = {pledge.id: pledge.pledgees[0].name if pledge.pledgees else "" for pledge in stored}
    assert [named[number] for number in by_pledgee] == [
        *("示例阿甲", "示例宝乙", "示例重庆路", "示例单氏"),
        "",
    ]
    by_pledgor = ids(store, Filter(city=make.HANGZHOU), sort=Sort.PLEDGOR, descending=True)
    assert by_pledgor == numbers([stored[2], stored[4], stored[0], stored[3], stored[1]])


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
    by_name = ids(store, Filter(), sort=Sort.PLEDGOR, descending=False)
    assert [named[number] for number in by_name] == expected
    by_name = ids(store, Filter(), sort=Sort.PLEDGOR, descending=True)
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
    by_name = ids(store, Filter(), sort=Sort.PLEDGOR, descending=False)
    assert by_name == numbers(stored[::-1])
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
    listed = ids(store, Filter(), sort=Sort.STATE, descending=False)
    order = list(State)
    places = [order.index(row.state) for row in rows(store, listed, TODAY)]
    assert places == sorted(places)
    assert len(set(places)) == 4


@pytest.mark.parametrize("sort", [Sort.REG_NO, Sort.REG_NO_IN_DOUBT])
def test_that_the_trash_is_sorted_too(store: Store, sort: Sort) -> None:
    stored = make.stored(
        store,
        *(
            make.pledge(**{"reg_no": None, sort.value: number})
            for number in ("Y2019330000003", None, "Y2019330000001")
        ),
    )
    delete(store, numbers(stored))
    for descending in (False, True):
        listed = ids(store, Filter(deleted=True), sort=sort, descending=descending)
        first, second = (stored[0].id, stored[2].id) if descending else (stored[2].id, stored[0].id)
        assert listed == [first, second, stored[1].id]
