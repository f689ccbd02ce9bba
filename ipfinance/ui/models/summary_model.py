"""The whole area in one view: a line for each indicator, this period beside last year's."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from ipfinance.language import tr
from ipfinance.statistics.comparisons import growth, share
from ipfinance.statistics.indicators import (
    AMOUNT_MISSING,
    BY_KEY,
    COUNTIES_COVERED,
    ENTERPRISES,
    INCLUSIVE_ENTERPRISES,
    INCLUSIVE_RATE,
    MEASURES,
    REGISTRATIONS,
    RIGHTS,
    SECURED_AMOUNT,
    Indicator,
)
from ipfinance.statistics.presenting import (
    NONE,
    amount_unknown,
    growth_text,
    measure_name,
    percent_text,
    points_text,
    unit_of,
    unknown_text,
    value_text,
)
from ipfinance.statistics.presenting_values import signed
from ipfinance.statistics.tables import KindChoice, Table
from ipfinance.ui.models.figure_columns import GROWTH_RULE, MEAN_RULE, NAME_WIDTH, UNIT_WIDTH
from ipfinance.ui.models.figure_words import (
    asked_words,
    mean,
    mean_text,
    spoken,
)
from ipfinance.ui.models.figures_model import Asked
from ipfinance.ui.models.rows import Column, Index, RowsModel
from ipfinance.ui.roles import Role

_COVERAGE_RULE = tr("有登记的县（市、区）个数除以期末存在的县（市、区）总数。")
_PER_RIGHT = {
    KindChoice.PATENT: tr("每件专利担保债权额"),
    KindChoice.TRADEMARK: tr("每件商标担保债权额"),
    KindChoice.ALL: tr("每件专利或商标担保债权额"),
}
_ORDER = (
    SECURED_AMOUNT,
    *(one for one in MEASURES if one not in (SECURED_AMOUNT, AMOUNT_MISSING)),
)
_MEANS = {
    REGISTRATIONS: tr("每件登记担保债权额"),
    ENTERPRISES: tr("每家企业担保债权额"),
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One indicator; `measure` is what a double click opens, `why` the reason for a —."""

    table: Table
    measure: str
    name: str
    unit: str
    now: str
    before: str
    change: str
    grown: str
    rule: str
    why: str = ""


def summary_of(table: Table) -> list[SummaryLine]:
    """The indicators, means and rates beside what they rest on; 待补 only where there is any."""
    lines: list[SummaryLine] = []
    for one in _ORDER:
        lines.append(_measure(table, one))
        if one in _MEANS:
            lines.append(_mean(table, one, _MEANS[one]))
        if one is RIGHTS:
            lines.append(_mean(table, one, _PER_RIGHT[table.kind]))
        if one is INCLUSIVE_ENTERPRISES:
            whole = table.total
            rates = (whole.inclusive_rate, whole.inclusive_rate_previous)
            lines.append(_rate(table, INCLUSIVE_RATE.name, INCLUSIVE_RATE.rule, one.key, *rates))
    lines += _coverage(table)
    if table.total.values[AMOUNT_MISSING.key] or table.total.previous[AMOUNT_MISSING.key]:
        lines.append(_measure(table, AMOUNT_MISSING))
    return lines


def _measure(table: Table, one: Indicator) -> SummaryLine:
    now, before = table.total.values[one.key], table.total.previous[one.key]
    unknown = one is SECURED_AMOUNT and amount_unknown(table.total.values)
    grown = None if unknown else table.total.growth[one.key]
    scale = table.facts.scale

    def text(value: int) -> str:
        return value_text(one, value, scale)

    return SummaryLine(
        table=table,
        measure=one.key,
        name=measure_name(one, table.kind),
        unit=unit_of(one, scale),
        now=unknown_text() if unknown else text(now),
        before=text(before),
        change=NONE if unknown else signed(text(abs(now - before)), now - before),
        grown=growth_text(grown),
        rule=one.rule,
        why=_why(table, grown, unknown),
    )


def _mean(table: Table, per: Indicator, name: str) -> SummaryLine:
    scale = table.facts.scale

    def of(values: Mapping[str, int]) -> Fraction | None:
        if amount_unknown(values):
            return None
        return mean(values[SECURED_AMOUNT.key], values[per.key])

    now, before = of(table.total.values), of(table.total.previous)
    grown = None if now is None or not before else now / before - 1
    return SummaryLine(
        table=table,
        measure=SECURED_AMOUNT.key,
        name=name,
        unit=scale.unit.label,
        now=mean_text(now, scale),
        before=mean_text(before, scale),
        change=NONE
        if now is None or before is None
        else signed(mean_text(abs(now - before), scale), now - before),
        grown=growth_text(grown),
        rule=MEAN_RULE.format(per=measure_name(per, table.kind)),
        why=_why(table, grown, now is None),
    )


