"""Open a store: refuse what is not ours or newer, back up, migrate, and hand out acts."""

import contextlib
import getpass
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from ipfinance.errors import UserError
from ipfinance.language import tr

# Number of migrations this program knows; a test holds it equal to the list. It is written
# into the file so that an up-to-date store opens without loading sqlite-utils, whose import
# (it brings pandas along) would more than double the time to the first window.
SCHEMA_VERSION = 20
APPLICATION_ID = 0x49504631  # "IPF1": tells our file from any other SQLite file.
BUSY_SECONDS = 5.0
_UIDS_AT_ONCE = 100
_CACHE_KB, _CACHE_READ_ONCE_KB = 65_536, 8_192  # of the file's pages, kept in memory

# The first two bits of this digit of a UUID are fixed, the other two left to chance.
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


class Store:
    """An open store; belongs to the thread that opened it. Other threads open their own."""

    def __init__(self, connection: sqlite3.Connection, path: Path, who: str) -> None:
        self.connection = connection
        self.path = path
        self.who = who
        self._act: int | None = None

    @contextlib.contextmanager
    def act(self, words: str, undoes: int | None = None) -> Iterator[int]:
        """One act of the user, whole or not at all; yields its number.

        Everything written inside is kept in the history under ``words``. An act inside an act
        joins it.

        Raises:
            UserError: when the file is locked, full, read-only or damaged; nothing is written.
        """
        if self._act is not None:
            yield self._act
            return
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._act = self.connection.execute(
                    "INSERT INTO act (uid, happened_at, who, words, undoes) VALUES (?, ?, ?, ?, ?)",
                    (new_uid(), now_text(), self.who, words, undoes),
                ).lastrowid
                assert self._act is not None
                self.connection.execute("UPDATE current_act SET act = ?", (self._act,))
                yield self._act
                self.connection.execute("UPDATE current_act SET act = NULL")
                self.connection.execute("COMMIT")
            finally:
                self._act = None
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def read_once(self) -> Iterator[None]:
        """While the whole store is read from end to end, keep little of it in memory.

        What is read once gains nothing from being kept, and the system has the file at hand.
        """
        self.connection.execute(f"PRAGMA cache_size = -{_CACHE_READ_ONCE_KB}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")

    def close(self) -> None:
        """Close the file; the store is not used afterwards."""
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        # A damaged page, say, is met only when it is read, long after the store was opened.
        if isinstance(error, sqlite3.Error):
            with translated(self.path):
                raise error


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a file and set the pragmas, nothing else."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_store(path: Path, who: str | None = None) -> Store:
    """Open a store, made if it is not there, brought up to date if it is older.

    An older store is copied beside itself before anything is changed.

    Raises:
        UserError: when the file is no store, newer than this program, damaged, read-only,
            locked, or cannot be made; it is left as it was.
    """
    if _is_missing(path):
        _make_folder(path.parent)
    elif not os.access(path, os.W_OK):
        raise UserError(
            tr("数据文件只读：{path}", path=path), tr("请取消文件的只读属性，或换一个位置。")
        )
    with translated(path):
        connection = connect(path)
        try:
            refuse_foreign(connection, path)
            if _version(connection) < SCHEMA_VERSION:
                _migrate(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, who or getpass.getuser())


def new_uid() -> str:
    """A new identifier that no other store can make (UUID version 7).

    Its first part is the time, so that rows made together lie together in the index.
    """
    return _new_uids(1)[0]


def _new_uids(count: int) -> list[str]:
    """As many new identifiers; to ask the system once for the chance in all of them is cheaper."""
    stamp = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{stamp[:8]}-{stamp[8:]}-7"
    chance = os.urandom(10 * count).hex()
    return [
        f"{head}{chance[at : at + 3]}-{_VARIANT[chance[at + 3]]}{chance[at + 4 : at + 7]}"
        f"-{chance[at + 7 : at + 19]}"
        for at in range(0, 20 * count, 20)
    ]


class Uids:
    """New identifiers one by one, asked of the system by the hundred."""

    def __init__(self) -> None:
        self._left: list[str] = []

    def new(self) -> str:
        """The next one."""
        if not self._left:
            self._left = _new_uids(_UIDS_AT_ONCE)
        return self._left.pop()


