"""The preview of an import: what would become of each registration, before anything is written."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ipfinance.domain.division import Divisions
from ipfinance.domain.money import wan
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import Plan
from ipfinance.intake.numbers_in_doubt import all_in_doubt
from ipfinance.language import sentences, tr
from ipfinance.ui.clock import local_time
from ipfinance.ui.dialogs.import_about import CitySums, Remarks
from ipfinance.ui.dialogs.import_acts import doubt_act, leaving_act
from ipfinance.ui.dialogs.import_cards import FilterCards
from ipfinance.ui.dialogs.import_columns import LEAST_FIELDS_WIDTH, ColumnsChooser, fields_width
from ipfinance.ui.dialogs.import_entry import EntryPanel
from ipfinance.ui.models.import_columns import tables_of
from ipfinance.ui.models.import_model import IN_DOUBT, EntryRow, Preview, entry_columns
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.roles import Role, Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import ActionButton
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import hairline
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard

READ_AGAIN, SHOW_REJECTED, GOOD_ONLY = "read_again", "rejected", "good_only"
TAKE_ALL_IN, GIVE_ALL_BACK = "take_all_in", "give_all_back"
SHOW_COLUMNS = "columns"
"""Links of the banner that the window follows; the columns are shown by itself."""
_THIS, _CITIES, _COLUMNS, _REMARKS = range(4)
_SIDE_WIDTH = 404


class PreviewStep(QWidget):
    """Shows a plan and asks for its registrations to be mended; writes nothing itself."""

    mend_asked = Signal(int, object)  # index in the plan, dict[str, str] of cells

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview_step")
        self._preview: Preview | None = None
        self.banner = Banner(closable=True)
        self.banner.linkActivated.connect(self._on_link)
        self.banner.closed.connect(self._on_banner_closed)
        self._tells_of_numbers = True  # until the clerk closes the banner that does
        self.cards = FilterCards()
        self.cards.chosen.connect(self._on_card_chosen)
        self._columns = entry_columns()
        self.model: RowsModel[EntryRow] = RowsModel(self._columns, self)
        self.table = DataTable("import_entries")
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.opened.connect(self._on_opened)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.leaving = leaving_act(self.table, self.model)
        self.doubting = doubt_act(self.table, self.model)
        self.card = self._table_card()
        self.entry = EntryPanel(divisions)
        self.entry.mend_asked.connect(self.mend_asked)
        self.cities = CitySums()
        self.columns = ColumnsChooser()
        self.remarks = Remarks()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.card)
        split.addWidget(self._side())
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        side = _SIDE_WIDTH + fields_width() - LEAST_FIELDS_WIDTH
        split.setSizes([_SIDE_WIDTH * 2, side])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.cards)
        column.addWidget(self.banner)
        column.addWidget(split, 1)

    # -- for the dialog ----------------------------------------------------------------------

    def show_preview(self, preview: Preview) -> None:
        """A plan that was read anew: begin with what needs a hand, else with all."""
        plan = preview.plan
        self._tells_of_numbers = True
        self.entry.forget_typed()
        self._take(preview)
        self._warned.setChecked(False)
        self.cards.choose(Status.REJECTED if plan.counts[Status.REJECTED] else None)
        self._show_rows(None)
        self.tabs.setCurrentIndex(_THIS)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_mended(self, preview: Preview, index: int) -> None:
        """The plan after one registration was mended: stay with it until it is good, then go on
        to the next that is not."""
        self._take(preview)
        self.tell_of_numbers()
        self.entry.set_busy(False)
        self.entry.forget_typed(index)
        mended = preview.rows[index]
        if mended.entry.status is Status.REJECTED:
            self._show_rows(index)
            self.entry.show_row(mended, tr("还有不对的地方："))
            self.entry.go_mend()
            return
        note = tr(
            "{where}已改正，列入{label}。", where=mended.where, label=mended.entry.status.label
        )
        waiting = [row.index for row in preview.rows if row.entry.status is Status.REJECTED]
        after = [at for at in waiting if at > index] or waiting
        if after and self.cards.status is Status.REJECTED:
            self._show_rows(after[0])
            self.entry.show_row(preview.rows[after[0]], tr("{note}下一笔：", note=note))
            self.entry.go_mend()
            return
        if self.cards.status is Status.REJECTED:
            self.cards.choose(None)
        self._show_rows(index)
        self.entry.show_row(mended, note)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_revised(self, preview: Preview) -> None:
        """The plan after registrations were left out, taken in or given back: stay where they
        stood; where nothing is left of their class, go along with the one that is shown."""
        near = min(self.table.chosen_rows(), default=0)
        index, shown = self._shown_index(), self.cards.status
        self._take(preview)
        if shown is not None and index is not None and not preview.counts.get(shown):
            self.cards.choose(preview.rows[index].classes[-1])
        self._show_rows(index, near)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tell_of_numbers()

    def show_rejected(self) -> None:
        """Go to the first registration that is rejected."""
        self.cards.choose(Status.REJECTED)
        self._warned.setChecked(False)
        self.search.clear()
        self._show_rows(None)
        self.tabs.setCurrentIndex(_THIS)
        self.entry.go_mend()

    def say_first(self, plan: Plan) -> None:
        """What the clerk should know before looking at anything."""
        known = next(((source.name, source.known) for source in plan.sources if source.known), None)
        came = ""
        if known is not None:
            name, batch = known
            when = local_time(batch.happened_at)
            came = tr(
                "{name} 在 {when} 由 {who} 导入过（批次 {batch}），内容没有改动。",
                name=name,
                when=when,
                who=batch.who,
                batch=batch.id,
            )
        if plan.numbers_taken:
            self.tell_of_numbers(came)
        elif not plan.changes_anything and not plan.counts[Status.REJECTED]:
            text = tr(
                "读到的 {count:,} 笔都已在台账中，内容相同，没有要导入的。", count=len(plan.entries)
            )
            self.banner.say(Tone.OK, sentences(came, text))
        elif came:
            self.banner.say(Tone.INFO, came)
        elif unclear := next((one for one in plan.remarks if one.rule == "column_unclear"), None):
            self.banner.say(
                Tone.WARNING, tr("{said}。", said=unclear.text), ((SHOW_COLUMNS, tr("指定各列")),)
            )
        else:
            self.banner.clear()

    def tell_of_numbers(self, first: str = "") -> None:
        """That rows are rejected only because of their number, or were taken in all the same,
        with what can be done with all of them; ``first`` is said before it."""
        plan = self._preview.plan if self._preview and self._tells_of_numbers else None
        taken, in_doubt = (plan.numbers_taken, len(all_in_doubt(plan))) if plan else (0, 0)
        take_all = (TAKE_ALL_IN, tr("全部收入，登记号待核（{count:,} 笔）", count=taken))
        give_all = (GIVE_ALL_BACK, tr("全部取消收入（{count:,} 笔）", count=in_doubt))
        links = [*([take_all] if taken else []), *([give_all] if in_doubt else [])]
        if taken:
            words = tr(
                "{count:,} 笔只因登记号已属于另一笔登记而退回，不知道哪个写错的可以先收入：",
                count=taken,
            )
            self.banner.say(Tone.WARNING, sentences(first, words), links)
        elif in_doubt:
            words = tr("收入了 {count:,} 笔，登记号待核，导入以后列在「待办」：", count=in_doubt)
            self.banner.say(Tone.OK, words, links)
        else:
            self.banner.clear()

    def show_columns(self, words: str) -> None:
        """Stay where columns are chosen, and say what became of the choice."""
        self.tabs.setCurrentIndex(_COLUMNS)
        self.banner.say(Tone.OK, words)

    def say_unchecked(self) -> None:
        """Something was typed and not read again: importing would leave it out unseen."""
        index = self.entry.typed_index
        if index is not None and index != self._shown_index():
            self._warned.setChecked(False)
            self.search.clear()
            self.cards.choose(None)
            self._show_rows(index)
        self.tabs.setCurrentIndex(_THIS)
        self.banner.say(Tone.WARNING, tr("这一笔的改动还没有重新检查，请先按「重新检查」。"))
        self.entry.go_mend()

    def say_not_all(self, rejected: int) -> None:
        """All or nothing was asked for, and not all are good."""
        self.banner.say(
            Tone.WARNING,
            tr(
                "还有 {rejected:,} 笔退回，选了「全部正确才导入」，所以没有写入。请",
                rejected=rejected,
            ),
            ((SHOW_REJECTED, tr("改正退回的")), (GOOD_ONLY, tr("改为只导入正确的"))),
        )

    # -- inside ------------------------------------------------------------------------------

    def _table_card(self) -> TableCard:
        card = TableCard(self.table)
        self.table.setAccessibleName(tr("要导入的登记"))
        self.search = SearchEdit(tr("搜索登记号、出质人、说明"))
        self.search.setObjectName("import_search")
        self.search.setToolTip(
            self.search.placeholderText()
        )  # a small screen leaves it little room
        self.search.searched.connect(self._on_searched)
        self._warned = QCheckBox(tr("只看有提醒的"))
        self._warned.setObjectName("only_warned")
        self._warned.toggled.connect(self._on_warned)
        card.tools.addWidget(self.search, 1)
        card.tools.addWidget(self._warned)
        self._doubt_button = ActionButton(self.doubting.action)
        card.tools.addWidget(self._doubt_button)
        card.tools.addWidget(ActionButton(self.leaving.action))
        card.add_columns_button()
        card.set_empty_state(
            EmptyState("search", tr("没有这样的登记"), tr("换一个筛选条件，或清空搜索。"))
        )
        return card

    def _side(self) -> Card:
        self.tabs = QTabBar()
        self.tabs.setObjectName("import_tabs")
        self.tabs.setAccessibleName(tr("预览的内容"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in (tr("这一笔"), tr("各市金额"), tr("表头"), tr("提示")):
            self.tabs.addTab(words)
        self._pages = QStackedWidget()
        for page in (self.entry, self.cities, self.columns, self.remarks):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        card = Card(padded=False)
        card.setMinimumWidth(340)
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(hairline())
        card.body.addWidget(self._pages, 1)
        return card

    def _take(self, preview: Preview) -> None:
        before = self._preview.plan if self._preview else None
        self._preview = preview
        plan = preview.plan
        self._columns = entry_columns(preview.longest_where)
        self.cards.show_counts(preview)
        self.cities.show_plan(plan)
        if before is None or before.tables is not plan.tables:
            self.columns.show_tables(tables_of(plan))
        remarks = self.remarks.show_plan(plan)
        self.tabs.setTabText(
            _REMARKS, tr("提示 {remarks:,}", remarks=remarks) if remarks else tr("提示")
        )
        warned = preview.warned
        self._warned.setText(
            tr("只看有提醒的（{warned:,}）", warned=warned) if warned else tr("只看有提醒的")
        )
        self._warned.setEnabled(bool(warned))
        self._doubt_button.setVisible(bool(plan.numbers_taken or IN_DOUBT in preview.counts))

    def _show_rows(self, index: int | None, near: int = 0) -> None:
        """List what card, search and check box leave, and go to a registration of the plan, or
        where it is not listed to the row of that number."""
        shown = []
        if self._preview is not None:
            shown = self._preview.matching(
                self.cards.status, self.search.text(), self._warned.isChecked()
            )
        self.model.set_rows(shown, self._columns)
        self.card.show_empty(not shown)
        self._on_chosen_changed(0)
        amounts = [row.amount_fen for row in shown if row.amount_fen is not None]
        known = tr("担保债权额合计") if amounts else ""
        self.card.footer.set_sum(
            known, tr("{amount} 万元", amount=wan(sum(amounts))) if amounts else ""
        )
        beside = max(0, min(near, len(shown) - 1))
        at = next((at for at, row in enumerate(self.model.rows) if row.index == index), beside)
        if shown:
            self._go(at)
        else:
            self.entry.show_row(None)

    def _go(self, at: int) -> None:
        index = self.model.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)
        self._show_current(index)

    def _show_current(self, index: QModelIndex) -> None:
        row = index.siblingAtColumn(0).data(Role.ROW)
        if isinstance(row, EntryRow) and row is not self.entry.row:
            self.entry.show_row(row)

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._show_current(current)

    def _on_chosen_changed(self, count: int) -> None:
        said = tr("已选 {count:,} 笔", count=count) if count > 1 else ""
        self.card.footer.set_count(tr("共 {count:,} 笔", count=self.model.rowCount()), said)

    def _on_opened(self, index: QModelIndex) -> None:
        """A double click or Enter: look at this one, and mend it when it is rejected."""
        self._show_current(index)
        self.tabs.setCurrentIndex(_THIS)
        self.entry.go_mend()

    def _on_link(self, key: str) -> None:
        if key == SHOW_COLUMNS:
            self.tabs.setCurrentIndex(_COLUMNS)
            self.columns.go_to_open()

    def _on_banner_closed(self) -> None:
        self._tells_of_numbers = False

    def _on_card_chosen(self, _status: object) -> None:
        self._show_rows(self._shown_index())

    def _on_searched(self, _words: str) -> None:
        self._show_rows(self._shown_index())

    def _on_warned(self, _checked: bool) -> None:
        self._show_rows(self._shown_index())

    def _shown_index(self) -> int | None:
        return self.entry.row.index if self.entry.row else None
