"""The ledger as a long table: which registrations a filter selects, in order, and their rows.

A list of a million registrations is an array of numbers; rows are read by the page as they
come into sight.
"""

import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipfinance.db.connection import Store
from ipfinance.db.divisions import day_of
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import DUE_SOON_DAYS, EventKind, Kind, State, state_on


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


@dataclass(frozen=True, slots=True)
class Filter:
    """Which registrations to list; what is None or empty does not narrow.

    ``start`` and ``end`` are registration days, both included. ``city`` and ``county`` are
    where the registration counts, ``pledgor_city`` and ``pledgor_county`` where any of its
    pledgors is. ``counted_only`` leaves out what no figure counts, ``with_enterprise`` what
    natural persons alone pledged. ``at_most_fen`` narrows to amounts up to it, ``deleted``
    lists the trash instead.
    """

    text: str = ""
    kinds: tuple[Kind, ...] = ()
    city: str | None = None
    county: str | None = None
    state: State | None = None
    start: date | None = None
    end: date | None = None
    enterprise: int | None = None
    pledgee: int | None = None
    batch: int | None = None
    counted_only: bool = False
    pledgor_city: str | None = None
    pledgor_county: str | None = None
    with_enterprise: bool = False
    at_most_fen: int | None = None
    amount_missing: bool = False
    deleted: bool = False


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


# The end of the term after the extensions and changes known today.
_TERM_END = (
    "coalesce((SELECT event.term_end FROM event WHERE event.pledge = pledge.id"
    " AND event.term_end IS NOT NULL AND happened_on <= :today"
    " ORDER BY happened_on DESC, event.id DESC LIMIT 1), term_end)"
)
_FIRST_PLEDGOR = (
    "(SELECT coalesce(enterprise.initials, '') || party.name FROM pledge_pledgor AS party"
    " LEFT JOIN enterprise ON enterprise.id = party.enterprise"
    " WHERE party.pledge = pledge.id AND party.position = 1)"
)
_FIRST_PLEDGEE = (
    "(SELECT pledgee.initials || pledgee.name FROM pledge_pledgee AS party"
    " JOIN pledgee ON pledgee.id = party.pledgee"
    " WHERE party.pledge = pledge.id AND party.position = 1)"
)
_ORDERS = {
    Sort.REG_NO: "reg_no",
    Sort.KIND: "kind",
    Sort.PLEDGOR: _FIRST_PLEDGOR,
    Sort.PLEDGEE: _FIRST_PLEDGEE,
    Sort.CITY: "city || coalesce(county, '')",
    Sort.SECURED_AMOUNT: "secured_amount_fen",
    Sort.RIGHTS_COUNT: "rights_count",
    Sort.REGISTERED_ON: "registered_on",
    Sort.TERM_END: _TERM_END,
}

# The numbers come as one text: a million of them one by one would take ten times as long.
# SQLite keeps the order of the inner query for group_concat.
_LIST = """
    SELECT group_concat(id) AS ids, total(secured_amount_fen IS NULL) AS missing,
        coalesce(sum(secured_amount_fen), 0) AS amount
    FROM (SELECT id, secured_amount_fen FROM pledge WHERE {where} ORDER BY {order})
"""

