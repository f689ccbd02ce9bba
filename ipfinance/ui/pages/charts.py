"""图表: the figures of a period drawn in several ways, as in files; what is shown can be opened."""

from PySide6.QtCore import QMimeData, QSettings
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.facts import read_facts
from ipfinance.db.totals import Group
from ipfinance.language import for_files, tr
from ipfinance.reports.figure import city_figure
from ipfinance.reports.figure_chart import ChartSpec, Drawable, chart_figure
from ipfinance.statistics.charted import ChartWanted, ahead_of
from ipfinance.statistics.indicators import BY_KEY, REGISTRATIONS, SECURED_AMOUNT
from ipfinance.statistics.presenting import (
    BROKEN_MARK,
    growth_text,
    percent_text,
    value_text,
    value_with_unit,
)
from ipfinance.statistics.table_rows import Row
from ipfinance.statistics.tables import KindChoice, Table
from ipfinance.ui.desk import Desk
from ipfinance.ui.icons import put_icon
from ipfinance.ui.models.charted_places import asked_of
from ipfinance.ui.models.charts_view import ChartsView, charts_view
from ipfinance.ui.models.figure_words import asked_words
from ipfinance.ui.models.figures_model import Asked
from ipfinance.ui.pages.charts_choices import ChartChoices
from ipfinance.ui.pages.figures_page import FiguresPage
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.figure_picture import ForPrint, Picture, image_of
from ipfinance.ui.widgets.figure_tip import TipRow
from ipfinance.ui.widgets.figure_view import FigureView

_CHOICE = "charts/choice"
_FILES = (
    (tr("PNG 图片（300 dpi）…"), ".png", "export"),
    (tr("SVG 矢量图…"), ".svg", "export"),
    ("PDF…", ".pdf", "document"),
    (tr("Excel（数据和可编辑的图）…"), ".xlsx", "excel"),
)


