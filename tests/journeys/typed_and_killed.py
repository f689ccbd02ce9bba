"""A program of its own that types into the entry form and stays until it is killed:
``python -m tests.journeys.typed_and_killed STORE``. See ``test_draft_after_a_kill``."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from ipfinance.app import App
from ipfinance.start import make_application
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.typing_in import Key, chinese, keys, press


def main(path: Path) -> int:
    """Open the window over a store, type the beginning of a registration, and wait."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = str(path.parent / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = make_application()
    window = App(application, today=lambda: make.TODAY).open(path)
    window.activateWindow()
    window.new_registration()
    page = window.page("entry")
    assert isinstance(page, EntryPage)
    while not page.form.single.kind.hasFocus():
        application.processEvents()
    press(Key.Key_Down)
    press(Key.Key_Return)
    keys("Y2019330000123")
    press(Key.Key_Return)
    keys("20190305")
    press(Key.Key_Return)
    chinese("示例甲精密机械有限公司")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
