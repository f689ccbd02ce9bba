"""The store's business facts: whose figures they are and the choices they depend on."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipfinance.db.facts import Facts
from ipfinance.domain.money import MoneyError, Unit, parse_fen, plain_wan
from ipfinance.language import tr
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label


class FactsDialog(QDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(self, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facts_dialog")
        self.setWindowTitle(tr("统计设置"))
        self.setMinimumWidth(460)
        self._facts = facts
        self._office = QLineEdit(facts.office)
        self._threshold = QLineEdit(plain_wan(facts.inclusive_threshold_fen))
        self._office_box = FieldBox(
            tr("填报单位"), self._office, key="office", hint=tr("印在汇总表左上方，可以留空")
        )
        self._threshold_box = FieldBox(
            tr("普惠标准"),
            self._threshold,
            key="inclusive_threshold",
            required=True,
            unit=tr("万元"),
            hint=tr("单笔担保债权额不超过它的计为普惠，一般为 1000，2024 年报告用 2000"),
        )
        self._total_first = QCheckBox(tr("合计放在各市之前"))
        self._total_first.setObjectName("total_first")
        self._total_first.setChecked(facts.total_first)
        cancel = button(tr("取消"), name="cancel")
        cancel.clicked.connect(self.reject)
        save = button(tr("保存"), kind=Kind.PRIMARY, name="save")
        save.setDefault(True)
        save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("统计设置"), "cardtitle"))
        column.addWidget(self._office_box)
        column.addWidget(self._threshold_box)
        column.addWidget(self._total_first)
        column.addSpacing(8)
        column.addLayout(foot)
        ComposingGuard(self)

    @classmethod
    def edit(cls, parent: QWidget | None, facts: Facts) -> Facts | None:
        """The facts as the clerk wants them, None when nothing is to change."""
        dialog = cls(facts, parent)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog._facts if accepted else None
        finally:
            dialog.deleteLater()

    def _on_save(self) -> None:
        try:
            threshold = parse_fen(self._threshold.text(), Unit.WAN)
        except MoneyError as error:
            self._threshold_box.set_fault(error.text)
            self._threshold.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._facts = replace(
            self._facts,
            office=self._office.text().strip(),
            inclusive_threshold_fen=threshold,
            total_first=self._total_first.isChecked(),
        )
        self.accept()
