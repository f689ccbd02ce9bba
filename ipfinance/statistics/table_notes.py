"""What is said below a table of figures: what is missing, unfinished, or not comparable."""

from collections.abc import Sequence
from datetime import date

from ipfinance.db.facts import Facts
from ipfinance.domain.money import wan
from ipfinance.domain.period import Period
from ipfinance.language import listed, tr
from ipfinance.statistics.table_rows import Recast, Row, Whole


def table_notes(
    period: Period,
    total: Whole,
    rows: Sequence[Row],
    unplaced: int,
    facts: Facts,
    today: date,
) -> tuple[str, ...]:
    """The notes in the order in which they are printed.

    ``unplaced`` is how many registrations of the whole tell no county.
    """
    notes = []
    if not total.values["registrations"]:
        notes.append(tr("{period}没有登记。", period=period.label))
    if period.contains(today):
        notes.append(
            tr("期间尚未结束，数据截至 {today}；上年同期为整个期间，不宜直接比较。", today=today)
        )
    missing = total.values["amount_missing"]
    if missing:
        notes.append(tr("另有 {missing:,} 件金额待补，未计入担保债权额。", missing=missing))
    if unplaced:
        notes.append(
            tr(
                "另有 {count:,} 件没有写明县（市、区），只计入设区市和全省。",
                count=unplaced,
            )
        )
    changed = [row for row in rows if row.comparison_broken]
    if changed:
        names = listed(row.name for row in changed)
        notes.append(
            tr(
                "口径调整：{names}的区划在比较期间内有调整，"
                "表中各期按登记当日的区划统计，同比仅供参考。",
                names=names,
            )
        )
        notes += [
            _recast_words(row.name, row.recast)
            for row in changed
            if row.recast
            and (row.recast.values["registrations"] or row.recast.previous["registrations"])
        ]
        untold = listed(row.name for row in changed if not row.recast)
        if untold:
            notes.append(
                tr(
                    "{names}的一部分登记只写明调整前的县（市、区），不能断定现属何处，"
                    "没有按调整后的区划归并。",
                    names=untold,
                )
            )
    if not total.previous["registrations"]:
        notes.append(tr("上年同期没有登记，同比记作「—」。"))
    notes.append(
        tr("企业数、质权人数等去重计数，各地之和不一定等于合计；合计单独计算，不由各地相加。")
    )
    notes.append(
        tr(
            "普惠标准：单笔担保债权额不超过 {limit} 万元。",
            limit=wan(facts.inclusive_threshold_fen, 0),
        )
    )
    return tuple(notes)


def _recast_words(name: str, recast: Recast) -> str:
    values, previous = recast.values, recast.previous
    return tr(
        "{name}按调整后的区划归并：登记 {count:,} 件（上年同期 {count_before:,} 件），"
        "担保债权额 {amount} 万元（上年同期 {amount_before} 万元）。",
        name=name,
        count=values["registrations"],
        count_before=previous["registrations"],
        amount=wan(values["secured_amount"]),
        amount_before=wan(previous["secured_amount"]),
    )
