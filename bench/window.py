"""From the start of the process to the first painted window, against a bare QMainWindow."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from bench import stores
from bench.measuring import Question, Run, Subject

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1366, 768)
window.installEventFilter(watch)
window.show()
application.exec()
"""
_OURS = """
import sys
from pathlib import Path
import ipfinance.app
from ipfinance.app import App
from ipfinance.start import make_application
from ipfinance.ui.main_window import MainWindow

class Watched(MainWindow):
    def show(self):
        {before}
        self.installEventFilter(watch)
        super().show()

ipfinance.app.MainWindow = Watched
application = make_application()
App(application).open(Path({path!r}))
application.exec()
"""
# Painted is what counts, so the process tells of it and ends; its memory is the peak until then.
_WATCH = """
from PySide6.QtCore import QEvent, QObject, QTimer
import resource

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self):
        print("painted", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
        import os
        os._exit(0)

watch = Watch()
"""


def questions(size: int) -> list[Question]:
    """The program's window on a store; Qt draws without a screen in both."""
    path = str(stores.demonstration(size))
    frame = _OURS.format(path=path, before="")
    page = _OURS.format(path=path, before="self.begin()")
    return [
        Question(
            "window",
            f"启动到第一个画出的窗口，{size:,} 笔",
            ours=Subject("ipfinance", partial(_process, frame), external=True),
            others=(Subject("bare QMainWindow", partial(_process, _BARE), external=True),),
            targets={"bare QMainWindow": 1.5},
            rounds=9,
        ),
        Question(
            "window_page",
            f"启动到带第一页画出的窗口，{size:,} 笔",
            ours=Subject("ipfinance", partial(_process, page), external=True),
            others=(Subject("bare QMainWindow", partial(_process, _BARE), external=True),),
            rounds=9,
        ),
    ]


@contextlib.contextmanager
def _process(code: str) -> Iterator[Run]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # An installed program is compiled once, not at every start, whatever is set here.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(stores.FOLDER / "bytecode")

    def run() -> float:
        """Runs until the window is painted; the megabytes the process took at most."""
        ran = subprocess.run(
            [sys.executable, "-c", _WATCH + code],
            cwd=stores.ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if not ran.stdout.startswith("painted"):
            raise RuntimeError(ran.stderr)
        return int(ran.stdout.split()[1]) / 1024

    yield run
