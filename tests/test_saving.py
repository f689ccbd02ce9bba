"""A file that is written appears whole or not at all."""

import errno
from pathlib import Path

import pytest

from ipfinance.errors import Cancelled, UserError
from ipfinance.saving import whole_file


def test_that_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with whole_file(target) as written:
        written.write_text("all of it")
        assert not target.exists()
    assert target.read_text() == "all of it"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [Cancelled(), ValueError("a bug")])
def test_that_nothing_is_left_of_what_was_broken_off(tmp_path: Path, error: Exception) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")
    with pytest.raises(type(error)):
        _write_half(target, error)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def _write_half(target: Path, error: Exception) -> None:
    with whole_file(target) as written:
        written.write_text("half")
        raise error


def test_that_a_file_open_in_excel_is_left_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_text("before")

    def refuse(_written: Path, _target: Path) -> None:  # as Windows does
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with (
        pytest.raises(UserError, match=r"文件正被 Excel 占用.*请关闭后重试"),
        whole_file(target) as written,
    ):
        written.write_text("new")
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_that_a_read_only_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_text("before")
    monkeypatch.setattr("os.access", lambda path, _mode: path != target)
    with pytest.raises(UserError, match="文件只读"), whole_file(target):
        pytest.fail("nothing should be written")


def test_that_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹不存在"), whole_file(tmp_path / "no" / "out.txt"):
        pytest.fail("nothing should be written")


def test_that_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是一个文件夹"), whole_file(tmp_path):
        pytest.fail("nothing should be written")


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.ENAMETOOLONG, "无法写出文件")]
)
def test_that_what_the_system_says_is_put_in_words(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(UserError, match=said), whole_file(tmp_path / "out.txt"):
        raise OSError(number, "no")
