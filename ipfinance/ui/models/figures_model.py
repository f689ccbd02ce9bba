"""The table of figures: one line for each area or span of time, and the total."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.statistics.chosen import span_of
from ipfinance.statistics.indicators import BY_KEY, Indicator
from ipfinance.statistics.leading import Leading
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import OF_MEMBERS, KindChoice, Table
from ipfinance.statistics.traces import behind
from ipfinance.ui.models.figure_words import asked_words, spoken
from ipfinance.ui.models.rows import Column, Index, RowsModel
from ipfinance.ui.roles import Role

TOTAL = tr("合计")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of figures; `city` is the name of a county's city."""

    table: Table
    code: str
    name: str
    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    share: Mapping[str, Fraction | None]
    rank: Mapping[str, int]
    city: str = ""
    is_total: bool = False
    broken: date | None = None
    changed: date | None = None
    together: tuple[str, ...] = ()  # the codes of the lines that this one counts as one

    @property
    def area(self) -> str:
        """What the line is about, as a title says it."""
        if self.together:
            return self.name
        return self.table.area if self.is_total or self.table.by in SPANS else self.name

    @property
    def period(self) -> Period:
        """The days whose registrations the line counts."""
        return span_of(self.table, self.code)

    @property
    def division(self) -> str | None:
        """The code of the area, None for the whole."""
        by_area = self.table.by in (Group.CITY, Group.COUNTY)
        return self.code if by_area and not self.is_total else None

    @property
    def keys(self) -> Mapping[Group, str]:
        """The enterprise, lender, kind or size that the line counts; none for the whole."""
        of_members = self.table.by in OF_MEMBERS and not self.is_total
        return {self.table.by: self.code} if of_members else {}

    @property
    def any_of(self) -> tuple[Group, tuple[str, ...]] | None:
        """The lines of which any will do, where several are counted as one."""
        return (self.table.by, self.together) if self.together else None


def lines_of(
    table: Table, city_of: Callable[[str], str], first: Leading | None = None
) -> list[Line]:
    """The lines in the order of the table, the total where the store wants it.

    Before it stands what the `first` ones have together, where only those are in the table.
    """
    lines = [
        Line(
            table=table,
            code=row.code,
            name=row.name,
            values=row.values,
            previous=row.previous,
            growth=row.growth,
            share=row.share,
            rank=row.rank,
            city=city_of(row.code) if table.by is Group.COUNTY else "",
            broken=row.comparison_broken,
            changed=row.territory_changed,
        )
        for row in table.rows
    ]
    whole = table.total
    total = Line(
        table=table,
        code="",
        name=TOTAL,
        values=whole.values,
        previous=whole.previous,
        growth=whole.growth,
        share={key: Fraction(1) if value else None for key, value in whole.values.items()},
        rank={},
        is_total=True,
    )
    together = [] if first is None else [_together(table, first)]
    if table.facts.total_first:
        return [total, *together, *lines]
    return [*lines, *together, total]


def _together(table: Table, first: Leading) -> Line:
    return Line(
        table=table,
        code="",
        name=first.name,
        values=first.values,
        previous=first.previous,
        growth=first.growth,
        share=first.share,
        rank={},
        is_total=True,
        together=first.keys,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell stands for: whose registrations to open, and the words to say so."""

    measure: str
    division: str | None
    period: Period
    words: str
    keys: Mapping[Group, str] = field(default_factory=dict)
    any_of: tuple[Group, tuple[str, ...]] | None = None

    def wanted(self, store: Store, kind: KindChoice) -> Filter:
        """What selects the registrations."""
        return behind(store, self.period, kind, self.measure, self.division, self.keys, self.any_of)


@dataclass(frozen=True, slots=True)
class Figure(Column[Line]):
    """A column of figures: `measure` is what a double click opens, `rule` how it is counted."""

    measure: str = ""
    name: str = ""
    rule: str = ""

    @property
    def indicator(self) -> Indicator:
        return BY_KEY[self.measure]


class FiguresModel(RowsModel[Line]):
    """Tells for each cell its rule and what is behind it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent, is_total=_is_total)

    def figure(self, index: Index) -> Figure | None:
        """The figure of a cell; None for a name."""
        column = self.column(index)
        return column if isinstance(column, Figure) else None

    def rule(self, index: Index) -> tuple[str, str]:
        """The name of a cell's figure and its counting rule; empty for a name."""
        figure = self.figure(index)
        return (figure.name, figure.rule) if figure else ("", "")

    def facts(self, index: Index) -> str:
        """Place, period and base of a cell's figure, or why there is none; empty for a name."""
        figure = self.figure(index)
        if figure is None:
            return ""
        line = self.row(index)
        told = figure.tip(line) if figure.tip else ""
        return " · ".join(part for part in (line.area, line.period.label, told) if part)

    def asked(self, index: Index) -> Asked | None:
        """What is behind a cell."""
        figure = self.figure(index)
        if figure is None:
            return None
        line = self.row(index)
        value = line.values[figure.measure]
        return Asked(
            figure.measure,
            line.division,
            line.period,
            asked_words(line.area, line.period, line.table.kind, figure.indicator, value),
            line.keys,
            line.any_of,
        )

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Role.LINK and index.isValid():
            return self.figure(index) is not None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            return spoken(self.column(index).text(self.row(index)))
        return super().data(index, role)


def _is_total(line: Line) -> bool:
    return line.is_total
