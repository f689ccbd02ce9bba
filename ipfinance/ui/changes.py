"""Tells every page what was written, so that pages refresh themselves and not each other."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """One per window: whoever wrote says what, whoever shows it listens.

    The subject is a word that writer and readers agree on, e.g. ``"pledges"``.
    """

    written = Signal(str)

    def tell(self, *subjects: str) -> None:
        """Say that these subjects were written, each once."""
        for subject in dict.fromkeys(subjects):
            self.written.emit(subject)
