"""A dialog of several fields: turned away from with something typed, it asks first."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.talk import Talk


class FormDialog(QDialog):
    """What its fields hold when it is first shown is what was not typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.talk = Talk()
        self._filled: list[object] | None = None

    def _typed(self) -> list[object]:
        """What each field, combo box and tick holds, in their order."""
        return [
            *(edit.text() for edit in self.findChildren(QLineEdit)),
            *(edit.toPlainText() for edit in self.findChildren(QPlainTextEdit)),
            *(combo.currentText() for combo in self.findChildren(QComboBox)),
            *(one.isChecked() for one in self.findChildren(QAbstractButton) if one.isCheckable()),
        ]

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._filled is None:
            self._filled = self._typed()

    @override
    def reject(self) -> None:
        is_changed = self._filled is not None and self._typed() != self._filled
        if not is_changed or self.talk.ask(
            tr("放弃没有保存的内容？"),
            tr("这里填写的还没有保存，放弃后不能找回。"),
            tr("放弃"),
            tr("返回"),
            danger=True,
        ):
            super().reject()
