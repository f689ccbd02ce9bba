"""A field that proposes what is known already, without ever taking the keyboard away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QIcon, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QToolTip, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.widgets.suggestion_list import ROWS, Suggestion, SuggestionList

PAUSE_MS = 120
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS - 1,
    Qt.Key.Key_PageUp: 1 - ROWS,
}

Source = Callable[[str], Sequence[Suggestion]]


class SuggestEdit(QLineEdit):
    """What is typed stays as it is unless a person picks a proposal.

    The list is a child of the window and no popup: a popup would take the keyboard, and with
    it break the word that an input method is composing.
    """

    picked = Signal(object)  # the value of the suggestion

    def __init__(
        self,
        source: Source,
        parent: QWidget | None = None,
        *,
        closed: bool = False,
        short: bool = True,
    ) -> None:
        """`closed`: only what the source proposes is of use, as with areas: there is an arrow,
        and Enter or Tab takes the first proposal. `short`: so they do where letters that stand
        for something longer were typed."""
        super().__init__(parent)
        self._source = source
        self._closed = closed
        self._short = short
        self._composing = False
        self._list: SuggestionList | None = None  # while it is shown
        self._lent: SuggestionList | None = None  # the one of this window
        self._areas: list[QScrollArea] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0 if closed else PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_text_edited)
        if closed:
            arrow = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
            arrow.setText(tr("打开列表"))
            arrow.setToolTip(tr("打开列表（↓）"))
            put_icon(arrow, "chevron-down")
            arrow.triggered.connect(self._on_arrow)

    @property
    def is_open(self) -> bool:
        """Whether proposals are shown now."""
        return self._list is not None

    def proposals(self) -> list[Suggestion]:
        """What is proposed now, none while the list is closed."""
        return [] if self._list is None else self._list.suggestions

    def close_list(self) -> None:
        """Stop proposing until the text is edited again."""
        self._pause.stop()
        if self._list is None:
            return
        shown, self._list = self._list, None
        shown.chosen.disconnect(self._on_chosen)
        for area in self._areas:
            area.verticalScrollBar().valueChanged.disconnect(self.close_list)
        self._areas = []
        shown.hide()

    def _open(self, suggestions: Sequence[Suggestion], current: int) -> None:
        self.close_list()
        if not suggestions or not self.isVisible() or not self.hasFocus():
            return
        shown = SuggestionList.of(self.window())
        if shown is not self._lent:
            self._lent = shown
            self.destroyed.connect(shown.hide)  # whoever is destroyed tells nobody else
        shown.show_under(self, suggestions, current)
        shown.chosen.connect(self._on_chosen)
        self._list = shown
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.close_list)
                self._areas.append(above)
            above = above.parentWidget()

    def _open_all(self) -> None:
        """Everything of a closed list, with what the field holds marked."""
        if self._closed:
            suggestions = self._source("")
            texts = [one.text for one in suggestions]
            self._open(suggestions, texts.index(self.text()) if self.text() in texts else -1)
        else:
            self._open(self._source(self.text().strip()), -1)

    def _on_text_edited(self) -> None:
        if not self._composing:
            self._pause.start()

    def _on_pause(self) -> None:
        text = self.text().strip()
        suggestions = self._source(text) if text else ()
        if len(suggestions) == 1 and suggestions[0].text == text:
            suggestions = ()  # nothing to choose any more
        means_another = self._closed or (self._short and _stands_for_more(text))
        self._open(suggestions, 0 if means_another else -1)

    def _settle(self) -> None:
        """Who types faster than the pause gets the proposals of what was typed."""
        if self._pause.isActive():
            self._pause.stop()
            self._on_pause()

    def _pick(self, row: int) -> None:
        assert self._list is not None
        suggestion = self._list.suggestions[row]
        self.close_list()
        self.setText(suggestion.text)
        self.picked.emit(suggestion.value)

    def _on_chosen(self, row: int) -> None:
        self._pick(row)

    def _on_arrow(self) -> None:
        if self.is_open:
            self.close_list()
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._open_all()

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Half a syllable proposes nothing; the word that is taken over does.
        self._composing = bool(event.preeditString())
        if self._composing:
            self.close_list()
        super().inputMethodEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing or not self._took(event):
            super().keyPressEvent(event)

    def _took(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and plain:
            self._settle()
            row = self._list.current if self._list is not None else -1
            if row < 0:
                self.close_list()
                return False
            self._pick(row)
            return True
        alt_down = key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self._list is None:
            if key == Qt.Key.Key_F4 or alt_down or (key == Qt.Key.Key_Down and plain):
                self._open_all()
                return True
            return False
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key in _STEPS and plain:
            self._list.step(_STEPS[Qt.Key(key)])
            return True
        return False

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        if forwards:
            self._settle()
            if self._list is not None and self._list.current >= 0:
                self._pick(self._list.current)
        self.close_list()
        return super().focusNextPrevChild(forwards)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        self.close_list()
        super().focusOutEvent(event)
        self.home(False)  # of a long name the beginning is seen

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.close_list()  # it would stand where the field no longer is
        super().resizeEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # Escape closes the list before it is anybody's shortcut.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.is_open
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            room = self.rect().width() - self.minimumSizeHint().width()
            if self.fontMetrics().horizontalAdvance(self.text()) > room:
                QToolTip.showText(event.globalPos(), self.text(), self)
                return True
        return super().event(event)


def _stands_for_more(text: str) -> bool:
    """Whether this is initials or a part of a code; Chinese, and GE Medical, may be a new name."""
    is_code = any(character.isdigit() for character in text)
    return text.isascii() and " " not in text and (text.islower() or is_code)
