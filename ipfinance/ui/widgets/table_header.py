"""The header of a table: bold words, ↓ in the text, and headings over groups of columns."""

import re
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ipfinance.ui.roles import Role
from ipfinance.ui.theme import TABLE, colour, sized
from ipfinance.ui.widgets.label import own_viewport
from ipfinance.ui.widgets.table_delegate import PILL_PADDING

HEIGHT = 37
PADDING = 12
_PITCH = 15  # from line to line of a head of two
_UNIT = re.compile(r" (\([^)]*\))")


class TableHeader(QHeaderView):
    """Fusion's sort arrow stands beside the next column, so the arrow is part of the words."""

    settled = Signal()  # the mouse let go: widths and order stay as they are now
    menu_wanted = Signal(object)  # QPoint on the screen
    # Kept, for Qt asks for the height a dozen times a column; of the class, for it still asks while
    # the object is taken apart and its own attributes are gone.
    grouped = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        own_viewport(self)
        self._font = sized(parent.font(), TABLE, bold=True)
        self._metrics = QFontMetrics(self._font)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None

    def words(self, section: int) -> str:
        """The header's text with its arrow."""
        text = str(self._ask(section, Qt.ItemDataRole.DisplayRole) or "")
        if self.sorted_by is None or self.sorted_by[0] != section:
            return text
        return f"{text} {'↑' if self.sorted_by[1] == Qt.SortOrder.AscendingOrder else '↓'}"

    def needed_width(self, section: int) -> int:
        """Room for the words, and for the arrow that may come; and for the words of its cells
        where they are known beforehand."""
        text = str(self._ask(section, Qt.ItemDataRole.DisplayRole) or "")
        words = [self._metrics.horizontalAdvance(line) for line in self._lines(text + " ↓")]
        pill = 2 * PILL_PADDING if self._ask(section, Role.PILL) else 0
        for word in self._ask(section, Role.WORDS) or ():
            words.append(self._metrics.horizontalAdvance(word) + pill)
        return max(words) + 2 * PADDING + 2  # what is cut is measured in parts of a pixel

    def _lines(self, words: str) -> list[str]:
        """The words in two lines where they have a unit, which an English head has no room for
        beside its name: "Amount ↓", "(CNY 10,000)"."""
        unit = None if self.grouped else _UNIT.search(words)
        if unit is None:
            return [words]
        return [words[: unit.start()] + words[unit.end() :], unit[1]]

    def reread(self) -> None:
        """Look anew whether there are groups; the table calls this when the columns change."""
        grouped = any(self._group(section) for section in range(self.count()))
        if grouped != self.grouped:
            self.grouped = grouped
            self.updateGeometry()

    def _ask(self, section: int, role: int) -> Any:
        model: QAbstractItemModel | None = self.model()  # gone first when the window closes
        return None if model is None else model.headerData(section, Qt.Orientation.Horizontal, role)

    def _group(self, section: int) -> str:
        return str(self._ask(section, Role.GROUP) or "")

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT * (2 if self.grouped else 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        whole = self.viewport().rect()
        painter.fillRect(whole, colour("header"))
        painter.fillRect(0, whole.bottom(), whole.width(), 1, colour("line_strong"))
        painter.end()
        super().paintEvent(event)
        if self.grouped:
            self._paint_groups()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        painter.fillRect(rect, colour("header"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line_strong"))
        if self._group(logical_index):
            rect = rect.adjusted(0, rect.height() // 2, 0, 0)
        if self.underMouse():
            # Shows where a column can be taken hold of.
            inset = rect.height() // 3
            painter.fillRect(
                rect.right(), rect.y() + inset, 1, rect.height() - 2 * inset, colour("line_strong")
            )
        painter.setFont(self._font)
        sorts = self.sorted_by is not None and self.sorted_by[0] == logical_index
        painter.setPen(colour("text" if sorts else "text_soft"))
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        wanted = self._ask(logical_index, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(int(getattr(wanted, "value", wanted) or 0) & Qt.AlignmentFlag.AlignRight.value)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        lines = self._lines(self.words(logical_index))
        room.translate(0, -_PITCH * (len(lines) - 1) // 2)
        for line in lines:
            words = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
            room.translate(0, _PITCH)

    def _paint_groups(self) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self._font)
        middle = self.height() // 2
        for text, left, right in self._runs():
            room = QRect(left, 0, right - left, middle)
            painter.fillRect(room, colour("header"))
            painter.fillRect(left + PADDING // 2, middle - 1, right - left - PADDING, 1,
                             colour("line"))  # fmt: skip
            painter.setPen(colour("text_soft"))
            shown = self._metrics.elidedText(
                text, Qt.TextElideMode.ElideRight, room.width() - 2 * PADDING
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def _runs(self) -> list[tuple[str, int, int]]:
        """Neighbouring columns of one group, as they stand now: (heading, left, right)."""
        runs: list[tuple[str, int, int]] = []
        before = ""
        for visual in range(self.count()):
            section = self.logicalIndex(visual)
            if self.isSectionHidden(section):
                continue
            text = self._group(section)
            left = self.sectionViewportPosition(section)
            right = left + self.sectionSize(section)
            if text and text == before:
                runs[-1] = (text, runs[-1][1], right)
            elif text:
                runs.append((text, left, right))
            before = text
        return runs

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.settled.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.viewport().update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
