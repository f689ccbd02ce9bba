"""The trash: deleted registrations, searched and restored."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.db import registrar
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.ledger_card import LedgerCard
from ipfinance.ui.widgets.search_edit import SearchEdit


class TrashDialog(QDialog):
    """What is deleted counts nowhere, and is kept until it is restored or removed for good."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trash_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("回收站"))
        self._desk = desk
        self._banner = Banner(closable=True)
        self.card = LedgerCard(desk, "trash")
        self.search = SearchEdit(tr("搜索登记号、出质人、质权人、专利号"))
        self.search.setObjectName("trash_search")
        self.search.searched.connect(self._on_searched)
        self.card.tools.addWidget(self.search)
        self._empty = EmptyState("delete", "", "")
        self.card.set_empty_state(self._empty)
        self.card.chosen_changed.connect(self._on_chosen_changed)
        self.card.opened.connect(self._on_opened)
        self.card.listed.connect(self._on_listed)
        self._restore = button(tr("恢复"), "undo", Kind.PRIMARY, name="restore")
        self._restore.clicked.connect(self._on_restore)
        self._purge = button(tr("彻底删除"), "delete", name="purge")
        self._purge.clicked.connect(self._on_purge)
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(tr("选中后按「恢复」，或双击一条；恢复也可以撤销。"), "hint"))
        foot.addStretch(1)
        foot.addWidget(self._purge)
        foot.addWidget(close)
        foot.addWidget(self._restore)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(tr("回收站"), "title"))
        head.addWidget(
            label(tr("已删除的登记不计入任何统计，一直保留到恢复或彻底删除为止。"), "subtitle")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._banner)
        column.addWidget(self.card, 1)
        column.addLayout(foot)
        self.setTabOrder(self.search, self.card.table)
        DialogPlace(self, 1300, 640)
        desk.changes.written.connect(self._on_written)
        self._on_searched("")
        self._on_chosen_changed(0)

    def _on_searched(self, text: str) -> None:
        self.card.show_filter(Filter(text=text, deleted=True))

    def _on_listed(self) -> None:
        searched = bool(self.card.model.wanted.text)
        if searched:
            self._empty.set_words(tr("没有符合条件的登记"), tr("试试换一个词。"), "search")
        else:
            self._empty.set_words(
                tr("回收站是空的"), tr("从台账删除的登记会留在这里，可以恢复。"), "delete"
            )
        self.card.show_empty(not self.card.model.rowCount())

    def _on_chosen_changed(self, count: int) -> None:
        self._restore.setEnabled(bool(count))
        self._restore.setText(tr("恢复 {count:,} 笔", count=count) if count > 1 else tr("恢复"))
        self._purge.setEnabled(bool(count))
        self._purge.setText(
            tr("彻底删除 {count:,} 笔…", count=count) if count > 1 else tr("彻底删除…")
        )

    def _on_opened(self, number: int) -> None:
        self._bring_back([number])

    def _on_restore(self) -> None:
        self._bring_back(self.card.chosen_numbers())

    def _bring_back(self, numbers: list[int]) -> None:
        if numbers:
            work = partial(_restored, numbers)
            self._desk.write(work, self._on_restored, title=tr("正在恢复登记"), owner=self)

    def _on_restored(self, count: int) -> None:
        self._banner.say(Tone.OK, tr("已恢复 {count:,} 笔登记，重新计入统计。", count=count))

    def _on_purge(self) -> None:
        numbers = self.card.chosen_numbers()
        if numbers and self._desk.talk.ask(
            tr("从回收站彻底删除选中的 {count:,} 笔登记？", count=len(numbers)),
            tr("彻底删除后不在回收站里，也不能再恢复；只有马上「撤销」才能取回。"),
            tr("彻底删除 {count:,} 笔", count=len(numbers)),
            danger=True,
        ):
            work = partial(_purged, numbers)
            self._desk.write(work, self._on_purged, title=tr("正在彻底删除登记"), owner=self)

    def _on_purged(self, count: int) -> None:
        self._banner.say(Tone.OK, tr("已彻底删除 {count:,} 笔登记。", count=count))

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            self._on_searched(self.card.model.wanted.text)


def _restored(numbers: list[int], store: Store, _: Progress) -> int:
    return registrar.restore(store, numbers)


def _purged(numbers: list[int], store: Store, _: Progress) -> int:
    return registrar.purge(store, numbers)
