"""The table that every list of the program is shown in."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.label import own_viewport
from ipfinance.ui.widgets.table_columns import ColumnLayout
from ipfinance.ui.widgets.table_copy import copied
from ipfinance.ui.widgets.table_delegate import RowDelegate
from ipfinance.ui.widgets.table_header import TableHeader

ROW_HEIGHT = 36
COPY_LIMIT = 20_000  # rows: more than that is an export


class DataTable(QTableView):
    """Shows any model that speaks the roles of `ipfinance.ui.roles`.

    `key` is the name under which widths, order and choice of columns are remembered, and what a
    person sorted by where the table has a usual order (`sort_by`).
    """

    opened = Signal(QModelIndex)  # double click, or Enter on the current row
    chosen_changed = Signal(int)  # how many rows are selected
    too_many_to_copy = Signal(int)

    def __init__(self, key: str, parent: QWidget | None = None, *, cells: bool = False) -> None:
        """`cells`: single cells are chosen, as in a table of figures, and not whole rows."""
        super().__init__(parent)
        self.setObjectName(f"table_{key}")
        self.setAccessibleName(tr("表格"))  # a page says of what
        own_viewport(self)
        self.hovered = QModelIndex()
        self.columns = ColumnLayout(self, key)
        self.header = TableHeader(self)
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(RowDelegate(self))
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if cells else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(ROW_HEIGHT)
        self.header.sectionClicked.connect(self._on_header_clicked)
        self.header.sectionResized.connect(self.columns.on_resized)
        self.header.sectionMoved.connect(self._on_moved)
        self.header.settled.connect(self.columns.fit)
        self.header.menu_wanted.connect(self._on_menu_wanted)
        self.doubleClicked.connect(self.opened)
        self._sortable = True
        self._usual: tuple[str, Qt.SortOrder] | None = None  # what it is sorted by at first
        self.columns.was_reset.connect(self._sort_as_kept)
        self._menu: QMenu | None = None

    # -- for pages -------------------------------------------------------------------------

    def set_sortable(self, sortable: bool) -> None:
        """Whether a click on a header sorts."""
        self._sortable = sortable

    def sort_by(self, key: str, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the column of that name, which is the usual order, or by what a person sorted
        by last; what he sorts by is remembered from now on."""
        self._usual = (key, order)
        self._sort_as_kept()

    def chosen_rows(self) -> list[int]:
        """Numbers of the selected rows, from the top."""
        rows: set[int] = set()
        for top, bottom in self.chosen_ranges():
            rows.update(range(top, bottom + 1))
        return sorted(rows)

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """The selected rows as (first, last), for sums over more rows than one wants to list."""
        return sorted({(part.top(), part.bottom()) for part in self._parts()})

    def chosen_count(self) -> int:
        """How many rows are selected, without listing them."""
        count, reached = 0, -1
        for top, bottom in self.chosen_ranges():
            count += max(0, bottom - max(top, reached + 1) + 1)
            reached = max(reached, bottom)
        return count

    def chosen(self) -> list[object]:
        """What the model gives as ROW for the selected rows."""
        return [self.model().index(row, 0).data(Role.ROW) for row in self.chosen_rows()]

    def current(self) -> object:
        """What the model gives as ROW for the current row; None when there is none."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(Role.ROW) if index.isValid() else None

    def copy(self, *, headers: bool = False) -> None:
        """Put the selection on the clipboard, in the columns and the order shown."""
        count = self.chosen_count()
        if count > COPY_LIMIT:
            self.too_many_to_copy.emit(count)
        elif count:
            rows = self.chosen_rows()
            data = copied(self.model(), rows, self._copied_columns(), headers=headers)
            QGuiApplication.clipboard().setMimeData(data)

    def shown_columns(self) -> list[int]:
        """The columns that are not hidden, in the order shown."""
        header = self.header
        order = [header.logicalIndex(visual) for visual in range(header.count())]
        return [column for column in order if not header.isSectionHidden(column)]

    def columns_menu(self) -> QMenu:
        """The menu that shows and hides columns, filled anew each time it opens."""
        if self._menu is None:
            self._menu = QMenu(tr("显示的列"), self)
            self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        return self._menu

    def first_visual(self) -> int:
        """Where the first column that is shown stands."""
        header = self.header
        return next(
            (at for at in range(header.count())
             if not header.isSectionHidden(header.logicalIndex(at))), 0,
        )  # fmt: skip

    # -- inside ----------------------------------------------------------------------------

    def _parts(self) -> list[QItemSelectionRange]:
        model: QItemSelectionModel | None = self.selectionModel()
        return [] if model is None else model.selection().toList()

    def _copied_columns(self) -> list[int]:
        shown = self.shown_columns()
        if self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
            return shown
        parts = self._parts()
        return [
            column
            for column in shown
            if any(part.left() <= column <= part.right() for part in parts)
        ]

    def _sort_as_kept(self) -> None:
        if self._usual is None:
            return
        key, order = self.columns.kept_sorting() or self._usual
        for column in range(self.model().columnCount()):
            if self.model().headerData(column, Qt.Orientation.Horizontal, Role.KEY) == key:
                self._sort(column, order)
                return
        raise KeyError(key)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.header.sorted_by = (column, order)
        self.header.viewport().update()
        self.model().sort(column, order)

    def _on_header_clicked(self, column: int) -> None:
        if not self._sortable:
            return
        ascending = Qt.SortOrder.AscendingOrder
        again = self.header.sorted_by == (column, ascending)
        order = Qt.SortOrder.DescendingOrder if again else ascending
        self._sort(column, order)
        if self._usual is not None:
            self.columns.keep_sorting(column, order)

    def _on_moved(self) -> None:
        self.columns.save()
        self.viewport().update()
        self.header.viewport().update()

    def _on_menu_wanted(self, place: QPoint) -> None:
        self.columns_menu().popup(place)

    def _on_menu_about_to_show(self) -> None:
        if self._menu is not None:
            self.columns.fill_menu(self._menu)

    def _on_model_reset(self) -> None:
        self._set_hovered(QModelIndex())
        self.header.reread()
        self.columns.adopt()
        self.columns.fit()

    def _set_hovered(self, index: QModelIndex) -> None:
        before, self.hovered = self.hovered, index
        for row in {before.row(), index.row()} - {-1}:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))
        link = index.isValid() and index.data(Role.LINK)
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        model.modelReset.connect(self._on_model_reset)
        self._on_model_reset()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit(self.chosen_count())

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the focus mark spans the row

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == control | shift:
            self.copy(headers=True)
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & (control | shift)
            and self.currentIndex().isValid()
        ):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose the columns by the menu key too, where a page has no menu of its own."""
        self.columns_menu().popup(event.globalPos())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index != self.hovered:
            self._set_hovered(index)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(QModelIndex())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()
