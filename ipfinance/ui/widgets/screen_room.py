"""How large a window may open: as large as is wanted, and never larger than the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

LEAST = QSize(1280, 720)
"""The smallest screen that the program is made for."""
_AROUND = QSize(48, 56)  # the frame of the window, and something of what is behind it


def open_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window its first size."""
    room = window.screen().availableGeometry().size().expandedTo(LEAST) - _AROUND
    window.resize(QSize(width, height).boundedTo(room))
