"""One event of a registration, recorded or corrected: change, extension, transfer, endings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.domain.event_rules import AMOUNT, CHANGES, DAY, TERM, TRANSFEREE, check_event
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.names import split_list
from ipfinance.domain.pledge import TRANSFER, VOIDINGS, Change, Event, EventKind, Pledge
from ipfinance.language import listed, tr
from ipfinance.ui.dialogs.form import FormDialog
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.change_rows import ChangeRows
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import ElidedLabel, label
from ipfinance.ui.widgets.money_edit import MoneyEdit
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from ipfinance.ui.widgets.suggestion_list import Suggestion

Source = Callable[[str], Sequence[Suggestion]]
_NOTE_LENGTH = 200
_EFFECTS = {
    EventKind.CHANGE: tr("只影响从这一天起的在押金额；登记当期的统计按登记时的内容，不变。"),
    EventKind.EXTENSION: tr("只影响从这一天起的到期日；登记当期的统计不变。"),
    EventKind.CANCELLATION: tr("从这一天起不再在押；登记当期的统计不变。"),
    EventKind.LAPSE: tr("从这一天起不再在押；登记当期的统计不变。"),
}
_OF_TRANSFER = tr("从这一天起由受让人持有债权；登记时的质权人和各期统计不变。")
_OF_VOIDING = tr("这笔登记不再计入任何期间的统计。")


def blank_transfer(pledge: Pledge, day: date) -> Event:
    """A transfer of the claim that is to be filled in."""
    holders = "；".join(pledge.pledgees_on(day))
    return Event(EventKind.CHANGE, day, changes=(Change(TRANSFER, holders, ""),))


class EventDialog(FormDialog):
    """Edits a value; whoever opened it writes it. Which fields there are follows from the
    event that is given."""

    def __init__(
        self,
        pledge: Pledge,
        event: Event,
        today: date,
        pledgees: Source,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("event_dialog")
        is_new = event.id is None
        title = (
            event.label
            if event.label_zh.endswith("登记")
            else tr("{label}登记", label=event.label.lower())
        )
        self.setWindowTitle(title if is_new else tr("更正{label}", label=event.label.lower()))
        self.setMinimumWidth(600 if event.kind is EventKind.CHANGE else 480)
        self.event_made: Event | None = None
        self._pledge, self._event, self._today = pledge, event, today
        self._boxes: dict[str, FieldBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(8)
        self._column.addWidget(label(self.windowTitle(), "cardtitle"))
        names = listed(pledgor.name for pledgor in pledge.pledgors)
        named = "　".join(part for part in (pledge.reg_no, names) if part)
        self._column.addWidget(ElidedLabel(named, "label"))
        effect = label(self._effect(), "hint")
        effect.setWordWrap(True)
        # On a low screen a dialog may get less than its words need.
        effect.setMinimumHeight(effect.heightForWidth(self.minimumWidth() - 48))
        self._column.addWidget(effect)
        self._column.addSpacing(4)
        self._day, self._term, self._amount = DateEdit(), DateEdit(), MoneyEdit()
        self._transferee, self._note = SuggestEdit(pledgees), QLineEdit(event.note)
        is_change = event.kind is EventKind.CHANGE and not event.is_transfer
        self._changes = ChangeRows(self._items) if is_change else None
        self._lay_out()
        self._fill()
        self._column.addSpacing(4)
        self._column.addStretch(1)  # more height than is needed must not part the fields
        self._column.addLayout(self._foot(is_new))
        # Wrapped words are measured at less than the least width: the rest would widen the gaps.
        least = self.minimumWidth()
        self.resize(least, self._column.totalHeightForWidth(least))
        self._guard = ComposingGuard(self)
        if self._changes is not None:
            self._changes.rows_changed.connect(self._on_rows_changed)
        self._day.selectAll()
        self._day.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def ask(
        cls, pledge: Pledge, event: Event, today: date, pledgees: Source, parent: QWidget | None
    ) -> Event | None:
        """The event as the clerk wants it; None when the clerk turned away."""
        dialog = cls(pledge, event, today, pledgees, parent)
        try:
            dialog.exec()
            return dialog.event_made
        finally:
            dialog.deleteLater()

    # -- building ----------------------------------------------------------------------------

    def _effect(self) -> str:
        if self._event.is_transfer:
            return _OF_TRANSFER
        return _OF_VOIDING if self._event.kind in VOIDINGS else _EFFECTS[self._event.kind]

    def _lay_out(self) -> None:
        event = self._event
        self._add(DAY, tr("{label}日期", label=event.label.lower()), self._day, required=True)
        if event.is_transfer:
            self._add(TRANSFEREE, tr("受让人（新的质权人）"), self._transferee, required=True)
        elif event.kind is EventKind.EXTENSION:
            self._add(TERM, tr("延期后债务履行期限止"), self._term, required=True)
        elif self._changes is not None:
            self._column.addWidget(self._changes)
            both = QHBoxLayout()
            both.setSpacing(20)
            for key, words, editor, unit in (
                (AMOUNT, tr("变更后担保债权额"), self._amount, tr("万元")),
                (TERM, tr("变更后债务履行期限止"), self._term, ""),
            ):
                both.addWidget(self._box(key, words, editor, unit=unit), 1)
            self._column.addLayout(both)
            self._amount.echo_changed.connect(self._on_echo)
        self._note.setMaxLength(_NOTE_LENGTH)
        self._note.setPlaceholderText(tr("选填"))
        self._add("note", tr("备注"), self._note)

    def _add(self, key: str, words: str, editor: QWidget, *, required: bool = False) -> None:
        self._column.addWidget(self._box(key, words, editor, required=required))

    def _box(
        self, key: str, words: str, editor: QWidget, *, required: bool = False, unit: str = ""
    ) -> FieldBox:
        box = FieldBox(words, editor, key=key, required=required, unit=unit)
        self._boxes[key] = box
        return box

    def _fill(self) -> None:
        event = self._event
        self._day.set_context(self._today, self._today)
        self._day.set_value(event.happened_on)
        self._term.set_value(event.term_end)
        self._amount.set_value(event.secured_amount_fen)
        self._day.textChanged.connect(self._show_present)
        if self._changes is not None:
            self._changes.fill(event.changes)
        if event.is_transfer:
            self._transferee.setText(event.changes[0].after)
        for key, editor in ((DAY, self._day), (TERM, self._term), (AMOUNT, self._amount)):
            if key in self._boxes:
                editor.textEdited.connect(self._on_edited)
        self._transferee.textEdited.connect(self._on_edited)
        self._show_present()

    def _foot(self, is_new: bool) -> QHBoxLayout:
        back = button(tr("取消"), name="cancel")
        back.clicked.connect(self.reject)
        save = button(
            tr("登记{label}", label=self._event.label.lower()) if is_new else tr("保存更正"),
            kind=Kind.PRIMARY,
            name="save",
        )
        save.setDefault(True)
        save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(save)
        return foot

    # -- what is so now ----------------------------------------------------------------------

    def _without(self) -> Pledge:
        """The registration without the event that is being corrected."""
        events = tuple(
            one for one in self._pledge.events if one.id is None or one.id != self._event.id
        )
        return replace(self._pledge, events=events)

    def _show_present(self) -> None:
        """Say beneath the fields what holds before the event."""
        day, pledge = self._day.value() or self._today, self._without()
        end = pledge.term_end_on(day)
        present = {
            TERM: tr("现在到 {end}", end=end) if end else tr("现在没有记期限"),
            TRANSFEREE: tr(
                "现质权人：{holders}",
                holders=listed(pledge.pledgees_on(day)) or tr("（没有记）"),
            ),
        }
        for key, words in present.items():
            if key in self._boxes:
                self._boxes[key].set_hint(words)
        if AMOUNT in self._boxes:
            self._on_echo(self._amount.echo())

    def _on_echo(self, echo: str) -> None:
        amount = self._without().amount_on(self._day.value() or self._today)
        now = (
            tr("现在没有记金额，不变就留空")
            if amount is None
            else tr("现在 {amount} 万元，不变就留空", amount=grouped_wan(amount))
        )
        self._boxes[AMOUNT].set_hint(echo or now)

    def _items(self, text: str) -> list[Suggestion]:
        """What is usually changed, with what it is now."""
        pledge, day = self._without(), self._day.value() or self._today
        usual = {
            "出质人名称": "；".join(pledgor.name for pledgor in pledge.pledgors),
            "质权人名称": "；".join(pledge.pledgees_on(day)),
            "出质人地址": "",
            "质权人地址": "",
            "出质权利": "；".join(right.number for right in pledge.rights[:20]),
            "债务履行期限": str(pledge.term_end_on(day) or ""),
            "担保债权额": _amount_words(pledge.amount_on(day)),
        }
        return [Suggestion(item, now, now) for item, now in usual.items() if text in item]

    # -- saving ------------------------------------------------------------------------------

    def _on_rows_changed(self) -> None:
        self._guard.watch(self)

    def _on_edited(self) -> None:
        for box in self._boxes.values():
            box.set_fault("")

    def _on_save(self) -> None:
        faults = self._unread()
        made = None if faults else self._made()
        if made is not None:
            faults = {
                fault.field: fault.text
                for fault in reversed(check_event(self._pledge, made, self._today))
            }
        for key, box in self._boxes.items():
            box.set_fault(faults.get(key, ""))
        if self._changes is not None:
            self._changes.set_fault(faults.get(CHANGES, ""))
        if made is None or faults:
            self._go_to_first(faults)
            return
        self.event_made = made
        self.accept()

    def _unread(self) -> dict[str, str]:
        """What cannot be read at all, by field."""
        faults = {}
        for key, editor in ((DAY, self._day), (TERM, self._term)):
            if key in self._boxes and editor.fault():
                faults[key] = editor.fault()
        if not self._day.text().strip():
            faults[DAY] = tr("请填写{label}日期", label=self._event.label.lower())
        if self._amount.text().strip() and self._amount.value() is None:
            faults[AMOUNT] = tr(
                "金额「{typed}」不是大于 0 的数字", typed=self._amount.text().strip()
            )
        return faults

    def _made(self) -> Event:
        day = self._day.value()
        assert day is not None
        changes = self._event.changes if self._changes is None else self._changes.changes()
        if self._event.is_transfer:
            holders = "；".join(self._without().pledgees_on(day))
            after = "；".join(split_list(self._transferee.text()))
            changes = (Change(TRANSFER, holders, after),)
        return replace(
            self._event,
            happened_on=day,
            secured_amount_fen=self._amount.value(),
            term_end=self._term.value(),
            changes=changes,
            note=self._note.text().strip(),
        )

    def _go_to_first(self, faults: dict[str, str]) -> None:
        if CHANGES in faults and self._changes is not None:
            self._changes.go_there()
        for key, box in self._boxes.items():
            if key in faults:
                box.go_there()
                return


def _amount_words(fen: int | None) -> str:
    """The amount as it is kept in a change, a value in Chinese."""
    return "" if fen is None else f"{grouped_wan(fen)}万元"
