"""What the tour says, at the foot of the window: out of the way, and never in between."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.language import sentences, tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import label


class TourBar(QFrame):
    """`moved` gives 1 for onward and -1 for back."""

    moved = Signal(int)
    ended = Signal()
    demo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self._title, self._count = label("", "cardtitle"), label("", "label")
        self._words = label("", "soft")
        self._words.setWordWrap(True)
        # Two lines at the least width of a window, so that the pages above do not jump.
        self._words.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing())
        self._demo = button(tr("填入演示数据"), name="tour_demo")
        self._demo.clicked.connect(self.demo_asked)
        self._back = button(tr("上一步"), name="tour_back")
        self._back.clicked.connect(self._on_back)
        self._on = button(tr("下一步"), kind=Kind.PRIMARY, name="tour_on")
        self._on.clicked.connect(self._on_onward)
        self._end = button(tr("结束导览"), kind=Kind.QUIET, name="tour_end")
        self._end.clicked.connect(self.ended)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        for one in (self._end, self._demo, self._back, self._on):
            head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._words)

    def tell(self, at: int, count: int, title: str, words: str, *, may_fill: bool) -> None:
        """Say what stands at one of `count` stops; `at` counts from 0. `may_fill` offers made-up
        data, which only an empty store takes."""
        self._title.setText(title)
        self._count.setText(tr("第 {at} 步，共 {count} 步", at=at + 1, count=count))
        self._words.setText(words)
        self._back.setEnabled(at > 0)
        self._on.setText(tr("完成") if at + 1 == count else tr("下一步"))
        self._demo.setVisible(may_fill)
        self.setAccessibleName(sentences(tr("{title}。", title=title), words))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_back(self) -> None:
        self.moved.emit(-1)

    def _on_onward(self) -> None:
        self.moved.emit(1)
