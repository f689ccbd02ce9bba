"""A table of figures whose columns a person chose: any indicator with any comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.claims import Comparison, Value
from ipfinance.statistics.comparisons import share
from ipfinance.statistics.indicators import MEASURES, Form
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import OF_MEMBERS, Row, Table, Whole
from ipfinance.statistics.values import Values

COLUMNS: dict[Comparison, str] = {
    Comparison.LEVEL: "本期",
    Comparison.YEAR_ON_YEAR: "同比",
    Comparison.CHAIN: "环比",
    Comparison.INCREMENT: "增减量",
    Comparison.SHARE_OF_PROVINCE: "占全省",
    Comparison.RANK: "排名",
    Comparison.SHARE_OF_NATION: "占全国",
    Comparison.AHEAD_OF_NATION: "高于全国",
    Comparison.RECORD: "历史新高",
    Comparison.YEARS_FIRST: "连续居首",
}
"""What may stand as a column, in the order in which it does, with its short name."""

GROUPS: dict[str, tuple[str, ...]] = {
    "登记": ("registrations", "secured_amount", "amount_missing", "online_registrations"),
    "企业和质权人": ("enterprises", "first_time_enterprises", "pledgees", "head_banks"),
    "所涉权利": (
        *("rights", "rights_distinct", "inventions", "utility_models", "designs", "trademarks"),
    ),
    "平均": ("amount_per_registration", "amount_per_enterprise", "amount_per_right"),
    "普惠": (
        *("inclusive_registrations", "inclusive_enterprises", "inclusive_amount"),
        *("inclusive_registration_rate", "inclusive_rate", "inclusive_amount_rate"),
    ),
    "覆盖面": ("counties_covered", "counties", "county_coverage"),
    "其他金额": ("credit_amount", "loan_amount", "appraised_value", "loan_to_value", "subsidy"),
    "在押和到期": (
        *("outstanding_registrations", "outstanding_amount"),
        *("cancelled_registrations", "cancelled_amount"),
        *("due_registrations", "due_amount", "overdue_registrations", "overdue_amount"),
    ),
}
"""The catalogue as one looks for something in it; each indicator stands in one group."""
OTHERS = "其他"
"""The group of an indicator that stands in none of them."""

_OF_ROWS = (
    *(Comparison.LEVEL, Comparison.YEAR_ON_YEAR, Comparison.INCREMENT),
    *(Comparison.SHARE_OF_PROVINCE, Comparison.RANK),
)
_NOT_BY_MEMBERS = "按企业、质权人或类别统计时没有这一列"
_SHARES = (Comparison.SHARE_OF_PROVINCE, Comparison.SHARE_OF_NATION)
_BY_AREA = (Comparison.SHARE_OF_PROVINCE, Comparison.RANK)
# What an amount that is still to be completed would have belonged to.
_OF_AMOUNTS = (
    *("secured_amount", "amount_per_enterprise", "amount_per_right"),
    *("outstanding_amount", "cancelled_amount", "due_amount", "overdue_amount"),
    *("inclusive_registrations", "inclusive_amount", "inclusive_amount_rate"),
)


@dataclass(frozen=True, slots=True)
class Pick:
    """A column that was chosen: an indicator's key and what is said of it."""

    indicator: str
    comparison: Comparison = Comparison.LEVEL

    @property
    def key(self) -> str:
        return f"{self.indicator}.{self.comparison}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a chosen table.

    ``missing`` is how many registrations without an amount would have belonged to it;
    ``is_unknown`` says that nobody has told any of the amounts, so that it is no zero.
    ``broken`` is the day between the periods compared on which the area changed.
    """

    value: Value
    missing: int = 0
    is_unknown: bool = False
    broken: date | None = None


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """The chosen figures of one area or one span of time, or of the whole."""

    code: str
    name: str
    cells: Mapping[Pick, Cell]
    territory_changed: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that have anything to show; ``notes`` name those left out, and why."""

    picks: tuple[Pick, ...]
    rows: tuple[ChosenRow, ...]
    total: ChosenRow
    notes: tuple[str, ...]


def can_stand(pick: Pick) -> bool:
    """Whether the comparison means anything for the indicator."""
    one = CATALOGUE.get(pick.indicator)
    if one is None or pick.comparison not in COLUMNS:
        return False
    if one.form is Form.RATE:  # its changes are year_on_year and chain, which are in points
        return pick.comparison not in (Comparison.INCREMENT, *_SHARES)
    is_average = one.form is Form.MONEY and not one.adds_up
    return not (is_average and pick.comparison in _SHARES)


def chosen(store: Store, table: Table, picks: Sequence[Pick]) -> Chosen:
    """The chosen figures of the rows of a table by area or time, and of the whole."""
    values = Values(store)
    wanted = [one for one in picks if can_stand(one)]
    if table.by in OF_MEMBERS:
        return _of_members(table, wanted, values.levels.province)
    if table.by in SPANS:
        wanted = [one for one in wanted if one.comparison not in _BY_AREA]
    province = values.levels.province
    rows = tuple(
        ChosenRow(
            row.code,
            row.name,
            _cells(values, table, wanted, area_of(table, row.code, province), row),
            row.territory_changed,
        )
        for row in table.rows
    )
    total = ChosenRow("", "", _cells(values, table, wanted, province, None))
    shown, notes = [], []
    for one in wanted:
        found = [row.cells[one].value for row in (*rows, total)]
        if one.comparison is Comparison.LEVEL or any(value.value is not None for value in found):
            shown.append(one)
        else:
            notes.append(_left_out(one, found[0].reason))
    return Chosen(tuple(shown), rows, total, tuple(notes))


