"""What a picture would show to be wrong, found by asking the controls themselves.

Each check takes what is seen, a page's window or a dialog, and gives one sentence per fault.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from ipfinance.ui.colours import contrast
from ipfinance.ui.widgets.dialog_place import LEAST
from ipfinance.ui.widgets.label import ElidedLabel

LEAST_CONTRAST = 4.5
_ENLARGED = 3  # strokes of small text reach their full colour only when they are drawn larger
_INSIDE = (QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLineEdit, QScrollBar, QSplitter)


def clipped(seen: QWidget) -> Iterator[str]:
    """Words that have less room than they need, where nothing says the rest."""
    for one in _visible(seen):
        if isinstance(one, QLabel) and not isinstance(one, ElidedLabel):
            yield from _clipped_label(one)
        elif isinstance(one, (QPushButton, QCheckBox, QRadioButton)):
            if one.text() and one.width() < one.sizeHint().width():
                yield f"clipped: {_called(one)} {one.width()} < {one.sizeHint().width()}"
        elif isinstance(one, QComboBox):
            room = _edit_room(one)
            needed = one.fontMetrics().horizontalAdvance(one.currentText())
            if needed > room and not one.toolTip():
                yield f"clipped: {_called(one)} {room} < {needed}"
        elif isinstance(one, QTabBar):
            needed = one.sizeHint().width()
            if one.width() < needed:
                yield f"clipped: {_called(one)} {one.width()} < {needed}"
        elif isinstance(one, QLineEdit) and one.placeholderText() and not one.text():
            margins = one.textMargins()
            option = 2 * 11 + margins.left() + margins.right()
            needed = one.fontMetrics().horizontalAdvance(one.placeholderText())
            if one.width() - option < needed and not one.toolTip():
                yield f"clipped: {_called(one)} {one.width() - option} < {needed}"


def _clipped_label(one: QLabel) -> Iterator[str]:
    if not one.text() or not one.pixmap().isNull():
        return
    room = one.size()
    if one.wordWrap():
        needed = one.heightForWidth(room.width())
        if room.height() < needed:
            yield f"clipped: {_called(one)} is {room.height()} high, needs {needed}"
        return
    hint = one.sizeHint()
    if room.width() < hint.width() and not one.toolTip():
        yield f"clipped: {_called(one)} {room.width()} < {hint.width()}"


def _edit_room(combo: QComboBox) -> int:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    return (
        combo.style()
        .subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            combo,
        )
        .width()
    )


def misplaced(seen: QWidget) -> Iterator[str]:
    """Controls over each other, or partly outside the one that holds them."""
    for parent in (seen, *_visible(seen)):
        if isinstance(parent, (*_INSIDE, QStackedWidget)):
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisible()
            and not child.isWindow()
            # What lets the mouse through is drawn over others on purpose.
            and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ]
        scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea)
        for child in children:
            place = child.geometry()
            if scrolls:  # up and down it may be out of sight
                place = QRect(place.x(), 0, place.width(), 1)
            if not parent.rect().contains(place):
                yield f"outside: {_called(child)} {_told(child.geometry())} in {_called(parent)}"
        for one, other in combinations(children, 2):
            if one.geometry().intersects(other.geometry()):
                yield f"overlapping: {_called(one)} and {_called(other)} in {_called(parent)}"


def too_large(seen: QWidget) -> Iterator[str]:
    """A window for which there is no room on its screen, as small as one may be."""
    if isinstance(seen, QMainWindow):  # is made as large as the test wants it
        return
    size, room = seen.window().size(), seen.screen().availableGeometry().size()
    if size.boundedTo(room.expandedTo(LEAST)) != size:
        yield f"too large: {_called(seen)} {size.width()}×{size.height()}"


def nameless(seen: QWidget) -> Iterator[str]:
    """What takes the focus and would be announced as nothing."""
    for one in _visible(seen):
        if _takes_focus(one) and not _spoken(one, QAccessible.Text.Name):
            yield f"nameless: {_called(one)} in {_called(one.parentWidget())}"


def unannounced(seen: QWidget) -> Iterator[str]:
    """What is marked as wrong without saying why."""
    for one in _visible(seen):
        if one.property("state") != "fault" or isinstance(one, QLabel):
            continue
        if not _spoken(one, QAccessible.Text.Description):
            yield f"unannounced: {_called(one)}"


def faint(seen: QWidget) -> Iterator[str]:
    """Words too close in colour to what they stand on, as drawn; disabled ones are exempt."""
    for one in _visible(seen):
        if not one.isEnabled() or not _says_something(one):
            continue
        if one.visibleRegion().boundingRect() != one.rect():
            continue  # scrolled out of sight, or half of it
        text, ground = _text_and_ground(_enlarged(seen, one))
        measured = contrast(text, ground)
        if measured < LEAST_CONTRAST:
            yield f"faint: {_called(one)} {text} on {ground}: {measured:.2f}"


def unfocused(seen: QWidget) -> Iterator[str]:
    """What looks the same with and without the focus; one of each kind is tried."""
    tried: set[tuple[type, object, object]] = set()
    before = seen.window().focusWidget()
    for one in _visible(seen):
        kind = (type(one), one.property("kind"), one.property("state"))
        by_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if kind in tried or not by_tab or not _takes_focus(one) or not one.isEnabled():
            continue
        if isinstance(one, QAbstractScrollArea) and one.focusProxy() is not None:
            continue
        tried.add(kind)
        seen.setFocus()
        if before is not None:
            before.clearFocus()
        without = _drawn(one)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.hasFocus() and _drawn(one) == without:
            yield f"focus not seen: {_called(one)}"
    if before is not None:
        before.setFocus()


# -- inside --------------------------------------------------------------------------------


def _visible(seen: QWidget) -> Iterator[QWidget]:
    for one in seen.findChildren(QWidget):
        if (
            one.isVisibleTo(seen)
            and one.window() is seen.window()
            and not isinstance(one, QMenu)
            and not one.objectName().startswith("qt_")
        ):
            yield one


def _takes_focus(one: QWidget) -> bool:
    return one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None


def _says_something(one: QWidget) -> bool:
    if isinstance(one, QLabel):
        return bool(one.text().strip()) and one.pixmap().isNull()
    return isinstance(one, QAbstractButton) and bool(one.text())


def _spoken(one: QWidget, what: QAccessible.Text) -> str:
    return QAccessible.queryAccessibleInterface(one).text(what)


def _enlarged(seen: QWidget, one: QWidget) -> QImage:
    place = QRect(one.mapTo(seen, QPoint(0, 0)), one.size())
    picture = QImage(place.size() * _ENLARGED, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(_ENLARGED)
    seen.render(picture, QPoint(0, 0), place)
    return picture


def _drawn(one: QWidget) -> QImage:
    return one.grab().toImage()


def _text_and_ground(picture: QImage) -> tuple[str, str]:
    """The commonest colour, which is the ground, and the darkest or brightest on it."""
    values = np.frombuffer(picture.constBits(), np.uint32) & 0xFFFFFF
    colours, counts = np.unique(values, return_counts=True)
    ground = f"#{int(colours[counts.argmax()]):06X}"
    often = colours[counts >= max(2, len(values) // 20_000)]
    bright = sum(weight * (often >> shift & 0xFF) for weight, shift in ((3, 16), (6, 8), (1, 0)))
    ends = (f"#{int(often[at]):06X}" for at in (np.argmin(bright), np.argmax(bright)))
    return max(ends, key=lambda one: contrast(one, ground)), ground


def _called(one: QWidget | None) -> str:
    if one is None:
        return "nothing"
    words = getattr(one, "text", lambda: "")() if isinstance(one, (QLabel, QAbstractButton)) else ""
    return f"{type(one).__name__} {one.objectName()!r} {words[:40]!r}"


def _told(place: QRect) -> str:
    return f"{place.x()},{place.y()} {place.width()}×{place.height()}"
