"""Everything that was done can be told, taken back and done again, to the last row."""

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from ipfinance.db import history
from ipfinance.db.connection import (
    APPLICATION_ID,
    Store,
    connect,
    new_uid,
    now_text,
    open_store,
)
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.migrations import MIGRATIONS
from ipfinance.db.pledges import find, get
from ipfinance.db.registrar import Registrar, cancel, correct, delete, record, register, restore
from ipfinance.db.verification import verify
from ipfinance.db.writing import insert_rows, next_number
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind
from ipfinance.errors import UserError
from tests import make

# Acts and their history grow by every undo; the numbers given out never come again.
GROWING = ("act", "current_act", "history", "sqlite_sequence")
Dump = dict[str, list[tuple[object, ...]]]


def _dump(store: Store) -> Dump:
    return make.dump(store, leaving_out=GROWING)


def _register(store: Store) -> None:
    register(
        store,
        make.pledge(
            pledgors=(make.pledgor(f"示例{len(_numbers(store))}有限公司"), make.pledgor()),
            events=(make.event(EventKind.CHANGE, changes=(make.change(),)),),
        ),
    )


def _correct(store: Store) -> None:
    for pledge in find(store, _numbers(store)[-1:]):
        assert pledge.id is not None
        correct(
            store,
            pledge.id,
            replace(
                pledge,
                registered_on=date(2020, 5, 6),
                pledgors=(make.pledgor("示例丁有限公司", city=make.NINGBO, county=None),),
                rights=(*pledge.rights, make.right()),
                secured_amount_fen=(pledge.secured_amount_fen or 0) + WAN,
                events=pledge.events[1:],
            ),
        )


def _cancel(store: Store) -> None:
    cancel(store, _numbers(store), date(2021, 1, 1))


def _record(store: Store) -> None:
    for number in _numbers(store)[:1]:
        record(store, number, make.event(EventKind.REVOCATION, changes=(make.change(),)))


def _delete(store: Store) -> None:
    delete(store, _numbers(store)[::2])


def _restore(store: Store) -> None:
    restore(store, _numbers(store))


def _set(store: Store) -> None:
    office = f"示例局{store.connection.execute('SELECT count(*) FROM act').fetchone()[0]}"
    write_facts(store, Facts(office=office))


def _numbers(store: Store) -> list[int]:
    return [row[0] for row in store.connection.execute("SELECT id FROM pledge ORDER BY id")]


ACTS: tuple[Callable[[Store], None], ...] = (
    *(_register, _correct, _cancel, _record, _delete, _restore, _set),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(ACTS), min_size=1, max_size=7))
def test_that_any_chain_of_acts_is_taken_back_and_done_again(
    store: Store, acts: list[Callable[[Store], None]]
) -> None:
    # Another example goes on where the last one ended; what matters are the states between.
    while history.undoable(store):
        history.undo(store)
    states = [_dump(store)]
    for act in acts:
        act(store)
        if _dump(store) != states[-1]:
            states.append(_dump(store))
    for state in reversed(states[:-1]):
        history.undo(store)
        assert _dump(store) == state
    assert history.undoable(store) is None
    for state in states[1:]:
        history.redo(store)
        assert _dump(store) == state
    assert history.redoable(store) is None or len(states) == 1
    for state in reversed(states[:-1]):
        history.undo(store)
        assert _dump(store) == state


def test_that_undo_names_what_it_took_back(store: Store) -> None:
    register(store, make.pledge(reg_no="甲"))
    register(store, make.pledge(reg_no="乙"))
    assert history.undo(store).words == "新增登记 乙"
    redoable = history.redoable(store)
    assert redoable is not None
    assert redoable.words == "新增登记 乙"
    assert redoable.who == "测试员"
    assert history.undo(store).words == "新增登记 甲"
    assert history.redo(store).words == "新增登记 甲"
    assert history.redo(store).words == "新增登记 乙"


def test_that_a_new_act_ends_redoing(store: Store) -> None:
    register(store, make.pledge())
    history.undo(store)
    register(store, make.pledge())
    assert history.redoable(store) is None
    with pytest.raises(UserError, match="没有可重做"):
        history.redo(store)


def test_that_what_a_new_act_left_behind_stays_behind(store: Store) -> None:
    register(store, make.pledge(reg_no="甲"))
    register(store, make.pledge(reg_no="乙"))
    history.undo(store)
    register(store, make.pledge(reg_no="丙"))
    history.undo(store)
    history.undo(store)
    assert history.redo(store).words == "新增登记 甲"
    assert history.redo(store).words == "新增登记 丙"
    assert history.redoable(store) is None


def test_that_there_may_be_nothing_to_undo(store: Store) -> None:
    with pytest.raises(UserError, match="没有可撤销"):
        history.undo(store)


