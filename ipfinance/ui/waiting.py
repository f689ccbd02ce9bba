"""Counts what is to be done while another page is in sight, for the number beside 待办."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ipfinance.db.connection import Store
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk

_AFTER_MS = 800  # several writes one after another are counted once


class Waiting(QObject):
    """`ask` counts in the worker, a moment later; `counted` tells."""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._on_timeout)

    def ask(self) -> None:
        """Count once nothing more has been written for a moment."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more: somebody else tells, or the store is being closed."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        if self._desk.jobs.closed:  # the window is going
            return
        work = partial(_counted, self._desk.today())
        self._desk.work(work, self.counted.emit, owner=self, replaces="waiting")


def _counted(today: date, store: Store, _: Progress) -> int:
    from ipfinance.db.findings import findings  # not needed before the window stands

    return sum(map(len, findings(store, today).values()))
