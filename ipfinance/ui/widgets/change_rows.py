"""The changed items of a change event: what was changed, before and after, one a row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.domain.pledge import Change
from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import ElidedLabel, label, set_state
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from ipfinance.ui.widgets.suggestion_list import Suggestion

_GAP = 8


class ChangeRows(QWidget):
    """`items` proposes what may be changed; the value of a proposal is what it was before."""

    rows_changed = Signal()

    def __init__(
        self, items: Callable[[str], Sequence[Suggestion]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("field_changes")
        self._items = items
        self._rows: list[tuple[SuggestEdit, QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(6)
        for column, (words, share) in enumerate(
            ((tr("变更事项"), 2), (tr("变更前"), 3), (tr("变更后"), 3))
        ):
            self._grid.addWidget(label(words, "label"), 0, column)
            self._grid.setColumnStretch(column, share)
        self.adder = button(tr("添加一项"), "add", Kind.QUIET, name="add_change")
        self.adder.clicked.connect(self._on_add)
        self._message = ElidedLabel("", "hint")
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(4)
        column_.addLayout(self._grid)
        column_.addWidget(self._message)
        column_.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, changes: Sequence[Change]) -> None:
        """Show these, or one blank row."""
        for change in changes or (Change("", "", ""),):
            for field, text in zip(
                self._append(), (change.item, change.before, change.after), strict=True
            ):
                field.setText(text)
                field.home(False)  # of a long name the beginning is seen
                field.setToolTip(text)

    def changes(self) -> tuple[Change, ...]:
        """The rows that hold anything."""
        told = [tuple(field.text().strip() for field in row) for row in self._rows]
        return tuple(Change(*texts) for texts in told if any(texts))

    def set_fault(self, text: str) -> None:
        """What is wrong with them, in one sentence; "" when it is mended."""
        self._message.setText(text)
        state = "fault" if text else ""
        set_state(self._message, "state", state)
        for field in self._rows[0]:
            set_state(field, "state", state)
            field.setAccessibleDescription(tr("错误：{fault}", fault=text) if text else "")

    def go_there(self) -> None:
        """Put the cursor into the first item."""
        self._rows[0][0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _append(self) -> tuple[SuggestEdit, QLineEdit, QLineEdit]:
        at = len(self._rows) + 1
        row = (SuggestEdit(self._items), QLineEdit(), QLineEdit())
        for column, (field, name, words) in enumerate(
            zip(
                row,
                ("item", "before", "after"),
                (tr("变更事项"), tr("变更前"), tr("变更后")),
                strict=True,
            )
        ):
            field.setObjectName(f"change_{name}_{at}")
            field.setAccessibleName(tr("{column}，第 {at} 项", column=words, at=at))
            self._grid.addWidget(field, at, column)
        row[0].picked.connect(self._on_picked)
        self._rows.append(row)
        return row

    def _on_add(self) -> None:
        row = self._append()
        for field in row:
            field.show()
        QWidget.setTabOrder(row[1], row[2])
        QWidget.setTabOrder(row[2], self.adder)
        row[0].setFocus(Qt.FocusReason.TabFocusReason)
        self.rows_changed.emit()

    def _on_picked(self, before: str) -> None:
        for item, field, _ in self._rows:
            if item is self.sender() and not field.text():
                field.setText(before)
