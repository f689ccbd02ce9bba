"""The tables of the statistics page, one of which shows the answer: standard, chosen, crossed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ipfinance.db.totals import Group
from ipfinance.domain.money import IN_WAN
from ipfinance.language import either, in_chinese, tr
from ipfinance.reports.workbook_shown import ShownTable
from ipfinance.statistics.presenting import BROKEN_MARK, measure_name, unit_of
from ipfinance.ui.models.crossed_values import crossed_columns, crossed_lines, crossed_notes
from ipfinance.ui.models.figure_columns import columns_of
from ipfinance.ui.models.figure_words import MISSING_MARK
from ipfinance.ui.models.figures_model import Asked, FiguresModel, lines_of
from ipfinance.ui.models.figures_reading import Answer
from ipfinance.ui.models.summary_model import SummaryModel, summary_columns, summary_of
from ipfinance.ui.models.values_model import (
    MOST_ROWS,
    ValuesModel,
    chosen_columns,
    chosen_lines,
    indicator_columns,
    indicator_lines,
)
from ipfinance.ui.widgets.figures_table import Around, FiguresTable

ROWS = {
    Group.CITY: tr("各设区市"),
    Group.COUNTY: tr("各县（市、区）"),
    Group.YEAR: tr("分年"),
    Group.HALF: tr("分半年"),
    Group.QUARTER: tr("分季度"),
    Group.MONTH: tr("分月"),
    Group.ENTERPRISE: tr("各企业"),
    Group.PLEDGEE: tr("各质权人"),
    Group.HEAD_BANK: tr("各质权人总行"),
    Group.PLEDGEE_KIND: tr("分质权人类型"),
    Group.RIGHT_KIND: tr("分权利种类"),
    Group.SIZE: tr("分企业规模"),
    Group.INDUSTRY: tr("分行业门类"),
}
"""What the rows are, as a title says it."""
_MODELS = (FiguresModel, SummaryModel, ValuesModel)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said under a table of one of its figures; ``asked`` is what is behind it."""

    name: str
    rule: str
    facts: str
    asked: Asked | None


