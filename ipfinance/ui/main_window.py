"""The window's frame: navigation, pages, menus and the progress strip; no logic of its own."""

import importlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ipfinance import __version__
from ipfinance.language import Language, chosen, tr
from ipfinance.ui.actions import build_actions, build_menus, fill_menus
from ipfinance.ui.desk import FACTS, PLEDGES, Desk
from ipfinance.ui.garbage import spare_what_stands
from ipfinance.ui.language import NAMES, keep_language, kept_language
from ipfinance.ui.menus import ERRAND_ACTIONS, FRAME_ACTIONS, MENUS
from ipfinance.ui.roles import Tone
from ipfinance.ui.talk import PROGRAM
from ipfinance.ui.theme import Choice
from ipfinance.ui.waiting import Waiting
from ipfinance.ui.widgets.navigation import Navigation

if TYPE_CHECKING:
    from ipfinance.db.finding_kinds import FindingKind
    from ipfinance.db.ledger import Filter
    from ipfinance.ui.errands import Errands
    from ipfinance.ui.tour import Tour
    from ipfinance.ui.undoing import Undoing
    from ipfinance.ui.widgets.page import Page

# Key, words, icon and class of each page; the class is loaded when the page is first entered.
PAGES = (
    ("overview", tr("概览"), "home", "overview:OverviewPage"),
    ("entry", tr("登记录入"), "entry", "entry:EntryPage"),
    ("ledger", tr("登记台账"), "ledger", "ledger:LedgerPage"),
    ("to_do", tr("待办"), "todo", "to_do:ToDoPage"),
    ("statistics", tr("统计报表"), "statistics", "statistics:StatisticsPage"),
    ("charts", tr("图表"), "chart", "charts:ChartsPage"),
    ("sentences", tr("报告语句"), "sentence", "sentences:SentencesPage"),
    ("references", tr("外部数据"), "bank", "references:ReferencesPage"),
    ("enterprises", tr("企业"), "enterprise", "enterprises:EnterprisesPage"),
)
FIRST_PAGE = "overview"
_STANDS_AFTER_MS = 5_000  # by then the first page has loaded what it needs; 100 ms are spared


