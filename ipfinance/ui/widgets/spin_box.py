"""A whole number between two bounds, that the wheel does not change by accident."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override


class SpinBox(QSpinBox):
    """E.g. a threshold in the settings; `suffix` is the unit, shown within."""

    def __init__(
        self, lowest: int, highest: int, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.setSuffix(f" {suffix}" if suffix else "")
        self.setGroupSeparatorShown(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the editor inside.
        self.lineEdit().setTextMargins(10, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
