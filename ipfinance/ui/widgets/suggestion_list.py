"""The list of proposals under a field; it never has the keyboard."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.theme import BODY, HINT, colour, sized

ROWS = 9  # shown at once
_ROW, _FRAME = 32, 5
_WIDEST = 640
Index = QModelIndex | QPersistentModelIndex


class Suggestion(NamedTuple):
    """One proposal: what it puts into the field, what is said beside it, what it stands for."""

    text: str
    note: str
    value: object


class SuggestionList(QListView):
    """One for each window, lent to the field that proposes."""

    chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("completions")
        self.setAccessibleName(tr("可选项"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self._model = _Suggestions(self)
        self.setModel(self._model)
        self.setItemDelegate(_SuggestionDelegate(self))
        self.clicked.connect(self._on_clicked)
        self.hide()

    @classmethod
    def of(cls, window: QWidget) -> "SuggestionList":
        """The list of that window, made when it is first needed."""
        found = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if found is not None else cls(window)

    @property
    def suggestions(self) -> list[Suggestion]:
        return self._model.rows

    @property
    def current(self) -> int:
        """The row that Enter takes, -1 for none."""
        return self.currentIndex().row()

    def step(self, rows: int) -> None:
        """Move on; past the end it starts anew."""
        count = len(self._model.rows)
        if abs(rows) == 1:
            row = (self.current + rows) % count if self.current >= 0 or rows > 0 else count - 1
        else:
            row = min(max(self.current + rows, 0), count - 1)
        self.setCurrentIndex(self._model.index(row, 0))

    def show_under(self, field: QWidget, suggestions: Sequence[Suggestion], current: int) -> None:
        """Show these under the field, or above it where there is no room."""
        self._model.set_rows(suggestions)
        self.setCurrentIndex(self._model.index(current, 0) if current >= 0 else QModelIndex())
        window = self.window()
        height = min(len(suggestions), ROWS) * _ROW + 2 * _FRAME
        width = min(max(field.width(), self._model.width(self)), _WIDEST)
        place = field.mapTo(window, QPoint(0, field.height() + 2))
        if place.y() + height > window.height():
            place.setY(field.mapTo(window, QPoint(0, 0)).y() - height - 2)
        place.setX(max(0, min(place.x(), window.width() - width - 8)))
        self.setGeometry(QRect(place, QSize(width, height)))
        self.raise_()
        self.show()
        if current >= 0:
            self.scrollTo(self._model.index(current, 0))
        else:
            self.scrollToTop()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


class _Suggestions(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Suggestion] = []

    def set_rows(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def width(self, view: QWidget) -> int:
        """How wide the widest proposal is."""
        words = QFontMetrics(sized(view.font(), BODY))
        notes = QFontMetrics(sized(view.font(), HINT))
        return 60 + max(
            words.horizontalAdvance(one.text) + notes.horizontalAdvance(one.note)
            for one in self.rows
        )

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.text}　{row.note}" if row.note else row.text
        if role == Qt.ItemDataRole.UserRole:
            return row.note
        return None


class _SuggestionDelegate(QStyledItemDelegate):
    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._font = sized(view.font(), BODY)
        self._small = sized(view.font(), HINT)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colour("tint" if chosen else "hover"))
            painter.drawRoundedRect(rect, 4, 4)
        room = rect.adjusted(9, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        note = str(index.data(Qt.ItemDataRole.UserRole))
        painter.setFont(self._small)
        painter.setPen(colour("text_soft"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, note)
        taken = painter.fontMetrics().horizontalAdvance(note)
        painter.setFont(self._font)
        painter.setPen(colour("accent_text" if chosen else "text"))
        left = room.adjusted(0, 0, -(taken + 16 if note else 0), 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, left.width()
        )
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
