"""Cancel registrations: the day and a note, with how many are meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.db.ledger import LedgerRow
from ipfinance.domain.faults import Fault
from ipfinance.domain.money import wan
from ipfinance.domain.pledge import Event, EventKind, Pledge, Pledgor, State
from ipfinance.domain.rules import check
from ipfinance.language import tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import ElidedLabel, label

_ALIVE = (State.LIVE, State.DUE_SOON, State.OVERDUE)
_NAMED = 3  # registrations that are named one by one


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The day on which registrations end, and why."""

    day: date
    note: str


def still_alive(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Those among the registrations that can be cancelled: not ended yet."""
    return [row for row in rows if row.state in _ALIVE]


class CancelDialog(QDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(
        self, rows: Sequence[LedgerRow], today: date, parent: QWidget | None = None
    ) -> None:
        """`rows` are those chosen, some of them alive; ended ones are told and left out."""
        super().__init__(parent)
        self.setObjectName("cancel_dialog")
        self.setWindowTitle(tr("注销登记"))
        self.setMinimumWidth(480)
        self.cancellation: Cancellation | None = None
        self._today = today
        self._alive = still_alive(rows)
        count = len(self._alive)
        self._day = DateEdit()
        self._day.set_context(today, today)
        self._day.set_value(today)
        self._day.textChanged.connect(self._on_day_changed)
        self._day_box = FieldBox(
            tr("注销日期"),
            self._day,
            key="cancelled_on",
            required=True,
            hint=tr("通知书上的注销日；从这一天起不再在押"),
        )
        self._note = QLineEdit()
        self._note.setPlaceholderText(tr("选填，如：债务已清偿"))
        self._note.setMaxLength(200)
        self._note_box = FieldBox(tr("备注"), self._note, key="note")
        back = button(tr("取消"), name="cancel")
        back.clicked.connect(self.reject)
        self._do = button(tr("注销 {count:,} 笔", count=count), kind=Kind.PRIMARY, name="save")
        self._do.setDefault(True)
        self._do.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("注销 {count:,} 笔登记", count=count), "cardtitle"))
        column.addLayout(self._which())
        left_out = len(rows) - count
        if left_out:
            banner = Banner()
            banner.say(
                Tone.INFO,
                tr(
                    "选中的 {count:,} 笔里有 {left_out:,} 笔已经结束，不再注销。",
                    count=len(rows),
                    left_out=left_out,
                ),
            )
            column.addWidget(banner)
        column.addSpacing(4)
        column.addWidget(self._day_box)
        column.addWidget(self._note_box)
        column.addSpacing(4)
        column.addLayout(foot)
        ComposingGuard(self)
        self._day.selectAll()
        self._day.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def ask(
        cls, rows: Sequence[LedgerRow], today: date, parent: QWidget | None
    ) -> Cancellation | None:
        """When and why to cancel; None when the clerk turned away."""
        dialog = cls(rows, today, parent)
        try:
            dialog.exec()
            return dialog.cancellation
        finally:
            dialog.deleteLater()

    def _which(self) -> QVBoxLayout:
        """The registrations meant, the first few by name."""
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for row in self._alive[:_NAMED]:
            named = "　".join(part for part in (row.reg_no, row.pledgors) if part)
            lines.addWidget(ElidedLabel(named, "label"))
        amounts = [row.secured_amount_fen for row in self._alive if row.secured_amount_fen]
        total = (
            tr(
                "等 {count:,} 笔，担保债权额 {amount} 万元",
                count=len(self._alive),
                amount=wan(sum(amounts)),
            )
            if len(self._alive) > _NAMED
            else tr("担保债权额 {amount} 万元", amount=wan(sum(amounts)))
        )
        lines.addWidget(label(total, "label"))
        return lines

    def _on_day_changed(self) -> None:
        self._day_box.set_fault("")

    def _on_save(self) -> None:
        fault = self._fault()
        self._day_box.set_fault(fault)
        if fault:
            self._day_box.go_there()
            return
        day = self._day.value()
        assert day is not None
        self.cancellation = Cancellation(day, self._note.text().strip())
        self.accept()

    def _fault(self) -> str:
        """What is wrong with the day, by the rules that hold for every event; "" for nothing."""
        if self._day.fault():
            return self._day.fault()
        day = self._day.value()
        if day is None:
            return tr("请填写注销日期")
        wrong = [(row, fault) for row in self._alive for fault in _faults(row, day, self._today)]
        if not wrong:
            return ""
        row, fault = max(wrong, key=lambda pair: pair[0].registered_on)
        if len(wrong) == 1 or fault.rule == "date_in_future":
            return fault.text
        return tr(
            "{count:,} 笔的登记日期更晚，最晚的是 {day}（{name}）",
            count=len(wrong),
            day=row.registered_on,
            name=row.reg_no or row.pledgors,
        )


def _faults(row: LedgerRow, day: date, today: date) -> list[Fault]:
    ended = Pledge(
        kind=row.kind,
        registered_on=row.registered_on,
        pledgors=(Pledgor(row.pledgors, row.city),),
        events=(Event(EventKind.CANCELLATION, day),),
    )
    found = check(ended, today)
    return [fault for fault in found if fault.is_error and fault.field == "cancelled_on"]
