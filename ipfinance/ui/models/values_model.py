"""A table whose every cell is a value that knows its rule, its base and what is behind it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from ipfinance.db.totals import Group
from ipfinance.domain.money import Scale
from ipfinance.language import facts, listed, tr
from ipfinance.reports.grounds import base_of, exact, is_published, name_of, rule_of
from ipfinance.reports.workbook_shown import ShownColumn, ShownLine, ShownTable
from ipfinance.statistics.chosen import COLUMNS, Cell, Chosen, ChosenRow, Pick
from ipfinance.statistics.claims import Comparison, Number
from ipfinance.statistics.crossing import Crossed
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.leading import Leading
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.presenting import BROKEN_MARK, heading, measure_name, unit_of
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import GROUP_NAMES, OF_MEMBERS, Table
from ipfinance.ui.models.figure_columns import NAME_WIDTH, NAME_WIDTHS, UNIT_WIDTH
from ipfinance.ui.models.figure_words import cell_words, room_for, spoken
from ipfinance.ui.models.figures_model import TOTAL, Asked
from ipfinance.ui.models.rows import Column, Index, RowsModel
from ipfinance.ui.roles import Role

_WIDTHS = {
    Comparison.LEVEL: 76,
    Comparison.YEAR_ON_YEAR: 92,
    Comparison.CHAIN: 92,
    Comparison.INCREMENT: 92,
    Comparison.RANK: 56,
    Comparison.AHEAD_OF_NATION: 110,
}
_MONEY_WIDTH = 116
ALL = "total"
"""The key of the column with the total of each line of a crossed table."""
MOST_ROWS, MOST_COLUMNS = 1_000, 120
"""What is shown of a crossed table: by enterprise there may be a hundred thousand lines."""
_SOFT = (Comparison.YEAR_ON_YEAR, Comparison.CHAIN)


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One line: `place` is what it is about as a title says it."""

    code: str
    name: str
    place: str
    cells: Mapping[str, Cell]
    city: str = ""
    is_total: bool = False
    tip: str = ""
    keys: Mapping[Group, str] = field(default_factory=dict)  # what narrows to the line
    any_of: tuple[Group, tuple[str, ...]] | None = None  # the lines counted as one
    crossed: Crossed | None = None


@dataclass(frozen=True, slots=True)
class ValueColumn(Column[ValueLine]):
    """A column whose cells are the values of that key."""


def chosen_lines(
    table: Table, chosen: Chosen, city_of: Callable[[str], str], first: Leading | None = None
) -> list[ValueLine]:
    """A line for each row and the total, where the store wants it; the cells by the picks' keys.

    Beside the total stands what the `first` rows have together, where only those are shown.
    """
    by_span, by_member = table.by in SPANS, table.by in OF_MEMBERS

    def line(row: ChosenRow, is_total: bool) -> ValueLine:
        changed = row.territory_changed
        return ValueLine(
            code=row.code,
            name=TOTAL if is_total else f"{row.name} {BROKEN_MARK}" if changed else row.name,
            place=table.area if is_total or by_span else row.name,
            cells={
                pick.key: row.cells[pick]
                for pick in chosen.picks
                # The whole has no rank, and needs no mark that it has none.
                if not (is_total and pick.comparison is Comparison.RANK)
            },
            city=city_of(row.code) if table.by is Group.COUNTY and not is_total else "",
            is_total=is_total,
            tip=tr("{name}的范围自 {changed} 起调整", name=row.name, changed=changed)
            if changed
            else row.name,
            keys={table.by: row.code} if by_member and not is_total else {},
        )

    lines = [line(row, is_total=False) for row in chosen.rows]
    total, together = line(chosen.total, is_total=True), []
    if first is not None and chosen.together is not None:
        told = line(chosen.together, is_total=True)
        name, any_of = first.name, (table.by, first.keys)
        together = [replace(told, name=name, place=name, tip=name, any_of=any_of)]
    if table.facts.total_first:
        return [total, *together, *lines]
    return [*lines, *together, total]


