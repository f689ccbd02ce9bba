"""The figures on the command line: tables of a period, and the registrations behind a number."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from datetime import date
from typing import TYPE_CHECKING

import click

from ipfinance.commands import open_from, today
from ipfinance.commands.crossing import echo_crossed
from ipfinance.commands.tables import aligned, echo_csv, echo_json
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError

if TYPE_CHECKING:
    from ipfinance.db.connection import Store
    from ipfinance.db.ledger import LedgerRow
    from ipfinance.db.totals import Group
    from ipfinance.statistics.tables import KindChoice, Table

_KINDS = ("patent", "trademark", "all")
_GROUPS = (
    *("city", "county", "enterprise", "pledgee", "head_bank", "pledgee_kind", "right_kind"),
    *("size", "industry", "year", "half", "quarter", "month", "none"),
)
_FORMATS = ("text", "json", "csv")
_PAGE = 2000
_BETWEEN = "；"

_kind_option = click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="all",
    show_default=True,
    help="专利 (patent)、商标 (trademark) 或两者合计 (all)。",
)
_format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="输出形式：文字 (text)、JSON 或 CSV。",
)


@click.command()
@click.argument("period")
@_kind_option
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
    help="交叉表的指标 (measure of the crossed table)；不写则为 secured_amount。",
)
@_format_option
@click.option("--wide", is_flag=True, help="CSV 每个地区一行 (one row per area)，只有本期数。")
@click.help_option("--help", help="显示帮助 (help)。")
@click.pass_context
def stats(
    ctx: click.Context,
    period: str,
    kind: str,
    by: str,
    cross: str | None,
    measure: str | None,
    shape: str,
    wide: bool,
) -> None:
    """一个期间的统计数 (figures)：本期、上年同期、同比、占比、排名。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.divisions import all_divisions
    from ipfinance.db.totals import Group
    from ipfinance.statistics.presenting import as_json
    from ipfinance.statistics.tables import KindChoice, table

    span = parse_period(period)
    if cross is not None:
        asked = (span, KindChoice(kind), Group(by), Group(cross))
        _stats_crossed(ctx, measure or "secured_amount", *asked, shape, wide)
        return
    if measure is not None:
        raise UserError("--measure 只用于交叉表", "请同时写 --cross，如 --cross right_kind。")
    with open_from(ctx) as store:
        figures = table(store, span, KindChoice(kind), Group(by), today())
        area_code = all_divisions(store).province.code
    if shape == "json":
        echo_json(as_json(figures))
    elif shape == "csv":
        echo_csv(*(_wide(figures, area_code) if wide else _long(figures, area_code)))
    else:
        click.echo(_stats_text(figures))


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


def _long(figures: "Table", area_code: str) -> tuple[list[str], Iterable[Sequence[object]]]:
    from ipfinance.statistics.presenting import LongRow, as_long

    header = [field.name for field in fields(LongRow)]
    return header, (astuple(row) for row in as_long(figures, area_code))


def _wide(figures: "Table", area_code: str) -> tuple[list[str], Iterable[Sequence[object]]]:
    from ipfinance.domain.money import yuan_text
    from ipfinance.statistics.indicators import MEASURES, Form

    def cells(code: str, name: str, values: object) -> list[object]:
        assert hasattr(values, "__getitem__")
        told = (
            yuan_text(values[one.key]) if one.form is Form.MONEY else values[one.key]
            for one in MEASURES
        )
        return [code, name, *told]

    lines = [cells(row.code, row.name, row.values) for row in figures.rows]
    lines.append(cells(area_code, figures.area, figures.total.values))
    return ["code", "name", *(one.key for one in MEASURES)], lines


def _stats_text(figures: "Table") -> str:
    """The measures with their comparisons as an aligned table, notes below."""
    from ipfinance.statistics.indicators import ENTERPRISES, REGISTRATIONS, RIGHTS, SECURED_AMOUNT
    from ipfinance.statistics.presenting import (
        NONE,
        UNKNOWN,
        amount_unknown,
        measure_name,
        percent_text,
        value_text,
    )
    from ipfinance.statistics.tables import GROUP_NAMES

    shown = (REGISTRATIONS, SECURED_AMOUNT, ENTERPRISES, RIGHTS)
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
            line.append(UNKNOWN if unknown else value_text(one, part.values[one.key]))
            line.append(NONE if unknown else percent_text(part.growth[one.key]))
            if one is SECURED_AMOUNT:
                line.append(NONE if row is None else percent_text(row.share[one.key]))
                line.append(NONE if row is None else str(row.rank[one.key]))
        lines.append(line)
    whole = figures.total
    title = f"{figures.period.label}{figures.area}{figures.kind.label}质押登记"
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


