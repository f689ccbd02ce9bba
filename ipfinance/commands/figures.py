"""``stats``: the figures of a period as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import click

from ipfinance.commands import open_from, today
from ipfinance.commands.choosing import echo_chosen, picks_of
from ipfinance.commands.crossing import echo_crossed
from ipfinance.commands.options import format_option, help_option, kind_option
from ipfinance.commands.tables import aligned, echo_csv, echo_json
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError

if TYPE_CHECKING:
    from ipfinance.db.totals import Group
    from ipfinance.statistics.leading import Leading
    from ipfinance.statistics.tables import KindChoice, Table

_GROUPS = (
    *("city", "county", "enterprise", "pledgee", "head_bank", "pledgee_kind", "right_kind"),
    *("size", "industry", "year", "half", "quarter", "month", "none"),
)
# Of which there is a first and a last: no span of time.
_RANKED = tuple(one for one in _GROUPS if one not in ("year", "half", "quarter", "month", "none"))


@click.command()
@click.argument("period")
@kind_option()
@click.option(
    "--by",
    type=click.Choice(_GROUPS),
    default="city",
    show_default=True,
    help="分组：设区市 (city)、县(市、区) (county)、企业 (enterprise)、质权人 (pledgee)、"
    "质权人总行 (head_bank)、质权人类型 (pledgee_kind)、权利种类 (right_kind)、企业规模 (size)、"
    "行业门类 (industry)、年 (year)、半年 (half)、季度 (quarter)、月 (month)、不分 (none)。",
)
@click.option(
    "--cross",
    type=click.Choice(_GROUPS[:-1]),
    help="与另一个分组交叉 (crossed with)，如 --by city --cross right_kind。",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    help="各列的指标 (measure of each column)，可以写几个；交叉表 (--cross) 只写一个。"
    "与 --compare 或 --cross 同用时不写则为 secured_amount。",
)
@click.option(
    "--compare",
    "comparisons",
    multiple=True,
    metavar="COMPARISON[:GIVEN]",
    help="各列的比较 (comparison)，可以写几个：level、yoy、chain、increment、share_of_province、"
    "rank、share_of_nation、ahead_of_nation、record、years_first，以及要写数的 "
    "first_above:100亿元（首次突破）、years_growing:40%（连续几年增长都超过）、"
    "annual_growth:3（几年的年均增长）、completion:200亿元（完成率，"
    "不写数则用外部数据里的目标）。",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    help="只列担保债权额前 N 位和它们的小计 (top N with their total)，如 --by pledgee --top 10。",
)
@format_option("text", "json", "csv")
@click.option("--wide", is_flag=True, help="CSV 每个地区一行 (one row per area)，只有本期数。")
@help_option
@click.pass_context
def stats(
    ctx: click.Context,
    period: str,
    kind: str,
    by: str,
    cross: str | None,
    measures: tuple[str, ...],
    comparisons: tuple[str, ...],
    top: int | None,
    shape: str,
    wide: bool,
) -> None:
    """一个期间的统计数 (figures)：本期、上年同期、同比、占比、排名。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.divisions import all_divisions
    from ipfinance.db.totals import Group
    from ipfinance.statistics.leading import leading
    from ipfinance.statistics.presenting import as_json, leading_json
    from ipfinance.statistics.tables import KindChoice, table

    span = parse_period(period)
    if top is not None and (cross is not None or by not in _RANKED):
        raise UserError(
            "--top 只用于按地区、企业、质权人或类别的表",
            "如 --by city --top 3，不与 --cross 同用。",
        )
    if cross is not None:
        if comparisons or len(measures) > 1:
            raise UserError(
                "交叉表只有一个指标的本期数",
                "请去掉 --compare 和其余的 --measure，或去掉 --cross。",
            )
        asked = (span, KindChoice(kind), Group(by), Group(cross))
        _stats_crossed(ctx, measures[0] if measures else "secured_amount", *asked, shape, wide)
        return
    picks = picks_of(measures, comparisons) if measures or comparisons else ()
    with open_from(ctx) as store:
        figures = table(store, span, KindChoice(kind), Group(by), today())
        first = leading(store, figures, top) if top and not figures.is_empty else None
        figures = first.table if first else figures
        if picks:
            echo_chosen(store, figures, picks, first, shape, wide)
            return
        area_code = all_divisions(store).province.code
    if shape == "json":
        echo_json(as_json(figures) | (leading_json(first) if first else {}))
    elif shape == "csv":
        echo_csv(*(_wide if wide else _long)(figures, area_code, first))
        if figures.is_empty:
            click.echo(figures.notes[0], err=True)
    else:
        click.echo(_stats_text(figures, first))