def chosen_columns(table: Table, chosen: Chosen) -> tuple[Column[ValueLine], ...]:
    """The names of the lines, then the picks in groups by indicator."""
    scale = table.facts.scale
    grouped = sorted(chosen.picks, key=lambda pick: _first_of(chosen.picks, pick.indicator))
    beside = Counter(pick.indicator for pick in grouped)
    return (
        *name_columns(table.by, chosen.together.name if chosen.together else ""),
        *(
            value_column(
                pick.key,
                pick.title,
                _group(CATALOGUE[pick.indicator], table),
                [row.cells[pick] for row in (*chosen.rows, chosen.total)],
                room_for(_group(CATALOGUE[pick.indicator], table)) // beside[pick.indicator],
                scale=scale,
            )
            for pick in grouped
        ),
    )


def name_columns(by: Group, together: str = "") -> tuple[Column[ValueLine], ...]:
    """What the lines are; of counties also their city. `together` is the name of the line that
    counts the first ones as one."""
    name: Column[ValueLine] = Column(
        *("name", GROUP_NAMES[by], _name, _code),
        width=max(100, NAME_WIDTHS.get(by, 0), room_for(together)),
        stretch=1,
        tip=_name_tip,
    )
    city: Column[ValueLine] = Column("city", tr("设区市"), _city, width=80, soft=True)
    return (name, city) if by is Group.COUNTY else (name,)


def indicator_lines(table: Table, chosen: Chosen) -> list[ValueLine]:
    """The whole area in one view: a line for each indicator; the cells by comparison."""
    lines: dict[str, dict[str, Cell]] = {}
    for pick in chosen.picks:
        lines.setdefault(pick.indicator, {})[_column(pick)] = chosen.total.cells[pick]
    return [
        ValueLine(key, measure_name(CATALOGUE[key], table.kind), table.area, cells)
        for key, cells in lines.items()
    ]


def indicator_columns(table: Table, chosen: Chosen) -> tuple[Column[ValueLine], ...]:
    """Indicator, unit, then the comparisons that any of them has."""
    scale = table.facts.scale

    def unit(line: ValueLine) -> str:
        return unit_of(CATALOGUE[line.code], scale)

    titles = {_column(pick): pick for pick in chosen.picks}
    order = [one.value for one in COLUMNS]
    return (
        Column("name", tr("指标"), _name, width=NAME_WIDTH),
        Column("unit", tr("单位"), unit, width=UNIT_WIDTH, soft=True),
        *(
            value_column(
                key,
                pick.title,
                "",
                [cell for one, cell in chosen.total.cells.items() if _column(one) == key],
                scale=scale,
            )
            for key, pick in sorted(
                titles.items(), key=lambda one: order.index(one[1].comparison.value)
            )
        ),
    )


def _column(pick: Pick) -> str:
    """The column of a pick where the indicators are lines: by what is said and given."""
    return pick.comparison.value if pick.given is None else f"{pick.comparison}.{pick.title}"


def value_column(
    key: str,
    title: str,
    group: str,
    cells: Sequence[Cell],
    width: int = 0,
    *,
    scale: Scale,
) -> ValueColumn:
    """A column of figures, amounts in a scale, wide enough for the longest of its cells."""

    def text(line: ValueLine) -> str:
        cell = line.cells.get(key)
        return cell_words(cell, scale) if cell else ""

    def raw(line: ValueLine) -> Number | None:
        cell = line.cells.get(key)
        return None if cell is None or cell.value.value is None else Fraction(cell.value.value)

    def tip(line: ValueLine) -> str:
        cell = line.cells.get(key)
        return cell_facts(cell) if cell else ""

    first = cells[0].value if cells else None
    comparison = first.comparison if first else Comparison.LEVEL
    is_money = first is not None and first.indicator.form is Form.MONEY
    of_level = comparison in (Comparison.LEVEL, Comparison.INCREMENT)
    meant = _MONEY_WIDTH if is_money and of_level else _WIDTHS.get(comparison, 76)
    longest = max((room_for(title), *(room_for(cell_words(cell, scale)) for cell in cells)))
    return ValueColumn(
        key=key,
        title=title,
        text=text,
        sort=raw,
        width=max(width, meant, longest),
        stretch=1,
        number=True,
        soft=comparison in _SOFT,
        tip=tip,
        group=group,
    )


