"""A table of chosen columns in the machine-readable shapes, each figure with its rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, count
from ipfinance.domain.money import YUAN, yuan_text
from ipfinance.reports.grounds import cited, is_published, rule_of
from ipfinance.statistics.chosen import Chosen, ChosenRow, Pick
from ipfinance.statistics.claims import Comparison, Number, Value
from ipfinance.statistics.given import given_text
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.leading import Leading
from ipfinance.statistics.presenting import LONG_UNITS, TOP, rounded, span_json
from ipfinance.statistics.tables import OF_MEMBERS, Table
from ipfinance.statistics.traces import behind

_TOTAL = "total"
_OF_LEVEL = (Comparison.LEVEL, Comparison.INCREMENT)
_COUNTED = (
    *(Comparison.RANK, Comparison.YEARS_FIRST, Comparison.YEARS_GROWING),
    *(Comparison.RECORD, Comparison.FIRST_ABOVE),
)
_UNITS = dict.fromkeys((Comparison.YEARS_FIRST, Comparison.YEARS_GROWING), "年") | {
    Comparison.RANK: "位"
}
# What these were compared with is no figure of the indicator but a growth.
_OF_GROWTH = (Comparison.YEARS_GROWING, Comparison.AHEAD_OF_NATION)


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """One figure of the long form.

    ``by`` is ``total`` for the whole area and ``top`` for the first rows together. Money is in
    元, rates, shares and growth are fractions; a record or a first time is 1 or 0. ``reason``
    says why there is no value; ``registrations`` are those behind it, None where only outside
    figures are.
    """

    period: str
    start: str
    end: str
    kind: str
    by: str
    code: str
    name: str
    indicator: str
    indicator_name: str
    comparison: str
    given: str
    value: str | None
    unit: str
    base: str | None
    reason: str
    missing: int
    registrations: int | None
    references: str
    rule: str


def chosen_json(
    store: Store, table: Table, made: Chosen, first: Leading | None = None
) -> dict[str, object]:
    """The table in the shape of ``stats --compare … --format json``."""

    def told(by: str, row: ChosenRow) -> dict[str, object]:
        shaped: dict[str, object] = {"code": row.code, "name": row.name}
        if by in (_TOTAL, TOP):
            shaped = {"name": row.name} if row.name else {}
        figures = [_figure_json(line) for line in counting.lines(by, row)]
        return shaped | {"figures": figures}

    counting = _Counting(store, table, made, first)
    whole: dict[str, object] = {
        "period": {"text": table.period.text, **span_json(table.period)},
        "kind": table.kind.value,
        "by": table.by.value,
        "rows": [told(table.by.value, row) for row in made.rows],
        "total": told(_TOTAL, made.total),
        "notes": [*table.notes, *made.notes],
    }
    return whole | ({"top": told(TOP, made.together)} if made.together else {})


def chosen_lines(
    store: Store, table: Table, made: Chosen, first: Leading | None = None
) -> Iterator[ChosenLine]:
    """Every figure in the long form, the first rows together and the whole area last."""
    counting = _Counting(store, table, made, first)
    for row in made.rows:
        yield from counting.lines(table.by.value, row)
    if made.together:
        yield from counting.lines(TOP, made.together)
    yield from counting.lines(_TOTAL, made.total)


def _figure_json(line: ChosenLine) -> dict[str, object]:
    named = ("indicator", "comparison", "given", "value", "unit", "base", "reason", "missing")
    shaped = {name: getattr(line, name) for name in (*named, "registrations", "rule")}
    period = {"start": line.start, "end": line.end}
    return shaped | {"period": period, "reference": line.references or None}


class _Counting:
    """Finds what is behind the figures of one table; equal questions are counted once."""

    def __init__(self, store: Store, table: Table, made: Chosen, first: Leading | None) -> None:
        self._store, self._table, self._made, self._first = store, table, made, first
        self._counted: dict[Filter, int] = {}

    def lines(self, by: str, row: ChosenRow) -> Iterator[ChosenLine]:
        for pick in self._made.picks:
            cell = row.cells[pick]
            value = cell.value
            yield ChosenLine(
                period=value.period.text,
                start=value.period.start.isoformat(),
                end=value.period.end.isoformat(),
                kind=value.kind.value,
                by=by,
                code=row.code,
                name=self._table.area if by == _TOTAL else row.name,
                indicator=pick.indicator,
                indicator_name=value.indicator.name,
                comparison=value.comparison.value,
                given=_given(pick),
                value=_exact(value),
                unit=_unit(value),
                base=_base(value),
                reason=value.reason if value.value is None else "",
                missing=cell.missing,
                registrations=self._behind(by, row, value),
                references=cited(value.references),
                rule=rule_of(value),
            )

    def _behind(self, by: str, row: ChosenRow, value: Value) -> int | None:
        if is_published(value):
            return None
        group = self._table.by
        keys = {group: row.code} if by == group.value and group in OF_MEMBERS else {}
        any_of = (group, self._first.keys) if by == TOP and self._first else None
        area = None if keys or any_of else value.area
        wanted = behind(
            self._store, value.period, value.kind, value.indicator.key, area, keys, any_of
        )
        if wanted not in self._counted:
            self._counted[wanted] = count(self._store, wanted, value.period.end)
        return self._counted[wanted]


def _given(pick: Pick) -> str:
    return "" if pick.given is None else given_text(pick.indicator, pick.comparison, pick.given)


def _exact(value: Value) -> str | None:
    return None if value.value is None else _number(value, value.value, value.comparison)


def _base(value: Value) -> str | None:
    if value.base is None:
        return None
    if value.comparison in _OF_GROWTH:
        return str(rounded(Fraction(value.base)))
    return _number(value, value.base, Comparison.LEVEL)


def _number(value: Value, number: Number, comparison: Comparison) -> str:
    if comparison in _OF_LEVEL and value.indicator.form is Form.MONEY:
        is_sum = isinstance(number, int)  # else a mean of amounts
        return yuan_text(int(number)) if is_sum else str(rounded(Fraction(number) / YUAN))
    return str(number) if isinstance(number, int) else str(rounded(number))


def _unit(value: Value) -> str:
    """The unit of the value; 1 for a fraction, blank for yes or no."""
    if value.comparison in _OF_LEVEL:
        return LONG_UNITS.get(value.indicator.form, value.indicator.unit)
    return _UNITS.get(value.comparison, "" if value.comparison in _COUNTED else "1")
