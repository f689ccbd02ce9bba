"""Figures are those of the tables, whatever was kept for them, written and taken back since."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipfinance.db import history
from ipfinance.db import months as module
from ipfinance.db.batches import all_batches, write_batch
from ipfinance.db.connection import Store, open_store
from ipfinance.db.facts import Facts, read_facts, write_facts
from ipfinance.db.pledges import find
from ipfinance.db.registrar import Registrar, cancel, correct, delete, record, register, restore
from ipfinance.db.totals import Group, Totals, counties_covered, totals
from ipfinance.db.verification import verify
from ipfinance.db.withdrawing import withdraw_batch
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.errors import UserError
from tests import make
from tests.db.test_totals import BOTH, SINGLE, THRESHOLD, YEAR, a_pledge, recounted

_SPANS = (
    *(YEAR, (date(2019, 1, 1), date(2019, 6, 30)), (date(2019, 4, 1), date(2019, 6, 30))),
    *((date(2019, 2, 1), date(2019, 2, 28)), (date(2018, 12, 15), date(2020, 1, 10))),
)
_KINDS = ((Kind.PATENT,), (Kind.TRADEMARK,), BOTH)
Act = Callable[[Store, Pledge, int], None]


def _numbers(store: Store, condition: str = "1") -> list[int]:
    rows = store.connection.execute(f"SELECT id FROM pledge WHERE {condition} ORDER BY id")
    return [row[0] for row in rows]


def _look(store: Store, pledge: Pledge, which: int) -> None:
    totals(store, SINGLE[which % 7], *_SPANS[which % 5], _KINDS[which % 3], THRESHOLD)


def _register(store: Store, pledge: Pledge, which: int) -> None:
    register(store, pledge)


def _correct(store: Store, pledge: Pledge, which: int) -> None:
    for before in find(store, _numbers(store)[which % 5 :][:1]):
        assert before.id is not None
        correct(store, before.id, replace(pledge, events=before.events[: which % 2]))


def _move(store: Store, pledge: Pledge, which: int) -> None:
    """Only the county of the first pledgor."""
    for before in find(store, _numbers(store)[-1:]):
        assert before.id is not None
        county = (make.XIHU, make.BINJIANG, None)[which % 3]
        moved = replace(before.pledgors[0], city=make.HANGZHOU, county=county)
        correct(store, before.id, replace(before, pledgors=(moved, *before.pledgors[1:])))


def _record(store: Store, pledge: Pledge, which: int) -> None:
    for number in _numbers(store)[:1]:
        kinds = (EventKind.REVOCATION, EventKind.CHANGE, EventKind.CANCELLATION)
        record(store, number, make.event(kinds[which % 3], happened_on=date(2021, 1, 1)))


def _cancel(store: Store, pledge: Pledge, which: int) -> None:
    cancel(store, _numbers(store), date(2021, 2, 2))


def _delete(store: Store, pledge: Pledge, which: int) -> None:
    delete(store, _numbers(store)[which % 3 :: 2])


def _restore(store: Store, pledge: Pledge, which: int) -> None:
    restore(store, _numbers(store, "reg_no IS NULL"))


def _import(store: Store, pledge: Pledge, which: int) -> None:
    with store.act("导入") as act:
        batch, _ = write_batch(store, act, "台账.xlsx", "0" * 64, (2, 0, 0, 0, 0, 0), 0)
        with Registrar(store, batch) as registrar:
            registrar.register(pledge)
            registrar.register(replace(pledge, registered_on=date(2019, 1 + which % 12, 28)))


def _withdraw(store: Store, pledge: Pledge, which: int) -> None:
    for batch in all_batches(store)[:1]:
        with suppress(UserError):  # touched since
            withdraw_batch(store, batch)


def _undo(store: Store, pledge: Pledge, which: int) -> None:
    if history.undoable(store):
        history.undo(store)


def _redo(store: Store, pledge: Pledge, which: int) -> None:
    if history.redoable(store):
        history.redo(store)


_ACTS: tuple[Act, ...] = (
    *(_look, _register, _correct, _move, _record, _cancel, _delete, _restore, _import, _withdraw),
    *(_undo, _redo),
)


def _assert_right(store: Store) -> None:
    alive = find(store, _numbers(store, "deleted_at IS NULL"))
    for start, end in _SPANS:
        for kinds in _KINDS:
            for group in SINGLE:
                counted = totals(store, group, start, end, kinds, THRESHOLD)
                assert counted == recounted(alive, group, start, end, kinds)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(_ACTS), a_pledge(), st.integers(0, 14)), min_size=2, max_size=9
    )
)
def test_that_figures_are_right_after_any_chain_of_acts(
    empty_store: Path, acts: list[tuple[Act, Pledge, int]]
) -> None:
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        register(store, make.pledge())
        _assert_right(store)
        for act, pledge, which in acts:
            act(store, pledge, which)
            _look(store, pledge, which)
        _assert_right(store)


def _count(store: Store, kinds: tuple[Kind, ...] = (Kind.PATENT,)) -> int:
    return totals(store, Group.NONE, *YEAR, kinds, THRESHOLD).get("", Totals()).registrations


def _marks(store: Store) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in store.connection.execute("SELECT * FROM stale_month")]


def test_that_a_saved_registration_costs_its_own_month_and_city(store: Store) -> None:
    make.stored(store, *(make.pledge(registered_on=date(2019, n, 5)) for n in range(1, 7)))
    other = make.pledgor("示例乙", city=make.NINGBO, county=make.HAISHU)
    make.stored(store, make.pledge(pledgors=(other,)))
    assert _count(store) == 7
    assert _marks(store) == []
    register(store, make.pledge(registered_on=date(2019, 4, 30)))
    assert _marks(store) == [("patent", "2019-04", make.HANGZHOU)]
    assert _count(store) == 8
    assert _marks(store) == []


def test_that_an_event_that_alters_no_figure_costs_nothing(store: Store) -> None:
    [pledge] = make.stored(store, make.pledge())
    _count(store)
    assert pledge.id is not None
    cancel(store, [pledge.id], date(2020, 1, 1))
    assert _marks(store) == []


def test_that_another_threshold_needs_nothing_anew(store: Store) -> None:
    make.stored(store, make.pledge(secured_amount_fen=THRESHOLD))
    _count(store)
    write_facts(store, Facts(inclusive_threshold_fen=THRESHOLD - 1))
    assert _marks(store) == []
    for threshold, inclusive in ((read_facts(store).inclusive_threshold_fen, 0), (THRESHOLD, 1)):
        counted = totals(store, Group.NONE, *YEAR, BOTH, threshold)[""]
        assert counted.inclusive_enterprises == inclusive


def test_that_looking_is_no_act_and_leaves_no_history(store: Store) -> None:
    make.stored(store, make.pledge())
    history.undo(store)
    before = make.dump(store)
    _count(store)
    assert make.dump(store) == before
    assert verify(store) == []
    redoable = history.redoable(store)
    assert redoable is not None
    history.redo(store)
    assert _count(store) == 1


def test_that_sums_are_whole_where_fractions_would_be_rounded(store: Store) -> None:
    amounts = (2**53 + 1, 2**53 + 1, 1)
    make.stored(store, *(make.pledge(secured_amount_fen=amount) for amount in amounts))
    assert totals(store, Group.NONE, *YEAR, BOTH, 0)[""].secured_amount_fen == sum(amounts)


def test_that_what_was_not_committed_is_counted_by_its_writer_only(store: Store) -> None:
    make.stored(store, make.pledge())
    with open_store(store.path) as other:
        assert (_count(store), _count(other)) == (1, 1)
        with suppress(UserError), store.act("测试"):
            with Registrar(store) as registrar:
                registrar.register(make.pledge())
            assert _count(store) == 2
            assert _count(other) == 1
            raise UserError("没有写成", "")
        assert (_count(store), _count(other)) == (1, 1)
        register(other, make.pledge())
        assert (_count(store), _count(other)) == (2, 2)


def test_that_a_writer_is_not_waited_for(store: Store) -> None:
    make.stored(store, make.pledge())
    with open_store(store.path) as other, store.act("测试"):
        start = time.monotonic()
        assert _count(other) == 1
        assert time.monotonic() - start < 2
        assert _marks(other)
        assert other.connection.execute("PRAGMA busy_timeout").fetchone()[0] == 5000


def test_that_what_was_read_before_another_wrote_is_not_kept(store: Store) -> None:
    make.stored(store, make.pledge())
    with open_store(store.path) as other:
        store.connection.execute("BEGIN")
        store.connection.execute("SELECT count(*) FROM pledge").fetchone()
        register(other, make.pledge())
        assert _count(store) == 1
        store.connection.execute("COMMIT")
        assert _marks(store)
        assert _count(store) == 2


def test_that_a_store_that_cannot_be_written_is_counted(store: Store) -> None:
    make.stored(store, make.pledge())
    store.connection.execute("PRAGMA query_only = ON")
    assert _count(store) == 1
    assert counties_covered(store, *YEAR, BOTH) == {make.BINJIANG: date(2019, 3, 5)}
    assert _marks(store)


def test_that_a_store_from_before_is_counted_from_its_tables(store: Store) -> None:
    other = make.pledgor("示例乙", city=make.NINGBO, county=make.HAISHU)
    make.stored(store, make.pledge(pledgors=(make.pledgor(), other)))
    write = store.connection.execute
    triggers = write("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stale%'")
    for (name,) in triggers.fetchall():
        write(f"DROP TRIGGER {name}")
    write("DROP TABLE counted_month")
    write("DROP TABLE stale_month")
    write("DELETE FROM _sqlite_migrations WHERE name = 'm0010_keep_counted_months'")
    write("PRAGMA user_version = 9")
    with open_store(store.path) as renewed:
        assert len(_marks(renewed)) == 2
        _assert_right(renewed)


@pytest.mark.parametrize("name", module.TABLES)
def test_that_a_month_is_read_from_a_covering_index(store: Store, name: str) -> None:
    arguments = {"kind": "patent", "month": "2019-03", "cities": "[]"}
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {module._SOURCES[name]}", arguments)
    reads = [row["detail"] for row in plan if row["detail"].startswith(("SEARCH", "SCAN pledge"))]
    assert [read for read in reads if "USING COVERING INDEX" in read and "(kind=? AND" in read]
    assert not [read for read in reads if read.startswith("SCAN")]
