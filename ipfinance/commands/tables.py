"""How commands print tables: aligned text, CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

import click


def aligned(headers: list[str], lines: list[list[str]], words: int = 1) -> str:
    """An aligned table; the first ``words`` columns are words, the others numbers."""
    from tabulate import tabulate

    sides = ["left" if column < words else "right" for column in range(len(headers))]
    text: str = tabulate(lines, headers, tablefmt="simple", colalign=sides, disable_numparse=True)
    return text


def echo_json(value: object) -> None:
    """Print a value as indented JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_csv(header: list[str], lines: Iterable[Sequence[object]]) -> None:
    """Print a header and lines as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    click.echo(text.getvalue(), nl=False)
