"""The figures of a checked text as a table: what is printed, the verdict, and why."""

from PySide6.QtCore import QObject

from ipfinance.language import either, tr
from ipfinance.statistics.checking.figures import Checked, Form, Verdict
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone

TONES = {Verdict.RIGHT: Tone.OK, Verdict.WRONG: Tone.DANGER, Verdict.OPEN: Tone.WARNING}
FORMS = {
    Form.AMOUNT: tr("金额"),
    Form.COUNT: tr("数量"),
    Form.GROWTH: tr("增幅"),
    Form.SHARE: tr("占比"),
    Form.RANK: tr("位次"),
    Form.STREAK: tr("连续年数"),
    Form.RECORD: tr("新高"),
    Form.COVERAGE: tr("覆盖"),
    Form.TOTAL: tr("合计"),
}
_ORDER = {Verdict.WRONG: 0, Verdict.OPEN: 1, Verdict.RIGHT: 2}


class StatementModel(RowsModel[Checked]):
    """In the order of the text until it is sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)


_COLUMNS: list[Column[Checked]] = [
    Column("text", tr("文中"), lambda one: " ".join(one.text.split()), width=104),
    Column(
        "verdict",
        tr("结论"),
        lambda one: one.verdict.label,
        sort=lambda one: _ORDER[one.verdict],
        width=96,
        pill=lambda one: TONES[one.verdict],
        words=tuple(verdict.label for verdict in Verdict),
    ),
    Column(
        "form", either("类别", "Kind"), lambda one: FORMS.get(one.form, ""), width=88, soft=True
    ),
    Column(
        "reason",
        either("说明", "Explanation"),
        lambda one: one.reason,
        width=172,
        stretch=1,
        tip=lambda one: one.reason,
    ),
]
