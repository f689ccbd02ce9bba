"""What can be done with the registrations chosen in the ledger: open, cancel, delete, copy."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ipfinance.db import ledger, registrar
from ipfinance.db.connection import Store
from ipfinance.db.pledges import find
from ipfinance.domain.money import wan
from ipfinance.domain.pledge import Pledge
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.cancel import CancelDialog, Cancellation, still_alive
from ipfinance.ui.icons import IconRole, put_icon
from ipfinance.ui.widgets.ledger_card import LedgerCard

_AT_ONCE = 200  # more registrations than this are read in the worker
_CHUNK = 2000  # between two words about how far it is


class LedgerActs(QObject):
    """The context menu of the table and the keys that do the same."""

    life_asked = Signal(int)
    edit_asked = Signal(int)
    done = Signal(str)  # what was done, in one sentence; it can be undone

    def __init__(self, desk: Desk, card: LedgerCard) -> None:
        super().__init__(card)
        self._desk = desk
        self._card = card
        self._menu = QMenu(card.table)
        self.open = self._action(tr("打开"), "act_open", "edit", self._on_open)
        self.correct = self._action(tr("更正"), "act_edit", "", self._on_correct, "F2")
        self.cancel = self._action(tr("注销…"), "act_cancel", "cancel-pledge", self._on_cancel)
        self.delete = self._action(tr("删除"), "act_delete", "delete", self._on_delete, "Del")
        put_icon(self.delete, "delete", IconRole.DANGER)
        self.copy = self._action(tr("复制"), "act_copy", "copy", self._on_copy)
        self.copy_headers = self._action(
            tr("复制（含表头）"), "act_copy_headers", "", self._on_copy_all
        )
        # The table itself listens to these keys; the menu only tells them.
        for action, keys in ((self.open, "Enter"), (self.copy, "Ctrl+C"),
                             (self.copy_headers, "Ctrl+Shift+C")):  # fmt: skip
            action.setText(f"{action.text()}\t{keys}")
        for part in (
            self.open,
            self.correct,
            None,
            self.cancel,
            self.delete,
            None,
            self.copy,
            self.copy_headers,
        ):
            if part is None:
                self._menu.addSeparator()
            else:
                self._menu.addAction(part)
        card.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.table.customContextMenuRequested.connect(self._on_menu_asked)
        card.chosen_changed.connect(self._on_chosen_changed)
        self._on_chosen_changed(0)

    def _action(
        self, text: str, name: str, icon: str, slot: Callable[[], None], keys: str = ""
    ) -> QAction:
        action = QAction(text, self._card.table)
        action.setObjectName(name)
        if icon:
            put_icon(action, icon)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._card.table.addAction(action)
        action.triggered.connect(slot)
        return action

    def _on_menu_asked(self, place: QPoint) -> None:
        if self._card.table.chosen_count():
            self._menu.popup(self._card.table.viewport().mapToGlobal(place))

    def _on_chosen_changed(self, count: int) -> None:
        for action in (self.open, self.correct):
            action.setEnabled(count == 1)
        for action in (self.cancel, self.delete, self.copy, self.copy_headers):
            action.setEnabled(count > 0)
        self.cancel.setText(tr("注销 {count:,} 笔…", count=count) if count > 1 else tr("注销…"))
        self.delete.setText(tr("删除 {count:,} 笔", count=count) if count > 1 else tr("删除"))

    def _on_open(self) -> None:
        numbers = self._card.chosen_numbers()
        if numbers:
            self.life_asked.emit(numbers[0])

    def _on_correct(self) -> None:
        numbers = self._card.chosen_numbers()
        if len(numbers) == 1:
            self.edit_asked.emit(numbers[0])

    def _on_copy(self) -> None:
        self._card.table.copy()

    def _on_copy_all(self) -> None:
        self._card.table.copy(headers=True)

    # -- cancel ----------------------------------------------------------------------------

    def _on_cancel(self) -> None:
        numbers = self._card.chosen_numbers()
        work = partial(_pledges, numbers)
        if len(numbers) <= _AT_ONCE:
            self._ask_when(work(self._desk.store, Progress()))
        elif numbers:
            self._desk.work(work, self._ask_when, title=tr("正在读取选中的登记"), owner=self)

    def _ask_when(self, pledges: Sequence[Pledge]) -> None:
        if not still_alive(pledges):
            self._desk.talk.inform(
                tr("选中的登记都已经结束"), tr("已注销、失效或撤销的登记不能再注销。")
            )
            return
        chosen = CancelDialog.ask(pledges, self._desk.today(), self._card.window())
        if chosen is not None:
            work = partial(_cancelled, chosen)
            self._desk.work(work, self._on_cancelled, title=tr("正在注销"), owner=self)

    def _on_cancelled(self, count: int) -> None:
        self._tell(tr("已注销 {count:,} 笔登记。", count=count))

    # -- delete ----------------------------------------------------------------------------

    def _on_delete(self) -> None:
        numbers = self._card.chosen_numbers()
        if not numbers or not self._may_delete(numbers):
            return
        work = partial(_deleted, numbers)
        self._desk.work(work, self._on_deleted, title=tr("正在删除"), owner=self)

    def _may_delete(self, numbers: list[int]) -> bool:
        chosen = self._card.chosen_sum
        told = (
            tr(
                "担保债权额 {amount} 万元不再计入统计。删除后放入回收站，可以撤销，也可以恢复。",
                amount=wan(chosen.secured_amount_fen),
            )
            if chosen
            else tr("选中的担保债权额不再计入统计。删除后放入回收站，可以撤销，也可以恢复。")
        )
        question = tr("删除选中的 {count:,} 笔登记？", count=len(numbers))
        if len(numbers) == 1:
            [row] = ledger.rows(self._desk.store, numbers, self._desk.today())
            question = tr("删除登记 {which}？", which=row.reg_no or row.pledgors)
        return self._desk.talk.ask(question, told, tr("删除"), danger=True)

    def _on_deleted(self, count: int) -> None:
        self._tell(tr("已删除 {count:,} 笔登记，放入回收站。", count=count))

    def _tell(self, words: str) -> None:
        self.done.emit(words)
        self._desk.changes.tell(PLEDGES)


def _pledges(numbers: list[int], store: Store, progress: Progress) -> list[Pledge]:
    found: list[Pledge] = []
    for start in range(0, len(numbers), _CHUNK):
        progress.step(start, len(numbers), "")
        found += find(store, numbers[start : start + _CHUNK])
    return found


def _cancelled(chosen: Cancellation, store: Store, _: Progress) -> int:
    return registrar.cancel(store, chosen.numbers, chosen.day, chosen.note)


def _deleted(numbers: list[int], store: Store, _: Progress) -> int:
    return registrar.delete(store, numbers)
