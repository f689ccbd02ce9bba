"""The first rows of a table, with what they come to together, counted on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.ledger import amounts_of, select
from ipfinance.statistics.indicators import AMOUNT_MISSING, REGISTRATIONS, RIGHTS, SECURED_AMOUNT
from ipfinance.statistics.tables import Table
from ipfinance.statistics.traces import behind

TOGETHER = (REGISTRATIONS, SECURED_AMOUNT, RIGHTS, AMOUNT_MISSING)
"""What is counted of the first rows together; the others have no figure of their own there."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A table cut to its first rows; ``together`` are whole 分 and counts by measure.

    A registration that belongs to several of the rows, as one with two pledgors does, counts
    once in ``together``, which is therefore not always the sum of the rows.
    """

    table: Table
    count: int
    together: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"前{len(self.table.rows)}位小计"


def leading(store: Store, table: Table, count: int, today: date) -> Leading:
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
    ids: set[int] = set()
    for row in rows:
        wanted = behind(
            store, table.period, table.kind, REGISTRATIONS.key, None, {table.by: row.code}
        )
        ids.update(select(store, wanted, today).ids)
    note = (
        f"只列出担保债权额前 {len(rows)} 位，共 {len(table.rows):,} 个；小计单独计算，"
        "同属几行的登记只计一次；合计为全部。"
    )
    cut = replace(table, rows=tuple(rows), notes=(note, *table.notes))
    amounts = amounts_of(store, ids)
    figures = (len(ids), amounts.secured_amount_fen, amounts.rights, amounts.amount_missing)
    together = {one.key: value for one, value in zip(TOGETHER, figures, strict=True)}
    return Leading(cut, count, together)
