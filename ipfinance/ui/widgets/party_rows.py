"""Several parties, one a row: rows are added, removed and numbered; each has its own fields."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.field import FieldBox

COLUMN_GAP, ROW_GAP = 20, 10


class PartyBox(FieldBox):
    """A field whose words say which row it is in."""

    def number(self, shown: str, spoken: str) -> None:
        """What the label shows, and what banner and screen reader call the field."""
        self.label.setText(shown.replace("&", "&&"))
        self._text = spoken
        self._show()


class PartyRow(QWidget):
    """One party. A subclass makes the fields and lays them out; the first is the name."""

    remove_asked = Signal(object)  # the row

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.boxes: dict[str, PartyBox] = {}
        self._labels: dict[str, str] = {}
        self.remover = button(tr("移除{party}", party=title), "close", Kind.ICON)
        self.remover.clicked.connect(self._on_remove)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(COLUMN_GAP)

    def add_box(self, key: str, label: str, editor: QWidget, tip: str, required: bool) -> PartyBox:
        """One more field; it still has to be laid out."""
        box = PartyBox(label, editor, key=key, required=required, tip=tip)
        editor.setToolTip(tip)
        self.boxes[key] = box
        self._labels[key] = label
        return box

    def texts(self) -> dict[str, str]:
        """What stands in each field."""
        return {key: text_in(box.editor) for key, box in self.boxes.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Fill the fields; one that is not named is emptied."""
        for key, box in self.boxes.items():
            put_text(box.editor, texts.get(key, ""))
            box.clear()

    def number(self, row: int, count: int) -> None:
        """Say which of how many rows this is."""
        several = count > 1
        for key, box in self.boxes.items():
            label = self._labels[key]
            is_name = label == self._title
            numbered = f"{self._title} {row + 1}"
            if not several:
                box.number(label, label)
            elif is_name:
                box.number(numbered, numbered)
            else:
                box.number(label, tr("{label}（{party}）", label=label, party=numbered))
            name = key if row == 0 else f"{key}_{row + 1}"
            box.setObjectName(f"field_{name}")
            box.editor.setObjectName(name)
        self.remover.setObjectName("remove" if row == 0 else f"remove_{row + 1}")
        self.remover.setVisible(several)
        self.remover.setAccessibleName(tr("移除{party} {row}", party=self._title, row=row + 1))

    def _on_remove(self) -> None:
        self.remove_asked.emit(self)


class PartyRows(QWidget):
    """All the rows of one kind of party, at least one. A subclass makes the single row."""

    rows_changed = Signal()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        """`name` is the objectName; the button that adds a row is placed by the page."""
        super().__init__(parent)
        self.setObjectName(name)
        self.rows: list[PartyRow] = []
        self.adder: QPushButton = button(
            tr("添加{party}", party=title.lower()), "add", Kind.QUIET, name=f"add_{name}"
        )
        self.adder.clicked.connect(self._on_add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(ROW_GAP)

    def make_row(self) -> PartyRow:
        """A new blank row."""
        raise NotImplementedError

    def fill(self, parties: Sequence[Mapping[str, str]]) -> None:
        """Show these parties, or one blank row."""
        wanted = max(len(parties), 1)
        while len(self.rows) > wanted:
            self._drop(self.rows[-1])
        while len(self.rows) < wanted:
            self._append()
        for at, row in enumerate(self.rows):
            row.set_texts(parties[at] if at < len(parties) else {})
        self._number()

    def texts(self) -> dict[str, list[str]]:
        """What stands in each field, a list for each key, row by row."""
        told = [row.texts() for row in self.rows]
        return {key: [texts[key] for texts in told] for key in told[0]}

    def _append(self) -> PartyRow:
        row = self.make_row()
        row.remove_asked.connect(self._on_remove)
        self.rows.append(row)
        self._column.addWidget(row)
        row.show()  # at once: a layout would wait, and the cursor goes there now
        return row

    def _drop(self, row: PartyRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.setParent(None)  # at once out of reach, and out of the way of the cursor
        row.deleteLater()

    def _number(self) -> None:
        for at, row in enumerate(self.rows):
            row.number(at, len(self.rows))
        self.rows_changed.emit()

    def _on_add(self) -> None:
        row = self._append()
        self._number()
        next(iter(row.boxes.values())).editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_remove(self, row: PartyRow) -> None:
        at = self.rows.index(row)
        self._drop(row)
        self._number()
        beside = self.rows[min(at, len(self.rows) - 1)]
        next(iter(beside.boxes.values())).editor.setFocus(Qt.FocusReason.TabFocusReason)


def text_in(editor: QWidget) -> str:
    """What stands in a field of a row; of a choice the value, which is a word."""
    if isinstance(editor, ComboBox):
        return str(editor.value() or "")
    assert isinstance(editor, QLineEdit)
    return editor.text()


def put_text(editor: QWidget, text: str) -> None:
    """Write a field of a row; a choice that has no such word shows none."""
    if isinstance(editor, ComboBox):
        if not editor.set_value(text):
            editor.set_value("")
    else:
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        editor.home(False)  # of a long name the beginning is seen
