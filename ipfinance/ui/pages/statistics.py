"""统计报表: the figures of a period by area or time, each with its rule and its registrations."""

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.statistics.chosen import Chosen, Pick
from ipfinance.statistics.tables import KindChoice, Table
from ipfinance.statistics.traces import behind
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.figure_choice import FigureChoiceDialog
from ipfinance.ui.models.figure_columns import columns_of
from ipfinance.ui.models.figure_words import BROKEN_MARK, MISSING_MARK
from ipfinance.ui.models.figures_model import Asked, FiguresModel, lines_of
from ipfinance.ui.models.statistics_view import STANDARD, StatisticsView
from ipfinance.ui.models.summary_model import SummaryModel, summary_columns, summary_of
from ipfinance.ui.models.values_model import (
    ValuesModel,
    chosen_columns,
    chosen_lines,
    indicator_columns,
    indicator_lines,
)
from ipfinance.ui.pages.figures_page import FiguresPage
from ipfinance.ui.pages.statistics_views import StatisticsViews
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.figure_notes import FigureNotes
from ipfinance.ui.widgets.figures_table import Around, FiguresTable
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.period_text import months

_UNIT = "金额单位：万元"
_BASES = {Group.YEAR: "逐年与上一年比较", Group.MONTH: "逐月与上年同月比较"}
_YEARS = 5  # that are shown by year, when the period chosen is within one
_COPY_TIP = "复制整张表，可粘贴到 Excel 和 Word；选中了几格时只复制选中的"
_BY_EVENT = "按注销、到期的日期统计，背后的登记不能按登记日期列出。"
_AREAS = {
    Group.CITY: "各设区市",
    Group.COUNTY: "各县（市、区）",
    Group.YEAR: "分年",
    Group.MONTH: "分月",
    Group.NONE: "",
}


