"""Enterprises with what they have pledged: the list of them, and their rows by the page.

`LedgerMemory.enterprises` lists the same where a ledger is long.

Only the registers of patents and trademarks count. A registration that several enterprises
pledged together stands with its whole amount in the row of each, so rows do not add up to the
total; the total counts every registration once.
"""

from array import array
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from ipfinance.db.connection import Store
from ipfinance.db.name_order import read_enterprise_names
from ipfinance.db.typed import ENTERPRISES_FOUND, typed


class EnterpriseSort(StrEnum):
    """The columns that the list of enterprises can be sorted by."""

    NAME = "name"
    USCC = "uscc"
    CITY = "city"
    REGISTRATIONS = "registrations"
    SECURED_AMOUNT = "secured_amount"
    RIGHTS = "rights"
    LIVE = "live"
    FIRST_ON = "first_on"
    LAST_ON = "last_on"


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One enterprise and what it has pledged.

    ``city`` and ``county`` are its place at its last registration; ``live`` is how many of its
    registrations are outstanding today; ``first_on`` and ``last_on`` are registration days.
    """

    id: int
    name: str
    uscc: str
    city: str
    county: str | None
    registrations: int
    secured_amount_fen: int
    amount_missing: int
    rights: int
    live: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class EnterpriseListing:
    """The enterprises found: their numbers in order, and what they pledged, each pledge once."""

    ids: "array[int]"
    registrations: int
    secured_amount_fen: int
    amount_missing: int

    def __len__(self) -> int:
        return len(self.ids)


_COUNTS = "(pledge.counted = 1 AND pledge.kind IN ('patent', 'trademark'))"
_LIVES = f"({_COUNTS} AND (pledge.ended_on IS NULL OR pledge.ended_on > :today))"
# The same enterprise may stand twice among the pledgors of one registration.
_PLEDGED = """
    FROM (SELECT DISTINCT enterprise, pledge FROM pledge_pledgor {narrowed}) AS link
    JOIN pledge ON pledge.id = link.pledge AND pledge.deleted_at IS NULL
    JOIN enterprise ON enterprise.id = link.enterprise
"""
_LAST_PLACE = """(
    SELECT party.{column} FROM pledge_pledgor AS party
    JOIN pledge AS its ON its.id = party.pledge AND its.deleted_at IS NULL
    WHERE party.enterprise = enterprise.id ORDER BY party.registered_on DESC, party.id DESC LIMIT 1
)"""

_ROWS = f"""
    SELECT enterprise.id, enterprise.name, enterprise.uscc,
        {_LAST_PLACE.format(column="city")} AS city,
        {_LAST_PLACE.format(column="county")} AS county,
        sum({_COUNTS}) AS registrations,
        coalesce(sum(CASE WHEN {_COUNTS} THEN pledge.secured_amount_fen END), 0) AS amount,
        sum({_COUNTS} AND pledge.secured_amount_fen IS NULL) AS missing,
        sum(CASE WHEN {_COUNTS} THEN pledge.rights_count ELSE 0 END) AS rights,
        sum({_LIVES}) AS live,
        min(pledge.registered_on) AS first_on, max(pledge.registered_on) AS last_on
    {_PLEDGED.format(narrowed="WHERE enterprise IN ({marks})")}
    GROUP BY enterprise.id
"""

# The numbers alone; what only sorts by the enterprise's own columns need not be added up.
_LIST = """
    SELECT enterprise.id FROM enterprise
    WHERE {where} AND EXISTS (
        SELECT 1 FROM pledge_pledgor AS party JOIN pledge ON pledge.id = party.pledge
        WHERE party.enterprise = enterprise.id AND pledge.deleted_at IS NULL)
    ORDER BY {order}, enterprise.id
"""
_ADDED_UP = f"""
    SELECT enterprise.id {_PLEDGED.format(narrowed="WHERE enterprise IS NOT NULL")}
    WHERE {{where}} GROUP BY enterprise.id ORDER BY {{order}}, enterprise.id
"""
_ORDERS = {
    EnterpriseSort.NAME: "enterprise.pinyin {direction}, enterprise.id {direction}",
    EnterpriseSort.USCC: "enterprise.uscc {direction} NULLS LAST",
    EnterpriseSort.CITY: f"{_LAST_PLACE.format(column='city')} {{direction}} NULLS LAST,"
    f" {_LAST_PLACE.format(column='county')} {{direction}} NULLS LAST",
}
_SUMS = {
    EnterpriseSort.REGISTRATIONS: f"sum({_COUNTS}) {{direction}}",
    EnterpriseSort.SECURED_AMOUNT: f"sum(CASE WHEN {_COUNTS} THEN pledge.secured_amount_fen END)"
    " {direction} NULLS LAST",
    EnterpriseSort.RIGHTS: f"sum(CASE WHEN {_COUNTS} THEN pledge.rights_count ELSE 0 END)"
    " {direction}",
    EnterpriseSort.LIVE: f"sum({_LIVES}) {{direction}}",
    EnterpriseSort.FIRST_ON: "min(pledge.registered_on) {direction}",
    EnterpriseSort.LAST_ON: "max(pledge.registered_on) {direction}",
}

_TOTAL = f"""
    SELECT count(*) AS registrations, coalesce(sum(secured_amount_fen), 0) AS amount,
        coalesce(sum(secured_amount_fen IS NULL), 0) AS missing
    FROM pledge WHERE {_COUNTS} AND id IN (SELECT pledge FROM pledge_pledgor WHERE {{whose}})
"""


def select(
    store: Store,
    text: str,
    today: date,
    sort: EnterpriseSort = EnterpriseSort.SECURED_AMOUNT,
    descending: bool = True,
) -> EnterpriseListing:
    """The enterprises with any registration that are found by ``text``, as `db.typed` says."""
    text = text.strip()
    arguments: dict[str, object] = {"today": today.isoformat()}
    if text:
        arguments |= asdict(typed(text))
    if sort is EnterpriseSort.NAME:
        read_enterprise_names(store)
    statement, order = (_LIST, _ORDERS[sort]) if sort in _ORDERS else (_ADDED_UP, _SUMS[sort])
    sql = statement.format(
        where=f"enterprise.id IN ({ENTERPRISES_FOUND})" if text else "1",
        order=order.format(direction="DESC" if descending else "ASC"),
    )
    ids = array("q", (row[0] for row in store.connection.execute(sql, arguments)))
    whose = "enterprise IN (SELECT value FROM json_each(:ids))" if text else "enterprise NOT NULL"
    total = store.connection.execute(
        _TOTAL.format(whose=whose), {"ids": f"[{','.join(map(str, ids))}]"} if text else {}
    ).fetchone()
    return EnterpriseListing(ids, total["registrations"], total["amount"], total["missing"])


def rows(store: Store, ids: Iterable[int], today: date) -> list[EnterpriseRow]:
    """The lines of these enterprises, in the order asked; at most 2,000 at once."""
    asked = [int(number) for number in ids]
    sql = _ROWS.format(marks=",".join(map(str, asked)))
    found = {
        row["id"]: EnterpriseRow(
            id=row["id"],
            name=row["name"],
            uscc=row["uscc"] or "",
            city=row["city"],
            county=row["county"],
            registrations=row["registrations"],
            secured_amount_fen=row["amount"],
            amount_missing=row["missing"],
            rights=row["rights"],
            live=row["live"],
            first_on=date.fromisoformat(row["first_on"]),
            last_on=date.fromisoformat(row["last_on"]),
        )
        for row in store.connection.execute(sql, {"today": today.isoformat()})
    }
    return [found[number] for number in asked if number in found]
