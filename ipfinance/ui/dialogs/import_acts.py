"""What can be done with the chosen registrations of a preview, each act with its way back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.leaving_out import can_be_left_out
from ipfinance.intake.numbers_in_doubt import came_in_doubt, can_come_in_doubt
from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.models.import_model import EntryRow
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

    def __init__(self, table: DataTable, name: str, key: str, there: Way, back: Way) -> None:
        super().__init__(table)
        self._table = table
        self._there, self._back = there, back
        self.action = QAction(self)
        self.action.setObjectName(name)
        self.action.setShortcut(QKeySequence(key))
        # In a field of the window the key is for its text.
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.action.triggered.connect(self._on_triggered)
        table.addAction(self.action)
        table.chosen_changed.connect(self._on_chosen_changed)
        self._on_chosen_changed(0)

    def _on_chosen_changed(self, count: int) -> None:
        there, back = self._chosen() if count else ([], [])
        self.action.setEnabled(bool(there or back))
        way = self._back if back and not there else self._there
        self.action.setIconText(way.words)
        self.action.setToolTip(way.tip)
        put_icon(self.action, way.icon)

    def _on_triggered(self) -> None:
        there, back = self._chosen()
        if there or back:
            self.asked.emit(there or back, bool(there))

    def _chosen(self) -> tuple[list[int], list[int]]:
        """For which of the chosen each way is; as indices in the plan."""
        rows = [row for row in self._table.chosen() if isinstance(row, EntryRow)]
        there = [row.index for row in rows if self._there.fits(row.entry)]
        return there, [row.index for row in rows if self._back.fits(row.entry)]


def leaving_act(table: DataTable) -> TwoWayAct:
    """Leaves registrations out of the import, and takes them in again."""
    return TwoWayAct(
        table,
        "leave_out",
        "Del",
        Way(tr("略过"), tr("所选的登记不导入，其余照旧（Delete 键）"), "minus", can_be_left_out),
        Way(tr("取回"), tr("所选的登记照旧导入（Delete 键）"), "undo", _is_left_out),
    )


def doubt_act(table: DataTable) -> TwoWayAct:
    """Takes registrations in whose 登记号 another one bears, and gives them back."""
    return TwoWayAct(
        table,
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
