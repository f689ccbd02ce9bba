"""A crossed table as lines and columns of figures: a line for each row, a total beside them."""

from collections.abc import Sequence

from ipfinance.domain.money import Scale
from ipfinance.language import tr
from ipfinance.statistics.chosen import Cell
from ipfinance.statistics.claims import Comparison, Value
from ipfinance.statistics.crossing import Crossed
from ipfinance.statistics.spans import SPANS
from ipfinance.ui.models.figures_model import TOTAL
from ipfinance.ui.models.rows import Column
from ipfinance.ui.models.values_model import (
    ALL,
    MOST_COLUMNS,
    MOST_ROWS,
    ValueLine,
    name_columns,
    value_column,
)


def crossed_lines(crossed: Crossed, area: str, total_first: bool) -> list[ValueLine]:
    """A line for each row and the total; the last column is the total of the row."""
    columns = [*(one.key for one in crossed.columns[:MOST_COLUMNS]), None]

    def line(key: str | None, name: str) -> ValueLine:
        return ValueLine(
            code=key or "",
            name=name,
            place=area if key is None or crossed.by in SPANS else name,
            cells={
                ALL if column is None else column: _crossed_cell(crossed, key, column)
                for column in columns
            },
            is_total=key is None,
            tip=name,
            keys={} if key is None else {crossed.by: key},
            crossed=crossed,
        )

    lines = [line(one.key, one.name) for one in crossed.rows[:MOST_ROWS]]
    total = line(None, TOTAL)
    return [total, *lines] if total_first else [*lines, total]


def _crossed_cell(crossed: Crossed, row: str | None, column: str | None) -> Cell:
    one = crossed.indicator
    number = crossed.at(row, column)
    unknown = (row, column) in crossed.unknown
    why = tr("登记的金额都待补") if unknown else tr("没有可作除数的数")
    value = Value(
        *(one, Comparison.LEVEL, crossed.kind, crossed.period, "", number),
        reason=why if number is None else "",
    )
    return Cell(value, is_unknown=unknown)


def crossed_columns(
    crossed: Crossed, lines: Sequence[ValueLine], scale: Scale
) -> tuple[Column[ValueLine], ...]:
    """The name of the lines, a column for each key, and the total of each line."""
    heads = [(one.key, one.name) for one in crossed.columns[:MOST_COLUMNS]]
    return (
        *name_columns(crossed.by)[:1],
        *(
            value_column(key, title, "", [line.cells[key] for line in lines], scale=scale)
            for key, title in (*heads, (ALL, TOTAL))
        ),
    )


def crossed_notes(crossed: Crossed) -> list[str]:
    """The notes of a crossed table, and how much of it is shown."""
    notes = list(crossed.notes)
    rows, columns = len(crossed.rows), len(crossed.columns)
    if rows > MOST_ROWS:
        notes.insert(
            0, tr("共 {rows:,} 行，只列前 {most:,} 行；合计是全部的。", rows=rows, most=MOST_ROWS)
        )
    if columns > MOST_COLUMNS:
        notes.insert(
            0,
            tr(
                "共 {columns:,} 列，只列前 {most:,} 列；合计是全部的。",
                columns=columns,
                most=MOST_COLUMNS,
            ),
        )
    return notes
