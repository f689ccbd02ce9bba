"""The store's business facts: whose figures they are and the choices they depend on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipfinance.db.facts import Facts
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import MoneyError, Scale, Unit, parse_fen, plain_wan
from ipfinance.domain.setting_fields import BY_KEY, DECIMALS
from ipfinance.language import tr
from ipfinance.ui.dialogs.form import FormDialog
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import label

_EXAMPLE_FEN = 4_324_897_266_00  # to see a unit and its decimals by
_GAP = 20


class FactsDialog(FormDialog):
    """Edits a value; whoever opened it writes it."""

    def __init__(
        self, facts: Facts, divisions: Divisions, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("facts_dialog")
        self.setWindowTitle(tr("统计设置"))
        self.setMinimumWidth(640)
        self._facts = facts
        self._office = QLineEdit(facts.office)
        self._area = ComboBox(_areas(divisions, today, facts.area))
        self._threshold = QLineEdit(plain_wan(facts.inclusive_threshold_fen))
        self._rights = ComboBox([(tr("件次（重复计）"), False), (tr("件数（去重）"), True)])
        self._unit = ComboBox([(unit.label, unit) for unit in DECIMALS])
        self._unit.set_value(facts.amount_unit)
        self._unit.currentIndexChanged.connect(self._on_unit)
        self._decimals = ComboBox()
        self._decimals.currentIndexChanged.connect(self._show_example)
        self._total_first = QCheckBox(tr("合计放在各市之前"))
        self._total_first.setObjectName("total_first")
        self._total_first.setChecked(facts.total_first)
        self._threshold_box = _box(
            "inclusive_threshold", self._threshold, tr("一般为 1000，2024 年报告用 2000")
        )
        self._decimals_box = _box("amount_decimals", self._decimals)
        boxes = (
            _box("office", self._office, tr("印在汇总表左上方，可以留空")),
            _box("area", self._area, tr("概览和报告语句打开时的地区")),
            self._threshold_box,
            _box("rights_distinct", self._rights, tr("统计表先列的一种")),
            _box("amount_unit", self._unit, tr("统计报表的各表")),
            self._decimals_box,
        )
        for combo, value in ((self._area, facts.area), (self._rights, facts.rights_distinct)):
            combo.set_value(value)
        self._on_unit()
        self._decimals.set_value(facts.amount_decimals)
        self._lay_out(boxes)
        ComposingGuard(self)

    @classmethod
    def edit(
        cls, parent: QWidget | None, facts: Facts, divisions: Divisions, today: date
    ) -> Facts | None:
        """The facts as the clerk wants them, None when nothing is to change."""
        dialog = cls(facts, divisions, today, parent)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog._facts if accepted else None
        finally:
            dialog.deleteLater()

    def _lay_out(self, boxes: Iterable[FieldBox]) -> None:
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
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(8)
        for at, box in enumerate(boxes):
            grid.addWidget(box, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("统计设置"), "cardtitle"))
        column.addLayout(grid)
        column.addWidget(self._total_first)
        column.addSpacing(8)
        column.addLayout(foot)

    def _scale(self) -> Scale:
        return Scale(Unit(str(self._unit.value())), int(str(self._decimals.value())))

    def _on_unit(self) -> None:
        places = DECIMALS[Unit(str(self._unit.value()))]
        before = self._decimals.value()
        self._decimals.set_entries((tr("{count} 位", count=count), count) for count in places)
        if self._decimals.value() != before:  # the old number is too many for the unit
            self._decimals.set_value(places[-1])
        self._show_example()

    def _show_example(self) -> None:
        scale = self._scale()
        words = tr("例如 {amount} {unit}", amount=scale.text(_EXAMPLE_FEN), unit=scale.unit.label)
        self._decimals_box.set_hint(words)

    def _on_save(self) -> None:
        try:
            threshold = parse_fen(self._threshold.text(), Unit.WAN)
        except MoneyError as error:
            self._threshold_box.set_fault(error.text)
            self._threshold_box.go_there()
            return
        scale = self._scale()
        self._facts = replace(
            self._facts,
            office=self._office.text().strip(),
            area=str(self._area.value()),
            inclusive_threshold_fen=threshold,
            total_first=self._total_first.isChecked(),
            amount_unit=scale.unit,
            amount_decimals=scale.decimals,
            rights_distinct=bool(self._rights.value()),
        )
        self.accept()


def _box(key: str, editor: QWidget, hint: str = "") -> FieldBox:
    field = BY_KEY[key]
    return FieldBox(
        field.label,
        editor,
        key=key,
        required=field.required,
        unit=tr(field.unit) if field.unit else "",
        hint=hint,
        tip=field.explained,
    )


def _areas(divisions: Divisions, today: date, kept: str) -> list[tuple[str, object]]:
    """The province, each city with its counties of today, and a former county that is kept."""
    areas: list[tuple[str, object]] = [(tr("全省"), "")]
    for city in divisions.cities():
        areas.append((city.name, city.code))
        areas += [
            (f"{city.name} {county.name}", county.code)
            for county in divisions.counties_on(today, city.code)
        ]
    if all(kept != code for _, code in areas):
        areas.append((divisions.name_of(kept), kept))
    return areas
