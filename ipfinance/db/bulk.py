"""Bring in as many registrations as a store has, or more: indexes are built once at the end.

To enter a hundred thousand rows one by one into every index takes twice the time of sorting them
once, and a trigger for each row takes as long as the row. Both are part of the transaction: when
it is taken back the store has them as before.
"""

import contextlib
from collections.abc import Callable, Iterator

from ipfinance.db.connection import Store
from ipfinance.db.writing import next_number

# Tables that grow by registrations, with the indexes that are asked while they are written.
_GROWING: dict[str, frozenset[str]] = {
    "enterprise": frozenset(
        ("enterprise_uscc", "enterprise_organisation_code", "enterprise_name_key")
    ),
    "ip_right": frozenset(),
    "pledge": frozenset(),
    "pledge_pledgor": frozenset(("pledge_pledgor_position", "pledge_pledgor_enterprise")),
    "pledge_pledgee": frozenset(),
    "pledge_right": frozenset(),
    "event": frozenset(),
    "event_change": frozenset(),
}
# What these triggers do for each row is told, or done below, for all rows at once.
_ROW_BY_ROW = (
    *(f"history_{table}_insert" for table in _GROWING),
    *(f"stale_{table}_insert" for table in _GROWING),
    "event_inserted_is_followed",
)
_INDEXES = """
    SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
    ORDER BY rowid
"""
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
_MARK = """
    INSERT INTO stale_month (kind, month, city)
    SELECT DISTINCT kind, substr(registered_on, 1, 7), city FROM {table} WHERE id >= ?
    ON CONFLICT DO NOTHING
"""


@contextlib.contextmanager
def in_bulk(store: Store, told: Callable[[int, int], None]) -> Iterator[None]:
    """Inside an act: write new registrations, each with its ending, and nothing else.

    Every row goes through `insert_rows` with ``is_bulk``, which tells it in the history. Kept
    up by the caller alone is what `event_inserted_is_followed` would do. ``told`` is called with
    how much is done of how much between the indexes, and may stop it by what it raises.

    Raises:
        sqlite3.IntegrityError: on leaving, when two rows have what only one may have.
    """
    connection = store.connection
    indexes = [
        (name, sql)
        for name, table, sql in connection.execute(_INDEXES).fetchall()
        if name not in _GROWING.get(table, (name,))
    ]
    triggers = [row for row in connection.execute(_TRIGGERS).fetchall() if row[0] in _ROW_BY_ROW]
    first = {table: next_number(connection, table) for table in ("pledge", "pledge_pledgor")}
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    # Of the pledgees and rights the months and places are those of their registrations.
    for table, number in first.items():
        connection.execute(_MARK.format(table=table), (number,))
    for place, (_, sql) in enumerate(indexes):
        told(place, len(indexes))
        connection.execute(sql)
    for _, sql in triggers:
        connection.execute(sql)
