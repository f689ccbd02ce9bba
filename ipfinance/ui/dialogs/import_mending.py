"""The faulty cells of a registration, to be mended in place before anything is written."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from ipfinance.domain.cells import text_of
from ipfinance.domain.division import Divisions
from ipfinance.domain.fields import BY_KEY, FIELDS, Field, Form
from ipfinance.intake.comparing import Entry
from ipfinance.intake.findings import Finding
from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.label import label, set_state

# Which is wrong of the two is not known: both are offered.
_TOGETHER = {"city": ("city", "county"), "county": ("city", "county")}


class MendField(QWidget):
    """One cell: what stands in it, editable, and beneath all that is wrong, in full sentences."""

    def __init__(
        self, field: Field, name: str, text: str, unit: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = field.key
        self.editor: QLineEdit = DateEdit() if field.form is Form.DATE else QLineEdit()
        self.editor.setObjectName(f"mend_{field.key}")
        self.editor.setToolTip(field.explained)
        # A list in one cell may have a line for each of its parts.
        self.editor.setText("；".join(text.split("\n")) if "\n" in text else text)
        self._shown = self.editor.text()
        named = (
            field.label
            if name in (field.label, field.label_zh, field.header)
            else tr("{label}（{name}）", label=field.label, name=name)
        )
        self.editor.setAccessibleName(named)
        if field.form is Form.MONEY and not unit:
            self.editor.setPlaceholderText(tr("连同单位填写，如 500万元"))
        head = label(named.replace("&", "&&"), "label")
        head.setBuddy(self.editor)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.editor, 1)
        if field.form is Form.MONEY and unit:
            line.addWidget(label(tr(unit), "hint"))
        self._message = label("", "hint")
        self._message.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(head)
        column.addLayout(line)
        column.addWidget(self._message)
        ComposingGuard(self)

    @property
    def is_changed(self) -> bool:
        return self.editor.text() != self._shown

    @property
    def text(self) -> str:
        """What is to stand in the cell instead."""
        return self.editor.text().strip()

    def say(self, faults: list[Finding]) -> None:
        """Show what is wrong with it, or that nothing is."""
        errors = [fault for fault in faults if fault.is_error]
        state = "fault" if errors else "warning" if faults else ""
        words = "\n".join(fault.text for fault in errors or faults)
        self._message.setText(words)
        self._message.setVisible(bool(words))
        set_state(self._message, "state", state)
        set_state(self.editor, "state", state)
        kind = {"fault": tr("错误："), "warning": tr("提醒：")}.get(state, "")
        self.editor.setAccessibleDescription(kind + words)


class MendBox(QWidget):
    """Editors for what is wrong with one registration; `checked` asks to read it again."""

    checked = Signal(object)  # dict[str, str]: the cells that were changed, by key

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mend_box")
        self._divisions = divisions
        self._entry: Entry | None = None
        self._fields: list[MendField] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._check = button(tr("重新检查"), "check", name="mend_check", tip="Enter")
        self._check.clicked.connect(self._on_check)
        self._others = QMenu(tr("改其他字段"), self)
        self._more = button(tr("改其他字段"), "", Kind.QUIET, name="mend_more")
        self._more.setMenu(self._others)
        set_state(self._more, "menu", "true")
        self._said = label("", "hint")
        self._said.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._check)
        foot.addWidget(self._more)
        foot.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._list)
        column.addLayout(foot)
        self._others.aboutToShow.connect(self._on_menu)

    def show_entry(self, entry: Entry, typed: Mapping[str, str]) -> None:
        """Offer the faulty cells of a registration: errors first, else what is worth a look;
        and those for which something was typed before, with that."""
        self._entry = entry
        self._clear()
        for key in _wanted(entry):
            self._add(key)
        for key, text in typed.items():
            shown = next((field for field in self._fields if field.key == key), None)
            (shown or self._add(key)).editor.setText(text)
        self._said.clear()

    def set_busy(self, busy: bool) -> None:
        """While it is being read again nothing can be asked."""
        self._check.setEnabled(not busy)

    def go_there(self) -> None:
        """Put the cursor into the first cell that is wrong."""
        if self._fields:
            editor = self._fields[0].editor
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            editor.selectAll()

    @property
    def typed(self) -> dict[str, str]:
        """What was typed and not yet read again, by the keys of the cells."""
        return {field.key: field.text for field in self._fields if field.is_changed}

    def _clear(self) -> None:
        for field in self._fields:
            self._list.removeWidget(field)
            field.setParent(None)  # at once, or it is found again before Qt deletes it
            field.deleteLater()
        self._fields = []

    def _add(self, key: str) -> MendField:
        assert self._entry is not None
        table, field = self._entry.draft.table, BY_KEY[key]
        made = MendField(
            field,
            table.header.label_of(key) if key in table.header.keys else field.label,
            text_of(self._entry.cells.get(key)),
            str(table.units.get(key, "")),
        )
        made.say([fault for fault in self._entry.faults if fault.field == key])
        made.editor.returnPressed.connect(self._on_check)
        choices = self._choices(field)
        if choices:
            made.editor.setCompleter(_completer(choices, made.editor))
        self._fields.append(made)
        self._list.addWidget(made)
        return made

    def _choices(self, field: Field) -> list[str]:
        if field.key == "city":
            return [city.name for city in self._divisions.cities()]
        return list(field.choices)

    def _on_menu(self) -> None:
        """List the fields that have no editor yet."""
        self._others.clear()
        shown = {field.key for field in self._fields}
        for field in FIELDS:
            if field.key not in shown:
                action = self._others.addAction(field.label)
                action.setData(field.key)
                action.triggered.connect(self._on_other)

    def _on_other(self) -> None:
        action: Any = self.sender()
        self._add(str(action.data())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_check(self) -> None:
        typed = self.typed
        if typed:
            self._said.clear()
            self.checked.emit(typed)
        else:
            self._said.setText(tr("还没有改动"))
            self.go_there()


def _wanted(entry: Entry) -> list[str]:
    """The keys of the cells to mend, in the order of the catalogue."""
    faults = entry.errors or entry.warnings
    keys = {key for fault in faults for key in _TOGETHER.get(fault.field, (fault.field,))}
    return [field.key for field in FIELDS if field.key in keys]


def _completer(choices: list[str], parent: QWidget) -> QCompleter:
    made = QCompleter(choices, parent)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setObjectName("completions")
    made.setPopup(popup)
    return made
