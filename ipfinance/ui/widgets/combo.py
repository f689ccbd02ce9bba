"""A combo box that the wheel does not change and whose entries carry values."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget
from typing_extensions import override

from ipfinance.language import tr


class ComboBox(QComboBox):
    """Entries are words and a value behind them; `activated` tells what a person chose."""

    def __init__(
        self,
        entries: Iterable[tuple[str, object]] = (),
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        """`name` is spoken where no label stands beside it, as in a row of filters."""
        super().__init__(parent)
        self.setAccessibleName(name)
        # The popup takes its looks from the style sheet only with a view of its own.
        self.setView(QListView(self))
        self.view().setAccessibleName(tr("选项"))
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_entries(entries)

    def set_entries(self, entries: Iterable[tuple[str, object]]) -> None:
        """Replace the entries and keep the value chosen where it is still among them."""
        before = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for words, value in entries:
            self.addItem(words, value)
        self.set_value(before)
        self.blockSignals(blocked)

    def value(self) -> object:
        """The value behind the entry shown; None when there is none."""
        return self.currentData()

    def set_value(self, value: object) -> bool:
        """Show the entry of that value; False, and nothing changed, when there is none."""
        # findData compares through QVariant, which takes equal enums for different things.
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return True
        return False

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls, as was meant: who has just chosen is still in the field, and would
        # change what he chose without seeing it.
        event.ignore()
