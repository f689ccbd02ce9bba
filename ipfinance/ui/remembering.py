"""Reads a long ledger into memory once it stands on screen, so that typing is answered at once."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipfinance.db.connection import Store
from ipfinance.db.reach import is_long
from ipfinance.progress import Progress

if TYPE_CHECKING:
    from ipfinance.db.ledger_memory import LedgerMemory
    from ipfinance.ui.desk import Desk


class Remembering(QObject):
    """`begin` reads in the worker, a part at a time, so that what is asked meanwhile gets in
    between; `done` tells that `desk.ledger` answers from memory, or that it could not be read and
    the store answers. Then it reads names for their order, as long as there are new ones."""

    done = Signal()

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = False

    def begin(self) -> bool:
        """Read what is not held yet, and say whether `done` will tell that it is; a short ledger
        is answered by the store."""
        memory = self._desk.ledger.memory
        if memory is not None and memory.is_whole:
            return False
        if not self._reading and not self._desk.jobs.closed and is_long(self._desk.store):
            self._reading = True
            self._read_on(memory)
        return self._reading

    def _read_on(self, memory: "LedgerMemory | None") -> None:
        work = partial(_read_next, memory, self._desk.today())
        self._desk.work(work, self._on_read, owner=self, failed=self._on_failed)

    def _on_read(self, memory: "LedgerMemory") -> None:
        self._desk.ledger.memory = memory
        if not memory.is_whole and not self._desk.jobs.closed:
            self._read_on(memory)
        else:
            self.done.emit()
            self._read_names(more=True)

    def _read_names(self, more: bool) -> None:
        """Nobody waits for these; whoever sorts by a name first would."""
        self._reading = more and not self._desk.jobs.closed
        if self._reading:
            self._desk.work(_some_names, self._read_names, owner=self, failed=self._on_failed)

    def _on_failed(self, _: BaseException) -> None:
        self._reading = False  # the store answers, and tells what is wrong with it
        self.done.emit()


def _some_names(store: Store, _: Progress) -> bool:
    from ipfinance.db.name_order import read_some_names

    return read_some_names(store)


def _read_next(
    memory: "LedgerMemory | None", today: date, store: Store, _: Progress
) -> "LedgerMemory":
    from ipfinance.db.ledger_memory import LedgerMemory  # numpy, not before the window stands

    memory = memory or LedgerMemory()
    memory.read_next(store, today)
    return memory
