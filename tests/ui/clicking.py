"""Clicking as a clerk does: on buttons that are in sight and can be pressed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget


def button(parent: QWidget, name: str) -> QPushButton:
    """The button of that objectName, which must be there: the one in sight, if any is.

    What was drawn anew leaves its old, hidden button behind until Qt has time to free it.
    """
    found = parent.findChildren(QPushButton, name)
    assert found, name
    return next((one for one in found if one.isVisible()), found[0])


def click(parent: QWidget, name: str) -> None:
    """Press a button that is in sight and enabled."""
    found = button(parent, name)
    assert found.isVisible(), name
    assert found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
