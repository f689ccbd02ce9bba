"""The act that leaves chosen registrations out of an import, and takes them in again."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from ipfinance.intake.comparing import Status
from ipfinance.intake.leaving_out import can_be_left_out
from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.models.import_model import EntryRow
from ipfinance.ui.widgets.table import DataTable


class LeavingAct(QObject):
    """One action for both ways: while anything chosen would be written it leaves out."""

    asked = Signal(object, bool)  # indices in the plan, whether they are to be left out

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table
        self.action = QAction(self)
        self.action.setObjectName("leave_out")
        self.action.setShortcut(QKeySequence("Del"))
        # In a field of the window the key deletes a letter.
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.action.triggered.connect(self._on_triggered)
        table.addAction(self.action)
        table.chosen_changed.connect(self._on_chosen_changed)
        self._on_chosen_changed(0)

    def _on_chosen_changed(self, count: int) -> None:
        leavable, left = self._chosen() if count else ([], [])
        self.action.setEnabled(bool(leavable or left))
        if left and not leavable:
            self.action.setIconText(tr("取回"))
            self.action.setToolTip(tr("所选的登记照旧导入（Delete 键）"))
            put_icon(self.action, "undo")
        else:
            self.action.setIconText(tr("略过"))
            self.action.setToolTip(tr("所选的登记不导入，其余照旧（Delete 键）"))
            put_icon(self.action, "minus")

    def _on_triggered(self) -> None:
        leavable, left = self._chosen()
        if leavable or left:
            self.asked.emit(leavable or left, bool(leavable))

    def _chosen(self) -> tuple[list[int], list[int]]:
        """What of the chosen would be written, and what is left out; as indices in the plan."""
        rows = [row for row in self._table.chosen() if isinstance(row, EntryRow)]
        leavable = [row.index for row in rows if can_be_left_out(row.entry)]
        left = [row.index for row in rows if row.entry.status is Status.LEFT_OUT]
        return leavable, left
