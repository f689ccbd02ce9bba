"""What figures are counted from, in columns kept month by month, always as the tables say.

A kept month is one register in one city. Triggers mark it when a row of it changes (see
migrations/counted_months.py); whoever asks next reads the marked ones anew and keeps them. So
a saved registration costs one month of one city, and no distinct count is ever added up.
"""

import contextlib
import json
import sqlite3
from calendar import monthrange
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ipfinance.db.connection import Store, without_waiting
from ipfinance.domain.pledge import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Records = npt.NDArray[np.void]

# The columns of a kept month, in the byte order of the file. ``county`` counts from 0 in the
# month's own list of counties; an amount of 0 stands for none, which the tables never hold.
LAYOUTS: dict[str, list[tuple[str, str]]] = {
    "pledges": [("county", "<u2"), ("day", "u1"), ("amount", "<i8"), ("rights", "<i8")],
    "pledgors": [("county", "<u2"), ("day", "u1"), ("member", "<i4"), ("amount", "<i8")],
    "pledgees": [("county", "<u2"), ("day", "u1"), ("member", "<i4")],
    "rights": [("county", "<u2"), ("day", "u1"), ("member", "<i4")],
}
TABLES = tuple(LAYOUTS)
"""What is kept: registrations, and the members they have."""

_PLACE = "city, coalesce(county, ''), CAST(substr(registered_on, 9, 2) AS INTEGER)"
_OF_MONTH = (
    "counted = 1 AND kind = :kind AND registered_on BETWEEN :month || '-01' AND :month || '-31'"
    " AND city IN (SELECT value FROM json_each(:cities))"
)
# Each is read from one covering index.
_SOURCES = {
    "pledges": f"""
        SELECT {_PLACE}, coalesce(secured_amount_fen, 0), rights_count
        FROM pledge INDEXED BY pledge_figures WHERE {_OF_MONTH}""",
    "pledgors": f"""
        SELECT {_PLACE}, enterprise, coalesce(secured_amount_fen, 0)
        FROM pledge_pledgor INDEXED BY pledge_pledgor_figures
        WHERE {_OF_MONTH} AND enterprise IS NOT NULL""",
    "pledgees": f"""
        SELECT {_PLACE}, pledgee
        FROM pledge_pledgee INDEXED BY pledge_pledgee_figures WHERE {_OF_MONTH}""",
    "rights": f"""
        SELECT {_PLACE}, ip_right
        FROM pledge_right INDEXED BY pledge_right_figures WHERE {_OF_MONTH}""",
}
_WINDOW = "kind IN (:kind, :kind_2) AND month BETWEEN :first AND :last"
_STALE = f"SELECT kind, month, city FROM stale_month WHERE {_WINDOW}"
_KEPT = f"SELECT kind, month, city, counties, {{tables}} FROM counted_month WHERE {_WINDOW}"
_KEEP = """
    INSERT INTO counted_month (kind, month, city, counties, pledges, pledgors, pledgees, rights)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET counties = excluded.counties, pledges = excluded.pledges,
        pledgors = excluded.pledgors, pledgees = excluded.pledgees, rights = excluded.rights
"""
_DROP = "DELETE FROM counted_month WHERE kind = ? AND month = ? AND city = ?"
_IS_FRESH = "DELETE FROM stale_month WHERE kind = ? AND month = ? AND city = ?"

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Month:
    """One register in one city in one month; ``tables`` are records laid out by `LAYOUTS`.

    They stay bytes, because those of many months are joined before anything is counted.
    """

    month: str
    city: str
    counties: tuple[str, ...]
    tables: Mapping[str, bytes]


def read_months(
    store: Store,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    tables: Sequence[str] = TABLES,
) -> list[Month]:
    """What is counted of the registrations from ``start`` to ``end``, both included.

    Months that begin before or end after these days hold only what lies within. What had to be
    read anew is kept, unless the store is just being written or cannot be.
    """
    arguments = {
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
        "first": f"{start:%Y-%m}",
        "last": f"{end:%Y-%m}",
    }
    is_writing = store.connection.in_transaction
    with _one_state(store.connection) as cursor:
        stale = cursor.execute(_STALE, arguments).fetchall()
        renewed = _recounted(cursor, stale)
        kept = _kept(cursor, arguments, tables, renewed)
        if renewed and not is_writing:
            _keep(store.connection, renewed)
    return [_within(each, start, end) for each in (*kept, *renewed.values())]


