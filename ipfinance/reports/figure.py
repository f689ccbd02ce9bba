"""The per-city figure as a specification: what is shown, not how it is drawn.

The window, the PNG, SVG and PDF files and the workbook's native chart all come from the same
specification, so that they cannot disagree. Figures 5 and 6 of the 2019 white paper are the
ones for patents and for trademarks.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.language import Words, listed, tr, word
from ipfinance.reports.figure_palettes import Palette
from ipfinance.statistics.indicators import ENTERPRISES, RIGHTS, SECURED_AMOUNT, Form, Indicator
from ipfinance.statistics.presenting import (
    amount_text,
    amount_unknown,
    count_text,
    unknown_text,
    value_with_unit,
)
from ipfinance.statistics.table_rows import Row
from ipfinance.statistics.tables import KindChoice, Table

_RIGHTS_NAMES = Words(
    {
        KindChoice.PATENT: word("所涉专利数"),
        KindChoice.TRADEMARK: word("所涉商标数"),
        KindChoice.ALL: word("所涉专利、商标数"),
    }
)
# From here on an amount's label needs no decimals (万元).
_LARGE_WAN = 1000


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars or one line: a measure of every category.

    ``values`` are in ``unit``; ``labels`` are printed beside them, ``exact`` in the tooltip.
    """

    key: str
    name: str
    unit: str
    values: tuple[Decimal, ...]
    labels: tuple[str, ...]
    exact: tuple[str, ...]

    @property
    def largest(self) -> Decimal:
        return max(self.values, default=Decimal(0))


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """The whole figure: categories in code order, bars on the left axis, lines on the right.

    ``message`` is what is shown instead of bars when there is nothing to show, else empty.
    """

    title: str
    codes: tuple[str, ...]
    categories: tuple[str, ...]
    bars: Series
    lines: tuple[Series, ...]
    source: str
    notes: tuple[str, ...] = ()
    message: str = ""

    @property
    def series(self) -> tuple[Series, ...]:
        return (self.bars, *self.lines)

    @property
    def full_names(self) -> tuple[str, ...]:
        """The categories as the tip writes them."""
        return self.categories

    @property
    def is_empty(self) -> bool:
        return bool(self.message)

    def swatches(self, palette: Palette) -> tuple[str, ...]:
        """The colour of each series."""
        lines = (palette.lines[at % len(palette.lines)].line for at in range(len(self.lines)))
        return (palette.bar, *lines)

    def legend(self, series: Series) -> str:
        """The words of a series in the legend: 担保债权额（万元，左轴）."""
        side = tr("左轴") if series is self.bars else tr("右轴")
        return _with_aside(series, side)

    def tooltip(self, index: int) -> str:
        """All figures of one category, a line each, its name first."""
        told = [told_text(one, index) for one in self.series]
        return "\n".join((self.categories[index], *told))

    def alternative_text(self) -> str:
        """The figure in one sentence, for those who cannot see it."""
        if self.is_empty:
            return tr("{title}。{message}。", title=self.title, message=self.message)
        place = max(range(len(self.categories)), key=lambda index: self.bars.values[index])
        drawn = listed(_with_aside(one, tr("折线")) for one in self.lines)
        return tr(
            "{title}：{count} 个地区的{bars}和{lines}。{name}最高的是{place}，{value}。",
            title=self.title,
            count=len(self.categories),
            bars=_with_aside(self.bars, tr("柱形")),
            lines=drawn,
            name=self.bars.name,
            place=self.categories[place],
            value=value_with_unit(self.bars.exact[place], self.bars.unit),
        )


def told_text(series: Series, index: int) -> str:
    """A value of a series as a tip tells it: 担保债权额 1,234.56 万元."""
    return f"{series.name} {value_with_unit(series.exact[index], series.unit)}"


def _with_aside(series: Series, words: str) -> str:
    """担保债权额（万元，左轴）."""
    inside = tr("{unit}，{aside}", unit=series.unit, aside=words) if series.unit else words
    return tr("{name}（{unit}）", name=series.name, unit=inside)


def city_figure(table: Table, made_on: date) -> FigureSpec:
    """The figure of a table by city, or by the counties of one city.

    ``made_on`` is the day that the data were read.
    """
    if table.by is not Group.CITY and table.city is None:
        raise ValueError(f"a figure needs a table by city, not by {table.by}")
    office = table.facts.office
    amounts = [row.values[SECURED_AMOUNT.key] for row in table.rows]
    decimals = 0 if max(amounts, default=0) >= _LARGE_WAN * WAN else 2
    bars = Series(
        key=SECURED_AMOUNT.key,
        name=SECURED_AMOUNT.name,
        unit=SECURED_AMOUNT.unit,
        values=tuple(Decimal(fen).scaleb(-6) for fen in amounts),
        labels=tuple(_amount(row, decimals) for row in table.rows),
        exact=tuple(_amount(row, 2) for row in table.rows),
    )
    lines = (
        _line(table, ENTERPRISES, ENTERPRISES.name),
        _line(table, RIGHTS, _RIGHTS_NAMES[table.kind]),
    )
    return FigureSpec(
        title=_title(table),
        codes=tuple(row.code for row in table.rows),
        categories=tuple(row.name for row in table.rows),
        bars=bars,
        lines=lines,
        source=tr(
            "数据来源：{office}质押登记台账，数据截至 {made_on}。", office=office, made_on=made_on
        ),
        notes=_notes(table, made_on),
        message=nothing_registered(table) if table.is_empty else "",
    )


def nothing_registered(table: Table) -> str:
    """What is said of a table without registrations."""
    period, register = table.period.label, table.kind.label
    if table.city is None:
        return tr("{period}没有{register}质押登记", period=period, register=register)
    return tr(
        "{period}{area}没有{register}质押登记", period=period, area=table.area, register=register
    )


def _title(table: Table) -> str:
    gaps = {"period": table.period.label, "area": table.area, "register": table.kind.label}
    if table.city is None:
        return tr("{period}{area}各市{register}质押登记情况", **gaps)
    return tr("{period}{area}各县（市、区）{register}质押登记情况", **gaps)


def _line(table: Table, indicator: Indicator, name: str) -> Series:
    assert indicator.form is Form.COUNT
    counts = [row.values[indicator.key] for row in table.rows]
    texts = tuple(count_text(count) for count in counts)
    values = tuple(Decimal(count) for count in counts)
    return Series(indicator.key, name, indicator.unit, values, texts, texts)


def _amount(row: Row, decimals: int) -> str:
    if amount_unknown(row.values):
        return unknown_text()
    return amount_text(row.values[SECURED_AMOUNT.key], decimals)


def _notes(table: Table, made_on: date) -> tuple[str, ...]:
    """Only what changes how the figure is to be read; the rest stands in the workbook."""
    notes = []
    if table.period.contains(made_on):
        notes.append(tr("期间尚未结束。"))
    missing = table.total.values["amount_missing"]
    if missing:
        notes.append(tr("另有 {missing:,} 件登记金额待补，未计入担保债权额。", missing=missing))
    return tuple(notes)
