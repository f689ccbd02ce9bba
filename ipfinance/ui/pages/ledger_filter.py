"""The row above the ledger that narrows it: words, kind, city, state and days."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.ledger import Filter
from ipfinance.db.reach import reach
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, State
from ipfinance.language import tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.widgets import button as buttons
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.label import label, set_state
from ipfinance.ui.widgets.period_panel import PeriodPanel
from ipfinance.ui.widgets.search_edit import SearchEdit

PAUSE_MS = 300  # after which a typed day is taken as it stands
# Not a state, but what a clerk looks for in the same place.
AMOUNT_MISSING = "amount_missing"
_KINDS = (Kind.PATENT, Kind.TRADEMARK)
# What the controls show; the rest of a filter comes from a number that was opened.
_SHOWN = ("text", "kinds", "city", "state", "start", "end", "amount_missing")


class FilterBar(QWidget):
    """`changed` gives the filter as soon as one of its parts is chosen or typed.

    A filter from elsewhere may narrow by more than there are controls for; that part is kept
    as `scope` until it is given up.
    """

    changed = Signal(object)  # Filter
    faulted = Signal(str)  # why the days are none; "" when that is mended
    left_downwards = Signal()  # ↓ in the search field: on to the table

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scope = Filter()
        self._told = Filter()
        self._quiet = False
        self._fault = ""
        self._panel: PeriodPanel | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_paused)
        self.search = SearchEdit(tr("登记号、出质人、质权人、专利号"))
        self.search.setAccessibleName(tr("搜索"))
        self.search.setToolTip(tr("名称的一部分、拼音首字母、登记号、信用代码、专利号或商标号"))
        self.kind = self._combo(tr("类型"), 104)
        self.kind.set_entries(((tr("全部类型"), None), *((kind.label, kind) for kind in _KINDS)))
        self.kind.setFixedWidth(max(104, self.kind.sizeHint().width()))
        self.city = self._combo(tr("设区市"), 124)
        self.state = self._combo(tr("状态"), 120)
        self.state.set_entries(
            (
                (tr("全部状态"), None),
                *((state.label, state) for state in State),
                (tr("金额待补"), AMOUNT_MISSING),
            )
        )
        self.start = self._day(tr("起始登记日"), tr("起始日"))
        self.end = self._day(tr("截止登记日"), tr("截止日"))
        self.period = button(tr("期间"), "", buttons.Kind.QUIET, name="filter_period")
        self.period.setToolTip(tr("选择年、半年、季度、月等期间"))
        self.period.clicked.connect(self._on_period_asked)
        self.reset = button(tr("清除全部筛选条件"), "reset", buttons.Kind.ICON, name="filter_reset")
        self.reset.setEnabled(False)
        self.reset.clicked.connect(self.clear)
        self._name_parts()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for part in (self.kind, self.city, self.state):
            row.addWidget(part)
        row.addWidget(self.start)
        row.addWidget(label(tr("至"), "hint"))
        row.addWidget(self.end)
        row.addWidget(self.period)
        row.addWidget(self.reset)
        self.search.searched.connect(self._on_changed)
        self.search.installEventFilter(self)
        self.refresh()

    def refresh(self) -> None:
        """Offer the cities as they are named now."""
        cities = ((city.name, city.code) for city in self._desk.divisions.cities())
        self.city.set_entries(((tr("全部设区市"), None), *cities))

    def filter(self) -> Filter:
        """What is asked for now; a half-typed date counts as it was before."""
        # Qt hands enums back as plain words.
        kind, city, state = (one.value() for one in (self.kind, self.city, self.state))
        missing = state == AMOUNT_MISSING
        return replace(
            self._scope,
            text=self.search.text().strip(),
            kinds=(Kind(str(kind)),) if kind else self._scope.kinds,
            city=str(city) if city else None,
            state=State(str(state)) if state and not missing else None,
            amount_missing=missing,
            start=self._told.start if self.start.fault() else self.start.value(),
            end=self._told.end if self.end.fault() else self.end.value(),
        )

    @property
    def scope(self) -> Filter:
        """The part of the filter that no control shows."""
        return self._scope

    def show_filter(self, wanted: Filter) -> None:
        """Ask for this instead, and tell."""
        self._quiet = True
        one_kind = len(wanted.kinds) == 1 and wanted.kinds[0] in _KINDS
        # Both kinds together are all that the combo calls 全部类型, unless others are asked for.
        self._scope = replace(wanted, **{name: getattr(Filter(), name) for name in _SHOWN})
        if not one_kind:
            self._scope = replace(self._scope, kinds=wanted.kinds)
        self.search.setText(wanted.text)
        self.kind.set_value(wanted.kinds[0] if one_kind else None)
        self.city.set_value(wanted.city)
        self.state.set_value(AMOUNT_MISSING if wanted.amount_missing else wanted.state)
        self.start.set_value(wanted.start)
        self.end.set_value(wanted.end)
        self._quiet = False
        self._on_changed()

    def clear(self) -> None:
        """Ask for everything."""
        self.show_filter(Filter())

    def leave_scope(self) -> None:
        """Give up what no control shows, keep what the controls show."""
        self._scope = Filter()
        self._on_changed()

    def fault(self) -> str:
        """Why the days are none, in one sentence; "" when all is well."""
        for edit, name in ((self.start, tr("起始登记日")), (self.end, tr("截止登记日"))):
            if edit.fault():
                return tr("{field}：{fault}", field=name, fault=edit.fault())
        start, end = self.start.value(), self.end.value()
        if start and end and start > end:
            return tr("截止登记日 {end} 早于起始登记日 {start}", end=end, start=start)
        return ""

    def focus_search(self) -> None:
        """Let the next key be part of the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # -- inside ----------------------------------------------------------------------------

    def _combo(self, name: str, width: int) -> ComboBox:
        made = ComboBox()
        made.setAccessibleName(name)
        made.setFixedWidth(width)
        made.currentIndexChanged.connect(self._on_changed)
        return made

    def _day(self, name: str, hint: str) -> DateEdit:
        made = DateEdit()
        made.setAccessibleName(name)
        made.setFixedWidth(128)
        made.setToolTip(tr("{name}：年-月-日", name=name))
        made.setPlaceholderText(hint)
        # 2019-02-3 is a day too, on the way to 2019-02-30: days wait for a pause.
        made.value_changed.connect(self._pause.start)
        made.editingFinished.connect(self._on_changed)
        return made

    def _name_parts(self) -> None:
        for name in ("search", "kind", "city", "state", "start", "end"):
            getattr(self, name).setObjectName(f"filter_{name}")

    def _on_changed(self) -> None:
        if self._quiet:
            return
        self._pause.stop()
        self._show_faults()
        wanted = self.filter()
        if wanted != self._told and not self.fault():
            self._told = wanted
            self.reset.setEnabled(wanted != Filter())
            self.changed.emit(wanted)

    def _on_paused(self) -> None:
        # What is half typed is not marked before it is left.
        if not (self.start.fault() or self.end.fault()):
            self._on_changed()

    def _show_faults(self) -> None:
        faults = {self.start: self.start.fault(), self.end: self.end.fault()}
        whole = self.fault()
        if whole and not any(faults.values()):
            faults[self.end] = whole
        for edit, words in faults.items():
            set_state(edit, "state", "fault" if words else "")
            edit.setToolTip(words)
            edit.setAccessibleDescription(tr("错误：{words}", words=words) if words else "")
        if whole != self._fault:
            self._fault = whole
            self.faulted.emit(whole)

    def _on_period_asked(self) -> None:
        if self._panel is None:
            self._panel = PeriodPanel(self)
            self._panel.chosen.connect(self._on_period)
        today = self._desk.today()
        start, end = self.start.value(), self.end.value()
        current = Period.of(start, end) if start and end and start <= end else _this_year(today)
        self._panel.open_at(self.start, current, reach(self._desk.store), today)

    def _on_period(self, period: Period) -> None:
        self._quiet = True
        self.start.set_value(period.start)
        self.end.set_value(period.end)
        self._quiet = False
        self._on_changed()
        self.period.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.left_downwards.emit()
            return True
        return False  # as Qt's own says, which may be gone already while its children go


def _this_year(today: date) -> Period:
    return Period.year(today.year)
