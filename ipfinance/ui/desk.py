"""What every page works with: the open store, background jobs, questions, and news of changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from ipfinance.db.connection import Store, open_store
from ipfinance.progress import Progress
from ipfinance.ui.changes import Changes
from ipfinance.ui.jobs import Job, Jobs
from ipfinance.ui.talk import Talk
from ipfinance.ui.theme import Theme

if TYPE_CHECKING:
    from ipfinance.db.ledger_reader import LedgerReader
    from ipfinance.domain.division import Divisions
    from ipfinance.ui.remembering import Remembering

T = TypeVar("T")

PLEDGES = "pledges"
"""The subject told to ``changes`` when registrations, parties or rights were written."""
FACTS = "facts"
"""The subject told to ``changes`` when the store's settings or areas were written."""


@dataclass
class Desk:
    """Handed to each page and dialog.

    ``store`` belongs to the window's thread and answers quick questions; longer work goes
    through :meth:`work`, which opens the store anew in the worker's thread.
    """

    store: Store
    jobs: Jobs
    talk: Talk
    changes: Changes
    theme: Theme
    today: Callable[[], date]

    @cached_property
    def divisions(self) -> "Divisions":
        """The areas of the store as they were when they were first asked for."""
        from ipfinance.db.divisions import all_divisions  # not before the window stands

        return all_divisions(self.store)

    @cached_property
    def ledger(self) -> "LedgerReader":
        """Who is asked for lists and counts of the ledger."""
        from ipfinance.db.ledger_reader import LedgerReader  # not before the window stands

        return LedgerReader()

    @cached_property
    def remembering(self) -> "Remembering":
        """Who reads a long ledger into memory for `ledger`."""
        from ipfinance.ui.remembering import Remembering

        return Remembering(self, self.jobs)

    def work(
        self,
        work: Callable[[Store, Progress], T],
        done: Callable[[T], None],
        *,
        title: str = "",
        owner: QObject | None = None,
        replaces: str = "",
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Do ``work(store, progress)`` off the window's thread, then ``done(result)`` in it.

        ``title`` shows it in the progress strip, with a button to cancel; ``replaces`` drops
        an earlier unanswered question of the same name and owner.
        """
        path, who = self.store.path, self.store.who

        def with_store(progress: Progress) -> T:
            with open_store(path, who) as store:
                return work(store, progress)

        return self.jobs.run(with_store, done, failed, title=title, owner=owner, replaces=replaces)

    def write(
        self,
        work: Callable[[Store, Progress], T],
        done: Callable[[T], None],
        *,
        title: str,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Do ``work`` that writes registrations, for a window that may be closed meanwhile.

        Its ``done`` and ``failed`` are then left out, but all pages are told that something
        was written, and the clerk is told what went wrong.
        """

        def on_done(result: T) -> None:
            if shiboken6.isValid(owner):
                done(result)
            self.changes.tell(PLEDGES)

        def on_failed(error: BaseException) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self.talk.failure(error)

        return self.work(work, on_done, title=title, failed=on_failed)
