"""What each enterprise or pledgee comes to, counted from what is held in memory of the ledger."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ipfinance.db.name_order import numbers
from ipfinance.db.remembered import NONE, Columns, Counted

if TYPE_CHECKING:
    from datetime import date

    from ipfinance.db.connection import Store
    from ipfinance.db.lines import Numbers

_ENDED = "SELECT group_concat(id) FROM pledge WHERE ended_on <= ?"


@dataclass(frozen=True, slots=True)
class PartySums:
    """One place for each party with any registration, ascending by ``ids``.

    Only registrations of patents and trademarks that count are counted; the days are of all of
    them, as numbers like 20191231. Amounts in 分, `NONE` where none is known. ``pairs`` are the
    registrations that count and their parties, each pair once.
    """

    ids: "Numbers"
    registrations: "Numbers"
    secured_amount: "Numbers"
    rights: "Numbers"
    live: "Numbers"
    first_on: "Numbers"
    last_on: "Numbers"
    pairs: "tuple[Numbers, Numbers]"


def party_sums(
    store: "Store",
    today: "date",
    links: "tuple[Numbers, Numbers]",
    columns: Columns,
    counted: Counted,
) -> PartySums:
    """Add up by the parties of ``links``: registrations, deleted ones too, and their parties."""
    pledges, parties = links
    is_there = pledges < len(columns.day)
    pledges, parties = pledges[is_there], parties[is_there]
    is_there = columns.day[pledges] != NONE
    # The same party may stand twice in one registration. Sorting is much faster than np.unique.
    pairs = np.sort(parties[is_there].astype(np.int64) << 32 | pledges[is_there])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    parties, pledges = pairs >> 32, pairs & 0xFFFFFFFF
    firsts = np.flatnonzero(np.diff(parties, prepend=-1))

    def added(values: "Numbers") -> "Numbers":
        return np.add.reduceat(values, firsts) if len(firsts) else values[:0]

    counts = _of(counted.kind, pledges) > 0
    amounts = columns.amount[pledges]
    known = counts & (amounts != NONE)
    amount = added(np.where(known, amounts, 0))
    amount[added(known.astype(np.int64)) == 0] = NONE
    ended = numbers(store.connection.execute(_ENDED, (today.isoformat(),)).fetchone()[0])
    is_live = np.ones(len(columns.day), bool)
    is_live[ended[ended < len(is_live)]] = False
    days = columns.day[pledges]
    return PartySums(
        ids=parties[firsts],
        registrations=added(counts.astype(np.int64)),
        secured_amount=amount,
        rights=added(np.where(counts, _of(counted.rights, pledges), 0)),
        live=added((counts & is_live[pledges]).astype(np.int64)),
        first_on=np.minimum.reduceat(days, firsts) if len(firsts) else days,
        last_on=np.maximum.reduceat(days, firsts) if len(firsts) else days,
        pairs=(pledges[counts], parties[counts]),
    )


def _of(column: "Numbers", pledges: "Numbers") -> "Numbers":
    """The column's value of each registration, `NONE` for those beyond its end."""
    values = np.full(len(pledges), NONE, np.int64)
    is_there = pledges < len(column)
    values[is_there] = column[pledges[is_there]]
    return values
