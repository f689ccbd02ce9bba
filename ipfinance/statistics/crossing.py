"""Any indicator over any two groups crossed: enterprise by month, county by kind of right.

Row totals, column totals and the total are counted on their own, never added from the cells:
a joint registration stands in several of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which, counted_rows
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.memberships import UNKNOWN, member_names
from ipfinance.db.totals import Group
from ipfinance.domain.division import Division, Divisions
from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.language import Words, listed, sentences, tr, word
from ipfinance.statistics.claims import Number
from ipfinance.statistics.comparisons import share
from ipfinance.statistics.crossing_counts import Counter
from ipfinance.statistics.indicators import COUNTIES, Indicator
from ipfinance.statistics.levels import CATALOGUE, RATIO_PARTS, STOCKS
from ipfinance.statistics.spans import SPANS, span_keys, span_name
from ipfinance.statistics.tables import GROUP_NAMES, OF_MEMBERS, PARTIES, KindChoice

Place = tuple[str | None, str | None]
"""Keys of row and column; None is the total over all of them."""

CROSSABLE = tuple(group for group in Group if group is not Group.NONE)
"""The groups that can be rows or columns."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: its key and the name that stands there."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Crossed:
    """One indicator over two groups.

    ``values`` is keyed by row and column key, None standing for the total of all; money is
    whole 分, a rate or an average a fraction. What is absent is nothing: 0 of a count, no value
    of a rate. ``unknown`` are the places whose registrations all lack their amount.
    """

    indicator: Indicator
    kind: KindChoice
    period: Period
    by: Group
    cross: Group
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    values: Mapping[Place, Number | None]
    unknown: frozenset[Place]
    notes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count, so that zeros would mislead; a note says so."""
        return not self.rows

    @property
    def rule(self) -> str:
        """The counting rule of the indicator, then that of the totals."""
        return sentences(self.indicator.rule, tr(_TOTALS))

    def at(self, row: str | None, column: str | None) -> Number | None:
        """The value of a cell by its keys, of a row or column total, or of the whole."""
        is_rate = self.indicator.key in RATIO_PARTS
        return self.values.get((row, column), None if is_rate else 0)


_TOTALS = word("行合计、列合计和总计各自单独计算，不由格内数相加。")


def crossed(
    store: Store,
    indicator: str,
    kind: KindChoice,
    period: Period,
    rows: Group,
    columns: Group,
    today: date,
) -> Crossed:
    """One indicator (its key) of a period over two groups.

    Cities, counties and spans of time are all there, in order; other rows and columns are those
    that have any registration, enterprises and lenders with the largest first.

    Raises:
        UserError: for an unknown indicator, the same group twice, or a group that is none.
    """
    if indicator not in CATALOGUE:
        raise UserError(
            tr("没有名为 {indicator} 的指标", indicator=indicator),
            tr("可用的指标：{keys}", keys=listed(CATALOGUE)),
        )
    if rows is columns or Group.NONE in (rows, columns):
        raise UserError(
            tr("交叉表要两个不同的分组"), tr("可用的分组：{groups}", groups=_group_words())
        )
    divisions, facts = all_divisions(store), read_facts(store)
    which = which_of(indicator)
    counter = Counter(
        counted_rows(
            store, which, period.start, period.end, kind.kinds, facts.inclusive_threshold_fen
        ),
        [county.code for county in divisions.counties_on(period.end)],
    )
    told = CATALOGUE[indicator]
    if counter.is_empty:
        note = tr("{label}没有登记。", label=period.label)
        if which is not Which.REGISTERED:
            note = tr("{label}没有「{name}」所统计的登记。", label=period.label, name=told.name)
        return Crossed(told, kind, period, rows, columns, (), (), {}, frozenset(), (note,))
    shown = [_keys(divisions, period, which, group, counter) for group in (rows, columns)]
    counting = _Counting(counter, divisions, period, (rows, columns), shown)
    values = counting.values(indicator)
    unknown = counting.without_amount(indicator)
    values.update(dict.fromkeys(unknown))
    headings = (
        _headings(store, divisions, period, rows, shown[0], lambda key: values.get((key, None))),
        _headings(store, divisions, period, columns, shown[1], lambda key: values.get((None, key))),
    )
    missing = counter.count("amount_missing", ()).get((), 0) if _is_of_amount(indicator) else 0
    notes = _notes(divisions, period, which, (rows, columns), headings, missing, today)
    return Crossed(told, kind, period, rows, columns, *headings, values, unknown, notes)


class _Counting:
    """Measures over both groups, each of them, and none: cells, totals and the whole."""

    def __init__(
        self,
        counter: Counter,
        divisions: Divisions,
        period: Period,
        groups: tuple[Group, Group],
        shown: Sequence[Sequence[str]],
    ) -> None:
        self._counter = counter
        self._counties = divisions.counties_on(period.end)
        self._groups = groups
        self._shown = shown

    def values(self, indicator: str) -> dict[Place, Number | None]:
        if indicator in RATIO_PARTS:
            above, below = (self.values(part) for part in RATIO_PARTS[indicator])
            return {place: _ratio(above.get(place, 0), whole) for place, whole in below.items()}
        if indicator == COUNTIES.key:
            return self._existing()
        return dict(self._counts(recipe_of(indicator)))

    def without_amount(self, indicator: str) -> frozenset[Place]:
        """The places with registrations, none of which has an amount: not a zero."""
        if not _is_of_amount(indicator):
            return frozenset()
        have = self._counts("registrations")
        lack = self._counts("amount_missing")
        return frozenset(place for place, number in have.items() if number == lack.get(place))

    def _counts(self, measure: str) -> dict[Place, int]:
        rows, columns = self._groups
        count = self._counter.count
        found: dict[Place, int] = {(None, None): count(measure, ()).get((), 0)}
        found |= {(row, None): number for (row,), number in count(measure, (rows,)).items()}
        found |= {
            (None, column): number for (column,), number in count(measure, (columns,)).items()
        }
        for keys, number in count(measure, (rows, columns)).items():
            found[keys[0], keys[1]] = number
        return found

    def _existing(self) -> dict[Place, Number | None]:
        """How many counties exist for each place, registrations or not."""
        places: Iterator[Place] = product([None, *self._shown[0]], [None, *self._shown[1]])
        return {
            (row, column): counties_within(
                self._counties,
                {
                    group: key
                    for group, key in zip(self._groups, (row, column), strict=True)
                    if key is not None
                },
            )
            for row, column in places
        }


def counties_within(counties: Sequence[Division], keys: Mapping[Group, str]) -> int:
    """How many of the counties lie in the city and are the county of these keys, if any."""
    city, county = keys.get(Group.CITY), keys.get(Group.COUNTY)
    return sum(
        (city is None or one.parent == city) and (county is None or one.code == county)
        for one in counties
    )


def _ratio(above: Number | None, below: Number | None) -> Fraction | None:
    assert isinstance(above, int)
    assert isinstance(below, int)
    return share(above, below)


def which_of(indicator: str) -> Which:
    """Which registrations an indicator is counted from."""
    stock = indicator.partition("_")[0]
    return Which(stock) if stock in STOCKS else Which.REGISTERED


def recipe_of(indicator: str) -> str:
    """The recipe of an indicator: a stock is counted like a flow, over other registrations."""
    stock, _, column = indicator.partition("_")
    if stock not in STOCKS:
        return indicator
    return "secured_amount" if column == "amount" else column


def _is_of_amount(indicator: str) -> bool:
    return "secured_amount" in (recipe_of(indicator), *RATIO_PARTS.get(indicator, ()))


def _keys(
    divisions: Divisions, period: Period, which: Which, group: Group, counter: Counter
) -> list[str]:
    """The keys that stand in the table; what is blank comes last."""
    present = counter.keys(group)
    if group is Group.CITY:
        shown = [city.code for city in divisions.cities()]
    elif group is Group.COUNTY:
        shown = [county.code for county in divisions.counties_in(period)]
        shown = sorted({*shown, *present} - {""})
    elif group in SPANS and which not in (Which.OUTSTANDING, Which.OVERDUE):
        shown = span_keys(group, period)
    else:
        shown = [key for key in present if key]
    return [*shown, ""] if "" in present else shown


def _headings(
    store: Store,
    divisions: Divisions,
    period: Period,
    group: Group,
    keys: Sequence[str],
    total: Callable[[str], Number | None],
) -> tuple[Heading, ...]:
    """The keys with their names, parties by their totals with the largest first."""
    if group in PARTIES:
        keys = sorted(keys, key=lambda key: (-(total(key) or 0), len(key), key))
    if group in OF_MEMBERS:
        return tuple(Heading(*one) for one in member_names(store, group, keys))
    if group in SPANS:
        return tuple(Heading(key, span_name(key)) for key in keys)
    return tuple(
        Heading(key, divisions.name_of(key, period.end) if key else tr(UNKNOWN)) for key in keys
    )


def _notes(
    divisions: Divisions,
    period: Period,
    which: Which,
    groups: tuple[Group, Group],
    headings: tuple[tuple[Heading, ...], tuple[Heading, ...]],
    missing: int,
    today: date,
) -> tuple[str, ...]:
    notes = []
    if period.contains(today):
        notes.append(tr("期间尚未结束，数据截至 {today}。", today=today))
    if missing:
        notes.append(tr("另有 {missing:,} 件金额待补，未计入金额。", missing=missing))
    for group, names in zip(groups, headings, strict=True):
        if group in PARTIES:
            notes.append(
                tr(
                    "共 {count:,} 家{group}，由大到小排列。",
                    count=len(names),
                    group=GROUP_NAMES[group],
                )
            )
        elif group is Group.COUNTY:
            changed = [
                one.name
                for one in names
                if one.key and divisions.territory_changed(one.key, period)
            ]
            if changed:
                notes.append(
                    tr(
                        "{changed}的区划在期间内有调整，按登记当日的区划统计。",
                        changed=listed(changed),
                    )
                )
        elif group in SPANS and which is not Which.REGISTERED:
            notes.append(tr("{group}按{day}归入。", group=GROUP_NAMES[group], day=_DAYS[which]))
    if any(group in OF_MEMBERS for group in groups):
        notes.append(tr("一笔登记有几个出质人、质权人或几种权利的，在各自名下都计入。"))
    notes.append(tr(_TOTALS))
    return tuple(notes)


_DAYS = Words(
    {
        Which.OUTSTANDING: word("登记日期"),
        Which.OVERDUE: word("登记日期"),
        Which.CANCELLED: word("注销日期"),
        Which.DUE: word("债务履行期限止"),
    }
)


def _group_words() -> str:
    return listed(f"{GROUP_NAMES[group]}（{group.value}）" for group in CROSSABLE)
