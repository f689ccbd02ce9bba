"""外部数据: figures published by others, seen, added, corrected, imported and taken out."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ipfinance.db import references
from ipfinance.db.act_words import ActWords
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr
from ipfinance.reports.grounds import region_text
from ipfinance.statistics.outside_figures import words_of
from ipfinance.ui.desk import FACTS, Desk
from ipfinance.ui.dialogs.reference import ReferenceDialog
from ipfinance.ui.models.reference_model import ReferenceModel
from ipfinance.ui.pages.references_import import CSV_FILES, Imported, read_file
from ipfinance.ui.roles import Role, Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

_SUBTITLE = tr("全国、外省和本库以前各年的公布数；占比、位次、同比用到它们时都注明来源")


class ReferencesPage(Page):
    """Filters above, table beneath; a double click or Enter corrects."""

    undo_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("外部数据"), parent)
        self._desk = desk
        self._all: list[ReferenceFigure] = []
        self.set_subtitle(_SUBTITLE)
        self._import = button(tr("导入 CSV"), "import", name="import")
        self._import.clicked.connect(self.import_file)
        self._delete = button(
            tr("删除"), "delete", name="delete", tip=tr("删除选中的数据（Delete）")
        )
        self._delete.clicked.connect(self.delete_chosen)
        self._correct = button(
            tr("更正"), "edit", name="correct", tip=tr("更正选中的一条（Enter）")
        )
        self._correct.clicked.connect(self.correct_current)
        add = button(tr("新增"), "add", Kind.PRIMARY, name="add")
        add.clicked.connect(self.add)
        for one in (self._import, self._delete, self._correct, add):
            self.add_button(one)
        self.model = ReferenceModel(self)
        self.table = DataTable("references")
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self.table.sort_by("region")
        self.table.setAccessibleName(tr("外部数据"))
        self.card = TableCard(self.table)
        self.search = SearchEdit(tr("来源、备注、地区、指标"))
        self.search.setObjectName("reference_search")
        self.search.setAccessibleName(tr("搜索"))
        self.region = ComboBox([(tr("全部地区"), "")], name=tr("地区"))
        self.region.setObjectName("filter_region")
        self.indicator = ComboBox([(tr("全部指标"), "")], name=tr("指标"))
        self.indicator.setObjectName("filter_indicator")
        self.card.tools.addWidget(self.search, 1)
        self.card.tools.addWidget(self.region)
        self.card.tools.addWidget(self.indicator)
        self.card.add_columns_button()
        self._reset = button(tr("清除筛选"), "reset", name="reset")
        self._reset.clicked.connect(self.clear_filter)
        self._empty = EmptyState("bank", "", "", self._reset)
        self.card.set_empty_state(self._empty)
        self.body.addWidget(self.card, 1)
        self.search.searched.connect(self._show)
        self.region.activated.connect(self._show)
        self.indicator.activated.connect(self._show)
        self.table.opened.connect(self._on_opened)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.table.installEventFilter(self)
        self.banner.linkActivated.connect(self._on_link)
        self._on_chosen_changed(0)

    @override
    def refresh(self) -> None:
        """Read all of them anew; filters and choice stay."""
        self._all = references.all_figures(self._desk.store)
        regions = dict.fromkeys((one.region, region_text(one)) for one in self._all)
        self.region.set_entries([(tr("全部地区"), ""), *((name, code) for code, name in regions)])
        keys = sorted({one.indicator for one in self._all}, key=words_of)
        self.indicator.set_entries([(tr("全部指标"), ""), *((words_of(key), key) for key in keys)])
        for combo in (self.region, self.indicator):
            if combo.currentIndex() < 0:
                combo.setCurrentIndex(0)  # what was filtered by is not there any more
        self._show()
        self._place.restore()
        self._on_chosen_changed(self.table.chosen_count())

    def focus_search(self) -> None:
        """Let the next key be part of the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_filter(self) -> None:
        """Show all of them."""
        self.search.clear()
        self.region.setCurrentIndex(0)
        self.indicator.setCurrentIndex(0)
        self._show()

    def add(self) -> None:
        """Ask for a new figure and keep it."""
        figure = ReferenceDialog.edit(self, None, self._desk.divisions)
        if figure is None:
            return
        if not references.add(self._desk.store, [figure]):
            self.banner.say(Tone.WARNING, tr("已有一条完全相同的数据，没有重复保存。"))
            return
        self._told(tr("已新增：{figure}。", figure=_named(figure)))

    def correct_current(self) -> None:
        """Correct the current figure."""
        chosen = self._chosen()
        if len(chosen) == 1:
            self._correct_one(chosen[0])

    def delete_chosen(self) -> None:
        """Take out what is chosen, as one act that can be undone."""
        chosen = self._chosen()
        if not chosen or not self._may_delete(chosen):
            return
        store = self._desk.store
        count, first = len(chosen), chosen[0]
        if count == 1:
            references.remove(store, first)
        else:
            with store.act(ActWords.OUTSIDE_GONE_MANY.format(count=count)):
                for figure in chosen:
                    references.remove(store, figure)
        self._told(
            tr("已删除：{figure}。", figure=_named(first))
            if count == 1
            else tr("已删除 {count:,} 条。", count=count)
        )

    def _may_delete(self, chosen: list[ReferenceFigure]) -> bool:
        question = (
            tr("删除外部数据「{figure}」？", figure=_named(chosen[0]))
            if len(chosen) == 1
            else tr("删除选中的 {count:,} 条外部数据？", count=len(chosen))
        )
        told = tr("用到它的占比、位次和核对不再有依据。删除可以撤销。")
        return self._desk.talk.ask(question, told, tr("删除"), danger=True)

    def import_file(self) -> None:
        """Choose a file and keep those of its rows that can be understood."""
        files = self._desk.talk.open_files(tr("导入外部数据"), CSV_FILES, many=False)
        if files:
            self._desk.work(
                partial(read_file, files[0]),
                partial(self._on_imported, files[0]),
                title=tr("正在导入外部数据"),
                owner=self,
            )

    # -- inside ----------------------------------------------------------------------------

    def _chosen(self) -> list[ReferenceFigure]:
        return [one for one in self.table.chosen() if isinstance(one, ReferenceFigure)]

    def _show(self) -> None:
        words = self.search.text().strip().casefold().split()
        region, indicator = self.region.value(), self.indicator.value()
        found = [
            one
            for one in self._all
            if (not region or one.region == region)
            and (not indicator or one.indicator == indicator)
            and all(word in _haystack(one) for word in words)
        ]
        self.model.set_rows(found)
        self._on_chosen_changed(self.table.chosen_count())
        filtered = len(found) < len(self._all)
        if self._all:
            self._empty.set_words(tr("没有符合条件的数据"), tr("换一个词，或清除筛选。"), "search")
        else:
            self._empty.set_words(
                tr("还没有外部数据"),
                tr("新增全国和外省的公布数，或从 CSV 导入；占比和位次用它们计算。"),
                "bank",
            )
        self._reset.setVisible(bool(self._all))
        self.card.show_empty(not found)
        count = (
            tr("共 {count:,} 条（全部 {all:,} 条）", count=len(found), all=len(self._all))
            if filtered
            else tr("共 {count:,} 条", count=len(found))
        )
        self.card.footer.set_count(count)

    def _correct_one(self, before: ReferenceFigure) -> None:
        figure = ReferenceDialog.edit(self, before, self._desk.divisions)
        if figure is not None and figure != before:
            references.correct(self._desk.store, figure)
            self._told(tr("已更正：{figure}。", figure=_named(figure)))

    def _told(self, words: str) -> None:
        self._desk.changes.tell(FACTS)
        self.banner.say(Tone.OK, words, (("undo", tr("撤销")),))

    def _on_imported(self, file: Path, done: Imported) -> None:
        self._desk.changes.tell(FACTS)
        links = (("undo", tr("撤销")),) if done.new else ()
        tone = Tone.WARNING if done.faults else Tone.OK
        self.banner.say(tone, tr("「{file}」{told}", file=file.name, told=done.words), links)
        if done.faults:
            self._desk.talk.warn(
                tr("有 {count:,} 行没有保存，其余已保存", count=done.rejected), done.told
            )

    def _on_opened(self, index: QModelIndex) -> None:
        one = index.siblingAtColumn(0).data(Role.ROW)
        if isinstance(one, ReferenceFigure):
            self._correct_one(one)

    def _on_chosen_changed(self, count: int) -> None:
        self._correct.setEnabled(count == 1)
        self._delete.setEnabled(count > 0)
        self._delete.setText(tr("删除 {count:,} 条", count=count) if count > 1 else tr("删除"))

    def _on_link(self, key: str) -> None:
        if key == "undo":
            self.banner.clear()
            self.undo_asked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            self.delete_chosen()
            return True
        return super().eventFilter(watched, event)


def _named(figure: ReferenceFigure) -> str:
    return f"{region_text(figure)} {figure.period.label} {words_of(figure.indicator)}"


def _haystack(figure: ReferenceFigure) -> str:
    told = (
        *(figure.region_name, figure.period.label, words_of(figure.indicator), str(figure.value)),
        *(figure.unit, figure.source, figure.page, figure.note),
    )
    return " ".join(told).casefold()
