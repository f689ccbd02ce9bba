"""Go through every door of the window and say what looks wrong:
``python -m tests.ui.windows_walked FULL_STORE``, enlarged by ``QT_SCALE_FACTOR``."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QDialog, QWidget

from ipfinance.app import App, make_application
from ipfinance.ui.main_window import MainWindow
from tests.ui import looks
from tools.doors import DOORS, LEDGERS, TODAY, FilesTalk, visit

Check = Callable[[QWidget], Iterator[str]]
# Colours, names and focus are the same at every size.
LAYOUT: tuple[Check, ...] = (looks.clipped, looks.misplaced)
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
        if door.needs_data and not full:
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


def main(store: Path) -> int:
    """Walk in a window of the least size and print what was found."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = str(store.parent / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = make_application()
    window = App(application, today=lambda: TODAY).open(store)
    window.desk.talk = FilesTalk(window, LEDGERS / "gbk.csv")
    window.resize(1280, 720)
    found = walk(window, full=True, checks=LAYOUT)
    window.retire()
    sys.stdout.write("".join(f"{one}\n" for one in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
