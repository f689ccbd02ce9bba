"""A crossed table in words and in the machine-readable shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ipfinance.domain.money import YUAN, round_half_up
from ipfinance.statistics.claims import Number
from ipfinance.statistics.crossing import Crossed, Heading
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.presenting import (
    LONG_UNITS,
    NONE,
    amount_text,
    count_text,
    measure_name,
    percent_text,
    rounded,
    span_json,
    unknown_text,
)

TOTAL = "total"
"""Stands in the place of a key where a line of the long form is a total."""


@dataclass(frozen=True, slots=True)
class CrossedLine:
    """One cell of the long form; ``code`` or ``cross_code`` is ``total`` in a total."""

    period: str
    start: str
    end: str
    kind: str
    by: str
    code: str
    name: str
    cross: str
    cross_code: str
    cross_name: str
    indicator: str
    indicator_name: str
    unit: str
    value: Decimal | None


def crossed_text(crossed: Crossed, row: str | None, column: str | None) -> str:
    """A cell as tables print it: ``[不详]`` without any amount, ``—`` where nothing divides."""
    value = crossed.at(row, column)
    if value is None and (row, column) in crossed.unknown:
        return unknown_text()
    return number_text(crossed.indicator, value)


def number_text(indicator: Indicator, value: Number | None) -> str:
    """A value of any indicator as tables print it, without its unit; ``—`` for none."""
    if value is None:
        return NONE
    if indicator.form is Form.RATE:
        return percent_text(Fraction(value))
    if indicator.form is Form.MONEY:
        return amount_text(int(round_half_up(value, 0)))
    return count_text(int(value))


def crossed_title(crossed: Crossed, area: str) -> str:
    """2019年浙江省专利权质押登记担保债权额(万元)."""
    told = f"{measure_name(crossed.indicator, crossed.kind)}({crossed.indicator.unit})"
    return f"{crossed.period.label}{area}{crossed.kind.label}质押登记{told}"


def crossed_json(crossed: Crossed) -> dict[str, object]:
    """The table in the shape of ``stats --cross … --format json``; amounts are text in 元."""

    def told(row: str | None, column: str | None) -> int | float | str | None:
        return number_json(crossed.indicator, crossed.at(row, column))

    return {
        "period": {"text": crossed.period.text, **span_json(crossed.period)},
        "kind": crossed.kind.value,
        "by": crossed.by.value,
        "cross": crossed.cross.value,
        "measure": crossed.indicator.key,
        "measure_name": measure_name(crossed.indicator, crossed.kind),
        "unit": LONG_UNITS.get(crossed.indicator.form, crossed.indicator.unit),
        "rule": crossed.rule,
        "columns": [
            {"code": column.key, "name": column.name, "total": told(None, column.key)}
            for column in crossed.columns
        ],
        "rows": [
            {
                "code": row.key,
                "name": row.name,
                "cells": {column.key: told(row.key, column.key) for column in crossed.columns},
                "total": told(row.key, None),
            }
            for row in crossed.rows
        ],
        "total": None if crossed.is_empty else told(None, None),
        "notes": list(crossed.notes),
    }


def crossed_lines(crossed: Crossed) -> Iterator[CrossedLine]:
    """Every cell and total in the long form, the whole last; nothing of an empty table."""
    if crossed.is_empty:
        return
    whole = Heading(TOTAL, "合计")
    for row in (*crossed.rows, whole):
        for column in (*crossed.columns, whole):
            yield CrossedLine(
                period=crossed.period.text,
                start=crossed.period.start.isoformat(),
                end=crossed.period.end.isoformat(),
                kind=crossed.kind.value,
                by=crossed.by.value,
                code=row.key,
                name=row.name,
                cross=crossed.cross.value,
                cross_code=column.key,
                cross_name=column.name,
                indicator=crossed.indicator.key,
                indicator_name=measure_name(crossed.indicator, crossed.kind),
                unit=LONG_UNITS.get(crossed.indicator.form, crossed.indicator.unit),
                value=_exact(
                    crossed.indicator,
                    crossed.at(*(None if one is whole else one.key for one in (row, column))),
                ),
            )


def crossed_matrix(crossed: Crossed) -> tuple[list[str], list[Sequence[object]]]:
    """Header and lines with a row in each line, totals last; amounts in 元."""
    if crossed.is_empty:
        return ["code", "name"], []
    columns = [*(one.key for one in crossed.columns), None]
    lines: list[Sequence[object]] = []
    for row in (*crossed.rows, None):
        key = None if row is None else row.key
        named = (TOTAL, "合计") if row is None else (row.key, row.name)
        told = (_exact(crossed.indicator, crossed.at(key, column)) for column in columns)
        lines.append([*named, *told])
    return ["code", "name", *(one.key for one in crossed.columns), TOTAL], lines


def _exact(indicator: Indicator, value: Number | None) -> Decimal | None:
    """元 to the 分 for money, a fraction for a rate."""
    if value is None:
        return None
    if indicator.form is Form.MONEY:
        return round_half_up(Fraction(value) / YUAN, 2)
    return Decimal(value) if isinstance(value, int) else rounded(value)


def number_json(indicator: Indicator, value: Number | None) -> int | float | str | None:
    """A value of any indicator as JSON has it: money as text in 元, a rate as a fraction."""
    exact = _exact(indicator, value)
    if exact is None:
        return None
    if indicator.form is Form.MONEY:
        return str(exact)
    return float(exact) if indicator.form is Form.RATE else int(exact)
