"""What stands under a table of figures: the rule of the current cell, and the notes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.label import ElidedLabel, hairline, label

_HINT = tr("选中一个数字，这里说明它的口径；双击或按 Enter 打开它背后的登记。")


class FigureNotes(QFrame):
    """Rule and facts have a line each, so that nothing moves while one walks the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label("", "sum")
        self._name.setObjectName("rule_name")
        self._rule = ElidedLabel(_HINT, "label")
        self._rule.setObjectName("rule")
        self._aside = label("", "hint")
        self._facts = ElidedLabel("", "hint")
        self._facts.setObjectName("facts")
        self._behind = label("", "hint")
        self._behind.setObjectName("behind")
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(10)
        above.addWidget(self._name)
        above.addWidget(self._rule, 1)
        above.addWidget(self._aside)
        below.addWidget(self._facts, 1)
        below.addWidget(self._behind)
        self._notes = label("", "hint")
        self._notes.setObjectName("notes")
        self._notes.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 7, 16, 7)
        inner.setSpacing(2)
        inner.addLayout(above)
        inner.addLayout(below)
        inner.addWidget(self._notes)
        column.addLayout(inner)
        self._name.hide()

    def set_rule(self, name: str, rule: str, facts: str = "") -> None:
        """Rule and facts of a figure; without a name, how to ask for them."""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._rule.setText(rule if name else _HINT)
        self._facts.setText(facts)
        self._behind.setText("")

    def set_behind(self, words: str) -> None:
        """How many registrations are behind the figure told of."""
        self._behind.setText(words)

    def set_notes(self, notes: Sequence[str]) -> None:
        """The notes of the whole table, numbered where there are several."""
        words = (
            [f"{number}. {note}" for number, note in enumerate(notes, 1)]
            if len(notes) > 1
            else list(notes)
        )
        self._notes.setText(tr("注：{notes}", notes="\u3000".join(words)) if words else "")
        self._notes.setVisible(bool(words))

    def set_aside(self, text: str) -> None:
        """What stands at the right, e.g. how recent the data are."""
        self._aside.setText(text)