def now_text() -> str:
    """This moment in UTC, to the second: 2019-03-05T08:15:30Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a sentence for the clerk."""
    try:
        yield
    except sqlite3.Error as error:
        mended = _sentence(error, path)
        if mended is None:
            raise
        raise mended from error


@contextlib.contextmanager
def without_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what can be made again from the rest of the store: given up, without a word, while
    another is writing, or when the file is read-only or the disk full.

    What it began to write is for the caller to roll back.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    except sqlite3.OperationalError:
        pass
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that another program made, and one from a newer version of ours.

    Raises:
        UserError: naming the file; a file without any table, a new one, is nobody's yet.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and has_tables:
        raise UserError(
            tr("这不是 ipfinance 的数据文件：{path}", path=path),
            tr("请选择正确的文件；原文件没有改动。"),
        )
    version = _version(connection)
    if version > SCHEMA_VERSION:
        raise UserError(
            tr(
                "数据文件由更新的版本建立（结构 {version}，本程序只认识到 {known}）：{path}",
                version=version,
                known=SCHEMA_VERSION,
                path=path,
            ),
            tr("请升级 ipfinance 后再打开；原文件没有改动。"),
        )


def _sentence(error: sqlite3.Error, path: Path) -> UserError | None:
    said = str(error)
    if "locked" in said or "busy" in said:
        return UserError(
            tr("数据文件正被其他程序占用：{path}", path=path),
            tr("请关闭其他正在使用它的窗口或命令，稍后重试。"),
        )
    if "not a database" in said:
        return UserError(
            tr("这不是 ipfinance 的数据文件：{path}", path=path),
            tr("请选择正确的文件；原文件没有改动。"),
        )
    if "malformed" in said:
        return UserError(
            tr("数据文件已损坏：{path}", path=path),
            tr("请用「恢复备份」取回最近的备份；原文件没有改动。"),
        )
    if "readonly" in said or "read-only" in said:
        return UserError(
            tr("数据文件只读：{path}", path=path), tr("请取消文件的只读属性，或换一个位置。")
        )
    if "disk is full" in said or "disk I/O" in said:
        return UserError(
            tr("磁盘已满或无法写入：{path}", path=path), tr("请腾出空间后重试；没有写入任何内容。")
        )
    if "unable to open" in said:
        return UserError(
            tr("无法打开数据文件：{path}", path=path), tr("请检查文件夹是否存在、是否有权限。")
        )
    return None


def _version(connection: sqlite3.Connection) -> int:
    """How many migrations a store has; 0 before it is made."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_missing(path: Path) -> bool:
    """Whether there is no file, or an empty one, which becomes a store as well."""
    try:
        return not path.exists() or path.stat().st_size == 0
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise UserError(
            tr("无法打开数据文件：{path}", path=path), tr("请检查文件夹是否存在、是否有权限。")
        ) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            tr("无法建立文件夹：{folder}", folder=folder), tr("请检查权限，或用 --db 指定别处。")
        ) from error
    if not os.access(folder, os.W_OK):
        raise UserError(
            tr("文件夹不可写：{folder}", folder=folder), tr("请检查权限，或用 --db 指定别处。")
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Make a store, or bring it up to date, whole or not at all.

    One transaction around every step: a second window that opens the same file meanwhile waits,
    and then finds the work done.
    """
    from sqlite_utils import Database

    from ipfinance.db.migrations import MIGRATIONS
    from ipfinance.db.seed import fill_new_store, fill_successions

    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version < SCHEMA_VERSION:
            if version:
                _copy_beside(path, version)
            # A store is to behave alike whether this connection brought it up to date or not.
            MIGRATIONS.apply(Database(connection, recursive_triggers=False))
            if not version:
                fill_new_store(connection)
            fill_successions(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _copy_beside(path: Path, version: int) -> None:
    """Copy an older store beside itself; through another connection, because the one that is
    about to write cannot be copied from."""
    copy = path.with_name(f"{path.name}.v{version}-{datetime.now():%Y%m%d%H%M%S}.bak")
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        copy.unlink(missing_ok=True)  # half a copy would be taken for one
        raise
