"""Import of a workbook whole, against reading it and writing the same rows bare."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.divisions import all_divisions
from ipfinance.domain.reading import Setting
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.progress import Progress

_WRITTEN = (
    *("pledge", "pledge_pledgor", "pledge_pledgee", "pledge_right", "event", "enterprise"),
    *("pledgee", "ip_right"),
)


def questions(rows: int) -> list[Question]:
    """Reading, checking, matching and writing with history; the bare way does none of it."""
    return [
        Question(
            "import",
            f"导入 xlsx，{rows:,} 笔登记",
            ours=Subject("ipfinance", lambda: _ipfinance(rows), fresh=True),
            others=(
                Subject("calamine + executemany", lambda: _sheet_rows(rows), fresh=True),
                Subject("the same into our tables", lambda: _store_rows(rows), fresh=True),
            ),
            targets={"calamine + executemany": 3},
            rounds=3,
        )
    ]


@contextlib.contextmanager
def _ipfinance(rows: int) -> Iterator[Run]:
    path = stores.ledger(rows)
    with stores.copied(0, "import") as store:

        def run() -> None:
            setting = Setting(all_divisions(store), stores.TODAY)
            receipt = carry_out(read_files([path], store, setting, Progress()), store, Progress())
            assert receipt.new >= rows * 0.99, receipt

        yield run


@contextlib.contextmanager
def _sheet_rows(rows: int) -> Iterator[Run]:
    """The rows of the sheet into one table without any index."""
    path = stores.ledger(rows)
    with _bare("import-sheet") as database:

        def run() -> None:
            sheet = _read(path)
            columns = ", ".join(f"c{number}" for number in range(len(sheet[0])))
            marks = ", ".join("?" * len(sheet[0]))
            database.execute("BEGIN")
            database.execute(f"CREATE TABLE sheet ({columns})")
            database.executemany(
                f"INSERT INTO sheet VALUES ({marks})", ([str(c) for c in row] for row in sheet)
            )
            database.execute("COMMIT")

        yield run


@contextlib.contextmanager
def _store_rows(rows: int) -> Iterator[Run]:
    """As many rows of the same tables as the import writes, without index, trigger and history."""
    path = stores.ledger(rows)
    with contextlib.closing(sqlite3.connect(stores.demonstration(rows))) as source:
        content = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _WRITTEN}
    with _bare("import-rows") as database:

        def run() -> None:
            _read(path)
            database.execute("BEGIN")
            for name, lines in content.items():
                columns = ", ".join(f"c{number}" for number in range(len(lines[0])))
                marks = ", ".join("?" * len(lines[0]))
                database.execute(f"CREATE TABLE {name} ({columns})")
                database.executemany(f"INSERT INTO {name} VALUES ({marks})", lines)
            database.execute("COMMIT")

        yield run


def _read(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return list(sheet.to_python())


@contextlib.contextmanager
def _bare(name: str) -> Iterator[sqlite3.Connection]:
    path = stores.FOLDER / f"{name}.db"
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        yield database
    path.unlink()
