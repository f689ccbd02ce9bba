"""A table model over a list of dataclasses, described column by column."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ipfinance.domain.names import pinyin
from ipfinance.ui.roles import Look, Role, Tone

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: what it is called and what it takes from a row."""

    key: str
    title: str  # with the unit: "债权额（万元）"
    text: Callable[[T], str]
    sort: Callable[[T], Any] | None = None  # the raw value; without it the text
    width: int = 110
    stretch: int = 0  # share of the room that is left over
    least: int = 0  # the width it may shrink to for want of room; 0: none, it keeps its own
    number: bool = False  # right-aligned
    soft: bool = False  # in grey
    pill: Callable[[T], Tone | None] | None = None
    tip: Callable[[T], str] | None = None
    fault: Callable[[T], Tone | None] | None = None
    link: Callable[[T], bool] | None = None
    group: str = ""
    hidden: bool = False
    words: tuple[str, ...] = ()  # all that may stand in a cell, if it is wide enough for them

    # By role, so that a cell, which is asked for six of them, is told without a choice.
    _of_rows: dict[int, Callable[[T], Any]] = field(init=False, repr=False, compare=False)
    _of_all: dict[int, Any] = field(init=False, repr=False, compare=False)
    _alignment: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.number else Qt.AlignmentFlag.AlignLeft
        alignment = side | Qt.AlignmentFlag.AlignVCenter
        told = {
            Qt.ItemDataRole.DisplayRole: self.text,
            Qt.ItemDataRole.ToolTipRole: self.tip,
            Role.ROW: _itself,
            Role.SORT: self.sort or self.text,
            Role.PILL: self.pill,
            Role.FAULT: self.fault,
            Role.LINK: self.link,
        }
        # A frozen instance fills itself only so.
        object.__setattr__(self, "_alignment", alignment.value)
        object.__setattr__(
            self, "_of_rows", {int(role): tell for role, tell in told.items() if tell is not None}
        )
        object.__setattr__(
            self,
            "_of_all",
            {
                int(Qt.ItemDataRole.TextAlignmentRole): alignment,
                int(Role.SOFT): self.soft,
                int(Role.LINK): False,
            },
        )

    def of_all(self, role: int) -> Any:
        """What all cells of the column have in common; None for what a row tells."""
        return self._of_all.get(role)

    def is_of_row(self, role: int) -> bool:
        """Whether it takes a row to tell."""
        return role in self._of_rows

    def look(self, row: T, *, total: bool = False) -> Look:
        """What the cell of a row is painted by."""
        return Look(
            self.text(row),
            self._alignment,
            self.soft,
            total,
            self.pill(row) if self.pill else None,
            self.fault(row) if self.fault else None,
        )

    def of_row(self, row: T, role: int) -> Any:
        """What one cell tells in a role."""
        tell = self._of_rows.get(role)
        return self._of_all.get(role) if tell is None else tell(row)

    def of_header(self, role: int) -> Any:
        """What the column's header tells in a role."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title
            case Role.KEY:
                return self.key
            case Role.WIDTH:
                return self.width
            case Role.STRETCH:
                return self.stretch
            case Role.LEAST:
                return self.least
            case Role.GROUP:
                return self.group
            case Role.HIDDEN:
                return self.hidden
            case Role.WORDS:
                return self.words
            case Role.PILL:
                return self.pill is not None
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.of_all(role)
        return None


def _itself(row: Any) -> Any:
    return row


def _is_no_total(_row: Any) -> bool:
    return False


class RowsModel(QAbstractTableModel, Generic[T]):
    """For lists that are held as a whole, the preview of an import being the longest; the ledger
    has a model that fetches by pages."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        parent: QObject | None = None,
        is_total: Callable[[T], bool] | None = None,
        number: Callable[[T], Hashable] | None = None,
    ) -> None:
        """Rows for which `is_total` holds are tinted, and stay where they stand, above or below the
        others, when those are sorted. By its `number` a row is known again when it was changed;
        else only when it is equal."""
        super().__init__(parent)
        self._number = number or _itself
        self._columns = tuple(columns)
        self._rows: list[T] = []
        self._is_total = is_total
        self._sorted: tuple[str, bool] | None = None

    def set_rows(self, rows: Iterable[T], columns: Sequence[Column[T]] | None = None) -> None:
        """Show these instead, in the order that was asked for last; perhaps in other columns."""
        self.beginResetModel()
        if columns is not None:
            self._columns = tuple(columns)
        self._rows = list(rows)
        self._sort_rows()
        self.endResetModel()

    def forget_order(self) -> None:
        """Show the rows that are set next as they come, until a header is clicked again."""
        self._sorted = None

    @property
    def rows(self) -> tuple[T, ...]:
        """All rows in the order shown."""
        return tuple(self._rows)

    def number_at(self, at: int) -> Hashable:
        """What the row at a place is known by."""
        return self._number(self._rows[at])

    def place_of(self, number: Hashable) -> int | None:
        """Where the row known by that stands; None when it is not in the list."""
        return next((at for at, row in enumerate(self._rows) if self._number(row) == number), None)

    def row_at(self, at: int) -> T:
        """The row at a place; far sooner told than through an index, where many are asked for."""
        return self._rows[at]

    def row(self, index: Index) -> T:
        return self._rows[index.row()]

    def column(self, index: Index) -> Column[T]:
        return self._columns[index.column()]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Role.TOTAL, Role.LOOK):
            total = self._is_total is not None and self._is_total(row)
            return (
                total
                if role == Role.TOTAL
                else self._columns[index.column()].look(row, total=total)
            )
        return self._columns[index.column()].of_row(row, role)

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

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """In Python: Qt's own proxy misorders integers beyond 2³¹, which amounts in 分 are."""
        if not 0 <= column < len(self._columns):
            return
        self._sorted = (self._columns[column].key, order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        before = list(self._rows)
        self._sort_rows()
        places = {id(row): at for at, row in enumerate(self._rows)}
        for index in self.persistentIndexList():
            at = places[id(before[index.row()])]
            self.changePersistentIndex(index, self.index(at, index.column()))
        self.layoutChanged.emit()

    def _sort_rows(self) -> None:
        if self._sorted is None:
            return
        key, descending = self._sorted
        column = next((one for one in self._columns if one.key == key), None)
        if column is None:
            return
        value = column.sort or column.text
        # What is unknown stands at the end whichever way the rest is sorted.
        known: list[tuple[Any, T]] = []
        unknown: list[T] = []
        totals: list[T] = []
        is_total = self._is_total or _is_no_total
        above = bool(self._rows) and is_total(self._rows[0])
        for row in self._rows:
            if is_total(row):
                totals.append(row)
            elif (told := value(row)) is None:
                unknown.append(row)
            else:
                is_chinese = isinstance(told, str) and not told.isascii()
                known.append((pinyin(told) if is_chinese else told, row))
        known.sort(key=itemgetter(0), reverse=descending)
        rest = [row for _, row in known] + unknown
        self._rows = totals + rest if above else rest + totals
