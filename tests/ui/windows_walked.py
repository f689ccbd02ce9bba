"""Go through every door of the window and say what looks wrong."""

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QWidget

from ipfinance.ui.main_window import MainWindow
from tests.ui import looks
from tools.doors import DOORS, visit

Check = Callable[[QWidget], Iterator[str]]
# Colours, names and focus are the same at every size.
LAYOUT: tuple[Check, ...] = (looks.clipped, looks.misplaced, looks.too_large)
ALL: tuple[Check, ...] = (
    *LAYOUT,
    looks.nameless,
    looks.unannounced,
    looks.faint,
    looks.unfocused,
)


def walk(
    window: MainWindow, full: bool, checks: tuple[Check, ...], met: set[type] | None = None
) -> list[str]:
    """One sentence per fault, the door in front; each fault once, at the first door it is seen.

    `met` takes the kinds of dialogs that were met.
    """
    found: dict[str, str] = {}
    left: list[tuple[str, QWidget]] = []
    for door in DOORS:
        if door.only_drawn or (door.needs_data and not full):
            continue

        def look(seen: QWidget, name: str = door.name) -> None:
            if isinstance(seen, QDialog):
                left.append((name, seen))
                if met is not None:
                    met.add(type(seen))
            for check in checks:
                for fault in check(seen):
                    found.setdefault(fault, name)

        visit(window, door, look)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = [f"{name}: not freed on close" for name, one in left if shiboken6.isValid(one)]
    return [f"{name}: {fault}" for fault, name in found.items()] + kept
