"""The figures of a checked text as a table: what is printed, the verdict, and why."""

from PySide6.QtCore import QObject

from ipfinance.statistics.checking.figures import Checked, Form, Verdict
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone

TONES = {Verdict.RIGHT: Tone.OK, Verdict.WRONG: Tone.DANGER, Verdict.OPEN: Tone.WARNING}
FORMS = {
    Form.AMOUNT: "金额",
    Form.COUNT: "数量",
    Form.GROWTH: "增幅",
    Form.SHARE: "占比",
    Form.RANK: "位次",
    Form.STREAK: "连续年数",
    Form.RECORD: "新高",
    Form.COVERAGE: "覆盖",
    Form.TOTAL: "合计",
}
_ORDER = {Verdict.WRONG: 0, Verdict.OPEN: 1, Verdict.RIGHT: 2}


class StatementModel(RowsModel[Checked]):
    """In the order of the text until it is sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)


_COLUMNS: list[Column[Checked]] = [
    Column("text", "文中", lambda one: " ".join(one.text.split()), width=150),
    Column(
        "verdict",
        "结论",
        lambda one: one.verdict.value,
        sort=lambda one: _ORDER[one.verdict],
        width=96,
        pill=lambda one: TONES[one.verdict],
    ),
    Column("form", "类别", lambda one: FORMS.get(one.form, ""), width=88, soft=True),
    Column(
        "reason", "说明", lambda one: one.reason, width=240, stretch=1, tip=lambda one: one.reason
    ),
]
