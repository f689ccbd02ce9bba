"""Which column is which field: shown with how it was told, and corrected by choosing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ipfinance.domain.money import Unit
from ipfinance.intake.choices import By, Choice
from ipfinance.language import tr
from ipfinance.ui.models.import_columns import (
    FIELD_ENTRIES,
    UNIT_ENTRIES,
    Recognised,
    ShownTable,
    is_money,
)
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.label import ElidedLabel, hairline, label, own_viewport
from ipfinance.ui.widgets.tag import Tag

LEAST_FIELDS_WIDTH = 162  # pixels
_ARROW = 48  # pixels beside the words of a combo: its padding, arrow and frame
# What a ledger may have in several columns.
_MAY_REPEAT = frozenset(("rights", "right_names", "rights_count"))
_SAID_OR_SEEN = frozenset((By.CONTENT, By.HAND, By.REMEMBERED))
_TONES = {By.CONTENT: Tone.WARNING, By.HAND: Tone.INFO, By.REMEMBERED: Tone.INFO}


def fields_width() -> int:
    """Pixels for the longest field that a column may be said to be, with the arrow."""
    metrics = QFontMetrics(QApplication.font())
    longest = max(metrics.horizontalAdvance(words) for words, _ in FIELD_ENTRIES)
    return max(LEAST_FIELDS_WIDTH, longest + _ARROW)


class ColumnLine(QWidget):
    """One column: its label, how it was told, some of its cells, and what it is to be."""

    changed = Signal(int)  # index of the column

    def __init__(self, shown: Recognised, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setObjectName(f"column_{shown.index}")
        named = shown.label or tr("第 {index} 列", index=shown.index + 1)
        letter = label(shown.letter, "hint")
        letter.setFixedWidth(24)
        title = ElidedLabel(shown.label or tr("（没有表头）"), "label" if shown.label else "hint")
        cells = ElidedLabel(" · ".join(shown.samples) or tr("（空列）"), "hint")
        self.fields = ComboBox(FIELD_ENTRIES, name=tr("{named}是哪个字段", named=named))
        self.fields.setObjectName("field")
        self.fields.setFixedWidth(fields_width())
        self.fields.set_value(shown.key)
        self.fields.activated.connect(self._on_chosen)
        self.units = ComboBox(UNIT_ENTRIES, name=tr("{named}的单位", named=named))
        self.units.setObjectName("unit")
        self.units.setFixedWidth(fields_width())
        self.units.set_value(shown.unit)
        self.units.activated.connect(self._on_chosen)
        words = QHBoxLayout()
        words.setSpacing(6)
        words.addWidget(title, 1)
        if shown.by is not None:
            words.addWidget(Tag(shown.how, _TONES.get(shown.by, Tone.NEUTRAL)))
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(words)
        left.addWidget(cells)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.fields)
        right.addWidget(self.units)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        row.addWidget(letter, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(left, 1)
        row.addLayout(right)
        self._show_units()

    @property
    def key(self) -> str | None:
        """The field that is chosen, None for none."""
        key = self.fields.value()
        return key if isinstance(key, str) else None

    def leave_out(self) -> None:
        """Another column was chosen for its field."""
        self.fields.set_value(None)
        self._show_units()

    @property
    def is_changed(self) -> bool:
        return self.key != self.shown.key or (self.asks_unit and self.unit != self.shown.unit)

    @property
    def asks_unit(self) -> bool:
        """Whether it is an amount for which no unit is written."""
        return is_money(self.key) and not self.shown.written

    @property
    def unit(self) -> Unit | None:
        """The unit that is chosen, None while it is open."""
        unit = self.units.value()  # Qt gives an enum of strings back as a string
        return Unit(unit) if isinstance(unit, str) else None

    def _show_units(self) -> None:
        self.units.setVisible(self.asks_unit)

    def _on_chosen(self) -> None:
        self._show_units()
        self.changed.emit(self.shown.index)


class ColumnsChooser(QWidget):
    """Shows the tables one by one; what is chosen holds when the files are read anew."""

    said = Signal(object, object, bool)  # ShownTable, Choice, whether to remember it
    forgotten = Signal(object)  # ShownTable

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columns_chooser")
        self.which = ComboBox(name=tr("哪一张表"))
        self.which.setObjectName("which_table")
        self.which.activated.connect(self._on_table)
        self.lines: list[ColumnLine] = []
        self._tables: Sequence[ShownTable] = ()
        self._is_stale = False
        self.keep = QCheckBox(tr("记住"))
        self.keep.setObjectName("keep_columns")
        self.keep.setToolTip(tr("同样表头的工作簿以后照此读取"))
        self.keep.setAccessibleDescription(self.keep.toolTip())
        self.keep.setChecked(True)
        self.again = button(tr("按所选重新读取"), "refresh", Kind.PRIMARY, name="read_columns")
        self.again.clicked.connect(self._on_again)
        self.forget = button(tr("不再记住"), "", Kind.QUIET, name="forget_columns")
        self.forget.clicked.connect(self._on_forget)
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.addWidget(self.which, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(self.again)
        foot.addWidget(self.keep)
        foot.addStretch(1)
        foot.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self._scrolling(), 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def show_tables(self, tables: Sequence[ShownTable]) -> None:
        """Show other tables; made when they are looked at, for a wide one has many editors."""
        self._tables = tables
        self.which.set_entries((table.name, at) for at, table in enumerate(tables))
        self.which.setVisible(bool(tables))
        self._is_stale = True
        if self.isVisible():
            self._on_table()

    def go_to_open(self) -> None:
        """Put the cursor where something is to be said: at the first column taken for nothing."""
        first = next((line for line in self.lines if line.key is None), None)
        if first is not None:
            first.fields.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(first)

    @property
    def table(self) -> ShownTable | None:
        """The one that is shown."""
        at = self.which.value()
        return self._tables[at] if isinstance(at, int) and at < len(self._tables) else None

    @property
    def choice(self) -> Choice:
        """What is said of its columns: what was changed here or had been said before, and what
        was told by contents and let stand."""
        said = [line for line in self.lines if line.is_changed or line.shown.by in _SAID_OR_SEEN]
        return Choice(
            {line.shown.index: line.key for line in said},
            {line.shown.index: line.unit for line in self.lines if line.asks_unit and line.unit},
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._on_table()

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("body")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(16, 6, 16, 6)
        self._list.setSpacing(0)
        self._area = area = QScrollArea()
        own_viewport(area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _on_table(self) -> None:
        self._is_stale = False
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once, or it is found again before Qt deletes it
                widget.deleteLater()
        table = self.table
        self.lines = [ColumnLine(one) for one in table.columns] if table else []
        for line in self.lines:
            line.changed.connect(self._on_changed)
            self._list.addWidget(line)
            self._list.addWidget(hairline())
        self._list.addStretch(1)
        self.forget.setVisible(table is not None and table.is_remembered)
        self._show_changed()

    def _on_changed(self, index: int) -> None:
        """A field has one column: the one chosen last."""
        chosen = next(line for line in self.lines if line.shown.index == index)
        if chosen.key is not None and chosen.key not in _MAY_REPEAT:
            for line in self.lines:
                if line is not chosen and line.key == chosen.key:
                    line.leave_out()
        self._show_changed()

    def _show_changed(self) -> None:
        changed = any(line.is_changed for line in self.lines)
        self.again.setEnabled(changed)
        self.keep.setEnabled(changed)

    def _on_again(self) -> None:
        if self.table is not None:
            self.said.emit(self.table, self.choice, self.keep.isChecked())

    def _on_forget(self) -> None:
        if self.table is not None:
            self.forgotten.emit(self.table)
