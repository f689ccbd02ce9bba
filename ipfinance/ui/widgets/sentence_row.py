"""One sentence of a report on the page: read, looked into, and rewritten in its place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.language import listed, tr
from ipfinance.reports.drafts import Draft
from ipfinance.ui.models.sentences_reading import Shown
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.gap_edit import GapEdit
from ipfinance.ui.widgets.label import label, set_state
from ipfinance.ui.widgets.sentence_view import SentenceView
from ipfinance.ui.widgets.tag import Tag

_HINT = tr(
    "〔 〕里的数字由登记算出，不能改写，可以整个删去或移动；以后各期的这一句按改写的文字重新取数。"
)


class SentenceRow(QWidget):
    """Emits what is to be told, opened and kept; the page does it."""

    told = Signal(object)  # Ground
    opened = Signal(object)  # Ground
    rewritten = Signal(object, object)  # Shown; Draft, or None for the original words
    editing_changed = Signal()

    def __init__(self, shown: Shown, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"sentence_{number}")
        self.shown = shown
        self._edit: GapEdit | None = None
        self.view = SentenceView()
        self.view.set_sentence(shown.sentence)
        self.view.told.connect(self._on_told)
        self.view.opened.connect(self._on_opened)
        self._tag = Tag(tr("已改写"), Tone.NEUTRAL)
        self._tag.setVisible(shown.is_own)
        self._tag.setToolTip(tr("这一句用的是改写过的文字；数字仍由登记算出。"))
        self._change = button(
            tr("改写第 {number} 句", number=number + 1), "edit", Kind.ICON, name="rewrite"
        )
        self._change.clicked.connect(self.start_editing)
        self._reading = QWidget()
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.view, 1)
        beside = QVBoxLayout()  # in the middle of the first line
        beside.addSpacing(7)
        beside.addWidget(self._tag)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)
        self._writing: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._reading)

    @property
    def is_editing(self) -> bool:
        return self._edit is not None

    @property
    def edit(self) -> GapEdit:
        """The field in which it is rewritten; only while it is."""
        assert self._edit is not None
        return self._edit

    def start_editing(self) -> None:
        """Let the words be rewritten."""
        if self._edit is not None:
            return
        # All gaps of the original are to be had, also those that were left out before.
        self._edit = GapEdit(self.shown.original)
        self._edit.write(self.shown.draft.text)
        self._edit.document().clearUndoRedoStacks()
        self._edit.changed.connect(self._on_changed)
        self._edit.refused.connect(self._on_refused)
        self._edit.committed.connect(self.save)
        self._edit.cancelled.connect(self.cancel)
        self._hint = label(_HINT, "hint")
        self._hint.setWordWrap(True)
        self._back = button(tr("恢复原文"), "reset", name="original")
        self._back.clicked.connect(self._on_original)
        cancel = button(tr("取消"), name="cancel")
        cancel.clicked.connect(self.cancel)
        save = button(tr("保存"), "check", name="save", tip=tr("保存（Enter）"))
        save.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        self._writing = QWidget()
        column = QVBoxLayout(self._writing)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(6)
        column.addWidget(self._edit)
        column.addWidget(self._hint)
        column.addLayout(foot)
        self._reading.hide()
        self._column.addWidget(self._writing)
        self._on_changed()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self._edit.setTextCursor(cursor)
        self.editing_changed.emit()

    def cancel(self) -> None:
        """Leave the words as they were."""
        if self._writing is None:
            return
        self._column.removeWidget(self._writing)
        self._writing.deleteLater()
        self._writing = self._edit = None
        self._reading.show()
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editing_changed.emit()

    def save(self) -> None:
        """Keep what stands there, if it is new."""
        if self._edit is None:
            return
        draft: Draft = self._edit.draft
        self.cancel()
        if draft == self.shown.draft or not draft.text:
            return
        self.rewritten.emit(self.shown, None if draft == self.shown.original else draft)

    def _on_original(self) -> None:
        self.edit.write(self.shown.original.text)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        left = self.edit.left_out
        self._say(
            tr("略去了 {gaps}；「恢复原文」可以取回。", gaps=listed(left)) if left else _HINT, ""
        )
        self._back.setEnabled(self.edit.draft != self.shown.original)

    def _on_refused(self) -> None:
        self._say(
            tr("〔 〕里的内容由登记算出，不能改写。要去掉它，请选中整个〔…〕再删除。"), "warning"
        )

    def _say(self, words: str, state: str) -> None:
        self._hint.setText(words)
        set_state(self._hint, "state", state)
        self.edit.setAccessibleDescription(words)

    def _on_told(self, number: int) -> None:
        self.told.emit(self.shown.grounds[number])

    def _on_opened(self, number: int) -> None:
        self.opened.emit(self.shown.grounds[number])