@contextlib.contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """Everything read within is of one state of the store, whoever writes meanwhile."""
    cursor = connection.cursor()
    cursor.row_factory = None
    is_inside = connection.in_transaction
    if not is_inside:
        cursor.execute("BEGIN")
    try:
        yield cursor
    finally:
        if not is_inside and connection.in_transaction:
            connection.execute("ROLLBACK")


def _kept(
    cursor: sqlite3.Cursor,
    arguments: Mapping[str, str],
    tables: Sequence[str],
    leaving_out: Container[_Key],
) -> list[Month]:
    statement = _KEPT.format(tables=", ".join(tables))
    return [
        Month(month, city, _counties(counties), dict(zip(tables, blobs, strict=True)))
        for kind, month, city, counties, *blobs in cursor.execute(statement, arguments)
        if (kind, month, city) not in leaving_out
    ]


@lru_cache(maxsize=1024)
def _counties(text: str) -> tuple[str, ...]:
    """The counties of a month; most months of a city have the same."""
    return tuple(json.loads(text))


def _recounted(cursor: sqlite3.Cursor, keys: Iterable[_Key]) -> dict[_Key, Month]:
    """These months as the tables have them."""
    cities: dict[tuple[str, str], list[str]] = {}
    for kind, month, city in keys:
        cities.setdefault((kind, month), []).append(city)
    return {
        (kind, month, each.city): each
        for (kind, month), asked in cities.items()
        for each in _of_month(cursor, kind, month, asked)
    }


def _of_month(
    cursor: sqlite3.Cursor, kind: str, month: str, cities: Sequence[str]
) -> Iterator[Month]:
    import numpy as np

    arguments = {"kind": kind, "month": month, "cities": json.dumps(cities)}
    rows = {name: cursor.execute(sql, arguments).fetchall() for name, sql in _SOURCES.items()}
    places = sorted({row[:2] for table in rows.values() for row in table})
    counties = {
        city: tuple(county for within, county in places if within == city) for city in cities
    }
    tables: dict[str, dict[str, bytes]] = {city: {} for city in cities}
    for name, layout in LAYOUTS.items():
        records = np.zeros(len(rows[name]), layout)
        within, of_county, *columns = zip(*rows[name], strict=True) if rows[name] else ((), ())
        number = {place: counties[place[0]].index(place[1]) for place in places}
        records["county"] = [number[place] for place in zip(within, of_county, strict=True)]
        for (column, _), values in zip(layout[1:], columns, strict=False):
            records[column] = values
        of_city = np.array(within)
        for city in cities:
            tables[city][name] = records[of_city == city].tobytes()
    for city in cities:
        yield Month(month, city, counties[city], tables[city])


def _keep(connection: sqlite3.Connection, renewed: Mapping[_Key, Month]) -> None:
    """Keep what was read anew; without waiting, for nothing is lost when another is writing.

    SQLite lets the same transaction write only if nobody has written since it began to read,
    so that what is kept is always the present state.
    """
    full = {key: month for key, month in renewed.items() if len(month.counties)}
    rows = [
        (
            *(*key, json.dumps(month.counties)),
            *(month.tables[name] for name in LAYOUTS),
        )
        for key, month in full.items()
    ]
    with without_waiting(connection):
        connection.executemany(_KEEP, rows)
        connection.executemany(_DROP, [key for key in renewed if key not in full])
        connection.executemany(_IS_FRESH, list(renewed))
        connection.execute("COMMIT")


def _within(month: Month, start: date, end: date) -> Month:
    """A month without what was registered before or after these days."""
    year, number = int(month.month[:4]), int(month.month[5:])
    first = start.day if (start.year, start.month) == (year, number) else 1
    last = end.day if (end.year, end.month) == (year, number) else 31
    if first == 1 and last >= monthrange(year, number)[1]:
        return month
    tables = {}
    for name, records in month.tables.items():
        each = read_records(name, records)
        tables[name] = each[(each["day"] >= first) & (each["day"] <= last)].tobytes()
    return replace(month, tables=tables)


def read_records(name: str, content: bytes) -> "Records":
    """Bytes of a table as records."""
    import numpy as np

    return np.frombuffer(content, np.dtype(LAYOUTS[name]))
