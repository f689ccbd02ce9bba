"""Draw every page and dialog of the real window: ``python -m tools.pictures [FOLDER [SET]]``.

A few go into ``docs/pictures`` for the README, all of them into ``build/pictures`` to be looked
at: wide and narrow, light and dark, full and empty, enlarged, and in English. The store is
filled with demonstration data of a fixed seed, so the pictures change only when the program does.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from ipfinance.language import Language, choose
from ipfinance.start import make_application

if TYPE_CHECKING:
    from tools.doors import Door

ALL = Path("build/pictures")
SHOWN = Path("docs/pictures")
# Tells the process that has the screen of its set to draw, not to start another.
_DRAW = "now"
# What the README shows, each of the set that it names.
_SHOWN = {
    "full-1366": ("overview", "entry", "ledger", "to_do", "import", "statistics", "charts",
                  "sentences", "references", "enterprises"),
    "dark-1366": ("charts",),
    "english-1366": ("overview",),
}  # fmt: skip


@dataclass(frozen=True)
class Set:
    """One way to look at all doors; ``scale`` is what the desktop enlarges by."""

    name: str
    size: tuple[int, int]
    dark: bool = False
    empty: bool = False
    scale: str = "1"
    language: Language = Language.CHINESE


SETS = (
    Set("full-1366", (1366, 768)),
    Set("full-1920", (1920, 1080)),
    Set("dark-1366", (1366, 768), dark=True),
    Set("empty-1366", (1366, 768), empty=True),
    Set("full-1280-150", (1280, 720), scale="1.5"),
    Set("full-1280-200", (1280, 720), scale="2"),
    Set("english-1366", (1366, 768), language=Language.ENGLISH),
    Set("english-dark-1920", (1920, 1080), dark=True, language=Language.ENGLISH),
    Set("english-empty-1366", (1366, 768), empty=True, language=Language.ENGLISH),
    Set("english-1280-150", (1280, 720), scale="1.5", language=Language.ENGLISH),
)


def main(folder: Path, sets: Iterable[Set] = SETS) -> None:
    """Draw sets, each in a process of its own: screen, scale and language are chosen at a start."""
    for one in sets:
        command = (sys.executable, "-m", "tools.pictures", str(folder), one.name, _DRAW)
        with tempfile.TemporaryDirectory() as scratch:
            screen = on_screen(Path(scratch), one.size, one.scale)
            subprocess.run(command, env={**os.environ, **screen}, check=True)


def on_screen(folder: Path, size: tuple[int, int], scale: str) -> dict[str, str]:
    """The environment of a program that has a screen so large, in its own enlarged pixels."""
    width, height = (round(float(scale) * length) for length in size)
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [{"name": "1", "width": width, "height": height}]}))
    return {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}


def draw(one: Set, folder: Path) -> None:
    """Draw one set into a folder of its name, and those that are shown into the other."""
    choose(one.language)
    # These speak as they are imported.
    from ipfinance.app import App
    from ipfinance.db.connection import open_store
    from ipfinance.demonstration import USUAL_SIZE
    from ipfinance.ui.theme import Choice, Theme
    from tools.doors import DOORS, LEDGERS, TODAY, FilesTalk, furnish, visit

    target = folder / one.name
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        settings = str(Path(scratch) / "settings")
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
        store = Path(scratch) / "示例.db"
        with open_store(store, "示例") as made:
            if not one.empty:
                furnish(made, TODAY, USUAL_SIZE)
        application = make_application()
        window = App(application, today=lambda: TODAY).open(store)
        window.desk.talk = FilesTalk(window, LEDGERS / "gbk.csv")
        window.resize(*one.size)
        theme = application.findChild(Theme)
        assert theme is not None
        theme.choose(Choice.DARK if one.dark else Choice.LIGHT)
        for door in DOORS:
            if not (door.needs_data and one.empty):
                visit(window, door, partial(_draw, one, door, target))
        window.retire()


def _draw(one: Set, door: "Door", target: Path, seen: QWidget) -> None:
    name = f"{door.name}.png"
    picture = seen.grab()
    picture.save(str(target / name))
    if door.name in _SHOWN.get(one.name, ()):
        SHOWN.mkdir(parents=True, exist_ok=True)
        english = "-english" if one.language is Language.ENGLISH else ""
        picture.save(str(SHOWN / f"{door.name}{english}{'-dark' if one.dark else ''}.png"))


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ALL
    chosen = [one for one in SETS if one.name == sys.argv[2]] if len(sys.argv) > 2 else SETS
    if sys.argv[3:] == [_DRAW]:
        draw(chosen[0], where)
    else:
        main(where, chosen)