def test_that_acts_that_changed_nothing_are_passed_over(store: Store) -> None:
    register(store, make.pledge(reg_no="甲"))
    with store.act("什么也没做"):
        pass
    assert history.undo(store).words == "新增登记 甲"


def test_that_nothing_is_lost_from_the_history_by_undoing(store: Store) -> None:
    register(store, make.pledge())
    records = make.dump(store)["history"]
    history.undo(store)
    history.redo(store)
    assert make.dump(store)["history"][: len(records)] == records


def test_that_a_change_tells_who_when_before_and_after(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge(reg_no="甲"))
    assert pledge.id is not None
    correct(store, pledge.id, replace(pledge, note="改", secured_amount_fen=None))
    told = history.of_row(store, "pledge", pledge.id)
    assert {(each.column, each.before, each.after) for each in told} == {
        ("note", "示例", "改"),
        ("secured_amount_fen", 500 * WAN, None),
    }
    assert {(each.who, each.words) for each in told} == {("测试员", "更正登记 甲")}
    assert all(len(each.happened_at) == len("2019-03-05T08:15:30Z") for each in told)


def test_that_every_table_tells_what_was_changed(store: Store) -> None:
    _register(store)
    _cancel(store)
    for table in (
        *("pledge", "pledge_pledgor", "pledge_pledgee", "pledge_right", "event", "event_change"),
        *("enterprise", "pledgee", "ip_right", "setting", "division", "reference_figure"),
    ):
        kept = {
            number
            for first, last in store.connection.execute(
                "SELECT entity_row, coalesce(last_row, entity_row) FROM history"
                " WHERE entity = ? AND operation = 'insert'",
                (table,),
            )
            for number in range(first, last + 1)
        }
        rows = {row[0] for row in store.connection.execute(f"SELECT id FROM {table}")}
        assert rows == kept, table


def test_that_many_rows_inserted_together_are_told_as_one_range(store: Store) -> None:
    empty = _dump(store)
    with store.act("导入"), Registrar(store) as registrar:
        for number in range(120):
            rights = tuple(make.right(f"20171{number:03}{place:04}.3") for place in range(3))
            registrar.register(
                make.pledge(reg_no=f"甲{number}", rights=rights, events=(make.event(),))
            )
    told = store.connection.execute(
        "SELECT entity, entity_row, last_row FROM history WHERE act IS NOT NULL AND entity"
        " NOT IN ('enterprise', 'pledgee') ORDER BY entity"
    ).fetchall()
    assert [tuple(row) for row in told] == [
        ("event", 1, 120),
        ("ip_right", 1, 360),
        ("pledge", 1, 120),
        ("pledge_pledgee", 1, 120),
        ("pledge_pledgor", 1, 120),
        ("pledge_right", 1, 360),
    ]
    full = _dump(store)
    assert verify(store) == []
    for _ in range(2):
        history.undo(store)
        assert _dump(store) == empty
        history.redo(store)
        assert _dump(store) == full
    assert verify(store) == []


def test_that_an_announcement_hides_no_other_row(store: Store) -> None:
    add = "INSERT INTO setting (name, value) VALUES (?, '')"
    with store.act("两行一起"):
        first = next_number(store.connection, "setting")
        rows = [(first, "甲", ""), (first + 1, "乙", "")]
        insert_rows(store.connection, "setting", "id, name, value", rows)
        store.connection.execute(add, ("丙",))
        # Deleted and put back within the same act: the one and the other are told.
        store.connection.execute("DELETE FROM setting WHERE id = ?", (first,))
        store.connection.execute("INSERT INTO setting VALUES (?, '甲', '')", (first,))
    with closing(sqlite3.connect(store.path)) as door:
        door.execute(add, ("丁",))
        door.commit()
    told = store.connection.execute(
        "SELECT operation, entity_row, last_row FROM history WHERE entity = 'setting'"
        " AND entity_row >= ? ORDER BY id",
        (first,),
    ).fetchall()
    assert [tuple(row) for row in told] == [
        ("insert", first, first + 1),
        ("insert", first + 2, None),
        ("delete", first, None),
        ("insert", first, None),
        ("insert", first + 3, None),
    ]
    history.undo(store)
    names = store.connection.execute("SELECT name FROM setting WHERE id >= ?", (first,))
    assert [row["name"] for row in names] == ["丁"]


