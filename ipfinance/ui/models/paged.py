"""A table model over a long array of numbers whose rows are read by the page, as they are seen."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Role

Index = QModelIndex | QPersistentModelIndex

PAGE = 64  # rows read at once: more than a screen shows, few enough not to be felt
KEPT = 48  # pages kept in memory


class Numbered(Protocol):
    """A row that knows its own number."""

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Numbered)


class PagedModel(QAbstractTableModel, Generic[T]):
    """A million rows are an array of eight million bytes; a subclass reads the rows it is asked
    for in `fetch`. A row that has gone meanwhile is blank until the list is made anew."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._ids = array("q")
        self._pages: OrderedDict[int, dict[int, T]] = OrderedDict()
        self._last: tuple[int, T | None] = (-1, None)  # a row is asked for cell by cell

    def fetch(self, ids: Sequence[int]) -> Sequence[T]:
        """The rows of these numbers, those that are gone left out."""
        raise NotImplementedError

    def set_ids(self, ids: "array[int]") -> None:
        """Show other rows, or the same ones read anew."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._last = (-1, None)
        self.endResetModel()

    @property
    def ids(self) -> "array[int]":
        """The numbers of all rows, in the order shown; not to be changed."""
        return self._ids

    def row(self, at: int) -> T | None:
        """The row at a place, read if need be; None when it has gone."""
        if at == self._last[0]:
            return self._last[1]
        start = at - at % PAGE
        page = self._pages.get(start)
        if page is None:
            page = {row.id: row for row in self.fetch(self._ids[start : start + PAGE])}
            self._pages[start] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(start)
        row = page.get(self._ids[at])
        self._last = (at, row)
        return row

    def number_at(self, at: int) -> int:
        """The number of the row at a place."""
        return self._ids[at]

    def place_of(self, number: Any) -> int | None:
        """Where the row of that number stands; None when it is not in the list."""
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def column(self, at: int) -> Column[T]:
        """The column at a place."""
        return self._columns[at]

    def column_of(self, key: str) -> int:
        """Where the column of that name stands."""
        return next(at for at, column in enumerate(self._columns) if column.key == key)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role != Role.LOOK and not column.is_of_row(role):
            return column.of_all(role)
        row = self.row(index.row())
        if row is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        return column.look(row) if role == Role.LOOK else column.of_row(row, role)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        return self._columns[section].of_header(role)
