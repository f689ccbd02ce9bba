"""Backups made whole, looked into, and put back; what is refused leaves all as it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ipfinance.db.backup import backup, look_into, restore
from ipfinance.db.connection import SCHEMA_VERSION, Store, open_store
from ipfinance.db.pledges import count
from ipfinance.db.verification import verify
from ipfinance.errors import UserError
from tests import make

LEFT_OUT = ("current_act",)


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    """A backup of the store with two registrations."""
    make.stored(store, make.pledge(), make.pledge())
    return backup(store, tmp_path / "备份")


@contextmanager
def _unchanged(*paths: Path) -> Iterator[None]:
    """These files, and what else stands in their folders, stay as they are."""

    def seen() -> dict[Path, bytes]:
        folders = {path.parent for path in paths}
        return {
            file: b"" if file.name.endswith(("-shm", "-wal")) else file.read_bytes()
            for folder in folders
            for file in folder.iterdir()
            if file.is_file()
        }

    before = seen()
    yield
    assert seen() == before


def test_that_a_backup_holds_everything_in_one_file(store: Store, copy: Path) -> None:
    assert list(copy.parent.iterdir()) == [copy]
    assert copy.name.startswith("ipfinance-20")
    assert copy.suffix == ".db"
    with open_store(copy) as opened:
        assert make.dump(opened, LEFT_OUT) == make.dump(store, LEFT_OUT)


def test_that_a_backup_in_the_middle_of_work_holds_what_was_finished(
    store: Store, tmp_path: Path
) -> None:
    make.stored(store, make.pledge())
    with open_store(store.path) as other, other.act("未完成"):
        other.connection.execute("UPDATE pledge SET note = '半途'")
        copy = backup(store, tmp_path / "备份")
    with open_store(copy) as opened:
        assert opened.connection.execute("SELECT note FROM pledge").fetchone()[0] == "示例"


def test_that_two_backups_in_one_second_are_two_files(store: Store, tmp_path: Path) -> None:
    assert backup(store, tmp_path / "备份") != backup(store, tmp_path / "备份")


def test_that_a_folder_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="无法写入文件夹"):
        backup(store, tmp_path / "file")
    with pytest.raises(UserError, match="无法写入文件夹"):
        backup(store, tmp_path / "file" / "deeper")


def test_that_a_backup_that_fails_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("ipfinance.db.backup._copy", full)
    with pytest.raises(UserError, match="磁盘已满"):
        backup(store, tmp_path / "备份")
    assert list((tmp_path / "备份").iterdir()) == []


def test_that_a_backup_is_looked_into_without_touching_it(copy: Path) -> None:
    with _unchanged(copy):
        assert look_into(copy) == 2


def test_that_a_backup_comes_back_and_the_present_store_is_kept(store: Store, copy: Path) -> None:
    make.stored(store, make.pledge())
    path = store.path
    store.close()
    content = copy.read_bytes()
    kept = restore(copy, path)
    assert kept == path.with_name("ipfinance.db.before-restore")
    assert copy.read_bytes() == content
    with open_store(path) as restored, open_store(kept) as before:
        assert count(restored) == 2
        assert count(before) == 3
    again = restore(copy, path)
    assert again is not None
    assert again != kept
    assert not list(path.parent.glob("*.part"))


def test_that_a_backup_can_start_a_new_place(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "新位置" / "ipfinance.db"
    assert restore(copy, path) is None
    with open_store(path) as restored:
        assert count(restored) == 2


@pytest.mark.parametrize("is_there", [True, False])
def test_that_a_log_left_behind_is_not_written_into_what_is_put_back(
    store: Store, copy: Path, tmp_path: Path, is_there: bool
) -> None:
    lost = tmp_path / "断电" / "ipfinance.db"
    lost.parent.mkdir()
    make.stored(store, make.pledge())
    log = store.path.with_name(f"{store.path.name}-wal").read_bytes()
    lost.with_name(f"{lost.name}-wal").write_bytes(log)
    if is_there:
        lost.write_bytes(b"damaged beyond recognition" * 100)
    kept = restore(copy, lost)
    assert (kept is not None) is is_there
    assert lost.with_name(f"{lost.name}.before-restore-wal").read_bytes() == log
    with open_store(lost) as restored:
        assert count(restored) == 2
        assert verify(restored) == []


def test_that_a_damaged_store_can_be_replaced(store: Store, copy: Path) -> None:
    path = store.path
    store.close()
    path.write_bytes(b"damaged beyond recognition" * 100)
    kept = restore(copy, path)
    assert kept is not None
    assert kept.read_bytes().startswith(b"damaged")
    with open_store(path) as restored:
        assert count(restored) == 2


def test_that_a_store_in_use_is_not_replaced(store: Store, copy: Path) -> None:
    make.stored(store, make.pledge())
    with _unchanged(store.path), pytest.raises(UserError, match="正被其他程序占用"):
        restore(copy, store.path)
    assert count(store) == 3


def test_that_an_unfinished_restore_puts_the_store_back(
    store: Store, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.path
    store.close()
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="无法写入文件夹"):
        restore(copy, path)
    with open_store(path) as opened:
        assert count(opened) == 2


@pytest.mark.parametrize("act", [look_into, lambda file: restore(file, file.parent / "new.db")])
def test_that_what_is_no_usable_backup_is_refused(
    store: Store, copy: Path, tmp_path: Path, act: object
) -> None:
    assert callable(act)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    text = tmp_path / "note.txt"
    text.write_text("登记号" * 100, encoding="utf-8")
    newer = tmp_path / "newer.db"
    newer.write_bytes(copy.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    empty = tmp_path / "empty.db"
    empty.touch()
    for file, said in (
        (tmp_path / "missing.db", "没有这个文件"),
        (other, "不是 ipfinance 的数据文件"),
        (text, "不是 ipfinance 的数据文件"),
        (empty, "不是 ipfinance 的数据文件"),
        (newer, "更新的版本"),
    ):
        with _unchanged(other), pytest.raises(UserError) as caught:
            act(file)
        assert said in caught.value.text
        assert caught.value.hint


def test_that_a_damaged_backup_is_refused_and_the_store_untouched(store: Store, copy: Path) -> None:
    path = store.path
    root = store.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'history'"
    ).fetchone()[0]
    size = store.connection.execute("PRAGMA page_size").fetchone()[0]
    store.close()
    with copy.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with _unchanged(path), pytest.raises(UserError, match="已损坏"):
        restore(copy, path)


def test_that_the_store_is_no_backup_of_itself(store: Store) -> None:
    with pytest.raises(UserError, match="就是现在的数据文件"):
        restore(store.path, store.path)
