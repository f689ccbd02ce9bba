"""How large and where a dialog opens: as it was left, or as large as is wanted and no larger than
the screen."""

from PySide6.QtCore import QByteArray, QObject, QSettings, QSize
from PySide6.QtWidgets import QDialog

LEAST = QSize(1280, 720)
"""The smallest screen that the program is made for."""
_AROUND = QSize(48, 56)  # the frame of the window, and something of what is behind it


class DialogPlace(QObject):
    """Gives a dialog its size and place, and remembers them by its object name when it closes."""

    def __init__(self, dialog: QDialog, width: int, height: int) -> None:
        """``width`` and ``height`` are the first ones."""
        super().__init__(dialog)
        self._dialog = dialog
        self._key = f"dialogs/{dialog.objectName().removesuffix('_dialog')}"
        kept = QSettings().value(self._key)
        if not (isinstance(kept, QByteArray) and dialog.restoreGeometry(kept)):
            room = dialog.screen().availableGeometry().size().expandedTo(LEAST) - _AROUND
            dialog.resize(QSize(width, height).boundedTo(room))
        dialog.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        QSettings().setValue(self._key, self._dialog.saveGeometry())
