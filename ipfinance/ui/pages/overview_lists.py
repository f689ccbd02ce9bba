"""The short lists of the first page: what is due and to be done, and the last imports."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipfinance.db.finding_kinds import FindingKind
from ipfinance.language import tr
from ipfinance.ui.clock import local_time
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.link_row import LinkRow

if TYPE_CHECKING:
    from ipfinance.db.batches import Batch

_DUE = (
    *(FindingKind.DUE_IN_30, FindingKind.DUE_IN_60, FindingKind.DUE_IN_90),
    FindingKind.OVERDUE,
)
_SEARCHING = tr("正在查找……")


class _Rows(Card):
    """A card whose lines are put anew each time."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.body.addLayout(self.lines)
        self.body.addStretch(1)

    def put(self, lines: Sequence[QWidget]) -> None:
        """Show these lines in place of the earlier ones."""
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self.lines.addWidget(line)


class DueCard(_Rows):
    """Counts of what falls due, then of what is to be completed or looked at."""

    opened = Signal(object)  # FindingKind

    def __init__(self) -> None:
        super().__init__(tr("到期和待办"))
        self.put([label(_SEARCHING, "hint")])

    def show_counts(self, counts: Mapping[FindingKind, int]) -> None:
        """Show how many findings of each kind are open; what is due always, the rest if any."""
        others = [kind for kind in FindingKind if kind not in _DUE and counts[kind]]
        lines: list[QWidget] = [self._row(kind, counts[kind]) for kind in _DUE]
        lines.append(hairline())
        lines += [self._row(kind, counts[kind]) for kind in others]
        if not others:
            lines.append(label(tr("没有待补和待核对的登记。"), "hint"))
        self.put(lines)

    def _row(self, kind: FindingKind, count: int) -> LinkRow:
        row = LinkRow(kind.value, kind.label, f"{count:,}")
        row.setToolTip(kind.rule)
        row.clicked.connect(self._on_clicked)
        return row

    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, LinkRow)
        self.opened.emit(FindingKind(row.key))


class ImportsCard(_Rows):
    """The last imports, the newest first."""

    opened = Signal()
    import_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("最近导入"))
        bring = button(tr("导入"), kind=Kind.QUIET, name="bring_in")
        bring.clicked.connect(self.import_asked)
        self.head.addWidget(bring)

    def show_batches(self, batches: Sequence["Batch"]) -> None:
        """Show these imports; a click on any opens the list of all."""
        lines: list[QWidget] = []
        for batch in batches:
            told = [tr("新增 {count:,}", count=batch.new_count)]
            if batch.changed_count:
                told.append(tr("更正 {count:,}", count=batch.changed_count))
            if batch.rejected_count:
                told.append(tr("退回 {count:,}", count=batch.rejected_count))
            told.append(local_time(batch.happened_at)[:10])  # the day: more has no room
            row = LinkRow(str(batch.id), batch.file_name, "", "\u3000".join(told))
            row.clicked.connect(self.opened)
            lines.append(row)
        self.put(lines or [label(tr("还没有导入过台账。"), "hint")])
