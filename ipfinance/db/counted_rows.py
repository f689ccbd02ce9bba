"""The rows that any figure can be counted from, read once: registrations, parties and rights.

For crossed tables, which group and count in memory; `totals` and `sums` count in SQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipfinance.db import sums
from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind

Row = tuple[object, ...]


class Which(StrEnum):
    """Which registrations: those of the window, or one of the stocks and endings of `sums`."""

    REGISTERED = "registered"
    OUTSTANDING = "outstanding"
    CANCELLED = "cancelled"
    DUE = "due"
    OVERDUE = "overdue"


PLEDGE_COLUMNS = (
    *("pledge", "city", "county", "day", "secured_amount", "amount_missing", "rights", "listed"),
    *("credit_amount", "loan_amount", "appraised_value", "subsidy", "online", "inclusive"),
    *("inclusive_amount", "loan_with_value", "value_with_loan"),
)
PLEDGOR_COLUMNS = (
    *("pledge", "enterprise", "city", "county", "size", "industry", "inclusive", "first_time"),
)
PLEDGEE_COLUMNS = ("pledge", "pledgee", "pledgee_kind", "head_bank", "is_bank")
RIGHT_COLUMNS = ("pledge", "right", "right_kind")


@dataclass(frozen=True, slots=True)
class CountedRows:
    """Rows in the order of the ``..._COLUMNS``; blanks are "", amounts whole 分 (0 if missing).

    ``day`` is the day that puts a registration into a month: of registration, of cancellation,
    or the end of its term; as YYYY-MM-DD. ``enterprise`` is None for a natural person;
    ``first_time`` says that it had no registration before the window.
    """

    pledges: Sequence[Row]
    pledgors: Sequence[Row]
    pledgees: Sequence[Row]
    rights: Sequence[Row]


_OF_WINDOW = "pledge.registered_on BETWEEN :start AND :end"
WHERE: dict[Which, str] = {
    Which.REGISTERED: _OF_WINDOW,
    Which.OUTSTANDING: sums.OUTSTANDING,
    Which.CANCELLED: sums.CANCELLED,
    Which.DUE: sums.DUE,
    Which.OVERDUE: sums.OVERDUE,
}
"""The condition of each sort in SQL, with the window as :start and :end."""
DAY = dict.fromkeys(Which, "pledge.registered_on") | {
    Which.CANCELLED: "pledge.ended_on",
    Which.DUE: sums.TERM_END_ON_DAY,
}
"""The day that puts a registration of each sort into a month, in SQL."""
_TOLD = """
    WITH told AS (
        SELECT *, {amount} AS amount, {day} AS day FROM pledge
        WHERE pledge.counted = 1 AND {kinds} AND {where})
"""
_PLEDGES = f"""
    {_TOLD}
    SELECT id, city, coalesce(county, ''), day, coalesce(amount, 0), amount IS NULL,
        rights_count, (SELECT count(*) FROM pledge_right WHERE pledge_right.pledge = told.id),
        coalesce(credit_amount_fen, 0), coalesce(loan_amount_fen, 0),
        coalesce(appraised_value_fen, 0), coalesce(subsidy_fen, 0),
        coalesce(channel = 'online', 0), coalesce(amount <= :threshold_fen, 0),
        CASE WHEN amount <= :threshold_fen THEN amount ELSE 0 END,
        CASE WHEN appraised_value_fen IS NULL THEN 0 ELSE coalesce(loan_amount_fen, 0) END,
        CASE WHEN loan_amount_fen IS NULL THEN 0 ELSE coalesce(appraised_value_fen, 0) END
    FROM told
"""
_PLEDGORS = f"""
    {_TOLD}
    SELECT told.id, party.enterprise, party.city, coalesce(party.county, ''),
        coalesce(party.size, ''), coalesce(party.industry, ''),
        coalesce(told.secured_amount_fen <= :threshold_fen, 0),
        party.enterprise IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM pledge_pledgor AS earlier
            WHERE earlier.enterprise = party.enterprise AND earlier.counted = 1
                AND earlier.registered_on < :start
                AND earlier.kind IN ('patent', 'trademark'))
    FROM told JOIN pledge_pledgor AS party ON party.pledge = told.id
"""
_PLEDGEES = f"""
    {_TOLD}
    SELECT told.id, party.pledgee, coalesce(pledgee.kind, ''), {sums.HEAD_KEY},
        coalesce(pledgee.kind IN ('bank', 'rural_credit'), 0)
    FROM told JOIN pledge_pledgee AS party ON party.pledge = told.id
        JOIN pledgee ON pledgee.id = party.pledgee
"""
_RIGHTS = f"""
    {_TOLD}
    SELECT told.id, link.ip_right, ip_right.kind
    FROM told JOIN pledge_right AS link ON link.pledge = told.id
        JOIN ip_right ON ip_right.id = link.ip_right
"""


def counted_rows(
    store: Store,
    which: Which,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    threshold_fen: int,
) -> CountedRows:
    """What is counted of the window, or stands at its end; see `sums` for the arguments.

    The amount of a stock is that known at the end of the window.
    """
    arguments = {
        **sums.window_arguments(start, end, kinds),
        **window(which, start, end),
        "threshold_fen": threshold_fen,
    }
    gaps = {
        "kinds": sums.KINDS,
        "where": WHERE[which],
        "day": DAY[which],
        "amount": ("secured_amount_fen" if which is Which.REGISTERED else sums.AMOUNT_ON_DAY),
    }

    def read(sql: str) -> list[Row]:
        cursor = store.connection.cursor()
        cursor.row_factory = None  # plain tuples: a million sqlite3.Row would cost twice
        return cursor.execute(sql.format(**gaps), arguments).fetchall()

    return CountedRows(read(_PLEDGES), read(_PLEDGORS), read(_PLEDGEES), read(_RIGHTS))


def window(which: Which, start: date, end: date) -> dict[str, str]:
    """The arguments of ``WHERE``: what stands at a day is asked of the last one."""
    first = end if which in (Which.OUTSTANDING, Which.OVERDUE) else start
    return {"start": first.isoformat(), "end": end.isoformat()}
