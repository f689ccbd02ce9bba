"""Paste notices: see what is recognised and what will happen, then carry it out as one act."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.notices.carrying_out import carry_out
from ipfinance.intake.notices.files import read_notice_file
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_notices, plan_work_list
from ipfinance.intake.notices.reading import read_notices
from ipfinance.language import listed, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.notices_list import NoticeList
from ipfinance.ui.dialogs.notices_pane import NoticePane
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.dialog_place import DialogPlace
from ipfinance.ui.widgets.label import ElidedLabel, label

FILTERS = (tr("公告文字 (*.txt *.text *.csv *.tsv)"), tr("所有文件 (*)"))
_LIST_HEIGHT, _DETAILS_HEIGHT = 340, 220
_PAUSE = 250  # milliseconds after the last key before the text is read


class NoticesDialog(QDialog):
    """Left the text, right its events; while the text is empty, what waits in the work list.

    Nothing is written before 执行 is pressed.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("粘贴公告"))
        self._desk = desk
        self._plan: NoticePlan | None = None
        self._writing = False
        self.pane = NoticePane(desk.divisions)
        self.edit = self.pane.edit
        self.list = NoticeList()
        self.banner = Banner(closable=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._also = ElidedLabel("", "hint")
        self._cancel = button(tr("取消"), name="cancel")
        self._do = button(tr("执行"), "check", Kind.PRIMARY, name="do_notices", tip="Ctrl+Enter")
        self._do.setShortcut("Ctrl+Return")
        self._build()
        self._connect()
        DialogPlace(self, 1400, 820)
        self._show_plan(None)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read()

    @property
    def plan(self) -> NoticePlan | None:
        """What would be done, once the text was read; None while it is written on."""
        return self._plan

    def show_text(self, text: str) -> None:
        """Put a text into the field and read it."""
        self.edit.setPlainText(text)
        self.read()

    def read(self) -> None:
        """Read the text, or the work list, and hold it against the store."""
        self._timer.stop()
        setting = Setting(self._desk.divisions, self._desk.today())
        work = partial(_planned, self.pane.text, setting, self.pane.place.choice())
        self._desk.work(work, self._on_planned, owner=self, replaces="plan")

    # -- answers ---------------------------------------------------------------------------

    def _on_planned(self, plan: NoticePlan) -> None:
        if (plan.pasted.text if plan.pasted else "") == self.pane.text:
            self._show_plan(plan)  # else it was written on meanwhile

    def _show_plan(self, plan: NoticePlan | None) -> None:
        self._plan = plan
        self.pane.show_plan(plan)
        self.list.show_plan(plan, bool(self.pane.text))
        self._show_foot(plan)

    def _show_foot(self, plan: NoticePlan | None) -> None:
        to_write = plan.to_write if plan else 0
        orphans = len(plan.orphans) if plan else 0
        if to_write:
            self._do.setText(tr("执行 {count:,} 项", count=to_write))
        elif orphans:
            self._do.setText(tr("列入待办 {count:,} 项", count=orphans))
        elif plan:
            self._do.setText(tr("移出待办 {count:,} 项", count=len(plan.settled)))
        can_do = plan is not None and plan.changes_anything
        self._do.setVisible(can_do)
        self._do.setEnabled(not self._writing)
        self._cancel.setText(tr("取消") if can_do else tr("关闭"))
        also = (
            tr(
                "另有 {orphans:,} 项列入待办，登记补上后即可执行；执行后可以用「撤销」整体取消。",
                orphans=orphans,
            )
            if to_write and orphans
            else tr("执行后可以用「撤销」整体取消。")
        )
        self._also.setText(also if can_do else "")

    def _on_do(self) -> None:
        plan = self._plan
        if plan is None or not plan.changes_anything or self._writing or self._timer.isActive():
            return
        self._writing = True
        self._do.setEnabled(False)
        work = partial(_carried_out, plan)
        self._desk.write(
            work, self._on_done, title=tr("正在执行公告"), owner=self, failed=self._on_failed
        )

    def _on_done(self, plan: NoticePlan) -> None:
        self._writing = False
        self._plan = None  # until the text is held against the store as it is now
        told = [
            tr("{label} {count:,} 项", label=one.label, count=plan.counts[one])
            for one in Outcome
            if one.writes and plan.counts[one]
        ]
        if plan.orphans:
            told.append(tr("列入待办 {count:,} 项", count=len(plan.orphans)))
        if plan.settled and not told:
            told.append(tr("移出待办 {count:,} 项", count=len(plan.settled)))
        self.banner.say(Tone.OK, tr("已执行：{told}。可以用「撤销」整体取消。", told=listed(told)))

    def _on_failed(self, error: BaseException) -> None:
        self._writing = False
        self._do.setEnabled(True)
        if isinstance(error, UserError):
            self.banner.say(Tone.DANGER, str(error))
            self.read()
        else:
            self._desk.talk.failure(error)

    # -- between text and list ---------------------------------------------------------------

    def _on_text_changed(self) -> None:
        self._plan = None  # what is shown is no longer what stands there
        self.banner.clear()
        self._do.setEnabled(False)
        self._timer.start()

    def _on_chosen(self, item: Planned) -> None:
        self.edit.mark(self._plan, item)
        if item.event.notices and not self.edit.hasFocus():
            start = item.event.notices[0].start
            self.edit.show_span(start, start)

    def _on_cursor_moved(self) -> None:
        item = self.edit.event_at(self.edit.textCursor().position())
        if item is not None and self.edit.hasFocus():
            self.list.choose(item)

    def _on_open(self) -> None:
        files = self._desk.talk.open_files(tr("打开公告"), FILTERS, many=False)
        if files:
            self._take_file(files[0])

    def _take_file(self, file: Path) -> None:
        try:
            self.show_text(read_notice_file(file))
        except UserError as error:
            self.banner.say(Tone.DANGER, str(error))

    def _on_written(self, subject: str) -> None:
        if subject == PLEDGES:
            self.read()

    @override
    def reject(self) -> None:
        """Escape, the cross, 取消: ask before a paste that was not carried out is lost."""
        waits = self._plan is not None and self._plan.changes_anything and not self._writing
        if not (waits and self.pane.text) or self._desk.talk.ask(
            tr("关闭而不执行这些公告？"),
            tr("粘贴的文字还没有执行，关闭后要重新粘贴。"),
            tr("关闭"),
            tr("返回"),
            danger=True,
        ):
            super().reject()

    # -- the window ----------------------------------------------------------------------------

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(tr("粘贴公告"), "title"))
        about = tr("生效、变更、注销的公告对照台账处理；公告没有金额，列入待补。")
        head.addWidget(label(about, "subtitle"))
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(12)
        sides.setStyleSheet("QSplitter::handle { background: transparent; }")
        sides.addWidget(self.pane)
        sides.addWidget(self.list)
        sides.setStretchFactor(0, 5)
        sides.setStretchFactor(1, 7)
        sides.setSizes([500, 700])
        self.list.setSizes([_LIST_HEIGHT, _DETAILS_HEIGHT])
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._also, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(sides, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.read)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.cursorPositionChanged.connect(self._on_cursor_moved)
        self.edit.file_dropped.connect(self._take_file)
        self.pane.place.changed.connect(self.read)
        self.pane.open_asked.connect(self._on_open)
        self.list.chosen.connect(self._on_chosen)
        self.list.field_asked.connect(self.edit.show_span)
        self._cancel.clicked.connect(self.reject)
        self._do.clicked.connect(self._on_do)
        self._desk.changes.written.connect(self._on_written)


def _planned(
    text: str, setting: Setting, choice: PlaceChoice, store: Store, _: Progress
) -> NoticePlan:
    if not text:
        return plan_work_list(store, setting, choice)
    return plan_notices(read_notices(text), store, setting, choice)


def _carried_out(plan: NoticePlan, store: Store, _: Progress) -> NoticePlan:
    carry_out(plan, store)
    return plan
