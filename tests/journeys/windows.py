"""The real window for an errand: opened over a store, waited for, and its dialogs answered."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.theme import Theme
from tests.ui.desks import AskedTalk, desk_over

W = TypeVar("W", bound=QWidget)


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


def click(parent: QWidget, name: str) -> None:
    """Press a button that is in sight."""
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    assert found.isVisible(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def put(parent: QWidget, name: str, text: str) -> None:
    """Type something else into a field; keys give no Chinese, which is put there."""
    found = parent.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    found.clear()
    if text.isascii():
        QTest.keyClicks(found, text)
    else:
        found.setText(text)


def in_dialog(kind: type[W], act: Callable[[W], None]) -> list[W]:
    """Act on the next modal dialog, of that kind, as soon as it is there; the list holds it
    then."""
    seen: list[W] = []

    def on_shown() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        seen.append(dialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.close()

    QTimer.singleShot(0, on_shown)
    return seen
