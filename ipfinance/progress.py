"""How a long job says how far it is, and learns that it should stop."""

from collections.abc import Callable
from threading import Event

from ipfinance.errors import Cancelled


class Progress:
    """One job's progress: the job calls `step`, whoever started it sets `on_step` or cancels.

    Without `on_step` it reports to nobody, so a caller that does not care passes ``Progress()``.
    """

    def __init__(self, on_step: Callable[[int, int, str], None] | None = None) -> None:
        self.on_step: Callable[[int, int, str], None] | None = on_step
        self._stop = Event()

    def step(self, done: int, total: int, words: str) -> None:
        """Report that `done` of `total` is finished (`total` 0: length unknown), doing `words`.

        Raises `Cancelled` once `cancel` was called.
        """
        if self._stop.is_set():
            raise Cancelled
        if self.on_step is not None:
            self.on_step(done, total, words)

    def cancel(self) -> None:
        """Make the next `step` raise `Cancelled`; safe to call from any thread."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._stop.is_set()
