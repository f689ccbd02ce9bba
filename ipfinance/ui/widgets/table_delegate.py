"""Paints the rows of a table: hairlines, pills, totals, what is hovered and what is chosen."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)
from typing_extensions import override

from ipfinance.ui.roles import Look, Role, Tone
from ipfinance.ui.theme import HINT, TABLE, colour, sized

if TYPE_CHECKING:
    from ipfinance.ui.widgets.table import DataTable

PADDING = 12
PILL_PADDING = 8
PILL_HEIGHT = 21
Index = QModelIndex | QPersistentModelIndex

_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value
_LEFT = Qt.AlignmentFlag.AlignLeft.value | _MIDDLE


class RowDelegate(QStyledItemDelegate):
    """An ::item ground in the style sheet would switch BackgroundRole off: rows are painted."""

    def __init__(self, table: "DataTable") -> None:
        super().__init__(table)
        self._table = table
        font = table.font()
        self._font = sized(font, TABLE)
        self._bold = sized(font, TABLE, bold=True)
        self._pill = sized(font, HINT)
        self._link = sized(font, TABLE)
        self._link.setUnderline(True)
        self._plain_metrics = QFontMetrics(self._font)
        self._bold_metrics = QFontMetrics(self._bold)
        self._pill_metrics = QFontMetrics(self._pill)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        # Not from option.state: loading QStyle's enums would cost 6 ms at start.
        selected = self._table.selectionModel().isSelected(index)
        look = index.data(Role.LOOK) or _look(index)
        painter.save()
        painter.fillRect(rect, self._ground(index, selected, look))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        self._paint_focus(painter, rect, index)
        if look.text:
            room = rect.adjusted(PADDING, 0, -PADDING, -1)
            if look.pill:
                self._paint_pill(painter, room, look.text, look.pill)
            else:
                self._paint_text(painter, room, index, look)
        painter.restore()

    def _ground(self, index: Index, selected: bool, look: Look) -> QColor:
        if selected:
            return colour("selected")
        if look.total:
            return colour("tint")
        if look.fault:
            return colour(look.fault.ground)
        if index.row() == self._table.hovered.row():
            return colour("hover")
        return colour("zebra" if index.row() % 2 else "card")

    def _paint_focus(self, painter: QPainter, rect: QRect, index: Index) -> None:
        table = self._table
        current = table.currentIndex()
        if index.row() != current.row() or not table.hasFocus():
            return
        if table.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
            if table.horizontalHeader().visualIndex(index.column()) == table.first_visual():
                painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, colour("accent"))
        elif index.column() == current.column():
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _paint_text(self, painter: QPainter, room: QRect, index: Index, look: Look) -> None:
        hovered = index == self._table.hovered and index.data(Role.LINK)
        if hovered:
            painter.setFont(self._bold if look.total else self._link)
            painter.setPen(colour("accent_text"))
        else:
            painter.setFont(self._bold if look.total else self._font)
            soft = look.soft and not look.total
            painter.setPen(colour("text_soft" if soft else "text"))
        metrics = self._bold_metrics if look.total else self._plain_metrics
        shown = metrics.elidedText(look.text, elision(look.text), room.width())
        painter.drawText(room, look.alignment, shown)

    def _paint_pill(self, painter: QPainter, room: QRect, text: str, tone: Tone) -> None:
        width = min(self._pill_metrics.horizontalAdvance(text) + 2 * PILL_PADDING, room.width())
        top = room.y() + (room.height() - PILL_HEIGHT) / 2
        shape = QRectF(room.x(), top, width, PILL_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tone.ground))
        painter.drawRoundedRect(shape, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
        painter.setFont(self._pill)
        painter.setPen(colour(tone.text))
        inner = int(width) - 2 * PILL_PADDING
        shown = self._pill_metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner + 1)
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, shown)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self._table.verticalHeader().defaultSectionSize()
        return QSize(self._width(index) + 2 * PADDING, height)

    def _width(self, index: Index) -> int:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.data(Role.PILL):
            return self._pill_metrics.horizontalAdvance(text) + 2 * PILL_PADDING
        metrics = self._bold_metrics if index.data(Role.TOTAL) else self._plain_metrics
        return metrics.horizontalAdvance(text)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        words = index.data(Qt.ItemDataRole.ToolTipRole)
        room = view.visualRect(_plain(index)).width() - 2 * PADDING
        if not words and self._width(index) > room:
            words = index.data(Qt.ItemDataRole.DisplayRole)
        QToolTip.showText(event.globalPos(), str(words or ""), view)
        return True


def elision(text: str) -> Qt.TextElideMode:
    """Names and sentences are told apart by how they begin, numbers (第00021号) by how they end."""
    is_number = text.rstrip("号")[-1:].isdigit() and " " not in text
    return Qt.TextElideMode.ElideMiddle if is_number else Qt.TextElideMode.ElideRight


def _look(index: Index) -> Look:
    """What a model tells only role by role."""
    pill, fault = index.data(Role.PILL), index.data(Role.FAULT)
    return Look(
        text=str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
        alignment=_alignment(index),
        soft=bool(index.data(Role.SOFT)),
        total=bool(index.data(Role.TOTAL)),
        pill=Tone(pill) if pill else None,
        fault=Tone(fault) if fault else None,
    )


def _alignment(index: Index) -> int:
    wanted: Any = index.data(Qt.ItemDataRole.TextAlignmentRole)
    if wanted is None:
        return _LEFT
    return int(getattr(wanted, "value", wanted)) | _MIDDLE


def _plain(index: Index) -> QModelIndex:
    model: QAbstractItemModel = index.model()
    return model.index(index.row(), index.column(), index.parent())
