"""Under a registration that is being corrected: what happened to it, and what was corrected."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ipfinance.db.history import FieldChange
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.pledge import ENDINGS, Channel, Event, Kind, Pledge, state_on
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.money_edit import grouped_wan
from ipfinance.ui.widgets.table import ROW_HEIGHT, DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.tag import Tag

_MOST_ROWS = 8
_AROUND_ROWS = 86  # title, line and header of the table
_BLANK = "（空）"
# Columns that follow from others or mean nothing to a person.
_UNTOLD = {"uid", "batch", "rights_count"}


class HistoryCards(QWidget):
    """Read-only."""

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = Card("办理经过")
        self._lines: QWidget | None = None
        self.table = DataTable("entry_history")
        self.table.setAccessibleName("修改记录")
        self._model: RowsModel[FieldChange] = RowsModel(_columns(divisions), self.table)
        self.table.setModel(self._model)
        self.table.set_sortable(False)
        self._changes = TableCard(self.table, "修改记录", tools=False, footer=False)
        self._changes.head.setContentsMargins(19, 14, 15, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._course)
        column.addWidget(self._changes)

    def tell(self, pledge: Pledge, changes: Sequence[FieldChange]) -> None:
        """Show the course of a registration, and its corrections with the newest first."""
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = _course_of(pledge)
        self._course.body.addWidget(self._lines)
        self._lines.show()
        told = [change for change in reversed(changes) if change.column not in _UNTOLD]
        self._model.set_rows(told)
        self._changes.setVisible(bool(told))
        self._changes.setFixedHeight(_AROUND_ROWS + min(len(told), _MOST_ROWS) * ROW_HEIGHT)


def _columns(divisions: Divisions) -> list[Column[FieldChange]]:
    def before(change: FieldChange) -> str:
        return _value(divisions, change.column, change.before)

    def after(change: FieldChange) -> str:
        return _value(divisions, change.column, change.after)

    return [
        Column("at", "时间", _when, width=140, soft=True),
        Column("who", "操作人", lambda change: change.who, width=90, soft=True),
        Column("words", "操作", lambda change: change.words, width=150, stretch=1, soft=True),
        Column("column", "项目", lambda change: column_label(change.column), width=130),
        Column("before", "改前", before, width=130, stretch=1),
        Column("after", "改后", after, width=130, stretch=1),
    ]


def _value(divisions: Divisions, column: str, value: object) -> str:
    """A stored value as the form would say it."""
    if value in (None, ""):
        return _BLANK
    if column.endswith("_fen") and isinstance(value, int):
        return f"{grouped_wan(value)} 万元"
    text = str(value)
    if column == "kind":
        return Kind(text).label
    if column == "channel":
        return Channel(text).label
    if column in ("city", "county"):
        try:
            return divisions.name_of(text)
        except AreaError:
            return text
    return text


def column_label(column: str) -> str:
    """What a column of the store is called on the form."""
    if column == "deleted_at":
        return "删除"
    key = {"rights_declared": "rights_count"}.get(column, column.removesuffix("_fen"))
    field = BY_KEY.get(key)
    return column if field is None else field.label


def course(pledge: Pledge) -> list[tuple[str, str, str]]:
    """What happened: day, word and particulars, the registration first."""
    first = []
    if pledge.secured_amount_fen is not None:
        first.append(f"担保债权额 {grouped_wan(pledge.secured_amount_fen)} 万元")
    if pledge.term_end is not None:
        first.append(f"债务履行期限至 {pledge.term_end}")
    told = [(pledge.registered_on.isoformat(), "登记", "；".join(first))]
    for event in sorted(pledge.events, key=lambda event: event.happened_on):
        told.append((event.happened_on.isoformat(), event.kind.label, _particulars(event)))
    return told


def standing(pledge: Pledge, place: str, today: date) -> str:
    """What a registration is, in one line: 专利质押 · 2019-03-05 登记 · 计入杭州市 · 有效."""
    ending = pledge.ending
    state = state_on(
        today,
        None if ending is None else ending.happened_on,
        None if ending is None else ending.kind,
        pledge.term_end_on(today),
    )
    return f"{pledge.kind.label}质押 · {pledge.registered_on} 登记 · 计入{place} · {state.label}"


def _particulars(event: Event) -> str:
    parts = [f"{change.item}：{change.before} → {change.after}" for change in event.changes]
    if event.secured_amount_fen is not None:
        parts.append(f"担保债权额 {grouped_wan(event.secured_amount_fen)} 万元")
    if event.term_end is not None:
        parts.append(f"债务履行期限至 {event.term_end}")
    if event.note:
        parts.append(event.note)
    return "；".join(parts)


_TONES = {"登记": Tone.OK, **{kind.label: Tone.NEUTRAL for kind in ENDINGS}}


def _course_of(pledge: Pledge) -> QWidget:
    made = QWidget()
    made.setObjectName("course")
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    for line, (day, word, particulars) in enumerate(course(pledge)):
        words = label(particulars)
        words.setWordWrap(True)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(day, "soft"), line, 0, top)
        grid.addWidget(Tag(word, _TONES.get(word, Tone.INFO), height=21), line, 1, top)
        grid.addWidget(words, line, 2)
    return made


def _when(change: FieldChange) -> str:
    """The moment on the clock of this office; the store keeps it in UTC."""
    moment = datetime.fromisoformat(change.happened_at)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
