"""What figures are counted from, kept by month (m0010), and marks of what became stale."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a kept month holds of each table; a change of anything else leaves it as it is.
_COUNTED = {
    "pledge": (
        *("kind", "registered_on", "city", "county", "secured_amount_fen", "rights_count"),
        "counted",
    ),
    "pledge_pledgor": (
        *("kind", "registered_on", "city", "county", "enterprise", "secured_amount_fen"),
        "counted",
    ),
    "pledge_pledgee": ("kind", "registered_on", "city", "county", "pledgee", "counted"),
    "pledge_right": ("kind", "registered_on", "city", "county", "ip_right", "counted"),
}


@MIGRATIONS()
def m0010_keep_counted_months(db: "Database") -> None:
    """A month of a register in a city, as columns; triggers mark it when a row of it changes.

    A month that is neither kept nor marked has nothing to count. Nothing here is a user's: it
    follows from the registrations, leaves no history, and may be emptied if all is marked.
    The layout of the columns is told where they are read, in `db/months.py`.
    """
    db.executescript(
        """
        CREATE TABLE counted_month (
            kind TEXT NOT NULL,
            month TEXT NOT NULL,
            city TEXT NOT NULL,
            counties TEXT NOT NULL CHECK (json_valid(counties)),
            pledges BLOB NOT NULL,
            pledgors BLOB NOT NULL,
            pledgees BLOB NOT NULL,
            rights BLOB NOT NULL,
            PRIMARY KEY (kind, month, city)
        ) STRICT;
        CREATE TABLE stale_month (
            kind TEXT NOT NULL,
            month TEXT NOT NULL,
            city TEXT NOT NULL,
            PRIMARY KEY (kind, month, city)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO stale_month
            SELECT DISTINCT kind, substr(registered_on, 1, 7), city FROM pledge WHERE counted = 1
            UNION
            SELECT DISTINCT kind, substr(registered_on, 1, 7), city FROM pledge_pledgor
            WHERE counted = 1;
        """
    )
    for table, columns in _COUNTED.items():
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        db.execute(
            f"CREATE TRIGGER stale_{table}_insert AFTER INSERT ON {table}"
            " WHEN NOT EXISTS (SELECT 1 FROM stale_month WHERE kind = NEW.kind"
            " AND month = substr(NEW.registered_on, 1, 7) AND city = NEW.city)"
            f" BEGIN {_mark('NEW')} END"
        )
        db.execute(
            f"CREATE TRIGGER stale_{table}_update AFTER UPDATE OF {', '.join(columns)} ON {table}"
            f" WHEN {differs} BEGIN {_mark('OLD')} {_mark('NEW')} END"
        )
        db.execute(
            f"CREATE TRIGGER stale_{table}_delete AFTER DELETE ON {table} BEGIN {_mark('OLD')} END"
        )


def _mark(row: str) -> str:
    return (
        "INSERT INTO stale_month (kind, month, city)"
        f" VALUES ({row}.kind, substr({row}.registered_on, 1, 7), {row}.city)"
        " ON CONFLICT DO NOTHING;"
    )