class StatisticsTables(QObject):
    """Fills one of its tables and tells of their figures."""

    opened = Signal(object)  # Told, of the figure double-clicked
    told = Signal(object)  # Told, of the current figure
    copy_wanted = Signal()

    def __init__(self, stack: QStackedWidget, city_of: Callable[[str], str]) -> None:
        super().__init__(stack)
        self._city_of = city_of
        self._shown_by: tuple[object, ...] = ()
        self._figures_model = FiguresModel(self)
        self._summary_model = SummaryModel(self)
        self._chosen_model = ValuesModel(self)
        self._crossed_model = ValuesModel(self)
        self.figures = FiguresTable("figures")
        self._summary = FiguresTable("summary")
        self._chosen = FiguresTable("values")
        self._crossed = FiguresTable("crossed")
        self.shown = self.figures
        self._around = Around("", "", ())
        self._scale = IN_WAN
        for view, model, name in (
            (self.figures, self._figures_model, tr("统计表")),
            (self._summary, self._summary_model, tr("指标表")),
            (self._chosen, self._chosen_model, tr("自选指标表")),
            (self._crossed, self._crossed_model, tr("交叉表")),
        ):
            view.setAccessibleName(name)
            view.setModel(model)
            if view is not self._summary:
                view.pin_total()
            view.opened.connect(self._on_opened)
            view.whole_wanted.connect(self.copy_wanted)
            view.selectionModel().currentChanged.connect(self._on_current_changed)
            stack.addWidget(view)
        self._summary.set_sortable(False)

    @property
    def notes(self) -> list[str]:
        """The notes of the table that is shown, with the marks that point to them."""
        return list(self._around.notes)

    def show(self, answer: Answer) -> FiguresTable:
        """Fill the one of the tables that shows an answer."""
        table, crossed = answer.table, answer.crossed
        by = (table.by, crossed.by, crossed.cross) if crossed else (table.by,)
        if by != self._shown_by:
            self._shown_by = by
            for model, view in (
                (self._figures_model, self.figures),
                (self._chosen_model, self._chosen),
                (self._crossed_model, self._crossed),
            ):
                model.forget_order()
                view.header.sorted_by = None
        self._scale = table.facts.scale
        self.shown = self._fill(answer)
        self._around = self._words(answer)
        return self.shown

    def for_workbook(self) -> ShownTable | None:
        """The table that was chosen; None for a standard one, which the workbook has anyway."""
        model = self.shown.model()
        if not isinstance(model, ValuesModel) or not model.rows:
            return None
        return model.shown(self._around.title, self._around.unit, self._around.notes, self._scale)

    def copy(self) -> bool:
        """Put the selection on the clipboard, or the whole table; whether it was the whole."""
        if self.shown.has_part_chosen():
            self.shown.copy(headers=True)
            return False
        self.copy_whole()
        return True

    def copy_whole(self) -> None:
        """Put the whole table with title, unit and notes on the clipboard."""
        self.shown.copy_whole(self._around)

    def show_all_columns(self) -> None:
        """Show those of the chosen columns that were hidden once."""
        self._chosen.columns.show_all()

    def unit_words(self, answer: Answer) -> str:
        """The unit of the table that is shown: of amounts, or of all of a crossed table; "" where
        each heading has its own."""
        crossed = answer.crossed
        if crossed is None:
            unit = self._scale.unit.label
            return tr("金额单位：{unit}", unit=unit) if self.shown is self.figures else ""
        unit = unit_of(crossed.indicator, self._scale)
        words = tr("计量单位：{unit}", unit=unit)
        return either(words, words if unit else "")  # a count has one in Chinese only

    # -- inside ----------------------------------------------------------------------------

    def _fill(self, answer: Answer) -> FiguresTable:
        table, chosen, crossed = answer.table, answer.chosen, answer.crossed
        if crossed is not None:
            cells = crossed_lines(crossed, table.area, table.facts.total_first)
            self._crossed_model.set_rows(cells, crossed_columns(crossed, cells, self._scale))
            return self._crossed
        whole = table.by is Group.NONE
        if chosen is None and whole:
            self._summary_model.set_rows(summary_of(table), summary_columns(table))
            return self._summary
        if chosen is None:
            cut = replace(table, rows=table.rows[:MOST_ROWS])
            lines = lines_of(cut, self._city_of, answer.first)
            self._figures_model.set_rows(
                lines, columns_of(table, answer.first.name if answer.first else "")
            )
            return self.figures
        self._chosen.set_sortable(not whole)
        if whole:
            self._chosen_model.set_rows(
                indicator_lines(table, chosen), indicator_columns(table, chosen)
            )
        else:
            cut_chosen = replace(chosen, rows=chosen.rows[:MOST_ROWS])
            values = chosen_lines(table, cut_chosen, self._city_of, answer.first)
            self._chosen_model.set_rows(values, chosen_columns(table, cut_chosen))
        return self._chosen

    def _words(self, answer: Answer) -> Around:
        table, crossed = answer.table, answer.crossed
        title = tr("{period}{subject}", period=table.period.label, subject=subject(answer))
        if crossed is not None:
            return Around(title, self.unit_words(answer), crossed_notes(crossed))
        notes = [*table.notes, *(answer.chosen.notes if answer.chosen else ())]
        if len(table.rows) > MOST_ROWS:
            cut = tr(
                "共 {count:,} 行，只列前 {shown:,} 行；合计是全部的。",
                count=len(table.rows),
                shown=MOST_ROWS,
            )
            notes.insert(0, cut)
        return Around(
            tr("{title}情况", title=title),
            self.unit_words(answer),
            [_marked(note) for note in notes],
        )

    def _told(self, index: QModelIndex) -> Told:
        model = index.model()
        assert isinstance(model, _MODELS)
        return Told(*model.rule(index), model.facts(index), model.asked(index))

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._told(index))

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.told.emit(self._told(current) if current.isValid() else Told("", "", "", None))


def subject(answer: Answer) -> str:
    """What the table shows, after the period: 浙江省各设区市专利权质押登记."""
    table, crossed = answer.table, answer.crossed
    area, kind = table.area, table.kind.label
    if crossed is not None:
        return tr(
            "{area}{rows}、{columns}{kind}质押{measure}",
            area=area,
            rows=ROWS[crossed.by],
            columns=ROWS[crossed.cross],
            kind=kind,
            measure=measure_name(crossed.indicator, table.kind),
        )
    if table.by is Group.NONE:
        return tr("{area}{kind}质押登记", area=area, kind=kind)
    return tr("{area}{rows}{kind}质押登记", area=area, rows=ROWS[table.by], kind=kind)


def _marked(note: str) -> str:
    """A note with the mark that points to it from the cells."""
    if "金额待补" in in_chinese(note):
        return tr("{mark} {note}", mark=MISSING_MARK, note=note)
    if in_chinese(note).startswith("口径调整"):
        return tr("{mark} {note}", mark=BROKEN_MARK, note=note)
    return note
