"""Another store takes the place of this one: what would be lost is asked about first."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from ipfinance.db import pledges
from ipfinance.db.backup import backup
from ipfinance.db.connection import Store, open_store
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.theme import Theme
from tests import make
from tests.journeys.windows import window_over


def test_that_an_unsaved_form_is_asked_about_before_another_store_is_opened(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path
) -> None:
    window, talk = window_over(store, jobs, theme, qtbot, [tmp_path / "另一个.db"])
    asked = QSignalSpy(window.store_asked)
    window.new_registration()
    entry = window.page("entry")
    assert isinstance(entry, EntryPage)
    entry.form.fill(make.pledge(reg_no="没有保存"))
    talk.answer = False
    window.errands.open_store()
    assert talk.said == ["表单里的内容还没有保存"]
    assert not asked.count()
    talk.answer = True  # and given up
    window.errands.open_store()
    assert asked.count() == 1
    entry.form.blank()


@pytest.mark.parametrize("errand", ["open_store", "restore"])
def test_that_a_job_is_asked_about_before_another_store_takes_its_place(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path, errand: str
) -> None:
    window, talk = window_over(store, jobs, theme, qtbot, [backup(store, tmp_path / "备份")])
    asked = QSignalSpy(window.store_asked)
    ended = Event()
    said: list[str] = []

    def ask(question: str, *_: object, **__: object) -> bool:
        said.append(question)
        return "没有完成" not in question

    talk.ask = ask  # type: ignore[method-assign]
    if errand == "open_store":
        jobs.run(lambda _: ended.wait(60), title="正在导入")
        window.errands.open_store()
    else:
        window.errands.restore()  # is asked for, and then waits for its turn
        jobs.run(lambda _: ended.wait(60), title="正在导入")
        qtbot.waitUntil(lambda: len(said) == 2)
    assert said[-1] == "「正在导入」还没有完成"
    assert not asked.count()
    assert not jobs.closed
    ended.set()
    assert jobs.wait_idle()


def test_that_a_backup_is_restored_although_something_is_read_from_the_store(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path
) -> None:
    make.stored(store, make.pledge(reg_no="备份里的"))
    file = backup(store, tmp_path / "备份")
    make.stored(store, make.pledge(reg_no="后来的"))
    window, talk = window_over(store, jobs, theme, qtbot, [file])
    asked = QSignalSpy(window.store_asked)

    def read(held: Store, progress: object) -> None:
        while True:  # as a long ledger is read into memory: nobody is shown that it runs
            pledges.count(held)
            progress.step(0, 0, "")  # type: ignore[attr-defined]

    window.errands.restore()
    window.desk.work(read, lambda _: None, owner=window)
    qtbot.waitUntil(lambda: asked.count() == 1)
    assert talk.said == ["用这份备份取代现在的数据？备份里有 1 笔登记"]
    assert jobs.closed
    with open_store(store.path) as restored:
        assert pledges.count(restored) == 1
