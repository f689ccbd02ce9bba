"""Files that a page of figures writes: in a job, with a banner that says where they are."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.errors import Cancelled
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.reports.figure_chart import Drawable
from ipfinance.reports.workbook_shown import ShownTable
from ipfinance.ui.desk import Desk
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.page import Page

_FILTERS = {
    ".xlsx": tr("Excel 工作簿 (*.xlsx)"),
    ".png": tr("PNG 图片 (*.png)"),
    ".svg": tr("SVG 矢量图 (*.svg)"),
    ".pdf": tr("PDF 文件 (*.pdf)"),
}

_MENTION_MS = 6_000


class Exports(QObject):
    """Belongs to one page and speaks through its banner."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk = desk
        self._banner = page.banner
        self._banner.linkActivated.connect(self._on_link)
        self._target: Path | None = None  # the file that the banner tells of
        self._mentioned = ""
        self._while = QTimer(self)
        self._while.setSingleShot(True)
        self._while.setInterval(_MENTION_MS)
        self._while.timeout.connect(self._forget)

    def report(self, period: Period, shown: ShownTable | None = None) -> None:
        """Ask where, then write the summary workbook of a period, and the table chosen in it."""
        target = self._ask(tr("导出汇总表"), f"{period.label_zh}质押登记汇总表", ".xlsx")
        if target is None:
            return
        today = self._desk.today()

        def work(store: Store, progress: Progress) -> str:
            from ipfinance.reports.workbook import write_report

            write_report(store, period, target, today, progress, shown)
            return ""

        self._run(work, target, tr("导出汇总表"))

    def figure(self, spec: Drawable, suffix: str) -> None:
        """Ask where, then write a figure in the format of `suffix`."""
        target = self._ask(tr("导出图表"), spec.title, suffix)
        if target is None:
            return

        def work(_store: Store, progress: Progress) -> str:
            from ipfinance.reports.figure_files import write_figure
            from ipfinance.reports.figure_workbook import write_chart_workbook

            progress.step(0, 0, target.name)
            if suffix == ".xlsx":
                return write_chart_workbook(spec, target)
            return write_figure(spec, target)

        self._run(work, target, tr("导出图表"))

    def mention(self, text: str, tone: Tone = Tone.OK) -> None:
        """Say something that may be forgotten again."""
        self._banner.say(tone, text)
        self._mentioned = text
        self._while.start()

    def _forget(self) -> None:
        if self._banner.text == self._mentioned:
            self._banner.clear()

    def _ask(self, title: str, name: str, suffix: str) -> Path | None:
        return self._desk.talk.save_file(title, f"{name}{suffix}", (_FILTERS[suffix],))

    def _run(self, work: Callable[[Store, Progress], str], target: Path, title: str) -> None:
        self._banner.clear()
        self._desk.work(
            work,
            partial(self._on_written, target),  # another may be asked for meanwhile
            title=title,
            owner=self,
            failed=self._on_failed,
        )

    def _on_written(self, target: Path, note: str) -> None:
        """`note` is what the clerk should know of the file, usually nothing."""
        self._target = target
        self._banner.say(
            Tone.WARNING if note else Tone.OK,
            tr("已导出「{name}」。{note}", name=target.name, note=note),
            (("open", tr("打开")), ("folder", tr("打开所在文件夹"))),
        )

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.mention(tr("已停止导出，没有写出文件。"), Tone.NEUTRAL)
        else:
            self._desk.talk.failure(error)

    def _on_link(self, key: str) -> None:
        if self._target is not None and key in ("open", "folder"):
            place = self._target if key == "open" else self._target.parent
            self._desk.talk.open_outside(place)
