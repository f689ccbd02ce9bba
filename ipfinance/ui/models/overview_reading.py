"""What the first page asks the store: key figures of both registers, the trend, last imports."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ipfinance.db.batches import Batch, all_batches
from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.findings import findings
from ipfinance.db.reach import reach
from ipfinance.db.totals import Group
from ipfinance.domain.money import YI, yi
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.reports.figure_chart import ChartSpec, chart_figure
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import Charted, ChartWanted
from ipfinance.statistics.chosen import Cell, Pick, chosen
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.presenting import NONE
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.models.figure_words import cell_words
from ipfinance.ui.widgets.period_text import default_period

KEYS = ("registrations", "secured_amount", "enterprises", "county_coverage", "inclusive_rate")
"""The indicators of the key figures, in order."""
_IMPORTS = 5


@dataclass(frozen=True, slots=True)
class KeyCell:
    """One key figure in words: with its unit, its growth, and the rule it was counted by."""

    key: str
    value: str
    unit: str
    growth: str
    rule: str

    @property
    def words(self) -> str:
        return f"{CATALOGUE[self.key].name} {self.value} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything but what is to be done, which takes longer to find."""

    period: Period
    area: str | None  # division code, None for the whole province
    place: str
    reach: tuple[date, date] | None
    figures: dict[KindChoice, tuple[KeyCell, ...]]
    charted: Charted
    trend: ChartSpec
    batches: tuple[Batch, ...]


def read_overview(
    wanted: Period | None, today: date, store: Store, _progress: Progress
) -> Overview:
    """Ask the store of the bureau's area, without a period for the one that is shown first; for
    a job."""
    ends = reach(store)
    period = wanted or default_period(ends, today)
    area = read_facts(store).area or None
    monthly = ChartWanted(ChartKind.MONTHS, "secured_amount", area=area)
    charted = monthly.read(store, period, KindChoice.ALL, today)
    return Overview(
        period=period,
        area=area,
        place=charted.area,
        reach=ends,
        figures={kind: _key_figures(store, period, kind, area, today) for kind in KindChoice},
        charted=charted,
        trend=chart_figure(charted, today),
        batches=tuple(all_batches(store)[:_IMPORTS]),
    )


def read_findings(today: date, store: Store, _progress: Progress) -> dict[FindingKind, int]:
    """How many findings of each kind are open; for a job."""
    return {kind: len(found) for kind, found in findings(store, today).items()}


def _key_figures(
    store: Store, period: Period, kind: KindChoice, area: str | None, today: date
) -> tuple[KeyCell, ...]:
    picks = [
        Pick(key, comparison)
        for key in KEYS
        for comparison in (Comparison.LEVEL, Comparison.YEAR_ON_YEAR)
    ]
    figures = table(store, period, kind, _group_of(store, area), today)
    # Of an area the row, which knows whether its borders changed.
    own = tuple(row for row in figures.rows if row.code == area)
    told = chosen(store, replace(figures, rows=own), picks)
    if area is not None and not own:
        return tuple(_no_such_area(key, area, period, store) for key in KEYS)
    cells = told.rows[0].cells if own else told.total.cells
    return tuple(
        _key_cell(cells[Pick(key)], cells[Pick(key, Comparison.YEAR_ON_YEAR)]) for key in KEYS
    )


def _group_of(store: Store, area: str | None) -> Group:
    if area is None:
        return Group.NONE
    is_city = any(city.code == area for city in all_divisions(store).cities())
    return Group.CITY if is_city else Group.COUNTY


def _no_such_area(key: str, area: str, period: Period, store: Store) -> KeyCell:
    name = all_divisions(store).name_of(area)
    why = tr("{period}没有{area}这个县（市、区）。", period=period.label, area=name)
    return KeyCell(key, NONE, "", NONE, why)


def _key_cell(now: Cell, grown: Cell) -> KeyCell:
    one, value = now.value.indicator, now.value.value
    words, unit = cell_words(now), one.unit
    if one.form is Form.RATE:
        words, unit = words.removesuffix("%"), "%" if value is not None else ""
    elif one.form is Form.MONEY and isinstance(value, int) and value >= YI and not now.is_unknown:
        words, unit = f"{Decimal(yi(value)):,}", tr("亿元")
    missing = tr("另有 {count:,} 件金额待补，未计入。", count=now.missing) if now.missing else ""
    exact = tr("{value} {unit}。", value=cell_words(now), unit=one.unit) if unit != one.unit else ""
    why = grown.value.reason if grown.value.value is None else ""
    told = "\n".join(part for part in (one.rule, exact, missing, why) if part)
    return KeyCell(one.key, words, unit, cell_words(grown), told)
