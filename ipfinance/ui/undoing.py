"""Undo and redo: what the menu says of them, and the steps themselves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import FACTS, PLEDGES, Desk


class Undoing(QObject):
    """Keeps the two actions true to the history; `stepped` gives the sentence of what was done."""

    stepped = Signal(str)

    def __init__(self, desk: Desk, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._undo, self._redo = desk, undo, redo

    def refresh(self) -> None:
        """Say in the menu what would be undone and done again."""
        for action, words, of_act, act in (
            (self._undo, tr("撤销(&U)"), tr("撤销(&U)：{act}"), history.undoable(self._desk.store)),
            (self._redo, tr("重做(&R)"), tr("重做(&R)：{act}"), history.redoable(self._desk.store)),
        ):
            action.setEnabled(act is not None)
            # Else & in the name of a file would mark a key.
            action.setText(of_act.format(act=act.said.replace("&", "&&")) if act else words)

    def undo(self) -> None:
        """Take back the newest act and say which it was."""
        self._step(history.undo, tr("正在撤销"), tr("已撤销：{act}"))

    def redo(self) -> None:
        """Do again the act that was taken back last."""
        self._step(history.redo, tr("正在重做"), tr("已重做：{act}"))

    def _step(self, step: Callable[[Store], history.Act], doing: str, done_words: str) -> None:
        def work(store: Store, _: Progress) -> history.Act:
            return step(store)

        def done(act: history.Act) -> None:
            self._desk.changes.tell(PLEDGES, FACTS)
            self.stepped.emit(done_words.format(act=act.said))

        self._desk.work(work, done, title=doing, owner=self)
