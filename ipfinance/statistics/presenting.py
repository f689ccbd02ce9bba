"""A table of figures in words and in the fixed machine-readable shapes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ipfinance.domain.money import IN_WAN, Scale, Unit, round_half_up, yuan_text
from ipfinance.domain.period import Period
from ipfinance.language import either, in_chinese, tr
from ipfinance.statistics.indicators import (
    COUNTIES,
    COUNTIES_COVERED,
    INCLUSIVE_RATE,
    MEASURES,
    SECURED_AMOUNT,
    Form,
    Indicator,
)
from ipfinance.statistics.leading import Leading
from ipfinance.statistics.table_rows import Row, Whole
from ipfinance.statistics.tables import KindChoice, Table

NONE = "—"
BROKEN_MARK = "※"  # before a growth over an area that has changed
"""Printed where there is nothing to print: no base, no figure."""
BELOW_UNIT = "…"
"""Printed for what is more than nothing and less than the smallest unit printed."""
TOP = "top"
"""What ``by`` is in the long form of the first rows together."""

_FRACTION_PLACES = 10
_RIGHTS_WORDS = {
    KindChoice.PATENT: ("专利", "patents"),
    KindChoice.TRADEMARK: ("商标", "trademarks"),
}


@dataclass(frozen=True, slots=True)
class LongRow:
    """One figure of the long form: one line of a file for machines.

    ``by`` says what the row is a figure of, ``total`` for the whole area, ``top`` for the first
    rows together. Money is in 元;
    ``growth`` and ``share`` are fractions. None is left blank.
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
    unit: str
    value: Decimal | None
    previous: Decimal | None
    growth: Decimal | None
    share: Decimal | None
    rank: int | None


def measure_name(indicator: Indicator, kind: KindChoice) -> str:
    """The indicator's name where the register is known: 所涉专利件次."""
    if kind not in _RIGHTS_WORDS:
        return indicator.name
    chinese, english = _RIGHTS_WORDS[kind]
    return either(
        indicator.name_zh.replace("专利/商标", chinese),
        indicator.name.replace("rights", english).replace("Rights", english.capitalize()),
    )


def heading(indicator: Indicator, kind: KindChoice, scale: Scale = IN_WAN) -> str:
    """The name over a column, with the unit: 担保债权额（万元）."""
    return with_unit(measure_name(indicator, kind), unit_of(indicator, scale))


def unit_of(indicator: Indicator, scale: Scale) -> str:
    """The unit of an indicator where amounts are shown in a scale."""
    return scale.unit.label if indicator.form is Form.MONEY else indicator.unit


def with_unit(name: str, unit: str) -> str:
    """A name with its unit behind it; the name alone where there is none."""
    both = tr("{name}（{unit}）", name=name, unit=unit)
    # A count has a unit in Chinese only.
    return either(in_chinese(both if in_chinese(unit) else name), both if unit else name)


def value_with_unit(value: str, unit: str) -> str:
    """A printed value in a sentence: 1,234.56 万元, 12 件."""
    if unit == "%":
        return either(f"{value} %", f"{value}%")
    return tr("{value} {unit}", value=value, unit=unit) if unit else value


def unknown_text() -> str:
    """Printed where there is a figure that nobody has told yet."""
    return tr("[不详]")


def unchanged_text() -> str:
    """Printed where nothing has changed."""
    return tr("持平")


def count_text(value: int) -> str:
    """A count with separated thousands: ``3,125``."""
    return f"{value:,}"


def amount_text(fen: int, decimals: int = 2) -> str:
    """An amount in 万元: ``1,234.50``; ``…`` when rounding would leave nothing of it."""
    return scaled_text(fen, Scale(Unit.WAN, decimals))


def scaled_text(fen: int | Fraction, scale: Scale) -> str:
    """An amount or a mean of amounts in a scale, rounded once; ``…`` as above."""
    text = scale.text(fen)
    return BELOW_UNIT if fen and not any(digit in "123456789" for digit in text) else text


