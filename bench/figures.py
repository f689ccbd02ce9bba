"""The page of figures, standard periods and a free range, against DuckDB and pandas."""

import atexit
import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.connection import Store
from ipfinance.db.pledges import find
from ipfinance.db.registrar import register
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.tables import KindChoice, table

_THRESHOLD_FEN = 1000 * 1_000_000
_EXPONENT = 1.05
_ANY = (
    "SELECT id FROM pledge WHERE counted = 1 AND registered_on >= ? ORDER BY registered_on LIMIT 1"
)
_MARK_ALL = """
    INSERT OR IGNORE INTO stale_month
    SELECT DISTINCT kind, substr(registered_on, 1, 7), city FROM pledge_pledgor
"""
_TABLES = {
    "pledge": "kind, registered_on, city, county, secured_amount_fen, rights_count",
    "pledge_pledgor": "kind, registered_on, city, county, enterprise, secured_amount_fen",
    "pledge_pledgee": "kind, registered_on, city, county, pledgee",
    "pledge_right": "kind, registered_on, city, county, ip_right",
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
    """Standard pages, a free range, a page that has to be counted anew, and the growth."""
    year, free = parse_period("2022"), parse_period("2022-03-16..2022-09-15")
    named = f"{size:,} 笔"
    return [
        _against("stats-year", f"统计表：一年，各市，{named}", size, year),
        _against("stats-counties", f"统计表：一年，各县，{named}", size, year, Group.COUNTY),
        _against("stats-half", f"统计表：半年，各市，{named}", size, parse_period("2022H1")),
        _against("stats-quarter", f"统计表：一季，各市，{named}", size, parse_period("2022Q2")),
        _against("stats-month", f"统计表：一月，各市，{named}", size, parse_period("2022-06")),
        _against("stats-range", f"统计表：任意半年，各市，{named}", size, free, target=1.5),
        _against(
            "stats-saved",
            f"统计表：一年，各市，{named}，刚在其中保存一笔",
            size,
            year,
            ours=Subject("ipfinance", _preparing(_just_saved, size, year), fresh=True),
        ),
        _against(
            "stats-first",
            f"统计表：一年，各市，{named}，全部月份第一次统计",
            size,
            year,
            ours=Subject("ipfinance", _preparing(_never_counted, size, year), fresh=True),
            target=None,
        ),
        _growth("stats-year-growth", "一年", size, year),
        _growth("stats-range-growth", "任意半年", size, free),
    ]


def _against(
    key: str,
    words: str,
    size: int,
    period: Period,
    by: Group = Group.CITY,
    *,
    ours: Subject | None = None,
    target: float | None = 0.5,
) -> Question:
    """A page beside DuckDB and pandas, which answer the same: now, a year before, rows, total."""
    return Question(
        key,
        words,
        ours=ours or Subject("ipfinance", _preparing(_ipfinance, size, period, by)),
        others=(
            Subject("duckdb in memory", _preparing(_duckdb, size, period, by)),
            Subject("pandas from the store", _preparing(_pandas, size, period, by)),
        ),
        targets={}
        if target is None
        else {"duckdb in memory": target, "pandas from the store": 1 / 20},
    )


def _growth(key: str, words: str, size: int, period: Period) -> Question:
    """Ten times the registrations; to the power of the exponent it may take so many times."""
    small = size // 10
    most = round(10**_EXPONENT, 2)
    return Question(
        key,
        f"统计表：{words}，{small:,} 笔到 {size:,} 笔，指数 ≤ {_EXPONENT}（{most} 倍）",
        ours=Subject(f"ipfinance, {size:,}", _preparing(_ipfinance, size, period)),
        others=(Subject(f"ipfinance, {small:,}", _preparing(_ipfinance, small, period)),),
        targets={f"ipfinance, {small:,}": most},
        rounds=15,
    )


def _preparing(
    make: Callable[..., contextlib.AbstractContextManager[Run]],
    size: int,
    period: Period,
    by: Group = Group.CITY,
) -> Callable[[], contextlib.AbstractContextManager[Run]]:
    return lambda: make(size, period, by)


@contextlib.contextmanager
def _ipfinance(size: int, period: Period, by: Group) -> Iterator[Run]:
    """What was counted once is kept in the store; only the first round, not timed, counts it."""
    with stores.opened(size) as store:
        yield lambda: table(store, period, KindChoice.ALL, by, stores.TODAY)


@contextlib.contextmanager
def _just_saved(size: int, period: Period, by: Group) -> Iterator[Run]:
    """Another registration is saved before each round, in a month of the period."""
    store = _copy(size)
    _ipfinance_page(store, period, by)
    [known] = find(store, store.connection.execute(_ANY, (str(period.start),)).fetchone())
    register(store, replace(known, id=None, uid="", reg_no=None, events=()))
    yield lambda: _ipfinance_page(store, period, by)


@contextlib.contextmanager
def _never_counted(size: int, period: Period, by: Group) -> Iterator[Run]:
    """As after an import of everything: no month is kept, all are marked."""
    store = _copy(size)
    store.connection.execute("DELETE FROM counted_month")
    store.connection.execute(_MARK_ALL)
    yield lambda: _ipfinance_page(store, period, by)


def _ipfinance_page(store: Store, period: Period, by: Group) -> object:
    return table(store, period, KindChoice.ALL, by, stores.TODAY)


@cache
def _copy(size: int) -> Store:
    """A store to be written, copied once; gone at the end."""
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(stores.copied(size, "stats"))


@contextlib.contextmanager
def _duckdb(size: int, period: Period, by: Group) -> Iterator[Run]:
    import duckdb

    kept = stores.beside(size, ".duckdb", _write_duckdb)
    database = duckdb.connect()
    database.execute(f"ATTACH '{kept}' AS kept (READ_ONLY)")
    for name in _TABLES:
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM kept.{name}")
    database.execute("DETACH kept")

    def run() -> list[object]:
        return [
            database.execute(sql.format(key=key, window=window)).fetchall()
            for window in _windows(period)
            for key in (by.value, "''")
            for sql in _DUCKDB
        ]

    with database:
        yield run


def _write_duckdb(source: Path, target: Path) -> None:
    import duckdb
    import pandas

    with (
        contextlib.closing(sqlite3.connect(source)) as store,
        duckdb.connect(str(target)) as database,
    ):
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


@contextlib.contextmanager
def _pandas(size: int, period: Period, by: Group) -> Iterator[Run]:
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
                answers += counted(frames, by.value) + counted(frames, None)
            return answers

        yield run


def _windows(period: Period) -> list[str]:
    return [_WINDOW.format(start=each.start, end=each.end) for each in (period, period.previous())]
