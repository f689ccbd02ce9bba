"""The imports that stand, newest first; each can be taken back whole."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.db.act_words import said
from ipfinance.db.batches import Batch, all_batches
from ipfinance.db.connection import Store
from ipfinance.db.withdrawing import Edited, EditedSinceError, Withdrawn
from ipfinance.domain.money import wan
from ipfinance.errors import UserError
from ipfinance.intake.comparing import Status
from ipfinance.intake.receipts import receipt_of, withdraw
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.clock import local_time
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.import_paper import (
    facts_of,
    paper,
    print_document,
    receipt_name,
    save_pdf,
)
from ipfinance.ui.models.import_model import IN_DOUBT_LABEL
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard
from ipfinance.ui.widgets.table_place import TablePlace

_SHOWN = 8  # later acts listed before the clerk decides


class BatchesDialog(QDialog):
    """Taking back is an act of its own: it can be undone like any other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batches_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("导入记录"))
        self._desk = desk
        self._banner = Banner(closable=True)
        self.table = DataTable("batches")
        self.model: RowsModel[Batch] = RowsModel(columns(), self, number=_uid_of)
        self.table.setModel(self.model)
        self._place = TablePlace(self.table, self.model)
        self.table.sort_by("when", Qt.SortOrder.DescendingOrder)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.chosen_changed.connect(self._on_chosen_changed)
        self._card = TableCard(self.table, tools=False)
        self.table.setAccessibleName(tr("导入记录"))
        self._card.set_empty_state(
            EmptyState(
                "history", tr("还没有导入过台账"), tr("每次导入都会在这里留下一条，可以整批撤回。")
            )
        )
        self._withdraw = button(tr("撤回这次导入"), "undo", name="withdraw")
        self._withdraw.clicked.connect(self._on_withdraw)
        self._print = button(tr("打印回执…"), "print", name="print_receipt")
        self._print.clicked.connect(self._on_print)
        self._pdf = button(tr("回执另存为 PDF…"), "document", name="save_receipt")
        self._pdf.clicked.connect(self._on_save)
        close = button(tr("关闭"), name="close")
        close.clicked.connect(self.close)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(tr("导入记录"), "title"))
        head.addWidget(label(tr("一次导入是一批，可以整批撤回；撤回的批次不再列出。"), "subtitle"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(tr("后来又改动过的登记，撤回前会列出，由您决定去留。"), "hint"))
        foot.addStretch(1)
        foot.addWidget(self._print)
        foot.addWidget(self._pdf)
        foot.addWidget(self._withdraw)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._banner)
        column.addWidget(self._card, 1)
        column.addLayout(foot)
        DialogPlace(self, 1240, 560)
        desk.changes.written.connect(self._on_written)
        self._list()
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self) -> None:
        listed = all_batches(self._desk.store)
        self.model.set_rows(listed)
        self._card.show_empty(not listed)
        self._card.footer.set_count(tr("共 {count:,} 次导入", count=len(listed)))
        total = sum(batch.secured_amount_fen for batch in listed)
        self._card.footer.set_sum(tr("新增担保债权额合计"), tr("{amount} 万元", amount=wan(total)))
        self._place.restore()
        self._on_chosen_changed(self.table.chosen_count())

    def _on_chosen_changed(self, count: int) -> None:
        for one in (self._withdraw, self._print, self._pdf):
            one.setEnabled(count == 1)

    def _chosen(self) -> Batch | None:
        chosen = self.table.chosen()
        batch = chosen[0] if chosen else None
        return batch if isinstance(batch, Batch) else None

    def _paper(self, batch: Batch) -> QTextDocument:
        receipt = receipt_of(self._desk.store, batch)
        when = local_time(batch.happened_at)
        return paper(receipt, facts_of(receipt, batch.who, when, self._desk.store.path))

    def _on_print(self) -> None:
        batch = self._chosen()
        if batch is not None:
            print_document(self._paper(batch), self)

    def _on_save(self) -> None:
        batch = self._chosen()
        if batch is None:
            return
        name = receipt_name(Path(batch.file_name))
        target = self._desk.talk.save_file(tr("保存导入回执"), name, ("PDF (*.pdf)",))
        if target is None:
            return
        try:
            save_pdf(self._paper(batch), target)
        except UserError as error:
            self._banner.say(Tone.DANGER, str(error))
        else:
            self._banner.say(Tone.OK, tr("回执已保存：{target}。", target=target))

    def _on_withdraw(self) -> None:
        batch = self._chosen()
        if batch is None:
            return
        if self._desk.talk.ask(
            tr("撤回「{file_name}」的导入？", file_name=batch.file_name),
            tr(
                "它新增的 {new_count:,} 笔会去掉，更正的 {changed_count:,} 笔恢复原样。"
                "撤回本身可以用「撤销」取消。",
                new_count=batch.new_count,
                changed_count=batch.changed_count,
            ),
            tr("撤回"),
            danger=True,
        ):
            self._take_back(batch.uid, None)

    def _take_back(self, uid: str, edited: Edited | None) -> None:
        self._desk.write(
            partial(_withdrawn, uid, edited),
            self._on_withdrawn,
            title=tr("正在撤回导入"),
            owner=self,
            failed=partial(self._on_failed, uid),
        )

    def _on_withdrawn(self, done: Withdrawn) -> None:
        words = (
            tr(
                "已撤回「{file_name}」的导入：移除 {removed:,} 笔，恢复原样 {restored:,} 笔，"
                "后来改动过的 {kept:,} 笔保留在台账里。",
                file_name=done.batch.file_name,
                removed=done.removed,
                restored=done.restored,
                kept=done.kept,
            )
            if done.kept
            else tr(
                "已撤回「{file_name}」的导入：移除 {removed:,} 笔，恢复原样 {restored:,} 笔。",
                file_name=done.batch.file_name,
                removed=done.removed,
                restored=done.restored,
            )
        )
        self._banner.say(Tone.OK, words)

    def _decide(self, uid: str, error: EditedSinceError) -> None:
        """List what was done since, and let the clerk say what is to become of it."""
        listed = [
            f"{local_time(act.happened_at)}　{act.who}　{said(act.words)}"
            for act in error.acts[:_SHOWN]
        ]
        more = len(error.acts) - _SHOWN
        if more > 0:
            listed.append(tr("……另有 {more:,} 次", more=more))
        answer = self._desk.talk.choose(
            tr(
                "这批里有 {registrations:,} 笔登记后来又改动过，怎么处理？",
                registrations=error.registrations,
            ),
            tr(
                "导入之后的改动：\n{listed}\n\n无论怎样选，其余的登记都会撤回；撤回本身可以用「撤销」取消。",
                listed="\n".join(listed),
            ),
            (tr("取消"), tr("连同改动一起撤回"), tr("保留改动过的")),
        )
        if answer in (1, 2):
            self._take_back(uid, Edited.TAKE if answer == 1 else Edited.KEEP)

    def _on_failed(self, uid: str, error: BaseException) -> None:
        if isinstance(error, EditedSinceError):
            self._decide(uid, error)
        elif isinstance(error, UserError):
            self._banner.say(Tone.DANGER, str(error))
        else:
            self._desk.talk.failure(error)

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            self._list()


