"""The field in which a period is typed, stepped through, or picked from a panel."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolTip, QWidget
from typing_extensions import override

from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.label import set_state
from ipfinance.ui.widgets.period_panel import PeriodPanel
from ipfinance.ui.widgets.period_text import neighbour, read_period

_NARROWEST, _WIDEST = 172, 300  # pixels
_STEPS: dict[int, tuple[int, bool]] = {  # key: how many, by years
    Qt.Key.Key_Up: (1, False),
    Qt.Key.Key_Down: (-1, False),
    Qt.Key.Key_PageUp: (1, True),
    Qt.Key.Key_PageDown: (-1, True),
}
_FORMS = tr(
    "可以直接写：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31，"
    "或 2019年上半年、2019年1—8月"
)


class PeriodPicker(QWidget):
    """Shows a period's name, and beside it two arrows to its neighbours in time.

    ↑ and ↓ step in the field, Page Up and Page Down by a year, Alt+↓ opens the panel.
    """

    period_changed = Signal(object)  # Period, chosen by a person

    def __init__(self, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = _PeriodEdit(period)
        self._edit.changed.connect(self._on_changed)
        self._earlier = button(tr("前一期间"), "chevron-left", Kind.ICON, name="period_earlier")
        self._earlier.clicked.connect(self._on_earlier)
        self._later = button(tr("后一期间"), "chevron-right", Kind.ICON, name="period_later")
        self._later.clicked.connect(self._on_later)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._edit)
        row.addSpacing(2)
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        self.setFocusProxy(self._edit)
        self._refresh_steps()

    def period(self) -> Period:
        """The period chosen last; what is half typed does not count."""
        return self._edit.period

    def set_period(self, period: Period) -> None:
        """Show another, without telling."""
        self._edit.take(period)
        self._refresh_steps()

    def stand_aside(self, instead: Period | None) -> None:
        """Say another period that holds whatever is chosen; None gives the field back."""
        self._edit.instead = instead
        self._edit.take(self._edit.period)
        self.setEnabled(instead is None)

    def set_reach(self, reach: tuple[date, date] | None, today: date) -> None:
        """First and last day of the registrations: the years that are offered."""
        self._edit.reach, self._edit.today = reach, today
        self._refresh_steps()

    def open_panel(self) -> None:
        """Show what can be chosen."""
        self._edit.open_panel()

    def _on_changed(self, period: Period) -> None:
        self._refresh_steps()
        self.period_changed.emit(period)

    def _on_earlier(self) -> None:
        self._edit.step(-1)

    def _on_later(self) -> None:
        self._edit.step(1)

    def _refresh_steps(self) -> None:
        self._earlier.setEnabled(self._edit.neighbour(-1) is not None)
        self._later.setEnabled(self._edit.neighbour(1) is not None)


class _PeriodEdit(QLineEdit):
    changed = Signal(object)  # Period

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period
        self.instead: Period | None = None  # shown while it cannot be chosen
        self.reach: tuple[date, date] | None = None
        self.today = date.max
        self._panel: PeriodPanel | None = None
        self.setObjectName("period")
        self.setAccessibleName(tr("期间"))
        opener = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        opener.setText(tr("选择期间"))
        opener.setToolTip(tr("选择期间（Alt+↓）"))
        put_icon(opener, "chevron-down")
        opener.triggered.connect(self.open_panel)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._read)
        ComposingGuard(self)
        self.take(period)

    def take(self, period: Period) -> None:
        """Show a period as its name."""
        self.period = period
        period = self.instead or period
        self.setText(period.label)
        self.setCursorPosition(0)
        set_state(self, "state", "")
        self.setAccessibleDescription(_FORMS)
        compared = period.previous()
        self.setToolTip(
            tr(
                "{start} 至 {end}，共 {days} 天；与{compared}比较",
                start=period.start,
                end=period.end,
                days=period.days,
                compared=compared.label,
            )
        )
        room = QFontMetrics(self.font()).horizontalAdvance(period.label) + 60
        self.setFixedWidth(max(_NARROWEST, min(_WIDEST, room)))

    def open_panel(self) -> None:
        if self._panel is None:
            self._panel = PeriodPanel(self)
            self._panel.chosen.connect(self._on_chosen)
        self._panel.open_at(self, self.period, self.reach, self.today)

    def neighbour(self, steps: int, *, by_years: bool = False) -> Period | None:
        """The period before or after; none that begins after today."""
        found = neighbour(self.period, steps, by_years=by_years)
        return found if found is not None and found.start <= self.today else None

    def step(self, steps: int, *, by_years: bool = False) -> None:
        found = self.neighbour(steps, by_years=by_years)
        if found is not None:
            self._choose(found)

    def _choose(self, period: Period) -> None:
        before = self.period
        self.take(period)
        if period != before:
            self.changed.emit(period)

    def _on_chosen(self, period: Period) -> None:
        self._choose(period)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_text_edited(self) -> None:
        set_state(self, "state", "")

    def _read(self) -> None:
        if self.instead is not None or self.text() == self.period.label:
            return
        try:
            self._choose(read_period(self.text()))
        except UserError as error:
            set_state(self, "state", "fault")
            self.setAccessibleDescription(tr("错误：{fault}", fault=error))
            below = self.mapToGlobal(QPoint(0, self.height()))
            QToolTip.showText(
                below, tr("{fault}。\n{hint}", fault=error.text, hint=error.hint), self
            )
        else:
            self.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(event.key())
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_panel()
        elif steps is not None:
            self.step(steps[0], by_years=steps[1])
        elif event.key() == Qt.Key.Key_Escape and self.text() != self.period.label:
            self.take(self.period)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is Qt.FocusReason.PopupFocusReason:
            return
        self._read()
        if self.property("state") == "fault":
            self.take(self.period)  # the page shows this one: the field must not say another
