"""backup, restore, verify and demo, as they are typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ipfinance.cli import main
from ipfinance.db.connection import open_store
from ipfinance.db.pledges import count
from tests import make


@pytest.fixture
def path(empty_store: Path, tmp_path: Path) -> Path:
    """A store with two registrations, closed."""
    with make.store_copied(empty_store, tmp_path) as store:
        make.stored(store, make.pledge(), make.pledge())
        return store.path


def _run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--db", str(path), *words])


def _refused(path: Path, *words: str) -> str:
    """What one line on stderr says when a command could not be done."""
    result = _run(path, *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


def test_that_a_backup_is_written_where_asked_and_named(path: Path, tmp_path: Path) -> None:
    result = _run(path, "backup", str(tmp_path / "备份"))
    assert result.exit_code == 0
    [copy] = (tmp_path / "备份").iterdir()
    assert result.stdout == f"已备份到：{copy}\n"


def test_that_a_backup_goes_beside_the_store_if_no_place_is_named(path: Path) -> None:
    assert _run(path, "backup").exit_code == 0
    assert len(list((path.parent / "backups").iterdir())) == 1


def test_that_a_backup_comes_back(path: Path, tmp_path: Path) -> None:
    _run(path, "backup", str(tmp_path / "备份"))
    [copy] = (tmp_path / "备份").iterdir()
    with open_store(path) as store:
        make.stored(store, make.pledge())
    result = _run(path, "restore", str(copy))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"已恢复 2 笔登记：{path}",
        f"原来的数据保存在：{path}.before-restore",
    ]
    with open_store(path) as store:
        assert count(store) == 2
    assert _run(tmp_path / "new.db", "restore", str(copy)).exit_code == 0


def test_that_a_backup_that_is_none_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("登记号" * 100, encoding="utf-8")
    before = path.read_bytes()
    assert "没有这个文件" in _refused(path, "restore", str(tmp_path / "missing.db"))
    assert "不是 ipfinance 的数据文件" in _refused(path, "restore", str(tmp_path / "note.txt"))
    assert path.read_bytes() == before


def test_that_a_sound_store_is_verified(path: Path) -> None:
    result = _run(path, "verify")
    assert (result.exit_code, result.stdout) == (0, "数据文件完好。\n")


def test_that_findings_are_told_with_status_1(path: Path) -> None:
    with open_store(path) as store:
        store.connection.execute("DROP TRIGGER history_pledge_update")
        store.connection.execute("UPDATE pledge SET rights_count = 9")
    result = _run(path, "verify")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert all("件数与所列权利不一致" in line for line in lines[:2])
    assert "发现 2 个问题" in lines[2]


@pytest.mark.parametrize("words", [["verify"], ["backup"]])
def test_that_a_store_that_is_not_there_is_not_made(tmp_path: Path, words: list[str]) -> None:
    missing = tmp_path / "missing.db"
    assert "没有这个数据文件" in _refused(missing, *words)
    assert list(tmp_path.iterdir()) == []


def test_that_demo_fills_a_new_store_alike_for_a_seed(tmp_path: Path) -> None:
    names = []
    for file in ("one.db", "two.db"):
        result = _run(tmp_path / file, "demo", "--size", "30", "--seed", "7")
        assert result.exit_code == 0
        assert result.stdout == f"已填入 30 笔虚构的登记：{tmp_path / file}\n"
        with open_store(tmp_path / file) as store:
            rows = store.connection.execute("SELECT name, city, county FROM pledge_pledgor")
            names.append([tuple(row) for row in rows])
    assert names[0] == names[1]


def test_that_demo_refuses_a_store_in_use(path: Path) -> None:
    before = path.read_bytes()
    assert "已有登记" in _refused(path, "demo")
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [["--size", "0"], ["--size", "x"], ["--until", "昨天"]])
def test_that_bad_words_are_refused(tmp_path: Path, words: list[str]) -> None:
    assert _run(tmp_path / "new.db", "demo", *words).exit_code == 2
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("command", ["backup", "restore", "verify", "demo"])
def test_that_every_command_explains_itself_in_both_languages(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert f"({command})" in result.stdout
