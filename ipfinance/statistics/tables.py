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
from ipfinance.db.territories import pieces_totals
from ipfinance.db.totals import Group, Totals, Window
from ipfinance.domain.division import Divisions
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.language import Words, word
from ipfinance.statistics.borders import Borders
from ipfinance.statistics.comparisons import growth, ranks, share
from ipfinance.statistics.indicators import MEASURES
from ipfinance.statistics.spans import SPANS, span_keys, span_name, year_earlier
from ipfinance.statistics.table_notes import table_notes
from ipfinance.statistics.table_rows import Recast, Row, Whole


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
GROUP_NAMES: Words[Group] = Words(
    {
        Group.NONE: word("地区"),
        Group.CITY: word("设区市"),
        Group.COUNTY: word("县(市、区)"),
        Group.YEAR: word("年"),
        Group.HALF: word("半年"),
        Group.QUARTER: word("季度"),
        Group.MONTH: word("月"),
        Group.ENTERPRISE: word("企业"),
        Group.PLEDGEE: word("质权人"),
        Group.HEAD_BANK: word("质权人总行"),
        Group.PLEDGEE_KIND: word("质权人类型"),
        Group.RIGHT_KIND: word("权利种类"),
        Group.SIZE: word("企业规模"),
        Group.INDUSTRY: word("行业门类"),
    }
)
"""The name of each group, as it heads the column of its rows."""
_KIND_LABELS = Words(
    {
        "patent": word("专利权"),
        "trademark": word("商标专用权"),
        "all": word("专利权和商标专用权"),
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a page, a chart or a workbook needs to show one period's figures.

    ``city`` is the code of the one city that ``area`` and ``total`` are of, None for the whole
    province.
    """

    area: str
    period: Period
    previous_period: Period
    kind: KindChoice
    by: Group
    rows: tuple[Row, ...]
    total: Whole
    notes: tuple[str, ...]
    facts: Facts
    city: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the period has no registration at all, so that zeros would mislead."""
        return self.total.values["registrations"] == 0


def table(
    store: Store,
    period: Period,
    kind: KindChoice,
    by: Group,
    today: date,
    city: str | None = None,
) -> Table:
    """The figures of a period beside the same window a year earlier.

    All cities are rows, zeros included, in code order; so are all counties that are valid in
    the period, and all years and months of it. ``city`` is the code of one city whose counties
    are the rows, and which is then the whole that they are parts of.
    """
    if city is not None and by is not Group.COUNTY:
        raise ValueError(f"the rows of one city are its counties, not by {by}")
    divisions = all_divisions(store)
    facts = read_facts(store)
    before = period.previous()
    now, then = (Window(store, span.start, span.end, kind.kinds) for span in (period, before))
    now_by, then_by = (
        _counted(store, window, by, span, kind, facts)
        for window, span in ((now, period), (then, before))
    )
    total = _whole(divisions, period, before, now, then, facts, city)
    labels = (
        _members(store, by, now_by) if by in OF_MEMBERS else _labels(divisions, period, by, city)
    )
    values = [_values(now_by.get(code)) for code, _ in labels]
    ranked = {one.key: ranks([cell[one.key] for cell in values]) for one in MEASURES}
    changes = None
    if by is Group.COUNTY:
        changes = _Changes(store, period, facts, (now, then))
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
                territory_changed=divisions.territory_changed(code, period) if changes else None,
                comparison_broken=changes.broken(code) if changes else None,
                recast=changes.recast(code) if changes else None,
            )
        )
    unplaced = 0
    if city is not None:
        placed = sum(cell["registrations"] for cell in values)
        unplaced = total.values["registrations"] - placed
    elif by is Group.COUNTY:
        unplaced = now_by.get("", Totals()).registrations
    notes = table_notes(period, total, rows, unplaced, facts, today)
    area = divisions.province.name if city is None else divisions.city(city).name
    return Table(area, period, before, kind, by, tuple(rows), total, notes, facts, city)


def _counted(
    store: Store, window: Window, by: Group, span: Period, kind: KindChoice, facts: Facts
) -> dict[str, Totals]:
    threshold = facts.inclusive_threshold_fen
    if by in OF_MEMBERS:
        return member_totals(store, by, span.start, span.end, kind.kinds, threshold)
    return window.totals(by, threshold)


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
    divisions: Divisions,
    period: Period,
    before: Period,
    now: Window,
    then: Window,
    facts: Facts,
    city: str | None,
) -> Whole:
    by, key = (Group.NONE, "") if city is None else (Group.CITY, city)
    values, previous = (
        _values(window.totals(by, facts.inclusive_threshold_fen).get(key)) for window in (now, then)
    )
    covered, counties = _coverage(divisions, period, now, city)
    covered_then, counties_then = _coverage(divisions, before, then, city)
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
    divisions: Divisions, span: Period, window: Window, city: str | None
) -> tuple[int, int]:
    """How many of the counties that exist at the end have a registration, and how many exist."""
    existing = {county.code for county in divisions.counties_on(span.end, city)}
    return len(existing & window.counties_covered().keys()), len(existing)


def _labels(
    divisions: Divisions, period: Period, by: Group, city: str | None
) -> list[tuple[str, str]]:
    """Code and name of each row, in order."""
    if by is Group.CITY:
        return [(city.code, city.name) for city in divisions.cities()]
    if by is Group.COUNTY:
        return [(county.code, county.name) for county in divisions.counties_in(period, city)]
    if by is Group.NONE:
        return [("", divisions.province.name)]
    return [(key, span_name(key)) for key in span_keys(by, period)]


def _year_earlier(code: str, by: Group) -> str:
    return year_earlier(code) if by in SPANS else code


class _Changes:
    """The counties that changed between the two periods compared."""

    def __init__(
        self,
        store: Store,
        period: Period,
        facts: Facts,
        windows: tuple[Window, Window],
    ) -> None:
        self._facts, self._windows = facts, windows
        self._period, self._before = period, period.previous()
        self._borders = Borders(store)

    def broken(self, code: str) -> date | None:
        """The day on which the county took or lost territory, None if it stayed the same."""
        return self._borders.changed(code, self._before, self._period)

    def recast(self, code: str) -> Recast | None:
        """The county within its last borders in both periods; None if unchanged or untold."""
        successions = self._borders.successions
        both = Period.of(self._before.start, self._period.end)
        if successions.changed(code, both) is None:
            return None
        threshold = self._facts.inclusive_threshold_fen
        values, previous = (
            pieces_totals(window, successions.pieces(code, period, self._period.end), threshold)
            for window, period in zip(self._windows, (self._period, self._before), strict=True)
        )
        if values is None or previous is None:
            return None
        now, then = _values(values), _values(previous)
        return Recast(now, then, _growths(now, then))
