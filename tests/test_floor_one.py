"""Errors, progress and paths: what every floor above leans on."""

import pickle
from pathlib import Path

import pytest

from ipfinance.errors import Cancelled, UserError
from ipfinance.language import in_chinese, tr
from ipfinance.paths import default_store, log_file, resource
from ipfinance.progress import Progress


def test_that_an_error_reads_as_two_sentences() -> None:
    assert str(UserError("文件打不开", "请关闭后重试")) == "文件打不开。请关闭后重试"
    assert str(UserError("文件打不开。", "请关闭后重试")) == "文件打不开。请关闭后重试"
    assert str(UserError("文件打不开")) == "文件打不开"


def test_that_an_english_error_reads_as_two_english_sentences(in_english: None) -> None:
    error = UserError(tr("无法打印"), tr("请改成存在的起止日期"))
    assert str(error) == "Cannot print. Give a first and a last day that exist"
    assert str(UserError("It failed.", "Try again")) == "It failed. Try again"
    assert in_chinese(str(error)) == "无法打印。请改成存在的起止日期"


def test_that_an_error_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(UserError("甲", "乙")))
    assert (copy.text, copy.hint) == ("甲", "乙")


def test_that_progress_reports_and_stops_when_asked() -> None:
    steps: list[tuple[int, int, str]] = []
    progress = Progress()
    progress.step(0, 2, "无人听")
    progress.on_step = lambda done, total, words: steps.append((done, total, words))
    progress.step(1, 2, "写入")
    assert steps == [(1, 2, "写入")]
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(Cancelled):
        progress.step(2, 2, "写入")
    assert steps == [(1, 2, "写入")]


def test_that_the_store_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPFINANCE_DB", "/somewhere/台账.db")
    assert default_store() == Path("/somewhere/台账.db")
    monkeypatch.setenv("IPFINANCE_DB", "")
    assert default_store().name == "ipfinance.db"
    assert default_store().is_absolute()


def test_that_the_log_has_its_own_place() -> None:
    assert log_file().name == "ipfinance.log"


def test_that_shipped_files_are_found_and_a_missing_one_is_named() -> None:
    assert resource("divisions.csv").read_text(encoding="utf-8").startswith("code,")
    with pytest.raises(FileNotFoundError, match=r"nothing\.csv"):
        resource("nothing.csv")
