"""登记录入: enter a registration, or correct one, without leaving the keyboard."""

import unicodedata
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from typing_extensions import override

from ipfinance.db.drafts import Draft
from ipfinance.db.pledges import find, with_reg_no
from ipfinance.db.registrar import correct, register
from ipfinance.domain.faults import Fault
from ipfinance.domain.names import initials
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.entry_acquaintance import Acquaintance
from ipfinance.ui.pages.entry_bar import EntryBar
from ipfinance.ui.pages.entry_drafts import DraftKeeper, Unsaved, cancellation_of
from ipfinance.ui.pages.entry_faults import FaultTeller
from ipfinance.ui.pages.entry_form import EntryForm
from ipfinance.ui.pages.entry_history import HistoryCards, standing
from ipfinance.ui.pages.entry_paste import BlockPaste
from ipfinance.ui.pages.entry_reading import (
    UNITS,
    FormCells,
    FormReading,
    Spot,
    read_form,
)
from ipfinance.ui.pages.entry_saved import SavedNews
from ipfinance.ui.pages.entry_suggestions import Suggester
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.page import Page

DUPLICATE = "reg_no_duplicate"
_GIVE_UP, _KEEP = 1, 2  # answers to the question of what is not saved
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DICTIONARY_MS = 1500


class EntryPage(Page):
    """Holds one registration, new or stored; what is typed stays until it is saved or given up.

    Leaving for another page loses nothing. Before another registration takes the place of
    what is not saved, and before the window closes, ``may_leave`` asks.
    """

    saved = Signal(int)
    page_asked = Signal(str)
    undo_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("登记录入"), scrolls=True)
        self._desk = desk
        self._suggester = Suggester(desk)
        self._before: Pledge | None = None  # the stored registration that is being corrected
        self._duplicate: int | None = None  # the other registration of this number
        self.form = EntryForm(self._suggester)
        self._faults = FaultTeller(self.form, self.banner)
        self._known = Acquaintance(desk)
        self._history = HistoryCards(desk)
        self.body.addWidget(self.form)
        self.body.addWidget(self._history)
        self.body.addStretch(1)
        bar = EntryBar(self)
        bar.cancel.triggered.connect(self.cancel)
        bar.save_and_new.triggered.connect(self.save_and_new)
        bar.save.triggered.connect(self.save)
        bar.pin.triggered.connect(self.form.turn_pin)
        self.set_bar(bar)
        self._news = SavedNews(desk, self.banner, self)
        self.drafts = DraftKeeper(desk, self._unsaved, self)
        self.drafts.failed.connect(self._on_draft_failed)
        self.form.watch.touched.connect(self.drafts.touch)
        self.paste = BlockPaste(desk, self.form, self.banner, self)
        self.paste.filled.connect(self._show_mode)
        self._drafts_button = button(tr("草稿"), "document", name="drafts")
        self._drafts_button.clicked.connect(self.show_drafts)
        self.add_button(self._drafts_button)
        self._about_drafts = ""  # what the banner said of them last
        self._last: date | None = None  # the day of the last registration that was saved
        self._start(None)
        self.form.left.connect(self._on_left)
        self.form.rows_changed.connect(self._faults.forget_rows)
        self.banner.linkActivated.connect(self._on_link)
        # The first search by initials must not wait for the dictionary to be loaded; nor may
        # the first sight of the page.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DICTIONARY_MS)
        self._later.timeout.connect(self._load_dictionary)

    # -- for the window --------------------------------------------------------------------

    def start_new(self) -> None:
        """Begin a new registration, empty; asks first when something is not saved."""
        if self.may_leave():
            self.banner.clear()
            self._start(None)
            self._tell_drafts()
            self.form.go_to_start()

    def edit(self, number: int) -> None:
        """Show a stored registration to be corrected; asks first when something is not saved."""
        if not self.may_leave():
            return
        self.banner.clear()
        found = find(self._desk.store, [number])
        self._start(found[0] if found else None)
        if found:
            self.form.single.boxes["reg_no"].go_there()
            self._to_top()
        else:
            self.banner.say(Tone.WARNING, tr("这笔登记已经不在台账里，可能刚被撤销。"))

    def may_leave(self) -> bool:
        """Whether what is typed may make way; asks when it is not saved, and keeps it as a
        draft or gives it up."""
        if not self.has_unsaved:
            self.drafts.forget()
            return True
        answer = self._desk.talk.choose(
            tr("表单里的内容还没有保存"),
            tr("留作草稿的内容以后可以从「草稿」里继续填写；放弃后不能找回。"),
            (tr("继续填写"), tr("放弃"), tr("留作草稿")),
        )
        if answer == _GIVE_UP:
            self.drafts.forget()
        elif answer == _KEEP:
            try:
                self.drafts.keep_now()
            except UserError as error:
                self._desk.talk.failure(error)
                return False  # nothing is lost: it stays where it is
        return answer in (_GIVE_UP, _KEEP)

    @property
    def has_unsaved(self) -> bool:
        """Whether the form differs from what is stored."""
        return self.form.cells() != self._clean

    @property
    def number(self) -> int | None:
        """The registration that is being corrected, None for a new one."""
        return None if self._before is None else self._before.id

    @override
    def refresh(self) -> None:
        """Take over what was written elsewhere; what is not saved here stays as it is typed."""
        self._tell_drafts()
        if self._before is None:
            return
        fresh = self._stored()
        if fresh is not None and fresh != self._before:
            if self.has_unsaved:
                self._follow(fresh)
            else:
                self._start(fresh)
        elif fresh is None:
            # Taken back: what was typed is still there and can be saved again.
            self._before = None
            self._clean = FormCells({}, {})
            self._show_mode()

    def _stored(self) -> Pledge | None:
        """The registration as the store has it now, None when it is gone."""
        found = [] if self.number is None else find(self._desk.store, [self.number])
        return found[0] if found else None

    def _follow(self, fresh: Pledge) -> None:
        """Correct the registration as it is now, events included that came meanwhile."""
        assert self._before is not None
        field = self.form.single.dates["cancelled_on"]
        if field.value() == self._before.cancelled_on:
            field.set_value(fresh.cancelled_on)
        self._before = fresh
        self._show_mode()

    # -- acts ------------------------------------------------------------------------------

    def save(self) -> None:
        """Save, and stay at the registration."""
        written = self._write()
        if written is None:
            return
        pledge, reading = written
        self._start(pledge)
        self._faults.show_saved(reading)
        self._news.tell(pledge, reading.warned, ("next", tr("新增下一笔")))

    def save_and_new(self) -> None:
        """Save, and begin the next one with the kind, date, city and pledgee of this one."""
        written = self._write()
        if written is None:
            return
        pledge, reading = written
        self._start_next(pledge)
        self._news.tell(pledge, reading.warned, (f"open:{pledge.id}", tr("打开这一笔")))

    def cancel(self) -> None:
        """Give up and go to the ledger; asks first when something is not saved."""
        if self.may_leave():
            self.banner.clear()
            self._start(None)
            self.page_asked.emit("ledger")

    def _start_next(self, pledge: Pledge) -> None:
        self._start(None)
        self.form.keep(pledge)
        self._clean = self.form.cells()
        self.paste.fill_next()
        self.form.go_to_start()

    def _write(self) -> tuple[Pledge, FormReading] | None:
        """Write what the form says as one act; None, and the faults shown, when it may not be."""
        QGuiApplication.inputMethod().commit()  # a word in the middle of being composed counts
        if self._before is not None:
            fresh = self._stored()  # somebody else may have the store open too
            if fresh is None:
                self._before = None
            elif fresh != self._before:
                self._follow(fresh)
        reading = self._read(self.form.cells())
        if reading.pledge is None:
            self._faults.refuse(reading, self._duplicate)
            return None
        store, pledge = self._desk.store, reading.pledge
        if self._before is None:
            number = register(store, pledge)
        else:
            assert self._before.id is not None
            number = self._before.id
            correct(store, number, pledge)
        [stored] = find(store, [number])
        # Clean before the news goes round: it comes back here as a refresh.
        self._before, self._clean = stored, self.form.cells()
        self._last = stored.registered_on
        self.drafts.forget()
        self._desk.changes.tell(PLEDGES)
        self.saved.emit(number)
        return stored, reading

    def _start(self, pledge: Pledge | None) -> None:
        self._before = pledge
        self._faults.begin()
        self.form.single.set_month(self._last or self._desk.today(), self._desk.today())
        if pledge is None:
            self._suggester.day = self._desk.today()
            self.form.blank()
            self._to_top()
        else:
            self.form.fill(pledge)
        self._clean = self.form.cells()
        self._show_mode()

    def _show_mode(self) -> None:
        pledge = self._before
        self._history.setVisible(pledge is not None)
        if pledge is None:
            self.set_title(tr("登记录入"))
            left = len(self.paste.waiting)
            how = [tr("新增质押登记，带 * 的必填")]
            if left:
                how.append(tr("粘贴的还有 {left} 行，保存一笔填下一行", left=left))
            self.set_subtitle(" · ".join(how))
            return
        assert pledge.id is not None
        place = "".join(self._suggester.place_names(pledge.city, pledge.county))
        self.set_title(
            tr("更正登记 {reg_no}", reg_no=pledge.reg_no)
            if pledge.reg_no
            else tr("更正登记（无登记号）")
        )
        stands = standing(pledge, place, self._desk.today())
        meant = tr("只更正录入错误，事后的变更不在这里改")
        self.set_subtitle(f"{stands} · {meant}")
        self._history.tell(pledge)

    # -- faults ----------------------------------------------------------------------------

    def _read(self, cells: FormCells) -> FormReading:
        setting = Setting(self._desk.divisions, self._desk.today(), UNITS)
        reading = read_form(cells, setting, self._before)
        reg_no = unicodedata.normalize("NFKC", cells.single["reg_no"]).strip()
        kind = self.form.single.chosen_kind()
        other = with_reg_no(self._desk.store, kind, reg_no) if kind and reg_no else None
        self._duplicate = None if other == self.number else other
        reading = self._known.told(reading, cells, self._before)
        if self._duplicate is None:
            return reading
        return reading.with_fault(
            ("reg_no", 0), Fault("reg_no", DUPLICATE, reg_no, tr("该登记号已存在"))
        )

    def _on_left(self, spot: Spot) -> None:
        """A field that was left with something in it is told of at once, as a warning."""
        cells = self.form.cells()
        if self._faults.leave(spot, cells):
            reading = self._read(cells)
            self._faults.show(reading, self._duplicate)

    def _on_link(self, key: str) -> None:
        act, _, rest = key.partition(":")
        if act == "at":
            field, _, row = rest.partition(":")
            self._faults.go_to((field, int(row)))
        elif act == "open":
            self.edit(int(rest))
        elif act == "next" and self._before is not None and self.may_leave():
            self.banner.clear()
            self._start_next(self._before)
        elif act == "doubt":
            self._read(self.form.cells())
            if self._duplicate is not None:  # or it was corrected meanwhile
                self.form.single.doubt_number()
            self.save()
        elif act == "undo":
            self.undo_asked.emit()
        elif act == "drafts":
            self.show_drafts()

    # -- drafts ----------------------------------------------------------------------------

    def show_drafts(self) -> None:
        """The drafts that are not in the form, to go on with one or to give some up."""
        from ipfinance.ui.dialogs.drafts import DraftsDialog

        dialog = DraftsDialog(self._desk, self.drafts.others(), self.window())
        dialog.chosen.connect(self.open_draft)
        dialog.discarded.connect(self._tell_drafts)
        dialog.open()

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft; asks first when something is not saved."""
        if not self.may_leave():
            return
        self.banner.clear()
        found = [] if draft.pledge is None else find(self._desk.store, [draft.pledge])
        self._start(found[0] if found else None)
        self.form.put(self.drafts.take(draft, cancellation_of(self._before)))
        self._tell_drafts()
        self.form.go_to_start()

    def _unsaved(self) -> Unsaved | None:
        now = Unsaved(self.form.cells(), self.number, cancellation_of(self._before))
        return now if self.has_unsaved else None

    def _tell_drafts(self) -> None:
        count = len(self.drafts.others())
        self._drafts_button.setVisible(bool(count))
        self._drafts_button.setText(tr("草稿 {count}", count=count))
        if count and not self.banner.text and not self.has_unsaved:
            links = (("drafts", tr("查看并继续填写")),)
            self._about_drafts = tr("有 {count} 份没有保存完的草稿：", count=count)
            self.banner.say(Tone.INFO, self._about_drafts, links)
        elif not count and self._about_drafts and self.banner.text == self._about_drafts:
            self.banner.clear()

    def _on_draft_failed(self, why: str) -> None:
        self.banner.say(Tone.WARNING, tr("草稿没有存下，请尽快保存。{why}", why=why))

    # -- keys and buttons ------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._later.stop()  # a window that closes takes no more jobs
        self.drafts.rest()
        super().hideEvent(event)

    def _load_dictionary(self) -> None:
        self._desk.jobs.run(_load_dictionary, owner=self, replaces="dictionary")

    def _to_top(self) -> None:
        assert self.scroll_area is not None
        self.scroll_area.verticalScrollBar().setValue(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field had a use for: Enter goes on, Escape gives up."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif not (plain and event.key() in _ENTER and self.form.go_on(self.focusWidget())):
            super().keyPressEvent(event)


def _load_dictionary(_: Progress) -> None:
    initials("")
