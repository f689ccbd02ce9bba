"""A line across the page that says what stands in the way, with links to the places."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from ipfinance.language import listed, sentences, tr
from ipfinance.ui.icons import IconRole
from ipfinance.ui.roles import Tone
from ipfinance.ui.theme import colour
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import Picture, set_state

_ICONS = {
    Tone.DANGER: ("error", IconRole.DANGER),
    Tone.WARNING: ("warning", IconRole.WARNING),
    Tone.OK: ("ok", IconRole.OK),
    Tone.INFO: ("info", IconRole.ACCENT),
    Tone.NEUTRAL: ("info", IconRole.SOFT),
}
Link = tuple[str, str]  # the key that linkActivated gives, and the words shown


class Banner(QFrame):
    """Hidden until it has something to say."""

    linkActivated = Signal(str)  # noqa: N815  named as Qt's own
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self._tone = Tone.INFO
        self._text = ""
        self._links: tuple[Link, ...] = ()
        self._picture = Picture("info", IconRole.ACCENT, 18)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setAccessibleName(tr("提示"))
        self._words.linkActivated.connect(self.linkActivated)
        self.row = QHBoxLayout(self)  # a page may add a button at its end
        self.row.setContentsMargins(14, 1, 4, 1)
        self.row.setSpacing(9)
        self.row.addWidget(self._picture)
        self.row.addWidget(self._words, 1)
        self.setMinimumHeight(36)
        if closable:
            self._add_cross()
        self.hide()

    def say(self, tone: Tone, text: str, links: Sequence[Link] = ()) -> None:
        """Show `text`, followed by the links as a list."""
        self._tone, self._text, self._links = tone, text, tuple(links)
        set_state(self, "tone", str(tone))
        for part in self.findChildren(QWidget):
            part.style().unpolish(part)
            part.style().polish(part)
        self._picture.set_icon(*_ICONS[tone])
        self._fill()
        # Without a link there is nothing in it to go to by keyboard.
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            if links
            else Qt.TextInteractionFlag.NoTextInteraction
        )
        spoken = sentences(text, listed(words for _key, words in self._links))
        self.setAccessibleName(spoken)
        self._words.setAccessibleName(spoken)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._text, self._links = "", ()
        self.hide()

    @property
    def text(self) -> str:
        """What is said, without the links."""
        return self._text

    def _fill(self) -> None:
        from html import escape  # not needed until something is said

        # Rich text knows nothing of the style sheet: the link's colour is written into it.
        style = f"color:{colour(self._tone.text).name()}"
        links = listed(
            f'<a href="{escape(key, quote=True)}" style="{style}">{escape(words)}</a>'
            for key, words in self._links
        )
        self._words.setText(sentences(escape(self._text), links))

    def _add_cross(self) -> QPushButton:
        cross = button(tr("关闭提示"), "close", Kind.ICON, name="close_banner")
        cross.clicked.connect(self._on_cross)
        self.row.addWidget(cross)
        return cross

    def _on_cross(self) -> None:
        self.clear()
        self.closed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._text:
            self._fill()
