"""The ledger as a long table: which registrations a filter selects, in order, and their rows.

A list of a million registrations is an array of numbers; rows are read by the page as they
come into sight.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipfinance.db.connection import Store
from ipfinance.db.divisions import day_of
from ipfinance.db.ledger_filter import STATE, TERM_END, conditions, in_order
from ipfinance.db.ledger_filter import Filter as Filter  # who asks for a list asks with it
from ipfinance.db.name_order import (
    in_doubt_ranks,
    numbers,
    pledgee_ranks,
    pledgor_ranks,
    reg_no_ranks,
)
from ipfinance.domain.pledge import EventKind, Kind, State, state_on


class Sort(StrEnum):
    """The columns that the ledger can be sorted by."""

    REG_NO = "reg_no"
    KIND = "kind"
    PLEDGOR = "pledgor"
    PLEDGEE = "pledgee"
    CITY = "city"
    SECURED_AMOUNT = "secured_amount"
    RIGHTS_COUNT = "rights_count"
    REGISTERED_ON = "registered_on"
    TERM_END = "term_end"
    STATE = "state"
    REG_NO_IN_DOUBT = "reg_no_in_doubt"


@dataclass(frozen=True, slots=True)
class Listing:
    """The registrations a filter selects: their numbers in order, and what they add up to."""

    ids: "array[int]"
    secured_amount_fen: int
    amount_missing: int

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger; several parties are joined by ；."""

    id: int
    kind: Kind
    reg_no: str
    registered_on: date
    pledgors: str
    pledgees: str
    city: str
    county: str | None
    secured_amount_fen: int | None
    rights_count: int
    term_end: date | None
    state: State
    reg_no_in_doubt: str = ""


# The usual order lies in an index. Everything else is a number that is sorted here, in a tenth
# of the time. Areas stand by their codes, kinds and states in the order of their lists.
KEYS = {
    Sort.KIND: in_order("kind", [kind.value for kind in Kind]),
    Sort.CITY: "CAST(city || coalesce(county, '000000') AS INTEGER)",
    Sort.SECURED_AMOUNT: "secured_amount_fen",
    Sort.RIGHTS_COUNT: "rights_count",
    Sort.TERM_END: f"CAST(replace({TERM_END}, '-', '') AS INTEGER)",
    Sort.STATE: in_order(STATE, [state.value for state in State]),
}
RANKS = {
    Sort.REG_NO: reg_no_ranks,
    Sort.REG_NO_IN_DOUBT: in_doubt_ranks,
    Sort.PLEDGOR: pledgor_ranks,
    Sort.PLEDGEE: pledgee_ranks,
}

_NUMBERS = (Sort.REG_NO, Sort.REG_NO_IN_DOUBT)

# The numbers come as one text: a million of them one by one would take ten times as long.
# SQLite keeps the order of the inner query for group_concat.
_LIST = """
    SELECT group_concat(id) AS ids, group_concat(sorted_by) AS keys,
        total(secured_amount_fen IS NULL) AS missing,
        coalesce(sum(secured_amount_fen), 0) AS amount
    FROM (SELECT id, secured_amount_fen, {key} AS sorted_by FROM pledge WHERE {where}
        ORDER BY {order})
"""

_ROWS = """
    SELECT id, kind, reg_no, reg_no_in_doubt, registered_on, city, county, secured_amount_fen,
        rights_count, {term_end} AS term_end, ended_on, ended_by,
        (SELECT group_concat(name, '；') FROM (SELECT name FROM pledge_pledgor AS party
            WHERE party.pledge = pledge.id ORDER BY position)) AS pledgors,
        (SELECT group_concat(name, '；') FROM (SELECT pledgee.name FROM pledge_pledgee AS party
            JOIN pledgee ON pledgee.id = party.pledgee
            WHERE party.pledge = pledge.id ORDER BY position)) AS pledgees
    FROM pledge WHERE id IN ({marks})
"""


def select(
    store: Store,
    wanted: Filter,
    today: date,
    sort: Sort = Sort.REGISTERED_ON,
    descending: bool = True,
) -> Listing:
    """The registrations that a filter selects, sorted; equal ones as they were entered.

    What has no value in the column comes last in both directions.
    """
    wheres, arguments = conditions(wanted, today)
    direction = "DESC" if descending else "ASC"
    # Of the trash there is no index of numbers, and never much.
    in_store = sort is Sort.REGISTERED_ON or (sort in _NUMBERS and wanted.deleted)
    by = sort.value if in_store else "registered_on"
    order = f"{by} {direction} NULLS LAST, id {direction}"
    key = f"coalesce({KEYS[sort]}, -1)" if sort in KEYS else "NULL"
    statement = _LIST.format(where=" AND ".join(wheres), order=order, key=key)
    row = store.connection.execute(statement, arguments).fetchone()
    if in_store or not row["ids"]:
        ids = array("q", map(int, row["ids"].split(",")) if row["ids"] else ())
    else:
        ids = _sorted(store, row["ids"], row["keys"], sort, descending)
    return Listing(ids, row["amount"], int(row["missing"]))


def _sorted(store: Store, told: str, keys: str, sort: Sort, descending: bool) -> "array[int]":
    import numpy as np

    ids = numbers(told)
    values = RANKS[sort](store, ids) if sort in RANKS else numbers(keys)
    sign = -1 if descending else 1
    order = np.lexsort((sign * ids, sign * values, values < 0))
    return array("q", ids[order].tobytes())


def count(store: Store, wanted: Filter, today: date) -> int:
    """How many registrations a filter selects; far cheaper than the list of them."""
    wheres, arguments = conditions(wanted, today)
    statement = f"SELECT count(*) FROM pledge WHERE {' AND '.join(wheres)}"
    return int(store.connection.execute(statement, arguments).fetchone()[0])


def rows(store: Store, ids: Iterable[int], today: date) -> list[LedgerRow]:
    """The ledger lines of these registrations, in the order asked; at most 2,000 at once."""
    asked = list(ids)
    marks = ",".join(str(int(number)) for number in asked)
    found = {
        row["id"]: LedgerRow(
            id=row["id"],
            kind=Kind(row["kind"]),
            reg_no=row["reg_no"] or "",
            registered_on=date.fromisoformat(row["registered_on"]),
            pledgors=row["pledgors"] or "",
            pledgees=row["pledgees"] or "",
            city=row["city"],
            county=row["county"],
            secured_amount_fen=row["secured_amount_fen"],
            rights_count=row["rights_count"],
            term_end=day_of(row["term_end"]),
            state=state_on(
                today,
                day_of(row["ended_on"]),
                EventKind(row["ended_by"]) if row["ended_by"] else None,
                day_of(row["term_end"]),
            ),
            reg_no_in_doubt=row["reg_no_in_doubt"] or "",
        )
        for row in store.connection.execute(
            _ROWS.format(marks=marks, term_end=TERM_END), {"today": today.isoformat()}
        )
    }
    return [found[number] for number in asked if number in found]