def test_that_a_history_from_before_there_were_ranges_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(connect(path)) as old:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(Database(old), stop_before="m0013_tell_rows_inserted_together_as_one")
        old.execute(
            "INSERT INTO act (uid, happened_at, who, words) VALUES (?, ?, '甲', '两项设置')",
            (new_uid(), now_text()),
        )
        old.execute("UPDATE current_act SET act = 1")
        add = "INSERT INTO setting (name, value) VALUES (?, '')"
        old.executemany(add, [("甲",), ("乙",)])
        old.execute("UPDATE current_act SET act = NULL")
        old.execute("PRAGMA user_version = 9")
    with open_store(path) as store:
        full = _dump(store)
        assert history.undo(store).words == "两项设置"
        assert _dump(store)["setting"] == []
        assert history.redo(store).words == "两项设置"
        assert _dump(store)["setting"] == full["setting"] != []


def test_that_rows_with_a_gap_between_are_not_told_as_one(store: Store) -> None:
    with pytest.raises(AssertionError), store.act("缺一行"):
        insert_rows(store.connection, "setting", "id, name, value", [(7, "甲", ""), (9, "乙", "")])


def test_that_how_rows_came_is_read_without_the_whole_history(store: Store) -> None:
    asked = {"entity": "pledge", "first": 1, "last": 9}
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {history._CAME}", asked)
    assert [row["detail"].split("USING ")[1] for row in plan] == [
        "INDEX history_of_what_came (entity=? AND entity_row<?)"
    ]


def test_that_what_only_follows_is_not_told(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    before = len(make.dump(store)["history"])
    assert pledge.id is not None
    cancel(store, [pledge.id], date(2021, 1, 1))
    # The event, and nothing of the columns that triggers filled.
    assert len(make.dump(store)["history"]) == before + 1


def test_that_changes_through_another_door_are_in_the_history(store: Store) -> None:
    [pledge, other] = make.stored(store, make.pledge(), make.pledge())
    with closing(sqlite3.connect(store.path)) as door:
        door.execute("UPDATE pledge SET note = '旁门' WHERE id = ?", (pledge.id,))
        door.execute("DELETE FROM pledge_right WHERE pledge = ?", (other.id,))
        door.execute("INSERT INTO setting (name, value) VALUES ('office', '旁门')")
        door.commit()
    rows = store.connection.execute(
        "SELECT * FROM history WHERE act IS NULL AND entity IN ('pledge', 'pledge_right',"
        " 'setting') ORDER BY id"
    ).fetchall()
    assert [(row["entity"], row["operation"]) for row in rows] == [
        ("pledge", "update"),
        ("pledge_right", "delete"),
        ("setting", "insert"),
    ]
    assert all(row["happened_at"] for row in rows)
    assert json.loads(rows[0]["before"])["note"] == "示例"
    assert json.loads(rows[0]["after"])["note"] == "旁门"
    assert json.loads(rows[1]["before"])["pledge"] == other.id
    assert pledge.id is not None
    [told] = history.of_row(store, "pledge", pledge.id)
    assert (told.who, told.words, told.after) == ("", "", "旁门")
    assert told.happened_at


def test_that_what_another_door_did_later_hinders_no_undo(store: Store) -> None:
    before = _dump(store)
    [pledge] = make.stored(store, make.pledge())
    assert pledge.id is not None
    store.connection.execute("UPDATE pledge SET note = '旁门'")
    history.undo(store)
    assert _dump(store) == before
    history.redo(store)
    assert get(store, pledge.id) == replace(pledge, note="旁门")


def test_that_an_undo_that_would_tear_references_is_refused_whole(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    with closing(sqlite3.connect(store.path)) as door:
        door.execute(
            "INSERT INTO event (uid, pledge, kind, happened_on) VALUES (?, ?, 'lapse', ?)",
            ("0" * 36, pledge.id, "2021-01-01"),
        )
        door.commit()
    before = make.dump(store)
    with pytest.raises(UserError, match="不能撤销"):
        history.undo(store)
    assert make.dump(store) == before


@pytest.mark.parametrize("step", [history.undo, history.redo])
def test_that_an_act_of_another_window_meanwhile_is_never_overwritten(
    store: Store, step: Callable[[Store], history.Act]
) -> None:
    [pledge] = make.stored(store, make.pledge())
    correct(store, pledge.id or 0, replace(pledge, note="先"))
    if step is history.redo:
        history.undo(store)
    with open_store(store.path) as other, ThreadPoolExecutor(1) as windows:
        with other.act("另一个窗口"):
            waiting = windows.submit(_in_own_window, step, store.path)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)  # it has chosen its act and waits to write
            other.connection.execute("UPDATE pledge SET note = '后' WHERE id = ?", (pledge.id,))
        with pytest.raises(UserError, match="另一个窗口"):
            waiting.result()
    assert get(store, pledge.id or 0).note == "后"
    assert history.undo(store).words == "另一个窗口"


def _in_own_window(step: Callable[[Store], history.Act], path: Path) -> None:
    with open_store(path) as own:
        step(own)
