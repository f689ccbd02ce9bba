"""``stats --cross``: one indicator over two groups, on the command line."""

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import click

from ipfinance.commands.tables import aligned, echo_csv, echo_json

if TYPE_CHECKING:
    from ipfinance.statistics.crossing import Crossed

_ROWS, _COLUMNS = 50, 12  # what a terminal can show; files hold all


def echo_crossed(table: "Crossed", area: str, shape: str, wide: bool) -> None:
    """Print a crossed table of the whole area (its name) as text, JSON or CSV."""
    from ipfinance.statistics.presenting_crossed import (
        CrossedLine,
        crossed_json,
        crossed_lines,
        crossed_matrix,
    )

    if shape == "json":
        echo_json(crossed_json(table))
    elif shape == "text":
        click.echo(_text(table, area))
    elif wide:
        echo_csv(*crossed_matrix(table))
    else:
        header = [field.name for field in fields(CrossedLine)]
        echo_csv(header, (astuple(line) for line in crossed_lines(table)))
    if table.is_empty and shape == "csv":
        click.echo(table.notes[0], err=True)


def _text(table: "Crossed", area: str) -> str:
    from ipfinance.statistics.presenting_crossed import crossed_text, crossed_title
    from ipfinance.statistics.tables import GROUP_NAMES

    title = crossed_title(table, area)
    if table.is_empty:
        return "\n".join((title, *table.notes))
    rows, columns = table.rows[:_ROWS], table.columns[:_COLUMNS]
    headers = [GROUP_NAMES[table.by], *(one.name for one in columns), "合计"]
    keys = [*(one.key for one in columns), None]
    lines = [[one.name, *(crossed_text(table, one.key, column) for column in keys)] for one in rows]
    lines.append(["合计", *(crossed_text(table, None, column) for column in keys)])
    notes = [table.indicator.rule, *table.notes]
    for shown, all_, words in (
        (rows, table.rows, "行"),
        (columns, table.columns, "列"),
    ):
        if len(shown) < len(all_):
            notes.insert(
                0,
                f"这里只列出 {len(all_):,} {words}中的前 {len(shown)} {words}，合计为全部；"
                "全部见 --format csv。",
            )
    below = (f"{number}. {note}" for number, note in enumerate(notes, 1))
    return "\n".join((title, aligned(headers, lines), *below))
