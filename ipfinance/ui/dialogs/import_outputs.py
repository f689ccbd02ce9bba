"""What goes out of an import: the rejected rows as a workbook, the receipt on paper."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from ipfinance.db.batches import find_batch
from ipfinance.errors import UserError
from ipfinance.intake.importing import Plan
from ipfinance.intake.receipts import Receipt
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.clock import local_time
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.import_paper import (
    facts_of,
    paper,
    print_document,
    receipt_name,
    save_pdf,
)
from ipfinance.ui.roles import Tone

_OPEN_FILE, _OPEN_FOLDER = "file", "folder"
_LINKS = ((_OPEN_FILE, tr("打开文件")), (_OPEN_FOLDER, tr("打开所在文件夹")))


class ImportOutputs(QObject):
    """Asks where to, writes, and says what came of it; `plan` is the one shown now."""

    told = Signal(object, str, object)  # Tone, words, links of a banner

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._receipt: Receipt | None = None
        self._when = ""
        self._written: Path | None = None
        self.plan: Plan | None = None

    def take_receipt(self, receipt: Receipt) -> str:
        """Remember what was done; when it was, as the clock on the wall shows it."""
        self._receipt = receipt
        batch = find_batch(self._desk.store, receipt.batch_uid) if receipt.batch_uid else None
        self._when = local_time(batch.happened_at) if batch else ""
        return self._when

    def export_rejects(self) -> None:
        """Write the rejected rows, each with the reason beside it."""
        plan = self.plan
        if plan is None:
            return
        name = f"{_stem(plan)}_退回.xlsx"
        target = self._desk.talk.save_file(tr("导出退回的行"), name, ("Excel (*.xlsx)",))
        if target is not None:
            work = partial(_rejects_written, plan, target)
            self._desk.jobs.run(work, self._on_rejects, self._on_failed, tr("正在导出"), owner=self)

    def save_pdf(self) -> None:
        """Save the receipt."""
        plan, receipt = self.plan, self._receipt
        if plan is None or receipt is None:
            return
        name = receipt_name(Path(plan.sources[0].name))
        target = self._desk.talk.save_file(tr("保存导入回执"), name, ("PDF (*.pdf)",))
        if target is None:
            return
        try:
            save_pdf(self._paper(receipt), target)
        except UserError as error:
            self._on_failed(error)
        else:
            self._tell_written(tr("回执已保存：{target}。", target=target), target)

    def print(self) -> None:
        """Print the receipt."""
        if self._receipt is not None:
            print_document(self._paper(self._receipt), self._window)

    def open_link(self, key: str) -> None:
        """Open what was written last, or its folder."""
        if self._written is not None and key in (_OPEN_FILE, _OPEN_FOLDER):
            place = self._written if key == _OPEN_FILE else self._written.parent
            self._desk.talk.open_outside(place)

    def _paper(self, receipt: Receipt) -> QTextDocument:
        store = self._desk.store
        facts = facts_of(receipt, store.who, self._when, store.path)
        return paper(receipt, facts)

    def _on_rejects(self, answer: tuple[Path, int]) -> None:
        target, count = answer
        self._tell_written(
            tr(
                "已导出 {count:,} 笔退回的登记，改好后可以再导入：{target}。",
                count=count,
                target=target,
            ),
            target,
        )

    def _tell_written(self, words: str, target: Path) -> None:
        self._written = target
        self.told.emit(Tone.OK, words, _LINKS)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.told.emit(Tone.DANGER, str(error), ())
        else:
            self._desk.talk.failure(error)


def _rejects_written(plan: Plan, target: Path, _: Progress) -> tuple[Path, int]:
    from ipfinance.intake.rejects import write_rejects

    return target, write_rejects(plan, target)


def _stem(plan: Plan) -> str:
    return Path(plan.sources[0].name).stem
