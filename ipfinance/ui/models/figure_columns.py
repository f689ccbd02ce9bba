"""The columns of the table of figures, in groups: value, share, growth, rank, mean."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ipfinance.db.totals import Group
from ipfinance.language import Language, chosen, either, tr
from ipfinance.statistics.comparisons import share
from ipfinance.statistics.indicators import (
    AMOUNT_MISSING,
    ENTERPRISES,
    INCLUSIVE_ENTERPRISES,
    INCLUSIVE_RATE,
    PLEDGEES,
    REGISTRATIONS,
    RIGHTS,
    RIGHTS_DISTINCT,
    SECURED_AMOUNT,
    Indicator,
)
from ipfinance.statistics.presenting import (
    BROKEN_MARK,
    NONE,
    amount_unknown,
    count_text,
    growth_text,
    heading,
    measure_name,
    percent_text,
    unknown_text,
    value_text,
    with_unit,
)
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import GROUP_NAMES, PARTIES, KindChoice, Table
from ipfinance.ui.models.figure_words import (
    MISSING_MARK,
    compared,
    mean,
    mean_text,
    room_for,
)
from ipfinance.ui.models.figures_model import Figure, Line
from ipfinance.ui.models.rows import Column

Text = Callable[[Line], str]

NAME_WIDTHS = {Group.CITY: 84, Group.INDUSTRY: 200, **dict.fromkeys(PARTIES, 250)}
"""Room for the names of the rows, in pixels, where 100 would be too little or too much."""
_RIGHTS = {
    KindChoice.PATENT: tr("所涉专利"),
    KindChoice.TRADEMARK: tr("所涉商标"),
    KindChoice.ALL: tr("所涉专利和商标"),
}
_BASES = {
    Group.YEAR: tr("上一年"),
    Group.HALF: tr("上年同半年"),
    Group.QUARTER: tr("上年同季"),
    Group.MONTH: tr("上年同月"),
}
# Of indicators and their units, which are longer in English.
NAME_WIDTH, UNIT_WIDTH = (192, 64) if chosen() is Language.CHINESE else (236, 96)
_NUMBER = either("件数", "Number")
SHARE_RULE = tr("本行数值除以合计；合计单独计算，各行占比之和不一定等于 100%。")
RANK_RULE = tr("按数值由大到小排列，数值相同的名次相同（1、2、2、4）。")
GROWTH_RULE = tr(
    "与上年同期（{base}）相比：（本期－上年同期）÷ 上年同期；上年同期为 0 的没有同比。"
)
MEAN_RULE = tr("担保债权额除以{per}，最后四舍五入；金额待补的登记不计金额。")


def columns_of(table: Table, together: str = "") -> tuple[Column[Line], ...]:
    """The columns for a table; some are hidden until they are asked for.

    `together` is the name of the line that counts the first ones as one.
    """
    scale, distinct = table.facts.scale, table.facts.rights_distinct
    amount = heading(SECURED_AMOUNT, table.kind, scale)
    registrations = heading(REGISTRATIONS, table.kind)
    enterprises = with_unit(tr("登记企业"), ENTERPRISES.unit)
    rights = with_unit(_RIGHTS[table.kind], RIGHTS.unit)
    times = _value(table, RIGHTS, rights, tr("件次"), 72)
    once = _value(table, RIGHTS_DISTINCT, rights, tr("去重"), 72)
    of_enterprises = _growth(table, ENTERPRISES, enterprises)
    inclusive = _inclusive_rate(table)
    # The counties have a column more and marks in them: these two would not fit a small screen.
    by_county = table.by is Group.COUNTY
    return (
        *_names(table, together),
        _value(table, SECURED_AMOUNT, amount, tr("金额"), _amount_width(table)),
        _share(table, SECURED_AMOUNT, amount),
        _growth(table, SECURED_AMOUNT, amount),
        _rank(table, SECURED_AMOUNT, amount),
        _value(table, REGISTRATIONS, registrations, _NUMBER, 70),
        _hidden(_share(table, REGISTRATIONS, registrations)),
        _growth(table, REGISTRATIONS, registrations),
        _hidden(_rank(table, REGISTRATIONS, registrations)),
        _value(table, ENTERPRISES, enterprises, tr("企业数"), 76),
        _hidden(of_enterprises) if by_county else of_enterprises,
        _mean(table, ENTERPRISES, enterprises, tr("户均金额"), tr("没有登记企业")),
        _hidden(times, distinct),
        _hidden(once, not distinct),
        _mean(
            table,
            RIGHTS_DISTINCT if distinct else RIGHTS,
            rights,
            tr("件均金额"),
            tr("没有{rights}", rights=_RIGHTS[table.kind]),
        ),
        _hidden(_value(table, INCLUSIVE_ENTERPRISES, tr("普惠"), tr("企业数"), 76)),
        _hidden(inclusive) if by_county else inclusive,
        _hidden(_value(table, PLEDGEES, tr("质权人（家）"), tr("家数"), 72)),
        _hidden(_value(table, AMOUNT_MISSING, tr("金额待补（件）"), _NUMBER, 72)),
    )


def _amount_width(table: Table) -> int:
    """Room for the total, which is the longest: a number must never be cut short."""
    total = table.total.values[SECURED_AMOUNT.key]
    digits = len(value_text(SECURED_AMOUNT, total, table.facts.scale))
    return 116 + 8 * max(0, digits - 12)


def _names(table: Table, together: str) -> tuple[Column[Line], ...]:
    by_county = table.by is Group.COUNTY
    name: Column[Line] = Column(
        "name",
        GROUP_NAMES[table.by],
        _name,
        sort=lambda line: line.code,
        width=max(NAME_WIDTHS.get(table.by, 100), room_for(together)),
        stretch=1,
        tip=_name_tip,
    )
    city: Column[Line] = Column("city", tr("设区市"), lambda line: line.city, width=80, soft=True)
    return (name, city) if by_county else (name,)


def _name(line: Line) -> str:
    return f"{line.name} {BROKEN_MARK}" if line.changed else line.name


def _name_tip(line: Line) -> str:
    return (
        tr("{name}的范围自 {changed} 起调整", name=line.name, changed=line.changed)
        if line.changed
        else line.name
    )


def _value(table: Table, one: Indicator, group: str, title: str, width: int) -> Figure:
    scale = table.facts.scale

    def text(line: Line) -> str:
        if _unknown(one, line):
            return unknown_text()
        words = value_text(one, line.values[one.key], scale)
        return f"{MISSING_MARK} {words}" if tip(line) else words

    def raw(line: Line) -> int:
        return line.values[one.key]

    def tip(line: Line) -> str:
        missing = line.values[AMOUNT_MISSING.key] if one is SECURED_AMOUNT else 0
        if _unknown(one, line):
            return _why_unknown(line)
        return tr("另有 {missing:,} 件金额待补，未计入", missing=missing) if missing else ""

    name = measure_name(one, table.kind)
    return _figure(one.key, one, (group, title, name), one.rule, text, raw, tip, width)


def _share(table: Table, one: Indicator, group: str) -> Figure:
    def raw(line: Line) -> Fraction | None:
        return None if _unknown(one, line) else line.share[one.key]

    def tip(line: Line) -> str:
        if _unknown(one, line):
            return _why_unknown(line)
        return "" if raw(line) is not None else tr("合计的{name}为 0，没有占比", name=one.name)

    return _figure(
        f"{one.key}_share",
        one,
        (group, tr("占比"), tr("{one}占比", one=measure_name(one, table.kind))),
        SHARE_RULE,
        lambda line: percent_text(raw(line)),
        raw,
        tip,
        72,
    )


def _growth(table: Table, one: Indicator, group: str) -> Figure:
    def raw(line: Line) -> Fraction | None:
        return None if _unknown(one, line) else line.growth[one.key]

    def text(line: Line) -> str:
        words = growth_text(raw(line))
        return f"{BROKEN_MARK} {words}" if line.broken and words != NONE else words

    def tip(line: Line) -> str:
        if _unknown(one, line):
            return _why_unknown(line)
        label = line.period.previous().label
        if raw(line) is None:
            return tr(
                "上年同期（{label}）{area}的{name}为 0，没有可比的基数",
                label=label,
                area=line.area,
                name=one.name,
            )
        words = compared(one, line.values[one.key], line.previous[one.key], label)
        if line.broken:
            why = tr("口径调整：区划于 {broken} 调整，同比仅供参考", broken=line.broken)
            return f"{words}\n{why}"
        return words

    words = (group, tr("同比"), tr("{one}同比", one=measure_name(one, table.kind)))
    base = _BASES.get(table.by, table.previous_period.label)
    rule = GROWTH_RULE.format(base=base)
    width = 92 if table.by is Group.CITY or table.by in SPANS else 112
    return replace(_figure(f"{one.key}_growth", one, words, rule, text, raw, tip, width), soft=True)


def _rank(table: Table, one: Indicator, group: str) -> Figure:
    def raw(line: Line) -> int | None:
        return None if _unknown(one, line) else line.rank.get(one.key)

    def text(line: Line) -> str:
        rank = raw(line)
        if rank is None:
            return "" if line.is_total else NONE
        return str(rank)

    def tip(line: Line) -> str:
        return _why_unknown(line) if _unknown(one, line) else ""

    words = (group, tr("排名"), tr("{one}排名", one=measure_name(one, table.kind)))
    return _figure(f"{one.key}_rank", one, words, RANK_RULE, text, raw, tip, 56)


def _mean(table: Table, per: Indicator, group: str, title: str, why_not: str) -> Figure:
    scale = table.facts.scale

    def raw(line: Line) -> Fraction | None:
        if _unknown(SECURED_AMOUNT, line):
            return None
        return mean(line.values[SECURED_AMOUNT.key], line.values[per.key])

    def tip(line: Line) -> str:
        if _unknown(SECURED_AMOUNT, line):
            return _why_unknown(line)
        return why_not if raw(line) is None else ""

    return _figure(
        f"{per.key}_mean",
        SECURED_AMOUNT,
        (group, title, with_unit(title, scale.unit.label)),
        MEAN_RULE.format(per=measure_name(per, table.kind)),
        lambda line: mean_text(raw(line), scale),
        raw,
        tip,
        92,
    )


def _inclusive_rate(table: Table) -> Figure:
    def raw(line: Line) -> Fraction | None:
        return share(line.values[INCLUSIVE_ENTERPRISES.key], line.values[ENTERPRISES.key])

    def tip(line: Line) -> str:
        if raw(line) is None:
            return tr("没有登记企业")
        inclusive, enterprises = (
            count_text(line.values[one.key]) for one in (INCLUSIVE_ENTERPRISES, ENTERPRISES)
        )
        return tr(
            "普惠企业 {inclusive} 家 ÷ 登记企业 {enterprises} 家",
            inclusive=inclusive,
            enterprises=enterprises,
        )

    return _figure(
        INCLUSIVE_RATE.key,
        INCLUSIVE_ENTERPRISES,
        (tr("普惠"), INCLUSIVE_RATE.name, INCLUSIVE_RATE.name),
        INCLUSIVE_RATE.rule,
        lambda line: percent_text(raw(line)),
        raw,
        tip,
        76,
    )


def _figure(
    key: str,
    measure: Indicator,
    words: tuple[str, str, str],
    rule: str,
    text: Text,
    raw: Callable[[Line], Any],
    tip: Text,
    width: int,
) -> Figure:
    """A column; `words` are its group, its title within it, and its full name."""
    group, title, name = words
    return Figure(
        key=key,
        title=title,
        text=text,
        sort=raw,
        width=width,
        stretch=1,
        number=True,
        tip=tip,
        group=group,
        measure=measure.key,
        name=name,
        rule=rule,
    )


def _hidden(figure: Figure, hidden: bool = True) -> Figure:
    return replace(figure, hidden=hidden)


def _unknown(one: Indicator, line: Line) -> bool:
    """Whether nobody has told any amount of the line: no zero, and nothing to compare."""
    return one is SECURED_AMOUNT and amount_unknown(line.values)


def _why_unknown(line: Line) -> str:
    return tr("{missing:,} 件登记的金额都待补", missing=line.values[AMOUNT_MISSING.key])
