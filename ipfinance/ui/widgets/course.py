"""The course of a registration: what happened to it, line by line, the registration first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ipfinance.domain.money import grouped_wan
from ipfinance.domain.pledge import ENDINGS, TRANSFER, Event, Pledge
from ipfinance.language import facts, tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.tag import Tag

_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter


class Course(QWidget):
    """Made anew for every state of a registration. With `acts` each event has buttons."""

    correct_asked = Signal(int)  # number of the event
    remove_asked = Signal(int)

    def __init__(self, pledge: Pledge, *, acts: bool = False) -> None:
        super().__init__()
        self.setObjectName("course")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2 if acts else 8)
        self._grid.setColumnStretch(2, 1)
        for line, (day, word, particulars, event) in enumerate(course(pledge)):
            ends = event is not None and event.kind in ENDINGS
            tone = Tone.OK if event is None else Tone.NEUTRAL if ends else Tone.INFO
            words = label("\n".join(particulars) if acts else facts(particulars))
            words.setWordWrap(True)
            row, side = 2 * line, _MIDDLE if acts else _TOP
            self._grid.addWidget(label(day, "soft"), row, 0, side)
            self._grid.addWidget(Tag(word, tone, height=21), row, 1, side)
            if not acts:
                self._grid.addWidget(words, row, 2)
            elif particulars:
                # Beside the buttons there would be no room for long names.
                self._grid.addWidget(words, row + 1, 1, 1, 3)
            if acts and event is not None and event.id is not None:
                self._grid.addLayout(self._buttons(event.id, f"{day} {word}"), row, 3, _TOP)

    def _buttons(self, event: int, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, verb, icon, slot in (
            ("correct_event", tr("更正「{event}」"), "edit", self._on_correct),
            ("remove_event", tr("删除「{event}」"), "delete", self._on_remove),
        ):
            one = button(verb.format(event=words), icon, Kind.ICON, name=f"{name}_{event}")
            one.setProperty("event", event)
            one.clicked.connect(slot)
            row.addWidget(one)
        return row

    def _on_correct(self) -> None:
        self.correct_asked.emit(self.sender().property("event"))

    def _on_remove(self) -> None:
        self.remove_asked.emit(self.sender().property("event"))


def course(pledge: Pledge) -> list[tuple[str, str, list[str], Event | None]]:
    """What happened: day, word, particulars and the event, None for the registration."""
    first = []
    if pledge.secured_amount_fen is not None:
        first.append(tr("担保债权额 {amount} 万元", amount=grouped_wan(pledge.secured_amount_fen)))
    if pledge.term_end is not None:
        first.append(tr("债务履行期限至 {day}", day=pledge.term_end))
    told: list[tuple[str, str, list[str], Event | None]] = [
        (pledge.registered_on.isoformat(), tr("登记"), first, None)
    ]
    for event in sorted(pledge.events, key=lambda event: event.happened_on):
        told.append((event.happened_on.isoformat(), event.label, _particulars(event), event))
    return told


def _particulars(event: Event) -> list[str]:
    parts = [
        tr(
            "{item}：{before} → {after}",
            item=tr(one.item) if one.item == TRANSFER else one.item,
            before=one.before,
            after=one.after,
        )
        for one in event.changes
    ]
    if event.secured_amount_fen is not None:
        parts.append(tr("担保债权额 {amount} 万元", amount=grouped_wan(event.secured_amount_fen)))
    if event.term_end is not None:
        parts.append(tr("债务履行期限至 {day}", day=event.term_end))
    if event.note:
        parts.append(event.note)
    return parts
