"""What is known of one enterprise or pledgee: names, kind and head bank, and what it took in."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db import mergers, party_names, pledgees
from ipfinance.db.connection import Store
from ipfinance.db.mergers import Merger, Parted
from ipfinance.db.party_names import FormerName, Party
from ipfinance.db.pledges import find
from ipfinance.domain.pledge import PledgeeKind
from ipfinance.errors import UserError
from ipfinance.language import listed, sentences, tr
from ipfinance.progress import Progress
from ipfinance.ui.clock import local_day
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard

_NAMED = 5  # registrations that are named one by one


class PartyDialog(QDialog):
    """Every button writes at once, as an act that can be undone."""

    def __init__(
        self, desk: Desk, party: Party, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("party_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("{label}资料", label=party.label))
        self._desk = desk
        self._party = party
        self._number = number
        self._filled: tuple[str, object, str] = ("", None, "")  # what the store has
        self._title = label("", "cardtitle")
        self._about = label("", "hint")
        self._banner = Banner(closable=True)
        self._name = QLineEdit()
        self._name_box = FieldBox(tr("名称"), self._name, key="name", required=True)
        self._kind = ComboBox([(tr("未填"), None), *((kind.label, kind) for kind in PledgeeKind)])
        self._kind_box = FieldBox(tr("类别"), self._kind, key="kind")
        self._head = QLineEdit()
        self._head_box = FieldBox(
            tr("总行"), self._head, key="head", hint=tr("分支机构所属的总行；按总行统计时用它")
        )
        save = button(tr("保存"), "save", Kind.PRIMARY, name="save")
        save.clicked.connect(self._on_save)
        for field in (self._name, self._head):
            field.returnPressed.connect(self._on_save)
        self._former_model = RowsModel[FormerName](
            [Column("name", tr("曾用名"), lambda one: one.name, width=300, stretch=1)], self
        )
        self.former = DataTable("former_names")
        self.former.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self._merged_model = RowsModel[Merger](_merger_columns(), self)
        self.merged = DataTable("mergers")
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("添加、删除和拆分立即写入；关闭后可以撤销（Ctrl+Z）。"), "hint"))
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._banner)
        column.addWidget(self._name_box)
        if party is Party.PLEDGEE:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(self._kind_box, 1)
            row.addWidget(self._head_box, 2)
            column.addLayout(row)
        else:
            self._kind_box.setParent(self)
            self._kind_box.hide()
            self._head_box.setParent(self)
            self._head_box.hide()
        column.addWidget(self._former_card(), 1)
        column.addWidget(self._merged_card(), 1)
        column.addLayout(foot)
        DialogPlace(self, 620, 620)
        desk.changes.written.connect(self._on_written)
        self._read()

    def _former_card(self) -> TableCard:
        self.former.setModel(self._former_model)
        card = TableCard(self.former, tr("曾用名"), footer=False)
        self._another = QLineEdit()
        self._another.setAccessibleName(tr("新的曾用名"))
        self._another.setPlaceholderText(tr("以前的全称"))
        self._another.setObjectName("another_name")
        add = button(tr("添加"), "add", name="add_name")
        add.clicked.connect(self._on_add)
        self._another.returnPressed.connect(self._on_add)
        self._remove = button(tr("删除"), "delete", name="remove_name")
        self._remove.setToolTip(tr("删除选中的曾用名"))
        self._remove.clicked.connect(self._on_remove)
        self.former.chosen_changed.connect(self._on_former_chosen)
        card.tools.addWidget(self._another, 1)
        card.tools.addWidget(add)
        card.tools.addWidget(self._remove)
        card.set_empty_state(
            EmptyState("history", tr("没有曾用名"), tr("用曾用名也能查到这一家。"))
        )
        self._former_place = card
        return card

    def _merged_card(self) -> TableCard:
        self.merged.setModel(self._merged_model)
        card = TableCard(self.merged, tr("已并入这一家"), footer=False)
        part = button(tr("拆分"), "undo", name="part", tip=tr("把选中的一家拆分出来"))
        part.clicked.connect(self._on_part)
        card.tools.addWidget(label(tr("拆分把合并时移动的登记移回去，后来改过的除外。"), "hint"), 1)
        card.tools.addWidget(part)
        self._merged_place = card
        return card

    # -- inside ----------------------------------------------------------------------------

    def _read(self) -> None:
        store = self._desk.store
        facts = mergers.facts_of(store, self._party, self._number)
        self._title.setText(facts.name)
        held = tr("{registrations:,} 笔登记", registrations=facts.registrations)
        self._about.setText(f"{facts.code} · {held}" if facts.code else held)
        if not self._is_changed():
            self._fill(facts.name)
        names = party_names.former_names(store, self._party, self._number)
        self._former_model.set_rows(names)
        self._former_place.show_empty(not names)
        self._on_former_chosen(self.former.chosen_count())
        merged = mergers.mergers_into(store, self._party, self._number)
        self._merged_model.set_rows(merged)
        self._merged_place.setVisible(bool(merged))

    def _fill(self, name: str) -> None:
        """Write what the store has into the fields."""
        if self._party is Party.PLEDGEE:
            kind, head = pledgees.details(self._desk.store, self._number)
            self._kind.set_value(kind)
            self._head.setText(head)
            self._head.setCursorPosition(0)
        self._name.setText(name)
        self._name.setCursorPosition(0)
        self._filled = self._typed()

    def _typed(self) -> tuple[str, object, str]:
        return self._name.text(), self._kind.value(), self._head.text()

    def _is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._typed() != self._filled

    @override
    def reject(self) -> None:
        if not self._is_changed() or self._desk.talk.ask(
            tr("放弃没有保存的修改？"),
            tr("名称和资料改过，还没有保存。"),
            tr("放弃"),
            tr("返回"),
            danger=True,
        ):
            super().reject()

    def _on_save(self) -> None:
        try:
            if self._party is Party.PLEDGEE:
                value = self._kind.value()
                kind = None if value is None else PledgeeKind(str(value))
                pledgees.correct(
                    self._desk.store, self._number, self._name.text(), kind, self._head.text()
                )
            else:
                party_names.rename(self._desk.store, self._party, self._number, self._name.text())
        except UserError as error:
            self._name_box.set_fault(str(error))
            return
        self._name_box.set_fault("")
        self._filled = self._typed()
        self._told(tr("已保存。"))

    def _on_add(self) -> None:
        try:
            party_names.add_former_name(
                self._desk.store, self._party, self._number, self._another.text()
            )
        except UserError as error:
            self._banner.say(Tone.WARNING, str(error))
            return
        self._another.clear()
        self._told(tr("已添加曾用名。"))

    def _on_former_chosen(self, count: int) -> None:
        self._remove.setEnabled(count > 0)

    def _on_remove(self) -> None:
        [name] = [one for one in self.former.chosen() if isinstance(one, FormerName)]
        party_names.remove_former_name(self._desk.store, self._party, self._number, name)
        self._told(tr("已删除曾用名「{name}」。", name=name.name))

    def _on_part(self) -> None:
        chosen = [one for one in self.merged.chosen() if isinstance(one, Merger)]
        if len(chosen) != 1:
            self._banner.say(Tone.NEUTRAL, tr("请先选中要拆分的一家。"))
            return
        self._desk.write(
            partial(_parted, chosen[0]),
            partial(self._on_parted, chosen[0]),
            title=tr("正在拆分"),
            owner=self,
        )

    def _on_parted(self, merger: Merger, done: tuple[Parted, list[str]]) -> None:
        parted, edited = done
        words = tr(
            "已拆分「{gone_name}」，{moved:,} 笔登记已移回。",
            gone_name=merger.gone_name,
            moved=parted.moved,
        )
        if edited:
            named = listed(edited[:_NAMED])
            edits = (
                tr(
                    "合并后改过、没有移动的：{listed} 等 {count:,} 笔，请逐笔核对。",
                    listed=named,
                    count=len(edited),
                )
                if len(edited) > _NAMED
                else tr("合并后改过、没有移动的：{listed}，请逐笔核对。", listed=named)
            )
            words = sentences(words, edits)
        self._banner.say(Tone.WARNING if edited else Tone.OK, words)

    def _told(self, words: str) -> None:
        self._desk.changes.tell(PLEDGES)
        self._banner.say(Tone.OK, words)

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            try:
                self._read()
            except UserError:  # undone, with the registrations that brought it
                super().reject()


def _merger_columns() -> list[Column[Merger]]:
    return [
        Column("name", tr("名称"), lambda one: one.gone_name, width=240, stretch=1),
        Column("day", tr("合并日期"), lambda one: local_day(one.happened_at), width=110, soft=True),
        Column("who", tr("操作人"), lambda one: one.who, width=100, soft=True),
    ]


def _parted(merger: Merger, store: Store, _: Progress) -> tuple[Parted, list[str]]:
    """What was put back, and the registrations that were not, by name."""
    parted = mergers.part(store, merger)
    edited = find(store, parted.edited)
    return parted, [
        pledge.reg_no or f"{pledge.pledgors[0].name} {pledge.registered_on}" for pledge in edited
    ]
