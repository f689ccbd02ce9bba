"""Under a registration that is being corrected: what happened to it, and what was corrected."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.corrections import Correction, corrections
from ipfinance.domain.pledge import Pledge
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.corrections_card import CorrectionsCard
from ipfinance.ui.widgets.course import Course


class HistoryCards(QWidget):
    """Read-only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._course = Card(tr("办理经过"))
        self._lines: QWidget | None = None
        self._corrections = CorrectionsCard(desk.divisions, "entry_history")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._course)
        column.addWidget(self._corrections)

    def tell(self, pledge: Pledge) -> None:
        """Show the course of a stored registration; its corrections come a moment later."""
        assert pledge.id is not None
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = Course(pledge)
        self._course.body.addWidget(self._lines)
        self._lines.show()
        self._corrections.tell(())
        work = partial(_corrections, pledge.id)
        self._desk.work(work, self._on_corrections, owner=self, replaces="corrections")

    def _on_corrections(self, told: Sequence[Correction]) -> None:
        # The first entry alone is no correction.
        self._corrections.tell(told if len(told) > 1 else ())


def _corrections(number: int, store: Store, _: Progress) -> list[Correction]:
    return corrections(store, number)


def standing(pledge: Pledge, place: str, today: date) -> str:
    """What a registration is, in one line: 专利质押 · 2019-03-05 登记 · 计入杭州市 · 有效."""
    return tr(
        "{kind}质押 · {registered_on} 登记 · 计入{place} · {state}",
        kind=pledge.kind.label,
        registered_on=pledge.registered_on,
        place=place,
        state=pledge.state_on(today).label,
    )
