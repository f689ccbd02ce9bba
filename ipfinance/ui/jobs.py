"""Work off the GUI thread: one worker, one long-lived object that brings every answer back."""

import logging
import sys
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer, Signal, Slot

from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Job:
    """One piece of work; complete before it starts, and held until its answer was delivered.

    `title` is what the progress strip shows; a job without one is a quiet query.
    """

    def __init__(
        self,
        work: Callable[[Progress], object],
        done: Callable[[object], None] | None,
        failed: Callable[[BaseException], None] | None,
        on_progress: Callable[[int, int, str], None] | None,
        title: str,
        owner: QObject | None,
        replaces: str,
    ) -> None:
        self.title = title
        self.progress = Progress()
        # Where it was last seen; one place, filled in one thread and emptied in the other.
        self._seen: deque[tuple[int, int, str]] = deque(maxlen=1)
        self.finished = False
        self._work = work
        self._done = done
        self._failed = failed
        self._on_progress = on_progress
        self._owner = owner
        self._replaces = replaces
        self._unheard = False
        self._result: object = None
        self._error: BaseException | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next step; `failed` then hears `Cancelled`."""
        self.progress.cancel()

    @property
    def heard(self) -> bool:
        """Whether there is still somebody to give the answer to."""
        return not self._unheard and (self._owner is None or shiboken6.isValid(self._owner))


class Jobs(QObject):
    """Runs work one after the other, so that the store is never written twice at once."""

    started = Signal(object)  # Job
    progressed = Signal(object, int, int, str)  # Job, done, total (0: unknown), words
    finished = Signal(object)  # Job, answered or not
    idle = Signal()

    def __init__(
        self,
        on_failure: Callable[[BaseException], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`on_failure` hears the errors of jobs that were started without a `failed`."""
        super().__init__(parent)
        self._on_failure = on_failure
        self._jobs: list[Job] = []
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._messenger = _Messenger()
        # Wired once, before any work: wired after start, answers were lost.
        self._messenger.something_new.connect(
            self._on_something_new, Qt.ConnectionType.QueuedConnection
        )
        # A daemon: a job that never ends must not keep the closed program alive.
        self._worker = Thread(
            target=_work_off, args=(self._queue, self._messenger), name="jobs", daemon=True
        )
        self._worker.start()
        self._closed = False

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        title: str = "",
        *,
        on_progress: Callable[[int, int, str], None] | None = None,
        owner: QObject | None = None,
        replaces: str = "",
    ) -> Job:
        """Do `work(progress)` in the worker, then call `done(result)` or `failed(error)` here.

        Nothing is delivered once `owner` is gone. `replaces` names a question of that owner:
        an earlier job of the same name is cancelled and its answer dropped, so that the answer
        to the last key typed is the one shown.
        """
        job = Job(work, done, failed, on_progress, title, owner, replaces)  # type: ignore[arg-type]
        if self._closed:
            raise RuntimeError("jobs were shut down")
        if replaces:
            for earlier in self._jobs:
                if earlier._replaces == replaces and earlier._owner is owner:
                    earlier._unheard = True
                    earlier.cancel()
        self._jobs.append(job)
        self.started.emit(job)
        self._queue.put(job)
        return job

    @property
    def closed(self) -> bool:
        """Whether the worker was ended and takes no more jobs."""
        return self._closed

    @property
    def busy(self) -> bool:
        """Whether any answer is outstanding."""
        return bool(self._jobs)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs without an answer yet, the one being done first."""
        return tuple(self._jobs)

    def wait_idle(self, ms: int = 10_000) -> bool:
        """Let events run until no answer is outstanding; False when `ms` did not suffice."""
        deadline = QDeadlineTimer(ms)
        while self._jobs and not deadline.hasExpired():  # a new one may come with the last answer
            loop = QEventLoop()
            self.idle.connect(loop.quit)
            QTimer.singleShot(deadline.remainingTime(), loop, loop.quit)
            loop.exec()
        return not self._jobs

    def shutdown(self, ms: int = 5_000) -> bool:
        """Cancel what runs and end the worker; False when it is still inside a job.

        Answers are not delivered any more.
        """
        self._closed = True
        for job in self._jobs:
            job._unheard = True
            job.cancel()
        self._queue.put(None)
        self._worker.join(ms / 1000)
        return not self._worker.is_alive()

    @Slot()
    def _on_something_new(self) -> None:
        self._messenger.announced = False  # from here on a new message is announced again
        for job in self.running:
            self._tell_progress(job)
        while self._messenger.answered:
            job = self._messenger.answered.popleft()
            self._tell_progress(job)
            self._jobs.remove(job)
            self._deliver(job)
            if not self._jobs:
                self.idle.emit()

    def _tell_progress(self, job: Job) -> None:
        if not job._seen or not job.heard:
            return
        seen = job._seen.pop()
        self.progressed.emit(job, *seen)
        if job._on_progress is not None:
            _call(job._on_progress, *seen)

    def _deliver(self, job: Job) -> None:
        job.finished = True
        self.finished.emit(job)
        error = job._error
        if error is not None and not isinstance(error, (UserError, Cancelled)):
            _log.error("job %r failed", job.title or job._work, exc_info=error)
        if not job.heard:
            return
        if error is None:
            if job._done is not None:
                _call(job._done, job._result)
        elif job._failed is not None:
            _call(job._failed, error)
        elif self._on_failure is not None and not isinstance(error, Cancelled):
            _call(self._on_failure, error)


def _call(receiver: Callable[..., None], *told: object) -> None:
    """A receiver's bug goes where all bugs go, and the answers after it still arrive."""
    try:
        receiver(*told)
    except Exception as bug:
        sys.excepthook(type(bug), bug, bug.__traceback__)


class _Messenger(QObject):
    """The one object that both threads hold; it belongs to neither and outlives both."""

    something_new = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answered: deque[Job] = deque()
        self.announced = False

    def announce(self) -> None:
        # A thousand steps between two looks of the window need one message, not a thousand.
        if not self.announced:
            self.announced = True
            self.something_new.emit()


def _work_off(queue: "SimpleQueue[Job | None]", messenger: _Messenger) -> None:
    while (job := queue.get()) is not None:
        _do(job, messenger)
        messenger.answered.append(job)
        messenger.announce()
        del job  # what it holds must not wait for the next one


def _do(job: Job, messenger: _Messenger) -> None:
    def on_step(done: int, total: int, words: str) -> None:
        job._seen.append((done, total, words))
        messenger.announce()

    job.progress.on_step = on_step
    try:
        if job.progress.cancelled:
            raise Cancelled
        job._result = job._work(job.progress)
    except BaseException as error:
        job._error = error
