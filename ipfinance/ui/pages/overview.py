"""概览: how the period stands, what is due, what is to be done, what was imported last."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.drafts import drafts
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.reach import is_empty
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.overview_figures import OverviewFigures
from ipfinance.ui.pages.overview_lists import DueCard, ImportsCard
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.period_text import default_period

if TYPE_CHECKING:  # what counts is loaded in the worker, after the window is there
    from ipfinance.ui.models.overview_reading import Overview
    from ipfinance.ui.widgets.figure_view import FigureView

_DRAFTS = "drafts"
_FIND_AFTER_MS = 150  # what is to be done takes longest: figures and picture come first
_DUE_WIDTH, _IMPORTS_WIDTH = 246, 258
_HEAD_HEIGHT = 34  # that of a button, whether there is one beside the title or not
_TREND_SIZE = (320, 200)  # the smallest that can be read


class OverviewPage(Page):
    """The first page; all its figures arrive by job, and each opens what is behind it."""

    registrations_asked = Signal(object, str)  # Filter, title
    page_asked = Signal(str)
    findings_asked = Signal(object)  # FindingKind
    batches_asked = Signal()
    new_asked = Signal()
    import_asked = Signal()
    demo_asked = Signal()
    counted = Signal(int)  # how many findings are open

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("概览"), parent)
        self.desk = desk
        self._told: Overview | None = None
        self._offered_drafts = False  # once, as the window opens
        self._chosen = False  # whether a person chose the period
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_FIND_AFTER_MS)
        self._later.timeout.connect(self._on_time_to_find)
        self.picker = PeriodPicker(default_period(None, desk.today()))
        self.picker.period_changed.connect(self._on_period)
        self.add_button(self.picker)
        self.figures = OverviewFigures()
        self.figures.opened.connect(self._on_figure_opened)
        self.due = DueCard()
        self.due.opened.connect(self.findings_asked)
        self.imports = ImportsCard()
        self.imports.opened.connect(self.batches_asked)
        self.imports.import_asked.connect(self.import_asked)
        self.trend: FigureView | None = None
        self._trend_card = Card(tr("月度走势"))
        more = button(tr("更多图表"), kind=Kind.QUIET, name="more_charts")
        more.clicked.connect(self._on_more_charts)
        self._trend_card.head.addWidget(more)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._trend_card, 1)
        for card in (self._trend_card, self.due, self.imports):
            card.title.setMinimumHeight(_HEAD_HEIGHT)
        for card, width in ((self.due, _DUE_WIDTH), (self.imports, _IMPORTS_WIDTH)):
            card.setFixedWidth(width)
            lower.addWidget(card)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.figures)
        column.addLayout(lower, 1)
        self.beginning = self._beginning()
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self.beginning, 1)
        self.banner.linkActivated.connect(self._on_link)

    @override
    def refresh(self) -> None:
        """Count anew; what is in sight stays until the answer is there."""
        empty = is_empty(self.desk.store)
        self._content.setVisible(not empty)
        self.picker.setVisible(not empty)
        self.beginning.setVisible(empty)
        self._offer_drafts()
        if empty:  # notices may wait all the same
            province = self.desk.divisions.province.name
            self.set_subtitle(" · ".join((tr("还没有登记"), province)))
            self._later.start()
        else:
            self.desk.work(
                partial(_read, self.picker.period() if self._chosen else None, self.desk.today()),
                self._on_told,
                owner=self,
                replaces="overview",
            )

    def show_period(self, period: Period) -> None:
        """Show the figures of another period."""
        self.picker.set_period(period)
        self._on_period()

    # -- inside ----------------------------------------------------------------------------

    def _beginning(self) -> Card:
        demo = button(tr("填入演示数据"), name="demo", tip=tr("填入虚构的登记，可以一次撤销"))
        demo.clicked.connect(self.demo_asked)
        new = button(tr("新增登记"), "add", name="first")
        new.clicked.connect(self.new_asked)
        bring = button(tr("导入台账"), "import", Kind.PRIMARY, name="first_import")
        bring.clicked.connect(self.import_asked)
        hint = tr("导入现有的 Excel 台账，录入第一笔登记，或先用虚构的数据试一试。")
        card = Card()
        card.body.addWidget(EmptyState("home", tr("还没有登记"), hint, demo, new, bring))
        return card

    def _offer_drafts(self) -> None:
        """Say that something was typed and not saved when the program ended last."""
        count = 0 if self._offered_drafts else len(drafts(self.desk.store))
        self._offered_drafts = True
        if count:
            text = tr("上次有 {count} 份登记没有保存，草稿还在：", count=count)
            self.banner.say(Tone.INFO, text, ((_DRAFTS, tr("去继续填写")),))

    def _on_told(self, told: "Overview") -> None:
        self._told = told
        self._later.start()
        if not self._chosen:
            self.picker.set_period(told.period)
        self.picker.set_reach(told.reach, self.desk.today())
        before = told.period.previous().label
        signs = tr("▲▼ 为同比（与{before}相比）", before=before)
        taken = tr("数据截至 {today}", today=self.desk.today())
        self.set_subtitle(f"{told.period.label} · {told.place} · {signs} · {taken}")
        self.figures.show_figures(told.figures)
        self.imports.show_batches(told.batches)
        self._trend().set_figure(told.trend)

    def _on_time_to_find(self) -> None:
        if not self.desk.jobs.closed:  # the window is going
            work = partial(_find, self.desk.today())
            self.desk.work(work, self._on_found, owner=self, replaces="findings")

    def _on_found(self, counts: dict[FindingKind, int]) -> None:
        self.due.show_counts(counts)
        self.counted.emit(sum(counts.values()))

    def _trend(self) -> "FigureView":
        if self.trend is None:
            from ipfinance.ui.widgets.figure_view import FigureView

            self.trend = FigureView(self.desk.jobs)
            self.trend.setMinimumSize(*_TREND_SIZE)
            self.trend.set_dark(self.desk.theme.dark)
            self.trend.opened.connect(self._on_trend_opened)
            self.desk.theme.changed.connect(self._on_theme_changed)
            self._trend_card.body.addWidget(self.trend, 1)
        return self.trend

    def _on_theme_changed(self) -> None:
        self._trend().set_dark(self.desk.theme.dark)

    def _on_period(self) -> None:
        self._chosen = True
        self.refresh()

    def _on_figure_opened(self, register: str, key: str, words: str) -> None:
        from ipfinance.statistics.tables import KindChoice
        from ipfinance.statistics.traces import behind

        if self._told is not None:
            kind = KindChoice(register)
            wanted = behind(self.desk.store, self._told.period, kind, key, self._told.area)
            title = f"{self._told.charted.area} {self._told.period.label} {kind.label} {words}"
            self.registrations_asked.emit(wanted, title)

    def _on_trend_opened(self, index: int, key: str) -> None:
        from ipfinance.ui.models.charted_places import asked_of

        if self._told is not None:
            asked = asked_of(self._told.charted, index, key)
            wanted = asked.wanted(self.desk.store, self._told.charted.register)
            self.registrations_asked.emit(wanted, asked.words)

    def _on_more_charts(self) -> None:
        self.page_asked.emit("charts")

    def _on_link(self, key: str) -> None:
        if key == _DRAFTS:
            self.page_asked.emit("entry")


def _read(period: Period | None, today: date, store: Store, progress: Progress) -> "Overview":
    from ipfinance.ui.models.overview_reading import read_overview

    return read_overview(period, today, store, progress)


def _find(today: date, store: Store, progress: Progress) -> dict[FindingKind, int]:
    from ipfinance.ui.models.overview_reading import read_findings

    return read_findings(today, store, progress)