def _stats_crossed(
    ctx: click.Context,
    measure: str,
    span: Period,
    kind: "KindChoice",
    by: "Group",
    cross: "Group",
    shape: str,
    wide: bool,
) -> None:
    from ipfinance.db.divisions import all_divisions
    from ipfinance.statistics.crossing import crossed

    with open_from(ctx) as store:
        crossing = crossed(store, measure, kind, span, by, cross, today())
        area = all_divisions(store).province.name
    echo_crossed(crossing, area, shape, wide)


def _long(
    figures: "Table", area_code: str, first: "Leading | None"
) -> tuple[list[str], Iterable[Sequence[object]]]:
    from ipfinance.statistics.presenting import LongRow, as_long

    header = [field.name for field in fields(LongRow)]
    return header, (astuple(row) for row in as_long(figures, area_code, first))


def _wide(
    figures: "Table", area_code: str, first: "Leading | None"
) -> tuple[list[str], Iterable[Sequence[object]]]:
    from ipfinance.domain.money import yuan_text
    from ipfinance.statistics.indicators import MEASURES, Form

    def cells(code: str, name: str, values: Mapping[str, int]) -> list[object]:
        told = (
            yuan_text(values[one.key]) if one.form is Form.MONEY else values[one.key]
            for one in MEASURES
        )
        return [code, name, *told]

    lines = [cells(row.code, row.name, row.values) for row in figures.rows]
    if first is not None:
        lines.append(cells("", first.name, first.values))
    lines.append(cells(area_code, figures.area, figures.total.values))
    if figures.is_empty:
        lines = []
    return ["code", "name", *(one.key for one in MEASURES)], lines


def _stats_text(figures: "Table", first: "Leading | None" = None) -> str:
    """The measures with their comparisons as an aligned table, notes below."""
    from ipfinance.statistics.indicators import ENTERPRISES, REGISTRATIONS, RIGHTS, SECURED_AMOUNT
    from ipfinance.statistics.presenting import (
        NONE,
        amount_unknown,
        measure_name,
        percent_text,
        unknown_text,
        value_text,
    )
    from ipfinance.statistics.tables import GROUP_NAMES

    shown = (REGISTRATIONS, SECURED_AMOUNT, ENTERPRISES, RIGHTS)
    title = f"{figures.period.label}{figures.area}{figures.kind.label}质押登记"
    if figures.is_empty:
        return f"{title}\n{figures.notes[0]}"
    headers = [GROUP_NAMES[figures.by]]
    for one in shown:
        headers += [f"{measure_name(one, figures.kind)}\n({one.unit})", "同比"]
        if one is SECURED_AMOUNT:
            headers += ["占比", "排名"]
    lines = []
    for row in (*figures.rows, None):
        part = figures.total if row is None else row
        line = ["合计" if row is None else row.name]
        for one in shown:
            unknown = one is SECURED_AMOUNT and amount_unknown(part.values)
            line.append(unknown_text() if unknown else value_text(one, part.values[one.key]))
            line.append(NONE if unknown else percent_text(part.growth[one.key]))
            if one is SECURED_AMOUNT:
                line.append(NONE if row is None else percent_text(row.share[one.key]))
                line.append(NONE if row is None else str(row.rank[one.key]))
        lines.append(line)
    if first is not None:
        line = [first.name]
        for one in shown:
            line += [value_text(one, first.values[one.key]), percent_text(first.growth[one.key])]
            if one is SECURED_AMOUNT:
                line += [percent_text(first.share[one.key]), NONE]
        lines.insert(len(lines) - 1, line)
    whole = figures.total
    inclusive, enterprises = whole.values["inclusive_enterprises"], whole.values["enterprises"]
    rights = measure_name(RIGHTS, figures.kind).removesuffix("件次")
    summed_up = (
        f"普惠率 {percent_text(whole.inclusive_rate)}（{inclusive:,} / {enterprises:,} 家），"
        f"县（市、区）覆盖 {whole.counties_covered} / {whole.counties} 个，"
        f"质权人 {whole.values['pledgees']:,} 家，"
        f"去重后{rights} {whole.values['rights_distinct']:,} 件。"
    )
    compared = f"同比为与{figures.previous_period.label}相比。"
    below = (summed_up, compared, *figures.notes)
    table = aligned(headers, lines)
    return "\n".join((title, table, *(f"{number}. {note}" for number, note in enumerate(below, 1))))
