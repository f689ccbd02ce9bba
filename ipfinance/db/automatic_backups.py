"""Backups that the program makes by itself, thinned out as they grow older."""

import contextlib
import re
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from ipfinance.db.backup import backup, opened
from ipfinance.db.connection import Store
from ipfinance.errors import UserError

_MARK = "-自动"
_STAMP = "%Y%m%d-%H%M%S"
# How far back each is kept: all of a day, then the last of a day, of a week, of a month.
_ALL, _DAYS, _WEEKS = timedelta(days=2), timedelta(days=30), timedelta(days=180)


def automatic_backups(store: Path, folder: Path) -> list[Path]:
    """Those made of a store in a folder, the newest first; other files are none of ours."""
    dated = ((_made_at(file, store), file) for file in folder.glob("*.db"))
    found = [(made, file) for made, file in dated if made is not None]
    return [file for _, file in sorted(found, reverse=True)]


def back_up(store: Store, folder: Path, now: datetime) -> Path | None:
    """Copy a store into a folder and drop what has grown too old there; None when the newest
    copy holds every act already.

    Raises:
        UserError: when the folder cannot be written or the disk is full; older copies stay.
    """
    before = automatic_backups(store.path, folder)
    if before and _last_act(store.connection) == _last_act_in(before[0]):
        return None
    made = backup(store, folder, f"{store.path.stem}{_MARK}-{now:{_STAMP}}")
    for file in superfluous([made, *before], store.path, now.date()):
        with contextlib.suppress(OSError):  # looked at by another program; dropped next time
            file.unlink()
    return made


def superfluous(files: Iterable[Path], store: Path, today: date) -> list[Path]:
    """Those of the backups, the newest first, that need not be kept on a day.

    The last of each day is kept for a month, of each week for half a year, of each month for
    ever; of the last two days every one.
    """
    kept: set[tuple[object, ...]] = set()
    gone = []
    for file in files:
        made = _made_at(file, store)
        if made is None:
            continue
        day = made.date()
        age = today - day
        span: tuple[object, ...]
        if age < _ALL:
            continue
        if age < _DAYS:
            span = ("day", day)
        elif age < _WEEKS:
            span = ("week", *day.isocalendar()[:2])
        else:
            span = ("month", day.year, day.month)
        if span in kept:
            gone.append(file)
        kept.add(span)
    return gone


def _made_at(file: Path, store: Path) -> datetime | None:
    """When a backup was made, by its name; None when it is not one of this store."""
    told = re.fullmatch(rf"{re.escape(store.stem)}{_MARK}-(\d{{8}}-\d{{6}})(-\d+)?", file.stem)
    try:
        return datetime.strptime(told[1], _STAMP) if told else None
    except ValueError:
        return None


def _last_act(connection: sqlite3.Connection) -> object:
    newest = connection.execute("SELECT uid FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return newest and newest[0]


def _last_act_in(file: Path) -> object:
    """The last act that a backup holds; -1 when it cannot be read and is no backup any more."""
    try:
        with opened(file) as connection:
            return _last_act(connection)
    except (UserError, sqlite3.Error):
        return -1
