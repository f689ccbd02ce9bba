"""A field in which a sentence is rewritten around numbers that cannot be altered."""

import math

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.reports.drafts import CLOSE, OPEN, Draft, rewritten
from ipfinance.ui.theme import BODY, colour, sized
from ipfinance.ui.widgets.composing import ComposingGuard

_ROOM = 14  # frame and padding, pixels


class GapEdit(QTextEdit):
    """What would alter a gap 〔56亿元〕 is taken back at once; whole gaps may go or move."""

    changed = Signal()
    refused = Signal()  # something was typed into a gap
    committed = Signal()  # Enter
    cancelled = Signal()  # Escape

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gap_edit")
        self.setAccessibleName(tr("改写语句"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(sized(self.font(), BODY))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._draft = draft  # the gaps there are
        self._good = draft.text
        self._mending = False
        self._painter = _GapPainter(self.document())
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.setPlainText(draft.text)
        self.textChanged.connect(self._on_text_changed)
        ComposingGuard(self)

    def write(self, text: str) -> None:
        """Put other words there; Ctrl+Z brings back what stood there."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    @property
    def draft(self) -> Draft:
        """The sentence in the words that stand there now."""
        made = rewritten(self._draft, " ".join(self._good.split("\n")).strip())
        assert made is not None
        return made

    @property
    def left_out(self) -> list[str]:
        """The gaps that do not stand there any more."""
        left = [gap.text for gap in self._draft.gaps]
        for gap in self.draft.gaps:
            left.remove(gap.text)
        return left

    def _on_text_changed(self) -> None:
        if self._mending:
            return
        text = self.toPlainText()
        if rewritten(self._draft, " ".join(text.split("\n"))) is not None:
            self._good = text
            self.changed.emit()
            return
        self._mending = True
        place = self.textCursor().position() - max(0, len(text) - len(self._good))
        self.undo()
        if self.toPlainText() != self._good:
            self.setPlainText(self._good)
            cursor = self.textCursor()
            cursor.setPosition(max(0, min(place, len(self._good))))
            self.setTextCursor(cursor)
        self._mending = False
        self.refused.emit()

    def _on_size_changed(self, size: QSizeF) -> None:
        self.setFixedHeight(max(58, math.ceil(size.height()) + _ROOM))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class _GapPainter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    @override
    def highlightBlock(self, text: str) -> None:
        gap, mark = QTextCharFormat(), QTextCharFormat()
        for one in (gap, mark):
            one.setBackground(colour("tint"))
        gap.setForeground(colour("accent_text"))
        mark.setForeground(colour("text_weak"))
        start = text.find(OPEN)
        while start >= 0:
            end = text.find(CLOSE, start)
            if end < 0:
                return
            self.setFormat(start, end - start + 1, gap)
            for at in (start, end):
                self.setFormat(at, 1, mark)
            start = text.find(OPEN, end)
