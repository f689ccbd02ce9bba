"""The bar at the foot of the entry form: its three acts with their keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ipfinance.language import tr
from ipfinance.ui.icons import put_icon
from ipfinance.ui.widgets.button import ActionButton, Kind
from ipfinance.ui.widgets.page import StickyBar

_KEYS = tr("Ctrl+S 保存\u3000Ctrl+Enter 保存并新增\u3000Enter 下一项\u3000Alt+P 固定\u3000Esc 取消")


class EntryBar(StickyBar):
    """The keys work wherever the cursor is on `page`; Escape is the page's own, because open
    lists and calendars want it first."""

    def __init__(self, page: QWidget) -> None:
        self.cancel = _action(page, "cancel", tr("取消"), tr("放弃没有保存的内容（Esc）"))
        self.save_and_new = _action(
            page,
            "save_and_new",
            tr("保存并新增"),
            tr("保存，保留类型和固定的日期、设区市、质权人，接着录下一笔（Ctrl+Enter）"),
            "Ctrl+Return",
            "Ctrl+Enter",
        )
        self.save = _action(page, "save", tr("保存"), tr("保存这笔登记（Ctrl+S）"), "Ctrl+S")
        put_icon(self.save, "check")
        tip = tr("录下一笔时保留光标所在的日期、设区市或质权人（Alt+P）")
        self.pin = _action(page, "pin", tr("固定"), tip, "Alt+P")
        super().__init__(
            _KEYS,
            ActionButton(self.cancel),
            ActionButton(self.save_and_new),
            ActionButton(self.save, Kind.PRIMARY),
        )


def _action(page: QWidget, name: str, text: str, tip: str, *keys: str) -> QAction:
    action = QAction(text, page)
    action.setObjectName(name)
    action.setToolTip(tip)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    page.addAction(action)
    return action
