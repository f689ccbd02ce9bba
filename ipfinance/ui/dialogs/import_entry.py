"""The side panel of the preview: one registration, what is wrong with it, and how it was read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipfinance.domain.division import Divisions
from ipfinance.intake.comparing import Status
from ipfinance.intake.numbers_in_doubt import came_in_doubt, can_come_in_doubt
from ipfinance.language import tr
from ipfinance.ui.dialogs.import_details import EntryDetails
from ipfinance.ui.dialogs.import_mending import MendBox
from ipfinance.ui.models.import_model import EntryRow
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import ElidedLabel, hairline, label, own_viewport
from ipfinance.ui.widgets.tag import Tag


class EntryPanel(QStackedWidget):
    """Rejected ones show the editors at once; others when the clerk wants to change them."""

    mend_asked = Signal(int, object)  # index in the plan, dict[str, str] of cells

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_panel")
        self._row: EntryRow | None = None
        self._typed: dict[int, dict[str, str]] = {}  # cells, by index in the plan
        self._title = ElidedLabel("", "cardtitle")
        self._tag = Tag("", Tone.NEUTRAL, height=21)
        self._where = ElidedLabel("", "hint")
        self._change = button(tr("修改这一笔"), "edit", Kind.QUIET, name="mend_this")
        self._change.clicked.connect(self._on_change)
        self._note = label("", "label")
        self._note.setWordWrap(True)
        self.mending = MendBox(divisions)
        self.mending.checked.connect(self._on_checked)
        self.details = EntryDetails(divisions)
        self._line = hairline()
        self._empty = EmptyState("search", tr("没有这样的登记"), tr("换一个筛选条件看看。"))
        self.addWidget(self._scrolling())
        self.addWidget(self._empty)
        self.show_row(None)

    @property
    def row(self) -> EntryRow | None:
        """The registration that is shown."""
        return self._row

    def show_row(self, row: EntryRow | None, note: str = "") -> None:
        """Show a registration; `note` says what has just become of it. What was typed for the
        one shown before is kept until it is shown again."""
        before = self._row
        if before is not None and self.is_typing and (row is None or row.index != before.index):
            self._typed[before.index] = self.mending.typed
        self._row = row
        self.setCurrentIndex(0 if row else 1)
        if row is not None and row.entry.status is Status.LEFT_OUT:
            note = note or tr("这一笔不导入；要导入，选中它再按「取回」。")
        elif row is not None and can_come_in_doubt(row.entry):
            note = note or tr(
                "只是登记号与另一笔相同。请改正；不知道哪个写错的，按「收入，登记号待核」。"
            )
        elif row is not None and came_in_doubt(row.entry):
            note = note or tr("登记号空着，照样收入；要退回，选中它再按「取消收入」。")
        self._say(note)
        if row is None:
            self.details.show_entry(None)
            return
        entry = row.entry
        self._title.setText(row.reg_no or row.pledgors or tr("（没有登记号）"))
        self._tag.say(row.label, row.tone)
        self._where.setText(f"{entry.place.file} · {entry.place}")
        self._where.setToolTip(self._where.text())
        self._show_mending(entry.status is Status.REJECTED or row.index in self._typed)
        self.details.show_entry(entry)
        self._area.verticalScrollBar().setValue(0)

    def set_busy(self, busy: bool) -> None:
        """While the registration is being read again."""
        self.mending.set_busy(busy)

    def go_mend(self) -> None:
        """Put the cursor into the first cell that is wrong."""
        self.mending.go_there()

    def forget_typed(self, index: int | None = None) -> None:
        """What was typed for a registration, or for any, was read or is of another plan."""
        if index is None:
            self._typed.clear()
        else:
            self._typed.pop(index, None)
        if self._row is not None and index in (None, self._row.index):
            self._row = None

    @property
    def is_typing(self) -> bool:
        """Whether something typed for the one shown was not yet read again."""
        return self._row is not None and not self.mending.isHidden() and bool(self.mending.typed)

    @property
    def typed_index(self) -> int | None:
        """The first registration for which something typed was not yet read again."""
        if self._row is not None and self.is_typing:
            return self._row.index
        return min(self._typed, default=None)

    @property
    def is_changed(self) -> bool:
        """Whether something typed was not yet read again, of any registration."""
        return self.typed_index is not None

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("body")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._tag)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._where, 1)
        place.addWidget(self._change)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(place)
        column.addWidget(self._note)
        column.addWidget(self.mending)
        column.addWidget(self._line)
        column.addWidget(self.details)
        column.addStretch(1)
        self._area = QScrollArea()
        own_viewport(self._area)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        # Always there: coming and going it would make the text as narrow as it then need not be.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        return self._area

    def _say(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _show_mending(self, shown: bool) -> None:
        if shown and self._row is not None:
            self.mending.show_entry(self._row.entry, self._typed.pop(self._row.index, {}))
        self.mending.setVisible(shown)
        self._line.setVisible(shown)
        self._change.setVisible(not shown)

    def _on_change(self) -> None:
        self._show_mending(True)
        self.mending.go_there()

    def _on_checked(self, cells: dict[str, str]) -> None:
        if self._row is not None:
            self.mend_asked.emit(self._row.index, cells)
