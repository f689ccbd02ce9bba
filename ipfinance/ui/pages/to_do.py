"""待办: what is to be completed or looked at, by kind; each opens the registration to mend."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db import findings
from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import Finding, FindingKind
from ipfinance.db.reach import is_long
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.carrying_out import apply_orphans
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_work_list
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.settle import SettleDialog
from ipfinance.ui.models.findings_model import FindingRow, FindingsModel, KindCount, KindsModel
from ipfinance.ui.roles import Role, Tone
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

Found = Mapping[FindingKind, list[Finding]]
_PAIRS = (
    *(FindingKind.REG_NO_IN_DOUBT, FindingKind.POSSIBLE_DUPLICATE),
    FindingKind.OVERLAPPING_RIGHT,
)
_KINDS_WIDTH, _COUNT_WIDTH = 236, 104
_READY = tr("可执行")


class ToDoPage(Page):
    """The kinds at the left, the findings of the chosen one at the right with its rule."""

    edit_asked = Signal(int)
    undo_asked = Signal()
    counted = Signal(int)  # how many findings are open

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("待办"), parent)
        self._desk = desk
        self._found: Found = {}
        self._kind: FindingKind | None = None
        self.kinds_model = KindsModel(self)
        self.kinds = DataTable("to_do_kinds")
        self.kinds.setModel(self.kinds_model)
        self.kinds.set_sortable(False)
        self.kinds.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        kinds_card = TableCard(self.kinds, tools=False, footer=False)
        longest = max(
            self.kinds.fontMetrics().horizontalAdvance(kind.label) for kind in FindingKind
        )
        kinds_card.setFixedWidth(max(_KINDS_WIDTH, longest + _COUNT_WIDTH))
        self.kinds.setAccessibleName(tr("待办事项"))
        self.model = FindingsModel(desk, self)
        self.table = DataTable("to_do")
        self.table.setModel(self.model)
        self.table.set_sortable(False)
        self.card = TableCard(self.table, tr("待办"), tools=True)
        self._place = TablePlace(self.table, self.model)
        self._add_tools()
        self.card.set_empty_state(
            EmptyState("ok", tr("这一项没有待办"), tr("有新的情况时会自动列在这里。"))
        )
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(kinds_card)
        row.addWidget(self.card, 1)
        self._nothing = Card()
        self._nothing.body.addWidget(
            EmptyState("ok", tr("没有待办"), tr("金额都已补全，没有到期、重复或可疑的登记。"))
        )
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._nothing, 1)
        self._nothing.hide()
        self._content.hide()
        self.kinds.selectionModel().currentRowChanged.connect(self._on_kind_chosen)
        self.kinds.opened.connect(self._on_kind_opened)
        self.table.opened.connect(self._on_opened)
        self.table.too_many_to_copy.connect(self.say_too_many_to_copy)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self.banner.linkActivated.connect(self._on_link)

    def _add_tools(self) -> None:
        self._rule = label("", "hint")
        self._rule.setWordWrap(True)
        self._open = button(tr("打开登记"), "edit", name="open", tip=tr("打开登记来更正（Enter）"))
        self._open.clicked.connect(self._on_open)
        self._other = button(tr("打开另一笔"), "edit", name="open_other")
        self._other.clicked.connect(self._on_open_other)
        self._apart = button(tr("不是重复"), name="apart", tip=tr("记住这是两笔登记，不再列出"))
        self._apart.clicked.connect(self._on_apart)
        self._carry_out = button(tr("执行公告"), "check", name="carry_out")
        self._carry_out.setToolTip(tr("对已有登记的公告执行变更、注销"))
        self._carry_out.clicked.connect(self._on_carry_out)
        self._settle = button(tr("已核对…"), "ok", name="settle", tip=tr("核对无误，不再列出"))
        self._settle.clicked.connect(self._on_settle)
        self.card.tools.addWidget(self._rule, 1)
        for one in (self._carry_out, self._apart, self._open, self._other, self._settle):
            self.card.tools.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        self.card.add_columns_button()
        last = self.card.tools.itemAt(self.card.tools.count() - 1)
        assert last is not None
        last.setAlignment(Qt.AlignmentFlag.AlignTop)  # with the others, however long the rule is

    @override
    def refresh(self) -> None:
        """Look anew for what is to be done; the kind shown stays."""
        work = partial(_found_on, Setting(self._desk.divisions, self._desk.today()))
        if is_long(self._desk.store):
            self._desk.work(work, self._on_found, owner=self, replaces="findings")
        else:
            self._on_found(work(self._desk.store, Progress()))

    @property
    def chosen_findings(self) -> list[Finding]:
        """The findings that are selected, in the order shown."""
        rows = [row for row in self.table.chosen() if isinstance(row, FindingRow)]
        return [row.finding for row in rows]

    def show_kind(self, kind: FindingKind) -> None:
        """Show the findings of another kind, or as soon as they are found."""
        if not self._found:
            self._kind = kind
        self.kinds.selectRow(list(FindingKind).index(kind))

    # -- inside ----------------------------------------------------------------------------

    def _on_found(self, found: Found) -> None:
        self._found = found
        total = sum(map(len, found.values()))
        self.set_subtitle(
            tr("截至 {today}，共 {total:,} 项", today=self._desk.today(), total=total)
        )
        self.counted.emit(total)
        self._content.setVisible(bool(total))
        self._nothing.setVisible(not total)
        kind = self._kind
        if kind is None or not found[kind]:
            kind = next((one for one in FindingKind if found[one]), FindingKind.AMOUNT_MISSING)
        self.kinds_model.set_rows(KindCount(one, len(found[one])) for one in FindingKind)
        self.show_kind(kind)

    def _on_kind_chosen(self, current: QModelIndex) -> None:
        chosen = current.data(Role.ROW)
        if isinstance(chosen, KindCount):
            self._show(chosen.kind)

    def _on_kind_opened(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, kind: FindingKind) -> None:
        again = kind is self._kind
        self._kind = kind
        self.card.set_title(kind.label)
        self.table.setAccessibleName(kind.label)
        self._rule.setText(kind.rule)
        self.model.show(self._found[kind])
        if again:
            self._place.restore()
        else:
            self.table.scrollToTop()
        self.card.show_empty(not self._found[kind])
        is_notice = kind is FindingKind.ORPHAN_NOTICE
        self._open.setVisible(not is_notice)
        self._other.setVisible(kind in _PAIRS)
        self._apart.setVisible(kind is FindingKind.POSSIBLE_DUPLICATE)
        self._carry_out.setVisible(is_notice)
        self._carry_out.setEnabled(bool(self._found[kind]))
        self._on_chosen_changed(self.table.chosen_count())

    def _on_chosen_changed(self, count: int) -> None:
        self._open.setEnabled(count == 1)
        self._other.setEnabled(count == 1)
        self._apart.setEnabled(count > 0)
        self._settle.setEnabled(count > 0)
        self._settle.setText(
            tr("已核对 {count:,} 项…", count=count) if count > 1 else tr("已核对…")
        )
        said = tr("已选 {count:,} 项", count=count) if count > 1 else ""
        self.card.footer.set_count(tr("共 {count:,} 项", count=self.model.rowCount()), said)

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(Role.ROW)
        if isinstance(row, FindingRow) and row.lines:
            self.edit_asked.emit(row.lines[0].id)

    def _on_open(self) -> None:
        self._open_chosen(0)

    def _on_open_other(self) -> None:
        self._open_chosen(1)

    def _open_chosen(self, place: int) -> None:
        rows = [row for row in self.table.chosen() if isinstance(row, FindingRow)]
        if len(rows) == 1 and len(rows[0].lines) > place:
            self.edit_asked.emit(rows[0].lines[place].id)

    def _on_settle(self) -> None:
        chosen = self.chosen_findings
        note = SettleDialog.ask(len(chosen), self) if chosen else None
        if note is not None:
            words = tr("已核对 {count:,} 项，不再列出。", count=len(chosen))
            self._write(partial(_settled, chosen, note), words)

    def _on_apart(self) -> None:
        chosen = self.chosen_findings
        if chosen:
            words = tr("已记住 {count:,} 对不是重复，不再列出。", count=len(chosen))
            self._write(partial(_told_apart, chosen), words)

    def _on_carry_out(self) -> None:
        setting = Setting(self._desk.divisions, self._desk.today())
        self._desk.work(
            partial(_carried_out, setting),
            self._on_carried_out,
            title=tr("正在执行公告"),
            owner=self,
        )

    def _on_carried_out(self, count: int) -> None:
        if not count:
            self.banner.say(Tone.NEUTRAL, tr("这些公告的登记还没有录入，暂时无可执行。"))
            return
        self._desk.changes.tell(PLEDGES)
        self.banner.say(
            Tone.OK, tr("已执行 {count:,} 项公告。", count=count), (("undo", tr("撤销")),)
        )

    def _write(self, work: partial[None], words: str) -> None:
        self._desk.work(work, partial(self._on_written, words), title=tr("正在保存"), owner=self)

    def _on_written(self, words: str, _: object) -> None:
        self._desk.changes.tell(PLEDGES)
        self.banner.say(Tone.OK, words, (("undo", tr("撤销")),))

    def _on_link(self, key: str) -> None:
        if key == "undo":
            self.banner.clear()
            self.undo_asked.emit()


def _found_on(setting: Setting, store: Store, _: Progress) -> Found:
    """What is to be done; of the notices those that can be carried out by now are marked."""
    found = findings.findings(store, setting.today)
    waiting = found[FindingKind.ORPHAN_NOTICE]
    if not waiting:
        return found
    ready = {str(number) for number in plan_work_list(store, setting, PlaceChoice()).settled}
    marked = [
        replace(one, words=f"{_READY} · {one.words}") if one.subject in ready else one
        for one in waiting
    ]
    marked.sort(key=lambda one: one.subject not in ready)
    return {**found, FindingKind.ORPHAN_NOTICE: marked}


def _settled(chosen: list[Finding], note: str, store: Store, _: Progress) -> None:
    findings.settle(store, chosen, note)


def _told_apart(chosen: list[Finding], store: Store, _: Progress) -> None:
    findings.tell_duplicates_apart(store, chosen)


def _carried_out(setting: Setting, store: Store, _: Progress) -> int:
    """How many notices of the work list were carried out."""
    return len(apply_orphans(store, setting).settled)
