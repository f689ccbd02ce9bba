"""The receipt of an import: counts that add up, what came, from which file, by whom and when."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.intake.comparing import Status
from ipfinance.intake.findings import Finding
from ipfinance.intake.importing import Plan
from ipfinance.intake.receipts import Receipt
from ipfinance.language import tr
from ipfinance.ui.dialogs.import_about import CitySums
from ipfinance.ui.dialogs.import_details import RichText, plain, soft
from ipfinance.ui.dialogs.import_paper import facts_of
from ipfinance.ui.icons import IconRole
from ipfinance.ui.models.import_model import TONES
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import Picture, hairline, label
from ipfinance.ui.widgets.tag import Tag

_SIDE_WIDTH = 460
_SHOWN = 200


class ReceiptStep(QWidget):
    """Shows what was done; its buttons stand at the foot of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receipt_step")
        self.banner = Banner(closable=True)
        self._picture = Picture("ok", IconRole.OK, 28)
        self._title = label("", "title")
        self._numbers = {key: label("0", "figure") for key in ("read", *Status)}
        for key, number in self._numbers.items():
            number.setObjectName(f"receipt_{key}")
        # Facts and reasons in one text: it scrolls where the screen is low, and can be copied.
        self._told = RichText()
        self._told.setObjectName("receipt_told")
        self._told.setAccessibleName(tr("回执内容和退回的原因"))
        self._told.redress_asked.connect(self._fill)
        self._facts: list[tuple[str, str]] = []
        self._faults: tuple[Finding, ...] = ()
        self._rejected = 0
        self._cities = CitySums()
        left = Card()
        left.body.setSpacing(14)
        left.body.addLayout(self._head())
        left.body.addLayout(self._equation())
        left.body.addWidget(hairline())
        left.body.addWidget(self._told, 1)
        hint = label(tr("整批可以用「撤销」或「导入记录 - 撤回」一次取消。"), "hint")
        hint.setWordWrap(True)
        left.body.addWidget(hint)
        right = Card(padded=False)
        right.setFixedWidth(_SIDE_WIDTH)
        right.body.addWidget(self._cities, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addLayout(row, 1)

    def show_receipt(self, receipt: Receipt, plan: Plan, who: str, when: str, store: Path) -> None:
        """Show what was done with a plan; `when` as the clock on the wall shows it."""
        written = receipt.new + receipt.changed
        self._title.setText(tr("已导入 {written:,} 笔登记", written=written))
        for key, count in (
            ("read", receipt.read),
            (Status.NEW, receipt.new),
            (Status.CHANGED, receipt.changed),
            (Status.SAME, receipt.same),
            (Status.REJECTED, receipt.rejected),
            (Status.LEFT_OUT, receipt.left_out),
        ):
            self._numbers[key].setText(f"{count:,}")
        self._facts = facts_of(receipt, who, when, store)
        self._faults, self._rejected = receipt.faults, receipt.rejected
        self._cities.show_plan(plan)
        self._fill()

    def _fill(self) -> None:
        facts = "".join(
            f'<tr><td width="26%">{soft(tr(name))}</td><td>{plain(words)}</td></tr>'
            for name, words in self._facts
        )
        shown = "".join(
            f"<tr><td>{soft(fault.where)}</td><td>{plain(fault.text)}</td></tr>"
            for fault in self._faults[:_SHOWN]
        )
        more = len(self._faults) - _SHOWN
        if self._rejected:
            heading = tr("退回的 {rejected:,} 笔", rejected=self._rejected)
            shown = f'<tr><td colspan="2"><br><b>{heading}</b></td></tr>{shown}'
        if more > 0:
            words = tr("另有 {more:,} 处，见导出的工作簿", more=more)
            shown += f'<tr><td colspan="2">{soft(words)}</td></tr>'
        # One table for both, so that the reasons stand under the facts.
        self._told.setHtml(
            f'<table width="100%" cellspacing="0" cellpadding="4">{facts}{shown}</table>'
        )

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._title, 1)
        return row

    def _equation(self) -> QHBoxLayout:
        """读入 = 新增 + 更正 + 相同 + 退回 + 略过, each number under its word."""
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(self._term(tr("读入"), Tone.NEUTRAL, "read"))
        for place, status in enumerate(Status):
            sign = label("+" if place else "=", "title")
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignBottom)
            row.addLayout(self._term(status.label, TONES[status], status))
        row.addStretch(1)
        return row

    def _term(self, words: str, tone: Tone, key: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        number = self._numbers[key]
        number.setMinimumWidth(48)
        for part in (Tag(words, tone, height=21), number):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        return column
