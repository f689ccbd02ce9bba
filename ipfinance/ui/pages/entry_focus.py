"""How the cursor goes through the entry form: Tab, Enter, and what input methods need."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from ipfinance.ui.pages.entry_reading import Spot
from ipfinance.ui.widgets.field import FieldBox

Places = Sequence[tuple[Spot, QWidget]]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The cursor comes back from these by itself.
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class FieldWatch(QObject):
    """Watches every field that takes the cursor."""

    left = Signal(object)  # Spot: the cursor went from a field

    def __init__(self, places: Callable[[], Places], parent: QObject) -> None:
        """`places` are the fields in the order of the paper, asked anew each time."""
        super().__init__(parent)
        self._places = places
        self.is_composing = False  # an input method is in the middle of a word

    def watch(self) -> None:
        """Watch the fields there are now; one that is watched already stays so."""
        for _, editor in self._places():
            editor.installEventFilter(self)

    def next_of(self, widget: QWidget) -> QWidget | None:
        """The field after this one, None after the last and for what is no field."""
        editors = [editor for _, editor in self._places() if editor.isEnabled()]
        if widget not in editors:
            return None
        at = editors.index(widget) + 1
        return editors[at] if at < len(editors) else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Enter takes over the word that is being composed and does nothing else.
            return self.is_composing and event.key() in _ENTER
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if isinstance(watched, QWidget) and event.reason() != Qt.FocusReason.MouseFocusReason:
                bring_into_sight(watched)
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.is_composing = False
            if event.reason() not in _PASSING:
                self._tell_left(watched)
        return False

    def _tell_left(self, watched: QObject) -> None:
        for spot, editor in self._places():
            if editor is watched:
                self.left.emit(spot)
                return


def bring_into_sight(editor: QWidget) -> None:
    """Scroll so that a field is seen with its label and the words beneath."""
    shown = editor
    above = editor.parentWidget()
    while above is not None:
        if isinstance(above, FieldBox):
            shown = above
        elif isinstance(above, QScrollArea):
            above.ensureWidgetVisible(shown, 0, 24)
        above = above.parentWidget()
