"""Find the stored registrations that the rows of an import may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind, PledgeeKind

# Far below the number of variables that SQLite allows in a statement.
_PAGE = 500

_NUMBERS = """
    SELECT kind, reg_no, id FROM pledge
    WHERE kind IN ({kinds}) AND reg_no IN ({marks}) AND deleted_at IS NULL
"""
_CANDIDATE = "SELECT id, kind, registered_on, secured_amount_fen FROM pledge"
_NUMBERLESS = f"{_CANDIDATE} WHERE reg_no IS NULL AND deleted_at IS NULL ORDER BY id"
_IN_DOUBT = """
    SELECT reg_no_in_doubt, id, kind, registered_on, secured_amount_fen FROM pledge
    WHERE reg_no_in_doubt IS NOT NULL AND deleted_at IS NULL ORDER BY id
"""
# Those that do not count, being refused or revoked, are in ledgers all the same.
_ON_DAYS = f"{_CANDIDATE} WHERE deleted_at IS NULL AND registered_on IN ({{marks}}) ORDER BY id"
_BY_CITY = """
    SELECT city, count(*) AS registrations, coalesce(sum(secured_amount_fen), 0) AS fen
    FROM pledge WHERE counted = 1 GROUP BY city
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored registration that may be the one of a row: what an index tells of it."""

    id: int
    kind: Kind
    registered_on: date
    secured_amount_fen: int | None


def with_reg_nos(store: Store, reg_nos: Iterable[str]) -> dict[tuple[Kind, str], int]:
    """The registrations with these 登记号 by kind and number, deleted ones left out."""
    asked = list(dict.fromkeys(reg_nos))
    kinds = ",".join(f"'{kind}'" for kind in Kind)
    found: dict[tuple[Kind, str], int] = {}
    for start in range(0, len(asked), _PAGE):
        page = asked[start : start + _PAGE]
        sql = _NUMBERS.format(kinds=kinds, marks=",".join("?" * len(page)))
        for kind, reg_no, number in store.connection.execute(sql, page):
            found[Kind(kind), reg_no] = number
    return found


def without_reg_no(store: Store) -> list[Candidate]:
    """The registrations that have no 登记号 yet, oldest first."""
    return [_candidate(row) for row in store.connection.execute(_NUMBERLESS)]


def with_number_in_doubt(store: Store) -> dict[tuple[Kind, str], list[Candidate]]:
    """The registrations whose 登记号 is in doubt, by kind and that number, oldest first."""
    found: dict[tuple[Kind, str], list[Candidate]] = {}
    for reg_no, *told in store.connection.execute(_IN_DOUBT):
        candidate = _candidate(tuple(told))
        found.setdefault((candidate.kind, reg_no), []).append(candidate)
    return found


def on_days(store: Store, days: Iterable[date]) -> list[Candidate]:
    """The registrations made on one of these days, deleted ones left out, oldest first."""
    asked = sorted({day.isoformat() for day in days})
    found: list[Candidate] = []
    for start in range(0, len(asked), _PAGE):
        page = asked[start : start + _PAGE]
        sql = _ON_DAYS.format(marks=",".join("?" * len(page)))
        found.extend(_candidate(row) for row in store.connection.execute(sql, page))
    return found


def pledgee_kinds(store: Store) -> dict[str, PledgeeKind]:
    """What sort of lender each pledgee is, by its normalised name."""
    rows = store.connection.execute("SELECT name_key, kind FROM pledgee WHERE kind IS NOT NULL")
    return {name_key: PledgeeKind(kind) for name_key, kind in rows}


def sums_by_city(store: Store) -> dict[str, tuple[int, int]]:
    """Number of registrations and sum of their amounts in 分 of each city, all that count."""
    rows = store.connection.execute(_BY_CITY)
    return {city: (registrations, fen) for city, registrations, fen in rows}


def newest_act(store: Store, before: int | None = None) -> int:
    """The number of the newest act, or of the newest before another; 0 when there is none.

    While it stays the same nobody has written to the store.
    """
    row = store.connection.execute(
        "SELECT coalesce(max(id), 0) FROM act WHERE :before IS NULL OR id < :before",
        {"before": before},
    ).fetchone()
    return int(row[0])


def _candidate(row: tuple[int, str, str, int | None]) -> Candidate:
    number, kind, day, amount = row
    return Candidate(number, Kind(kind), date.fromisoformat(day), amount)
