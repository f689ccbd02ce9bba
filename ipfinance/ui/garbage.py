"""Garbage is collected in the window's thread only, and without looking through the program.

Python collects cycles in whichever thread happens to allocate. A Qt object destroyed that way in
the worker leaves its timers behind, which later fire into freed memory and end the program.

What a full collection looks through is nearly all modules, functions and classes, which stay as
long as the program: it would hold up the window for a tenth of a second each time, to find what
is a few thousand objects. So what stands with the first page is left out of it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


def spare_what_stands() -> None:
    """Leave what there is now out of every collection, until a window goes."""
    if GarbageCollection.gone:
        gc.collect()  # what stood in the window before must not be spared too
    gc.freeze()


class GarbageCollection(QObject):
    """Takes collecting from Python for as long as a worker lives, and does it here."""

    gone = 0  # how many have given back
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
        gc.unfreeze()  # what stood may go now
        GarbageCollection.gone += 1
        GarbageCollection._living -= 1
        if not GarbageCollection._living:
            gc.enable()

    def _on_timeout(self) -> None:
        # The generation that Python would take: the oldest whose turn has come.
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
