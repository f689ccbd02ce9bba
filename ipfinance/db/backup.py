"""Copies of a store: made whole, looked into, and put back in its place."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ipfinance.db.connection import BUSY_SECONDS, Store, refuse_foreign, translated
from ipfinance.errors import UserError
from ipfinance.language import tr

_COUNT = "SELECT count(*) FROM pledge WHERE deleted_at IS NULL"
# What SQLite keeps beside a store while somebody has it open, or since it was cut short.
_BESIDE = ("-wal", "-shm", "-journal")


def backup(store: Store, folder: Path, name: str = "") -> Path:
    """Copy a store, whole and as it is at this moment, into a file of a folder, which is called
    by the store and the time unless a ``name`` is given.

    Raises:
        UserError: when the folder cannot be written or the disk is full; nothing is left there.
    """
    name = name or f"{store.path.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    with _disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = _unused(folder / f"{name}.db")
        with _part_of(target) as part, translated(target):
            _copy(store.connection, part)
            part.replace(target)
    return target


@contextlib.contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A backup opened for reading only.

    Raises:
        UserError: when the file is not there, not a store, damaged, or newer than this program.
    """
    if not file.is_file():
        raise UserError(tr("没有这个文件：{file}", file=file), tr("请选择备份文件。"))
    with translated(file):
        source = f"{file.resolve().as_uri()}?mode=ro"
        # Without a log beside it nobody writes it, and reading need not leave anything there.
        if not any(file.with_name(file.name + ending).exists() for ending in _BESIDE):
            source += "&immutable=1"
        with contextlib.closing(sqlite3.connect(source, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            refuse_foreign(connection, file)
            if not connection.execute("PRAGMA user_version").fetchone()[0]:
                raise UserError(
                    tr("这不是 ipfinance 的数据文件：{file}", file=file), tr("请选择正确的文件。")
                )
            yield connection


def look_into(file: Path) -> int:
    """How many registrations a backup holds; nothing is changed.

    Raises:
        UserError: when the file is not there, not a store, damaged, or newer than this program.
    """
    with opened(file) as connection:
        return int(connection.execute(_COUNT).fetchone()[0])


def read_through(file: Path) -> int:
    """How many registrations a backup holds that was read from end to end and is sound; of a
    million registrations that takes the better part of a minute.

    Raises:
        UserError: as `look_into`, and when any part of it is damaged.
    """
    with opened(file) as connection:
        damage = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if damage != "ok":
            raise UserError(
                tr("备份已损坏：{file}", file=file), tr("请换一份备份；现在的数据没有改动。")
            )
        return int(connection.execute(_COUNT).fetchone()[0])


def restore(file: Path, path: Path) -> Path | None:
    """Read a backup through and put it in the place of a store, as `put_back` does.

    Raises:
        UserError: when the backup is not usable or the store is in use; nothing is changed.
    """
    read_through(file)
    return put_back(file, path)


def put_back(file: Path, path: Path) -> Path | None:
    """Put a backup that was read through in the place of a store; where the replaced store is
    kept, None if none was.

    The backup stays as it is, the replaced store beside its place as ``.before-restore``.

    Raises:
        UserError: when the store is the backup itself or in use; nothing is changed.
    """
    if path.exists() and file.exists() and file.samefile(path):
        raise UserError(
            tr("备份就是现在的数据文件：{file}", file=file), tr("请选择另存的备份文件。")
        )
    with opened(file) as connection, _disk_told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _part_of(path) as part:
            _copy(connection, part)
            _refuse_in_use(path)
            kept = _set_aside(path)
            try:
                part.replace(path)
            except OSError:
                if kept is not None:
                    _move(kept, path)
                raise
    return kept


def _copy(source: sqlite3.Connection, part: Path) -> None:
    with contextlib.closing(sqlite3.connect(part)) as target:
        source.backup(target)
        # A copy is one file; the write-ahead log comes back when it is opened.
        target.execute("PRAGMA journal_mode = DELETE")


@contextlib.contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """A file beside the target to be written whole before it is moved there."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _refuse_in_use(path: Path) -> None:
    """Refuse to replace a store that somebody has open; a damaged one may be replaced."""
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        try:
            # Leaving the write-ahead log needs the file alone, and brings all into the one file.
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise UserError(
                tr("数据文件正被其他程序占用：{path}", path=path),
                tr("请关闭其他窗口后再恢复；没有改动。"),
            ) from error
        except sqlite3.DatabaseError:
            return


def _set_aside(path: Path) -> Path | None:
    """Rename the present store, if there is one, out of the way.

    A log without its store goes as well: SQLite would write it into the backup put in its place.
    """
    kept = _unused(path.with_name(f"{path.name}.before-restore"))
    _move(path, kept)
    return kept if kept.exists() else None


def _move(path: Path, to: Path) -> None:
    """Rename a store with what lies beside it, as far as it is there."""
    for ending in ("", *_BESIDE):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(to.with_name(to.name + ending))


def _unused(path: Path) -> Path:
    """The path itself, or with a number while there is such a file already."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


@contextlib.contextmanager
def _disk_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            tr(
                "无法写入文件夹：{folder}（{reason}）",
                folder=folder,
                reason=error.strerror or error,
            ),
            tr("请检查权限和剩余空间，或换一个文件夹。"),
        ) from error
