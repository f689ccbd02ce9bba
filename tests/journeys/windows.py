"""The real window for an errand: opened over a store, waited for, and typed into."""

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.theme import Theme
from tests.ui.desks import AskedTalk, desk_over


class FilesTalk(AskedTalk):
    """Also chooses the files it was told to."""

    def __init__(self, files: list[Path]) -> None:
        super().__init__()
        self.files = files

    def open_files(self, *_: object, **__: object) -> list[Path]:
        return self.files


def window_over(
    store: Store, jobs: Jobs, theme: Theme, qtbot: QtBot, files: list[Path]
) -> tuple[MainWindow, FilesTalk]:
    """The window, shown and active, and what it says; `files` are those that it is given."""
    desk, _ = desk_over(store, jobs, theme)
    talk = FilesTalk(files)
    desk.talk = talk
    jobs._on_failure = talk.failure
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()  # the first paint asks for it, a moment later
    settled(qtbot, jobs)  # the first page has been filled
    window.activateWindow()
    return window, talk


def settled(qtbot: QtBot, jobs: Jobs) -> None:
    """Wait until nothing is being worked on."""
    qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)


def put(parent: QWidget, name: str, text: str) -> None:
    """Type something else into a field; keys give no Chinese, which is put there."""
    found = parent.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    found.clear()
    if text.isascii():
        QTest.keyClicks(found, text)
    else:
        found.setText(text)