class StatisticsPage(FiguresPage):
    """A table by area or time, or the indicators of the whole area one beneath the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("统计报表", desk, "statistics")
        self._shown_by: Group | None = None
        self._export_waits = False
        self._narrow: tuple[Period, Period] | None = None  # what was chosen, what is shown instead
        whole = desk.divisions.province.name
        self._by = ComboBox(
            (
                ("按设区市", Group.CITY),
                ("按县（市、区）", Group.COUNTY),
                ("按年", Group.YEAR),
                ("按月", Group.MONTH),
                (f"{whole}各指标", Group.NONE),
            )
        )
        self._by.setObjectName("by")
        self._by.setAccessibleName("分组")
        self._by.activated.connect(self._on_by)
        self._picks: tuple[Pick, ...] = ()
        self._choose = button("选择指标", "columns", name="choose", tip="选择表中的指标和比较")
        self._choose.clicked.connect(self._on_choose)
        self._views = StatisticsViews(desk, self)
        self._views.opened.connect(self.show_view)
        self._views.wanted.connect(self._on_view_wanted)
        self._views.done.connect(self.exports.mention)
        self._copy = button("复制", "copy", name="copy", tip=_COPY_TIP)
        self._copy.clicked.connect(self._on_copy)
        self._export = button("导出 Excel", "excel", Kind.PRIMARY, name="export")
        self._export.clicked.connect(self.export)
        for one in (self._views.button, self._choose, self._copy):
            self.add_button(one)
        self.add_button(self._export)
        self._make_tables()
        self._told: Asked | None = None  # of the current cell
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
            self.exports.mention("还没有登记，没有可以导出的内容。", Tone.NEUTRAL)
        else:
            self.exports.report(self.answer.table.period)

    # -- making ----------------------------------------------------------------------------

    def _make_tables(self) -> None:
        self._model = FiguresModel(self)
        self._table = FiguresTable("figures")
        self._table.setAccessibleName("统计表")
        self._table.setModel(self._model)
        self._table.pin_total()
        self._summary_model = SummaryModel(self)
        self._summary = FiguresTable("summary")
        self._summary.setAccessibleName("指标表")
        self._summary.setModel(self._summary_model)
        self._summary.set_sortable(False)
        self._values_model = ValuesModel(self)
        self._values = FiguresTable("values")
        self._values.setAccessibleName("自选指标表")
        self._values.setModel(self._values_model)
        self._values.pin_total()
        for view in (self._table, self._summary, self._values):
            view.opened.connect(self._on_opened)
            view.whole_wanted.connect(self._copy_whole)
            view.selectionModel().currentChanged.connect(self._on_current_changed)
            self.stack.addWidget(view)

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 9, 12, 9)
        tools.setSpacing(8)
        tools.addWidget(self.picker)
        tools.addWidget(self.kind)
        tools.addWidget(self._by)
        tools.addStretch(1)
        self._unit = label(_UNIT, "hint")
        tools.addWidget(self._unit)
        self._columns = button("选择显示的列", "columns", Kind.ICON, name="columns")
        self._columns.setMenu(self._table.columns_menu())
        tools.addWidget(self._columns)
        return tools

    # -- showing ---------------------------------------------------------------------------

    @override
    def group(self) -> Group:
        return Group(str(self._by.value()))

    @override
    def columns_wanted(self) -> tuple[Pick, ...]:
        return self._picks

    @override
    def subject(self, table: Table) -> str:
        what = f"{table.area}{_AREAS[table.by]}{table.kind.label}质押登记"
        base = _BASES.get(table.by, f"与{table.previous_period.label}比较")
        return what if table.is_empty else f"{what} · {base}"

    @override
    def show_table(self, table: Table) -> QWidget:
        if table.by is not self._shown_by:
            self._shown_by = table.by
            for model, view in ((self._model, self._table), (self._values_model, self._values)):
                model.forget_order()
                view.header.sorted_by = None
        chosen = self.answer.chosen if self.answer else None
        shown = self._fill(table, chosen)
        notes = (*table.notes, *chosen.notes) if chosen else table.notes
        self._notes.set_rule("", "")
        self._notes.set_notes([_marked(note) for note in notes])
        self._notes.set_aside(f"数据截至 {self.desk.today()}")
        self._notes.show()
        self._unit.setVisible(shown is self._table)
        self._columns.setVisible(shown is self._table)
        self._copy.setEnabled(True)
        self._export.setEnabled(True)
        self._export_if_asked()
        return shown

    def _fill(self, table: Table, chosen: Chosen | None) -> FiguresTable:
        """Fill the one of the tables that shows it."""
        whole = table.by is Group.NONE
        if chosen is None and whole:
            self._summary_model.set_rows(summary_of(table), summary_columns(table))
            return self._summary
        if chosen is None:
            self._model.set_rows(lines_of(table, self._city_of), columns_of(table))
            return self._table
        self._values.set_sortable(not whole)
        if whole:
            self._values_model.set_rows(indicator_lines(table, chosen), indicator_columns(chosen))
        else:
            lines = chosen_lines(table, chosen, self._city_of)
            self._values_model.set_rows(lines, chosen_columns(table, chosen))
        return self._values

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

    # -- what a person does ------------------------------------------------------------------

    def _on_by(self) -> None:
        """By year, one year alone says nothing: the years up to it are shown, and say so."""
        period = self.picker.period()
        if self.group() is Group.YEAR and period.start.year == period.end.year:
            years = self._years_up_to(period.end.year)
            if years is not None:
                self._narrow = (period, years)
                self.show_period(years)
                self.exports.mention(f"按年统计：期间改为{years.label}。", Tone.INFO)
                return
        elif self._narrow is not None and period == self._narrow[1]:
            self.picker.set_period(self._narrow[0])
        self._narrow = None
        self.on_other_choice()

    def _years_up_to(self, year: int) -> Period | None:
        reach = self.answer.reach if self.answer else None
        first = max(reach[0].year, year - _YEARS + 1) if reach else year
        return months(first, 1, year, 12) if first < year else None

    def show_view(self, view: StatisticsView) -> None:
        """Show what was kept under a name."""
        self.kind.set_value(view.kind.value)
        self._by.set_value(view.by.value)
        self._picks = view.picks
        self._narrow = None
        if view.period is not None:
            self.show_period(view.period)
        else:
            self.on_other_choice()

    def _on_view_wanted(self) -> None:
        period = self.picker.period()
        shown = StatisticsView(
            KindChoice(str(self.kind.value())), self.group(), self._picks, period
        )
        self._views.keep(shown, period.label)

    def _on_choose(self) -> None:
        picks = FigureChoiceDialog.choose(self, self._picks or STANDARD, STANDARD)
        if picks is not None:
            self.choose_columns(picks)

    def choose_columns(self, picks: tuple[Pick, ...]) -> None:
        """Show these columns; the standard ones are those of the standard table."""
        self._picks = () if set(picks) == set(STANDARD) else picks
        self._values.columns.show_all()
        self.on_other_choice()

    def _on_current_changed(self, current: QModelIndex) -> None:
        self._told = None
        if not current.isValid():
            return
        model = current.model()
        assert isinstance(model, _MODELS)
        self._notes.set_rule(*model.rule(current), model.facts(current))
        self._told = model.asked(current)
        if self._told is not None:
            self._count_behind(self._told)

    def _count_behind(self, asked: Asked) -> None:
        """Say how many registrations are behind the figure told of."""
        if self.table is None:
            return
        kind, today = self.table.kind, self.desk.today()

        def work(store: Store, _: Progress) -> tuple[Asked, int]:
            wanted = behind(store, asked.period, kind, asked.measure, asked.division)
            return asked, len(select(store, wanted, today))

        self.desk.work(work, self._on_counted, owner=self, replaces="behind")

    def _on_counted(self, answer: tuple[Asked, int]) -> None:
        asked, count = answer
        if asked == self._told:
            self._notes.set_behind(f"背后 {count:,} 件登记，按 Enter 打开")

    def _on_opened(self, index: QModelIndex) -> None:
        model, table = index.model(), self.table
        assert isinstance(model, _MODELS)
        asked = model.asked(index)
        if asked is not None and table is not None:
            self.open_behind(asked, table.kind)
        elif model.rule(index)[0]:
            self.exports.mention(_BY_EVENT, Tone.NEUTRAL)

    def _on_copy(self) -> None:
        view = self.stack.currentWidget()
        if isinstance(view, FiguresTable) and view.has_part_chosen():
            view.copy(headers=True)
            self.exports.mention("已复制选中的部分，可以粘贴到 Excel 或 Word。")
        else:
            self._copy_whole()

    def _copy_whole(self) -> None:
        table, view = self.table, self.stack.currentWidget()
        if table is None or not isinstance(view, FiguresTable):
            return
        chosen = self.answer.chosen if self.answer else None
        view.copy_whole(
            Around(
                title=f"{table.period.label}{table.area}{_AREAS[table.by]}"
                f"{table.kind.label}质押登记情况",
                unit=_UNIT if view is self._table else "",
                notes=[_marked(note) for note in (*table.notes, *(chosen.notes if chosen else ()))],
            )
        )
        self.exports.mention("已复制整张表，可以粘贴到 Excel 或 Word。")

    def _city_of(self, county: str) -> str:
        return self.desk.divisions.city_of(county).name


_MODELS = (FiguresModel, SummaryModel, ValuesModel)


def _marked(note: str) -> str:
    """A note with the mark that points to it from the cells."""
    if "金额待补" in note:
        return f"{MISSING_MARK} {note}"
    return f"{BROKEN_MARK} {note}" if note.startswith("口径调整") else note
