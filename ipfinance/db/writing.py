"""Insert many rows of a table: fast, and told in the history as one range of numbers."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

Row = tuple[object, ...]
Gathered = tuple[str, str, list[Row]]
"""A table, its columns, and rows for it."""

# One statement for many rows: AUTOINCREMENT looks up and writes back the last number once in
# each statement, which for a statement a row costs as much as the row itself.
_IN_A_STATEMENT = 64
_ANNOUNCE = "UPDATE current_act SET entity = ?, first_row = ?, last_row = ?"


class NewRows:
    """Rows of one table that keeps a history, numbered as they are gathered.

    ``columns`` are the names that the values of each row stand for, the number aside.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, columns: str) -> None:
        self.table = table
        self.columns = f"id, {columns}"
        self.next = next_number(connection, table)
        self.rows: list[Row] = []

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, *values: object) -> int:
        """Gather one row; its number."""
        number = self.next
        self.next += 1
        self.rows.append((number, *values))
        return number

    def taken(self) -> Gathered:
        """What was gathered since the last time."""
        rows, self.rows = self.rows, []
        return self.table, self.columns, rows


class Writer:
    """Writes gathered rows inside an act, ``is_bulk`` when it works inside `in_bulk`."""

    def __init__(self, connection: sqlite3.Connection, is_bulk: bool = False) -> None:
        self.connection = connection
        self.is_bulk = is_bulk

    def write(self, gathered: Sequence[Gathered]) -> None:
        """Write these rows; what they point to stands first."""
        for table, columns, rows in gathered:
            insert_rows(self.connection, table, columns, rows, self.is_bulk)


def insert_rows(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    rows: Sequence[Row],
    is_bulk: bool = False,
) -> None:
    """Insert rows into a table that keeps a history, inside an act.

    ``columns`` are the names that the values of each row stand for, the first of them ``id``;
    the numbers are those that come next, without a gap. Several rows are announced to the
    history before, so that its triggers need not tell each of them apart; with ``is_bulk``, where
    those triggers are put aside, a single one as well.
    """
    if not rows:
        return
    first, last = rows[0][0], rows[-1][0]
    assert isinstance(first, int)
    assert last == first + len(rows) - 1, (table, first, last, len(rows))
    is_announced = is_bulk or len(rows) > 1
    if is_announced:
        connection.execute(_ANNOUNCE, (table, first, last))
    for some in _portions(rows, _IN_A_STATEMENT):
        values = tuple(chain.from_iterable(some))
        connection.execute(_statement(table, columns, len(some)), values)
    if is_announced:
        connection.execute(_ANNOUNCE, (None, None, None))


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The number that the next row of a table gets; the act holds the only write lock."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row["seq"]) + 1


def _portions(rows: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """As many rows as one statement takes; what is left by halves, so that statements are few."""
    start = 0
    while start < len(rows):
        while start + most > len(rows):
            most //= 2
        yield rows[start : start + most]
        start += most


@lru_cache
def _statement(table: str, columns: str, count: int) -> str:
    one = f"({', '.join('?' * (columns.count(',') + 1))})"
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * count)}"
