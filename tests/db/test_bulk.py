"""What comes in bulk stands in the store as if it had come row by row."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ipfinance.db import history
from ipfinance.db.bulk import in_bulk
from ipfinance.db.connection import Store, open_store
from ipfinance.db.pledges import count
from ipfinance.db.registrar import Registrar
from ipfinance.db.verification import verify
from ipfinance.domain.pledge import EventKind, Pledge
from ipfinance.errors import Cancelled
from tests import make

_SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
# What two stores never have in common, and whether one row was told as a range of one.
_NOT_COMPARED = ("uid", "happened_at", "last_row", "applied_at")


def _pledges() -> list[Pledge]:
    """Registrations with everything that may belong to one, a single row of the rarest."""
    pledges = [
        make.pledge(
            reg_no=f"甲{number}",
            pledgors=(make.pledgor(f"示例{number % 40}有限公司"), make.person()),
            rights=tuple(make.right(f"20171{number:03}{place:04}.3") for place in range(2)),
            events=(
                make.event(EventKind.REVOCATION if number % 3 else EventKind.CANCELLATION),
                make.event(EventKind.EXTENSION),
            ),
        )
        for number in range(120)
    ]
    return [*pledges, make.pledge(events=(make.event(EventKind.CHANGE, changes=(make.change(),)),))]


def _nobody(done: int, total: int) -> None:
    pass


def _write(
    store: Store, pledges: list[Pledge], is_bulk: bool, told: Callable[[int, int], None] = _nobody
) -> None:
    with store.act("导入"):
        if not is_bulk:
            with Registrar(store) as registrar:
                for pledge in pledges:
                    registrar.register(pledge)
            return
        with in_bulk(store, told), Registrar(store, is_bulk=True) as registrar:
            for pledge in pledges:
                registrar.register(pledge)


def _content(store: Store) -> dict[str, list[dict[str, object]]]:
    tables = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        table: sorted(
            (
                {key: row[key] for key in row.keys() if key not in _NOT_COMPARED}  # noqa: SIM118
                for row in store.connection.execute(f"SELECT * FROM {table}")
            ),
            key=str,
        )
        for (table,) in tables.fetchall()
    }


def _schema(store: Store) -> list[tuple[str, ...]]:
    return [tuple(row) for row in store.connection.execute(_SCHEMA)]


def test_that_bulk_leaves_what_row_by_row_leaves(store: Store, tmp_path: Path) -> None:
    schema = _schema(store)
    with open_store(tmp_path / "other.db", "测试员") as other:
        pledges = _pledges()
        _write(other, pledges, is_bulk=False)
        _write(store, pledges, is_bulk=True)
        assert _content(store) == _content(other)
    assert _schema(store) == schema
    assert verify(store) == []
    full = _content(store)["pledge"]
    history.undo(store)
    assert count(store) == 0
    history.redo(store)
    assert _content(store)["pledge"] == full
    assert verify(store) == []


def test_that_bulk_finds_the_parties_and_rights_that_are_there(
    store: Store, tmp_path: Path
) -> None:
    there = _pledges()
    more = [
        replace(pledge, reg_no=f"乙{number}", pledgees=(make.pledgee(f"示例银行{number % 5}"),))
        for number, pledge in enumerate(there)
    ]
    with open_store(tmp_path / "other.db", "测试员") as other:
        for each, is_bulk in ((other, False), (store, True)):
            _write(each, there, is_bulk=False)
            _write(each, more, is_bulk=is_bulk)
        assert _content(store) == _content(other)
    assert count(store) == len(there) + len(more)
    assert verify(store) == []


def test_that_bulk_stopped_at_the_indexes_leaves_nothing(store: Store) -> None:
    def stop(done: int, total: int) -> None:
        assert done < total
        if done:
            raise Cancelled

    schema, before = _schema(store), _content(store)
    with pytest.raises(Cancelled):
        _write(store, _pledges(), is_bulk=True, told=stop)
    assert _schema(store) == schema
    assert _content(store) == before
