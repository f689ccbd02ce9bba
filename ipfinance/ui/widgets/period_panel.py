"""The panel that opens under a period field: a year, its parts, several years, or any days."""

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.period_text import months, short_name

_WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_WIDTH = 12  # columns of the grid, so that 2, 3, 4 and 6 parts fit


class PeriodPanel(QFrame):
    """One click chooses; it then closes itself."""

    chosen = Signal(object)  # Period

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("periodPanel")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._today = date.max
        self._reach: tuple[int, int] = (0, 0)
        self._current: Period | None = None
        self._offers: list[tuple[QPushButton, Callable[[int], Period]]] = []
        self._year = ComboBox()
        self._year.setObjectName("panel_year")
        self._year.setAccessibleName(tr("年份"))
        self._year.currentIndexChanged.connect(self._fill)
        earlier = button(tr("上一年"), "chevron-left", Kind.ICON, name="panel_earlier")
        earlier.clicked.connect(self._on_earlier)
        later = button(tr("下一年"), "chevron-right", Kind.ICON, name="panel_later")
        later.clicked.connect(self._on_later)
        years = QHBoxLayout()
        years.setSpacing(4)
        years.addWidget(earlier)
        years.addWidget(self._year, 1)
        years.addWidget(later)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        for at in range(_WIDTH):
            self._grid.setColumnStretch(at, 1)
            self._grid.setColumnMinimumWidth(at, 28)  # two of them hold 12月
        self._row = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(years)
        column.addLayout(self._grid)
        self._offer((Period.year, lambda y: Period.half(y, 1), lambda y: Period.half(y, 2)))
        self._offer(_quarter(q) for q in range(1, 5))
        self._offer((_month(m) for m in range(1, 13)), tr("单月"), per_row=6)
        # Two or more months that no half and no quarter is: the year up to then.
        self._offer(
            (_until(m) for m in range(2, 12) if m not in (3, 6)), tr("1 月起累计"), per_row=4
        )
        self._offer((_last_years(3), _last_years(5), self._all_years), tr("多年"))
        self._add_days()

    def open_at(
        self, field: QWidget, period: Period, reach: tuple[date, date] | None, today: date
    ) -> None:
        """Show it under `field`, at the year of `period`; what begins after today is greyed."""
        self._today = today
        first, last = (day.year for day in (reach or (period.start, period.end)))
        self._reach = (first, last)
        years = range(max(last, today.year, period.end.year), min(first, period.start.year) - 1, -1)
        self._year.set_entries((Period.year(year).label, year) for year in years)
        self._year.set_value(period.end.year)
        self._current = period
        self._start.set_value(period.start)
        self._end.set_value(period.end)
        self._fill()
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = field.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        place.setY(max(screen.top(), min(place.y(), screen.bottom() - self.height())))
        self.move(place)
        self.show()
        current = next((one for one, _ in self._offers if one.isChecked()), self._offers[0][0])
        current.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- inside ----------------------------------------------------------------------------

    def _offer(
        self, periods: Iterable[Callable[[int], Period]], heading: str = "", per_row: int = 0
    ) -> None:
        offered = list(periods)
        if heading:
            self._grid.addWidget(label(heading, "hint"), self._row, 0, 1, _WIDTH)
            self._row += 1
        in_row = per_row or len(offered)
        span = _WIDTH // in_row
        for at, period in enumerate(offered):
            one = _Offer()
            one.clicked.connect(self._on_offer)
            self._offers.append((one, period))
            self._grid.addWidget(one, self._row + at // in_row, at % in_row * span, 1, span)
        self._row += -(-len(offered) // in_row)

    def _add_days(self) -> None:
        self._start, self._end = DateEdit(), DateEdit()
        self._start.setAccessibleName(tr("开始日期"))
        self._start.setObjectName("panel_start")
        self._end.setAccessibleName(tr("结束日期"))
        self._end.setObjectName("panel_end")
        self._take = button(tr("确定"), name="panel_take")
        self._take.clicked.connect(self._on_days)
        for edit in (self._start, self._end):
            edit.value_changed.connect(self._on_day_changed)
            edit.returnPressed.connect(self._on_days)
            ComposingGuard(edit)
        self._grid.addWidget(label(tr("任意起止日期"), "hint"), self._row, 0, 1, _WIDTH)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._start, 1)
        row.addWidget(label(tr("至"), "hint"))
        row.addWidget(self._end, 1)
        row.addWidget(self._take)
        self._grid.addLayout(row, self._row + 1, 0, 1, _WIDTH)

    def _all_years(self, _year: int) -> Period:
        first, last = self._reach
        return months(first, 1, last, 12)

    def _fill(self) -> None:
        """The words of the offers, for the year that is chosen now."""
        year = self._year.value()
        if not isinstance(year, int):
            return
        for one, make in self._offers:
            period = make(year)
            words = period.label
            one.setText(tr("全部年份") if make == self._all_years else short_name(period))
            one.setAccessibleName(words)
            one.setToolTip(words)
            one.setEnabled(period.start <= self._today)
            one.setChecked(period == self._current)

    def _on_offer(self) -> None:
        year = self._year.value()
        assert isinstance(year, int)
        make = next(make for one, make in self._offers if one is self.sender())
        self._choose(make(year))

    def _on_day_changed(self) -> None:
        self._take.setEnabled(self._typed() is not None)

    def _on_days(self) -> None:
        period = self._typed()
        if period is not None:
            self._choose(period)

    def _typed(self) -> Period | None:
        start, end = self._start.value(), self._end.value()
        return Period.of(start, end) if start and end and start <= end else None

    def _choose(self, period: Period) -> None:
        self.hide()
        self.chosen.emit(period)

    def _on_earlier(self) -> None:
        self._step_year(1)

    def _on_later(self) -> None:
        self._step_year(-1)

    def _step_year(self, rows: int) -> None:
        at = self._year.currentIndex() + rows
        if 0 <= at < self._year.count():
            self._year.setCurrentIndex(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows move among the offers as they stand on the screen; the buttons pass them on.
        held = self.focusWidget()
        way = _WAYS.get(event.key())
        if event.key() == Qt.Key.Key_PageUp:
            self._on_earlier()
        elif event.key() == Qt.Key.Key_PageDown:
            self._on_later()
        elif way is not None and isinstance(held, _Offer):
            self._move(held, *way)
        else:
            super().keyPressEvent(event)

    def _move(self, held: QPushButton, across: int, down: int) -> None:
        here = held.geometry().center()
        best: tuple[int, QPushButton] | None = None
        for one, _ in self._offers:
            there = one.geometry().center()
            along = (there.x() - here.x()) * across + (there.y() - here.y()) * down
            aside = abs((there.x() - here.x()) * down) + abs((there.y() - here.y()) * across)
            if along <= 0 or not one.isEnabled() or (across and aside):
                continue
            distance = along + aside if across else along * 1000 + aside
            if best is None or distance < best[0]:
                best = (distance, one)
        if best is not None:
            best[1].setFocus(Qt.FocusReason.TabFocusReason)


class _Offer(QPushButton):
    """A period to choose; arrows are left to the panel, which knows what stands where."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setCheckable(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WAYS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _quarter(quarter: int) -> Callable[[int], Period]:
    return lambda year: Period.quarter(year, quarter)


def _month(month: int) -> Callable[[int], Period]:
    return lambda year: Period.month(year, month)


def _until(month: int) -> Callable[[int], Period]:
    return lambda year: months(year, 1, year, month)


def _last_years(count: int) -> Callable[[int], Period]:
    return lambda year: months(year - count + 1, 1, year, 12)
