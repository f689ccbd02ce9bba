"""A frame that opens something: by mouse, Enter or the space bar, once it is made clickable."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ipfinance.ui.widgets.label import set_state

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ClickableFrame(QFrame):
    """Not clickable at first; a subclass gives itself an accessible name."""

    clicked = Signal()

    def set_clickable(self, clickable: bool = True) -> None:
        """Let mouse, Enter and the space bar emit `clicked`."""
        set_state(self, "clickable", "true" if clickable else "false")
        policy = Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @property
    def is_clickable(self) -> bool:
        return self.focusPolicy() != Qt.FocusPolicy.NoFocus

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self.is_clickable
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_clickable and event.key() in _KEYS:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
