"""The ledger: every registration, narrowed, sorted, added up, opened, cancelled and deleted."""

from collections.abc import Mapping

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from ipfinance.db import history
from ipfinance.db.ledger import Filter
from ipfinance.db.reach import is_empty
from ipfinance.language import tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.icons import put_icon
from ipfinance.ui.ledger_export import LedgerExport, as_file_name
from ipfinance.ui.ledger_print import Asked, LedgerPrint
from ipfinance.ui.models.ledger_view import PAGE, content_of, filter_of
from ipfinance.ui.pages.ledger_acts import LedgerActs
from ipfinance.ui.pages.ledger_facets import LedgerFacets
from ipfinance.ui.pages.ledger_figures import LedgerFigures, Told
from ipfinance.ui.pages.ledger_filter import FilterBar
from ipfinance.ui.pages.ledger_words import (
    days_words,
    file_words,
    filter_words,
    scope_words,
    window_words,
)
from ipfinance.ui.pages.named_views import NamedViews
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.ledger_card import LedgerCard
from ipfinance.ui.widgets.page import Page

_UNDO = "undo"
_ALL = "all"
_FACETS = "ledger/facets"  # whether the counts stand beside the table, in the settings


class LedgerPage(Page):
    """Figures above, the filter and the table beneath; an empty store says how to begin."""

    life_asked = Signal(int)
    edit_asked = Signal(int)
    new_asked = Signal()
    import_asked = Signal()
    demo_asked = Signal()
    undo_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("登记台账"), parent)
        self._desk = desk
        self._told_act: int | None = None  # the act that the banner offers to undo
        self._export = LedgerExport(desk, self.banner, self)
        self._print = LedgerPrint(desk, self.banner, self)
        self._views = NamedViews(desk, self, PAGE, tr("金额待补的商标"))
        self._views.opened.connect(self._on_view_opened)
        self._views.wanted.connect(self._on_view_wanted)
        self._views.done.connect(self._on_done)
        self._facets: LedgerFacets | None = None  # made when it is first asked for
        self._buttons_shown = self._head_buttons()
        self.figures = LedgerFigures(desk)
        self.scope = Banner()
        self.bar = FilterBar(desk)
        self.card = LedgerCard(desk, "ledger")
        self.acts = LedgerActs(desk, self.card)
        self.card.tools.addWidget(self.bar, 1)
        self._counts = button(tr("分类计数"), "filter", Kind.ICON, name="ledger_facets")
        self._counts.setToolTip(tr("在表旁列出类型、年份、设区市、状态等各有多少笔"))
        self._counts.setCheckable(True)
        self._counts.toggled.connect(self._on_facets_toggled)
        self.card.tools.addWidget(self._counts)
        self.card.add_columns_button()
        self.card.set_empty_state(self._nothing_found())
        self.beginning = self._beginning()
        for part in (self.figures, self.scope):
            self.body.addWidget(part)
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.beginning, 1)
        self.banner.linkActivated.connect(self._on_link)
        self.scope.linkActivated.connect(self._on_scope_link)
        self.bar.changed.connect(self._on_filter_changed)
        self.bar.faulted.connect(self._on_filter_faulted)
        self.bar.left_downwards.connect(self.card.enter)
        self.card.opened.connect(self.life_asked)
        self.card.listed.connect(self._on_listed)
        self.figures.told.connect(self._on_figures_told)
        self.acts.life_asked.connect(self.life_asked)
        self.acts.edit_asked.connect(self.edit_asked)
        self.acts.done.connect(self._on_done)
        # The table was made before the tools that stand above it.
        columns = self.card.findChild(QPushButton, "columns")
        assert columns is not None
        self.setTabOrder(columns, self.card.table)
        self._say_what()
        self._counts.setChecked(str(QSettings().value(_FACETS, "")) == "true")

    @override
    def refresh(self) -> None:
        """Read the list anew; the filter, the place and what was chosen stay."""
        empty = is_empty(self._desk.store)
        for part in (self.figures, self.card, *self._buttons_shown):
            part.setVisible(not empty)
        self.beginning.setVisible(empty)
        self._forget_undone()
        if empty:
            self.scope.clear()
            province = self._desk.divisions.province.name
            self.set_subtitle(" · ".join((tr("还没有登记"), province)))
            return
        self.bar.refresh()
        self._say_what()
        self.card.show_filter(self.bar.filter())

    def show_filter(self, wanted: Filter) -> None:
        """Narrow the list to what is behind a number."""
        self.bar.show_filter(wanted)

    def focus_search(self) -> None:
        """Let the next key be part of the search."""
        self.bar.focus_search()

    # -- building --------------------------------------------------------------------------

    def _head_buttons(self) -> list[QPushButton]:
        bring = button(
            tr("导入"), "import", name="ledger_import", tip=tr("从 Excel、WPS 或 CSV 导入")
        )
        bring.clicked.connect(self.import_asked)
        export = button(
            tr("导出 Excel"), "excel", name="ledger_export", tip=tr("导出列出的全部登记")
        )
        export.clicked.connect(self._on_export)
        new = button(tr("新增登记"), "add", Kind.PRIMARY, name="ledger_new")
        new.clicked.connect(self.new_asked)
        shown = [self._views.button, bring, export, self._print_button(), new]
        for one in shown:
            self.add_button(one)
        return shown

    def _print_button(self) -> QPushButton:
        menu = QMenu(tr("打印"), self)
        for words, name, icon, slot in (
            (tr("打印…"), "print_out", "print", self._on_print),
            (tr("存为 PDF…"), "print_pdf", "document", self._on_pdf),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            put_icon(action, icon)
            action.triggered.connect(slot)
        made = button(
            tr("打印"), "print", name="ledger_print", tip=tr("打印列出的登记，或存为 PDF")
        )
        made.setMenu(menu)
        return made

    def _nothing_found(self) -> EmptyState:
        clear = button(tr("清除筛选"), "reset", name="ledger_clear")
        clear.clicked.connect(self.bar.clear)
        hint = tr("换一个词、放宽日期，或清除筛选条件。")
        return EmptyState("search", tr("没有符合条件的登记"), hint, clear)

    def _beginning(self) -> Card:
        demo = button(
            tr("填入演示数据"), "", name="ledger_demo", tip=tr("填入虚构的登记，可以一次撤销")
        )
        demo.clicked.connect(self.demo_asked)
        new = button(tr("新增登记"), "add", name="ledger_first")
        new.clicked.connect(self.new_asked)
        bring = button(tr("导入台账"), "import", Kind.PRIMARY, name="ledger_first_import")
        bring.clicked.connect(self.import_asked)
        hint = tr("导入现有的 Excel 台账，录入第一笔登记，或先用虚构的数据试一试。")
        card = Card()
        card.body.addWidget(EmptyState("ledger", tr("台账里还没有登记"), hint, demo, new, bring))
        return card

    # -- slots -----------------------------------------------------------------------------

    def _say_what(self) -> None:
        wanted = self.bar.filter()
        self.set_subtitle(window_words(self._desk, wanted))
        scope = scope_words(self._desk, self.bar.scope)
        if scope:
            self.scope.say(
                Tone.INFO, tr("只列出{scope}的登记。", scope=scope), ((_ALL, tr("显示全部登记")),)
            )
        else:
            self.scope.clear()

    def _on_filter_changed(self, wanted: Filter) -> None:
        self._say_what()
        self.card.show_filter(wanted)

    def _on_filter_faulted(self, fault: str) -> None:
        if fault:
            self._told_act = None
            self.banner.say(Tone.WARNING, tr("{fault}。列表没有变。", fault=fault))
        elif self._told_act is None:
            self.banner.clear()

    def _on_listed(self) -> None:
        listing = self.card.model.listing
        if listing is not None:
            self.card.show_empty(not len(listing))
            self.figures.show_list(self.card.model.wanted, listing)
            self._count_facets()
            self._desk.remembering.begin()

    def _on_facets_toggled(self, shown: bool) -> None:
        QSettings().setValue(_FACETS, "true" if shown else "false")
        if self._facets is None and shown:
            self._facets = LedgerFacets(self._desk)
            self._facets.narrowed.connect(self.show_filter)
            self.card.add_beside(self._facets)
        if self._facets is not None:
            self._facets.setVisible(shown)
            self._count_facets()

    def _count_facets(self) -> None:
        # Half of a second's work for a million registrations: only where somebody sees it.
        if self._facets is not None and self._counts.isChecked():
            self._facets.show_filter(self.card.model.wanted)

    def _on_view_opened(self, content: Mapping[str, object]) -> None:
        self.show_filter(filter_of(content, self.bar.filter()))

    def _on_view_wanted(self) -> None:
        wanted = self.bar.filter()
        has_days = wanted.start or wanted.end
        self._views.keep(content_of(wanted), days_words(wanted) if has_days else "")

    def _on_figures_told(self, told: Told) -> None:
        self.card.say_counted(told.now)

    def _on_export(self) -> None:
        self._export.run(self.card.model.wanted, self.card.model.sorting, self._file_name())

    def _on_print(self) -> None:
        self._print.print_out(self._on_paper(), self.card.model.rowCount())

    def _on_pdf(self) -> None:
        self._print.write_pdf(self._on_paper(), as_file_name(self._file_name()))

    def _on_paper(self) -> Asked:
        model = self.card.model
        words = filter_words(self._desk, model.wanted, self.bar.scope)
        columns = [model.column(place) for place in self.card.table.shown_columns()]
        return Asked(model.wanted, model.sorting, words, columns, self._desk.today())

    def _file_name(self) -> str:
        return f"登记台账_{file_words(self._desk, self.card.model.wanted)}"

    def _on_scope_link(self, _key: str) -> None:
        self.bar.leave_scope()

    def _on_link(self, key: str) -> None:
        self.banner.clear()
        if key == _UNDO:
            self.undo_asked.emit()

    def _on_done(self, words: str) -> None:
        act = history.undoable(self._desk.store)
        self._told_act = act.id if act else None
        self.banner.say(Tone.OK, words, ((_UNDO, tr("撤销")),))

    def _forget_undone(self) -> None:
        """Take the offer back when the newest act is another one: it would undo that."""
        if self._told_act is not None:
            act = history.undoable(self._desk.store)
            if act is None or act.id != self._told_act:
                self._told_act = None
                self.banner.clear()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._told_act = None
            self.banner.clear()
