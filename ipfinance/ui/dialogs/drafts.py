"""Drafts of registrations: go on with one, or give some up."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.db.drafts import Draft, discard
from ipfinance.language import tr
from ipfinance.ui.clock import local_time
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard


class DraftsDialog(QDialog):
    """`chosen` gives the draft to go on with; the form asks about what stands in it."""

    chosen = Signal(object)  # Draft
    discarded = Signal()

    def __init__(self, desk: Desk, drafts: Sequence[Draft], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drafts_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("草稿"))
        self._desk = desk
        self.table = DataTable("drafts")
        self.table.setAccessibleName(tr("草稿"))
        self.model: RowsModel[Draft] = RowsModel(_COLUMNS, self)
        self.table.setModel(self.model)
        self.table.sort_by("kept_at", Qt.SortOrder.DescendingOrder)
        self.table.opened.connect(self._on_opened)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        card = TableCard(self.table, tools=False, footer=False)
        self._drop = button(tr("丢弃"), "delete", name="discard")
        self._drop.clicked.connect(self._on_discard)
        self._open = button(tr("继续填写"), kind=Kind.PRIMARY, name="go_on")
        self._open.clicked.connect(self._on_go_on)
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(tr("草稿"), "title"))
        head.addWidget(label(tr("录入时每次停顿都会存下；保存登记后自动去掉。"), "subtitle"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._drop)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addLayout(foot)
        DialogPlace(self, 760, 420)
        self.model.set_rows(drafts)
        if drafts:
            self.table.selectRow(0)
        self._on_chosen_changed(self.table.chosen_count())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen_changed(self, count: int) -> None:
        self._open.setEnabled(count == 1)
        self._drop.setEnabled(bool(count))
        self._drop.setText(tr("丢弃 {count:,} 份", count=count) if count > 1 else tr("丢弃"))

    def _on_opened(self, index: QModelIndex) -> None:
        self._go_on(self.model.row(index))

    def _on_go_on(self) -> None:
        self._go_on(self._chosen()[0])

    def _go_on(self, draft: Draft) -> None:
        self.close()
        self.chosen.emit(draft)

    def _on_discard(self) -> None:
        gone = self._chosen()
        if not self._desk.talk.ask(
            tr("丢弃选中的 {count:,} 份草稿？", count=len(gone)),
            tr("丢弃后不能找回。"),
            tr("丢弃"),
            danger=True,
        ):
            return
        uids = [draft.uid for draft in gone]
        discard(self._desk.store, uids)
        left = [draft for draft in self.model.rows if draft.uid not in uids]
        self.model.set_rows(left)
        self._on_chosen_changed(self.table.chosen_count())
        self.discarded.emit()
        if not left:
            self.close()

    def _chosen(self) -> list[Draft]:
        return [row for row in self.table.chosen() if isinstance(row, Draft)]


def summary(draft: Draft) -> str:
    """What a draft is known by: its number, the first pledgor, the day; what there is."""
    single, rows = draft.content["single"], draft.content["rows"]
    named = (single.get("reg_no"), _first(rows, "pledgor"), single.get("registered_on"))
    return "　".join(text for text in named if text) or tr("（还没有登记号和出质人）")


def _first(rows: Mapping[str, Any], key: str) -> str:
    return next((text for text in rows.get(key, ()) if text), "")


_COLUMNS: list[Column[Draft]] = [
    Column("summary", tr("内容"), summary, width=300, stretch=1),
    Column(
        "kind", tr("种类"), lambda one: tr("新增") if one.pledge is None else tr("更正"), width=80
    ),
    Column("kept_at", tr("存下的时间"), lambda one: local_time(one.kept_at), width=150, soft=True),
]
