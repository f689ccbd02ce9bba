"""统计报表: the figures of a period by area or time, each with its rule and its registrations."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.ledger import count
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import KindChoice, Table
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.figure_choice import FigureChoiceDialog
from ipfinance.ui.models.figures_model import Asked
from ipfinance.ui.models.statistics_view import PAGE, STANDARD, StatisticsView, view_of
from ipfinance.ui.pages.figures_page import FiguresPage
from ipfinance.ui.pages.named_views import NamedViews
from ipfinance.ui.pages.statistics_choices import StatisticsChoices
from ipfinance.ui.pages.statistics_tables import StatisticsTables, Told, subject
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.figure_notes import FigureNotes
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.period_text import months

_YEARS = 5  # that are shown by year, when the period chosen is within one
_COPY_TIP = tr("复制整张表，可粘贴到 Excel 和 Word；选中了几格时只复制选中的")
_WHOLE_COPIED = tr("已复制整张表，可以粘贴到 Excel 或 Word。")
_PUBLISHED = tr("这个数只依据外部数据，没有登记可以打开；来源见表下的说明。")


class StatisticsPage(FiguresPage):
    """A table by area, time, party or kind, or the indicators of the whole area."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("统计报表"), desk, "statistics")
        self._export_waits = False
        self._narrow: tuple[Period, Period] | None = None  # what was chosen, what is shown instead
        self._picks: tuple[Pick, ...] = ()
        self._told: Asked | None = None  # what is behind the current cell
        self._choices = StatisticsChoices(desk.divisions.province.name)
        self._choices.by_changed.connect(self._on_by)
        self._choices.cross_changed.connect(self.on_other_choice)
        self._tables = StatisticsTables(self.stack, self._city_of)
        self._tables.opened.connect(self._on_opened)
        self._tables.told.connect(self._on_told)
        self._tables.copy_wanted.connect(self._on_copy_whole)
        self._views = NamedViews(desk, self, PAGE, tr("各市普惠情况"))
        self._views.opened.connect(self._on_view_opened)
        self._views.wanted.connect(self._on_view_wanted)
        self._views.done.connect(self.exports.mention)
        self._choose = button(
            tr("选择指标"), "columns", name="choose", tip=tr("选择表中的指标和比较")
        )
        self._choose.clicked.connect(self._on_choose)
        self._copy = button(tr("复制"), "copy", name="copy", tip=_COPY_TIP)
        self._copy.clicked.connect(self._on_copy)
        self._export = button(tr("导出 Excel"), "excel", Kind.PRIMARY, name="export")
        self._export.clicked.connect(self.export)
        for one in (self._views.button, self._choose, self._copy, self._export):
            self.add_button(one)
        self._notes = FigureNotes()
        card = Card(padded=False)
        card.body.addLayout(self._tools())
        card.body.addWidget(hairline())
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self._notes)
        self.body.addWidget(card, 1)
        self.show_no_table()

    def export(self) -> None:
        """Write the summary workbook of the period shown, once there is one."""
        if self.answer is None:
            self._export_waits = True  # asked for from elsewhere, and the page is only made now
        elif self.answer.reach is None:
            self.exports.mention(tr("还没有登记，没有可以导出的内容。"), Tone.NEUTRAL)
        else:
            shown = self._tables.for_workbook() if self.table is not None else None
            self.exports.report(self.answer.table.period, shown)

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 9, 12, 9)
        tools.setSpacing(8)
        tools.addWidget(self.picker)
        tools.addWidget(self.kind)
        tools.addWidget(self._choices)
        tools.addStretch(1)
        self._unit = label("", "hint")
        tools.addWidget(self._unit)
        self._columns = button(tr("选择显示的列"), "columns", Kind.ICON, name="columns")
        self._columns.setMenu(self._tables.figures.columns_menu())
        tools.addWidget(self._columns)
        return tools

    # -- showing ---------------------------------------------------------------------------

    @override
    def group(self) -> Group:
        return self._choices.by

    @override
    def columns_wanted(self) -> tuple[Pick, ...]:
        return self._picks

    @override
    def cross_wanted(self) -> tuple[Group, str] | None:
        return self._choices.cross

    @override
    def top_wanted(self) -> int | None:
        return self._choices.top

    @override
    def subject(self, table: Table) -> str:
        assert self.answer is not None
        what = subject(self.answer)
        if table.is_empty or self.answer.crossed is not None:
            return what
        base = tr("与{period}比较", period=table.previous_period.label)
        if table.by in SPANS:
            base = tr("逐年与上一年比较") if table.by is Group.YEAR else tr("与上年同期比较")
        return f"{what} · {base}"

    @override
    def show_table(self, table: Table) -> QWidget:
        assert self.answer is not None
        shown = self._tables.show(self.answer)
        self._told = None
        self._notes.set_rule("", "")
        self._notes.set_notes(self._tables.notes)
        self._notes.set_aside(tr("数据截至 {today}", today=self.desk.today()))
        self._notes.show()
        is_standard = shown is self._tables.figures
        unit = self._tables.unit_words(self.answer)
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))
        self._columns.setVisible(is_standard)
        self._choose.setEnabled(self.answer.crossed is None)
        self._copy.setEnabled(True)
        self._export.setEnabled(True)
        self._export_if_asked()
        return shown

    @override
    def show_no_table(self) -> None:
        self._notes.hide()
        self._unit.hide()
        self._columns.hide()
        self._copy.setEnabled(False)
        # The other register may have something in this period, and the workbook has both.
        self._export.setEnabled(self.answer is not None and self.answer.reach is not None)
        if self.answer is not None:
            self._export_if_asked()

    def _export_if_asked(self) -> None:
        if self._export_waits:
            self._export_waits = False
            # Not within the answer of a job, which a file dialog would hold up.
            QTimer.singleShot(0, self.export)

    # -- what a person chooses ---------------------------------------------------------------

    def _on_by(self) -> None:
        """By year, one year alone says nothing: the years up to it are shown, and say so."""
        period = self.picker.period()
        if self.group() is Group.YEAR and period.start.year == period.end.year:
            years = self._years_up_to(period.end.year)
            if years is not None:
                self._narrow = (period, years)
                self.show_period(years)
                self.exports.mention(
                    tr("按年统计：期间改为{period}。", period=years.label), Tone.INFO
                )
                return
        elif self._narrow is not None and period == self._narrow[1]:
            self.picker.set_period(self._narrow[0])
        self._narrow = None
        self.on_other_choice()

    def _years_up_to(self, year: int) -> Period | None:
        reach = self.answer.reach if self.answer else None
        first = max(reach[0].year, year - _YEARS + 1) if reach else year
        return months(first, 1, year, 12) if first < year else None

    def _on_choose(self) -> None:
        picks = FigureChoiceDialog.choose(self, self._picks or STANDARD, STANDARD)
        if picks is not None:
            self.choose_columns(picks)

    def choose_columns(self, picks: tuple[Pick, ...]) -> None:
        """Show these columns; the standard ones are those of the standard table."""
        self._picks = () if set(picks) == set(STANDARD) else picks
        self._tables.show_all_columns()
        self.on_other_choice()

    def show_view(self, view: StatisticsView) -> None:
        """Show what was kept under a name."""
        self.kind.set_value(view.kind.value)
        self._choices.choose(view.by, view.cross, view.top)
        self._picks = view.picks
        self._narrow = None
        if view.period is not None:
            self.show_period(view.period)
        else:
            self.on_other_choice()

    def _on_view_opened(self, content: Mapping[str, object]) -> None:
        self.show_view(view_of(content))

    def _on_view_wanted(self) -> None:
        period = self.picker.period()
        kind = KindChoice(str(self.kind.value()))
        cross = self._choices.cross
        self._views.keep(
            StatisticsView(
                kind, self.group(), self._picks, period, cross, self._choices.top
            ).content(),
            period.label,
        )

    # -- what a person asks of a figure ------------------------------------------------------

    def _on_told(self, told: Told) -> None:
        self._told = told.asked
        self._notes.set_rule(told.name, told.rule, told.facts)
        if told.asked is not None:
            self._count_behind(told.asked)

    def _count_behind(self, asked: Asked) -> None:
        """Say how many registrations are behind the figure told of."""
        if self.table is None:
            return
        kind, today = self.table.kind, self.desk.today()

        def work(store: Store, _: Progress) -> tuple[Asked, int]:
            return asked, count(store, asked.wanted(store, kind), today)

        self.desk.work(work, self._on_counted, owner=self, replaces="behind")

    def _on_counted(self, answer: tuple[Asked, int]) -> None:
        asked, count = answer
        if asked is self._told:
            self._notes.set_behind(tr("背后 {count:,} 件登记，按 Enter 打开", count=count))

    def _on_opened(self, told: Told) -> None:
        if told.asked is not None and self.table is not None:
            self.open_behind(told.asked, self.table.kind)
        elif told.name:
            self.exports.mention(_PUBLISHED, Tone.NEUTRAL)

    def _on_copy(self) -> None:
        self.exports.mention(
            _WHOLE_COPIED
            if self._tables.copy()
            else tr("已复制选中的部分，可以粘贴到 Excel 或 Word。")
        )

    def _on_copy_whole(self) -> None:
        self._tables.copy_whole()
        self.exports.mention(_WHOLE_COPIED)

    def _city_of(self, county: str) -> str:
        return self.desk.divisions.city_of(county).name