def _withdrawn(uid: str, edited: Edited | None, store: Store, _: Progress) -> Withdrawn:
    return withdraw(store, uid, edited)


def _uid_of(batch: Batch) -> str:
    return batch.uid


def columns() -> list[Column[Batch]]:
    """The columns of the list."""

    def count(key: str, title: str, width: int = 72) -> Column[Batch]:
        def value(batch: Batch) -> int:
            return int(getattr(batch, f"{key}_count"))

        return Column(
            key, title, lambda batch: f"{value(batch):,}", sort=value, width=width, number=True
        )

    return [
        Column("when", tr("时间"), lambda batch: local_time(batch.happened_at), width=138),
        Column("who", tr("操作人"), lambda batch: batch.who, width=84, soft=True),
        Column(
            "file_name", tr("文件"), lambda batch: batch.file_name, width=200, stretch=1, least=140
        ),
        count("read", tr("读入")),
        count("new", Status.NEW.label),
        count("changed", Status.CHANGED.label),
        count("same", Status.SAME.label),
        count("rejected", Status.REJECTED.label),
        count("left_out", Status.LEFT_OUT.label),
        count("in_doubt", IN_DOUBT_LABEL, 92),
        Column(
            "secured_amount",
            tr("新增债权额（万元）"),
            lambda batch: wan(batch.secured_amount_fen),
            sort=lambda batch: batch.secured_amount_fen,
            width=140,
            number=True,
        ),
    ]
