"""Registrations written and read back: registered, corrected, cancelled, recorded, deleted."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.history import undoable
from ipfinance.db.pledges import count, find, get, with_reg_no
from ipfinance.db.registrar import (
    Registrar,
    cancel,
    correct,
    correct_event,
    delete,
    purge,
    record,
    register,
    remove_event,
)
from ipfinance.domain.pledge import Channel, EventKind, Kind, Pledge, PledgeeKind, Size
from ipfinance.domain.rules import check
from ipfinance.errors import UserError
from tests import make

THREE_YEARS_ON = date(2023, 1, 1)
LINKS = ("pledge_pledgor", "pledge_pledgee", "pledge_right")


def _number(pledge: Pledge) -> int:
    assert pledge.id is not None
    return pledge.id


def _bare(pledge: Pledge) -> Pledge:
    return replace(pledge, id=None, uid="")


def _whole() -> Pledge:
    """A registration that has everything."""
    return make.pledge(
        kind=Kind.TRADEMARK,
        pledgors=(
            make.pledgor("示例甲有限公司"),
            make.pledgor("示例乙有限公司", city=make.NINGBO, county=make.HAISHU, size=Size.LARGE),
            make.person(),
            make.pledgor("示例丙有限公司", county=None, uscc=None, size=None),
        ),
        pledgees=(make.pledgee(), make.pledgee("示例担保有限公司", kind=PledgeeKind.GUARANTEE)),
        rights=(make.mark(), make.mark(name="")),
        rights_declared=2,
        channel=Channel.WINDOW,
        events=(
            make.event(
                EventKind.CHANGE,
                happened_on=date(2019, 6, 1),
                secured_amount_fen=1,
                changes=(make.change(), make.change(item="地址")),
            ),
            make.event(
                EventKind.EXTENSION, happened_on=date(2020, 1, 1), term_end=date(2023, 1, 1)
            ),
            make.event(EventKind.CANCELLATION, note="还清"),
        ),
    )


def test_that_what_the_builders_make_is_valid() -> None:
    assert check(make.pledge(), make.TODAY) == []


@pytest.mark.parametrize(
    "pledge",
    [
        make.pledge(),
        _whole(),
        make.pledge(reg_no=None, rights=(), rights_declared=3),
        make.pledge(pledgees=(), rights=(), secured_amount_fen=None, channel=None, note=""),
        make.pledge(kind=Kind.COPYRIGHT, rights=()),
        make.pledge(pledgors=(make.person(),)),
    ],
)
def test_that_a_registration_is_read_back_as_it_was_written(store: Store, pledge: Pledge) -> None:
    number = register(store, pledge)
    found = get(store, number)
    assert _bare(found) == pledge
    assert len(found.uid) == 36


def test_that_registrations_are_found_in_the_order_asked(store: Store) -> None:
    stored = make.stored(store, *(make.pledge() for _ in range(5)))
    numbers = [_number(pledge) for pledge in stored]
    assert find(store, [numbers[3], 999, numbers[0]]) == [stored[3], stored[0]]
    assert count(store) == 5
    with pytest.raises(UserError, match="已经不在了"):
        get(store, 999)


def test_that_a_number_is_found_by_kind_and_not_in_the_trash(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge(reg_no="甲"))
    assert with_reg_no(store, Kind.PATENT, "甲") == pledge.id
    assert with_reg_no(store, Kind.TRADEMARK, "甲") is None
    delete(store, [_number(pledge)])
    assert with_reg_no(store, Kind.PATENT, "甲") is None
    assert count(store) == 0
    # Its number is free for the one that replaces it.
    assert register(store, make.pledge(reg_no="甲")) != pledge.id


def test_that_many_are_written_like_one(store: Store) -> None:
    pledges = [make.pledge() for _ in range(30)]
    with store.act("许多"), Registrar(store) as registrar:
        numbers = [registrar.register(pledge) for pledge in pledges[:20]]
        registrar.flush()
        numbers += [registrar.register(pledge) for pledge in pledges[20:]]
    assert [_bare(pledge) for pledge in find(store, numbers)] == pledges


def test_that_nothing_is_written_when_the_act_fails(store: Store) -> None:
    def fail() -> None:
        with store.act("失败"), Registrar(store) as registrar:
            registrar.register(make.pledge())
            registrar.flush()
            raise ZeroDivisionError

    before = make.dump(store)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert make.dump(store) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"secured_amount_fen": None},
        {"registered_on": date(2020, 2, 3), "reg_no": None},
        {"kind": Kind.PATENT},
        {"pledgors": (make.pledgor("示例丁有限公司", city=make.HUZHOU, county=make.DEQING),)},
        {"pledgees": ()},
        {"rights": (make.mark(),), "rights_declared": None},
        {"rights": (), "rights_declared": 9},
        {"events": ()},
        {"events": (make.event(EventKind.REFUSAL),)},
        {"term_start": None, "term_end": None, "channel": None, "note": "", "subsidy_fen": None},
    ],
)
def test_that_a_correction_makes_it_as_it_should_be(
    store: Store, changes: dict[str, object]
) -> None:
    [before] = make.stored(store, _whole())
    wanted = replace(before, **changes)  # type: ignore[arg-type]
    correct(store, _number(before), wanted)
    assert get(store, _number(before)) == wanted
    _assert_derived(store)


def test_that_one_event_is_corrected_and_the_others_stay(store: Store) -> None:
    [before] = make.stored(store, _whole())
    change, extension, cancellation = before.events
    wanted = replace(
        before,
        events=(
            replace(change, changes=(make.change(after="示例银行温州分行"),)),
            extension,
            replace(cancellation, happened_on=date(2021, 1, 5)),
        ),
    )
    correct(store, _number(before), wanted)
    after = get(store, _number(before))
    assert after == wanted
    assert [event.id for event in after.events] == [event.id for event in before.events]


def test_that_events_without_a_number_are_known_by_what_they_say(store: Store) -> None:
    [before] = make.stored(store, _whole())
    events = tuple(replace(event, id=None) for event in before.events)
    correct(store, _number(before), replace(before, note="改", events=events))
    after = get(store, _number(before))
    assert [event.id for event in after.events] == [event.id for event in before.events]


def test_that_a_correction_that_changes_nothing_is_no_act(store: Store) -> None:
    pledge = _whole()
    [before] = make.stored(store, pledge, words="登记")
    correct(store, _number(before), pledge)
    act = undoable(store)
    assert act is not None
    assert act.words == "登记"


def test_that_what_is_corrected_in_the_trash_stays_uncounted(store: Store) -> None:
    [before] = make.stored(store, make.pledge())
    delete(store, [_number(before)])
    correct(store, _number(before), replace(before, pledgors=(make.pledgor("示例丁"),)))
    _assert_derived(store)


def test_that_a_cancellation_leaves_out_what_has_ended(store: Store) -> None:
    live, ended = make.stored(store, make.pledge(), make.pledge(events=(make.event(),)))
    assert cancel(store, [_number(live), _number(ended)], date(2021, 5, 6), "批量") == 1
    assert get(store, _number(live)).cancelled_on == date(2021, 5, 6)
    assert get(store, _number(live)).events[0].note == "批量"
    assert get(store, _number(ended)).cancelled_on == date(2020, 12, 31)
    assert cancel(store, [_number(live)], date(2022, 1, 1)) == 0


def test_that_deleting_twice_is_one_act(store: Store) -> None:
    stored = make.stored(store, make.pledge(reg_no="甲"), make.pledge())
    numbers = [_number(pledge) for pledge in stored]
    assert delete(store, numbers) == 2
    act = undoable(store)
    assert act is not None
    assert act.words == "删除登记 甲 等 2 笔"
    assert delete(store, numbers) == 0
    assert undoable(store) == act


def test_that_an_event_is_recorded_in_words(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge(reg_no="甲"))
    record(store, _number(pledge), make.event(EventKind.EXTENSION, term_end=date(2024, 1, 1)))
    act = undoable(store)
    assert act is not None
    assert act.words == "延期登记 甲"
    assert get(store, _number(pledge)).term_end_on(date(2023, 1, 1)) == date(2024, 1, 1)


def test_that_what_a_figure_is_counted_from_carries_its_registration(store: Store) -> None:
    [pledge] = make.stored(store, _whole())
    _assert_derived(store)
    store.connection.execute(
        "UPDATE pledge SET registered_on = '2021-03-04', kind = 'patent', city = '330200',"
        " county = NULL, secured_amount_fen = NULL WHERE id = ?",
        (pledge.id,),
    )
    for table in LINKS:
        rows = store.connection.execute(f"SELECT * FROM {table}").fetchall()
        assert {row["registered_on"] for row in rows} == {"2021-03-04"}
        assert {row["kind"] for row in rows} == {"patent"}
    places = store.connection.execute("SELECT city, county FROM pledge_right").fetchall()
    assert {tuple(place) for place in places} == {("330200", None)}
    # Pledgors keep the places where they were.
    assert {row["city"] for row in store.connection.execute("SELECT city FROM pledge_pledgor")} == {
        make.HANGZHOU,
        make.NINGBO,
    }


@pytest.mark.parametrize("kind", EventKind)
def test_that_the_end_follows_from_the_events(store: Store, kind: EventKind) -> None:
    [pledge] = make.stored(store, make.pledge())
    number = _number(pledge)
    is_ending = kind not in (EventKind.CHANGE, EventKind.EXTENSION)
    is_void = kind in (EventKind.REVOCATION, EventKind.REFUSAL, EventKind.WITHDRAWAL)
    record(store, number, make.event(kind, happened_on=date(2020, 5, 6)))
    row = store.connection.execute("SELECT * FROM pledge WHERE id = ?", (number,)).fetchone()
    assert row["ended_on"] == ("2020-05-06" if is_ending else None)
    assert row["ended_by"] == (kind.value if is_ending else None)
    assert row["counted"] == (0 if is_void else 1)
    _assert_derived(store)
    store.connection.execute("UPDATE event SET happened_on = '2020-05-07'")
    row = store.connection.execute("SELECT * FROM pledge WHERE id = ?", (number,)).fetchone()
    assert row["ended_on"] == ("2020-05-07" if is_ending else None)
    store.connection.execute("DELETE FROM event")
    row = store.connection.execute("SELECT * FROM pledge WHERE id = ?", (number,)).fetchone()
    assert (row["ended_on"], row["ended_by"], row["counted"]) == (None, None, 1)
    _assert_derived(store)


def test_that_the_earliest_ending_is_the_end(store: Store) -> None:
    [pledge] = make.stored(
        store,
        make.pledge(
            events=(
                make.event(EventKind.CANCELLATION, happened_on=date(2021, 1, 1)),
                make.event(EventKind.LAPSE, happened_on=date(2020, 1, 1)),
            )
        ),
    )
    row = store.connection.execute("SELECT ended_on, ended_by FROM pledge").fetchone()
    assert tuple(row) == ("2020-01-01", "lapse")
    assert pledge.ending is not None
    assert pledge.ending.kind is EventKind.LAPSE


def test_that_what_is_deleted_is_not_counted_and_what_is_void_stays_so(store: Store) -> None:
    void, plain = make.stored(
        store, make.pledge(events=(make.event(EventKind.REVOCATION),)), make.pledge()
    )
    delete(store, [_number(void), _number(plain)])
    _assert_derived(store)
    store.connection.execute("UPDATE pledge SET deleted_at = NULL")
    counted = store.connection.execute("SELECT id, counted FROM pledge").fetchall()
    assert [tuple(row) for row in counted] == [(void.id, 0), (plain.id, 1)]
    _assert_derived(store)


def _assert_derived(store: Store) -> None:
    """What rides along equals its source."""
    columns = ("registered_on", "kind", "city", "county", "counted")
    for table in LINKS:
        own = ("registered_on", "kind", "secured_amount_fen", "counted")
        for column in own if table == "pledge_pledgor" else columns:
            differing = store.connection.execute(
                f"SELECT count(*) FROM {table} AS link JOIN pledge ON pledge.id = link.pledge"
                f" WHERE link.{column} IS NOT pledge.{column}"
            ).fetchone()[0]
            assert differing == 0, (table, column)


def test_that_what_another_window_took_away_is_told_and_not_silently_passed_over(
    store: Store,
) -> None:
    [pledge] = make.stored(store, make.pledge(events=(make.event(EventKind.CHANGE),)))
    number, [event] = pledge.id or 0, pledge.events
    remove_event(store, number, event.id or 0)
    with pytest.raises(UserError, match="这次办理已经不在了"):
        correct_event(store, number, event)
    with pytest.raises(UserError, match="这次办理已经不在了"):
        remove_event(store, number, event.id or 0)
    delete(store, [number])
    purge(store, [number])
    with pytest.raises(UserError, match="这笔登记已经不在了"):
        record(store, number, make.event())
    with pytest.raises(UserError, match="这笔登记已经不在了"):
        correct(store, number, pledge)
