"""The pasted notices with what was recognised in them marked in place."""

from bisect import bisect_right
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from ipfinance.intake.notices.events import NoticeEvent
from ipfinance.intake.notices.outcomes import NoticePlan, Planned
from ipfinance.language import tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.theme import colour, sized

# Each mark costs a little at every repaint; beyond this only the chosen event is marked whole.
_MOST_MARKS = 3000
_PLACEHOLDER = tr("粘贴专利公告的文字，可以许多条一起；或拖入文本文件")


class NoticeEdit(QTextEdit):
    """Plain text; recognised values stand on a tinted ground, what is no notice on a yellow one."""

    file_dropped = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice_text")
        self.setAccessibleName(tr("公告文字"))
        self.setPlaceholderText(_PLACEHOLDER)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(sized(self.font(), 14))
        self._plan: NoticePlan | None = None
        self._current: Planned | None = None
        self._wide: list[int] = []

    def mark(self, plan: NoticePlan | None, current: Planned | None = None) -> None:
        """Show what was recognised; the fields of the current event are underlined."""
        self._plan, self._current = plan, current
        marks: list[QTextEdit.ExtraSelection] = []
        if plan is not None and plan.pasted is not None:
            text = plan.pasted.text
            self._wide = _wide_places(text)
            count = sum(len(notice.fields) for notice in plan.pasted.notices)
            for item in plan.items:
                if item is current or count <= _MOST_MARKS:
                    marks.extend(self._event_marks(item.event, item is current))
            for passage in plan.unread[:_MOST_MARKS]:
                marks.append(self._marked(passage.start, passage.end, Tone.WARNING))
        self.setExtraSelections(marks)

    def event_at(self, position: int) -> Planned | None:
        """The event whose notice stands at a position of the cursor."""
        if self._plan is None:
            return None
        for item in self._plan.items:
            for notice in item.event.notices:
                if self.place(notice.start) <= position <= self.place(notice.end):
                    return item
        return None

    def show_span(self, start: int, end: int) -> None:
        """Select a stretch of the text and bring it into view."""
        cursor = self._cursor(start, end)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def place(self, at: int) -> int:
        """Where Qt counts that place: it counts a character beyond U+FFFF as two."""
        return at + bisect_right(self._wide, at - 1)

    def _event_marks(self, event: NoticeEvent, is_current: bool) -> list[QTextEdit.ExtraSelection]:
        marks = []
        for notice in event.notices:
            marks.append(
                self._marked(notice.title.start, notice.title.end, Tone.NEUTRAL, bold=True)
            )
            for field in notice.fields:
                if field.end > field.start:
                    tone = Tone.NEUTRAL if field.key == "other" else Tone.INFO
                    marks.append(self._marked(field.start, field.end, tone, underlined=is_current))
        return marks

    def _marked(
        self, start: int, end: int, tone: Tone, *, bold: bool = False, underlined: bool = False
    ) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        made = QTextCharFormat()
        made.setBackground(colour(tone.ground))
        made.setForeground(colour(tone.text))
        if bold:
            made.setFontWeight(QFont.Weight.Bold)
        if underlined:
            made.setFontUnderline(True)
        selection.cursor = self._cursor(start, end)
        selection.format = made
        return selection

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(self.place(start), last))
        cursor.setPosition(min(self.place(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(files[0])
        else:
            super().insertFromMimeData(source)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._plan is not None:
            self.mark(self._plan, self._current)


def _wide_places(text: str) -> list[int]:
    if not text or max(text) <= "\uffff":
        return []
    return [place for place, letter in enumerate(text) if letter > "\uffff"]
