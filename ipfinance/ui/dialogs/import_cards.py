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
    IN_DOUBT,
    TONES,
    Preview,
    Shown,
    label_of,
    signed_wan,
)
from ipfinance.ui.theme import colour
from ipfinance.ui.widgets.key_figure import KeyFigure

_RADIUS = 8
_SPACING, _NARROW_SPACING = 12, 8  # in English one card more would be wider than a small screen


class FilterCard(KeyFigure):
    """A figure that is pressed or not; pressed, it has a frame of the accent's colour."""

    pressed = Signal(object)  # Shown

    def __init__(self, status: Shown, parent: QWidget | None = None) -> None:
        super().__init__(label_of(status), "0", tr("笔"), parent=parent)
        self.setObjectName(f"card_{status or 'read'}")
        self.status = status
        self._tone = TONES[status]
        self._down = False
        self.set_clickable()
        # So many in a row: the first says for all of them what is counted.
        self._unit.setVisible(status is None)
        self._name.setMinimumWidth(self._name.sizeHint().width())
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
    """读入 · 新增 · 疑似重复 · 更正 · 相同 · 退回 · 略过: one is always down, 读入 standing for
    all. 登记号待核 is there while there are any."""

    chosen = Signal(object)  # Shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = [FilterCard(status) for status in TONES]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_SPACING)
        for card in self._cards:
            card.pressed.connect(self._on_pressed)
            self._row.addWidget(card, 1)
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
            count = preview.counts.get(card.status, 0)
            card.set_figure(f"{count:,}", tr("笔"), _aside(card.status, plan) if count else "")
            card.set_down(card.is_down)
        has_doubts = IN_DOUBT in preview.counts
        self.card(IN_DOUBT).setVisible(has_doubts)
        self._row.setSpacing(_NARROW_SPACING if has_doubts else _SPACING)
        if self.status == IN_DOUBT and not has_doubts:
            self.choose(None)

    def _on_pressed(self, status: Shown) -> None:
        # Pressed once more, a card lets go.
        wanted = None if status == self.status else status
        self.choose(wanted)
        self.chosen.emit(wanted)


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
