"""Keeps what is typed at every pause, so that a crash loses nothing, and offers it again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ipfinance.db.connection import Store, new_uid
from ipfinance.db.drafts import Draft, discard, drafts, keep
from ipfinance.domain.pledge import Pledge
from ipfinance.errors import Cancelled
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Job
from ipfinance.ui.pages.entry_reading import FormCells

PAUSE_MS = 700


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in a form and is not saved: the texts, the registration that is being
    corrected, if any, and the day of cancellation that the store had of it, "" for none."""

    cells: FormCells
    number: int | None = None
    cancelled_on: str = ""


class DraftKeeper(QObject):
    """Belongs to one form. What is kept is a row of the store and no act of the clerk."""

    failed = Signal(str)  # why a draft could not be kept

    def __init__(self, desk: Desk, now: Callable[[], Unsaved | None], parent: QObject) -> None:
        """`now` gives what is not saved yet, None when there is nothing to keep."""
        super().__init__(parent)
        self._desk = desk
        self._now = now
        self._uid = new_uid()
        self._kept: FormCells | None = None  # what was kept last, None while nothing is
        self._writing: list[Job] = []  # drafts on their way to the store
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_soon)

    def touch(self) -> None:
        """Something may have been typed: keep it at the next pause."""
        self._pause.start()

    def rest(self) -> None:
        """The form goes out of sight: what is typed is kept now, unless the window closes."""
        was_waiting = self._pause.isActive()
        self._pause.stop()
        if was_waiting and not self._desk.jobs.closed:
            self.keep_soon()

    def keep_soon(self) -> None:
        """Keep what is not saved, off the window's thread."""
        draft = self._draft()
        if draft is None:
            if self._now() is None:
                self.forget()  # the form is as it was again
        else:
            self._writing.append(
                self._desk.work(
                    partial(_keep, draft), self._on_kept, owner=self, failed=self._on_failed
                )
            )

    def keep_now(self) -> None:
        """Keep what is not saved and wait for it, because the form is about to go.

        Raises:
            UserError: when the store cannot be written.
        """
        self._pause.stop()
        for job in self._writing:
            job.cancel()  # older than what is kept here, or never written if the window closes
            self._kept = None
        draft = self._draft()
        if draft is not None:
            keep(self._desk.store, draft)
        self.begin()

    def begin(self) -> None:
        """Another registration stands in the form; what was kept of the last one stays."""
        self._pause.stop()
        self._uid, self._kept = new_uid(), None

    def forget(self) -> None:
        """It was saved or given up: nothing of it is offered again."""
        if self._kept is not None:
            if self._writing:
                # What is on its way comes first, and is forgotten after it.
                self._desk.work(partial(_discard, [self._uid]), _nothing)
            else:
                discard(self._desk.store, [self._uid])
        self.begin()

    def take(self, draft: Draft, cancelled_on: str) -> FormCells:
        """Go on with a draft; what stands in it, with the cancellation that was recorded since
        it was kept: ``cancelled_on`` is what the store has now."""
        self.begin()
        self._uid = draft.uid
        self._kept = FormCells(draft.content["single"], draft.content["rows"])
        if self._kept.single["cancelled_on"] != draft.content["cancelled_on"]:
            return self._kept  # it is what the draft was about
        single = {**self._kept.single, "cancelled_on": cancelled_on}
        return FormCells(single, self._kept.rows)

    def others(self) -> list[Draft]:
        """The drafts that do not stand in the form."""
        return [one for one in drafts(self._desk.store) if one.uid != self._uid]

    def _draft(self) -> Draft | None:
        now = self._now()
        if now is None or now.cells == self._kept:
            return None
        self._kept = now.cells
        content = {
            "single": dict(now.cells.single),
            "rows": {key: list(texts) for key, texts in now.cells.rows.items()},
            "cancelled_on": now.cancelled_on,
        }
        return Draft(self._uid, now.number, content)

    def _on_kept(self, _: None) -> None:
        self._forget_finished()

    def _on_failed(self, error: BaseException) -> None:
        self._forget_finished()
        if not isinstance(error, Cancelled):
            self._kept = None
            self.failed.emit(str(error))

    def _forget_finished(self) -> None:
        self._writing = [job for job in self._writing if not job.finished]


def cancellation_of(pledge: Pledge | None) -> str:
    """The day of cancellation as the form writes it."""
    day = None if pledge is None else pledge.cancelled_on
    return "" if day is None else day.isoformat()


def _keep(draft: Draft, store: Store, _: Progress) -> None:
    keep(store, draft)


def _discard(uids: list[str], store: Store, _: Progress) -> None:
    discard(store, uids)


def _nothing(_: None) -> None:
    """Nothing is to be done when a draft is gone."""
