"""Acting on a dialog that keeps the program waiting until it is closed."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


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
