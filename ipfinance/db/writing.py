"""Insert many rows of one table: fast, and told in the history as one range of numbers."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain

Row = tuple[object, ...]

# One statement for many rows: AUTOINCREMENT looks up and writes back the last number once in
# each statement, which for a statement a row costs as much as the row itself.
_IN_A_STATEMENT = 50
_ANNOUNCE = "UPDATE current_act SET entity = ?, first_row = ?, last_row = ?"


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
    _insert(connection, table, columns, rows)
    if is_announced:
        connection.execute(_ANNOUNCE, (None, None, None))


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The number that the next row of a table gets; the act holds the only write lock."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row["seq"]) + 1


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Sequence[Row]) -> None:
    one = f"({', '.join('?' * len(rows[0]))})"
    into = f"INSERT INTO {table} ({columns}) VALUES "
    whole = len(rows) - len(rows) % _IN_A_STATEMENT
    if whole:
        many = into + ", ".join([one] * _IN_A_STATEMENT)
        connection.executemany(many, _flat(rows, whole))
    if whole < len(rows):
        connection.executemany(into + one, rows[whole:])


def _flat(rows: Sequence[Row], whole: int) -> Iterator[tuple[object, ...]]:
    """The values of as many rows as one statement takes, one after another."""
    for start in range(0, whole, _IN_A_STATEMENT):
        yield tuple(chain.from_iterable(rows[start : start + _IN_A_STATEMENT]))
