"""Garbage is collected in the window's thread only.

Python collects cycles in whichever thread happens to allocate. A Qt object destroyed that way in
the worker leaves its timers behind, which later fire into freed memory and end the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class GarbageCollection(QObject):
    """Takes collecting from Python for as long as a worker lives, and does it here."""

    _living = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        GarbageCollection._living += 1
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def give_back(self) -> None:
        """Let Python collect again, once the last worker has ended."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        GarbageCollection._living -= 1
        if not GarbageCollection._living:
            gc.enable()

    def _on_timeout(self) -> None:
        # The generation that Python would take: the oldest whose turn has come.
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
