"""What all pages have in common: title, what it shows, buttons, content, a bar at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ipfinance.language import tr
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.label import ElidedLabel, label

SIDE, TOP = 24, 18  # margins


class Page(QWidget):
    """`body` takes the cards. A subclass fills itself in `refresh`, which reads and shows."""

    def __init__(self, title: str, parent: QWidget | None = None, *, scrolls: bool = False) -> None:
        """`scrolls`: the content is taller than the window, as a form is."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label(title, "title")
        self._subtitle = ElidedLabel("", "subtitle")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 0, SIDE, 0)
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addLayout(self._buttons)
        self.banner = Banner()
        above = QVBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 0)
        above.addWidget(self.banner)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, TOP, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addLayout(above)
        self.scroll_area: QScrollArea | None = None
        if scrolls:
            self.scroll_area = self._scrolling_body()
            self._column.addWidget(self.scroll_area, 1)
        else:
            self.body.setContentsMargins(SIDE, 0, SIDE, 16)
            self._column.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def refresh(self) -> None:
        """Read what the page shows and show it; called when it is entered and after changes."""

    @property
    def title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, text: str) -> None:
        """The period and the area that the page shows."""
        self._subtitle.setText(text)

    def add_button(self, button: QWidget) -> None:
        """One more at the right of the title; the primary one comes last."""
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def say_too_many_to_copy(self, count: int) -> None:
        """What a table says of itself by `too_many_to_copy`."""
        words = tr("选中了 {count:,} 条，太多而无法复制。请缩小选择范围。", count=count)
        self.banner.say(Tone.WARNING, words)

    def set_bar(self, bar: "StickyBar") -> None:
        """A bar at the foot that does not scroll away."""
        self._column.addWidget(bar)
        if self.scroll_area is None:
            self.body.setContentsMargins(SIDE, 0, SIDE, 12)

    def _scrolling_body(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("body")
        # Room for the bar is kept, so that nothing moves when it comes.
        self.body.setContentsMargins(SIDE, 0, SIDE - 12, 16)
        inside.setLayout(self.body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area


class StickyBar(QFrame):
    """Keys at the left, buttons at the right."""

    def __init__(self, hint: str = "", *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(55)
        self.hint = ElidedLabel(hint, "hint")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(SIDE, 1, SIDE, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.hint, 1)
        for one in buttons:
            self.row.addWidget(one)
