"""The name under which a view is kept."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label

LONGEST = 40  # characters of a name: more would not fit the menu


class ViewName(NamedTuple):
    """What was answered."""

    name: str
    with_period: bool


class ViewNameDialog(QDialog):
    """Asks; whoever opened it writes."""

    def __init__(
        self,
        name: str,
        taken: Collection[str],
        period: str,
        example: str,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is proposed, `taken` are those in use, `example` shows what a name may be.

        `period` is the one in sight, "" when there is none to keep.
        """
        super().__init__(parent)
        self.setObjectName("view_name")
        self.setWindowTitle(tr("保存视图"))
        self.setMinimumWidth(440)
        self._taken = taken
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST)
        self._name.textChanged.connect(self._on_name)
        self._box = FieldBox(
            tr("名称"),
            self._name,
            key="name",
            required=True,
            hint=tr("如 {example}", example=example),
        )
        self._period = QCheckBox(tr("连同期间一起保存：{period}", period=period))
        self._period.setObjectName("with_period")
        self._period.setVisible(bool(period))
        self._period.setToolTip(tr("不勾选时，打开视图不改变当时所看的期间"))
        cancel = button(tr("取消"), name="cancel")
        cancel.clicked.connect(self.reject)
        self._save = button(tr("保存"), kind=Kind.PRIMARY, name="save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("保存视图"), "cardtitle"))
        column.addWidget(self._box)
        column.addWidget(self._period)
        column.addSpacing(8)
        column.addLayout(foot)
        self._on_name()
        self._name.selectAll()

    @classmethod
    def ask(
        cls, parent: QWidget | None, name: str, taken: Collection[str], period: str, example: str
    ) -> ViewName | None:
        """The name wanted, None when nothing is to be kept."""
        dialog = cls(name, taken, period, example, parent)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog.answer if accepted else None
        finally:
            dialog.deleteLater()

    @property
    def answer(self) -> ViewName:
        return ViewName(" ".join(self._name.text().split()), self._period.isChecked())

    def _on_name(self) -> None:
        is_taken = self.answer.name in self._taken
        self._save.setText(tr("替换") if is_taken else tr("保存"))
        self._box.set_fault("")
        self._box.set_warning(tr("已有同名的视图，将被替换") if is_taken else "")

    def _on_save(self) -> None:
        if self.answer.name:
            self.accept()
            return
        self._box.set_fault(tr("请给视图起一个名称"))
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
