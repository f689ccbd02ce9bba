"""No answer is lost, none comes to the dead, and everything happens on the right thread."""

import gc
import threading
import weakref
from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress
from ipfinance.ui.garbage import spare_what_stands
from ipfinance.ui.jobs import Job, Jobs
from ipfinance.ui.widgets.progress_bar import ProgressStrip


def test_that_ten_thousand_starts_lose_no_answer(jobs: Jobs) -> None:
    answers: list[int] = []

    def work(number: int) -> Callable[[Progress], int]:
        return lambda progress: number

    for number in range(10_000):
        jobs.run(work(number), answers.append)
    assert jobs.wait_idle(30_000)
    assert answers == list(range(10_000))
    assert not jobs.busy


def test_that_work_is_off_the_gui_thread_and_answers_are_on_it(jobs: Jobs) -> None:
    threads: list[int] = []
    told: list[object] = []

    def done(where: int) -> None:
        threads.extend([where, threading.get_ident()])
        told.append(QThread.currentThread())

    jobs.run(lambda progress: threading.get_ident(), done)
    assert jobs.wait_idle()
    assert threads[0] != threads[1] == threading.get_ident()


def test_that_jobs_are_done_one_after_the_other(jobs: Jobs) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(progress: Progress) -> None:
        inside.append(1)
        most.append(len(inside))
        inside.pop()

    for _ in range(50):
        jobs.run(work)
    assert jobs.wait_idle()
    assert max(most) == 1


def test_that_a_failure_comes_back_as_it_was(jobs: Jobs) -> None:
    errors: list[BaseException] = []
    answers: list[object] = []

    def work(progress: Progress) -> None:
        raise UserError("文件正被 Excel 占用", "请关闭后重试")

    jobs.run(work, answers.append, errors.append)
    assert jobs.wait_idle()
    assert isinstance(errors[0], UserError)
    assert errors[0].hint == "请关闭后重试"
    assert not answers


