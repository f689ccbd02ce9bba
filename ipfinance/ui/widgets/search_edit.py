"""A search field that waits for a pause and for the input method."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.icons import put_icon

PAUSE_MS = 200
_AROUND = 44  # the glass and the margins


class SearchEdit(QLineEdit):
    """`searched` gives the trimmed words once typing pauses, at once for Enter and Escape.

    The hint says what is searched; without the room for it, that it is a search.
    """

    searched = Signal(str)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setPlaceholderText(hint)
        self.setToolTip(hint)
        self.setAccessibleName(hint or tr("搜索"))
        self.setClearButtonEnabled(True)
        glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        put_icon(glass, "search")
        self._composing = False
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text_changed)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self.fontMetrics().horizontalAdvance(self._hint)
        has_room = needed + _AROUND <= self.width()
        self.setPlaceholderText(self._hint if has_room else tr("搜索"))

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # While a word is being composed nothing is searched: half a syllable finds nothing.
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._pause.stop()
        elif self.text().strip() != self._told:
            self._pause.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        if not self._composing:
            self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        words = self.text().strip()
        if words != self._told:
            self._told = words
            self.searched.emit(words)
