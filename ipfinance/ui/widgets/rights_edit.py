"""Numbers with their names, one a row, each with the verdict on its check digit beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ipfinance.domain.names import split_list
from ipfinance.language import tr
from ipfinance.ui.widgets.label import ElidedLabel, label, set_state
from ipfinance.ui.widgets.rights_row import Judge, RightRow, Verdict, rights_columns

_ROW_GAP = 6


class RightsEdit(QWidget):
    """Pasting a block fills one row for each number; there is always a blank row at the end."""

    changed = Signal()
    rows_changed = Signal()

    def __init__(self, judge: Judge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rights_edit")
        self._judge = judge
        self.rows: list[RightRow] = []
        self._rows_are_new = False  # rows came or went since that was told
        self.numbers = RightsPart(self, "rights")
        self.names = RightsPart(self, "right_names")
        head = rights_columns(self.numbers.label, self.names.label, label(tr("核对"), "label"))
        head.setContentsMargins(0, 0, 0, 4)
        self._list = QVBoxLayout()
        self._list.setSpacing(_ROW_GAP)
        foot = rights_columns(self.numbers.message, self.names.message, QWidget())
        foot.setContentsMargins(0, 2, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addLayout(foot)
        self._settle()

    def pairs(self) -> list[tuple[str, str]]:
        """Number and name of every row that is not blank."""
        return [row.pair() for row in self.rows if not row.is_blank]

    def count(self) -> int:
        """How many rows have a number."""
        return sum(bool(number.strip()) for number, _ in self.pairs())

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these numbers and names instead."""
        while len(self.rows) > max(len(pairs), 1):
            self._drop(self.rows[-1])
        self._put(0, pairs or [("", "")])
        self._settle()
        self._judge_rows()

    def set_judge(self, judge: Judge) -> None:
        """Judge the numbers by other rules from now on."""
        self._judge = judge
        self._judge_rows()

    def set_words(self, numbers: str, names: str) -> None:
        """What the two columns are called."""
        self.numbers.label.setText(numbers)
        self.names.label.setText(names)
        self._place()

    def go_there(self, key: str) -> None:
        """Put the cursor into the first row that is wrong, else into the last one."""
        row = next((row for row in self.rows if row.is_wrong), None)
        if row is None:
            row = next((row for row in self.rows if not row.number.text().strip()), self.rows[-1])
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(row, 0, 60)
            above = above.parentWidget()
        field = row.name if key == self.names.key else row.number
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_edited(self, row: RightRow) -> None:
        at = self.rows.index(row)
        block = self._numbers_in(row.number.text())
        names = row.name.text().splitlines()
        if len(block) > 1 or (block and block[0][1]):
            first, name = block[0]
            self._insert(at, [(first, name or row.name.text()), *block[1:]])
        elif len(names) > 1:
            numbers = [other.number.text() for other in self.rows[at : at + len(names)]]
            numbers += [""] * (len(names) - len(numbers))
            self._put(at, list(zip(numbers, map(str.strip, names), strict=True)))
        self._settle()
        self._judge_rows(typing=row if row.number.hasFocus() else None)
        self.changed.emit()

    def _on_left(self, row: RightRow) -> None:
        """A row that was emptied goes; the others are judged, this one too."""
        for blank in [one for one in self.rows[:-1] if one.is_blank and not one.has_focus]:
            self._drop(blank)
        self._settle()
        self._judge_rows()

    def _on_remove(self, row: RightRow) -> None:
        at = self.rows.index(row)
        self._drop(row)
        self._settle()
        self._judge_rows()
        self.rows[min(at, len(self.rows) - 1)].number.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _numbers_in(self, text: str) -> list[tuple[str, str]]:
        """Numbers and names in what was pasted: a block of a worksheet has tabs between them."""
        if "\t" not in text:
            return [(number, "") for number in split_list(text)]
        pairs = []
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("\t")]
            if any(cells):
                # Whichever column holds the numbers, they are known by their form.
                known = (i for i, cell in enumerate(cells) if cell and not self._judge(cell).fault)
                at = next(known, 0)
                others = [cell for i, cell in enumerate(cells) if i != at and cell]
                pairs.append((cells[at], others[0] if others else ""))
        return pairs

    def _insert(self, at: int, pairs: Sequence[tuple[str, str]]) -> None:
        """Put a block where one row stands; what follows moves down."""
        following = [row.pair() for row in self.rows[at + 1 :] if not row.is_blank]
        self._put(at, [*pairs, *following])
        last = self.rows[at + len(pairs) - 1].number
        last.setFocus(Qt.FocusReason.OtherFocusReason)
        last.end(False)

    def _put(self, at: int, pairs: Sequence[tuple[str, str]]) -> None:
        self.setUpdatesEnabled(False)
        for offset, (number, name) in enumerate(pairs):
            if at + offset == len(self.rows):
                self._append()
            self.rows[at + offset].put(number, name)
        self.setUpdatesEnabled(True)

    def _judge_rows(self, typing: RightRow | None = None) -> None:
        """Say what each number is; of the one that is being typed only that it is right."""
        first_rows: dict[str, int] = {}
        for at, row in enumerate(self.rows):
            number = row.number.text().strip()
            if not number:
                row.say(None)
                continue
            verdict = self._judge(number)
            first = first_rows.setdefault(verdict.normalized, at)
            if first != at:
                verdict = Verdict(
                    verdict.normalized, "", tr("与第 {row} 行相同，只计一件", row=first + 1)
                )
            row.say(None if row is typing and verdict.fault else verdict)
        self.numbers.show()

    def _settle(self) -> None:
        """Keep one blank row at the end."""
        if not self.rows or not self.rows[-1].is_blank:
            self._append()
        while len(self.rows) > 1 and self.rows[-2].is_blank and not self.rows[-2].has_focus:
            self._drop(self.rows[-2])
        if self._rows_are_new:
            self._rows_are_new = False
            self._place()
            self.rows_changed.emit()

    def _place(self) -> None:
        words = (self.numbers.text, self.names.text)
        for at, row in enumerate(self.rows):
            row.set_place(at, at == len(self.rows) - 1, words)

    def _append(self) -> None:
        row = RightRow()
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        row.remove_asked.connect(self._on_remove)
        self.rows.append(row)
        self._list.addWidget(row)
        row.show()  # at once: a layout would wait, and the cursor may go there now
        self._rows_are_new = True

    def _drop(self, row: RightRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.setParent(None)  # at once out of reach, and out of the way of the cursor
        row.deleteLater()
        self._rows_are_new = True


class RightsPart:
    """The numbers or the names as a field of the form: label above, message beneath."""

    def __init__(self, owner: RightsEdit, key: str) -> None:
        self.key = key
        self.label = label("", "label")
        self.label.setObjectName(f"label_{key}")
        self.message = ElidedLabel("", "hint")
        self.message.setObjectName(f"message_{key}")
        self.message.setFixedHeight(18)
        self._owner = owner
        self._fault = self._warning = self._hint = ""

    @property
    def text(self) -> str:
        """The label's words."""
        return self.label.text()

    @property
    def fault(self) -> str:
        return self._fault

    @property
    def warning(self) -> str:
        return self._warning

    def set_fault(self, text: str) -> None:
        self._fault = text
        self.show()

    def set_warning(self, text: str) -> None:
        self._warning = text
        self.show()

    def set_hint(self, text: str) -> None:
        self._hint = text
        self.show()

    def clear(self) -> None:
        """Forget fault, warning and hint."""
        self._fault = self._warning = self._hint = ""
        self.show()

    def go_there(self) -> None:
        self._owner.go_there(self.key)

    def show(self) -> None:
        """Say it, anew when the numbers were judged anew."""
        warning = self._warning
        wrong = sum(row.is_wrong for row in self._owner.rows)
        if warning and wrong and self.key == "rights":
            # What is said beside the single numbers is only counted here.
            warning = tr("有 {count} 个号码需要核对，见各行右侧", count=wrong)
        self.message.setText(self._fault or warning or self._hint)
        state = "fault" if self._fault else "warning" if warning else ""
        set_state(self.message, "state", state)
