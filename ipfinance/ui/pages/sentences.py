"""报告语句: the sentences of a report with what each number rests on, and the check of a text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.sentences_tab import SentencesTab
from ipfinance.ui.pages.statement_tab import StatementTab
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.page import Page


class SentencesPage(Page):
    """Two tabs; the buttons at the right of the title are those of the tab in sight."""

    registrations_asked = Signal(object, str)  # Filter, title
    import_asked = Signal()
    demo_asked = Signal()
    page_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("报告语句"), parent)
        self.desk = desk
        self.writing = SentencesTab(desk, self)
        self.checking = StatementTab(desk, self)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(tr("语句和核对"))
        self.tabs.addTab(self.writing, tr("报告语句"))
        self.tabs.addTab(self.checking, tr("核对文字"))
        self.body.addWidget(self.tabs, 1)
        self._copy = button(tr("复制"), "copy", name="copy", tip=tr("复制全部语句，可粘贴到 Word"))
        self._export = button(tr("导出 Excel"), "excel", Kind.PRIMARY, name="export")
        self._export.setToolTip(tr("导出语句和每个数字的依据：精确值、口径、来源、登记清单"))
        self._open = button(tr("打开文件…"), "folder", name="open_statement")
        self._open.setToolTip(tr("核对工作簿里的表或文本文件里的段落"))
        self._clear = button(tr("清空"), "reset", name="clear")
        self._check = button(
            tr("核对"), "check", Kind.PRIMARY, name="check", tip=tr("核对（Ctrl+Enter）")
        )
        for one in (self._copy, self._export, self._open, self._clear, self._check):
            self.add_button(one)
        self._copy.clicked.connect(self.writing.copy)
        self._export.clicked.connect(self.writing.export)
        self._open.clicked.connect(self.checking.open)
        self._clear.clicked.connect(self.checking.clear)
        self._check.clicked.connect(self.checking.check)
        self.writing.shown.connect(self._on_shown)
        self.writing.registrations_asked.connect(self.registrations_asked)
        self.writing.import_asked.connect(self.import_asked)
        self.writing.demo_asked.connect(self.demo_asked)
        self.writing.page_asked.connect(self.page_asked)
        self.checking.changed.connect(self._on_shown)
        self.tabs.currentChanged.connect(self._on_shown)
        self._on_shown()

    @override
    def refresh(self) -> None:
        self.writing.refresh()
        self.checking.refresh()

    def show_period(self, period: Period) -> None:
        """Show the sentences of another period."""
        self.writing.show_period(period)

    def _on_shown(self) -> None:
        checks = self.tabs.currentWidget() is self.checking
        for one in (self._copy, self._export):
            one.setVisible(not checks)
            one.setEnabled(bool(self.writing.rows))
        self._open.setVisible(checks)
        for one in (self._clear, self._check):
            one.setVisible(checks)
            one.setEnabled(self.checking.has_text)
        self.set_subtitle(self.checking.subject if checks else self.writing.subject)
