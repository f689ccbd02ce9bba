"""The first rows of a table, with what they come to together, counted on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.language import tr
from ipfinance.statistics.comparisons import growth, share
from ipfinance.statistics.indicators import MEASURES, REGISTRATIONS, SECURED_AMOUNT
from ipfinance.statistics.member_levels import MemberLevels
from ipfinance.statistics.tables import Table


@dataclass(frozen=True, slots=True)
class Leading:
    """A table cut to its first rows; ``keys`` are theirs, and the figures what they have together.

    A registration, an enterprise or a right that belongs to several of the rows counts once,
    so that ``values`` are not always the sum of the rows. ``previous`` is what the same rows
    had a year earlier; money is whole 分, ``growth`` and ``share`` are fractions or None.
    """

    table: Table
    keys: tuple[str, ...]
    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    share: Mapping[str, Fraction | None]

    @property
    def name(self) -> str:
        return tr("前{count}位小计", count=len(self.keys))


def leading(store: Store, table: Table, count: int) -> Leading:
    """The rows with the largest amounts, more than ``count`` where the last rank is shared.

    Rows without a registration are none of them.
    """
    rows = sorted(
        (
            row
            for row in table.rows
            if row.values[REGISTRATIONS.key] and row.rank[SECURED_AMOUNT.key] <= count
        ),
        key=lambda row: row.rank[SECURED_AMOUNT.key],
    )
    keys = tuple(row.code for row in rows)
    levels = MemberLevels(store, table.by)
    area = levels.area_of(*keys)
    values, previous = (
        {one.key: int(levels.value(one.key, table.kind, span, area) or 0) for one in MEASURES}
        for span in (table.period, table.previous_period)
    )
    note = tr(
        "只列出担保债权额前 {count} 位，共 {total:,} 个；小计单独计算，"
        "同属几行的登记、企业和权利只计一次；合计为全部。",
        count=len(rows),
        total=len(table.rows),
    )
    return Leading(
        table=replace(table, rows=tuple(rows), notes=(note, *table.notes)),
        keys=keys,
        values=values,
        previous=previous,
        growth={key: growth(value, previous[key]) for key, value in values.items()},
        share={key: share(value, table.total.values[key]) for key, value in values.items()},
    )
