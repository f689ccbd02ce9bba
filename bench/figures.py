"""The page of figures: one year or a free range per city, against DuckDB and pandas."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.tables import KindChoice, table

_THRESHOLD_FEN = 1000 * 1_000_000
_TABLES = {
    "pledge": "kind, registered_on, city, secured_amount_fen, rights_count",
    "pledge_pledgor": "kind, registered_on, city, enterprise, secured_amount_fen",
    "pledge_pledgee": "kind, registered_on, city, pledgee",
    "pledge_right": "kind, registered_on, city, ip_right",
}
_WINDOW = "registered_on BETWEEN '{start}' AND '{end}' AND kind IN ('patent', 'trademark')"
_SMALL = f"FILTER (secured_amount_fen <= {_THRESHOLD_FEN})"
# The same measures as the program's, for one window; {key} is the city, or nothing.
_DUCKDB = tuple(
    f"SELECT {{key}} AS key, {measures} FROM {name} WHERE {{window}} GROUP BY 1"
    for name, measures in (
        (
            "pledge",
            "count(*), sum(secured_amount_fen), sum(rights_count), count(secured_amount_fen)",
        ),
        ("pledge_pledgor", f"count(DISTINCT enterprise), count(DISTINCT enterprise) {_SMALL}"),
        ("pledge_pledgee", "count(DISTINCT pledgee)"),
        ("pledge_right", "count(DISTINCT ip_right)"),
    )
)


def questions(size: int) -> list[Question]:
    """A whole year, and half a year that begins in the middle of a month."""
    return [
        _question("stats-year", f"统计表：一年，各市，{size:,} 笔", size, "2022"),
        _question("stats-range", f"统计表：任意半年，{size:,} 笔", size, "2022-03-16..2022-09-15"),
    ]


def _question(key: str, words: str, size: int, text: str) -> Question:
    period = parse_period(text)
    return Question(
        key,
        words,
        ours=Subject("ipfinance", _preparing(_ipfinance, size, period)),
        others=(
            Subject("duckdb in memory", _preparing(_duckdb, size, period)),
            Subject("pandas from the store", _preparing(_pandas, size, period)),
        ),
        targets={
            "duckdb in memory": 0.5 if key == "stats-year" else 1.5,
            "pandas from the store": 1 / 20,
        },
    )


def _preparing(
    make: Callable[[int, Period], contextlib.AbstractContextManager[Run]],
    size: int,
    period: Period,
) -> Callable[[], contextlib.AbstractContextManager[Run]]:
    return lambda: make(size, period)


@contextlib.contextmanager
def _ipfinance(size: int, period: Period) -> Iterator[Run]:
    with stores.opened(size) as store:
        yield lambda: table(store, period, KindChoice.ALL, Group.CITY, stores.TODAY)


@contextlib.contextmanager
def _duckdb(size: int, period: Period) -> Iterator[Run]:
    import duckdb
    import pandas

    database = duckdb.connect()
    with contextlib.closing(sqlite3.connect(stores.demonstration(size))) as store:
        for name, columns in _TABLES.items():
            frame = pandas.read_sql(f"SELECT {columns} FROM {name} WHERE counted = 1", store)
            for column in ("secured_amount_fen", "enterprise"):
                if column in frame:
                    frame[column] = frame[column].astype("Int64")
            database.register("frame", frame)
            database.execute(
                f"CREATE TABLE {name} AS SELECT * REPLACE (CAST(registered_on AS DATE)"
                " AS registered_on) FROM frame"
            )
            database.unregister("frame")

    def run() -> list[object]:
        answers: list[object] = []
        for window in _windows(period):
            for key in ("city", "''"):
                for sql in _DUCKDB:
                    answers.append(database.execute(sql.format(key=key, window=window)).fetchall())
        return answers

    with database:
        yield run


@contextlib.contextmanager
def _pandas(size: int, period: Period) -> Iterator[Run]:
    import pandas

    def counted(frames: dict[str, Any], by: str | None) -> list[object]:
        pledge, pledgor = frames["pledge"], frames["pledge_pledgor"]
        small = pledgor[pledgor.secured_amount_fen <= _THRESHOLD_FEN]
        measures = (
            *((pledge, "kind", "count"), (pledge, "secured_amount_fen", "sum")),
            *((pledge, "rights_count", "sum"), (pledge, "secured_amount_fen", "count")),
            *((pledgor, "enterprise", "nunique"), (small, "enterprise", "nunique")),
            (frames["pledge_pledgee"], "pledgee", "nunique"),
            (frames["pledge_right"], "ip_right", "nunique"),
        )
        return [
            (frame.groupby(by)[column] if by else frame[column]).agg(how)
            for frame, column, how in measures
        ]

    with contextlib.closing(sqlite3.connect(stores.demonstration(size))) as store:

        def run() -> list[object]:
            answers: list[object] = []
            for window in _windows(period):
                frames = {
                    name: pandas.read_sql(
                        f"SELECT {columns} FROM {name} WHERE counted = 1 AND {window}", store
                    )
                    for name, columns in _TABLES.items()
                }
                answers += counted(frames, "city") + counted(frames, None)
            return answers

        yield run


def _windows(period: Period) -> list[str]:
    return [_WINDOW.format(start=each.start, end=each.end) for each in (period, period.previous())]
