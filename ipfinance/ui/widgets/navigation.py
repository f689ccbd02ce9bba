"""The list of pages at the window's left."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui import icons
from ipfinance.ui.icons import IconRole
from ipfinance.ui.theme import BODY, HINT, colour, sized
from ipfinance.ui.widgets.label import ElidedLabel, Picture, label, own_viewport

WIDTH = 184
_ITEM, _GAP = 40, 4
_KEY = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_BADGE = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


class Navigation(QFrame):
    """`chosen` gives the key of the page that a person went to."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        head = QHBoxLayout()
        head.setContentsMargins(18, 0, 8, 0)
        head.setSpacing(6)
        head.addWidget(Picture("shield", IconRole.ACCENT, 22))
        head.addWidget(label(title, "cardtitle"), 1)
        self._list = QListWidget()
        self._list.setObjectName("navigation")
        own_viewport(self._list)
        self._list.setAccessibleName(tr("页面"))
        self._list.setItemDelegate(_ItemDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.currentItemChanged.connect(self._on_current_item_changed)
        self._store = ElidedLabel("", "hint")
        self._version = ElidedLabel("", "hint")
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 8, 8, 0)
        foot.setSpacing(4)
        foot.addWidget(self._store)
        foot.addWidget(self._version)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 1, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def add(self, key: str, text: str, icon: str) -> None:
        """One more page, under the others."""
        item = QListWidgetItem(text)
        item.setData(_KEY, key)
        item.setData(_ICON, icon)
        self._list.addItem(item)

    def set_current(self, key: str) -> None:
        """Mark the page shown; this emits nothing."""
        blocked = self._list.blockSignals(True)
        for row in range(self._list.count()):
            if self._list.item(row).data(_KEY) == key:
                self._list.setCurrentRow(row)
        self._list.blockSignals(blocked)
        self._list.viewport().update()

    def current(self) -> str:
        item: QListWidgetItem | None = self._list.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def set_badge(self, key: str, text: str) -> None:
        """A number at the entry's right: what waits there; "" for none."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(_KEY) == key:
                item.setData(_BADGE, text)
                spoken = tr("{page}，{count} 项待办", page=item.text(), count=text) if text else ""
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken or item.text())

    def set_foot(self, store: str, version: str) -> None:
        """Which store is open, and of which version the program is."""
        self._store.setText(store)
        self._version.setText(version)

    def _on_current_item_changed(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.chosen.emit(str(current.data(_KEY)))


class _ItemDelegate(QStyledItemDelegate):
    def __init__(self, parent: QListWidget) -> None:
        super().__init__(parent)
        self._list = parent
        self._hovered = -1
        parent.entered.connect(self._on_entered)
        self._font = sized(parent.font(), BODY)
        self._bold = sized(parent.font(), BODY, bold=True)
        self._small = sized(parent.font(), HINT)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH - 2, _ITEM + _GAP)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole: QRect = option.rect
        # Not from option.state: loading QStyle's enums would cost 6 ms at start.
        chosen = index.row() == self._list.currentRow()
        hovered = index.row() == self._hovered and self._list.viewport().underMouse()
        shape = QRectF(whole.x() + 10, whole.y() + _GAP / 2, whole.width() - 20, _ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(colour("tint" if chosen else "hover"))
            painter.drawRoundedRect(shape, 6, 6)
        if chosen and self._list.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(shape.adjusted(1, 1, -1, -1), 5, 5)
        role = IconRole.ACCENT if chosen else IconRole.SOFT
        picture = icons.pixmap(str(index.data(_ICON)), role, icons.SIZE)
        painter.drawPixmap(int(shape.x()) + 14, int(shape.y()) + (_ITEM - icons.SIZE) // 2, picture)
        painter.setFont(self._bold if chosen else self._font)
        painter.setPen(colour("accent_text" if chosen else "text_soft"))
        words = shape.adjusted(40, 0, -8, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, left, str(index.data(Qt.ItemDataRole.DisplayRole)))
        badge = str(index.data(_BADGE) or "")
        if badge:
            self._paint_badge(painter, shape, badge)
        painter.restore()

    def _on_entered(self, index: QModelIndex) -> None:
        self._hovered = index.row()

    def _paint_badge(self, painter: QPainter, shape: QRectF, badge: str) -> None:
        painter.setFont(self._small)
        width = max(20, painter.fontMetrics().horizontalAdvance(badge) + 12)
        room = QRectF(shape.right() - width - 8, shape.center().y() - 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("warning_ground"))
        painter.drawRoundedRect(room, 9, 9)
        painter.setPen(colour("warning_text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, badge)
