"""Stores that are measured: made once from the demonstration and kept under build/bench."""

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import click

from ipfinance.db.connection import Store, open_store
from ipfinance.demonstration import fill
from ipfinance.progress import Progress
from ipfinance.reports.ledger import export_ledger

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
TODAY = date(2026, 1, 15)
_MADE_BY = ("ipfinance/demonstration/*.py", "ipfinance/db/migrations/*.py", "ipfinance/db/seed.py")


def demonstration(size: int) -> Path:
    """The file of a store with so many made-up registrations; not to be written."""
    path = FOLDER / f"demo-{size}-{_stamp()}.db"
    if not path.exists():
        for old in FOLDER.glob(f"demo-{size}-*"):
            old.unlink()
        FOLDER.mkdir(parents=True, exist_ok=True)
        click.echo(f"正在生成 {size:,} 笔演示登记……", err=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with open_store(part) as store:
            fill(store, TODAY, Progress(), size=size)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            store.connection.execute("PRAGMA journal_mode = DELETE")
        part.replace(path)
    return path


def ledger(size: int) -> Path:
    """An xlsx ledger with so many registrations and every column of the program."""
    return beside(size, ".xlsx", _write_ledger)


def _write_ledger(source: Path, target: Path) -> None:
    with open_store(source) as store:
        export_ledger(store, target, TODAY, Progress())


def beside(size: int, ending: str, write: Callable[[Path, Path], None]) -> Path:
    """A file made from a kept store once, by ``write(store, file)``, and kept with it."""
    source = demonstration(size)
    path = source.with_suffix(ending)
    if not path.exists():
        part = path.with_stem(f"{path.stem}-part")
        part.unlink(missing_ok=True)
        write(source, part)
        part.replace(path)
    return path


@contextlib.contextmanager
def opened(size: int) -> Iterator[Store]:
    """The kept store, opened for reading."""
    with open_store(demonstration(size)) as store:
        yield store


@contextlib.contextmanager
def copied(size: int, name: str) -> Iterator[Store]:
    """A copy of a kept store that may be written; size 0 is an empty one. Gone afterwards."""
    path = FOLDER / f"{name}.db"
    _remove(path)
    if size:
        shutil.copyfile(demonstration(size), path)
    try:
        with open_store(path) as store:
            yield store
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@cache
def _stamp() -> str:
    """Changes with whatever the store is made by."""
    content = b"".join(
        path.read_bytes() for pattern in _MADE_BY for path in sorted(ROOT.glob(pattern))
    )
    return hashlib.sha256(content).hexdigest()[:8]
