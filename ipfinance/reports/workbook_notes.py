"""What stands below the official tables: scope, indicators, checks, notes and symbols."""

from collections.abc import Sequence

from ipfinance.statistics.indicators import Indicator
from ipfinance.statistics.presenting import BELOW_UNIT, NONE, measure_name, unknown_text
from ipfinance.statistics.tables import Table

COLUMNS_EACH = 5
"""Columns of a measure: 本期, 上年同期, 同比, 占比, 排名; numbered from 1 over the table."""


def symbols() -> str:
    """What the signs in the tables stand for."""
    return (
        f"符号：「{BELOW_UNIT}」不足最小计量单位；「{NONE}」没有数据或没有可比的基数；"
        f"「{unknown_text()}」有登记而金额均待补。"
    )


def explanations(table: Table, measures: Sequence[Indicator]) -> list[str]:
    """The numbered lines of 说明 under a table of these measures."""
    now, before = table.period, table.previous_period
    scope = (
        f"统计范围：登记日期在 {now.start} 至 {now.end} 的{table.kind.label}质押登记；"
        f"上年同期为 {before.start} 至 {before.end}。"
    )
    rules = "".join(f"{measure_name(one, table.kind)}：{one.rule}" for one in measures)
    told = [scope, f"指标解释：{rules}", f"审核关系：{_checks(measures)}", *table.notes, symbols()]
    lines = [f"{number}. {text}" for number, text in enumerate(told, start=1)]
    return [f"说明：{lines[0]}", *lines[1:]]


def _checks(measures: Sequence[Indicator]) -> str:
    """Which columns add up, and how the comparisons are made, by the numbers of the columns."""
    adding: list[int] = []
    counted: list[int] = []
    for number, one in enumerate(measures):
        column = 1 + number * COLUMNS_EACH
        (adding if one.adds_up else counted).extend((column, column + 1))
    words = []
    if adding:
        words.append(f"合计行第 {_listed(adding)} 栏等于各市之和；")
    if counted:
        words.append(f"第 {_listed(counted)} 栏去重计数，合计单独计算，不由各市相加；")
    words.append("同比 =（本期 − 上年同期）÷ 上年同期；占比 = 本期 ÷ 合计行本期；")
    words.append("排名从大到小，相同者并列。")
    return "".join(words)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
