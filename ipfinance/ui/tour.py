"""The first look round: where it stops, and how it goes from one place to the next."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from ipfinance.language import sentences, tr
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.widgets.coach_mark import CoachMark
from ipfinance.ui.widgets.tour_bar import TourBar

_SEEN = "tour/seen"


@dataclass(frozen=True, slots=True)
class Stop:
    """One place: a page, the object name of what is framed there ("" for nothing), and what is
    said of it."""

    page: str
    target: str
    title: str
    words: str


_MAY_FILL = tr("数据文件还是空的，可以先填入虚构的演示数据，看完用「撤销」一次取消。")

STOPS: tuple[Stop, ...] = (
    Stop(
        "overview",
        "",
        tr("五分钟看一遍"),
        tr("导览只带您看，不改动任何数据；随时可以结束，以后在「帮助」里再看。"),
    ),
    Stop(
        "overview",
        "",
        tr("概览"),
        tr(
            "打开程序先到这里：本期的主要数字和同比、走势、即将到期和待补的登记、最近的导入；"
            "每个数字都能点开。"
        ),
    ),
    Stop(
        "ledger",
        "table_ledger",
        tr("登记台账"),
        tr(
            "全部登记都在这里：在上方输入就搜索，单击表头排序，双击或按 Enter 打开一笔，"
            "看它的经过和计入哪些统计。下方的合计随所选变化。"
        ),
    ),
    Stop(
        "entry",
        "button_save_and_new",
        tr("登记录入"),
        tr(
            "手不离键盘：Enter 到下一项，Ctrl+Enter 保存并接着录；金额可以写 500万、1.2亿，"
            "日期可以只写日，企业名称可以打拼音首字母。按 Shift+F1 看光标所在字段的规则和依据。"
        ),
    ),
    Stop(
        "ledger",
        "ledger_import",
        tr("导入台账"),
        tr(
            "各市的 Excel、WPS、CSV 台账原样导入（Ctrl+I）：先看会新增、更正、退回哪些，"
            "退回的就地改正；写入以后整批都可以撤回。"
        ),
    ),
    Stop(
        "to_do",
        "table_to_do_kinds",
        tr("待办"),
        tr("金额待补、即将到期、可能重复的登记自动列在这里，左边的数字就是还有多少项。"),
    ),
    Stop(
        "statistics",
        "export",
        tr("统计报表"),
        tr("选期间和指标就出表；双击任何一个数字，打开它背后的登记。导出的 Excel 带图表和口径。"),
    ),
    Stop(
        "charts",
        "",
        tr("图表"),
        tr("同样的数字画成图；指到一根柱子看数值，单击打开登记；可以复制或导出成图片、PDF。"),
    ),
    Stop(
        "sentences",
        "tabs",
        tr("报告语句"),
        tr(
            "写报告用的句子已经写好，每个数字都能点开看依据；"
            "「核对文字」检查一段现成的文字里哪些数字与台账不符。"
        ),
    ),
    Stop(
        "overview",
        "",
        tr("放心去用"),
        tr(
            "每一步都可以用 Ctrl+Z 撤销，删除的在回收站里。F1 列出快捷键；"
            "建议在「设置 → 自动备份」里选一个文件夹。"
        ),
    ),
)


class Tour(QObject):
    """Goes from stop to stop in the bar's rhythm; the window can be used all the while."""

    def __init__(
        self,
        desk: Desk,
        bar: TourBar,
        show_page: Callable[[str], None],
        page: Callable[[str], QWidget],
        parent: QObject,
    ) -> None:
        """`show_page` and `page` are the window's, which the tour does not know."""
        super().__init__(parent)
        self._desk, self._bar, self._show_page, self._page = desk, bar, show_page, page
        self._at = 0
        self._mark: CoachMark | None = None
        bar.moved.connect(self._on_moved)
        bar.ended.connect(self.end)
        desk.changes.written.connect(self._on_written)
        bar.hide()

    @property
    def stop(self) -> Stop:
        """Where it is."""
        return STOPS[self._at]

    @property
    def is_on(self) -> bool:
        """Whether it has begun and not ended."""
        return not self._bar.isHidden()

    def offer(self) -> None:
        """Begin, when nobody has seen it on this machine yet."""
        if str(QSettings().value(_SEEN, "")) != "true":
            self.begin()

    def begin(self) -> None:
        """Begin at the first stop."""
        QSettings().setValue(_SEEN, "true")
        self._bar.show()
        self._go(0)

    def end(self) -> None:
        """Leave the window where it is."""
        self._frame(None)
        self._bar.hide()

    def _on_moved(self, by: int) -> None:
        if self._at + by == len(STOPS):
            self.end()
        else:
            self._go(self._at + by)

    def _go(self, at: int) -> None:
        self._at = at
        self._tell()
        stop = self.stop
        self._show_page(stop.page)
        found = self._page(stop.page).findChild(QWidget, stop.target) if stop.target else None
        self._frame(found)

    def _tell(self) -> None:
        stop, first = self.stop, self._at == 0
        from ipfinance.db.reach import is_empty

        may_fill = first and is_empty(self._desk.store)
        words = sentences(stop.words, _MAY_FILL if may_fill else "")
        self._bar.tell(self._at, len(STOPS), stop.title, words, may_fill=may_fill)

    def _on_written(self, subject: str) -> None:
        if self.is_on and subject == PLEDGES:
            self._tell()

    def _frame(self, target: QWidget | None) -> None:
        if self._mark is not None:
            self._mark.take_away()
        self._mark = None if target is None else CoachMark(target)
