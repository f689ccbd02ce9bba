"""One line of a short list that opens something: a name, and a number at its right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.ui.widgets.clickable import ClickableFrame
from ipfinance.ui.widgets.label import ElidedLabel, label


class LinkRow(ClickableFrame):
    """`hint` is a smaller second line; `key` is what the row stands for, told by its owner."""

    def __init__(
        self, key: str, name: str, value: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self.setObjectName(f"link_{key}")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(ElidedLabel(name), 1)
        row.addWidget(label(value, "strong"), 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 3)
        column.setSpacing(0)
        column.addLayout(row)
        if hint:
            column.addWidget(ElidedLabel(hint, "hint"))
        self.setAccessibleName(" ".join(part for part in (name, value) if part))
        self.setAccessibleDescription(hint)
        self.set_clickable()