def _rate(
    table: Table, name: str, rule: str, measure: str, now: Fraction | None, before: Fraction | None
) -> SummaryLine:
    moved = None if now is None or before is None else now - before
    return SummaryLine(
        table=table,
        measure=measure,
        name=name,
        unit="%",
        now=percent_text(now),
        before=percent_text(before),
        change=NONE if moved is None else points_text(moved),
        grown="",
        rule=rule,
        why=_why(table, moved, now is None),
    )


def _coverage(table: Table) -> list[SummaryLine]:
    whole = table.total
    now, before = whole.counties_covered, whole.counties_covered_previous
    grown = growth(now, before)
    covered = SummaryLine(
        table=table,
        measure=REGISTRATIONS.key,
        name=COUNTIES_COVERED.name,
        unit=COUNTIES_COVERED.unit,
        now=f"{now} / {whole.counties}",
        before=f"{before} / {whole.counties_previous}",
        change=signed(str(abs(now - before)), now - before),
        grown=growth_text(grown),
        rule=COUNTIES_COVERED.rule,
        why=_why(table, grown, False),
    )
    rates = (share(now, whole.counties), share(before, whole.counties_previous))
    return [
        covered,
        _rate(table, tr("县(市、区)覆盖面"), _COVERAGE_RULE, REGISTRATIONS.key, *rates),
    ]


def _why(table: Table, compared: Fraction | None, no_value: bool) -> str:
    if compared is not None:
        return ""
    if no_value:
        return tr("本期没有可以计算的数值")
    return tr("上年同期（{label}）为 0，没有可比的基数", label=table.previous_period.label)


def summary_columns(table: Table) -> tuple[Column[SummaryLine], ...]:
    """Indicator, unit, now, a year ago, change, growth, rule."""

    def why(line: SummaryLine) -> str:
        return line.why

    return (
        Column("name", tr("指标"), lambda line: line.name, width=NAME_WIDTH),
        Column("unit", tr("单位"), lambda line: line.unit, width=UNIT_WIDTH, soft=True),
        Column("now", tr("本期"), lambda line: line.now, width=120, number=True),
        Column(
            "before", tr("上年同期"), lambda line: line.before, width=120, number=True, soft=True
        ),
        Column("change", tr("增减"), lambda line: line.change, width=120, number=True, tip=why),
        Column(
            "growth", tr("同比"), lambda line: line.grown, width=92, number=True, soft=True, tip=why
        ),
        Column(
            "rule", tr("口径"), lambda line: line.rule, width=240, stretch=1, soft=True, tip=_rule
        ),
    )


def _rule(line: SummaryLine) -> str:
    return line.rule


class SummaryModel(RowsModel[SummaryLine]):
    """Tells for each cell its rule and what is behind it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)

    def rule(self, index: Index) -> tuple[str, str]:
        """The name of the line's indicator and its counting rule."""
        line, key = self.row(index), self.column(index).key
        if key == "growth":
            return tr("{name}同比", name=line.name), GROWTH_RULE.format(
                base=line.table.previous_period.label
            )
        return line.name, line.rule

    def facts(self, index: Index) -> str:
        """Area, period and base of a line's figure, or why there is none."""
        line = self.row(index)
        of = line.table.previous_period if self.column(index).key == "before" else line.table.period
        base = line.why or tr(
            "上年同期（{label}）{before}",
            label=line.table.previous_period.label,
            before=line.before,
        )
        return " · ".join((line.table.area, of.label, base))

    def asked(self, index: Index) -> Asked | None:
        """What is behind a number: this period's registrations, or last year's."""
        key = self.column(index).key
        if key not in ("now", "before", "change", "growth"):
            return None
        line = self.row(index)
        table, one = line.table, BY_KEY[line.measure]
        then = key == "before"
        period = table.previous_period if then else table.period
        values = table.total.previous if then else table.total.values
        words = asked_words(table.area, period, table.kind, one, values[one.key])
        return Asked(one.key, None, period, words)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Role.LINK and index.isValid():
            return self.asked(index) is not None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            return spoken(self.column(index).text(self.row(index)))
        return super().data(index, role)
