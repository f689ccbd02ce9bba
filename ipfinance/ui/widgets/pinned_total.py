"""Keeps the total of a long table in sight: over the last line of the table while it is away."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
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
        total, room = self._total(), self._table.viewport().rect()
        away = total.isValid() and not room.contains(self._row_of(total))
        self.setVisible(away)
        if away:
            self.setGeometry(0, room.height() - ROW_HEIGHT, room.width(), ROW_HEIGHT)
            self.raise_()
            self.update()

    def _total(self) -> QModelIndex:
        """The first cell of the total, which is the first line or the last."""
        model = self._table.model()
        for row in (model.rowCount() - 1, 0):
            index = model.index(row, 0)
            if index.isValid() and index.data(Role.TOTAL):
                return index
        return QModelIndex()

    def _row_of(self, index: QModelIndex) -> QRect:
        table = self._table
        return QRect(0, table.rowViewportPosition(index.row()), 1, table.rowHeight(index.row()))

    def _cell_at(self, x: int) -> QModelIndex:
        column = self._table.header.logicalIndexAt(x)
        return self._total().siblingAtColumn(column) if column >= 0 else QModelIndex()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        total, header = self._total(), self._table.header
        if not total.isValid():
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("tint"))
        option = QStyleOptionViewItem()
        for column in range(header.count()):
            if header.isSectionHidden(column):
                continue
            left, width = header.sectionViewportPosition(column), header.sectionSize(column)
            option.rect = QRect(left, 0, width, self.height())
            self._table.itemDelegate().paint(painter, option, total.siblingAtColumn(column))
        painter.fillRect(0, 0, self.width(), 1, colour("line_strong"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not to the line beneath

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(int(event.position().x()))
        if cell.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._table.opened.emit(cell)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._cell_at(event.pos().x()).data(Qt.ItemDataRole.ToolTipRole)
            QToolTip.showText(event.globalPos(), str(words or ""), self)
            return True
        return super().event(event)
