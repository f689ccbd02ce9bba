"""A note on findings that a person has looked at."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label


class SettleDialog(QDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settle_dialog")
        self.setWindowTitle(tr("已核对"))
        self.setMinimumWidth(460)
        self.note: str | None = None
        self._note = QLineEdit()
        self._note.setMaxLength(200)
        self._note.setPlaceholderText(tr("选填，如：已电话核实，金额无误"))
        note = FieldBox(tr("备注"), self._note, key="note")
        back = button(tr("取消"), name="cancel")
        back.clicked.connect(self.reject)
        save = button(tr("标记 {count:,} 项", count=count), kind=Kind.PRIMARY, name="save")
        save.setDefault(True)
        save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(save)
        said = label(tr("标记以后不再列出；登记的内容有变动时会重新列出。可以撤销。"), "hint")
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("已核对 {count:,} 项", count=count), "cardtitle"))
        column.addWidget(said)
        column.addWidget(note)
        column.addStretch(1)  # more height than is needed must not part the lines
        column.addLayout(foot)
        # Wrapped words are measured at less than the least width: the rest would widen the gaps.
        self.resize(self.minimumWidth(), column.totalHeightForWidth(self.minimumWidth()))

    @classmethod
    def ask(cls, count: int, parent: QWidget | None) -> str | None:
        """The note, perhaps empty; None when the clerk turned away."""
        dialog = cls(count, parent)
        try:
            dialog.exec()
            return dialog.note
        finally:
            dialog.deleteLater()

    def _on_save(self) -> None:
        self.note = self._note.text().strip()
        self.accept()
