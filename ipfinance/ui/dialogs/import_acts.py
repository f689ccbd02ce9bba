"""What can be done with the chosen registrations of a preview, each act with its way back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.leaving_out import can_be_left_out
from ipfinance.intake.numbers_in_doubt import came_in_doubt, can_come_in_doubt
from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.models.import_model import EntryRow
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.widgets.table import DataTable


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways of an act: how it looks, and for which registrations it is."""

    words: str
    tip: str
    icon: str
    fits: Callable[[Entry], bool]


class TwoWayAct(QObject):
    """One action for both ways: while the first is for any of the chosen it goes that way."""

    asked = Signal(object, bool)  # indices in the plan, whether it is the first way

    def __init__(
        self,
        table: DataTable,
        model: RowsModel[EntryRow],
        name: str,
        key: str,
        there: Way,
        back: Way,
    ) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._there, self._back = there, back
        self.action = QAction(self)
        self.action.setObjectName(name)
        self.action.setShortcut(QKeySequence(key))
        # In a field of the window the key is for its text.
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.action.triggered.connect(self._on_triggered)
        table.addAction(self.action)
        table.chosen_changed.connect(self._on_chosen_changed)
        self._on_chosen_changed()

    def _on_chosen_changed(self) -> None:
        # All of a million may be chosen: mostly the first tells which way it goes.
        goes = any(self._fitting(self._there))
        comes_back = not goes and any(self._fitting(self._back))
        self.action.setEnabled(goes or comes_back)
        way = self._back if comes_back else self._there
        self.action.setIconText(way.words)
        self.action.setToolTip(way.tip)
        put_icon(self.action, way.icon)

    def _on_triggered(self) -> None:
        there = [row.index for row in self._fitting(self._there)]
        indices = there or [row.index for row in self._fitting(self._back)]
        if indices:
            self.asked.emit(indices, bool(there))

    def _fitting(self, way: Way) -> Iterator[EntryRow]:
        """Those of the chosen that a way is for."""
        rows = map(self._model.row_at, self._table.chosen_rows())
        return (row for row in rows if way.fits(row.entry))


def leaving_act(table: DataTable, model: RowsModel[EntryRow]) -> TwoWayAct:
    """Leaves registrations out of the import, and takes them in again."""
    return TwoWayAct(
        table,
        model,
        "leave_out",
        "Del",
        Way(tr("略过"), tr("所选的登记不导入，其余照旧（Delete 键）"), "minus", can_be_left_out),
        Way(tr("取回"), tr("所选的登记照旧导入（Delete 键）"), "undo", _is_left_out),
    )


def doubt_act(table: DataTable, model: RowsModel[EntryRow]) -> TwoWayAct:
    """Takes registrations in whose 登记号 another one bears, and gives them back."""
    return TwoWayAct(
        table,
        model,
        "number_in_doubt",
        "Ins",
        Way(
            tr("收入，登记号待核"),
            tr("所选的登记照收，与另一笔相同的登记号记为待核（Insert 键）"),
            "add",
            can_come_in_doubt,
        ),
        Way(tr("取消收入"), tr("所选的登记仍旧退回（Insert 键）"), "undo", came_in_doubt),
    )


def _is_left_out(entry: Entry) -> bool:
    return entry.status is Status.LEFT_OUT
