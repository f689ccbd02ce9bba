"""核对文字: a pasted paragraph or table with each of its figures marked right, wrong or open."""

from collections import Counter

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.language import clauses, tr
from ipfinance.progress import Progress
from ipfinance.statistics.checking.figures import Checked, Verdict
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.statement_model import TONES, StatementModel
from ipfinance.ui.roles import Role
from ipfinance.ui.theme import colour, sized
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.page import Page
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.period_text import default_period
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_card import TableCard

_PLACEHOLDER = tr(
    "把要核对的段落或表格粘贴到这里，按 Ctrl+Enter 核对。\n\n"
    "例：2019年，全省专利权质押登记金额达172亿元，同比增长68%。"
)
_FILES = (
    tr("工作簿和文本 (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)"),
    tr("所有文件 (*)"),
)
_HOW = tr("粘贴文字或表格，逐个核对其中的数字：与登记和外部数据比，也在文中互相验算")


class StatementEdit(QTextEdit):
    """Plain text on coloured grounds; Ctrl+Enter asks for the check."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statement")
        self.setAccessibleName(tr("要核对的文字"))
        self.setPlaceholderText(_PLACEHOLDER)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._checked: tuple[Checked, ...] = ()
        self._current: Checked | None = None

    def mark(self, checked: tuple[Checked, ...], current: Checked | None = None) -> None:
        """Put each figure on the ground of its verdict; the current one is underlined."""
        self._checked, self._current = checked, current
        marks, text = [], self.toPlainText()
        for one in checked:
            tone = TONES[one.verdict]
            selection = QTextEdit.ExtraSelection()
            made = QTextCharFormat()
            made.setBackground(colour(tone.ground))
            made.setForeground(colour(tone.text))
            if one is current:
                made.setFontUnderline(True)
            cursor = QTextCursor(self.document())
            cursor.setPosition(_place(text, one.start))
            cursor.setPosition(_place(text, one.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = made
            marks.append(selection)
        self.setExtraSelections(marks)

    def figure_at(self, position: int) -> Checked | None:
        """The figure at a position of the cursor."""
        text = self.toPlainText()
        return next(
            (
                one
                for one in self._checked
                if _place(text, one.start) <= position <= _place(text, one.end)
            ),
            None,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._checked:
            self.mark(self._checked, self._current)


class StatementTab(QWidget):
    """The text at the left, what came of it at the right."""

    changed = Signal()  # there is text now, or none, or another result

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._checked: tuple[Checked, ...] | None = None
        self._text = ""  # that was checked last, or is being checked
        self.edit = StatementEdit()
        self.edit.setFont(sized(self.edit.font(), 15))
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.asked.connect(self.check)
        self.edit.cursorPositionChanged.connect(self._on_cursor_moved)
        self.picker = PeriodPicker(default_period(None, desk.today()))
        self.picker.setObjectName("statement_period")
        self.picker.period_changed.connect(self._on_period_chosen)
        self._period_chosen = False
        cities = [(city.name, city.code) for city in desk.divisions.cities()]
        self.area = ComboBox([(tr("全省"), None), *cities], name=tr("文中没有写明的地区"))
        self.area.setObjectName("statement_area")
        self.area.activated.connect(self._check_again)
        self.model = StatementModel(self)
        self.table = DataTable("statement")
        self.table.setAccessibleName(tr("核对结果"))
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._on_row_changed)
        self._build()

    def _build(self) -> None:
        left = Card()
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(label(tr("文中没有写明时，按"), "label"))
        tools.addWidget(self.picker)
        tools.addWidget(self.area)
        tools.addStretch(1)
        left.body.addLayout(tools)
        left.body.addWidget(self.edit, 1)
        self._empty = EmptyState("check", "", "")
        self.result = TableCard(self.table, tools=False)
        self.result.set_empty_state(self._empty)
        # The whole of what the row has room for only in part.
        self._reason = label("", "label")
        self._reason.setObjectName("reason")
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(17, 10, 17, 10)
        self.result.body.insertWidget(self.result.body.count() - 1, self._reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 5)
        row.addWidget(self.result, 6)
        self._show()

    # -- for the page ----------------------------------------------------------------------

    @property
    def has_text(self) -> bool:
        return bool(self.edit.toPlainText().strip())

    @property
    def subject(self) -> str:
        return _HOW

    def refresh(self) -> None:
        """Check again after writes, if something was checked."""
        ends, today = reach(self._desk.store), self._desk.today()
        if not self._period_chosen:
            self.picker.set_period(default_period(ends, today))
        self.picker.set_reach(ends, today)
        self._check_again()

    def check(self) -> None:
        """Check what stands there now."""
        text = self.edit.toPlainText()
        if not text.strip():
            return
        self._text = text
        period, code = self.picker.period(), self.area.value()
        area = None if code is None else str(code)

        def work(store: Store, _: Progress) -> tuple[str, tuple[Checked, ...]]:
            from ipfinance.statistics.checking.statement import check

            return text, tuple(check(text, store, period, area))

        self._desk.work(work, self._on_checked, owner=self, replaces="check", title=tr("核对文字"))

    def open(self) -> None:
        """Ask for a file, show what it says and check it."""
        files = self._desk.talk.open_files(tr("打开要核对的文件"), _FILES, many=False)
        if not files:
            return
        path = files[0]

        def work(_store: Store, _: Progress) -> str:
            from ipfinance.intake.statements import statement_text

            return statement_text(path)

        self._desk.work(work, self._on_read, owner=self, replaces="read", title=tr("读取文件"))

    def _on_read(self, text: str) -> None:
        self.edit.setPlainText(text)
        self.check()

    def clear(self) -> None:
        """Begin with an empty field."""
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------

    def _on_period_chosen(self) -> None:
        self._period_chosen = True
        self._check_again()

    def _check_again(self) -> None:
        """What is told must be of the period, the area and the registrations there are now."""
        if self.edit.toPlainText() == self._text:
            self.check()

    def _on_checked(self, answer: tuple[str, tuple[Checked, ...]]) -> None:
        text, checked = answer
        if text != self.edit.toPlainText():
            return  # written on meanwhile
        self._checked = checked
        self.edit.mark(checked)
        self._show()

    def _on_text_changed(self) -> None:
        if self._checked is not None and self.edit.toPlainText() != self._text:
            self._checked = None
            self.edit.mark(())
            self._show()
        self.changed.emit()

    def _show(self) -> None:
        checked = self._checked or ()
        self.model.set_rows(checked)
        self.result.show_empty(not checked)
        self.result.footer.setVisible(bool(checked))
        self._reason.setVisible(bool(checked))
        self._reason.setText(tr("选中一个数字，这里是完整的说明；文中也随之标出。"))
        if self._checked is None:
            self._empty.set_words(
                tr("还没有核对"), tr("在左边粘贴文字，再按「核对」；每个数字在这里有结论和说明。")
            )
        else:
            self._empty.set_words(
                tr("没有找到可以核对的数字"),
                tr("能核对的有金额、件数、增幅、占比、位次、连续年数和合计。"),
            )
        self.result.footer.set_count(self._summary())
        self.changed.emit()

    def _summary(self) -> str:
        checked = self._checked or ()
        counted = Counter(one.verdict for one in checked)
        told = [f"{verdict.label} {counted[verdict]}" for verdict in Verdict if counted[verdict]]
        return (
            tr("共 {count} 个数字：{told}", count=len(checked), told=clauses(told))
            if checked
            else tr("没有找到数字")
        )

    def _on_row_changed(self, current: QModelIndex) -> None:
        one = current.siblingAtColumn(0).data(Role.ROW) if current.isValid() else None
        if not isinstance(one, Checked) or self._checked is None:
            return
        self.edit.mark(self._checked, one)
        told = tr("{verdict}：{reason}", verdict=one.verdict.label, reason=one.reason)
        self._reason.setText(f"{' '.join(one.text.split())}　{told}")
        if not self.edit.hasFocus():
            cursor = self.edit.textCursor()
            cursor.setPosition(_place(self.edit.toPlainText(), one.start))
            self.edit.setTextCursor(cursor)
            self.edit.ensureCursorVisible()

    def _on_cursor_moved(self) -> None:
        if not self.edit.hasFocus():
            return
        one = self.edit.figure_at(self.edit.textCursor().position())
        if one is not None and one in self.model.rows:
            row = self.model.rows.index(one)
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))


def _place(text: str, at: int) -> int:
    """Where Qt counts that place: it counts a character beyond U+FFFF as two."""
    return at + sum(ord(letter) > 0xFFFF for letter in text[:at])
