"""``trace``: the registrations behind one number."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from ipfinance.commands import open_from, today
from ipfinance.commands.areas import known_area
from ipfinance.commands.options import area_option, format_option, help_option, kind_option
from ipfinance.commands.tables import aligned, echo_csv, echo_json
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError

if TYPE_CHECKING:
    from ipfinance.db.connection import Store
    from ipfinance.db.ledger import LedgerRow
    from ipfinance.db.totals import Group
    from ipfinance.statistics.claims import Number
    from ipfinance.statistics.indicators import Indicator

_PAGE = 2000
_BETWEEN = "；"


@click.command()
@click.argument("period")
@click.option(
    "--measure",
    default="secured_amount",
    show_default=True,
    help="指标 (measure)，如 registrations、secured_amount、enterprises、rights。",
)
@kind_option()
@area_option
@click.option(
    "--of",
    "cells",
    multiple=True,
    metavar="GROUP=KEY",
    help="统计表或交叉表的一行、一列 (row or column)，如 size=micro、month=2019-03；"
    "代码与 stats 的 JSON 相同，可写几个。",
)
@format_option("text", "json", "csv")
@help_option
@click.pass_context
def trace(
    ctx: click.Context,
    period: str,
    measure: str,
    kind: str,
    area: str | None,
    cells: tuple[str, ...],
    shape: str,
) -> None:
    """一个统计数背后的各笔登记 (the registrations behind one number)。

    期间 (PERIOD)：2019、2019H1、2019Q3、2019-06、2019-01..2019-08、2014-07-01..2014-12-31。
    """
    from ipfinance.db.ledger import Sort, rows, select
    from ipfinance.statistics.contributions import contributions, figure_of
    from ipfinance.statistics.levels import CATALOGUE
    from ipfinance.statistics.presenting import span_json
    from ipfinance.statistics.presenting_crossed import number_json
    from ipfinance.statistics.tables import KindChoice
    from ipfinance.statistics.traces import behind

    span, day, choice = parse_period(period), today(), KindChoice(kind)
    keys = _keys(cells)
    with open_from(ctx) as store:
        area = known_area(store, area, span)
        wanted = behind(store, span, choice, measure, area, keys)
        listing = select(store, wanted, day, Sort.REGISTERED_ON, descending=False)
        found = [
            row
            for start in range(0, len(listing), _PAGE)
            for row in rows(store, listing.ids[start : start + _PAGE], day)
        ]
        value = figure_of(store, span, choice, measure, area, keys)
        right_kind = next(iter(wanted.right_kinds), None)
        adds = contributions(store, span, choice, measure, right_kind)
        indicator = CATALOGUE[measure]
        told = [
            {
                **one,
                "counted": None if adds is None else number_json(indicator, adds.get(row.id, 0)),
            }
            for row, one in zip(found, _told(store, found), strict=True)
        ]
    if shape == "json":
        echo_json(
            {
                "period": {"text": span.text, **span_json(span)},
                "kind": kind,
                "measure": measure,
                "area": area,
                "of": {group.value: key for group, key in keys.items()},
                "value": number_json(indicator, value),
                "rule": indicator.rule,
                "count": len(listing),
                "secured_amount": _yuan(listing.secured_amount_fen),
                "registrations": told,
            }
        )
    elif shape == "csv":
        lines = [[_joined(one[key]) for key in _TRACE_HEADERS] for one in told]
        echo_csv(list(_TRACE_HEADERS), lines)
    else:
        click.echo(_trace_text(span, indicator, value, found, told, listing.secured_amount_fen))


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
    "counted": "",
}


def _keys(cells: Sequence[str]) -> "dict[Group, str]":
    """The groups and keys of ``--of``; what is neither is told with what there is."""
    from ipfinance.statistics.crossing import CROSSABLE
    from ipfinance.statistics.spans import SPANS

    groups = {group.value: group for group in CROSSABLE}
    keys: dict[Group, str] = {}
    for cell in cells:
        name, equals, key = cell.partition("=")
        group = groups.get(name)
        if group is None or not equals:
            raise UserError(f"看不懂 --of {cell}", f"写成 分组=代码；分组有：{'、'.join(groups)}")
        if group in SPANS:
            parse_period(key)
        keys[group] = key
    return keys


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
    indicator: "Indicator",
    value: "Number | None",
    found: "Sequence[LedgerRow]",
    told: Sequence[dict[str, object]],
    total_fen: int,
) -> str:
    from ipfinance.statistics.indicators import Form
    from ipfinance.statistics.presenting import amount_text, unknown_text
    from ipfinance.statistics.presenting_crossed import number_text

    title = f"{span.label} {indicator.name} 背后的登记"
    if not found:
        return f"{title}\n没有这样的登记。{indicator.rule}"
    lines = []
    for row, one in zip(found, told, strict=True):
        shown = {key: _joined(one[key]) for key, word in _TRACE_HEADERS.items() if word}
        fen = row.secured_amount_fen
        shown["kind"] = row.kind.label
        shown["secured_amount"] = unknown_text() if fen is None else amount_text(fen)
        lines.append(list(shown.values()))
    table = aligned([word for word in _TRACE_HEADERS.values() if word], lines, words=7)
    unit = "" if indicator.form is Form.RATE else f" {indicator.unit}"
    summed = f"共 {len(found):,} 笔，担保债权额合计 {amount_text(total_fen)} 万元。"
    figure = f"{indicator.name}：{number_text(indicator, value)}{unit}。{indicator.rule}"
    return "\n".join((title, table, summed, figure))


def _yuan(fen: int | None) -> str | None:
    from ipfinance.domain.money import yuan_text

    return None if fen is None else yuan_text(fen)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return _BETWEEN.join(value)
    return "" if value is None else str(value)
