"""Where somebody is in a long table: kept when the same list is read anew."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from ipfinance.ui.models.paged import PagedModel
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.widgets.table import DataTable

_KEPT = 500  # chosen rows; with more the choice is given up


class TablePlace(QObject):
    """Remembers the current row, the chosen rows and the scroll bar before each reset."""

    def __init__(self, table: DataTable, model: PagedModel[Any] | RowsModel[Any]) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._current: Hashable | None = None
        self._chosen: list[Hashable] = []
        self._offset = 0
        model.modelAboutToBeReset.connect(self._on_about_to_be_reset)

    def restore(self) -> None:
        """Go back there, as far as the rows are still in the list."""
        selection = QItemSelection()
        last = self._model.columnCount() - 1
        for number in self._chosen:
            at = self._model.place_of(number)
            if at is not None:
                selection.select(self._model.index(at, 0), self._model.index(at, last))
        flag = QItemSelectionModel.SelectionFlag
        chooser = self._table.selectionModel()
        chooser.select(selection, flag.ClearAndSelect)
        at = None if self._current is None else self._model.place_of(self._current)
        if at is not None:
            chooser.setCurrentIndex(self._model.index(at, 0), flag.NoUpdate)
        self._table.verticalScrollBar().setValue(self._offset)

    def _on_about_to_be_reset(self) -> None:
        number_at = self._model.number_at
        index = self._table.currentIndex()
        self._current = number_at(index.row()) if index.isValid() else None
        few = self._table.chosen_count() <= _KEPT
        self._chosen = [number_at(row) for row in self._table.chosen_rows()] if few else []
        self._offset = self._table.verticalScrollBar().value()