def value_text(indicator: Indicator, value: int, scale: Scale = IN_WAN) -> str:
    """A value of a measure as tables print it, without its unit."""
    return scaled_text(value, scale) if indicator.form is Form.MONEY else count_text(value)


def percent_text(fraction: Fraction | None, decimals: int = 1) -> str:
    """A fraction in per cent: ``36.7%``; ``—`` where there is no base."""
    if fraction is None:
        return NONE
    return f"{round_half_up(fraction * 100, decimals):,f}%"


def growth_text(value: Fraction | None) -> str:
    """Growth with its direction: ▲ 12.4%, ▼ 3.2%, 持平.

    A change too small for one decimal is given with two, below that as …, never as 0.
    """
    if value is None:
        return NONE
    if value == 0:
        return unchanged_text()
    size = abs(value) * 100
    shown = round_half_up(size, 1) or round_half_up(size, 2)
    return f"{'▲' if value > 0 else '▼'} {f'{shown:,f}' if shown else BELOW_UNIT}%"


def points_text(change: Fraction) -> str:
    """The change of a rate: +1.2 个百分点; a small one as `growth_text` has it."""
    sign = "+" if change > 0 else "-" if change < 0 else ""
    size = abs(change) * 100
    shown = round_half_up(size, 1) or round_half_up(size, 2 if size else 1)
    points = f"{shown:,f}" if shown or not size else BELOW_UNIT
    return tr("{points} 个百分点", points=f"{sign}{points}")


def amount_unknown(values: Mapping[str, int]) -> bool:
    """Whether there are registrations and none of them has an amount: not a zero."""
    return 0 < values["registrations"] == values["amount_missing"]


def as_json(table: Table) -> dict[str, object]:
    """The table in the shape of ``stats --format json``, ready for ``json.dumps``.

    Without a registration there are no rows and no values, so that no zero looks like a figure.
    """
    return {
        "period": {"text": table.period.text, **span_json(table.period)},
        "previous": span_json(table.previous_period),
        "kind": table.kind.value,
        "by": table.by.value,
        "rows": [] if table.is_empty else [_row(row) for row in table.rows],
        "total": _blank(_total(table.total)) if table.is_empty else _total(table.total),
        "notes": list(table.notes),
    }


def as_long(table: Table, area_code: str, first: Leading | None = None) -> Iterator[LongRow]:
    """The table in the long form, the whole area (``area_code``) last; nothing when empty.

    Before it stand the ``first`` rows together, where only those are in the table.
    """
    if table.is_empty:
        return
    for row in table.rows:
        for one in MEASURES:
            yield _long(
                table,
                one,
                (table.by.value, row.code, row.name),
                (row.values[one.key], row.previous[one.key]),
                (row.growth[one.key], row.share[one.key]),
                row.rank[one.key],
            )
    if first is not None:
        for one in MEASURES:
            figures = (first.values[one.key], first.previous[one.key])
            compared = (first.growth[one.key], first.share[one.key])
            yield _long(table, one, (TOP, "", first.name), figures, compared)
    whole, place = table.total, ("total", area_code, table.area)
    for one in MEASURES:
        figures = (whole.values[one.key], whole.previous[one.key])
        yield _long(table, one, place, figures, (whole.growth[one.key], None))
    covered = (whole.counties_covered, whole.counties_covered_previous)
    yield _long(table, COUNTIES_COVERED, place, covered, (None, None))
    counties = (whole.counties, whole.counties_previous)
    yield _long(table, COUNTIES, place, counties, (None, None))
    rates = (whole.inclusive_rate, whole.inclusive_rate_previous)
    yield _long(table, INCLUSIVE_RATE, place, rates, (None, None))


