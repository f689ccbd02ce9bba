"""A message or a question: what it is in bold, what to do beneath, verbs on the buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipfinance.language import tr
from ipfinance.ui import icons
from ipfinance.ui.icons import IconRole
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label

_ICONS = {
    Tone.INFO: ("info", IconRole.ACCENT),
    Tone.OK: ("ok", IconRole.OK),
    Tone.WARNING: ("warning", IconRole.WARNING),
    Tone.DANGER: ("error", IconRole.DANGER),
    Tone.NEUTRAL: ("info", IconRole.SOFT),
}
_WIDTH = 440


class MessageDialog(QDialog):
    """Stands for one question; `ask` shows it and frees it."""

    def __init__(
        self,
        parent: QWidget | None,
        window_title: str,
        tone: Tone,
        title: str,
        text: str,
        answers: Sequence[str],
        *,
        danger: bool = False,
        details: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setWindowTitle(window_title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._chosen: int | None = None
        self._buttons: list[QPushButton] = []
        self._details = details

        name, role = _ICONS[tone]
        picture = QLabel()
        picture.setPixmap(icons.pixmap(name, role, 28))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(_wrapped(title, "cardtitle"))
        if text:
            words.addWidget(_wrapped(text, "soft"))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)

        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(20)
        column.addLayout(top)
        if details:
            column.addWidget(self._details_box(details), 1)
        else:
            column.addStretch(1)
        column.addLayout(self._button_row(answers, danger))
        # Left to itself Qt would take two thirds of a small screen, and cover the buttons.
        width = 640 if details else _WIDTH
        self.setMinimumSize(width, column.totalHeightForWidth(width))

    def ask(self) -> int | None:
        """The index of the answer chosen; None for Escape and the window's cross."""
        self.exec()
        self.deleteLater()
        return self._chosen

    def _details_box(self, details: str) -> QPlainTextEdit:
        box = QPlainTextEdit(details)
        box.setObjectName("details")
        box.setAccessibleName(tr("错误的详细内容"))
        box.setReadOnly(True)
        box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(12)
        box.setFont(font)
        box.setMinimumHeight(220)
        return box

    def _button_row(self, answers: Sequence[str], danger: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._details:
            copy = button(tr("复制"), "copy", name="copy")
            copy.clicked.connect(self._on_copy)
            row.addWidget(copy)
        row.addStretch(1)
        for index, words in enumerate(answers):
            last = index == len(answers) - 1
            kind = (Kind.DANGER if danger else Kind.PRIMARY) if last else Kind.PLAIN
            one = button(words, kind=kind, name=f"answer{index}")
            one.setMinimumWidth(84)
            one.clicked.connect(self._on_answer)
            # What cannot be taken back is never one slip of the Enter key away.
            proposed = index == 0 if danger else last
            one.setDefault(proposed)
            one.setAutoDefault(proposed)
            if proposed:
                one.setFocus()
            self._buttons.append(one)
            row.addWidget(one)
        return row

    def _on_answer(self) -> None:
        self._chosen = next(
            index for index, one in enumerate(self._buttons) if one is self.sender()
        )
        self.accept()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _wrapped(text: str, look: str) -> QLabel:
    words = label(text, look)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setMinimumWidth(_WIDTH - 96)
    return words
