"""A date that is typed in any of the forms people write, or picked from a calendar."""

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.ui.icons import put_icon

if TYPE_CHECKING:
    from ipfinance.ui.widgets.calendar import CalendarPopup

_FORMS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_DAY = re.compile(r"(\d{1,2})日?")
_SHORT = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?")
_SHORT_YEAR = re.compile(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_MONTH = re.compile(r"(\d{4})[-/.年]\d{1,2}月?")


def read_date(
    text: str, context: date | None = None, latest: date | None = None
) -> tuple[date | None, str]:
    """The date meant, or why none is: (date, "") · (None, "") for blank · (None, fault).

    Nothing is guessed: only a day alone is completed, and only with the month of `context`, or
    with the month before where that day lies after `latest`.
    """
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("。", ".")
    if not typed:
        return None, ""
    for form in _FORMS:
        if match := form.fullmatch(typed):
            year, month, day = map(int, match.groups())
            return _existing(year, month, day)
    if (match := _DAY.fullmatch(typed)) and context is not None:
        completed = _existing(context.year, context.month, int(match[1]))
        if latest is not None and completed[0] is not None and completed[0] > latest:
            before = context.replace(day=1) - timedelta(days=1)
            return _existing(before.year, before.month, int(match[1]))
        return completed
    return None, _why_not(typed)


def _existing(year: int, month: int, day: int) -> tuple[date | None, str]:
    if not 1 <= month <= 12:
        return None, tr("日期不存在：没有 {month} 月", month=month)
    try:
        return date(year, month, day), ""
    except ValueError:
        return None, tr(
            "日期不存在：{year}年{month}月没有 {day} 日", year=year, month=month, day=day
        )


def _why_not(typed: str) -> str:
    if _SHORT_YEAR.fullmatch(typed):
        return tr("年份请写四位，如 2019-03-05")
    if _SHORT.fullmatch(typed):
        return tr("缺少年份，请写成 2019-03-05")
    if _MONTH.fullmatch(typed):
        return tr("缺少日，请写成 2019-03-05")
    if _DAY.fullmatch(typed):
        return tr("缺少年月，请写成 2019-03-05")
    return tr("不是日期，请写成 2019-03-05")


class DateEdit(QLineEdit):
    """What is typed stays until it is a date; then it reads `yyyy-MM-dd`."""

    value_changed = Signal(object)  # date | None
    completed = Signal(str)  # a day alone was typed: what it was taken for, in one sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: date | None = None
        self._latest: date | None = None
        self._told: date | None = None
        self._popup: CalendarPopup | None = None
        self.setAccessibleName(tr("日期"))
        self.setPlaceholderText(tr("年-月-日"))
        picker = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        picker.setText(tr("打开日历"))
        picker.setToolTip(tr("打开日历（Alt+↓）"))
        put_icon(picker, "calendar")
        picker.triggered.connect(self.open_calendar)
        self.editingFinished.connect(self._on_editing_finished)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> date | None:
        """The date, or None when the field is blank or holds no date (see `fault`)."""
        return read_date(self.text(), self._context, self._latest)[0]

    def fault(self) -> str:
        """Why the text is no date, in one sentence; "" for a date and for a blank field."""
        return read_date(self.text(), self._context, self._latest)[1]

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else value.isoformat())

    def set_context(self, context: date | None, latest: date | None = None) -> None:
        """The month that a day typed alone belongs to; None: a day alone is no date. A day of
        it after `latest` is taken for one of the month before."""
        self._context, self._latest = context, latest
        if context is None:
            self.setPlaceholderText(tr("年-月-日"))
        else:
            self.setPlaceholderText(tr("年-月-日，或 {month} 月的日", month=context.month))

    def rule(self) -> str:
        """How a day typed alone is read; "" where it is no date."""
        if self._context is None:
            return ""
        words = (
            tr("可只填日，按 {year} 年 {month} 月补全")
            if self._latest is None
            else tr("可只填日，按 {year} 年 {month} 月补全，不晚于今天")
        )
        return words.format(year=self._context.year, month=self._context.month)

    def open_calendar(self) -> None:
        """Show the calendar under the field, at its date or the pinned month."""
        if self._popup is None:
            from ipfinance.ui.widgets.calendar import CalendarPopup

            self._popup = CalendarPopup(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.open_at(self, self.value() or self._context)

    def _on_picked(self, day: date) -> None:
        self.set_value(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_text_changed(self) -> None:
        value = self.value()
        if value != self._told:
            self._told = value
            self.value_changed.emit(value)

    def _on_editing_finished(self) -> None:
        value = self.value()
        if value is not None and self.text() != value.isoformat():
            typed = self.text().strip()
            self.set_value(value)
            if _DAY.fullmatch(unicodedata.normalize("NFKC", typed)):
                self.completed.emit(self._echo(value))

    def _echo(self, value: date) -> str:
        context = self._context
        assert context is not None
        if (value.year, value.month) == (context.year, context.month):
            return tr("只填了日，按 {month} 月补全", month=value.month)
        return tr("{month} 月 {day} 日晚于今天，按上个月补全", month=context.month, day=value.day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
        else:
            super().keyPressEvent(event)
