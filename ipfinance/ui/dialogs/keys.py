"""All shortcut keys in one list (F1)."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.ui.actions import ActionSpec
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label

# Keys of the pages themselves, which are no actions of the window.
_OF_PAGES = (
    ("录入：保存", "Ctrl+S"),
    ("录入：保存并新增下一笔", "Ctrl+Return"),
    ("录入：下一个字段", "Return"),
    ("录入：固定或放开日期、设区市、质权人", "Alt+P"),
    ("表格：打开所选", "Return"),
    ("表格：复制所选", "Ctrl+C"),
    ("台账：更正所选", "F2"),
    ("台账：删除所选", "Del"),
)


class KeysDialog(QDialog):
    """Lists what each key does, in two columns."""

    def __init__(self, specs: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keys_dialog")
        self.setWindowTitle("快捷键")
        told = [(_plain(spec.text), spec.keys.split(", ")[0]) for spec in specs if spec.keys]
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        rows = [*told, *_OF_PAGES]
        half = (len(rows) + 1) // 2
        for index, (words, keys) in enumerate(rows):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            column, row = divmod(index, half)
            grid.addWidget(label(words), row, 3 * column)
            key = label(shown, "soft")
            key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(key, row, 3 * column + 1)
        grid.setColumnMinimumWidth(2, 16)
        close = button("关闭", kind=Kind.PRIMARY, name="close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(24, 20, 24, 20)
        column_layout.setSpacing(20)
        column_layout.addWidget(label("快捷键", "cardtitle"))
        column_layout.addLayout(grid)
        column_layout.addLayout(foot)


def _plain(text: str) -> str:
    """An action's words without the mnemonic and the dots: 导入台账(&I)… → 导入台账."""
    return text.partition("(&")[0].removesuffix("…")
