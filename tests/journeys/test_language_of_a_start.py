"""The language is chosen in the menu of one start and spoken by the next, Qt's words included."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from ipfinance.start import make_application, run

folder, chosen = Path(sys.argv[1]), sys.argv[2]
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))

def look():
    from ipfinance.ui.widgets.date_edit import DateEdit
    window = next(one for one in application.topLevelWidgets() if hasattr(one, "actions_by_id"))
    page = window.page("ledger")
    ok = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    seen = {
        "menus": [one.text() for one in window.menuBar().actions()],
        "undo": window.actions_by_id["undo"].text(),
        "import": page.findChild(QPushButton, "ledger_import").text(),
        "date": DateEdit().placeholderText(),
        "Qt": [one.text() for one in ok.buttons()],
    }
    if chosen:
        window.actions_by_id[chosen].trigger()
        seen["banner"] = window.page("overview").banner.text
    print(json.dumps(seen))
    sys.stdout.flush()
    window.close()

application = make_application()
QTimer.singleShot(0, look)
sys.exit(run(folder / "kept.db"))
"""


def started(folder: Path, chosen: str = "") -> dict[str, object]:
    """What a window says that is started over a folder of its own; `chosen`: the action done."""
    ran = subprocess.run(
        [sys.executable, "-c", _START, folder, chosen],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(folder),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, object] = json.loads(ran.stdout)
    return said


def test_that_the_language_chosen_is_spoken_from_the_next_start(tmp_path: Path) -> None:
    chinese = {
        "menus": ["文件(&F)", "编辑(&E)", "查看(&V)", "设置(&S)", "帮助(&H)"],
        "undo": "撤销(&U)",
        "import": "导入",
        "date": "年-月-日",
        "Qt": ["取消"],
    }
    english = {
        "menus": ["&File", "&Edit", "&View", "&Settings", "&Help"],
        "undo": "&Undo",
        "import": "Import",
        "date": "YYYY-MM-DD",
        "Qt": ["Cancel"],
    }
    told = "下次启动程序时，界面改用「English」。"
    assert started(tmp_path, "language_en") == chinese | {"banner": told}
    told = "From the next start the window will be in 中文."
    assert started(tmp_path, "language_zh") == english | {"banner": told}
    assert started(tmp_path) == chinese
