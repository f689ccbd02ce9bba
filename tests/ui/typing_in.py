"""Typing as a clerk does: keys go to what has the cursor, Chinese through an input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def cursor() -> QWidget:
    """The field that has the cursor."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(text: str) -> None:
    """Letters and digits."""
    QTest.keyClicks(cursor(), text)


def press(
    key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
) -> None:
    for _ in range(times):
        QTest.keyClick(cursor(), key, modifier)


def enter_until(name: str) -> None:
    """Enter from field to field as far as the one of that name."""
    for _ in range(40):
        if cursor().objectName() == name:
            return
        press(Key.Key_Return)
    raise AssertionError(f"{name} was not come to, but {cursor().objectName()}")


def compose(syllables: str) -> None:
    """Letters that an input method shows before it is told which word is meant."""
    QApplication.sendEvent(cursor(), QInputMethodEvent(syllables, []))


def chinese(word: str) -> None:
    """A word through an input method: composed first, then taken over."""
    compose("pin'yin")
    done = QInputMethodEvent("", [])
    done.setCommitString(word)
    QApplication.sendEvent(cursor(), done)


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Key.Key_V, CTRL)
