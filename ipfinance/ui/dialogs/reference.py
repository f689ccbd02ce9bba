"""Add or correct an outside figure, judged by the rules that an import is judged by."""

import csv
import io
from dataclasses import replace

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ipfinance.domain.division import Divisions
from ipfinance.domain.money import Unit
from ipfinance.domain.period import Period
from ipfinance.domain.reference import MONEY_UNITS, QUALIFIERS, ReferenceFigure
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.outside_figures import ENDINGS, NATION, parted, read_figures, units_of
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.dialogs.form import FormDialog
from ipfinance.ui.models.reference_model import KIND_WORDS
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label
from ipfinance.ui.widgets.period_text import read_period

_OTHER = ""
_PERIOD_HINT = tr("如 2019、2019H1、2019年1—8月")
_OTHER_HINT = tr("6 位区划代码，如 320000")
# Which field shows the fault of a column of the file.
_FIELD_OF = {"period_start": "period", "period_end": "period"}


class ReferenceDialog(FormDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(
        self,
        figure: ReferenceFigure | None,
        divisions: Divisions,
        parent: QWidget | None = None,
    ) -> None:
        """`figure` is the one to correct, None for a new one."""
        super().__init__(parent)
        self.setObjectName("reference_dialog")
        title = tr("更正外部数据") if figure else tr("新增外部数据")
        self.setWindowTitle(title)
        self.setMinimumWidth(640)
        self.figure: ReferenceFigure | None = None
        self._before = figure
        self._divisions = divisions
        self._boxes: dict[str, FieldBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label(title, "cardtitle"))
        column.addSpacing(4)
        column.addLayout(self._fields())
        column.addLayout(self._foot())
        if figure is not None:
            self._fill(figure)
        self._on_region()
        self._on_indicator()
        ComposingGuard(self)

    @classmethod
    def edit(
        cls, parent: QWidget | None, figure: ReferenceFigure | None, divisions: Divisions
    ) -> ReferenceFigure | None:
        """The figure as the clerk wants it, None when nothing is to change."""
        dialog = cls(figure, divisions, parent)
        try:
            dialog.exec()
            return dialog.figure
        finally:
            dialog.deleteLater()

    # -- making ----------------------------------------------------------------------------

    def _fields(self) -> QGridLayout:
        own = self._divisions.province
        self._region = ComboBox(
            [
                (tr("全国"), NATION),
                (own.name, own.code),
                *((city.name, city.code) for city in self._divisions.cities()),
                (tr("其他地区……"), _OTHER),
            ]
        )
        self._region.activated.connect(self._on_region)
        self._code, self._name = QLineEdit(), QLineEdit()
        self._period = QLineEdit()
        self._period.textEdited.connect(self._on_period)
        self._kind = ComboBox([(words, kind) for kind, words in KIND_WORDS.items()])
        self._indicator = ComboBox([(one.name, key) for key, one in CATALOGUE.items()])
        self._ending = ComboBox([(words, key) for key, words in ENDINGS.items()])
        for combo in (self._indicator, self._ending):
            combo.activated.connect(self._on_indicator)
        self._qualifier = ComboBox([(tr(words or "无"), words) for words in QUALIFIERS])
        self._value, self._growth = QLineEdit(), QLineEdit()
        self._unit = ComboBox()
        self._source, self._page, self._note = QLineEdit(), QLineEdit(), QLineEdit()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        for at in range(3):
            grid.setColumnStretch(at, 1)
            grid.setColumnMinimumWidth(at, 190)
        for row, column, wide, box in (
            (0, 0, 1, self._box(tr("地区"), self._region, "region", required=True)),
            (
                0,
                1,
                1,
                self._box(tr("期间"), self._period, "period", required=True, hint=_PERIOD_HINT),
            ),
            (0, 2, 1, self._box(tr("登记类型"), self._kind, "kind", required=True)),
            (1, 0, 1, self._box(tr("地区代码"), self._code, "region_code", hint=_OTHER_HINT)),
            (1, 1, 1, self._box(tr("地区名称"), self._name, "region_name", hint=tr("如 江苏省"))),
            (2, 0, 1, self._box(tr("指标"), self._indicator, "indicator", required=True)),
            (2, 1, 1, self._box(tr("公布的是"), self._ending, "ending", required=True)),
            (
                2,
                2,
                1,
                self._box(tr("修饰词"), self._qualifier, "qualifier", hint=tr("如 超过 80 亿元")),
            ),
            (
                3,
                0,
                1,
                self._box(tr("数值"), self._value, "value", required=True, hint=tr("照公布的写")),
            ),
            (3, 1, 1, self._box(tr("单位"), self._unit, "unit", required=True)),
            (3, 2, 1, self._box(tr("公布的同比"), self._growth, "growth_percent", unit="%")),
            (
                4,
                0,
                2,
                self._box(tr("来源"), self._source, "source", required=True, hint=tr("书名或网址")),
            ),
            (4, 2, 1, self._box(tr("页码或章节"), self._page, "page")),
            (5, 0, 3, self._box(tr("备注"), self._note, "note")),
        ):
            grid.addWidget(box, row, column, 1, wide)
        return grid

    def _box(
        self,
        words: str,
        editor: QWidget,
        key: str,
        *,
        required: bool = False,
        hint: str = "",
        unit: str = "",
    ) -> FieldBox:
        box = FieldBox(words, editor, key=key, required=required, hint=hint, unit=unit)
        self._boxes[key] = box
        return box

    def _foot(self) -> QHBoxLayout:
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
        return foot

    def _fill(self, figure: ReferenceFigure) -> None:
        if not self._region.set_value(figure.region):
            self._region.set_value(_OTHER)
            self._code.setText(figure.region)
            self._name.setText(figure.region_name)
        self._period.setText(figure.period.label)
        self._kind.set_value(figure.kind)
        indicator, ending = parted(figure.indicator)
        self._indicator.set_value(indicator)
        self._ending.set_value(ending)
        self._unit.set_entries([(_unit_words(one), one) for one in units_of(figure.indicator)])
        self._unit.set_value(figure.unit)
        self._qualifier.set_value(figure.qualifier)
        self._value.setText(str(figure.value))
        self._growth.setText("" if figure.growth_percent is None else str(figure.growth_percent))
        self._source.setText(figure.source)
        self._page.setText(figure.page)
        self._note.setText(figure.note)

    # -- what a person does ----------------------------------------------------------------

    def _on_region(self) -> None:
        other = self._region.value() == _OTHER
        for key in ("region_code", "region_name"):
            self._boxes[key].setVisible(other)
            self._boxes[key].set_fault("")

    def _on_indicator(self) -> None:
        """Offer the units that the indicator may be published in."""
        self._unit.set_entries([(_unit_words(one), one) for one in units_of(self._key())])
        if self._unit.currentIndex() < 0:
            self._unit.setCurrentIndex(0)
        if self._before is None and "亿元" in units_of(self._key()) and not self._value.text():
            self._unit.set_value("亿元")

    def _on_period(self) -> None:
        period = self._read_period()
        box = self._boxes["period"]
        box.set_fault("")
        box.set_hint(
            tr("{start} 至 {end}", start=period.start, end=period.end) if period else _PERIOD_HINT
        )

    def _on_save(self) -> None:
        faults = self._faults()
        for key, box in self._boxes.items():
            box.set_fault(faults.get(key, ""))
        for key, box in self._boxes.items():
            if key in faults:
                box.go_there()
                return
        self.accept()

    # -- reading ---------------------------------------------------------------------------

    def _key(self) -> str:
        return f"{self._indicator.value()}{self._ending.value()}"

    def _read_period(self) -> Period | None:
        try:
            return read_period(self._period.text())
        except UserError:
            return None

    def _cells(self, period: Period | None) -> dict[str, str]:
        """What stands in the fields, as a row of the file that an import reads."""
        other = self._region.value() == _OTHER
        typed = (self._code.text().strip(), self._name.text().strip())
        chosen = (str(self._region.value() or ""), self._region.currentText())
        region, name = typed if other else chosen
        return {
            "region": region,
            "region_name": name,
            "period_start": period.start.isoformat() if period else "",
            "period_end": period.end.isoformat() if period else "",
            # What Qt gives back of an enum is a bare str.
            "kind": KindChoice(str(self._kind.value())).value,
            "indicator": self._key(),
            "value": self._value.text().strip(),
            "unit": str(self._unit.value() or ""),
            "qualifier": str(self._qualifier.value() or ""),
            "growth_percent": self._growth.text().strip().removesuffix("%"),
            "source": self._source.text().strip(),
            "page": self._page.text().strip(),
            "note": self._note.text().strip(),
        }

    def _faults(self) -> dict[str, str]:
        """What is wrong, by field; the figure is there when nothing is."""
        period = self._read_period()
        cells = self._cells(period)
        text = io.StringIO()
        writer = csv.DictWriter(text, list(cells))
        writer.writeheader()
        writer.writerow(cells)
        read = read_figures(text.getvalue(), self._divisions)
        faults: dict[str, str] = {}
        for fault in read.faults:
            key = _FIELD_OF.get(fault.column, fault.column)
            if key == "region" and self._region.value() == _OTHER:
                key = "region_code"
            faults.setdefault(key, _without_row(fault.text))
        for key, words in (
            ("value", tr("请填写公布的数值")),
            ("source", tr("请写明来源，以后才查得到")),
            ("region_code", tr("请填写 6 位行政区划代码")),
        ):
            if key in faults and not cells["region" if key == "region_code" else key]:
                faults[key] = words
        if period is None:
            typed = self._period.text().strip()
            faults["period"] = (
                tr("认不出期间「{typed}」", typed=typed) if typed else tr("请填写期间")
            )
        if "region_code" not in faults and self._region.value() == _OTHER:
            known = any(one.code == cells["region"] for one in self._divisions)
            if not cells["region_name"] and not known:
                faults["region_name"] = tr("请填写地区名称")
        if not faults:
            (figure,) = read.figures
            self.figure = replace(figure, id=self._before.id if self._before else None)
        return faults

    @override
    def reject(self) -> None:
        """Turn away: nothing is to change."""
        self.figure = None
        super().reject()


def _unit_words(unit: str) -> str:
    return Unit(unit).label if unit in MONEY_UNITS else tr(unit)


def _without_row(text: str) -> str:
    """A fault without the row that it names first: there is one row here."""
    return text.replace("：", ": ").partition(": ")[2]
