"""The schema is what the migrations made, whatever was done with the store since."""

from datetime import date
from pathlib import Path

from ipfinance.db import history
from ipfinance.db.connection import Store, open_store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.registrar import cancel, correct, delete
from ipfinance.demonstration import fill
from ipfinance.progress import Progress
from tests import make


def _schema(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        row["name"]: [
            tuple(column)
            for column in store.connection.execute(f"PRAGMA table_info({row['name']})")
        ]
        for row in tables.fetchall()
    }


def test_that_no_table_or_column_exists_that_migrations_did_not_make(
    store: Store, empty_store: Path
) -> None:
    fill(store, make.TODAY, Progress(), size=40)
    # Numbers of their own: the made-up ones begin where those of the demonstration do.
    [one, other] = make.stored(store, make.pledge(reg_no="甲"), make.pledge(reg_no="乙"))
    assert one.id is not None
    assert other.id is not None
    changed = make.event(changes=(make.change(),))
    correct(store, one.id, make.pledge(reg_no="甲", events=(changed,)))
    cancel(store, [other.id], date(2026, 1, 1))
    delete(store, [one.id])
    write_facts(store, Facts(office="示例局"))
    history.undo(store)
    history.redo(store)
    with open_store(empty_store) as fresh:
        assert _schema(store) == _schema(fresh)
