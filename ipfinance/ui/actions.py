"""Every action once: id, words, keys, icon and slot; menus, toolbar and buttons share it."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from ipfinance.language import tr
from ipfinance.ui.icons import draw_icon, name_icon

SEPARATOR = "-"


class ActionSpec(NamedTuple):
    """One thing that can be done; `slot` names the method of the window that does it."""

    id: str
    text: str  # as the menu says it: "导入台账(&I)…"
    slot: str
    keys: str = ""  # portable: "Ctrl+N"; several with ", " between
    icon: str = ""
    tip: str = ""  # one sentence; the keys are added
    short: str = ""  # as a button says it, when other words are wanted
    checkable: bool = False


class MenuSpec(NamedTuple):
    """One menu of the menu bar: ids of actions, and `SEPARATOR`s."""

    title: str
    items: tuple[str, ...]


def build_actions(
    window: QMainWindow, specs: Iterable[ActionSpec], receiver: QObject | None = None
) -> dict[str, QAction]:
    """Make the actions on the window, by id; slots are methods of `receiver`, else the window."""
    actions: dict[str, QAction] = {}
    for spec in specs:
        if spec.id in actions:
            raise ValueError(f"two actions are called {spec.id}")
        action = QAction(spec.text, window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setIconText(spec.short or plain(spec.text))
        keys = [QKeySequence(part) for part in spec.keys.split(", ") if part]
        if keys:
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(_tip(action, spec.tip))
        action.setStatusTip(spec.tip)
        if spec.icon:
            name_icon(action, spec.icon)
        # A bound method: a lambda over the window would keep it alive for ever.
        action.triggered.connect(getattr(receiver or window, spec.slot))
        window.addAction(action)  # so that its keys work even if no menu shows it
        actions[spec.id] = action
    return actions


def build_menus(window: QMainWindow, menus: Iterable[MenuSpec]) -> dict[str, QMenu]:
    """Put the menus into the menu bar, by title; still to be filled."""
    made = {spec.title: _Menu(spec.title, window) for spec in menus}
    bar = window.menuBar()
    for menu in made.values():
        bar.addMenu(menu)
    return dict(made)


def fill_menus(
    menus: Mapping[str, QMenu], specs: Iterable[MenuSpec], actions: Mapping[str, QAction]
) -> None:
    """Put the actions into the menus of `build_menus`."""
    for spec in specs:
        menu = menus[spec.title]
        for item in spec.items:
            if item == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(actions[item])


class _Menu(QMenu):
    """Draws the icons of its actions as it opens: all of them at start would cost 15 ms."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setToolTipsVisible(False)
        self.aboutToShow.connect(self._draw_icons)

    def _draw_icons(self) -> None:
        for action in self.actions():
            draw_icon(action)


def plain(text: str) -> str:
    """An action's words without the mnemonic and the dots: 导入台账(&I)… → 导入台账.

    Qt's own way would leave the bracket standing.
    """
    return re.sub(r"\(&\w\)|&|…|\.\.\.", "", text)


def _tip(action: QAction, words: str) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    said = words or action.iconText()
    return tr("{words}（{keys}）", words=said, keys=keys) if keys else said
