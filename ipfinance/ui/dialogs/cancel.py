"""Cancel registrations: the day and a note, with how many are meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.domain.event_rules import check_event, may_end_from
from ipfinance.domain.money import wan
from ipfinance.domain.pledge import Event, EventKind, Pledge
from ipfinance.language import clauses, listed, tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import ElidedLabel, label

_NAMED = 3  # registrations that are named one by one
_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Which registrations end, by number, on which day, and why."""

    numbers: tuple[int, ...]
    day: date
    note: str


def still_alive(pledges: Sequence[Pledge]) -> list[Pledge]:
    """Those among the registrations that can be cancelled: not ended yet."""
    return [pledge for pledge in pledges if pledge.ending is None]


class CancelDialog(QDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(
        self, pledges: Sequence[Pledge], today: date, parent: QWidget | None = None
    ) -> None:
        """`pledges` are those chosen, some of them alive; ended ones are told and left out."""
        super().__init__(parent)
        self.setObjectName("cancel_dialog")
        self.setWindowTitle(tr("注销登记"))
        self.setMinimumWidth(560)
        self.cancellation: Cancellation | None = None
        self._today = today
        self._alive = still_alive(pledges)
        count = len(self._alive)
        self._banner = Banner()  # what cannot be cancelled on the day
        self._banner.linkActivated.connect(self._on_link)
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
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("注销 {count:,} 笔登记", count=count), "cardtitle"))
        column.addLayout(self._which())
        left_out = len(pledges) - count
        if left_out:
            banner = Banner()
            banner.say(
                Tone.INFO,
                tr(
                    "选中的 {count:,} 笔里有 {left_out:,} 笔已经结束，不再注销。",
                    count=len(pledges),
                    left_out=left_out,
                ),
            )
            column.addWidget(banner)
        column.addWidget(self._banner)
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
        cls, pledges: Sequence[Pledge], today: date, parent: QWidget | None
    ) -> Cancellation | None:
        """Which to cancel, when and why; None when the clerk turned away."""
        dialog = cls(pledges, today, parent)
        try:
            dialog.exec()
            return dialog.cancellation
        finally:
            dialog.deleteLater()

    def _which(self) -> QVBoxLayout:
        """The registrations meant, the first few by name."""
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for pledge in self._alive[:_NAMED]:
            named = "　".join(part for part in (pledge.reg_no, _pledgors(pledge)) if part)
            lines.addWidget(ElidedLabel(named, "label"))
        lines.addWidget(label(self._total(), "label"))
        return lines

    def _total(self) -> str:
        """How many they are where not all are named, and what they secure as far as is known."""
        count = len(self._alive)
        amounts = [one.secured_amount_fen for one in self._alive]
        known = [fen for fen in amounts if fen is not None]
        missing = count - len(known)
        if not known:
            if count > _NAMED:
                return tr("等 {count:,} 笔，担保债权额待补", count=count)
            return tr("担保债权额待补")
        amount = wan(sum(known))
        total = (
            tr("等 {count:,} 笔，担保债权额 {amount} 万元", count=count, amount=amount)
            if count > _NAMED
            else tr("担保债权额 {amount} 万元", amount=amount)
        )
        more = tr("另有 {count:,} 件金额待补", count=missing) if missing else ""
        return clauses((total, more))

    def _on_day_changed(self) -> None:
        self._day_box.set_fault("")
        self._banner.clear()

    def _on_save(self) -> None:
        day = self._valid_day()
        if day is None:
            return
        too_early = [pledge for pledge in self._alive if may_end_from(pledge) > day]
        if too_early:
            self._tell_too_early(too_early, day)
            self._day_box.go_there()
        else:
            self._accept(self._alive, day)

    def _on_link(self, _key: str) -> None:
        """Go on with those that can be cancelled on the day."""
        day = self._valid_day()
        if day is not None:
            self._accept([one for one in self._alive if may_end_from(one) <= day], day)

    def _accept(self, pledges: Sequence[Pledge], day: date) -> None:
        numbers = tuple(pledge.id for pledge in pledges if pledge.id is not None)
        self.cancellation = Cancellation(numbers, day, self._note.text().strip())
        self.accept()

    def _valid_day(self) -> date | None:
        """The day typed; None, and told beside it, where no registration can end then."""
        fault, day = self._day.fault(), self._day.value()
        if not fault:
            if day is None:
                fault = tr("请填写注销日期")
            elif day > self._today:
                fault = tr("注销日期 {day} 晚于今天", day=day)
        self._day_box.set_fault(fault)
        if fault:
            self._day_box.go_there()
            return None
        return day

    def _tell_too_early(self, too_early: Sequence[Pledge], day: date) -> None:
        """Say beside the day from when on it would do, and above it what stands in the way."""
        if len(self._alive) == 1:
            event = Event(EventKind.CANCELLATION, day)
            [first, *_] = check_event(too_early[0], event, self._today)
            self._day_box.set_fault(first.text)
            return
        last = max(map(may_end_from, too_early))
        self._day_box.set_fault(tr("这一天太早，从 {day} 起才能一起注销", day=last))
        gaps = {"count": len(too_early), "day": day, "named": _named(too_early)}
        others = len(self._alive) - len(too_early)
        if others:
            self._banner.say(
                Tone.WARNING,
                tr("有 {count:,} 笔不能在 {day} 注销：{named}。可以改日期，也可以：", **gaps),
                ((_OTHERS, tr("只注销其余 {others:,} 笔", others=others)),),
            )
        else:
            self._banner.say(
                Tone.WARNING, tr("这 {count:,} 笔都不能在 {day} 注销：{named}。", **gaps)
            )
        needed = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))


def _pledgors(pledge: Pledge) -> str:
    return listed(pledgor.name for pledgor in pledge.pledgors)


def _named(pledges: Sequence[Pledge]) -> str:
    """The first few by name, each with what is later than the day."""
    told = [_why(pledge) for pledge in pledges[:_NAMED]]
    if len(pledges) > _NAMED:
        told.append(tr("另 {count:,} 笔", count=len(pledges) - _NAMED))
    return listed(told)


def _why(pledge: Pledge) -> str:
    name = pledge.reg_no or _pledgors(pledge)
    last = max(pledge.events, key=lambda event: event.happened_on, default=None)
    if last is None or last.happened_on <= pledge.registered_on:
        return tr("{name}（{day} 登记）", name=name, day=pledge.registered_on)
    return tr("{name}（{day} {event}）", name=name, day=last.happened_on, event=last.label)
