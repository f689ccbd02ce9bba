"""Buttons of the few kinds there are, and buttons that belong to an action."""

from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from ipfinance.ui.icons import GAP, SIZE, IconRole, put_icon
from ipfinance.ui.widgets.label import set_state


class Kind(StrEnum):
    """How much a button asks to be pressed; one PRIMARY a page."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"  # words only, like a link
    ICON = "icon"  # a picture only: give it a name for those who cannot see it


_ICON_ROLES = {
    Kind.PRIMARY: IconRole.ON_ACCENT,
    Kind.DANGER: IconRole.ON_ACCENT,
    Kind.QUIET: IconRole.ACCENT,
}


def button(
    text: str,
    icon: str = "",
    kind: Kind = Kind.PLAIN,
    *,
    name: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button; `name` is its objectName. Of kind ICON, `text` is its tooltip and spoken name."""
    made = QPushButton(parent)
    _wear(made, text, icon, kind, tip)
    if name:
        made.setObjectName(name)
    # In a dialog Enter presses the default button only, not whichever was focused last.
    made.setAutoDefault(False)
    return made


class ActionButton(QPushButton):
    """A button that is its action: same words, icon, state and tooltip, kept alike."""

    def __init__(
        self, action: QAction, kind: Kind = Kind.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._kind = kind
        self._shown = True
        self.setAutoDefault(False)
        self.setObjectName(f"button_{action.objectName()}")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        action = self._action
        icon = action.property("iconName") or ""
        _wear(self, action.iconText(), icon, self._kind, action.toolTip())
        self.setEnabled(action.isEnabled())
        if action.isVisible() != self._shown:
            self._shown = action.isVisible()
            self.setVisible(self._shown)
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())


def _wear(target: QPushButton, text: str, icon: str, kind: Kind, tip: str) -> None:
    gap = 0 if kind is Kind.ICON else GAP
    if kind is Kind.ICON:
        target.setAccessibleName(text)
        target.setToolTip(tip or text)
    else:
        target.setText(text)
        target.setToolTip(tip)
    if icon:
        put_icon(target, icon, _ICON_ROLES.get(kind, IconRole.SOFT), gap)
        target.setIconSize(QSize(SIZE + gap, SIZE))
    set_state(target, "kind", str(kind))
