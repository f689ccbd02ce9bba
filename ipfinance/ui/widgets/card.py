"""The white, rounded surface that things on a page stand on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class CardTitle(QLabel):
    """The heading of a card: 15 px, bold."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "cardtitle")


class Card(QFrame):
    """`body` takes the content; `head` takes what stands at the right of the title.

    `padded=False` lets a table reach the edges.
    """

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, padded: bool = True
    ) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        # One pixel is the border: what is inside must not paint over it.
        margins = (20, 16, 20, 14) if padded else (1, 1, 1, 1)
        self._column.setContentsMargins(*margins)
        self._column.setSpacing(10 if padded else 0)
        self.title = CardTitle(title)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        if title:
            self.setAccessibleName(title)
            if not padded:
                self.head.setContentsMargins(16, 14, 15, 2)
            self._column.addLayout(self.head)
        else:
            self.title.setParent(self)
            self.title.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10 if padded else 0)
        self._column.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Other words for a card that has a title."""
        self.title.setText(title)
        self.setAccessibleName(title)