class MainWindow(QMainWindow):
    """Shows one page at a time and carries requests from one page to another.

    ``desk`` is what its pages work with. The frame is painted first; what it can do without until
    then (pages, undo, the tour) is loaded when the first page is entered, or asked for.
    """

    store_asked = Signal(Path)  # another store is to be opened instead
    begun = Signal()  # a page was entered for the first time

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._entered = False  # any page
        self.setWindowTitle(f"{PROGRAM} - {desk.store.path.name}")
        self.setMinimumSize(1100, 640)
        self._menus = build_menus(self, MENUS)
        self._navigation = Navigation(PROGRAM)
        for key, words, icon, _ in PAGES:
            self._navigation.add(key, words, icon)
        self._navigation.set_current(FIRST_PAGE)
        self._navigation.set_foot(desk.store.path.name, __version__)
        self._navigation.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self._stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addLayout(self._right, 1)
        self.setCentralWidget(centre)
        self._waiting = Waiting(desk, self)
        self._waiting.counted.connect(self._show_waiting)
        desk.changes.written.connect(self._on_written)
        self._restore_place()

    @cached_property
    def actions_by_id(self) -> dict[str, QAction]:
        """All that can be done, with its keys; they stand in the menus from now on."""
        actions = {
            **build_actions(self, FRAME_ACTIONS),
            **build_actions(self, ERRAND_ACTIONS, self.errands),
        }
        fill_menus(self._menus, MENUS, actions)
        return actions

    @cached_property
    def errands(self) -> "Errands":
        """What belongs to no page."""
        from ipfinance.ui.errands import Errands

        return Errands(self.desk, self)

    @cached_property
    def tour(self) -> "Tour":
        """The look round, its bar above the progress strip."""
        from ipfinance.ui.tour import Tour
        from ipfinance.ui.widgets.tour_bar import TourBar

        bar = TourBar()
        bar.demo_asked.connect(self.errands.fill_with_demonstration)
        tour = Tour(self.desk, bar, self.show_page, self.page, self)
        self._right.insertWidget(1, bar)
        return tour

    @cached_property
    def _undoing(self) -> "Undoing":
        from ipfinance.ui.undoing import Undoing

        undoing = Undoing(self.desk, self.actions_by_id["undo"], self.actions_by_id["redo"], self)
        undoing.stepped.connect(self._on_stepped)
        return undoing

    def page(self, key: str) -> "Page":
        """The page of that key, made when it is first asked for."""
        if key not in self._pages:
            place = next(place for known, _, _, place in PAGES if known == key)
            module, name = place.split(":")
            made: Page = getattr(importlib.import_module(f"ipfinance.ui.pages.{module}"), name)(
                self.desk
            )
            made.setObjectName(key)
            for signal, slot in (
                ("registrations_asked", self.show_registrations),
                ("life_asked", self.show_life),
                ("edit_asked", self.edit_registration),
                ("new_asked", self.new_registration),
                ("import_asked", self.errands.import_ledgers),
                ("demo_asked", self.errands.fill_with_demonstration),
                ("undo_asked", self.undo),
                ("page_asked", self.show_page),
                ("findings_asked", self.show_findings),
                ("batches_asked", self.errands.show_batches),
                ("counted", self._show_waiting),
            ):
                if hasattr(made, signal):
                    getattr(made, signal).connect(slot)
            self._pages[key] = made
            self._stack.addWidget(made)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Enter a page; it reads anew what it shows."""
        page = self.page(key)
        first, self._entered = not self._entered, True
        self._navigation.set_current(key)
        self._stack.setCurrentWidget(page)
        page.refresh()
        if first:  # once the page is painted too
            QTimer.singleShot(0, self, self._furnish)

    def begin(self) -> None:
        """Enter the first page, unless another was asked for already."""
        if not self._entered:
            self.show_page(FIRST_PAGE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # The frame stands on screen before what the first page needs is loaded.
        if not self._entered:
            QTimer.singleShot(0, self, self.begin)

    def show_registrations(self, wanted: "Filter", title: str) -> None:
        """Open what is behind a number, over the registration whose number it is, if any."""
        from ipfinance.ui.dialogs.registrations import RegistrationsDialog

        over = self._life_shown() or self
        dialog = RegistrationsDialog(self.desk, wanted, title, over)
        dialog.life_asked.connect(self.show_life)
        dialog.ledger_asked.connect(self.show_in_ledger)
        dialog.open()

    def show_life(self, number: int) -> None:
        """Open one registration with all that happened to it, in place of the one shown."""
        from ipfinance.ui.dialogs.life import LifeDialog

        self._close_life()
        dialog = LifeDialog(self.desk, number, self)
        dialog.registrations_asked.connect(self.show_registrations)
        dialog.edit_asked.connect(self.edit_registration)
        dialog.undo_asked.connect(self.undo)
        dialog.open()

    def show_in_ledger(self, wanted: "Filter") -> None:
        """Enter the ledger with a filter."""
        self._close_life()
        self.show_page("ledger")
        self.page("ledger").show_filter(wanted)  # type: ignore[attr-defined]

    def show_findings(self, kind: "FindingKind") -> None:
        """Enter the to-do list at one kind."""
        self.show_page("to_do")
        self.page("to_do").show_kind(kind)  # type: ignore[attr-defined]

    def new_registration(self) -> None:
        self.show_page("entry")
        self.page("entry").start_new()  # type: ignore[attr-defined]

    def edit_registration(self, number: int) -> None:
        self.show_page("entry")
        self.page("entry").edit(number)  # type: ignore[attr-defined]

    def search_ledger(self) -> None:
        self.show_page("ledger")
        self.page("ledger").focus_search()  # type: ignore[attr-defined]

    def export_report(self) -> None:
        self.show_page("statistics")
        self.page("statistics").export()  # type: ignore[attr-defined]

    def undo(self) -> None:
        """Take back the newest act and say which it was."""
        self._undoing.undo()

    def redo(self) -> None:
        """Do again the act that was taken back last."""
        self._undoing.redo()

    def go_overview(self) -> None:
        self.show_page("overview")

    def go_entry(self) -> None:
        self.show_page("entry")

    def go_ledger(self) -> None:
        self.show_page("ledger")

    def go_to_do(self) -> None:
        self.show_page("to_do")

    def go_statistics(self) -> None:
        self.show_page("statistics")

    def go_charts(self) -> None:
        self.show_page("charts")

    def go_sentences(self) -> None:
        self.show_page("sentences")

    def go_references(self) -> None:
        self.show_page("references")

    def go_enterprises(self) -> None:
        self.show_page("enterprises")

    def start_tour(self) -> None:
        """A look round of five minutes, from the beginning."""
        self.tour.begin()

    def offer_tour(self) -> None:
        """The same, when nobody has seen it on this machine yet."""
        self.tour.offer()

    def refresh(self) -> None:
        self._current_page().refresh()

    def choose_light(self) -> None:
        self._choose(Choice.LIGHT)

    def choose_dark(self) -> None:
        self._choose(Choice.DARK)

    def choose_system(self) -> None:
        self._choose(Choice.SYSTEM)

    def choose_chinese(self) -> None:
        self._choose_language(Language.CHINESE)

    def choose_english(self) -> None:
        self._choose_language(Language.ENGLISH)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        settings = QSettings()
        settings.setValue("window/geometry", self.saveGeometry())
        self._waiting.stop()
        self.desk.jobs.shutdown()
        self.errands.back_up_at_close()
        event.accept()

    def may_close(self) -> bool:
        """Ask about what would be lost: an unsaved form, a job that is writing."""
        entry = self._pages.get("entry")
        if entry is not None and not entry.may_leave():  # type: ignore[attr-defined]
            return False
        titled = [job.title for job in self.desk.jobs.running if job.title]
        return not titled or self.desk.talk.ask(
            tr("「{job}」还没有完成", job=titled[0]),
            tr("现在离开会停止它，已写入的数据不受影响。"),
            tr("停止并离开"),
        )

    def retire(self) -> None:
        """Go because another window takes the place of this one; asks nothing."""
        self._waiting.stop()
        self.desk.jobs.shutdown()
        self.desk.store.close()
        self.deleteLater()
        self.hide()

    def _life_shown(self) -> QDialog | None:
        shown = self.findChildren(QDialog, "life_dialog")
        return next((one for one in shown if one.isVisible()), None)

    def _close_life(self) -> None:
        shown = self._life_shown()
        if shown is not None:
            shown.close()

    def _furnish(self) -> None:
        """Bring what is not seen at first: menus, undo, the progress strip."""
        from ipfinance.ui.widgets.progress_bar import ProgressStrip

        self._right.addWidget(ProgressStrip(self.desk.jobs))
        self._check_theme()
        self._check_language()
        self._undoing.refresh()
        QTimer.singleShot(_STANDS_AFTER_MS, self, spare_what_stands)
        self.begun.emit()

    def _current_page(self) -> "Page":
        self.begin()
        return self._pages[self._navigation.current()]

    def _on_written(self, subject: str) -> None:
        if subject in (PLEDGES, FACTS):
            self._undoing.refresh()
            page = self._current_page()
            page.refresh()
            if page.objectName() in ("to_do", "overview"):  # they tell the number themselves
                self._waiting.stop()
            else:
                self._waiting.ask()

    def _show_waiting(self, count: int) -> None:
        """Say beside 待办 how much is to be done."""
        most = 999
        shown = f"{most}+" if count > most else str(count or "")
        self._navigation.set_badge("to_do", shown)

    def _on_stepped(self, said: str) -> None:
        self._current_page().banner.say(Tone.INFO, said)

    def _choose(self, choice: Choice) -> None:
        QSettings().setValue("theme", choice.value)
        self.desk.theme.choose(choice)
        self._check_theme()

    def _check_theme(self) -> None:
        for one in Choice:
            self.actions_by_id[one.value].setChecked(self.desk.theme.choice is one)

    def _choose_language(self, wanted: Language) -> None:
        """Keep it for the next start: what this window says is looked up already."""
        keep_language(wanted)
        self._check_language()
        name = NAMES[wanted]
        self._current_page().banner.say(
            Tone.INFO,
            tr("界面继续使用「{language}」。", language=name)
            if wanted is chosen()
            else tr("下次启动程序时，界面改用「{language}」。", language=name),
        )

    def _check_language(self) -> None:
        for one in Language:
            self.actions_by_id[f"language_{one.value}"].setChecked(kept_language() is one)

    def _restore_place(self) -> None:
        geometry = QSettings().value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1366, 768)
