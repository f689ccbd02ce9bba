"""Opening a store: made by its migrations, refused untouched when it is none of ours."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlite_utils import Database

from ipfinance.db import connection, seed
from ipfinance.db.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Store,
    new_uid,
    open_store,
)
from ipfinance.db.divisions import all_divisions
from ipfinance.db.history import undoable
from ipfinance.db.migrations import MIGRATIONS
from ipfinance.db.pledges import count
from ipfinance.errors import UserError
from tests import make

ROOT = Path(__file__).parents[2]


def _schema(database: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return [
        tuple(row)
        for row in database.execute(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
        )
    ]


def _pragma(path: Path, name: str, value: int | None = None) -> int:
    database = sqlite3.connect(path)
    try:
        if value is not None:
            database.execute(f"PRAGMA {name} = {value}")
        return int(database.execute(f"PRAGMA {name}").fetchone()[0])
    finally:
        database.close()


def test_that_the_program_knows_as_many_steps_as_there_are() -> None:
    names = [migration.name for migration in MIGRATIONS.pending(Database(memory=True))]
    assert len(names) == SCHEMA_VERSION
    assert [name[:5] for name in names] == [f"m{n:04}" for n in range(1, SCHEMA_VERSION + 1)]


def test_that_a_new_store_runs_every_step_and_has_the_areas(store: Store) -> None:
    assert store.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert store.connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert len(all_divisions(store)) == 115
    assert count(store) == 0
    assert undoable(store) is None


def test_that_every_table_is_strict_and_kept_in_history(store: Store) -> None:
    tables = {
        row["name"]: row["strict"]
        for row in store.connection.execute("PRAGMA table_list")
        if row["schema"] == "main" and not row["name"].startswith(("sqlite_", "_sqlite_"))
    }
    assert set(tables.values()) == {1}
    triggers = {
        row["name"]
        for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    follows_from_others = {"counted_month", "stale_month"}
    for table in tables.keys() - {"act", "current_act", "history", "draft"} - follows_from_others:
        for operation in ("insert", "update", "delete"):
            assert f"history_{table}_{operation}" in triggers


def test_that_opening_again_changes_nothing(store: Store) -> None:
    before = make.dump(store)
    path = store.path
    store.close()
    with open_store(path) as again:
        assert make.dump(again) == before


def test_that_an_up_to_date_store_opens_without_loading_pandas(empty_store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ipfinance.db.connection import open_store;"
        f"open_store(Path({str(empty_store)!r})).close(); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"sqlite_utils", "pandas", "numpy"} & set(run.stdout.split())


def test_that_a_folder_is_made_for_a_new_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "台账" / "2019" / "ipfinance.db") as store:
        assert count(store) == 0


def test_that_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "ipfinance.db"
    path.touch()
    with open_store(path) as store:
        assert len(all_divisions(store)) == 115


def test_that_a_store_whose_making_was_cut_short_is_completed(
    tmp_path: Path, empty_store: Path
) -> None:
    path = tmp_path / "ipfinance.db"
    half = Database(path)
    half.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(half, stop_before="m0004_create_batches_and_reference_figures")
    half.conn.close()
    with open_store(path) as store, open_store(empty_store) as whole:
        assert _schema(store.connection) == _schema(whole.connection)
        assert len(all_divisions(store)) == 115


def test_that_two_windows_may_make_the_same_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "ipfinance.db"
    together = Barrier(3)

    def open_and_count(_: int) -> int:
        together.wait()
        with open_store(path) as store:
            return len(all_divisions(store))

    with ThreadPoolExecutor(3) as windows:
        assert list(windows.map(open_and_count, range(3))) == [115] * 3


def test_that_a_window_waits_for_the_one_that_brings_a_store_up_to_date(store: Store) -> None:
    path = store.path
    store.close()
    _pragma(path, "user_version", SCHEMA_VERSION - 1)
    with closing(connection.connect(path)) as first, ThreadPoolExecutor(1) as windows:
        first.execute("BEGIN IMMEDIATE")
        second = windows.submit(lambda: open_store(path).close())
        with pytest.raises(TimeoutError):
            second.result(timeout=0.3)
        first.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        first.execute("COMMIT")
        second.result()
    assert not list(path.parent.glob("*.bak"))  # nothing was left for the second to change


def test_that_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ipfinance.db"

    def fail(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(seed, "fill_successions", fail)
        with pytest.raises(UserError, match="磁盘已满"):
            open_store(path)
    with closing(sqlite3.connect(path)) as database:
        assert _schema(database) == []
    with open_store(path) as store:
        assert len(all_divisions(store)) == 115


def test_that_an_older_store_is_copied_before_it_is_changed(store: Store) -> None:
    path = store.path
    store.close()
    _pragma(path, "user_version", SCHEMA_VERSION - 1)
    before = path.read_bytes()
    open_store(path).close()
    [copy] = path.parent.glob(f"*.v{SCHEMA_VERSION - 1}-*.bak")
    assert _pragma(copy, "user_version") == SCHEMA_VERSION - 1
    assert len(copy.read_bytes()) == len(before)
    assert _pragma(path, "user_version") == SCHEMA_VERSION


def _refused(path: Path) -> UserError:
    """What is said when a file is refused; it must be left as it was."""
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        open_store(path)
    assert path.read_bytes() == before
    assert str(path) in caught.value.text
    assert caught.value.hint
    return caught.value


def test_that_a_newer_store_is_refused_untouched(store: Store) -> None:
    path = store.path
    store.close()
    _pragma(path, "user_version", SCHEMA_VERSION + 1)
    said = _refused(path)
    assert "更新的版本" in said.text
    assert "升级" in said.hint


def test_that_another_program_s_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (text)")
    other.commit()
    other.close()
    assert "不是 ipfinance 的数据文件" in _refused(path).text


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", "登记号,出质人\n".encode() * 500])
def test_that_a_file_that_is_no_database_is_refused_untouched(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    assert "不是 ipfinance 的数据文件" in _refused(path).text


def test_that_a_damaged_store_is_refused_untouched(store: Store) -> None:
    path = store.path
    store.close()
    with path.open("r+b") as file:
        file.seek(100)  # behind the header: the tree of the schema
        file.write(b"\xff" * 3000)
    assert "已损坏" in _refused(path).text


def test_that_damage_met_while_reading_is_told_in_words(store: Store) -> None:
    make.stored(store, *(make.pledge() for _ in range(50)))
    path = store.path
    root = store.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'pledge'"
    ).fetchone()[0]
    page = store.connection.execute("PRAGMA page_size").fetchone()[0]
    store.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * page)
        file.write(b"\xff" * page)
    with pytest.raises(UserError, match="已损坏"), open_store(path) as damaged:
        damaged.connection.execute("SELECT sum(rights_count) FROM pledge").fetchone()


def test_that_a_read_only_store_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anything, so the answer of the system is put in its place.
    path = store.path
    store.close()
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert "只读" in _refused(path).text


def test_that_a_store_locked_by_another_program_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    path = store.path
    store.connection.execute("PRAGMA journal_mode = DELETE")
    store.connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UserError, match="正被其他程序占用"):
        open_store(path)
    store.connection.execute("ROLLBACK")


def test_that_an_act_waits_in_vain_for_another_writer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with (
        open_store(store.path) as other,
        store.act("写入"),
        pytest.raises(UserError, match="正被其他程序占用"),
        other.act("同时写入"),
    ):
        pass
    with open_store(store.path) as other, other.act("随后写入"):
        make.stored(other, make.pledge())


def test_that_a_name_too_long_for_the_disk_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法打开数据文件"):
        open_store(tmp_path / f"{'台账' * 200}.db")


def test_that_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法打开数据文件"):
        open_store(tmp_path)


def test_that_a_place_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="无法建立文件夹"):
        open_store(tmp_path / "file" / "ipfinance.db")


def test_that_an_act_that_fails_writes_nothing(store: Store) -> None:
    def fail() -> None:
        with store.act("半途而废"):
            store.connection.execute("INSERT INTO setting (name, value) VALUES ('office', '甲')")
            raise ZeroDivisionError

    before = make.dump(store)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert make.dump(store) == before


def test_that_an_act_inside_an_act_joins_it(store: Store) -> None:
    with store.act("外面") as outer, store.act("里面") as inner:
        assert inner == outer
    words = store.connection.execute("SELECT words FROM act").fetchall()
    assert [row["words"] for row in words] == ["外面"]


def test_that_identifiers_are_new_and_in_the_order_of_time() -> None:
    made = [new_uid() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {len(each) for each in made} == {36}
    assert {each[14] for each in made} == {"7"}
    assert {each[19] for each in made} <= set("89ab")
    assert [each[:8] for each in made] == sorted(each[:8] for each in made)


def test_that_reading_once_keeps_little_in_memory_and_only_then(store: Store) -> None:
    def kept() -> int:
        """The most of the file that stays in memory, in KiB."""
        return -int(store.connection.execute("PRAGMA cache_size").fetchone()[0])

    usual = kept()
    with store.read_once():
        assert kept() * 8 == usual
    assert kept() == usual
