"""The columns of the table of figures, in groups: value, share, growth, rank, mean."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ipfinance.db.totals import Group
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
    NONE,
    UNKNOWN,
    amount_unknown,
    count_text,
    growth_text,
    measure_name,
    percent_text,
    value_text,
)
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import GROUP_NAMES, PARTIES, KindChoice, Table
from ipfinance.ui.models.figure_words import (
    BROKEN_MARK,
    MISSING_MARK,
    compared,
    decimal_text,
    mean_wan,
)
from ipfinance.ui.models.figures_model import Figure, Line
from ipfinance.ui.models.rows import Column

Text = Callable[[Line], str]

NAME_WIDTHS = {Group.CITY: 84, Group.INDUSTRY: 200, **dict.fromkeys(PARTIES, 250)}
"""Room for the names of the rows, in pixels, where 100 would be too little or too much."""
_RIGHTS = {
    KindChoice.PATENT: "所涉专利",
    KindChoice.TRADEMARK: "所涉商标",
    KindChoice.ALL: "所涉专利和商标",
}
_BASES = {
    Group.YEAR: "上一年",
    Group.HALF: "上年同半年",
    Group.QUARTER: "上年同季",
    Group.MONTH: "上年同月",
}
SHARE_RULE = "本行数值除以合计；合计单独计算，各行占比之和不一定等于 100%。"
RANK_RULE = "按数值由大到小排列，数值相同的名次相同（1、2、2、4）。"
GROWTH_RULE = "与上年同期（{}）相比：（本期－上年同期）÷ 上年同期；上年同期为 0 的没有同比。"
MEAN_RULE = "担保债权额除以{}，最后四舍五入；金额待补的登记不计金额。"


def columns_of(table: Table) -> tuple[Column[Line], ...]:
    """The columns for a table; some are hidden until they are asked for."""
    amount = f"{SECURED_AMOUNT.name}（{SECURED_AMOUNT.unit}）"
    registrations = f"{REGISTRATIONS.name}（{REGISTRATIONS.unit}）"
    enterprises = f"登记企业（{ENTERPRISES.unit}）"
    rights = f"{_RIGHTS[table.kind]}（{RIGHTS.unit}）"
    of_enterprises = _growth(table, ENTERPRISES, enterprises)
    inclusive = _inclusive_rate(table)
    # The counties have a column more and marks in them: these two would not fit a small screen.
    by_county = table.by is Group.COUNTY
    return (
        *_names(table),
        _value(table, SECURED_AMOUNT, amount, "金额", _amount_width(table)),
        _share(table, SECURED_AMOUNT, amount),
        _growth(table, SECURED_AMOUNT, amount),
        _rank(table, SECURED_AMOUNT, amount),
        _value(table, REGISTRATIONS, registrations, "件数", 70),
        _hidden(_share(table, REGISTRATIONS, registrations)),
        _growth(table, REGISTRATIONS, registrations),
        _hidden(_rank(table, REGISTRATIONS, registrations)),
        _value(table, ENTERPRISES, enterprises, "企业数", 76),
        _hidden(of_enterprises) if by_county else of_enterprises,
        _mean(table, ENTERPRISES, enterprises, "户均金额", "没有登记企业"),
        _value(table, RIGHTS, rights, "件次", 72),
        _hidden(_value(table, RIGHTS_DISTINCT, rights, "去重", 72)),
        _mean(table, RIGHTS, rights, "件均金额", f"没有{_RIGHTS[table.kind]}"),
        _hidden(_value(table, INCLUSIVE_ENTERPRISES, "普惠", "企业数", 76)),
        _hidden(inclusive) if by_county else inclusive,
        _hidden(_value(table, PLEDGEES, "质权人（家）", "家数", 72)),
        _hidden(_value(table, AMOUNT_MISSING, "金额待补（件）", "件数", 72)),
    )


def _amount_width(table: Table) -> int:
    """Room for the total, which is the longest: a number must never be cut short."""
    digits = len(value_text(SECURED_AMOUNT, table.total.values[SECURED_AMOUNT.key]))
    return 116 + 8 * max(0, digits - 12)


def _names(table: Table) -> tuple[Column[Line], ...]:
    by_county = table.by is Group.COUNTY
    name: Column[Line] = Column(
        "name",
        GROUP_NAMES[table.by],
        _name,
        sort=lambda line: line.code,
        width=NAME_WIDTHS.get(table.by, 100),
        stretch=1,
        tip=_name_tip,
    )
    city: Column[Line] = Column("city", "设区市", lambda line: line.city, width=80, soft=True)
    return (name, city) if by_county else (name,)


def _name(line: Line) -> str:
    return f"{line.name} {BROKEN_MARK}" if line.changed else line.name


def _name_tip(line: Line) -> str:
    return f"{line.name}的范围自 {line.changed} 起调整" if line.changed else line.name


def _value(table: Table, one: Indicator, group: str, title: str, width: int) -> Figure:
    def text(line: Line) -> str:
        if _unknown(one, line):
            return UNKNOWN
        words = value_text(one, line.values[one.key])
        return f"{MISSING_MARK} {words}" if tip(line) else words

    def raw(line: Line) -> int:
        return line.values[one.key]

    def tip(line: Line) -> str:
        missing = line.values[AMOUNT_MISSING.key] if one is SECURED_AMOUNT else 0
        if _unknown(one, line):
            return _why_unknown(line)
        return f"另有 {missing:,} 件金额待补，未计入" if missing else ""

    name = measure_name(one, table.kind)
    return _figure(one.key, one, (group, title, name), one.rule, text, raw, tip, width)


def _share(table: Table, one: Indicator, group: str) -> Figure:
    def raw(line: Line) -> Fraction | None:
        return None if _unknown(one, line) else line.share[one.key]

    def tip(line: Line) -> str:
        if _unknown(one, line):
            return _why_unknown(line)
        return "" if raw(line) is not None else f"合计的{one.name}为 0，没有占比"

    return _figure(
        f"{one.key}_share",
        one,
        (group, "占比", f"{measure_name(one, table.kind)}占比"),
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
            return f"上年同期（{label}）{line.area}的{one.name}为 0，没有可比的基数"
        words = compared(one, line.values[one.key], line.previous[one.key], label)
        if line.broken:
            words += f"\n口径调整：区划于 {line.broken} 调整，同比仅供参考"
        return words

    words = (group, "同比", f"{measure_name(one, table.kind)}同比")
    base = _BASES.get(table.by, table.previous_period.label)
    rule = GROWTH_RULE.format(base)
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

    words = (group, "排名", f"{measure_name(one, table.kind)}排名")
    return _figure(f"{one.key}_rank", one, words, RANK_RULE, text, raw, tip, 56)


def _mean(table: Table, per: Indicator, group: str, title: str, why_not: str) -> Figure:
    def raw(line: Line) -> Fraction | None:
        if _unknown(SECURED_AMOUNT, line):
            return None
        return mean_wan(line.values[SECURED_AMOUNT.key], line.values[per.key])

    def tip(line: Line) -> str:
        if _unknown(SECURED_AMOUNT, line):
            return _why_unknown(line)
        return why_not if raw(line) is None else ""

    return _figure(
        f"{per.key}_mean",
        SECURED_AMOUNT,
        (group, title, f"{title}（{SECURED_AMOUNT.unit}）"),
        MEAN_RULE.format(measure_name(per, table.kind)),
        lambda line: decimal_text(raw(line)),
        raw,
        tip,
        92,
    )


def _inclusive_rate(table: Table) -> Figure:
    def raw(line: Line) -> Fraction | None:
        return share(line.values[INCLUSIVE_ENTERPRISES.key], line.values[ENTERPRISES.key])

    def tip(line: Line) -> str:
        if raw(line) is None:
            return "没有登记企业"
        inclusive, enterprises = (
            count_text(line.values[one.key]) for one in (INCLUSIVE_ENTERPRISES, ENTERPRISES)
        )
        return f"普惠企业 {inclusive} 家 ÷ 登记企业 {enterprises} 家"

    return _figure(
        INCLUSIVE_RATE.key,
        INCLUSIVE_ENTERPRISES,
        ("普惠", INCLUSIVE_RATE.name, INCLUSIVE_RATE.name),
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


def _hidden(figure: Figure) -> Figure:
    return replace(figure, hidden=True)


def _unknown(one: Indicator, line: Line) -> bool:
    """Whether nobody has told any amount of the line: no zero, and nothing to compare."""
    return one is SECURED_AMOUNT and amount_unknown(line.values)


def _why_unknown(line: Line) -> str:
    return f"{line.values[AMOUNT_MISSING.key]:,} 件登记的金额都待补"