@click.command()
@click.argument("period")
@click.option(
    "--measure",
    default="secured_amount",
    show_default=True,
    help="指标 (measure)，如 registrations、secured_amount、enterprises、rights。",
)
@_kind_option
@click.option("--area", help="行政区划代码 (area code)，如 330100；不写则为全省。")
@_format_option
@click.help_option("--help", help="显示帮助 (help)。")
@click.pass_context
def trace(
    ctx: click.Context, period: str, measure: str, kind: str, area: str | None, shape: str
) -> None:
    """一个统计数背后的各笔登记 (the registrations behind one number)。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.ledger import Sort, rows, select
    from ipfinance.statistics.tables import KindChoice
    from ipfinance.statistics.traces import behind

    span, day = parse_period(period), today()
    with open_from(ctx) as store:
        wanted = behind(store, span, KindChoice(kind), measure, area)
        listing = select(store, wanted, day, Sort.REGISTERED_ON, descending=False)
        found = [
            row
            for start in range(0, len(listing), _PAGE)
            for row in rows(store, listing.ids[start : start + _PAGE], day)
        ]
        told = _told(store, found)
    if shape == "json":
        echo_json(
            {
                "period": {
                    "text": span.text,
                    "label": span.label,
                    "start": span.start.isoformat(),
                    "end": span.end.isoformat(),
                },
                "kind": kind,
                "measure": measure,
                "area": area,
                "count": len(listing),
                "secured_amount": _yuan(listing.secured_amount_fen),
                "registrations": told,
            }
        )
    elif shape == "csv":
        lines = [[_joined(value) for value in one.values()] for one in told]
        echo_csv(list(_TRACE_HEADERS), lines)
    else:
        click.echo(_trace_text(span, measure, found, told, listing.secured_amount_fen))


# The fields of a traced registration, and their words.
_TRACE_HEADERS = {
    "reg_no": "登记号",
    "kind": "类型",
    "registered_on": "登记日期",
    "pledgors": "出质人",
    "pledgee": "质权人",
    "city": "设区市",
    "city_code": "",
    "county": "县(市、区)",
    "county_code": "",
    "secured_amount": "担保债权额\n(万元)",
    "rights": "件数",
}


def _told(store: "Store", found: "Sequence[LedgerRow]") -> list[dict[str, object]]:
    from ipfinance.db.divisions import all_divisions

    divisions = all_divisions(store)

    def name(code: str | None, day: date) -> str | None:
        return None if code is None else divisions.name_of(code, day)

    return [
        {
            "reg_no": row.reg_no or None,
            "kind": row.kind.value,
            "registered_on": row.registered_on.isoformat(),
            "pledgors": row.pledgors.split(_BETWEEN),
            "pledgee": row.pledgees,
            "city": name(row.city, row.registered_on),
            "city_code": row.city,
            "county": name(row.county, row.registered_on),
            "county_code": row.county,
            "secured_amount": _yuan(row.secured_amount_fen),
            "rights": row.rights_count,
        }
        for row in found
    ]


def _trace_text(
    span: Period,
    measure: str,
    found: "Sequence[LedgerRow]",
    told: Sequence[dict[str, object]],
    total_fen: int,
) -> str:
    from ipfinance.statistics.indicators import BY_KEY
    from ipfinance.statistics.presenting import UNKNOWN, amount_text

    lines = []
    for row, one in zip(found, told, strict=True):
        shown = {key: _joined(one[key]) for key, word in _TRACE_HEADERS.items() if word}
        fen = row.secured_amount_fen
        shown["kind"] = row.kind.label
        shown["secured_amount"] = UNKNOWN if fen is None else amount_text(fen)
        lines.append(list(shown.values()))
    title = f"{span.label} {BY_KEY[measure].name} 背后的登记"
    table = aligned([word for word in _TRACE_HEADERS.values() if word], lines, words=7)
    return f"{title}\n{table}\n共 {len(found):,} 笔，担保债权额合计 {amount_text(total_fen)} 万元。"


def _yuan(fen: int | None) -> str | None:
    from ipfinance.domain.money import yuan_text

    return None if fen is None else yuan_text(fen)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return _BETWEEN.join(value)
    return "" if value is None else str(value)
