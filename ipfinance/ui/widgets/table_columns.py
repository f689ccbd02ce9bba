"""Widths, order and choice of a table's columns and what it is sorted by, remembered by the
columns' names."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QMenu

from ipfinance.language import tr
from ipfinance.ui.roles import Role

if TYPE_CHECKING:
    from ipfinance.ui.widgets.table import DataTable

_DEFAULT_WIDTH = 110
_SORTED = "sorted"


class ColumnLayout(QObject):
    """Kept by name and not as Qt's saved state, so that a new column does not spoil it."""

    was_reset = Signal()

    def __init__(self, table: "DataTable", key: str) -> None:
        super().__init__(table)
        self._table = table
        self._place = f"tables/{key}" if key else ""
        self._keys: tuple[str, ...] = ()
        self._by_hand: dict[str, int] = {}
        self._arranging = False

    def adopt(self) -> None:
        """Arrange the columns of a model that is new or has other columns than before."""
        keys = tuple(self._key(column) for column in range(self._count()))
        if keys == self._keys or not keys:
            return
        self._keys = keys
        self._arrange(self._read())

    def reset(self) -> None:
        """As the program meant it."""
        if self._place:
            QSettings().remove(self._place)
        self._arrange({})
        self.was_reset.emit()

    def show_all(self) -> None:
        """Show every column that was hidden, also of those that the table may have later."""
        kept = self._read()
        if kept.get("hidden"):
            QSettings().setValue(self._place, _as_text({**kept, "hidden": []}))
            self._arrange(self._read())

    def fit(self) -> None:
        """Give the room that is left over to the columns that can use it."""
        header = self._table.horizontalHeader()
        shown = [
            header.logicalIndex(visual)
            for visual in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(visual))
        ]
        if not shown or self._arranging:
            return
        widths = {column: self._wanted(column) for column in shown}
        room = self._table.viewport().width() - sum(widths.values())
        if room < 0:
            self._squeeze(widths, -room)
        elif room > 0:
            shares = {
                column: int(self._header(column, Role.STRETCH) or 0)
                for column in shown
                if self._key(column) not in self._by_hand
            }
            if not any(shares.values()):
                shares = {shown[-1]: 1}
            parts = sum(shares.values())
            for column, share in shares.items():
                widths[column] += room * share // parts
            widths[shown[-1]] += room - sum(room * share // parts for share in shares.values())
        self._arranging = True
        for column, width in widths.items():
            if width != header.sectionSize(column):
                header.resizeSection(column, width)
        self._arranging = False

    def _squeeze(self, widths: dict[int, int], lacking: int) -> None:
        """Take the little that is lacking from the columns that may shrink; where that is not
        enough, the table is scrolled and nothing is shortened in vain."""
        spare = {
            column: max(0, width - max(least, self._table.header.needed_width(column)))
            for column, width in widths.items()
            if (least := int(self._header(column, Role.LEAST) or 0))
            and self._key(column) not in self._by_hand
        }
        if sum(spare.values()) < lacking:
            return
        for column in sorted(spare, key=spare.__getitem__):
            taken = -(-lacking * spare[column] // sum(spare.values()))
            widths[column] -= taken
            lacking -= taken
            spare[column] = 0
            if not lacking:
                return

    def on_resized(self, column: int, _old: int, new: int) -> None:
        """The user pulled at a column: its width is kept from now on."""
        if not self._arranging and new > 0:
            self._by_hand[self._key(column)] = new
            self.save()

    def save(self) -> None:
        """Remember all; also of columns that the table had before and may have again."""
        if self._arranging or not self._place or not self._keys:
            return
        header = self._table.horizontalHeader()
        order = [self._key(header.logicalIndex(visual)) for visual in range(header.count())]
        hidden = [key for column, key in enumerate(self._keys) if header.isSectionHidden(column)]
        before = self._read()
        away = [key for key in before.get("order", ()) if key not in self._keys]
        of_away = {key: size for key, size in before.get("widths", {}).items() if key in away}
        kept = {
            "order": [*order, *away],
            "hidden": [*hidden, *(key for key in before.get("hidden", ()) if key in away)],
            "widths": {**of_away, **self._by_hand},
            **({_SORTED: before[_SORTED]} if _SORTED in before else {}),
        }
        QSettings().setValue(self._place, _as_text(kept))

    def keep_sorting(self, column: int, order: Qt.SortOrder) -> None:
        """Remember what a person sorted by."""
        if self._place:
            descending = order == Qt.SortOrder.DescendingOrder
            kept = {**self._read(), _SORTED: [self._key(column), descending]}
            QSettings().setValue(self._place, _as_text(kept))

    def kept_sorting(self) -> tuple[str, Qt.SortOrder] | None:
        """The column, of those the table has, and the order that a person sorted by last."""
        match self._read().get(_SORTED):
            case [str(key), bool(descending)] if key in self._keys:
                orders = Qt.SortOrder
                return key, orders.DescendingOrder if descending else orders.AscendingOrder
        return None

    def set_shown(self, column: int, shown: bool) -> None:
        """Show or hide a column, the last one shown excepted."""
        header = self._table.horizontalHeader()
        if not shown and header.count() - header.hiddenSectionCount() <= 1:
            return
        header.setSectionHidden(column, not shown)
        self.fit()
        self.save()

    def fill_menu(self, menu: QMenu) -> None:
        """One line a column to show or hide it, and one to undo it all."""
        menu.clear()
        header = self._table.horizontalHeader()
        for visual in range(header.count()):
            column = header.logicalIndex(visual)
            group = str(self._header(column, Role.GROUP) or "")
            title = str(self._header(column, Qt.ItemDataRole.DisplayRole) or "")
            action = menu.addAction(f"{group} · {title}" if group else title)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.setData(column)
            action.toggled.connect(self._on_toggled)
        menu.addSeparator()
        menu.addAction(tr("恢复默认列")).triggered.connect(self.reset)

    def _on_toggled(self, shown: bool) -> None:
        sender: Any = self.sender()
        self.set_shown(sender.data(), shown)

    def _arrange(self, kept: dict[str, Any]) -> None:
        header = self._table.horizontalHeader()
        self._arranging = True
        self._by_hand = {
            key: width for key, width in kept.get("widths", {}).items() if key in self._keys
        }
        hidden = kept.get("hidden", ())
        known = set(kept.get("order", ()))
        for column, key in enumerate(self._keys):
            # A column that came with a newer program shows itself as that program means it.
            meant = bool(self._header(column, Role.HIDDEN))
            hide = key in hidden if key in known else meant
            if hide != header.isSectionHidden(column):
                header.setSectionHidden(column, hide)
        order = [key for key in kept.get("order", ()) if key in self._keys]
        for at, key in enumerate(self._keys):
            if key not in order:
                order.insert(at, key)
        for visual, key in enumerate(order):
            place = header.visualIndex(self._keys.index(key))
            if place != visual:
                header.moveSection(place, visual)
        self._arranging = False
        self.fit()

    def _read(self) -> dict[str, Any]:
        if not self._place:
            return {}
        stored = QSettings().value(self._place)
        if not stored:
            return {}
        import json

        try:
            kept = json.loads(str(stored))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _wanted(self, column: int) -> int:
        by_hand = self._by_hand.get(self._key(column))
        if by_hand is not None:
            return by_hand
        meant = int(self._header(column, Role.WIDTH) or _DEFAULT_WIDTH)
        return max(meant, self._table.header.needed_width(column))

    def _count(self) -> int:
        model: QAbstractItemModel | None = self._table.model()
        return 0 if model is None else model.columnCount()

    def _key(self, column: int) -> str:
        named = self._header(column, Role.KEY)
        return str(named) if named else f"column{column}"

    def _header(self, column: int, role: int) -> Any:
        model: QAbstractItemModel | None = self._table.model()
        return None if model is None else model.headerData(column, Qt.Orientation.Horizontal, role)


def _as_text(kept: dict[str, Any]) -> str:
    import json  # not needed until a column was moved

    return json.dumps(kept, ensure_ascii=False)
