"""One figure of a page: what it is, how much, in what unit, and what to compare it with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.ui.widgets.clickable import ClickableFrame
from ipfinance.ui.widgets.label import ElidedLabel, label


class KeyFigure(ClickableFrame):
    """A card with one number; after `set_clickable` it opens what is behind it."""

    def __init__(
        self,
        name: str,
        value: str = "—",
        unit: str = "",
        aside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = ElidedLabel(name, "label")
        self._value = label(value, "figure")
        self._unit = label(unit, "hint")
        self._aside = label(aside, "hint")
        self._name.setMinimumWidth(56)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name, 1)
        top.addWidget(self._aside)
        bottom = QHBoxLayout()
        bottom.setSpacing(7)
        bottom.addWidget(self._value)
        # The unit stands on the figure's baseline.
        bottom.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        self._unit.setContentsMargins(0, 0, 0, 4)
        bottom.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(17, 11, 17, 9)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(bottom)
        self._say()

    def set_figure(self, value: str, unit: str = "", aside: str = "", tip: str = "") -> None:
        """Show another number; `tip` says by which rule it was counted."""
        self._value.setText(value)
        self._unit.setText(unit)
        self._aside.setText(aside)
        self.setToolTip(tip)
        self._say()

    def set_name(self, name: str) -> None:
        self._name.setText(name)
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name.text()} {self._value.text()} {self._unit.text()}")
        self.setAccessibleDescription(self._aside.text())