def test_that_a_failure_nobody_waits_for_goes_to_the_common_receiver(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[BaseException] = []
    jobs = Jobs(on_failure=heard.append)

    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    jobs.run(work, title="导出台账")
    assert jobs.wait_idle()
    assert isinstance(heard[0], ZeroDivisionError)
    assert "导出台账" in caplog.text  # a bug is logged with its traceback
    jobs.run(_until_stopped).cancel()
    assert jobs.wait_idle()
    assert len(heard) == 1  # being stopped is no failure
    assert jobs.shutdown()


def test_that_a_job_stops_at_its_next_step_when_cancelled(jobs: Jobs) -> None:
    errors: list[BaseException] = []
    began = Event()
    job = jobs.run(lambda progress: _until_stopped(progress, began), failed=errors.append)
    assert began.wait(5)
    job.cancel()
    assert jobs.wait_idle()
    assert isinstance(errors[0], Cancelled)


def test_that_a_job_cancelled_before_its_turn_never_begins(jobs: Jobs) -> None:
    begun: list[int] = []
    errors: list[BaseException] = []
    first = jobs.run(_until_stopped)
    second = jobs.run(lambda progress: begun.append(1), failed=errors.append)
    second.cancel()
    first.cancel()
    assert jobs.wait_idle()
    assert not begun
    assert isinstance(errors[0], Cancelled)


def test_that_progress_is_told_and_a_flood_of_it_is_thinned(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[tuple[int, int, str]] = []
    signalled: list[tuple[object, ...]] = []
    jobs.progressed.connect(lambda *told: signalled.append(told))

    def work(progress: Progress) -> str:
        for done in range(1, 20_001):
            progress.step(done, 20_000, "写入杭州市")
        return "好"

    def on_progress(done: int, total: int, words: str) -> None:
        heard.append((done, total, words))

    answers: list[str] = []
    job = jobs.run(work, answers.append, on_progress=on_progress)
    assert jobs.wait_idle()
    assert answers == ["好"]
    assert heard[-1] == (20_000, 20_000, "写入杭州市")
    assert len(heard) == len(signalled) < 5_000
    assert signalled[0][0] is job


def test_that_the_dead_are_told_nothing(jobs: Jobs) -> None:
    answers: list[object] = []
    owner = QObject()
    gate = Event()
    jobs.run(lambda progress: gate.wait(5), answers.append, owner=owner)
    owner.deleteLater()
    jobs.run(lambda progress: None, lambda _nothing: None)
    del owner
    gate.set()
    assert jobs.wait_idle()
    assert not answers


def test_that_only_the_last_of_one_question_is_answered(jobs: Jobs) -> None:
    answers: list[str] = []
    owner = QObject()

    def ask(words: str) -> None:
        jobs.run(lambda progress: words, answers.append, owner=owner, replaces="search")

    gate = Event()
    jobs.run(lambda progress: gate.wait(5))
    for words in ("杭", "杭州", "杭州海"):
        ask(words)
    other = QObject()
    jobs.run(lambda progress: "别处", answers.append, owner=other, replaces="search")
    gate.set()
    assert jobs.wait_idle()
    assert answers == ["杭州海", "别处"]


def test_that_a_receivers_bug_reaches_the_excepthook_and_the_next_answer_its_receiver(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_rest: bugs.append(kind))
    answers: list[int] = []
    jobs.run(lambda progress: 1, lambda _one: 1 / 0)  # type: ignore[arg-type]
    jobs.run(lambda progress: 2, answers.append)
    assert jobs.wait_idle()
    assert bugs == [ZeroDivisionError]
    assert answers == [2]


def test_that_a_receiver_may_start_the_next_job(jobs: Jobs) -> None:
    answers: list[int] = []

    def again(number: int) -> None:
        answers.append(number)
        if number < 50:
            jobs.run(lambda progress: number + 1, again)

    jobs.run(lambda progress: 0, again)
    while jobs.busy:
        assert jobs.wait_idle()
    assert answers == list(range(51))


def test_that_shutdown_stops_what_runs_and_delivers_nothing() -> None:
    jobs = Jobs()
    answers: list[object] = []
    began = Event()
    jobs.run(lambda progress: _until_stopped(progress, began), answers.append, answers.append)
    assert began.wait(5)
    assert jobs.shutdown()
    assert not answers
    with pytest.raises(RuntimeError):
        jobs.run(lambda progress: None)


def test_that_waiting_gives_up_in_time(jobs: Jobs) -> None:
    job = jobs.run(_until_stopped)
    assert not jobs.wait_idle(50)
    job.cancel()
    assert jobs.wait_idle()


def test_that_the_strip_shows_titled_jobs_and_stops_them(jobs: Jobs, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    strip = ProgressStrip(jobs, window)
    window.show()
    errors: list[BaseException] = []
    jobs.run(lambda progress: None)  # a quiet query
    jobs.run(_until_stopped, failed=errors.append, title="导入台账")
    qtbot.waitUntil(strip.isVisible)
    cancel = next(one for one in strip.children() if one.objectName() == "cancel_job")
    cancel.click()  # type: ignore[attr-defined]
    assert jobs.wait_idle()
    assert isinstance(errors[0], Cancelled)
    assert strip.isHidden()


def test_that_a_short_job_never_shows_the_strip(jobs: Jobs, qtbot: QtBot) -> None:
    strip = ProgressStrip(jobs)
    qtbot.addWidget(strip)
    jobs.run(lambda progress: None, title="一瞬间")
    assert jobs.wait_idle()
    qtbot.wait(400)
    assert strip.isHidden()


def test_that_a_job_tells_when_it_starts_and_ends(jobs: Jobs) -> None:
    told: list[tuple[str, str]] = []
    jobs.started.connect(lambda job: told.append(("开始", job.title)))
    jobs.finished.connect(lambda job: told.append(("结束", job.title)))
    job = jobs.run(lambda progress: None, title="备份")
    assert isinstance(job, Job)
    finished = [job.finished]
    assert jobs.wait_idle()
    finished.append(job.finished)
    assert finished == [False, True]
    assert told == [("开始", "备份"), ("结束", "备份")]


def _until_stopped(progress: Progress, began: Event | None = None) -> None:
    if began is not None:
        began.set()
    pause = Event()
    while True:
        progress.step(0, 0, "等待")
        pause.wait(0.005)


def test_that_garbage_is_never_collected_in_the_worker(jobs: Jobs, qtbot: QtBot) -> None:
    gone: list[int] = []

    class Cycle:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            gone.append(threading.get_ident())

    def work(progress: Progress) -> list[list[int]]:
        return [[number] for number in range(100_000)]  # many more than start a collection

    for _ in range(5):
        Cycle()
        jobs.run(work)
    assert jobs.wait_idle()
    assert not gone
    qtbot.waitUntil(lambda: len(gone) == 5)  # the window's thread gets round to it
    assert set(gone) == {threading.get_ident()}
    assert jobs.shutdown()
    assert gc.isenabled()


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_that_what_stands_is_spared_until_its_window_goes(jobs: Jobs) -> None:
    stood = weakref.ref(_Circle())
    assert stood() is not None
    spare_what_stands()
    spared = gc.get_freeze_count()
    later = weakref.ref(_Circle())
    gc.collect()
    assert later() is None  # what came after it is looked through as ever
    assert gc.get_freeze_count() == spared > 0
    assert jobs.shutdown()
    assert not gc.get_freeze_count()
    before = weakref.ref(_Circle())
    spare_what_stands()
    assert (stood(), before()) == (None, None)  # what the last window left is not spared again
    gc.unfreeze()
