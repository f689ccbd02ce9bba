"""The life of a registration: as registered, what happened since, what it counts in, who wrote
what; and the acts that can be recorded of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from ipfinance.db import registrar, suggestions
from ipfinance.db.connection import Store
from ipfinance.db.corrections import Correction, corrections
from ipfinance.db.facts import read_facts
from ipfinance.db.pledges import find, is_deleted
from ipfinance.domain.pledge import Event, EventKind, Pledge
from ipfinance.language import listed, tr
from ipfinance.progress import Progress
from ipfinance.statistics.counted_in import Share, counted_in
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.event import EventDialog, blank_transfer
from ipfinance.ui.dialogs.life_cards import (
    RightsCard,
    due_words,
    parties_card,
    registered_card,
)
from ipfinance.ui.dialogs.life_counted import CountedCard
from ipfinance.ui.models.ledger_model import STATE_TONES
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.corrections_card import CorrectionsCard
from ipfinance.ui.widgets.course import Course
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import ElidedLabel, label
from ipfinance.ui.widgets.suggestion_list import Suggestion
from ipfinance.ui.widgets.tag import Tag

_UNDO = "undo"
_ENDINGS = (EventKind.REVOCATION, EventKind.LAPSE, EventKind.REFUSAL, EventKind.WITHDRAWAL)


class LifeDialog(QDialog):
    """Stays until it is closed, and follows what is written meanwhile."""

    edit_asked = Signal(int)  # number of the registration: a mistake of entry is to be mended
    undo_asked = Signal()
    registrations_asked = Signal(object, str)  # Filter, title: what is behind one of its figures

    def __init__(self, desk: Desk, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("life_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._desk = desk
        self._number = number
        self.pledge: Pledge | None = None
        self._title, self._tag = label("", "title"), Tag("", Tone.NEUTRAL, height=21)
        self._due, self._standing = label("", "soft"), ElidedLabel("", "subtitle")
        self._banner = Banner(closable=True)
        self._banner.linkActivated.connect(self._on_link)
        self._corrections = CorrectionsCard(desk.divisions, "life_corrections")
        self._cards: QWidget | None = None
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 12, 0)
        self._inside.setSpacing(12)
        self._inside.addWidget(self._corrections)
        self._inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 12, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._banner)
        column.addWidget(self._scrolled(), 1)
        column.addLayout(self._foot())
        DialogPlace(self, 1120, 660)
        desk.changes.written.connect(self._on_written)
        self._show()
        self.correct.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ----------------------------------------------------------------------------

    def _head(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(10)
        for part in (self._title, self._tag, self._due):
            first.addWidget(part)
        first.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.setSpacing(2)
        head.addLayout(first)
        head.addWidget(self._standing)
        return head

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("body")
        inside.setLayout(self._inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName("told")
        area.setAccessibleName(tr("登记的内容和经过"))
        area.setWidget(inside)
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(8)
        self.acts = [
            self._act(
                tr("变更…"), "act_change", self._on_change, tr("出质人、质权人名称或金额等变了")
            ),
            self._act(tr("延期…"), "act_extend", self._on_extend, tr("债务履行期限延长")),
            self._act(tr("债权转让…"), "act_transfer", self._on_transfer, tr("债权归了另一质权人")),
            self._act(tr("注销…"), "act_cancel_one", self._on_cancel, tr("债务已清偿等，质押结束")),
        ]
        more = button(tr("更多"), name="act_more", tip=tr("撤销、失效、不予登记、撤回"))
        more.setMenu(self._more())
        self.acts.append(more)
        self._endings = self.acts[-2:]
        for one in self.acts:
            row.addWidget(one)
        row.addStretch(1)
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        self.correct = button(
            tr("更正"), "edit", Kind.PRIMARY, name="act_correct", tip=tr("改正录入时的错误（F2）")
        )
        self.correct.setShortcut("F2")
        self.correct.clicked.connect(self._on_correct)
        row.addWidget(close)
        row.addWidget(self.correct)
        return row

    def _act(self, text: str, name: str, slot: Callable[[], None], tip: str) -> QWidget:
        made = button(text, name=name, tip=tip)
        made.clicked.connect(slot)
        return made

    def _more(self) -> QMenu:
        menu = QMenu(self)
        for kind in _ENDINGS:
            action = QAction(f"{kind.label}…", menu)
            action.setObjectName(f"act_{kind.value}")
            action.setData(kind.value)
            action.triggered.connect(self._on_ending)
            menu.addAction(action)
        return menu

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        found = find(self._desk.store, [self._number])
        if not found:
            self.close()  # its entry was taken back
            return
        self.pledge = pledge = found[0]
        today, divisions, store = self._desk.today(), self._desk.divisions, self._desk.store
        deleted = is_deleted(store, self._number)
        counted = counted_in(pledge, deleted, read_facts(store), divisions, today)
        name = pledge.reg_no or tr("（无登记号）")
        self.setWindowTitle(tr("登记 {name}", name=name))
        self._title.setText(name)
        state = pledge.state_on(today)
        if deleted:
            self._tag.say(tr("已删除"), Tone.DANGER)
        else:
            self._tag.say(state.label, STATE_TONES.get(state, Tone.NEUTRAL))
        self._due.setText(due_words(pledge, today))
        names = listed(pledgor.name for pledgor in pledge.pledgors)
        self._standing.setText(
            tr(
                "{label}质押 · {registered_on} 登记 · {names}",
                label=pledge.kind.label,
                registered_on=pledge.registered_on,
                names=names,
            )
        )
        for part in (*self.acts, self.correct):
            part.setEnabled(not deleted)
        for part in self._endings:
            part.setEnabled(not deleted and pledge.ending is None)  # it ends only once
        course = Course(pledge, acts=not deleted)
        course.correct_asked.connect(self._on_correct_event)
        course.remove_asked.connect(self._on_remove_event)
        told = Card(tr("经过"))
        told.body.addWidget(course)
        self._counted = CountedCard(counted, today)
        self._counted.opened.connect(self._on_counted_opened)
        self._replace_cards(
            (
                registered_card(pledge, today),
                parties_card(pledge, divisions, today),
                RightsCard(pledge.rights),
            ),
            (told, self._counted),
        )
        work = partial(_corrections, self._number)
        self._desk.work(work, self._corrections.tell, owner=self, replaces="corrections")

    def _replace_cards(self, left: tuple[QWidget, ...], right: tuple[QWidget, ...]) -> None:
        if self._cards is not None:
            self._cards.hide()
            self._cards.deleteLater()
        self._cards = QWidget()
        row = QHBoxLayout(self._cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._inside.insertWidget(0, self._cards)
        self._cards.show()

    def _on_counted_opened(self, share: Share, of_today: bool) -> None:
        assert self.pledge is not None
        wanted, title = self._counted.behind(self._desk.store, self.pledge.kind, share, of_today)
        self.registrations_asked.emit(wanted, title)

    # -- acts --------------------------------------------------------------------------------

    def _on_change(self) -> None:
        self._record(Event(EventKind.CHANGE, self._desk.today()))

    def _on_extend(self) -> None:
        self._record(Event(EventKind.EXTENSION, self._desk.today()))

    def _on_transfer(self) -> None:
        assert self.pledge is not None
        self._record(blank_transfer(self.pledge, self._desk.today()))

    def _on_cancel(self) -> None:
        self._record(Event(EventKind.CANCELLATION, self._desk.today()))

    def _on_ending(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._record(Event(EventKind(str(action.data())), self._desk.today()))

    def _record(self, blank: Event) -> None:
        event = self._asked(blank)
        if event is not None:
            registrar.record(self._desk.store, self._number, event)
            self._tell(tr("已登记{label}。", label=event.label.lower()))

    def _on_correct_event(self, number: int) -> None:
        event = self._asked(self._event(number))
        if event is not None:
            registrar.correct_event(self._desk.store, self._number, event)
            self._tell(tr("已更正{label}。", label=event.label.lower()))

    def _on_remove_event(self, number: int) -> None:
        event = self._event(number)
        if self._desk.talk.ask(
            tr(
                "删除 {happened_on} 的{label}？",
                happened_on=event.happened_on,
                label=event.label.lower(),
            ),
            tr("登记会恢复到没有这一次办理时的样子；可以撤销。"),
            tr("删除"),
            danger=True,
        ):
            registrar.remove_event(self._desk.store, self._number, number)
            self._tell(
                tr(
                    "已删除 {happened_on} 的{label}。",
                    happened_on=event.happened_on,
                    label=event.label.lower(),
                )
            )

    def _event(self, number: int) -> Event:
        assert self.pledge is not None
        return next(event for event in self.pledge.events if event.id == number)

    def _asked(self, event: Event) -> Event | None:
        assert self.pledge is not None
        return EventDialog.ask(self.pledge, event, self._desk.today(), self._pledgees, self)

    def _pledgees(self, text: str) -> list[Suggestion]:
        return [
            Suggestion(one.name, one.kind.label if one.kind else "", one)
            for one in suggestions.pledgees(self._desk.store, text)
        ]

    def _tell(self, words: str) -> None:
        self._banner.say(Tone.OK, words, ((_UNDO, tr("撤销")),))
        self._desk.changes.tell(PLEDGES)

    def _on_correct(self) -> None:
        self.edit_asked.emit(self._number)
        self.close()

    def _on_link(self, key: str) -> None:
        if key == _UNDO:
            self._banner.clear()
            self.undo_asked.emit()

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            self._show()


def _corrections(number: int, store: Store, _: Progress) -> list[Correction]:
    return corrections(store, number)
