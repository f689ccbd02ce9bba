"""Many rows inserted together leave one row in the history (m0013)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, tell_inserts

if TYPE_CHECKING:
    from sqlite_utils import Database

_FOLLOW = """
    UPDATE pledge SET
        ended_on = (SELECT min(happened_on) FROM event
                    WHERE pledge = NEW.pledge AND kind NOT IN ('change', 'extension')),
        ended_by = (SELECT kind FROM event
                    WHERE pledge = NEW.pledge AND kind NOT IN ('change', 'extension')
                    ORDER BY happened_on, id LIMIT 1),
        counted = deleted_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM event WHERE pledge = NEW.pledge
            AND kind IN ('revocation', 'refusal', 'withdrawal'))
    WHERE id = NEW.pledge;
"""


@MIGRATIONS()
def m0013_tell_rows_inserted_together_as_one(db: "Database") -> None:
    """An act that inserts many rows announces them in ``current_act``; a trigger tells them in
    the history as one row, from ``entity_row`` to ``last_row``, and the trigger of the table
    passes over what was told already. Every other insert is told as it always was, with
    ``last_row`` NULL, whatever door it came through. An announced row must follow without a
    gap: numbers are never used twice, so nobody else can ever insert one of the range.

    An event whose registration is inserted with its ending has nothing left to make follow.
    """
    db.execute("ALTER TABLE history ADD COLUMN last_row INTEGER CHECK (last_row >= entity_row)")
    db.execute("ALTER TABLE current_act ADD COLUMN entity TEXT")
    db.execute("ALTER TABLE current_act ADD COLUMN first_row INTEGER")
    db.execute("ALTER TABLE current_act ADD COLUMN last_row INTEGER")
    db.execute(
        "CREATE TRIGGER history_announced AFTER UPDATE OF entity ON current_act"
        " WHEN NEW.entity IS NOT NULL BEGIN"
        " INSERT INTO history (act, happened_at, entity, entity_row, operation, last_row)"
        " VALUES (NEW.act, CASE WHEN NEW.act IS NULL"
        " THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now') END,"
        " NEW.entity, NEW.first_row, 'insert', NEW.last_row); END"
    )
    kept = db.execute(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        " AND name = 'history_' || tbl_name || '_insert'"
    ).fetchall()
    for (table,) in kept:
        tell_inserts(db, table)
    db.execute("DROP TRIGGER event_inserted_is_followed")
    db.execute(
        "CREATE TRIGGER event_inserted_is_followed AFTER INSERT ON event"
        " WHEN NEW.kind NOT IN ('change', 'extension') AND NOT EXISTS ("
        "  SELECT 1 FROM pledge WHERE id = NEW.pledge"
        "  AND ended_on IS NEW.happened_on AND ended_by IS NEW.kind AND counted = ("
        "   deleted_at IS NULL AND NEW.kind NOT IN ('revocation', 'refusal', 'withdrawal')))"
        f" BEGIN {_FOLLOW} END"
    )
