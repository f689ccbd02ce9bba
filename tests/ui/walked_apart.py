"""Go through every door in a program of its own and print what looks wrong:
``python -m tests.ui.walked_apart STORE LANGUAGE``, enlarged by ``QT_SCALE_FACTOR``.

Both the scale and the language are chosen once and for all as a program starts.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from ipfinance.language import Language, choose
from ipfinance.start import make_application


def main(store: Path, language: Language) -> int:
    """Walk in a window of the least size; in English everything is looked at, in Chinese what a
    scale may change."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = str(store.parent / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = make_application()
    choose(language)
    # These speak as they are imported.
    from ipfinance.app import App
    from ipfinance.db.reach import is_empty
    from tests.ui.chinese_said import ChineseSaid
    from tests.ui.windows_walked import ALL, LAYOUT, Check, walk
    from tools.doors import LEDGERS, TODAY, FilesTalk

    ledger = LEDGERS / "gbk.csv"
    window = App(application, today=lambda: TODAY).open(store)
    window.desk.talk = FilesTalk(window, ledger)
    window.resize(1280, 720)
    window.activateWindow()
    checks: tuple[Check, ...] = LAYOUT
    if language is Language.ENGLISH:
        checks = (*ALL, ChineseSaid(window.desk.store, ledger))
    found = walk(window, full=not is_empty(window.desk.store), checks=checks)
    window.retire()
    sys.stdout.write("".join(f"{one}\n" for one in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Language(sys.argv[2])))
