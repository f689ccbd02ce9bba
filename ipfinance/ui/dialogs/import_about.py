"""What the preview tells of an import as a whole: sums per city, and remarks."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipfinance.domain.money import wan
from ipfinance.intake.findings import Finding
from ipfinance.intake.importing import Plan
from ipfinance.intake.receipts import CitySum
from ipfinance.language import tr
from ipfinance.ui.dialogs.import_details import RichText, plain, soft
from ipfinance.ui.models.import_model import city_columns, is_total, with_total
from ipfinance.ui.models.rows import RowsModel
from ipfinance.ui.widgets.empty_state import EmptyState
from ipfinance.ui.widgets.label import ElidedLabel, hairline
from ipfinance.ui.widgets.table import DataTable

_ROW_HEIGHT = 30
_SHOWN = 200  # remarks: who has more reads them one file at a time


class CitySums(QWidget):
    """担保债权额 of each city before the import and after it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DataTable("import_cities")
        self.table.setAccessibleName(tr("各市担保债权额，导入前后"))
        self.model: RowsModel[CitySum] = RowsModel(city_columns(), self, is_total=is_total)
        self.table.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._total = ElidedLabel("", "hint")
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        column.addLayout(_line(self._total))
        column.addWidget(hairline())
        column.addWidget(self.table, 1)

    def show_plan(self, plan: Plan) -> None:
        lines = with_total(plan.cities)
        self.model.set_rows(lines)
        before, after = wan(lines[-1].fen_before), wan(lines[-1].fen_after)
        self._total.setText(
            tr("库中全部登记的担保债权额（万元）：{before} → {after}", before=before, after=after)
        )


class Remarks(QStackedWidget):
    """What is worth a look about sheets as a whole, and which sheets were left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = RichText()
        self.text.setObjectName("remarks")
        self.text.setAccessibleName(tr("关于文件的提示"))
        self._told: list[tuple[str, str]] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 4, 10)
        column.addWidget(self.text)
        self.addWidget(inside)
        self.addWidget(
            EmptyState("ok", tr("没有要留意的"), tr("表头、单位和印出的合计都没有问题。"))
        )
        self.text.redress_asked.connect(self._fill)

    def show_plan(self, plan: Plan) -> int:
        """Show them; how many there are."""
        self._told = remarks_of(plan)
        self._fill()
        self.setCurrentIndex(0 if self._told else 1)
        return len(self._told)

    def _fill(self) -> None:
        told = "".join(
            f'<p style="margin:0 0 12px 0">{soft(place)}{"<br>" if place else ""}{plain(words)}</p>'
            for place, words in self._told[:_SHOWN]
        )
        more = len(self._told) - _SHOWN
        self.text.setHtml(
            told + (soft(tr("另有 {more:,} 条同类的提示", more=more)) if more > 0 else "")
        )


def remarks_of(plan: Plan) -> list[tuple[str, str]]:
    """Place and sentence of each remark about files and tables."""
    doubles = [
        (source.name, tr("与 {repeats} 内容完全相同，没有再读一遍", repeats=source.repeats))
        for source in plan.sources
        if source.repeats
    ]
    left_out = [("", words) for source in plan.sources for words in source.skipped]
    several = len(plan.sources) > 1
    return [*doubles, *left_out, *((_place(one, several), one.text) for one in plan.remarks)]


def _place(finding: Finding, several: bool) -> str:
    row = tr("第 {row} 行", row=finding.row) if finding.row else ""
    file = finding.file if several else ""
    column = tr("「{column}」", column=finding.column) if finding.column else ""
    return " · ".join(part for part in (file, finding.sheet, row + column) if part)


def _line(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(16, 10, 16, 10)
    row.addWidget(widget, 1)
    return row
