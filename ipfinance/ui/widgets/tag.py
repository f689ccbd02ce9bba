"""A word in a tone, drawn as a pill beside a label or in a list."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ipfinance.ui.roles import Tone
from ipfinance.ui.theme import HINT, colour, sized

_PADDING = 8


class Tag(QLabel):
    """As wide as its word; `height` is that of the line it stands in."""

    def __init__(
        self, text: str, tone: Tone, parent: QWidget | None = None, *, height: int = 19
    ) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setFont(sized(self.font(), HINT))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: Tone) -> None:
        """Another word in another tone."""
        self._tone = tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING, 19)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._tone.ground))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setPen(colour(self._tone.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
