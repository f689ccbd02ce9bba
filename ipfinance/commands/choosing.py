"""``stats --measure … --compare …``: chosen columns on the command line."""

from collections.abc import Sequence
from dataclasses import astuple, fields
from itertools import product
from typing import TYPE_CHECKING

import click

from ipfinance.commands.tables import aligned, echo_csv, echo_json
from ipfinance.errors import UserError

if TYPE_CHECKING:
    from ipfinance.db.connection import Store
    from ipfinance.statistics.chosen import Chosen, Pick
    from ipfinance.statistics.leading import Leading
    from ipfinance.statistics.tables import Table


def picks_of(measures: Sequence[str], comparisons: Sequence[str]) -> tuple["Pick", ...]:
    """Every comparison of every measure; without either it is the amount or the level.

    Raises `UserError` for what is unknown, cannot stand together, or lacks what it needs.
    """
    from ipfinance.statistics.chosen import COLUMNS, Pick, can_stand
    from ipfinance.statistics.claims import Comparison
    from ipfinance.statistics.given import TAKING, read_given
    from ipfinance.statistics.levels import CATALOGUE

    known = [one.value for one in COLUMNS]
    found = []
    for measure, written in product(measures or ("secured_amount",), comparisons or ("level",)):
        word, colon, given = written.partition(":")
        if measure not in CATALOGUE:
            raise UserError(f"没有名为 {measure} 的指标", f"可用的指标：{'、'.join(CATALOGUE)}")
        if word not in known:
            raise UserError(f"没有名为 {word} 的比较", f"可用的比较：{'、'.join(known)}")
        comparison = Comparison(word)
        if colon and comparison not in TAKING:
            raise UserError(f"{word} 后面不写数", f"请写 --compare {word}。")
        pick = Pick(
            measure,
            comparison,
            read_given(measure, comparison, given) if comparison in TAKING else None,
        )
        if not can_stand(pick):
            raise UserError(
                f"{CATALOGUE[measure].name}没有「{COLUMNS[comparison]}」", "请换一个指标或比较。"
            )
        found.append(pick)
    return tuple(found)


def echo_chosen(
    store: "Store",
    figures: "Table",
    picks: Sequence["Pick"],
    first: "Leading | None",
    shape: str,
    wide: bool,
) -> None:
    """Print the chosen columns of a table as text, JSON or CSV."""
    from ipfinance.reports.chosen_columns import ChosenLine, chosen_json, chosen_lines
    from ipfinance.statistics.chosen import chosen

    if wide:
        raise UserError("--wide 不与 --compare 和单独的 --measure 同用", "请去掉 --wide。")
    made = chosen(store, figures, picks, first)
    if shape == "json":
        echo_json(chosen_json(store, figures, made, first))
    elif shape == "csv":
        header = [field.name for field in fields(ChosenLine)]
        echo_csv(header, (astuple(line) for line in chosen_lines(store, figures, made, first)))
    else:
        click.echo(_text(figures, made))


def _text(figures: "Table", made: "Chosen") -> str:
    from ipfinance.reports.grounds import rule_of
    from ipfinance.statistics.presenting_values import comparison_text
    from ipfinance.statistics.tables import GROUP_NAMES

    title = f"{figures.period.label}{figures.area}{figures.kind.label}质押登记"
    headers = [GROUP_NAMES[figures.by]]
    headers += [f"{_head(figures, pick)}\n{pick.title}" for pick in made.picks]
    total = [(made.total, "合计")]
    together = [(made.together, made.together.name)] if made.together else []
    lines, rules = [], dict[str, None]()
    for row, name in (*((row, row.name) for row in made.rows), *together, *total):
        lines.append([name, *(comparison_text(row.cells[pick].value) for pick in made.picks)])
        for pick in made.picks:
            rules.setdefault(rule_of(row.cells[pick].value))
    notes = [*rules, *made.notes, *figures.notes]
    below = (f"{number}. {note}" for number, note in enumerate(notes, 1))
    return "\n".join((title, aligned(headers, lines), *below))


def _head(figures: "Table", pick: "Pick") -> str:
    """The indicator's name, with its unit where the cells are in it."""
    from ipfinance.statistics.claims import Comparison
    from ipfinance.statistics.levels import CATALOGUE
    from ipfinance.statistics.presenting import heading, measure_name

    in_unit = pick.comparison in (Comparison.LEVEL, Comparison.INCREMENT)
    return (heading if in_unit else measure_name)(CATALOGUE[pick.indicator], figures.kind)
