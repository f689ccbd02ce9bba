"""The figures above the preview of an import; each shows only its own registrations."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ipfinance.domain.money import wan
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.importing import Plan
from ipfinance.language import tr
from ipfinance.ui.models.import_model import (
    DOUBTFUL,
    DOUBTFUL_LABEL,
    Preview,
    Shown,
    signed_wan,
)
from ipfinance.ui.roles import Tone
from ipfinance.ui.theme import colour
from ipfinance.ui.widgets.key_figure import KeyFigure

_RADIUS = 8
READ = tr("读入")


class FilterCard(KeyFigure):
    """A figure that is pressed or not; pressed, it has a frame of the accent's colour."""

    pressed = Signal(object)  # Status, DOUBTFUL, None for all

    def __init__(self, status: Shown, tone: Tone, parent: QWidget | None = None) -> None:
        name = status.label if isinstance(status, Status) else DOUBTFUL_LABEL if status else READ
        super().__init__(name, "0", tr("笔"), parent=parent)
        self.setObjectName(f"card_{status or 'read'}")
        self.status = status
        self._tone = tone
        self._down = False
        self.set_clickable()
        self.clicked.connect(self._on_clicked)

    @property
    def is_down(self) -> bool:
        """Whether the table shows what this card counts."""
        return self._down

    def set_down(self, down: bool) -> None:
        self._down = down
        self.setAccessibleDescription(tr("已筛选") if down else tr("按空格只看这些"))
        self.update()

    def _on_clicked(self) -> None:
        self.pressed.emit(self.status)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._down:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("tint"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        # The same colour as the pills in the table: a stroke at the left edge.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._tone.text))
        painter.drawRoundedRect(QRectF(8, 15, 3, self.height() - 30), 1.5, 1.5)
        painter.end()


class FilterCards(QWidget):
    """读入 · 新增 · 疑似重复 · 更正 · 相同 · 退回: one is always down, 读入 standing for all."""

    chosen = Signal(object)  # Status, DOUBTFUL, None for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tones: tuple[tuple[Shown, Tone], ...] = (
            (None, Tone.NEUTRAL),
            (Status.NEW, Tone.OK),
            (DOUBTFUL, Tone.WARNING),
            (Status.CHANGED, Tone.INFO),
            (Status.SAME, Tone.NEUTRAL),
            (Status.REJECTED, Tone.DANGER),
        )
        self._cards = [FilterCard(status, tone) for status, tone in tones]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in self._cards:
            card.pressed.connect(self._on_pressed)
            row.addWidget(card, 1)
        self.choose(None)

    @property
    def status(self) -> Shown:
        """What is shown, None for all."""
        return next(card.status for card in self._cards if card.is_down)

    def card(self, status: Shown) -> FilterCard:
        return next(card for card in self._cards if card.status == status)

    def choose(self, status: Shown) -> None:
        """Show another choice, without telling it."""
        for card in self._cards:
            card.set_down(card.status == status)

    def show_counts(self, preview: Preview) -> None:
        """Show how many registrations there are of each class, and what they would bring."""
        plan = preview.plan
        for card in self._cards:
            count = _count(card.status, preview)
            card.set_figure(f"{count:,}", tr("笔"), _aside(card.status, plan) if count else "")
            card.set_down(card.is_down)

    def _on_pressed(self, status: Shown) -> None:
        # Pressed once more, a card lets go.
        wanted = None if status == self.status else status
        self.choose(wanted)
        self.chosen.emit(wanted)


def _count(status: Shown, preview: Preview) -> int:
    if isinstance(status, Status):
        return preview.plan.counts[status]
    return preview.doubtful if status else len(preview.plan.entries)


def _aside(status: Shown, plan: Plan) -> str:
    if status == DOUBTFUL:
        return tr("在新增中")
    if status is Status.REJECTED:
        return tr("可在下面改正")
    if status is Status.NEW:
        return tr("{amount} 万元", amount=f"+{wan(plan.secured_amount_fen)}")
    if status is Status.CHANGED:
        fen = sum(_difference(entry) for entry in plan.entries if entry.status is status)
        return tr("{amount} 万元", amount=signed_wan(fen)) if fen else tr("金额不变")
    return ""


def _difference(entry: Entry) -> int:
    after = entry.after.secured_amount_fen if entry.after else None
    before = entry.before.secured_amount_fen if entry.before else None
    return (after or 0) - (before or 0)
