"""Build the window: store, settings, theme, language, and what happens to errors."""

import logging
import signal
import sys
from collections.abc import Callable
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication

from ipfinance import __version__, paths
from ipfinance.db.connection import open_store
from ipfinance.errors import Cancelled, UserError
from ipfinance.ui.changes import Changes
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.language import speak_chinese
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.talk import Talk
from ipfinance.ui.theme import Choice, Theme

_log = logging.getLogger("ipfinance")


class App:
    """The program while it runs: one window over one store, which may be exchanged."""

    def __init__(self, application: QApplication, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self.window: MainWindow | None = None
        speak_chinese(application)
        chosen = QSettings().value("theme", Choice.SYSTEM.value)
        self._theme = Theme(application, Choice(str(chosen)))
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


def run(path: Path) -> int:
    """Open the window on a store and stay until it is closed; the exit status.

    Raises:
        UserError: when the store cannot be opened.
    """
    _keep_log()
    # Qt's loop would not let Python see Ctrl+C in the terminal; nothing is lost, since every
    # act of the store is whole or not at all.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = make_application()
    app = App(application)
    _catch_everything(app)
    app.open(path).tour.offer()
    return application.exec()


def make_application() -> QApplication:
    """The Qt application with the names that settings are kept under."""
    QCoreApplication.setOrganizationName("ipfinance")
    QCoreApplication.setApplicationName("ipfinance")
    QCoreApplication.setApplicationVersion(__version__)
    application = QApplication.instance()
    return application if isinstance(application, QApplication) else QApplication(sys.argv[:1])


def _keep_log() -> None:
    log_file = paths.log_file()
    try:
        log_file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return  # Without a place for the log the program works all the same.
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(handler)


def _catch_everything(app: App) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        app.show_error(error)

    sys.excepthook = hook
