"""Import ledgers: read them, look at what would become of each registration, write, receipt."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.domain.reading import Setting
from ipfinance.errors import Cancelled, UserError
from ipfinance.intake.choices import Choice
from ipfinance.intake.comparing import Status
from ipfinance.intake.findings import Place
from ipfinance.intake.found_tables import NoLedger
from ipfinance.intake.importing import Plan
from ipfinance.intake.numbers_in_doubt import all_in_doubt, all_with_number_taken
from ipfinance.intake.receipts import Receipt
from ipfinance.language import listed, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import FACTS, PLEDGES, Desk
from ipfinance.ui.dialogs.import_foot import ImportFoot, Step, StepTags
from ipfinance.ui.dialogs.import_jobs import (
    Mended,
    Revision,
    Wanted,
    doubt_in,
    leave_in,
    left_out_of,
    mend_in,
    mended_in,
    read,
    write,
)
from ipfinance.ui.dialogs.import_naming import NamingStep
from ipfinance.ui.dialogs.import_outputs import ImportOutputs
from ipfinance.ui.dialogs.import_preview import (
    GIVE_ALL_BACK,
    GOOD_ONLY,
    READ_AGAIN,
    SHOW_REJECTED,
    TAKE_ALL_IN,
    PreviewStep,
)
from ipfinance.ui.dialogs.import_receipt import ReceiptStep
from ipfinance.ui.dialogs.import_work import WorkStep
from ipfinance.ui.jobs import Job
from ipfinance.ui.models.import_columns import ShownTable
from ipfinance.ui.models.import_model import Preview
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Link
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import ElidedLabel, label

T = TypeVar("T")

FILTERS = (
    tr("台账 (*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt)"),
    tr("所有文件 (*)"),
)


class ImportDialog(QDialog):
    """Begins to read as soon as it is made; nothing is written before 导入 is pressed."""

    def __init__(self, desk: Desk, files: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("导入台账"))
        self._desk = desk
        self._wanted = Wanted(tuple(files))
        self._job: Job | None = None
        self._shown: Preview | None = None
        self._subtitle = ElidedLabel("", "subtitle")
        self._tags = StepTags()
        self.work = WorkStep()
        self.naming = NamingStep()
        self.preview = PreviewStep(desk.divisions)
        self.receipt = ReceiptStep()
        self.foot = ImportFoot()
        self._outputs = ImportOutputs(desk, self)
        self._stack = QStackedWidget()
        for page in (self.work, self.naming, self.preview, self.receipt):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self._connect()
        DialogPlace(self, 1480, 880)
        self._read(self._wanted)

    @property
    def plan(self) -> Plan | None:
        """What would be done, once the files were read."""
        return self._shown.plan if self._shown else None

    # -- reading -----------------------------------------------------------------------------

    def _read(self, wanted: Wanted) -> None:
        """Read files anew, with what was said and mended before."""
        self._wanted = wanted
        self._shown = None
        self._subtitle.setText(listed(path.name for path in wanted.files))
        self._begin(tr("正在读取台账"), "import")
        setting = Setting(self._desk.divisions, self._desk.today())
        work = partial(read, wanted, setting)
        self._job = self._run(work, self._on_read, self._on_read_failed, tr("正在读取台账"))

    def _on_read(self, shown: Preview) -> None:
        self._take(shown)
        self.preview.show_preview(shown)
        self._show_preview(shown.plan)
        self.preview.say_first(shown.plan)
        if self._wanted.keep is not None:
            self.preview.show_columns(
                tr("已按所选的列读取，并记住：同样表头的工作簿以后照此读取。")
            )
        elif self._wanted.forget is not None:
            self.preview.show_columns(tr("不再记住，各列重新按表头和内容识别。"))
        elif self._wanted.now:
            self.preview.show_columns(tr("已按所选的列读取，只用于这一次。"))
        if self._wanted.keep or self._wanted.forget:
            self._desk.changes.tell(FACTS)

    def _on_columns_said(self, table: ShownTable, choice: Choice, keep: bool) -> None:
        """Read again with what a clerk said of the columns of one table."""
        kept = (table.shape, choice, table.file) if keep else None
        now = {**self._wanted.now, table.shape: choice}
        self._read_again(now, keep=kept)

    def _on_columns_forgotten(self, table: ShownTable) -> None:
        now = {shape: one for shape, one in self._wanted.now.items() if shape != table.shape}
        self._read_again(now, forget=(table.shape, table.file))

    def _take(self, shown: Preview) -> None:
        self._job = None
        self._shown = shown
        self._outputs.plan = shown.plan

    def _on_read_failed(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, UserError):
            self._desk.talk.failure(error)
            self.reject()
            return
        self._show(Step.FAILED)
        if self._wanted.forget is not None:  # done before the files could not be read
            self._desk.changes.tell(FACTS)
        if isinstance(error, NoLedger) and error.tables:
            self.naming.show_error(error)
            self._stack.setCurrentWidget(self.naming)
        else:
            self.work.show_error(error)

    def _on_read_lost(self) -> None:
        """Somebody wrote meanwhile."""
        self._read_again(self._wanted.now)

    def _read_again(
        self,
        now: Mapping[str, Choice],
        keep: tuple[str, Choice, str] | None = None,
        forget: tuple[str, str] | None = None,
    ) -> None:
        """Read the same files without losing what was said, mended and left out."""
        mended, left_out = self._done_by_hand()
        self._read(Wanted(self._wanted.files, now, mended, left_out, keep, forget))

    def _done_by_hand(self) -> tuple[Mended, tuple[Place, ...]]:
        """What was mended and left out: of the plan shown, else of the one being read anew."""
        if self.plan is None:
            return self._wanted.mended, self._wanted.left_out
        return mended_in(self.plan), left_out_of(self.plan)

    # -- mending -----------------------------------------------------------------------------

    def _on_mend_asked(self, index: int, cells: dict[str, str]) -> None:
        if self._shown is None or self._job is not None:
            return
        self.preview.entry.set_busy(True)
        work = partial(mend_in, self._shown, index, cells)
        self._job = self._run(work, self._on_mended, self._on_mend_failed, "")

    def _on_mended(self, answer: tuple[Preview, int]) -> None:
        shown, index = answer
        self._take(shown)
        self.preview.show_mended(shown, index)
        self._show_preview(shown.plan)

    def _on_mend_failed(self, error: BaseException) -> None:
        self._job = None
        self.preview.entry.set_busy(False)
        self._say_error(error)

    def _on_leave_asked(self, indices: Sequence[int], out: bool) -> None:
        self._revise(leave_in, indices, out)

    def _on_doubt_asked(self, indices: Sequence[int], taken: bool) -> None:
        self._revise(doubt_in, indices, taken)

    def _revise(self, change: Revision, indices: Sequence[int], there: bool) -> None:
        if self._shown is not None and self._job is None:
            work = partial(change, self._shown, indices, there)
            self._job = self._run(work, self._on_revised, self._on_mend_failed, "")

    def _on_revised(self, shown: Preview) -> None:
        self._take(shown)
        self.preview.show_revised(shown)
        self._show_preview(shown.plan)

    # -- writing -----------------------------------------------------------------------------

    def _on_import(self) -> None:
        plan = self.plan
        if plan is None or self._job is not None:
            return
        rejected = plan.counts[Status.REJECTED]
        if self.preview.entry.is_changed:
            self.preview.say_unchecked()
            return
        if self.foot.all_or_nothing and rejected:
            self.preview.say_not_all(rejected)
            return
        self._begin(tr("正在写入 {count:,} 笔登记", count=self._to_write(plan)), "save")
        work = partial(write, plan, self.foot.all_or_nothing)
        self._job = self._run(work, self._on_written, self._on_write_failed, tr("正在写入登记"))

    def _on_written(self, receipt: Receipt) -> None:
        self._job = None
        plan = self.plan
        assert plan is not None
        when = self._outputs.take_receipt(receipt)
        store = self._desk.store
        self.receipt.show_receipt(receipt, plan, store.who, when, store.path)
        self._show(Step.RECEIPT)
        self.foot.show_rejected(receipt.rejected)
        self._desk.changes.tell(PLEDGES)

    def _on_write_failed(self, error: BaseException) -> None:
        self._job = None
        plan = self.plan
        assert plan is not None
        self._show_preview(plan)
        if isinstance(error, Cancelled):
            self.preview.banner.say(Tone.INFO, tr("已停止，什么也没有写入。"))
        else:
            self._say_error(error)

    def _say_error(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.preview.banner.say(Tone.DANGER, f"{error} ", ((READ_AGAIN, tr("重新读取")),))
        else:
            self._desk.talk.failure(error)

    # -- steps -------------------------------------------------------------------------------

    def _begin(self, title: str, icon: str) -> None:
        self.work.show_work(title, icon)
        self._show(Step.READING if icon == "import" else Step.WRITING)

    def _show_preview(self, plan: Plan) -> None:
        self._show(Step.PREVIEW)
        self.foot.show_plan(self._to_write(plan), plan.counts[Status.REJECTED])

    def _show(self, step: Step) -> None:
        page = {Step.PREVIEW: self.preview, Step.RECEIPT: self.receipt}.get(step, self.work)
        self._stack.setCurrentWidget(page)
        self._tags.show_step(step)
        self.foot.show_step(step)

    def _to_write(self, plan: Plan) -> int:
        return plan.counts[Status.NEW] + plan.counts[Status.CHANGED]

    def _on_link(self, key: str) -> None:
        if key == READ_AGAIN:
            self._on_read_lost()
        elif key == SHOW_REJECTED:
            self.preview.show_rejected()
        elif key == TAKE_ALL_IN and self.plan:
            self._on_doubt_asked(all_with_number_taken(self.plan), taken=True)
        elif key == GIVE_ALL_BACK and self.plan:
            self._on_doubt_asked(all_in_doubt(self.plan), taken=False)
        elif key == GOOD_ONLY:
            self.foot.choose_good_only()
            self.preview.banner.clear()
        else:
            self._outputs.open_link(key)

    def _on_other_files(self) -> None:
        files = self._desk.talk.open_files(tr("导入台账"), FILTERS)
        if files and self._may_be_lost():
            self._read(Wanted(tuple(files)))

    # -- the window --------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("导入台账"), "title"))
        words.addWidget(self._subtitle)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(words, 1)
        row.addWidget(self._tags, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self._desk.jobs.progressed.connect(self._on_progressed)
        self.preview.mend_asked.connect(self._on_mend_asked)
        self.preview.leaving.asked.connect(self._on_leave_asked)
        self.preview.doubting.asked.connect(self._on_doubt_asked)
        for chooser in (self.preview.columns, self.naming.columns):
            chooser.said.connect(self._on_columns_said)
            chooser.forgotten.connect(self._on_columns_forgotten)
        self.preview.banner.linkActivated.connect(self._on_link)
        self.receipt.banner.linkActivated.connect(self._on_link)
        self.foot.cancel.clicked.connect(self.reject)
        self.foot.other_files.clicked.connect(self._on_other_files)
        self.foot.do.clicked.connect(self._on_import)
        self.foot.done.clicked.connect(self.accept)
        self.foot.rejects.clicked.connect(self._outputs.export_rejects)
        self.foot.pdf.clicked.connect(self._outputs.save_pdf)
        self.foot.print.clicked.connect(self._outputs.print)
        self._outputs.told.connect(self._on_told)

    def _run(
        self,
        work: Callable[[Store, Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        title: str,
    ) -> Job:
        return self._desk.work(work, done, title=title, owner=self, failed=failed)

    def _on_progressed(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job and not job.progress.cancelled:
            self.work.show_progress(done, total, words)

    def _on_told(self, tone: Tone, text: str, links: Sequence[Link]) -> None:
        on_receipt = self._stack.currentWidget() is self.receipt
        banner = self.receipt.banner if on_receipt else self.preview.banner
        banner.say(tone, text, links)

    @override
    def reject(self) -> None:
        """Escape, the cross, 取消: stop what runs; ask before typed corrections are lost."""
        if self._job is not None and self._tags.step is Step.WRITING:
            self._job.cancel()
            self.work.show_stopping()
            return  # stays until the worker says whether anything was written
        if self._tags.step is not Step.RECEIPT and not self._may_be_lost():
            return
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _may_be_lost(self) -> bool:
        """Ask whether what was mended, left out or typed here may go, where there is any."""
        mended, left = map(len, self._done_by_hand())
        if mended and left:
            question = tr(
                "放弃已改正的 {mended:,} 笔、已略过的 {left:,} 笔？", mended=mended, left=left
            )
        elif mended:
            question = tr("放弃已改正的 {count:,} 笔？", count=mended)
        elif left:
            question = tr("放弃已略过的 {count:,} 笔？", count=left)
        elif self.plan is not None and self.preview.entry.is_changed:
            question = tr("放弃还没有重新检查的改动？")
        else:
            return True
        text = tr("这些只在这个窗口里，还没有写入台账。")
        return self._desk.talk.ask(question, text, tr("放弃"), tr("返回"), danger=True)
