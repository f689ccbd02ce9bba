"""The left side of the notices' window: the pasted text, and what was made of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipfinance.domain.division import Divisions
from ipfinance.intake.notices.outcomes import NoticePlan
from ipfinance.language import tr
from ipfinance.ui.dialogs.notices_place import PlacePicker
from ipfinance.ui.dialogs.notices_text import NoticeEdit
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import ElidedLabel, hairline


class NoticePane(Card):
    """The text with its tools, how much of it was read, and the choice of place."""

    open_asked = Signal()

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.edit = NoticeEdit()
        self.place = PlacePicker(divisions)
        self._plan: NoticePlan | None = None
        self._next_unread = 0
        open_file = button(tr("打开文件…"), "folder", name="open_notices")
        clear = button(tr("清空"), kind=Kind.QUIET, name="clear_notices")
        self._read = ElidedLabel("", "label")
        self._unread = button("", kind=Kind.QUIET, name="go_unread", tip=tr("到下一处"))
        tools, below = QHBoxLayout(), QHBoxLayout()
        for row in (tools, below):
            row.setSpacing(8)
        tools.addWidget(open_file)
        tools.addWidget(clear)
        tools.addStretch(1)
        below.addWidget(self._read, 1)
        below.addWidget(self._unread)
        self.body.addLayout(tools)
        self.body.addWidget(self.edit, 1)
        self.body.addLayout(below)
        self.body.addWidget(hairline())
        self.body.addWidget(self.place)
        open_file.clicked.connect(self.open_asked)
        clear.clicked.connect(self.edit.clear)
        self._unread.clicked.connect(self._on_unread)

    @property
    def text(self) -> str:
        """The text as it stands, blank when there are only blanks."""
        text = self.edit.toPlainText()
        return text if text.strip() else ""

    def show_plan(self, plan: NoticePlan | None) -> None:
        """Mark what was recognised and say how much that is."""
        self._plan, self._next_unread = plan, 0
        self.edit.mark(plan)
        is_read = plan is not None and plan.pasted is not None
        unread = len(plan.unread) if plan else 0
        notices = len(plan.pasted.notices) if plan and plan.pasted else 0
        self._read.setText(tr("认出 {notices:,} 条公告", notices=notices) if is_read else "")
        self._unread.setText(tr("没有识别的文字 {unread:,} 处", unread=unread))
        self._unread.setVisible(bool(unread))

    def _on_unread(self) -> None:
        unread = self._plan.unread if self._plan else ()
        if unread:
            passage = unread[self._next_unread % len(unread)]
            self._next_unread += 1
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit.show_span(passage.start, passage.end)
