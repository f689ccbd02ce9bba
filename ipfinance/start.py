"""Start the window: Qt's application, the log, the language, and only then what speaks it."""

import logging
import signal
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from ipfinance import __version__, language, paths
from ipfinance.ui.language import kept_language

_log = logging.getLogger("ipfinance")


def run(path: Path) -> int:
    """Open the window on a store and stay until it is closed; the exit status.

    Raises:
        UserError: when the store cannot be opened.
    """
    _log.addHandler(_Log())
    # Qt's loop would not let Python see Ctrl+C in the terminal; nothing is lost, since every
    # act of the store is whole or not at all.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = make_application()
    language.choose(kept_language())
    from ipfinance.app import App  # speaks as it is imported

    app = App(application)
    _catch_everything(app.show_error)
    window = app.open(path)
    window.begun.connect(window.offer_tour)
    return application.exec()


def make_application() -> QApplication:
    """The Qt application with the names that settings are kept under."""
    QCoreApplication.setOrganizationName("ipfinance")
    QCoreApplication.setApplicationName("ipfinance")
    QCoreApplication.setApplicationVersion(__version__)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    # Named here and not by setStyle, which hands the style over with all its enums: 8 ms at start.
    return QApplication([*sys.argv[:1], "-style", "Fusion"])


class _Log(logging.Handler):
    """The log file, opened when there is something to write: loading what keeps it takes 8 ms."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._file.emit(record)

    @override
    def close(self) -> None:
        if "_file" in self.__dict__:
            self._file.close()
        super().close()

    @cached_property
    def _file(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        path = paths.log_file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        except OSError:
            return logging.NullHandler()  # without a place for it the program works all the same
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return file


def _catch_everything(show: Callable[[BaseException], None]) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = hook