_ROWS = """
    SELECT id, kind, reg_no, registered_on, city, county, secured_amount_fen, rights_count,
        {term_end} AS term_end, ended_on, ended_by,
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
    conditions, arguments = _conditions(wanted, today)
    direction = "DESC" if descending else "ASC"
    order = f"{_ORDERS[sort]} {direction} NULLS LAST, id {direction}"
    statement = _LIST.format(where=" AND ".join(conditions), order=order)
    row = store.connection.execute(statement, arguments).fetchone()
    ids = array("q", map(int, row["ids"].split(",")) if row["ids"] else ())
    return Listing(ids, row["amount"], int(row["missing"]))


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
        )
        for row in store.connection.execute(
            _ROWS.format(marks=marks, term_end=_TERM_END), {"today": today.isoformat()}
        )
    }
    return [found[number] for number in asked if number in found]


_STATES = {
    State.CANCELLED: "ended_by = 'cancellation' AND ended_on <= :today",
    State.LAPSED: "ended_by = 'lapse' AND ended_on <= :today",
    State.REVOKED: "ended_by = 'revocation' AND ended_on <= :today",
    State.REFUSED: "ended_by = 'refusal' AND ended_on <= :today",
    State.WITHDRAWN: "ended_by = 'withdrawal' AND ended_on <= :today",
}
_ALIVE = "(ended_on IS NULL OR ended_on > :today)"
_STATES |= {
    State.LIVE: f"{_ALIVE} AND coalesce({_TERM_END}, '9999') > :soon",
    State.DUE_SOON: f"{_ALIVE} AND {_TERM_END} BETWEEN :today AND :soon",
    State.OVERDUE: f"{_ALIVE} AND {_TERM_END} < :today",
}

# What is typed may be in any of these. instr takes % and _ for what they are, unlike LIKE, and
# is faster; numbers and initials are asked for by their beginning, so that their index serves.
_TEXT = """id IN (
    SELECT id FROM pledge WHERE instr(upper(reg_no), :code)
    UNION ALL SELECT pledge FROM pledge_pledgor WHERE instr(name, :name)
    UNION ALL SELECT pledge FROM pledge_pledgor WHERE enterprise IN (
        SELECT id FROM enterprise WHERE instr(name_key, :key) OR instr(uscc, :code)
            OR instr(organisation_code, :code)
            OR initials >= :initials AND initials < :initials || char(1114111)
        UNION ALL SELECT enterprise FROM former_name WHERE instr(name_key, :key))
    UNION ALL SELECT pledge FROM pledge_pledgee WHERE pledgee IN (
        SELECT id FROM pledgee WHERE instr(name_key, :key)
            OR initials >= :initials AND initials < :initials || char(1114111)
        UNION ALL SELECT pledgee FROM former_name WHERE instr(name_key, :key))
    UNION ALL SELECT pledge FROM pledge_right WHERE ip_right IN (
        SELECT id FROM ip_right
        WHERE :number <> '' AND number >= :number AND number < :number || char(1114111))
)"""


def _conditions(wanted: Filter, today: date) -> tuple[list[str], dict[str, object]]:
    where = ["deleted_at IS NOT NULL" if wanted.deleted else "deleted_at IS NULL"]
    arguments: dict[str, object] = {
        "today": today.isoformat(),
        "soon": (today + timedelta(days=DUE_SOON_DAYS)).isoformat(),
    }

    def narrow(condition: str, **values: object) -> None:
        where.append(condition)
        arguments.update(values)

    if wanted.counted_only:
        where.append("counted = 1")
    if wanted.kinds:
        kinds = {f"kind_{index}": kind.value for index, kind in enumerate(wanted.kinds)}
        narrow(f"kind IN ({', '.join(f':{name}' for name in kinds)})", **kinds)
    if wanted.start:
        narrow("registered_on >= :first_day", first_day=wanted.start.isoformat())
    if wanted.end:
        narrow("registered_on <= :last_day", last_day=wanted.end.isoformat())
    if wanted.city:
        narrow("city = :city", city=wanted.city)
    if wanted.county:
        narrow("county = :county", county=wanted.county)
    if wanted.state:
        where.append(_STATES[wanted.state])
    if wanted.batch is not None:
        narrow("batch = :batch", batch=wanted.batch)
    if wanted.at_most_fen is not None:
        narrow("secured_amount_fen <= :at_most", at_most=wanted.at_most_fen)
    if wanted.amount_missing:
        where.append("secured_amount_fen IS NULL")
    if wanted.enterprise is not None:
        narrow(
            "id IN (SELECT pledge FROM pledge_pledgor WHERE enterprise = :enterprise)",
            enterprise=wanted.enterprise,
        )
    if wanted.pledgee is not None:
        narrow(
            "id IN (SELECT pledge FROM pledge_pledgee WHERE pledgee = :pledgee)",
            pledgee=wanted.pledgee,
        )
    if wanted.with_enterprise or wanted.pledgor_city or wanted.pledgor_county:
        of_party = ["party.pledge = pledge.id"]
        if wanted.with_enterprise:
            of_party.append("party.enterprise IS NOT NULL")
        if wanted.pledgor_city:
            of_party.append("party.city = :pledgor_city")
        if wanted.pledgor_county:
            of_party.append("party.county = :pledgor_county")
        narrow(
            f"EXISTS (SELECT 1 FROM pledge_pledgor AS party WHERE {' AND '.join(of_party)})",
            pledgor_city=wanted.pledgor_city,
            pledgor_county=wanted.pledgor_county,
        )
    text = wanted.text.strip()
    if text:
        narrow(_TEXT, **_patterns(text))
    return where, arguments


def _patterns(text: str) -> dict[str, str]:
    """What was typed, as each column writes it."""
    code = unicodedata.normalize("NFKC", text).upper()
    return {
        "name": text,
        "key": name_key(text),
        "code": code,
        "initials": code.lower(),
        # ZL alone would be found in every patent.
        "number": code.removeprefix("ZL").strip(),
    }
