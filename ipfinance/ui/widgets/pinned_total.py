"""Keeps the totals of a long table in sight: over the last lines of the table while away."""

from itertools import takewhile

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip, QWidget
from typing_extensions import override

from ipfinance.ui.roles import Role
from ipfinance.ui.theme import colour
from ipfinance.ui.widgets.table import ROW_HEIGHT, DataTable


class PinnedTotal(QWidget):
    """Lies over the table and not beneath it, so that nothing moves when it comes and goes."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table.viewport())
        self.setObjectName("pinned_total")
        self._table = table
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        header, model = table.header, table.model()
        for changed in (
            table.verticalScrollBar().valueChanged,
            table.verticalScrollBar().rangeChanged,
            table.horizontalScrollBar().valueChanged,
            header.sectionResized,
            header.sectionMoved,
            model.modelReset,
            model.layoutChanged,
        ):
            changed.connect(self.settle)

    def settle(self) -> None:
        """Come, go, and take the place at the foot of what is shown."""
        totals, room = self._totals(), self._table.viewport().rect()
        away = any(not room.contains(self._row_of(total)) for total in totals)
        self.setVisible(away)
        if away:
            height = len(totals) * ROW_HEIGHT
            self.setGeometry(0, room.height() - height, room.width(), height)
            self.raise_()
            self.update()

    def _totals(self) -> list[QModelIndex]:
        """The first cells of the totals, which are the first lines or the last, as they follow."""
        model = self._table.model()
        rows = range(model.rowCount())
        for order in (reversed(rows), rows):
            found = list(takewhile(_is_total, (model.index(row, 0) for row in order)))
            if found:
                return sorted(found, key=QModelIndex.row)
        return []

    def _row_of(self, index: QModelIndex) -> QRect:
        table = self._table
        return QRect(0, table.rowViewportPosition(index.row()), 1, table.rowHeight(index.row()))

    def _cell_at(self, place: QPoint) -> QModelIndex:
        column = self._table.header.logicalIndexAt(place.x())
        totals = self._totals()
        line = place.y() // ROW_HEIGHT
        if column < 0 or not 0 <= line < len(totals):
            return QModelIndex()
        return totals[line].siblingAtColumn(column)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        header = self._table.header
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("tint"))
        option = QStyleOptionViewItem()
        for line, total in enumerate(self._totals()):
            top = line * ROW_HEIGHT
            for column in range(header.count()):
                if header.isSectionHidden(column):
                    continue
                left, width = header.sectionViewportPosition(column), header.sectionSize(column)
                option.rect = QRect(left, top, width, ROW_HEIGHT)
                self._table.itemDelegate().paint(painter, option, total.siblingAtColumn(column))
            painter.fillRect(0, top, self.width(), 1, colour("line_strong"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not to the line beneath

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._table.opened.emit(cell)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._cell_at(event.pos()).data(Qt.ItemDataRole.ToolTipRole)
            QToolTip.showText(event.globalPos(), str(words or ""), self)
            return True
        return super().event(event)


def _is_total(index: QModelIndex) -> bool:
    return bool(index.data(Role.TOTAL))
