"""The key figures of the first page: a row for each register, a card for each indicator."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.key_figure import KeyFigure
from ipfinance.ui.widgets.label import label

if TYPE_CHECKING:
    from ipfinance.statistics.tables import KindChoice
    from ipfinance.ui.models.overview_reading import KeyCell

_REGISTERS = (("patent", tr("专利权")), ("trademark", tr("商标专用权")), ("all", tr("合计")))
# The names as there is room for them; the rule in the tip has all of it.
_NAMES = {
    "registrations": tr("登记件数"),
    "secured_amount": tr("担保债权额"),
    "enterprises": tr("登记企业数"),
    "county_coverage": tr("覆盖面"),
    "inclusive_rate": tr("普惠率"),
}

_STRETCH = {"secured_amount": 27}  # the longest name with the longest growth beside it


class _Figure(KeyFigure):
    """Knows which figure it is."""

    opened = Signal(str, str, str)  # register, indicator, words

    def __init__(self, register: str, key: str) -> None:
        super().__init__(_NAMES[key])
        self._register, self._key, self._words = register, key, ""
        self.setObjectName(f"{register}_{key}")
        self.clicked.connect(self._on_clicked)

    def show_cell(self, cell: "KeyCell") -> None:
        self._words = cell.words
        # 同比 stands above all cards once: with it there is no room for the names.
        self.set_figure(cell.value, cell.unit, cell.growth, cell.rule)
        self.setAccessibleDescription(cell.growth)
        self.set_clickable()

    def _on_clicked(self) -> None:
        self.opened.emit(self._register, self._key, self._words)


class OverviewFigures(QWidget):
    """`opened` tells which figure is to be opened: register, indicator, its words."""

    opened = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, list[_Figure]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for row, (register, words) in enumerate(_REGISTERS):
            grid.addWidget(label(words, "strong"), row, 0)
            self._cards[register] = []
            for column, key in enumerate(_NAMES, start=1):
                card = _Figure(register, key)
                card.opened.connect(self.opened)
                self._cards[register].append(card)
                grid.addWidget(card, row, column)
                grid.setColumnStretch(column, _STRETCH.get(key, 25))

    def show_figures(self, figures: "Mapping[KindChoice, Sequence[KeyCell]]") -> None:
        """Show the key figures of each register, in the order of the cards."""
        for register, cells in figures.items():
            for card, cell in zip(self._cards[register.value], cells, strict=True):
                card.show_cell(cell)
