"""The calendar that a date field opens: year before month, no week numbers, no red Sundays."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.language import locale
from ipfinance.ui.theme import TABLE, colour, sized
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label


class CalendarPopup(QFrame):
    """Opens under a field and gives the day picked; Escape closes it."""

    picked = Signal(object)  # date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendarPopup")
        self._month = label("", "strong")
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._calendar = _Calendar()
        self._calendar.clicked.connect(self._on_picked)
        self._calendar.activated.connect(self._on_picked)
        self._calendar.currentPageChanged.connect(self._on_page_changed)
        bar = QHBoxLayout()
        bar.setSpacing(0)
        for text, icon, slot in (
            (tr("上一年"), "chevrons-left", self._calendar.showPreviousYear),
            (tr("上一月"), "chevron-left", self._calendar.showPreviousMonth),
            ("", "", None),
            (tr("下一月"), "chevron-right", self._calendar.showNextMonth),
            (tr("下一年"), "chevrons-right", self._calendar.showNextYear),
        ):
            if slot is None:
                bar.addWidget(self._month, 1)
                continue
            one = button(text, icon, Kind.ICON)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys belong to the days
            one.clicked.connect(slot)
            bar.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(2)
        column.addLayout(bar)
        column.addWidget(self._calendar)

    def open_at(self, field: QWidget, day: date | None) -> None:
        """Under the field, above it where there is no room; at `day`, else at today."""
        shown = QDate.currentDate() if day is None else QDate(day.year, day.month, day.day)
        self._calendar.setSelectedDate(shown)
        self._on_page_changed(shown.year(), shown.month())
        self.adjustSize()
        place = field.mapToGlobal(QPoint(field.width() - self.width(), field.height() + 2))
        screen = field.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        place.setX(max(screen.left(), place.x()))
        self.move(place)
        self.show()
        self._calendar.setFocus()

    def _on_page_changed(self, year: int, month: int) -> None:
        self._month.setText(locale().toString(QDate(year, month, 1), tr("yyyy年M月")))

    def _on_picked(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(date(day.year(), day.month(), day.day()))


class _Calendar(QCalendarWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("日历"))
        self.setLocale(locale())
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setNavigationBarVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        # Red means a fault here, not a Sunday.
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())
        days = self.findChildren(QTableView)[0]
        days.setAccessibleName(tr("日期"))
        # The style sheet's header padding would make the columns too wide for seven.
        days.horizontalHeader().setMinimumSectionSize(20)
        self.setFixedSize(7 * 38, 7 * 32)

    @override
    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        chosen = date == self.selectedDate()
        own = date.month() == self.monthShown()
        painter.save()
        painter.fillRect(rect, colour("card"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.adjusted(2, 2, -2, -2)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(room, 6, 6)
        elif date == QDate.currentDate():
            painter.setPen(colour("accent"))
            painter.drawRoundedRect(room, 6, 6)
        painter.setFont(sized(self.font(), TABLE, bold=chosen))
        painter.setPen(colour("on_accent" if chosen else "text" if own else "text_weak"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        painter.restore()
