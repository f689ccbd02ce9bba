"""What stands in the import's window while it reads or writes, and when it could not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.ui.icons import IconRole
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import Picture, label

_WIDTH = 420
_WIDEST = 760


class WorkStep(Card):
    """A picture, what is being done, how far it is; or what went wrong and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("work_step")
        self._picture = Picture("import", IconRole.ACCENT, 44)
        self._title = label("", "cardtitle")
        self._hint = label("", "soft")
        self._bar = QProgressBar()
        self._bar.setObjectName("import_progress")
        self._bar.setAccessibleName(tr("进度"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_WIDTH)
        self._words = label("", "hint")
        self.body.setSpacing(8)
        self.body.addStretch(10)
        self.body.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addSpacing(8)
        self.body.addLayout(self._wrapped(self._title, self._hint))
        self.body.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(12)

    def show_work(self, title: str, icon: str) -> None:
        """Begin: nothing is known yet of how long it takes."""
        self._picture.set_icon(icon, IconRole.ACCENT)
        self._say(title, "")
        self._bar.setRange(0, 0)
        self._words.setText(tr("准备中"))
        self._bar.show()
        self._words.show()

    def show_progress(self, done: int, total: int, words: str) -> None:
        # One step of one says nothing: the bar then shows that something moves, not how far.
        self._bar.setRange(0, total if total > 1 else 0)
        self._bar.setValue(done)
        # A handful of files is not worth counting; the bar tells enough.
        self._words.setText(f"{words}　{done:,} / {total:,}" if total > 10 else words)

    def show_stopping(self) -> None:
        self._words.setText(tr("正在停止…"))

    def show_error(self, error: UserError) -> None:
        """What went wrong and what to do about it."""
        self._picture.set_icon("error", IconRole.DANGER)
        self._say(error.text, error.hint)
        self._bar.hide()
        self._words.hide()
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wrapped(self, *labels: QLabel) -> QHBoxLayout:
        """Sentences in a column of their own: aligned by the layout they would not wrap."""
        column = QVBoxLayout()
        column.setSpacing(8)
        for part in labels:
            part.setWordWrap(True)
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setMaximumWidth(_WIDEST)
            column.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column, 8)
        row.addStretch(1)
        return row

    def _say(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