def cell_facts(cell: Cell) -> str:
    """What a cell rests on: exact value or the reason for none, base, outside figures."""
    value = cell.value
    told = [exact(value)]
    base_name, base = base_of(value)
    if base:
        told.append(tr("{name} {value}", name=base_name, value=base))
    if cell.missing and not cell.is_unknown:
        told.append(tr("另有 {missing:,} 件金额待补，未计入", missing=cell.missing))
    if cell.broken:
        told.append(tr("口径调整：区划于 {broken} 调整，仅供参考", broken=cell.broken))
    if value.references:
        cited = listed(dict.fromkeys(one.source for one in value.references))
        told.append(tr("用到外部数据：{cited}", cited=cited))
    return facts(told)


class ValuesModel(RowsModel[ValueLine]):
    """Tells for each cell its rule and what is behind it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent, is_total=_is_total)

    def shown(self, title: str, unit: str, notes: Sequence[str], scale: Scale) -> ShownTable:
        """The whole table in the order shown, amounts in a scale, for a workbook."""
        named = [one for one in self._columns if not isinstance(one, ValueColumn)]
        figures = [one for one in self._columns if isinstance(one, ValueColumn)]
        return ShownTable(
            title=title,
            unit=unit,
            names=tuple(one.title for one in named),
            columns=tuple(ShownColumn(one.group, one.title) for one in figures),
            lines=tuple(
                ShownLine(
                    tuple(one.text(line) for one in named),
                    tuple(line.cells.get(one.key) for one in figures),
                    line.is_total,
                )
                for line in self._rows
            ),
            notes=tuple(notes),
            scale=scale,
        )

    def cell(self, index: Index) -> Cell | None:
        """The figure of a cell; None for a name."""
        return self.row(index).cells.get(self.column(index).key)

    def rule(self, index: Index) -> tuple[str, str]:
        """The name of a cell's figure and its counting rule; empty for a name."""
        cell, crossed = self.cell(index), self.row(index).crossed
        if cell is None:
            return "", ""
        return name_of(cell.value), crossed.rule if crossed else rule_of(cell.value)

    def facts(self, index: Index) -> str:
        """Place, period, exact value, base and sources of a cell's figure; empty for a name."""
        cell = self.cell(index)
        if cell is None:
            return ""
        return f"{self._place(index)} · {cell.value.period.label} · {cell_facts(cell)}"

    def asked(self, index: Index) -> Asked | None:
        """What is behind a cell."""
        cell = self.cell(index)
        if cell is None or is_published(cell.value):
            return None
        value, line = cell.value, self.row(index)
        words = f"{self._place(index)} {value.period.label} {value.kind.label} {name_of(value)}"
        keys = dict(line.keys)
        if line.crossed is not None and self.column(index).key != ALL:
            keys[line.crossed.cross] = self.column(index).key
        return Asked(
            measure=value.indicator.key,
            division=value.area,
            period=value.period,
            words=f"{words} {cell_words(cell)}",
            keys=keys,
            any_of=line.any_of,
        )

    def _place(self, index: Index) -> str:
        """What a cell is about, of a crossed table by row and column."""
        line, column = self.row(index), self.column(index)
        of_column = line.crossed is not None and column.key != ALL
        return f"{line.place} × {column.title}" if of_column else line.place

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Role.LINK and index.isValid():
            return self.cell(index) is not None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            return spoken(self.column(index).text(self.row(index)))
        return super().data(index, role)


def _first_of(picks: Sequence[Pick], indicator: str) -> int:
    return next(at for at, pick in enumerate(picks) if pick.indicator == indicator)


def _group(one: Indicator, table: Table) -> str:
    return heading(one, table.kind, table.facts.scale)


def _name(line: ValueLine) -> str:
    return line.name


def _code(line: ValueLine) -> str:
    return line.code


def _city(line: ValueLine) -> str:
    return line.city


def _name_tip(line: ValueLine) -> str:
    return line.tip


def _is_total(line: ValueLine) -> bool:
    return line.is_total