def _left_out(pick: Pick, why: str) -> str:
    return f"没有列出{CATALOGUE[pick.indicator].name}{COLUMNS[pick.comparison]}：{why}。"


def _of_members(table: Table, picks: Sequence[Pick], province: str) -> Chosen:
    """By enterprise, lender, kind or size: what the table itself has counted."""
    measures = {one.key for one in MEASURES}
    shown = [one for one in picks if one.indicator in measures and one.comparison in _OF_ROWS]
    notes = (_left_out(one, _NOT_BY_MEMBERS) for one in picks if one not in shown)

    def cells(part: Row | Whole) -> dict[Pick, Cell]:
        return {one: _counted(table, part, one, province) for one in shown}

    return Chosen(
        tuple(shown),
        tuple(ChosenRow(row.code, row.name, cells(row)) for row in table.rows),
        ChosenRow("", "", cells(table.total)),
        tuple(notes),
    )


def _counted(table: Table, part: Row | Whole, pick: Pick, province: str) -> Cell:
    """A figure of a row or the whole as the table has it."""
    key, one = pick.indicator, CATALOGUE[pick.indicator]
    now, before = part.values[key], part.previous[key]
    missing = part.values["amount_missing"] if key == "secured_amount" else 0
    value = Value(one, pick.comparison, table.kind, table.period, province, None)
    if missing and missing == part.values["registrations"]:
        return Cell(replace(value, reason=_all_missing(missing)), missing, is_unknown=True)
    match pick.comparison:
        case Comparison.LEVEL:
            value = replace(value, value=now)
        case Comparison.SHARE_OF_PROVINCE:
            whole = table.total.values[key]
            value = replace(value, value=share(now, whole), base=whole, reason="合计为 0")
        case Comparison.RANK if isinstance(part, Row):
            value = replace(value, value=part.rank[key])
        case Comparison.YEAR_ON_YEAR if before:
            value = replace(value, value=part.growth[key], base=before)
        case Comparison.INCREMENT if table.total.previous["registrations"]:
            value = replace(value, value=now - before, base=before)
        case Comparison.YEAR_ON_YEAR if table.total.previous["registrations"]:
            value = replace(value, base=0, reason=f"上年同期为零（{table.previous_period.label}）")
        case _:
            value = replace(value, reason=f"{table.previous_period.label}没有数据可比")
    return Cell(value, missing)


def _all_missing(missing: int) -> str:
    return f"{missing:,} 件登记的金额都待补"


def span_of(table: Table, code: str) -> Period:
    """The days whose registrations the row of that code counts; of the total with a blank code."""
    whole = table.period
    if table.by not in SPANS or not code:
        return whole
    own = parse_period(code)
    return Period.of(max(own.start, whole.start), min(own.end, whole.end))


def area_of(table: Table, code: str, province: str) -> str:
    """The area whose registrations the row of that code counts."""
    return code if table.by in (Group.CITY, Group.COUNTY) and code else province


def _cells(
    values: Values, table: Table, picks: Sequence[Pick], area: str, row: Row | None
) -> dict[Pick, Cell]:
    period = span_of(table, row.code if row else "")
    broken = row.comparison_broken if row else None
    return {one: _cell(values, table, one, period, area, broken) for one in picks}


def _cell(
    values: Values, table: Table, pick: Pick, period: Period, area: str, broken: date | None
) -> Cell:
    asked = (pick.indicator, table.kind, period, area)
    value = _METHODS[pick.comparison](values, *asked)
    compared = pick.comparison in (Comparison.YEAR_ON_YEAR, Comparison.INCREMENT)
    missing = (
        values.levels.missing(*asked[1:], pick.indicator) if pick.indicator in _OF_AMOUNTS else 0
    )
    level = value if pick.comparison is Comparison.LEVEL else values.level(*asked)
    is_unknown = level.indicator.form is Form.MONEY and not level.value and missing > 0
    if is_unknown:
        value = replace(value, value=None, base=None, reason=_all_missing(missing))
    return Cell(value, missing, is_unknown, broken if compared else None)


_METHODS = {
    Comparison.LEVEL: Values.level,
    Comparison.YEAR_ON_YEAR: Values.year_on_year,
    Comparison.CHAIN: Values.chain,
    Comparison.INCREMENT: Values.increment,
    Comparison.SHARE_OF_PROVINCE: Values.share_of_province,
    Comparison.RANK: Values.rank,
    Comparison.SHARE_OF_NATION: Values.share_of_nation,
    Comparison.AHEAD_OF_NATION: Values.ahead_of_nation,
    Comparison.RECORD: Values.record,
    Comparison.YEARS_FIRST: Values.years_first,
}