def _long(
    table: Table,
    indicator: Indicator,
    place: tuple[str, str, str],
    figures: tuple[int | Fraction | None, int | Fraction | None],
    comparisons: tuple[Fraction | None, Fraction | None],
    rank: int | None = None,
) -> LongRow:
    by, code, name = place
    value, previous = (_exact(indicator, figure) for figure in figures)
    growth, share = (rounded(fraction) for fraction in comparisons)
    return LongRow(
        period=table.period.text,
        start=table.period.start.isoformat(),
        end=table.period.end.isoformat(),
        kind=table.kind.value,
        by=by,
        code=code,
        name=name,
        indicator=indicator.key,
        indicator_name=measure_name(indicator, table.kind),
        unit=LONG_UNITS.get(indicator.form, indicator.unit),
        value=value,
        previous=previous,
        growth=growth,
        share=share,
        rank=rank,
    )


# 元 and 1, not 万元 and %: what a machine reads is exact and needs no table of units.
LONG_UNITS = {Form.MONEY: "元", Form.RATE: "1"}


def _exact(indicator: Indicator, figure: int | Fraction | None) -> Decimal | None:
    if isinstance(figure, int):
        return Decimal(yuan_text(figure)) if indicator.form is Form.MONEY else Decimal(figure)
    return rounded(figure)


def rounded(fraction: Fraction | None) -> Decimal | None:
    """A fraction as files hold it, to ten places."""
    return None if fraction is None else round_half_up(fraction, _FRACTION_PLACES)


def leading_json(first: Leading) -> dict[str, object]:
    """The first rows together, as ``stats --top`` tells them beside the table."""
    return {
        "top": {
            "count": len(first.keys),
            "by": SECURED_AMOUNT.key,
            "values": _values(first.values),
            "previous": _values(first.previous),
            "growth": _fractions(first.growth),
            "share": _fractions(first.share),
        }
    }


def span_json(period: Period) -> dict[str, object]:
    """A period's name and days for JSON."""
    start, end = period.start.isoformat(), period.end.isoformat()
    return {"label": period.label, "start": start, "end": end}


def _row(row: Row) -> dict[str, object]:
    shaped: dict[str, object] = {
        "code": row.code,
        "name": row.name,
        "values": _values(row.values),
        "previous": _values(row.previous),
        "growth": _fractions(row.growth),
        "share": _fractions(row.share),
        "rank": dict(row.rank),
    }
    if row.territory_changed is not None:
        shaped["territory_changed"] = row.territory_changed.isoformat()
    if row.comparison_broken is not None:
        shaped["comparison_broken"] = row.comparison_broken.isoformat()
    if row.recast is not None:
        shaped["recast"] = {
            "values": _values(row.recast.values),
            "previous": _values(row.recast.previous),
            "growth": _fractions(row.recast.growth),
        }
    return shaped


def _blank(total: dict[str, dict[str, object]]) -> dict[str, object]:
    """The shape of a total with nothing in it, but what was a year earlier."""
    nothing: dict[str, object] = {part: dict.fromkeys(total[part]) for part in ("values", "growth")}
    return {**total, **nothing}


def _total(whole: Whole) -> dict[str, dict[str, object]]:
    return {
        "values": {
            **_values(whole.values),
            "counties_covered": whole.counties_covered,
            "counties": whole.counties,
            "inclusive_rate": _fraction(whole.inclusive_rate),
        },
        "previous": {
            **_values(whole.previous),
            "counties_covered": whole.counties_covered_previous,
            "counties": whole.counties_previous,
            "inclusive_rate": _fraction(whole.inclusive_rate_previous),
        },
        "growth": {**_fractions(whole.growth)},
    }


def _values(values: Mapping[str, int]) -> dict[str, int | str]:
    return {
        one.key: yuan_text(values[one.key]) if one.form is Form.MONEY else values[one.key]
        for one in MEASURES
    }


def _fractions(fractions: Mapping[str, Fraction | None]) -> dict[str, float | None]:
    return {key: _fraction(fraction) for key, fraction in fractions.items()}


def _fraction(fraction: Fraction | None) -> float | None:
    exact = rounded(fraction)
    return None if exact is None else float(exact)
