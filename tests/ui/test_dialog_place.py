"""A dialog opens as large as it was left."""

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ipfinance.ui.widgets.dialog_place import DialogPlace


def opened(qtbot: QtBot, name: str = "lists_dialog") -> QDialog:
    dialog = QDialog()
    dialog.setObjectName(name)
    qtbot.addWidget(dialog)
    DialogPlace(dialog, 640, 480)
    dialog.show()
    return dialog


@pytest.mark.parametrize("way", [QDialog.accept, QDialog.reject, QDialog.close])
def test_that_it_is_as_large_as_it_was_when_it_was_closed(qtbot: QtBot, way: object) -> None:
    first = opened(qtbot)
    assert first.size() == QSize(640, 480)
    first.resize(711, 533)
    assert callable(way)
    way(first)
    assert opened(qtbot).size() == QSize(711, 533)
    assert opened(qtbot, "another_dialog").size() == QSize(640, 480)


def test_that_escape_is_a_close_too(qtbot: QtBot) -> None:
    first = opened(qtbot)
    first.resize(700, 500)
    QTest.keyClick(first, Qt.Key.Key_Escape)
    assert opened(qtbot).size() == QSize(700, 500)


def test_that_it_is_never_larger_than_the_screen_at_first(qtbot: QtBot) -> None:
    dialog = QDialog()
    dialog.setObjectName("huge_dialog")
    qtbot.addWidget(dialog)
    DialogPlace(dialog, 9000, 9000)
    screen = QApplication.primaryScreen().availableGeometry().size()
    assert dialog.width() <= max(1280, screen.width())
    assert dialog.height() <= max(720, screen.height())


def test_that_what_cannot_be_read_is_passed_over(qtbot: QtBot) -> None:
    QSettings().setValue("dialogs/lists", "not a geometry")
    assert opened(qtbot).size() == QSize(640, 480)
