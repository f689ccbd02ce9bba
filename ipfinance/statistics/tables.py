"""The table of figures of a period: computed once for page, chart, workbook and command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import Facts, read_facts
from ipfinance.db.memberships import member_names, member_totals
from ipfinance.db.totals import Group, Totals, counties_covered, totals
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.statistics.comparisons import growth, ranks, share
from ipfinance.statistics.indicators import MEASURES
from ipfinance.statistics.spans import SPANS, span_keys, span_name, year_earlier


class KindChoice(StrEnum):
    """Which register a table counts; ``ALL`` adds patents and trademarks (counting rule 13)."""

    PATENT = "patent"
    TRADEMARK = "trademark"
    ALL = "all"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        if self is KindChoice.ALL:
            return (Kind.PATENT, Kind.TRADEMARK)
        return (Kind(self.value),)

    @property
    def label(self) -> str:
        return _KIND_LABELS[self.value]


PARTIES = (Group.ENTERPRISE, Group.PLEDGEE, Group.HEAD_BANK)
"""Groups with so many rows that the largest come first."""
OF_MEMBERS = (*PARTIES, Group.PLEDGEE_KIND, Group.RIGHT_KIND, Group.SIZE, Group.INDUSTRY)
"""Groups of which a registration may belong to several."""
GROUP_NAMES: dict[Group, str] = {
    Group.NONE: "地区",
    Group.CITY: "设区市",
    Group.COUNTY: "县(市、区)",
    Group.YEAR: "年",
    Group.HALF: "半年",
    Group.QUARTER: "季度",
    Group.MONTH: "月",
    Group.ENTERPRISE: "企业",
    Group.PLEDGEE: "质权人",
    Group.HEAD_BANK: "质权人总行",
    Group.PLEDGEE_KIND: "质权人类型",
    Group.RIGHT_KIND: "权利种类",
    Group.SIZE: "企业规模",
    Group.INDUSTRY: "行业门类",
}
"""The name of each group, as it heads the column of its rows."""
_KIND_LABELS = {"patent": "专利权", "trademark": "商标专用权", "all": "专利权和商标专用权"}


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one area or one span of time.

    ``values`` and ``previous`` are keyed by measure; money is whole 分. ``growth`` and
    ``share`` are fractions or None, ``rank`` starts at 1. ``territory_changed`` is the day
    within the period on which the area behind the code changed; ``comparison_broken`` one
    between the two periods compared, so that the growth must be marked 口径调整.
    """

    code: str
    name: str
    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    share: Mapping[str, Fraction | None]
    rank: Mapping[str, int]
    territory_changed: date | None = None
    comparison_broken: date | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The figures of the whole area, counted on their own and never added from the rows."""

    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    counties_covered: int
    counties: int
    counties_covered_previous: int
    counties_previous: int

    @property
    def inclusive_rate(self) -> Fraction | None:
        return share(self.values["inclusive_enterprises"], self.values["enterprises"])

    @property
    def inclusive_rate_previous(self) -> Fraction | None:
        return share(self.previous["inclusive_enterprises"], self.previous["enterprises"])


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a page, a chart or a workbook needs to show one period's figures."""

    area: str
    period: Period
    previous_period: Period
    kind: KindChoice
    by: Group
    rows: tuple[Row, ...]
    total: Whole
    notes: tuple[str, ...]
    facts: Facts

    @property
    def is_empty(self) -> bool:
        """Whether the period has no registration at all, so that zeros would mislead."""
        return self.total.values["registrations"] == 0


def table(store: Store, period: Period, kind: KindChoice, by: Group, today: date) -> Table:
    """The figures of a period beside the same window a year earlier.

    All cities are rows, zeros included, in code order; so are all counties that are valid in
    the period, and all years and months of it.
    """
    divisions = all_divisions(store)
    facts = read_facts(store)
    before = period.previous()
    now_by, then_by = (_counted(store, by, span, kind, facts) for span in (period, before))
    if by is Group.NONE:
        now_all, then_all = now_by, then_by
    else:
        now_all, then_all = (
            _counted(store, Group.NONE, span, kind, facts) for span in (period, before)
        )
    total = _whole(store, divisions, period, before, kind, now_all, then_all)
    labels = _members(store, by, now_by) if by in OF_MEMBERS else _labels(divisions, period, by)
    values = [_values(now_by.get(code)) for code, _ in labels]
    ranked = {one.key: ranks([cell[one.key] for cell in values]) for one in MEASURES}
    rows = []
    for index, (code, name) in enumerate(labels):
        previous = _values(then_by.get(_year_earlier(code, by)))
        rows.append(
            Row(
                code=code,
                name=name,
                values=values[index],
                previous=previous,
                growth=_growths(values[index], previous),
                share={
                    one.key: share(values[index][one.key], total.values[one.key])
                    for one in MEASURES
                },
                rank={one.key: ranked[one.key][index] for one in MEASURES},
                territory_changed=_changed(divisions, code, by, period),
                comparison_broken=_changed(divisions, code, by, _span(before, period)),
            )
        )
    unplaced = now_by.get("") if by is Group.COUNTY else None
    notes = _notes(period, total, rows, unplaced, facts, today)
    area = divisions.province.name
    return Table(area, period, before, kind, by, tuple(rows), total, notes, facts)


