"""Lets Enter belong to the input method while a word is being composed, in any set of fields."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ComposingGuard(QObject):
    """Enter takes over the word that is being composed and does nothing else: it presses no
    default button, starts no search and goes to no other field."""

    def __init__(self, parent: QWidget) -> None:
        """Watches the text fields that `parent` has now; `watch` adds those that come later."""
        super().__init__(parent)
        self.is_composing = False
        self.watch(parent)

    def watch(self, parent: QWidget) -> None:
        """Watch the text fields in a widget; one that is watched already stays so."""
        for kind in (QLineEdit, QPlainTextEdit):
            for field in parent.findChildren(kind):
                field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        elif kind == QEvent.Type.FocusOut:
            self.is_composing = False
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.is_composing and event.key() in _ENTER
        return False
