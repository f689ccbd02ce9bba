"""How the cursor goes through the entry form: Tab, Enter, and what input methods need."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from ipfinance.ui.pages.entry_reading import Spot
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.field import FieldBox

Places = Sequence[tuple[Spot, QWidget]]
Block = Callable[[str, Spot], bool]
_TYPED = (QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonRelease)
# The cursor comes back from these by itself.
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class FieldWatch(ComposingGuard):
    """Watches every field that takes the cursor.

    `takes_block` is offered what is pasted with columns and the field it is pasted into; where
    it takes it, the field does not.
    """

    left = Signal(object)  # Spot: the cursor went from a field
    touched = Signal()  # something may have been typed or chosen

    def __init__(self, places: Callable[[], Places], parent: QWidget) -> None:
        """`places` are the fields in the order of the paper, asked anew each time."""
        super().__init__(parent)
        self._places = places
        self.takes_block: Block | None = None

    def watch_fields(self) -> None:
        """Watch the fields there are now; one that is watched already stays so."""
        for _, editor in self._places():
            editor.installEventFilter(self)

    def spot_of(self, widget: QObject | None) -> Spot | None:
        """Which field this is, None for what is no field."""
        return next((spot for spot, editor in self._places() if editor is widget), None)

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
        if kind in _TYPED:
            self.touched.emit()
        if super().eventFilter(watched, event):
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) and self._took_block(watched)
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if isinstance(watched, QWidget) and event.reason() != Qt.FocusReason.MouseFocusReason:
                bring_into_sight(watched)
        elif (
            kind == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _PASSING
        ):
            self._tell_left(watched)
        return False

    def _took_block(self, watched: QObject) -> bool:
        text, spot = QGuiApplication.clipboard().text(), self.spot_of(watched)
        if "\t" not in text or spot is None or self.takes_block is None:
            return False
        return self.takes_block(text, spot)

    def _tell_left(self, watched: QObject) -> None:
        spot = self.spot_of(watched)
        if spot is not None:
            self.left.emit(spot)


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