def _counted(
    store: Store, by: Group, span: Period, kind: KindChoice, facts: Facts
) -> dict[str, Totals]:
    count = member_totals if by in OF_MEMBERS else totals
    return count(store, by, span.start, span.end, kind.kinds, facts.inclusive_threshold_fen)


def _members(store: Store, by: Group, counted: dict[str, Totals]) -> list[tuple[str, str]]:
    """Key and name of each row: kinds and sizes in their own order, parties by amount."""
    keys = (
        sorted(counted, key=lambda key: (-counted[key].secured_amount_fen, len(key), key))
        if by in PARTIES
        else list(counted)
    )
    return member_names(store, by, keys)


def _values(cell: Totals | None) -> dict[str, int]:
    cell = cell or Totals()
    return {
        "registrations": cell.registrations,
        "secured_amount": cell.secured_amount_fen,
        "enterprises": cell.enterprises,
        "rights": cell.rights,
        "rights_distinct": cell.rights_distinct,
        "inclusive_enterprises": cell.inclusive_enterprises,
        "pledgees": cell.pledgees,
        "amount_missing": cell.amount_missing,
    }


def _growths(values: Mapping[str, int], previous: Mapping[str, int]) -> dict[str, Fraction | None]:
    return {key: growth(value, previous[key]) for key, value in values.items()}


def _whole(
    store: Store,
    divisions: Divisions,
    period: Period,
    before: Period,
    kind: KindChoice,
    now_all: dict[str, Totals],
    then_all: dict[str, Totals],
) -> Whole:
    values, previous = _values(now_all.get("")), _values(then_all.get(""))
    covered, counties = _coverage(store, divisions, period, kind)
    covered_then, counties_then = _coverage(store, divisions, before, kind)
    return Whole(
        values=values,
        previous=previous,
        growth=_growths(values, previous),
        counties_covered=covered,
        counties=counties,
        counties_covered_previous=covered_then,
        counties_previous=counties_then,
    )


def _coverage(
    store: Store, divisions: Divisions, span: Period, kind: KindChoice
) -> tuple[int, int]:
    """How many of the counties that exist at the end have a registration, and how many exist."""
    existing = {county.code for county in divisions.counties_on(span.end)}
    covered = counties_covered(store, span.start, span.end, kind.kinds)
    return len(existing & covered.keys()), len(existing)


def _labels(divisions: Divisions, period: Period, by: Group) -> list[tuple[str, str]]:
    """Code and name of each row, in order."""
    if by is Group.CITY:
        return [(city.code, city.name) for city in divisions.cities()]
    if by is Group.COUNTY:
        return [(county.code, county.name) for county in divisions.counties_in(period)]
    if by is Group.NONE:
        return [("", divisions.province.name)]
    return [(key, span_name(key)) for key in span_keys(by, period)]


def _year_earlier(code: str, by: Group) -> str:
    return year_earlier(code) if by in SPANS else code


def _changed(divisions: Divisions, code: str, by: Group, span: Period) -> date | None:
    return divisions.territory_changed(code, span) if by is Group.COUNTY else None


def _span(before: Period, period: Period) -> Period:
    return Period.of(before.start, period.end)


def _notes(
    period: Period,
    total: Whole,
    rows: list[Row],
    unplaced: Totals | None,
    facts: Facts,
    today: date,
) -> tuple[str, ...]:
    notes = []
    if not total.values["registrations"]:
        notes.append(f"{period.label}没有登记。")
    if period.start <= today <= period.end:
        notes.append(f"期间尚未结束，数据截至 {today}；上年同期为整个期间，不宜直接比较。")
    missing = total.values["amount_missing"]
    if missing:
        notes.append(f"另有 {missing} 件金额待补，未计入担保债权额。")
    if unplaced is not None and unplaced.registrations:
        notes.append(f"另有 {unplaced.registrations} 件没有写明县（市、区），只计入设区市和全省。")
    changed = [row.name for row in rows if row.comparison_broken]
    if changed:
        notes.append(f"口径调整：{'、'.join(changed)}的区划在比较期间内有调整，同比仅供参考。")
    if not total.previous["registrations"]:
        notes.append("上年同期没有登记，同比记作「—」。")
    notes.append("企业数、质权人数等去重计数，各地之和不一定等于合计；合计单独计算，不由各地相加。")
    notes.append(f"普惠标准：单笔担保债权额不超过 {wan(facts.inclusive_threshold_fen, 0)} 万元。")
    return tuple(notes)
