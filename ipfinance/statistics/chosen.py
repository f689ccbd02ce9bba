"""A table of figures whose columns a person chose: any indicator with any comparison."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.memberships import member_names
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.language import Words, tr, word
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.given import NEEDING, given_text
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.leading import Leading
from ipfinance.statistics.levels import CATALOGUE, STOCKS
from ipfinance.statistics.member_levels import MemberLevels
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.table_rows import Row
from ipfinance.statistics.tables import OF_MEMBERS, Table
from ipfinance.statistics.values import Values

COLUMNS = Words(
    {
        Comparison.LEVEL: word("本期"),
        Comparison.YEAR_ON_YEAR: word("同比"),
        Comparison.CHAIN: word("环比"),
        Comparison.INCREMENT: word("增减量"),
        Comparison.SHARE_OF_PROVINCE: word("占全省"),
        Comparison.RANK: word("排名"),
        Comparison.SHARE_OF_NATION: word("占全国"),
        Comparison.AHEAD_OF_NATION: word("高于全国"),
        Comparison.RECORD: word("历史新高"),
        Comparison.YEARS_FIRST: word("连续居首"),
        Comparison.FIRST_ABOVE: word("首次突破"),
        Comparison.YEARS_GROWING: word("连续增长"),
        Comparison.ANNUAL_GROWTH: word("年均增长"),
        Comparison.COMPLETION: word("完成率"),
    }
)
"""What may stand as a column, in the order in which it does, with its short name."""

GROUPS: dict[str, tuple[str, ...]] = {
    word("登记"): ("registrations", "secured_amount", "amount_missing", "online_registrations"),
    word("企业和质权人"): ("enterprises", "first_time_enterprises", "pledgees", "head_banks"),
    word("所涉权利"): (
        *("rights", "rights_distinct", "inventions", "utility_models", "designs", "trademarks"),
    ),
    word("平均"): ("amount_per_registration", "amount_per_enterprise", "amount_per_right"),
    word("普惠"): (
        *("inclusive_registrations", "inclusive_enterprises", "inclusive_amount"),
        *("inclusive_registration_rate", "inclusive_rate", "inclusive_amount_rate"),
    ),
    word("覆盖面"): ("counties_covered", "counties", "county_coverage"),
    word("其他金额"): (
        "credit_amount",
        "loan_amount",
        "appraised_value",
        "loan_to_value",
        "subsidy",
    ),
    word("在押和到期"): (
        *("outstanding_registrations", "outstanding_amount"),
        *("cancelled_registrations", "cancelled_amount"),
        *("due_registrations", "due_amount", "overdue_registrations", "overdue_amount"),
    ),
}
"""The catalogue as one looks for something in it; each indicator stands in one group."""
OTHERS = word("其他")
"""The group of an indicator that stands in none of them."""

_AREAS = (Group.CITY, Group.COUNTY)
_SHARES = (Comparison.SHARE_OF_PROVINCE, Comparison.SHARE_OF_NATION)
_OF_GROWTH = (Comparison.YEARS_GROWING, Comparison.ANNUAL_GROWTH)
_BY_AREA = (Comparison.SHARE_OF_PROVINCE, Comparison.RANK)
# What an amount that is still to be completed would have belonged to.
_OF_AMOUNTS = (
    *("secured_amount", "amount_per_enterprise", "amount_per_right"),
    *("outstanding_amount", "cancelled_amount", "due_amount", "overdue_amount"),
    *("inclusive_registrations", "inclusive_amount", "inclusive_amount_rate"),
)


@dataclass(frozen=True, slots=True)
class Pick:
    """A column that was chosen: an indicator's key and what is said of it.

    ``given`` is what the comparison needs beside it (see `given`): a rate, a round number or a
    target in the indicator's own unit (分 for money), or a number of years.
    """

    indicator: str
    comparison: Comparison = Comparison.LEVEL
    given: Number | None = None

    @property
    def key(self) -> str:
        given = "" if self.given is None else f".{self.given}"
        return f"{self.indicator}.{self.comparison}{given}"

    @property
    def title(self) -> str:
        """The short name of the column: 同比, 首次突破 100亿元."""
        name = COLUMNS[self.comparison]
        if self.given is None:
            return name
        given = given_text(self.indicator, self.comparison, self.given)
        match self.comparison:
            case Comparison.ANNUAL_GROWTH:
                return tr("近{years}年均增长", years=given)
            case Comparison.YEARS_GROWING:
                return tr("连续增长超 {rate}", rate=given)
            case Comparison.FIRST_ABOVE:
                return tr("首次突破 {number}", number=given)
        return tr("完成率（目标 {target}）", target=given)


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
    """The columns that have anything to show; ``notes`` name those left out, and why.

    ``together`` are the first rows counted as one, where only those are shown.
    """

    picks: tuple[Pick, ...]
    rows: tuple[ChosenRow, ...]
    total: ChosenRow
    notes: tuple[str, ...]
    together: ChosenRow | None = None


def is_given(pick: Pick) -> bool:
    """Whether the comparison has what it needs."""
    return pick.given is not None or pick.comparison not in NEEDING


def can_stand(pick: Pick) -> bool:
    """Whether the comparison means anything for the indicator."""
    one = CATALOGUE.get(pick.indicator)
    if one is None or pick.comparison not in COLUMNS:
        return False
    if one.form is Form.RATE:  # its changes are year_on_year and chain, which are in points
        return pick.comparison not in (Comparison.INCREMENT, *_SHARES, *_OF_GROWTH)
    is_average = one.form is Form.MONEY and not one.adds_up
    return not (is_average and pick.comparison in _SHARES)


def chosen(
    store: Store,
    table: Table,
    picks: Sequence[Pick],
    first: Leading | None = None,
    most: int | None = None,
) -> Chosen:
    """The chosen figures of the rows of a table, of its first ones together, and of the whole.

    By enterprise, lender, kind or size, a row is added for each that has no registration in the
    period but stands in a stock that was chosen. ``most`` is how many rows are wanted at most.
    """
    wanted = [one for one in picks if can_stand(one) and is_given(one)]
    levels = MemberLevels(store, table.by) if table.by in (*OF_MEMBERS, *_AREAS) else None
    values = Values(store, levels)
    province = values.levels.province
    if table.by in SPANS:
        wanted = [one for one in wanted if one.comparison not in _BY_AREA]

    def row_of(code: str, name: str, row: Row | None = None) -> ChosenRow:
        if levels is not None and table.by in OF_MEMBERS:
            cells = _within(_cells(values, table, wanted, levels.area_of(code), row), province)
        else:
            cells = _cells(values, table, wanted, area_of(table, code, province), row)
        return ChosenRow(code, name, cells, row.territory_changed if row else None)

    named: list[tuple[str, str, Row | None]] = [(row.code, row.name, row) for row in table.rows]
    if levels is not None and table.by in OF_MEMBERS and first is None:
        beyond = member_names(store, table.by, _beyond(levels, table, wanted))
        named += [(code, name, None) for code, name in beyond]
    rows = [row_of(*one) for one in named[:most]]
    together = None
    if levels is not None and first is not None:
        cells = _cells(values, table, wanted, levels.area_of(*first.keys), None)
        together = ChosenRow("", first.name, _within(cells, province))
    total = ChosenRow("", "", _cells(values, table, wanted, province, None))
    shown, notes = [], []
    for one in wanted:
        found = [row.cells[one].value for row in (*rows, total)]
        if one.comparison is Comparison.LEVEL or any(value.value is not None for value in found):
            shown.append(one)
        else:
            notes.append(_left_out(one, found[0].reason))
    return Chosen(tuple(shown), tuple(rows), total, tuple(notes), together)


def _within(cells: Mapping[Pick, Cell], province: str) -> dict[Pick, Cell]:
    """The figures of an enterprise or several rows, which are figures of the whole area."""
    return {
        pick: replace(cell, value=replace(cell.value, area=province))
        for pick, cell in cells.items()
    }


def _beyond(levels: MemberLevels, table: Table, picks: Sequence[Pick]) -> list[str]:
    """The keys that have something in a stock that was chosen, but no row in the table."""
    known = {row.code for row in table.rows}
    found: dict[str, None] = {}
    for pick in picks:
        if pick.indicator.partition("_")[0] in STOCKS:
            present = levels.present(pick.indicator, table.kind, table.period)
            found |= dict.fromkeys(key for key in present if key not in known)
    return list(found)


def _left_out(pick: Pick, why: str) -> str:
    return tr(
        "没有列出{indicator}{comparison}：{why}。",
        indicator=CATALOGUE[pick.indicator].name,
        comparison=pick.title,
        why=why,
    )


def _all_missing(missing: int) -> str:
    return tr("{missing:,} 件登记的金额都待补", missing=missing)


def span_of(table: Table, code: str) -> Period:
    """The days whose registrations the row of that code counts; of the total with a blank code."""
    whole = table.period
    if table.by not in SPANS or not code:
        return whole
    own = parse_period(code)
    return Period.of(max(own.start, whole.start), min(own.end, whole.end))


def area_of(table: Table, code: str, province: str) -> str:
    """The area whose registrations the row of that code counts."""
    return code if table.by in _AREAS and code else province


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
    method = _METHODS[pick.comparison]
    value = method(values, *asked) if pick.given is None else method(values, *asked, pick.given)
    compared = pick.comparison in (Comparison.YEAR_ON_YEAR, Comparison.INCREMENT)
    missing = (
        values.levels.missing(*asked[1:], pick.indicator) if pick.indicator in _OF_AMOUNTS else 0
    )
    level = value if pick.comparison is Comparison.LEVEL else values.level(*asked)
    is_unknown = level.indicator.form is Form.MONEY and not level.value and missing > 0
    if is_unknown:
        value = replace(value, value=None, base=None, reason=_all_missing(missing))
    return Cell(value, missing, is_unknown, broken if compared else None)


_METHODS: dict[Comparison, Callable[..., Value]] = {
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
    Comparison.FIRST_ABOVE: Values.first_above,
    Comparison.YEARS_GROWING: Values.years_growing,
    Comparison.ANNUAL_GROWTH: Values.annual_growth,
    Comparison.COMPLETION: Values.completion,
}
