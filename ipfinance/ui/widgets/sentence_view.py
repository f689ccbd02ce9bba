"""A sentence in which each number is a link: hovered or reached by Tab it tells, clicked it opens.

It is as high as its text, so that sentences stand beneath each other as on a printed page.
"""

import math

from PySide6.QtCore import QEvent, QRect, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget
from typing_extensions import override

from ipfinance.reports.sentences import Sentence
from ipfinance.ui.theme import colour, sized

TEXT = 16  # pixels: read, not filled in
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_BAR = 3  # pixels under the number that the keyboard has reached
_ROOM = 8  # above and below the text
_LINE_HEIGHT = 122.0  # per cent of what the font asks for


class SentenceView(QTextBrowser):
    """Numbers are told by their place among the figures of the sentence."""

    told = Signal(int)  # the mouse or the keyboard is on this number
    opened = Signal(int)  # clicked, or Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sentence")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(sized(self.font(), TEXT))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._sentence = Sentence("", ())
        self._lit: int | None = None
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.highlighted.connect(self._on_highlighted)

    def set_sentence(self, sentence: Sentence) -> None:
        """Show another sentence."""
        self._sentence, self._lit = sentence, None
        self.setAccessibleName(sentence.text)
        self._write()

    @property
    def sentence(self) -> Sentence:
        return self._sentence

    def light(self, number: int | None) -> None:
        """Mark the number that is told of elsewhere; None for none."""
        if number != self._lit:
            before, self._lit = self._lit, number
            for one in (before, number):
                if one is not None:
                    self._mark(one)

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        lines = QTextBlockFormat()
        lines.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(lines)
        plain = QTextCharFormat()
        plain.setForeground(colour("text"))
        at = 0
        for number, figure in enumerate(self._sentence.figures):
            cursor.insertText(self._sentence.text[at : figure.start], plain)
            cursor.insertText(figure.text, self._link(number))
            at = figure.end
        cursor.insertText(self._sentence.text[at:], plain)

    def _link(self, number: int) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setAnchor(True)
        made.setAnchorHref(f"number:{number}")
        made.setForeground(colour("accent_text"))
        # Dots beneath: a link for those, too, who do not see its colour.
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setUnderlineColor(colour("accent_text"))
        if number == self._lit:
            made.setBackground(colour("tint"))
        return made

    def _mark(self, number: int) -> None:
        if number >= len(self._sentence.figures):
            return
        figure = self._sentence.figures[number]
        cursor = QTextCursor(self.document())
        cursor.setPosition(figure.start)
        cursor.setPosition(figure.end, QTextCursor.MoveMode.KeepAnchor)
        made = self._link(number)
        if number != self._lit:
            made.clearProperty(QTextFormat.Property.BackgroundBrush.value)
        cursor.setCharFormat(made)

    def _on_size_changed(self, size: QSizeF) -> None:
        self.setFixedHeight(math.ceil(size.height()) + _ROOM)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        self.opened.emit(int(url.path()))

    def _on_highlighted(self, url: QUrl) -> None:
        if url.path():
            self.told.emit(int(url.path()))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.anchorAt(
            event.position().toPoint()
        ):
            # A click beside the numbers takes the mark of the keyboard away.
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().mousePressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and self._sentence.figures:
            # Straight to the first number, or coming from below to the last.
            self.focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stays = super().focusNextPrevChild(next)
        number = self._number_at_cursor()
        if stays and number is not None:
            self.told.emit(number)
        return stays

    def _number_at_cursor(self) -> int | None:
        """The number that the keyboard has reached."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        starts = [figure.start for figure in self._sentence.figures]
        at = cursor.selectionStart()
        return starts.index(at) if at in starts else None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or self._number_at_cursor() is None:
            return
        cursor = self.textCursor()
        ends = []
        for place in (cursor.selectionStart(), cursor.selectionEnd()):
            at = QTextCursor(self.document())
            at.setPosition(place)
            ends.append(self.cursorRect(at))
        first, last = ends
        painter = QPainter(self.viewport())
        # A bar beneath: a frame around would cover the comma that follows.
        bars = [(first.left(), last.right(), last.bottom())]
        if first.top() != last.top():  # it runs over the end of a line
            bars = [
                (first.left(), self.viewport().width(), first.bottom()),
                (0, last.right(), last.bottom()),
            ]
        for left, right, bottom in bars:
            painter.fillRect(QRect(left, bottom - 2, right - left, _BAR), colour("accent"))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._sentence.text:
            self._write()  # in the colours of the theme worn now
