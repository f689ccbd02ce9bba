"""What stands where there is nothing yet: a picture, one line what, one line what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ipfinance.ui.icons import IconRole
from ipfinance.ui.widgets.label import Picture, label


class EmptyState(QWidget):
    """Centred in whatever room it gets."""

    def __init__(
        self,
        icon: str,
        title: str,
        hint: str = "",
        *buttons: QPushButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        self._picture = Picture(icon, IconRole.SOFT, 44)
        self._title = label(title, "cardtitle")
        self._hint = label(hint, "label")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        column.addStretch(10)
        for part in (self._picture, self._title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
            if part is self._picture:
                column.addSpacing(10)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.setContentsMargins(0, 10, 0, 0)
        self._row.addStretch(1)
        for one in buttons:
            self._row.addWidget(one)
        self._row.addStretch(1)
        column.addLayout(self._row)
        column.addStretch(12)  # a little above the middle looks like the middle

    def set_words(self, title: str, hint: str = "", icon: str = "") -> None:
        """Say something else, e.g. that the filter found nothing."""
        self._title.setText(title)
        self._hint.setText(hint)
        if icon:
            self._picture.set_icon(icon, IconRole.SOFT)
