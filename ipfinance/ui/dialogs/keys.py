"""All shortcut keys in one list (F1), by where they work."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.actions import ActionSpec, plain
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label

# What is pressed and what it does; several keys have ", " between.
Key = tuple[str, str]
# Keys of pages, dialogs and fields, which are no actions of the window. A test finds every
# shortcut of every page and dialog in here.
OF_PLACES: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        tr("登记录入"),
        (
            ("Return", tr("下一个字段")),
            ("Ctrl+S", tr("保存")),
            ("Ctrl+Return", tr("保存，并新增下一笔")),
            ("Esc", tr("取消")),
            ("Alt+P", tr("固定或放开日期、设区市、质权人")),
            ("Shift+F1", tr("说明所在的字段")),
        ),
    ),
    (
        tr("字段"),
        (
            ("Down", tr("列出可选的名称")),
            ("F4, Alt+Down", tr("打开日历、期间或列表")),
        ),
    ),
    (
        tr("表格和台账"),
        (
            ("Return", tr("打开所选")),
            ("F2", tr("更正所选的登记")),
            ("Del", tr("删除所选")),
            ("Ctrl+C", tr("复制所选")),
            ("Ctrl+Shift+C", tr("复制所选，含表头")),
            ("Ctrl+A", tr("全选")),
        ),
    ),
    (
        tr("图表"),
        (
            ("Left, Right", tr("上一个、下一个设区市")),
            ("Up, Down", tr("上一个、下一个指标")),
            ("Return", tr("打开数字背后的登记")),
        ),
    ),
    (
        tr("期间"),
        (
            ("Up, Down", tr("后一期、前一期")),
            ("PgUp, PgDown", tr("后一年、前一年")),
        ),
    ),
    (
        tr("对话框"),
        (
            ("Ctrl+Return", tr("导入、执行公告、核对文字")),
            ("Ins", tr("导入时收入所选，登记号待核")),
            ("Esc", tr("关闭")),
        ),
    ),
)
# As they stand on the keys, and in every other sentence of the window; Qt says Return and 下方向.
_ENGRAVED = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


class KeysDialog(QDialog):
    """Lists what each key does, a heading over each group, in three columns."""

    def __init__(self, specs: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keys_dialog")
        self.setWindowTitle(tr("快捷键"))
        everywhere = [(spec.keys, plain(spec.text)) for spec in specs if spec.keys]
        half = (len(everywhere) + 1) // 2
        columns = QHBoxLayout()
        columns.setSpacing(28)  # in English it is as wide as the smallest screen
        for groups in (
            ((tr("任何地方"), everywhere[:half]),),
            (("", everywhere[half:]), *OF_PLACES[4:]),
            OF_PLACES[:2] + OF_PLACES[3:4],
            OF_PLACES[2:3],
        ):
            columns.addLayout(_column(groups))
        close = button(tr("关闭"), kind=Kind.PRIMARY, name="close")
        close.clicked.connect(self.close)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(24, 20, 24, 20)
        column_layout.setSpacing(16)
        column_layout.addWidget(label(tr("快捷键"), "title"))
        column_layout.addLayout(columns)
        column_layout.addLayout(foot)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


def _column(groups: Iterable[tuple[str, Sequence[Key]]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    for heading, keys in groups:
        row = grid.rowCount()
        title = label(heading, "cardtitle")
        title.setContentsMargins(0, 10 if row > 1 else 0, 0, 0)
        grid.addWidget(title, row, 0, 1, 2)
        for at, (pressed, words) in enumerate(keys, row + 1):
            grid.addWidget(label(words), at, 0)
            shown = label(native(pressed), "soft")
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(shown, at, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def native(keys: str) -> str:
    """Keys as this machine writes them: "F4, Alt+Down" → "F4 或 Alt+↓"."""
    form = QKeySequence.SequenceFormat.NativeText
    shown = []
    for key in keys.split(", "):
        words, last = QKeySequence(key).toString(form), key.rpartition("+")[2]
        if last in _ENGRAVED:
            words = words.removesuffix(QKeySequence(last).toString(form)) + _ENGRAVED[last]
        shown.append(words)
    return tr(" 或 ").join(shown)
