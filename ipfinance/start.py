"""Start the window: Qt's application, the log, the language, and only then what speaks it."""

import logging
import signal
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from ipfinance import __version__, language, paths
from ipfinance.ui.language import kept_language

_log = logging.getLogger("ipfinance")


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
    language.choose(kept_language())
    from ipfinance.app import App  # speaks as it is imported

    app = App(application)
    _catch_everything(app.show_error)
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


def _catch_everything(show: Callable[[BaseException], None]) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = hook
