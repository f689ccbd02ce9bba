"""Draw every page of the real window into a folder: ``python tools/pictures.py [FOLDER]``.

The store is filled with demonstration data of a fixed seed, so the pictures change only when
the program does.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from ipfinance.app import App, make_application
from ipfinance.db.connection import open_store
from ipfinance.demonstration import fill
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.ui.main_window import PAGES, MainWindow
from ipfinance.ui.pages.figures_page import FiguresPage
from ipfinance.ui.theme import Choice, Theme

TODAY = date(2020, 1, 10)
PERIOD = Period.year(2019)
SIZE = (1366, 768)
QUIET_MS = 600


def main(folder: Path) -> None:
    """Write ``<page>.png`` and ``<page>-dark.png`` for every page."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(Path(scratch) / "settings")
        )
        store = Path(scratch) / "示例.db"
        with open_store(store, "示例") as made:
            fill(made, today=TODAY, progress=Progress())
        application = make_application()
        app = App(application, today=lambda: TODAY)
        window = app.open(store)
        window.resize(*SIZE)
        theme = application.findChild(Theme)
        assert theme is not None
        for choice, suffix in ((Choice.LIGHT, ""), (Choice.DARK, "-dark")):
            theme.choose(choice)
            for key, *_ in PAGES:
                _draw(window, key, folder / f"{key}{suffix}.png")
        window.retire()


def _draw(window: MainWindow, key: str, target: Path) -> None:
    window.show_page(key)
    page = window.page(key)
    if isinstance(page, FiguresPage):
        page.show_period(PERIOD)
    _settle(window)
    window.grab().save(str(target))
    print(target)


def _settle(window: MainWindow) -> None:
    """Let the window draw and its questions be answered; an answer may start another."""
    while True:
        loop = QEventLoop()  # its exec lets the worker run; QTest.qWait would starve it
        QTimer.singleShot(QUIET_MS, loop.quit)
        loop.exec()
        if not window.desk.jobs.busy:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