class ChartsPage(FiguresPage):
    """Figures 5 and 6 of the white paper and other charts, for any period and register."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("图表"), desk, "chart")
        self._spec: Drawable | None = None  # as it goes out
        self._copy = button(
            tr("复制图片"), "copy", name="copy", tip=tr("按印刷尺寸复制，可粘贴到 Word")
        )
        self._copy.clicked.connect(self._on_copy)
        self._export = button(tr("导出"), "export", name="export")
        self._export.setMenu(self._files_menu())
        self._export.setProperty("menu", True)
        self.add_button(self._copy)
        self.add_button(self._export)
        self._view = FigureView(desk.jobs)
        self._view.set_dark(desk.theme.dark)
        self._view.opened.connect(self._on_opened)
        desk.theme.changed.connect(self._on_theme_changed)
        self.stack.addWidget(self._view)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        divisions = desk.divisions
        self._choices = ChartChoices(divisions.province.name, divisions.cities(), desk.today())
        self._choices.changed.connect(self._on_chart_chosen)
        tools.addWidget(self.picker)
        tools.addWidget(self.kind)
        tools.addWidget(self._choices)
        tools.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 10)
        inside.setSpacing(8)
        inside.addLayout(tools)
        inside.addWidget(self._choices.comparison)
        inside.addWidget(self.stack, 1)
        card = Card(padded=False)
        card.body.addLayout(inside)
        self.body.addWidget(card, 1)
        self.show_no_table()
        kept = QSettings().value(_CHOICE)
        own = ChartsView(city=read_facts(desk.store).area or None)
        self._show_view(own if kept is None else charts_view(str(kept)))

    def _files_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, suffix, icon in _FILES:
            action = menu.addAction(words)
            action.setObjectName(f"export{suffix}")
            action.setData(suffix)
            put_icon(action, icon)
        menu.triggered.connect(self._on_export)
        return menu

    # -- showing ---------------------------------------------------------------------------

    def _show_view(self, view: ChartsView) -> None:
        """Show what was chosen when the program was used last; at first, the bureau's city."""
        self.kind.set_value(view.register)
        self._choices.show_view(view)
        self._aim_picker()
        if view.period is not None:
            self.choose_period(view.period)

    def _aim_picker(self) -> None:
        """A chart that looks ahead has days of its own, which the field says meanwhile."""
        self.picker.stand_aside(ahead_of(self.desk.today()) if self._choices.is_ahead else None)

    @override
    def group(self) -> Group:
        return Group.CITY if self._choices.city is None else Group.COUNTY

    @override
    def city_wanted(self) -> str | None:
        return self._choices.city

    @override
    def chart_wanted(self) -> ChartWanted | None:
        return self._choices.wanted()

    @override
    def subject(self, table: Table) -> str:
        charted = self.answer.charted if self.answer else None
        what = (
            tr(
                "{area}{kind}质押 · {chart}",
                area=table.area,
                kind=table.kind.label,
                chart=charted.kind.label,
            )
            if charted
            else tr("{area}各设区市{kind}质押登记", area=table.area, kind=table.kind.label)
            if table.city is None
            else tr("{area}各县（市、区）{kind}质押登记", area=table.area, kind=table.kind.label)
        )
        if self.table is None:
            return what
        taken = tr("数据截至 {today}", today=self.desk.today())
        return f"{what} · {taken}"

    @override
    def show_table(self, table: Table) -> QWidget:
        assert self.answer is not None
        charted, filed, today = self.answer.charted, self.answer.filed, self.desk.today()
        if charted is None or filed is None:
            self._view.set_figure(city_figure(table, today), [_more(row) for row in table.rows])
            with for_files():
                self._spec = city_figure(table, today)
        else:
            self._view.set_figure(chart_figure(charted, today))
            with for_files():
                self._spec = chart_figure(filed, today)
            self._choices.show_other(table.previous_period)
        self._copy.setEnabled(True)
        self._export.setEnabled(True)
        return self._view

    @override
    def show_no_table(self) -> None:
        self._spec = None
        self._copy.setEnabled(False)
        self._export.setEnabled(False)

    def _on_theme_changed(self) -> None:
        self._view.set_dark(self.desk.theme.dark)

    # -- what a person does ------------------------------------------------------------------

    @override
    def on_other_choice(self) -> None:
        view = ChartsView(
            KindChoice(str(self.kind.value())),
            self._choices.wanted(),
            self._choices.city,
            self.period_wanted,
        )
        QSettings().setValue(_CHOICE, view.text())
        super().on_other_choice()

    def _on_chart_chosen(self) -> None:
        self._aim_picker()
        self.on_other_choice()

    def _on_opened(self, index: int, key: str) -> None:
        table = self.table
        if table is None or self.answer is None:
            return
        if self.answer.charted is not None:
            self.open_behind(asked_of(self.answer.charted, index, key), table.kind)
            return
        row, one = table.rows[index], BY_KEY[key]
        place = row.name if table.city is None else f"{table.area}{row.name}"
        words = asked_words(place, table.period, table.kind, one, row.values[key])
        self.open_behind(Asked(key, row.code, table.period, words), table.kind)

    def _on_copy(self) -> None:
        if self._spec is not None:
            self.desk.jobs.run(
                ForPrint(self._spec).make,
                self._on_copied,
                title=tr("正在复制图片"),
                owner=self,
                replaces="copy",
            )

    def _on_copied(self, picture: Picture) -> None:
        data = QMimeData()
        data.setImageData(image_of(picture))
        QGuiApplication.clipboard().setMimeData(data)
        self.exports.mention(tr("已复制图片（宽 180 毫米，300 dpi），可以粘贴到 Word 或幻灯片。"))

    def _on_export(self, action: QAction) -> None:
        table = self.table
        if table is None or self._spec is None:
            return
        suffix = str(action.data())
        is_of_province = not isinstance(self._spec, ChartSpec) and table.city is None
        if suffix == ".xlsx" and is_of_province:  # which the summary workbook has
            self.exports.report(table.period)
        else:
            self.exports.figure(self._spec, suffix)


def _more(row: Row) -> list[TipRow]:
    """What the tip of a city says beside the series."""
    amount, count = SECURED_AMOUNT.key, REGISTRATIONS
    grown = growth_text(row.growth[amount])
    if row.comparison_broken and row.growth[amount] is not None:
        grown = f"{BROKEN_MARK} {grown}"
    return [
        TipRow(count.name, value_with_unit(value_text(count, row.values[count.key]), count.unit)),
        TipRow(tr("{name}占比", name=SECURED_AMOUNT.name), percent_text(row.share[amount])),
        TipRow(tr("{name}同比", name=SECURED_AMOUNT.name), grown),
        TipRow(tr("{name}排名", name=SECURED_AMOUNT.name), str(row.rank[amount])),
    ]
