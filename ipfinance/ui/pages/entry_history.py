"""Under a registration that is being corrected: what happened to it, and what was corrected."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipfinance.db.corrections import Correction
from ipfinance.domain.division import Divisions
from ipfinance.domain.pledge import Pledge
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.corrections_card import CorrectionsCard
from ipfinance.ui.widgets.course import Course


class HistoryCards(QWidget):
    """Read-only."""

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = Card("办理经过")
        self._lines: QWidget | None = None
        self._corrections = CorrectionsCard(divisions, "entry_history")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._course)
        column.addWidget(self._corrections)

    def tell(self, pledge: Pledge) -> None:
        """Show the course of a registration; its corrections come by `tell_corrections`."""
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = Course(pledge)
        self._course.body.addWidget(self._lines)
        self._lines.show()

    def tell_corrections(self, told: Sequence[Correction]) -> None:
        """Show what was corrected; the first entry alone is no correction."""
        self._corrections.tell(told if len(told) > 1 else ())


def standing(pledge: Pledge, place: str, today: date) -> str:
    """What a registration is, in one line: 专利质押 · 2019-03-05 登记 · 计入杭州市 · 有效."""
    state = pledge.state_on(today).label
    return f"{pledge.kind.label}质押 · {pledge.registered_on} 登记 · 计入{place} · {state}"
