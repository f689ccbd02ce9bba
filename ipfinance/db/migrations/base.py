"""The list that every migration registers itself in, and what several of them do alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = Migrations("ipfinance")

_INTO = "INSERT INTO history (act, happened_at, entity, entity_row, operation"
_TOLD = "SELECT act, CASE WHEN act IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now') END"


def keep_history(
    db: "Database", table: str, columns: Sequence[str], derived: Sequence[str] = ()
) -> None:
    """Let every change of a table leave who, when, and the row before and after.

    An insert keeps no copy: the row itself tells what came, until a later change keeps it.
    An update that touches only ``derived`` columns, which follow from elsewhere, is not kept.
    Called again after columns were added, it takes the place of what it made before.
    """

    def row(prefix: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {prefix}.{name}" for name in columns) + ")"

    own = [column for column in columns if column not in derived]
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in own)
    for operation in ("update", "delete"):
        db.execute(f"DROP TRIGGER IF EXISTS history_{table}_{operation}")
    tell_inserts(db, table)
    db.execute(
        f"CREATE TRIGGER history_{table}_update AFTER UPDATE ON {table}"
        f" WHEN {differs} BEGIN {_INTO}, before, after)"
        f" {_TOLD}, '{table}', NEW.id, 'update', {row('OLD')}, {row('NEW')}"
        " FROM current_act; END"
    )
    db.execute(
        f"CREATE TRIGGER history_{table}_delete AFTER DELETE ON {table} BEGIN"
        f" {_INTO}, before)"
        f" {_TOLD}, '{table}', OLD.id, 'delete', {row('OLD')} FROM current_act; END"
    )


def tell_inserts(db: "Database", table: str) -> None:
    """Let every insert into a table be told in the history, row by row.

    Since m0013 those rows are passed over that the act announced and that are told together.
    """
    announced = (
        f" WHEN NOT EXISTS (SELECT 1 FROM current_act WHERE entity = '{table}'"
        " AND NEW.id BETWEEN first_row AND last_row)"
    )
    can_announce = "last_row" in db["current_act"].columns_dict
    db.execute(f"DROP TRIGGER IF EXISTS history_{table}_insert")
    db.execute(
        f"CREATE TRIGGER history_{table}_insert AFTER INSERT ON {table}"
        f"{announced if can_announce else ''} BEGIN"
        f" {_INTO}) {_TOLD}, '{table}', NEW.id, 'insert' FROM current_act; END"
    )
