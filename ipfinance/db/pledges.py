"""Read registrations from the store, whole, with their parties, rights and events."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from ipfinance.db.connection import Store
from ipfinance.db.divisions import day_of
from ipfinance.domain.industries import Industry
from ipfinance.domain.pledge import (
    Change,
    Channel,
    Event,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from ipfinance.errors import UserError
from ipfinance.language import tr

_T = TypeVar("_T")

# SQLite allows 32,766 variables in a statement; pages of ids stay far below.
_PAGE = 2000

_PLEDGES = "SELECT * FROM pledge WHERE id IN ({ids})"
_PLEDGORS = """
    SELECT party.*, coalesce(enterprise.uscc, enterprise.organisation_code) AS uscc
    FROM pledge_pledgor AS party
    LEFT JOIN enterprise ON enterprise.id = party.enterprise
    WHERE party.pledge IN ({ids}) ORDER BY party.pledge, party.position
"""
_PLEDGEES = """
    SELECT party.pledge, pledgee.id, pledgee.name, pledgee.kind FROM pledge_pledgee AS party
    JOIN pledgee ON pledgee.id = party.pledgee
    WHERE party.pledge IN ({ids}) ORDER BY party.pledge, party.position
"""
_RIGHTS = """
    SELECT link.pledge, link.name, ip_right.number, ip_right.kind FROM pledge_right AS link
    JOIN ip_right ON ip_right.id = link.ip_right
    WHERE link.pledge IN ({ids}) ORDER BY link.pledge, link.position
"""
_EVENTS = "SELECT * FROM event WHERE pledge IN ({ids}) ORDER BY pledge, happened_on, id"
_CHANGES = """
    SELECT event_change.* FROM event_change JOIN event ON event.id = event_change.event
    WHERE event.pledge IN ({ids}) ORDER BY event_change.event, event_change.position
"""


def find(store: Store, ids: Iterable[int]) -> list[Pledge]:
    """The registrations with these numbers, in the order asked; unknown ones are left out."""
    asked = list(ids)
    found: list[Pledge] = []
    for start in range(0, len(asked), _PAGE):
        page = asked[start : start + _PAGE]
        by_id = {pledge.id: pledge for pledge in _read(store.connection, page)}
        found.extend(by_id[number] for number in page if number in by_id)
    return found


def get(store: Store, number: int) -> Pledge:
    """The registration with this number.

    Raises:
        UserError: when there is none any more.
    """
    found = find(store, [number])
    if not found:
        raise UserError(
            tr("这笔登记已经不在了"), tr("它可能已在另一个窗口撤回或彻底删除；请刷新后再看。")
        )
    return found[0]


def is_deleted(store: Store, number: int | None) -> bool:
    """Whether a registration lies in the trash; one that is not stored does not."""
    row = store.connection.execute(
        "SELECT deleted_at IS NOT NULL FROM pledge WHERE id = ?", (number,)
    ).fetchone()
    return row is not None and bool(row[0])


def with_reg_no(store: Store, kind: Kind, reg_no: str) -> int | None:
    """The number of the registration of a kind with this 登记号, deleted ones left out."""
    row = store.connection.execute(
        "SELECT id FROM pledge WHERE kind = ? AND reg_no = ? AND deleted_at IS NULL",
        (kind, reg_no),
    ).fetchone()
    return None if row is None else int(row["id"])


def count(store: Store) -> int:
    """How many registrations there are, deleted ones left out."""
    row = store.connection.execute(
        "SELECT count(*) FROM pledge WHERE deleted_at IS NULL"
    ).fetchone()
    return int(row[0])


def _read(connection: sqlite3.Connection, ids: list[int]) -> Iterator[Pledge]:
    ask = _Asker(connection, ids)
    pledgors = ask.grouped(_PLEDGORS, "pledge", _pledgor)
    pledgees = ask.grouped(_PLEDGEES, "pledge", _pledgee)
    rights = ask.grouped(_RIGHTS, "pledge", _right)
    changes = ask.grouped(_CHANGES, "event", _change)
    events = ask.grouped(_EVENTS, "pledge", lambda row: _event(row, changes[row["id"]]))
    for row in ask.rows(_PLEDGES):
        number = row["id"]
        yield Pledge(
            kind=Kind(row["kind"]),
            registered_on=date.fromisoformat(row["registered_on"]),
            pledgors=tuple(pledgors[number]),
            pledgees=tuple(pledgees[number]),
            rights=tuple(rights[number]),
            reg_no=row["reg_no"],
            secured_amount_fen=row["secured_amount_fen"],
            credit_amount_fen=row["credit_amount_fen"],
            loan_amount_fen=row["loan_amount_fen"],
            appraised_value_fen=row["appraised_value_fen"],
            subsidy_fen=row["subsidy_fen"],
            rights_declared=row["rights_declared"],
            term_start=day_of(row["term_start"]),
            term_end=day_of(row["term_end"]),
            channel=Channel(row["channel"]) if row["channel"] else None,
            note=row["note"],
            events=tuple(events[number]),
            id=number,
            uid=row["uid"],
            reg_no_in_doubt=row["reg_no_in_doubt"],
        )


class _Asker:
    """Runs one query after another for the same page of registrations."""

    def __init__(self, connection: sqlite3.Connection, ids: list[int]) -> None:
        self._connection = connection
        self._ids = ids
        self._marks = ",".join("?" * len(ids))

    def rows(self, sql: str) -> sqlite3.Cursor:
        return self._connection.execute(sql.format(ids=self._marks), self._ids)

    def grouped(
        self, sql: str, column: str, make: Callable[[sqlite3.Row], _T]
    ) -> dict[int, list[_T]]:
        groups: dict[int, list[_T]] = defaultdict(list)
        for row in self.rows(sql):
            groups[row[column]].append(make(row))
        return groups


def _pledgor(row: sqlite3.Row) -> Pledgor:
    return Pledgor(
        name=row["name"],
        city=row["city"],
        county=row["county"],
        uscc=row["uscc"],
        size=Size(row["size"]) if row["size"] else None,
        industry=Industry(row["industry"]) if row["industry"] else None,
        is_person=row["enterprise"] is None,
        enterprise=row["enterprise"],
    )


def _pledgee(row: sqlite3.Row) -> Pledgee:
    kind = PledgeeKind(row["kind"]) if row["kind"] else None
    return Pledgee(name=row["name"], kind=kind, pledgee=row["id"])


def _right(row: sqlite3.Row) -> Right:
    return Right(number=row["number"], kind=RightKind(row["kind"]), name=row["name"])


def _change(row: sqlite3.Row) -> Change:
    return Change(item=row["item"], before=row["before"], after=row["after"])


def _event(row: sqlite3.Row, changes: list[Change]) -> Event:
    return Event(
        kind=EventKind(row["kind"]),
        happened_on=date.fromisoformat(row["happened_on"]),
        secured_amount_fen=row["secured_amount_fen"],
        term_end=day_of(row["term_end"]),
        changes=tuple(changes),
        note=row["note"],
        id=row["id"],
    )
