"""Build the window over a store: settings, theme, Qt's own words, and what happens to errors."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ipfinance.db.connection import open_store
from ipfinance.errors import Cancelled, UserError
from ipfinance.ui.changes import Changes
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.language import speak
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.talk import Talk
from ipfinance.ui.theme import Choice, Theme

_log = logging.getLogger("ipfinance")


class App:
    """The program while it runs: one window over one store, which may be exchanged."""

    def __init__(self, application: QApplication, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self.window: MainWindow | None = None
        speak(application)
        self._theme = Theme(application, kept_theme())
        self._talk = Talk(lambda: self.window)

    def open(self, path: Path) -> MainWindow:
        """Open a store in a window of its own, which takes the place of the present one.

        Raises:
            UserError: when the file cannot be opened; the present window stays.
        """
        store = open_store(path)
        jobs = Jobs(self._talk.failure)
        desk = Desk(store, jobs, self._talk, Changes(), self._theme, self._today)
        before, self.window = self.window, MainWindow(desk)
        self.window.store_asked.connect(self._on_store_asked)
        self.window.show()
        if before is not None:
            before.retire()
        return self.window

    def show_error(self, error: BaseException) -> None:
        """Log an error that nobody caught and tell the clerk."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, UserError):
            _log.error("unexpected error", exc_info=error)
        self._talk.failure(error)

    def _on_store_asked(self, path: Path) -> None:
        try:
            self.open(path)
        except UserError as error:
            self._talk.failure(error)


def kept_theme() -> Choice:
    """The theme that was chosen; the system's until somebody chose one that there is."""
    kept = QSettings().value("theme")
    return next((one for one in Choice if one.value == kept), Choice.SYSTEM)
