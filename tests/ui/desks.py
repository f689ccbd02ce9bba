"""A desk for a page or dialog under test: over a store, with questions that are never shown."""

from pathlib import Path
from typing import Any

from ipfinance.db.connection import Store
from ipfinance.ui.changes import Changes
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.talk import Talk
from ipfinance.ui.theme import Theme
from ipfinance.ui.widgets.page import Page
from tests import make


class AskedTalk(Talk):
    """Keeps what was said and asked; answers yes, and saves where it was told to."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.said: list[str] = []
        self.answer = True
        self.chosen = 1  # of several answers, the second
        self.target: Path | None = None

    def inform(self, title: str, text: str = "") -> None:
        self.said.append(title)

    def warn(self, title: str, text: str = "") -> None:
        self.said.append(title)

    def ask(self, question: str, text: str = "", *_: Any, **__: Any) -> bool:
        self.said.append(question)
        return self.answer

    def choose(self, question: str, text: str, answers: Any) -> int | None:
        self.said.append(question)
        return self.chosen if self.answer else None

    def save_file(self, title: str, name: str, filters: Any) -> Path | None:
        self.said.append(name)
        return self.target

    def failure(self, error: BaseException) -> None:
        self.said.append(str(error))


def desk_over(store: Store, jobs: Jobs, theme: Theme) -> tuple[Desk, AskedTalk]:
    """A desk over a store, and what it says."""
    talk = AskedTalk()
    desk = Desk(store, jobs, talk, Changes(), theme, lambda: make.TODAY)
    jobs._on_failure = talk.failure
    return desk, talk


def refreshed_by_changes(desk: Desk, page: Page) -> None:
    """Let the page refresh itself after writes, as the window does for the one that is shown."""

    def on_written(subject: str) -> None:
        if subject == PLEDGES:
            page.refresh()

    desk.changes.written.connect(on_written)
