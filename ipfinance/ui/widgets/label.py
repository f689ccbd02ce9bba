"""Labels that take their looks from the style sheet."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ipfinance.ui import icons
from ipfinance.ui.icons import IconRole


def label(text: str = "", look: str = "", parent: QWidget | None = None) -> QLabel:
    """Plain text in a look of the style sheet: title, subtitle, cardtitle, label, hint, soft,
    strong or figure."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        made.setProperty("look", look)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room, and says the rest in its tooltip."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if look:
            self.setProperty("look", look)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        tip = self.text() if shown != self.text() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), shown)


class Picture(QLabel):
    """An icon that stands alone and follows the theme."""

    def __init__(self, name: str, role: IconRole, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.set_icon(name, role)

    def set_icon(self, name: str, role: IconRole) -> None:
        self._name, self._role = name, role
        self.setPixmap(icons.pixmap(name, role, self._size))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setPixmap(icons.pixmap(self._name, self._role, self._size))


def own_viewport(area: QAbstractScrollArea) -> QWidget:
    """Give a scroll area a viewport that Python knows.

    Asked for one that Qt made, PySide first loads every kind of widget there is: 15 ms at start.
    """
    made = QWidget()
    area.setViewport(made)
    return made


def hairline(parent: QWidget | None = None) -> QFrame:
    """A line of one pixel between two parts of a card."""
    made = QFrame(parent)
    made.setObjectName("hairline")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def repolish(widget: QWidget) -> None:
    """Make the style sheet look again after a property has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks for, and let it look again if it is new."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Before it is shown the sheet has not looked at all: most of the cost of a form.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            repolish(widget)
