"""The window's tests: without a display, dressed and speaking Chinese, settings thrown away."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs import form
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.language import speak
from ipfinance.ui.theme import Choice, Theme
from tests.ui.desks import AskedTalk, desk_over


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The one theme of the application; a test that changes it changes it back."""
    QCoreApplication.setOrganizationName("ipfinance")
    QCoreApplication.setApplicationName("tests")
    assert speak(qapp)
    return Theme(qapp, Choice.LIGHT)


@pytest.fixture(autouse=True)
def dressed(theme: Theme, tmp_path: Path) -> None:
    """Every test: dressed, and with settings of its own."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that is closed with something typed in it is not waited for."""
    monkeypatch.setattr(form, "Talk", AskedTalk)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """A worker that has ended when the test has."""
    made = Jobs()
    yield made
    assert made.shutdown()


@pytest.fixture
def desk_and_talk(store: Store, jobs: Jobs, theme: Theme) -> tuple[Desk, AskedTalk]:
    return desk_over(store, jobs, theme)


@pytest.fixture
def desk(desk_and_talk: tuple[Desk, AskedTalk]) -> Desk:
    """A desk over the test's own store, for a page or a dialog."""
    return desk_and_talk[0]


@pytest.fixture
def talk(desk_and_talk: tuple[Desk, AskedTalk]) -> AskedTalk:
    """What is said at that desk, and what it answers."""
    return desk_and_talk[1]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What a dialog belongs to, and is freed with."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do; that is no fault of the window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
