"""The small sheet beside a column of a figure that tells all figures of one place."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ipfinance.ui.theme import HINT, TABLE, colour, sized

_SIDE, _LINE, _GAP = 12, 21, 18
_SWATCH = 9
_AWAY = 6  # from the column it tells of


@dataclass(frozen=True, slots=True)
class TipRow:
    """A name and its figure; `swatch` is the colour of its series, "" for none."""

    name: str
    value: str
    swatch: str = ""
    is_current: bool = False


class FigureTip(QWidget):
    """A child of the view, so that it never leaves the window; the mouse passes through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._within = parent
        self.setObjectName("figure_tip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title = self._foot = ""
        self._rows: tuple[TipRow, ...] = ()
        self._plain = sized(parent.font(), TABLE)
        self._bold = sized(parent.font(), TABLE, bold=True)
        self._small = sized(parent.font(), HINT)
        self.hide()

    @property
    def words(self) -> str:
        """All that is shown, a line for each row."""
        return "\n".join((self._title, *(f"{row.name} {row.value}" for row in self._rows)))

    def tell(
        self, title: str, rows: tuple[TipRow, ...], foot: str, column: QRect, height: int
    ) -> None:
        """Show these beside a column of the view at some height, at the side with room."""
        self._title, self._rows, self._foot = title, rows, foot
        self.resize(self.sizeHint())
        room = self._within.rect()
        x = column.right() + _AWAY
        if x + self.width() > room.right():
            x = column.left() - _AWAY - self.width()
        y = max(0, min(height - self.height() // 2, room.bottom() - self.height()))
        self.move(max(0, x), y)
        self.update()
        self.show()
        self.raise_()

    @override
    def sizeHint(self) -> QSize:
        plain, bold = QFontMetrics(self._plain), QFontMetrics(self._bold)
        wide = max(
            [
                bold.horizontalAdvance(row.name) + bold.horizontalAdvance(row.value)
                for row in self._rows
            ],
            default=0,
        )
        width = max(wide + _SWATCH + 7 + _GAP, bold.horizontalAdvance(self._title))
        width = max(width, plain.horizontalAdvance(self._foot))
        lines = 1 + len(self._rows) + bool(self._foot)
        return QSize(width + 2 * _SIDE, lines * _LINE + 16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("tip"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        line = QRect(_SIDE, 8, self.width() - 2 * _SIDE, _LINE)
        painter.setPen(colour("on_tip"))
        painter.setFont(self._bold)
        painter.drawText(line, _LEFT, self._title)
        for row in self._rows:
            line.translate(0, _LINE)
            self._paint_row(painter, line, row)
        if self._foot:
            line.translate(0, _LINE)
            painter.setFont(self._small)
            faint = QColor(colour("on_tip"))
            faint.setAlphaF(0.75)
            painter.setPen(faint)
            painter.drawText(line, _LEFT, self._foot)

    def _paint_row(self, painter: QPainter, line: QRect, row: TipRow) -> None:
        if row.swatch:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(row.swatch))
            top = line.y() + (line.height() - _SWATCH) / 2
            painter.drawRoundedRect(QRectF(line.x(), top, _SWATCH, _SWATCH), 2, 2)
        painter.setFont(self._bold if row.is_current else self._plain)
        painter.setPen(colour("on_tip"))
        painter.drawText(line.adjusted(_SWATCH + 7, 0, 0, 0), _LEFT, row.name)
        painter.drawText(line, _RIGHT, row.value)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
