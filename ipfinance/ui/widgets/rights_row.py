"""One patent or trademark in the form: its number, its name, and the verdict on the number."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.icons import IconRole
from ipfinance.ui.theme import HINT, colour, sized
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import ElidedLabel, Picture, set_state
from ipfinance.ui.widgets.party_rows import COLUMN_GAP

_LINE_NUMBER = 26  # room for it at the left inside the field


class Verdict(NamedTuple):
    """What a number is: the form to store, its kind in words, or what is wrong with it."""

    normalized: str
    kind: str
    fault: str = ""


Judge = Callable[[str], Verdict]


class RightRow(QWidget):
    """Tells what happens to it; the list decides what that means."""

    edited = Signal(object)  # the row
    left = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.number = _NumberEdit()
        self.name = QLineEdit()
        self.is_wrong = False
        self._putting = False
        self._said: Verdict | None = Verdict("", "")
        self._picture = Picture("ok", IconRole.OK, 16)
        self._words = ElidedLabel("", "hint")
        self._words.setObjectName("verdict")
        self._remover = button(tr("移除这一件"), "close", Kind.ICON)
        self._remover.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a row that is emptied goes too
        self._remover.clicked.connect(self._on_remove)
        verdict = QWidget()
        line = QHBoxLayout(verdict)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._picture)
        line.addWidget(self._words, 1)
        line.addWidget(self._remover)
        self.setLayout(rights_columns(self.number, self.name, verdict))
        self.say(None)
        for field in (self.number, self.name):
            field.textChanged.connect(self._on_text_changed)
            field.editingFinished.connect(self._on_editing_finished)

    @property
    def is_blank(self) -> bool:
        return not self.number.text().strip() and not self.name.text().strip()

    @property
    def has_focus(self) -> bool:
        return self.number.hasFocus() or self.name.hasFocus()

    @property
    def verdict(self) -> str:
        """What is said of the number."""
        return self._words.text()

    def pair(self) -> tuple[str, str]:
        return self.number.text(), self.name.text()

    def put(self, number: str, name: str) -> None:
        """Write the row without its telling that it was edited."""
        self._putting = True
        self.number.setText(number)
        self.name.setText(name)
        self.name.home(False)  # of a long name the beginning is seen
        self._putting = False

    def say(self, verdict: Verdict | None) -> None:
        """Show the verdict on the number; None shows nothing."""
        if verdict == self._said:
            return
        self._said = verdict
        words = "" if verdict is None else verdict.fault or verdict.kind
        self.is_wrong = verdict is not None and bool(verdict.fault)
        self._picture.setVisible(bool(words))
        if words:
            self._picture.set_icon(
                *(("warning", IconRole.WARNING) if self.is_wrong else ("ok", IconRole.OK))
            )
        self._words.setText(words)
        state = "warning" if self.is_wrong else ""
        set_state(self._words, "state", state)
        set_state(self.number, "state", state)
        self.number.setAccessibleDescription(words)

    def set_place(self, at: int, is_last: bool, words: tuple[str, str]) -> None:
        """Say which row it is, under which headings; the blank last one stays."""
        self.number.set_line_number(at + 1)
        self.number.setObjectName(f"rights_{at + 1}")
        self.name.setObjectName(f"right_names_{at + 1}")
        self.number.setAccessibleName(tr("{column}，第 {row} 行", column=words[0], row=at + 1))
        self.name.setAccessibleName(tr("{column}，第 {row} 行", column=words[1], row=at + 1))
        self.number.setPlaceholderText(tr("可一次粘贴多个号码") if is_last else "")
        self._remover.setVisible(not is_last)

    def _on_text_changed(self) -> None:
        self.name.setToolTip(self.name.text())
        if not self._putting:
            self.edited.emit(self)

    def _on_editing_finished(self) -> None:
        if not self.name.hasFocus():
            self.name.home(False)
        self.left.emit(self)

    def _on_remove(self) -> None:
        self.remove_asked.emit(self)


class _NumberEdit(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self._line_number = ""
        self.setTextMargins(_LINE_NUMBER - 8, 0, 0, 0)

    def set_line_number(self, number: int) -> None:
        self._line_number = str(number)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(sized(self.font(), HINT))
        painter.setPen(colour("text_weak"))
        room = QRect(0, 0, _LINE_NUMBER - 2, self.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, self._line_number)


def rights_columns(number: QWidget, name: QWidget, verdict: QWidget) -> QGridLayout:
    """Numbers are short and names long: they share two columns, the verdict has the third."""
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(COLUMN_GAP)
    line.addWidget(number, 3)
    line.addWidget(name, 5)
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(COLUMN_GAP)
    grid.setVerticalSpacing(0)
    for column in range(3):
        grid.setColumnStretch(column, 1)
        # A column that holds nothing of its own would have no gap beside it.
        holder = QWidget()
        holder.setFixedHeight(0)
        grid.addWidget(holder, 1, column)
    grid.addWidget(both, 0, 0, 1, 2)
    grid.addWidget(verdict, 0, 2)
    return grid


def three_columns(*widgets: QWidget) -> QHBoxLayout:
    """Three columns of the same width, in line with the fields of the other cards."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(COLUMN_GAP)
    for widget in widgets:
        line.addWidget(widget, 1)
    return line
