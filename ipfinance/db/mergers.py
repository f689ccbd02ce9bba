"""Two parties that are one: what merging them changes, merging them, and parting them again.

The one that goes keeps its row: whatever comes later under its name or code is led to the one
that stayed. Merging is one act; parting puts back exactly what that act changed, as far as
nobody has changed it again since, at any time later.
"""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store, new_uid
from ipfinance.db.party_names import Party, no_longer_there, note_former_name
from ipfinance.errors import UserError
from ipfinance.language import tr


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as it stands: its name, its code ("" without one), how many registrations."""

    id: int
    name: str
    code: str
    registrations: int


@dataclass(frozen=True, slots=True)
class CountChange:
    """How the number of distinct parties changes: in a year, or in all (None); ``city`` is a
    division code, None for all cities together; ``kind`` a register, None for both."""

    year: int | None
    kind: str | None
    city: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do: the registrations that move, the code that stays, the figures.

    ``code`` is what the one that stays will have; ``other_code`` still finds it.
    """

    kept: PartyFacts
    gone: PartyFacts
    moved: tuple[int, ...]
    code: str
    other_code: str
    counts: tuple[CountChange, ...]


@dataclass(frozen=True, slots=True)
class Merger:
    """A merger that stands: which party went into which, when (UTC) and by whom."""

    id: int
    party: Party
    kept: int
    gone: int
    gone_name: str
    act: int
    happened_at: str
    who: str


@dataclass(frozen=True, slots=True)
class Parted:
    """What parting put back: how many registrations, and which stay because they were edited."""

    moved: int
    edited: tuple[int, ...]


_FACTS = """
    SELECT id, name, {code} AS code, (
        SELECT count(DISTINCT pledge) FROM {links} AS link
        JOIN pledge ON pledge.id = link.pledge AND pledge.deleted_at IS NULL
        WHERE link.{party} = {party}.id) AS registrations
    FROM {party} WHERE id = ?
"""
_CODES = {Party.ENTERPRISE: "coalesce(uscc, organisation_code, '')", Party.PLEDGEE: "''"}
_MOVED = """
    SELECT DISTINCT pledge FROM {links} AS link JOIN pledge ON pledge.id = link.pledge
    WHERE link.{party} = ? AND pledge.deleted_at IS NULL ORDER BY pledge
"""
_YEARS = """
    SELECT DISTINCT substr(registered_on, 1, 4) FROM {links}
    WHERE {party} = ? AND counted = 1 AND kind IN ('patent', 'trademark')
"""
_COUNT = """
    SELECT {group}, count(DISTINCT {party}) AS before,
        count(DISTINCT CASE {party} WHEN :gone THEN :kept ELSE {party} END) AS after
    FROM {links} WHERE counted = 1 AND kind IN ('patent', 'trademark')
        AND registered_on BETWEEN :start AND :end
    GROUP BY 1, 2 HAVING before <> after
"""
_GROUPS = (
    "NULL AS kind, NULL AS city",
    "kind, NULL AS city",
    "NULL AS kind, city",
    "kind, city",
)
_MERGERS = """
    SELECT merger.id, party, kept, gone, {party}.name AS gone_name, act, happened_at, who
    FROM merger JOIN act ON act.id = merger.act JOIN {party} ON {party}.id = gone
    WHERE party = '{party}' AND {where} ORDER BY merger.id DESC
"""
_INSERT = "INSERT INTO merger (uid, party, kept, gone, act) VALUES (?, ?, ?, ?, ?)"
_MOVE_FORMER = """
    UPDATE former_name SET {party} = :kept WHERE {party} = :gone AND name_key NOT IN (
        SELECT name_key FROM former_name WHERE {party} = :kept
        UNION ALL SELECT name_key FROM {party} WHERE id = :kept)
"""
_ENTERPRISE_CODES = ("uscc", "organisation_code")
_COMPLETED = {Party.ENTERPRISE: ("size", "industry"), Party.PLEDGEE: ("kind",)}
_DONE = "SELECT * FROM history WHERE act = ? ORDER BY id DESC"


def kept_ones(connection: sqlite3.Connection, party: Party) -> dict[int, int]:
    """For each party that was merged into another the one that stands for it today."""
    rows = connection.execute("SELECT gone, kept FROM merger WHERE party = ?", (party.value,))
    direct = {int(row["gone"]): int(row["kept"]) for row in rows}
    ends: dict[int, int] = {}
    for gone, kept in direct.items():
        while kept in direct:
            kept = direct[kept]
        ends[gone] = kept
    return ends


def facts_of(store: Store, party: Party, number: int) -> PartyFacts:
    """One party as it stands.

    Raises:
        UserError: when it is not there any more.
    """
    sql = _FACTS.format(party=party, links=party.links, code=_CODES[party])
    row = store.connection.execute(sql, (number,)).fetchone()
    if row is None:
        raise no_longer_there(party)
    return PartyFacts(row["id"], row["name"], row["code"], row["registrations"])


def preview(
    store: Store, party: Party, kept: int, gone: int, *, takes_code: bool = False
) -> MergePreview:
    """What merging ``gone`` into ``kept`` would do; nothing is written.

    ``takes_code``: the code of the one that goes is the right one; it is taken anyhow when the
    one that stays has none.

    Raises:
        UserError: when the two cannot be merged.
    """
    _refuse(store, party, kept, gone)
    stays, goes = facts_of(store, party, kept), facts_of(store, party, gone)
    takes = goes.code and (takes_code or not stays.code)
    code, other = (goes.code, stays.code) if takes else (stays.code, goes.code)
    sql = _MOVED.format(party=party, links=party.links)
    moved = tuple(int(row[0]) for row in store.connection.execute(sql, (gone,)))
    return MergePreview(stays, goes, moved, code, other, _counts(store, party, kept, gone))


def merge(store: Store, party: Party, kept: int, gone: int, *, takes_code: bool = False) -> int:
    """Merge ``gone`` into ``kept`` as one act; the number of the merger.

    Raises:
        UserError: when the two cannot be merged; nothing is written.
    """
    _refuse(store, party, kept, gone)
    stays, goes = facts_of(store, party, kept), facts_of(store, party, gone)
    connection = store.connection
    with store.act(
        ActWords.MERGED.format(party=party.label_zh, gone=goes.name, kept=stays.name)
    ) as act:
        if party is Party.ENTERPRISE and goes.code and (takes_code or not stays.code):
            _swap_codes(connection, kept, gone)
        for column in _COMPLETED[party]:
            connection.execute(
                f"UPDATE {party} SET {column} = (SELECT {column} FROM {party} WHERE id = :gone)"
                f" WHERE id = :kept AND {column} IS NULL",
                {"kept": kept, "gone": gone},
            )
        connection.execute(f"UPDATE {party.links} SET {party} = ? WHERE {party} = ?", (kept, gone))
        connection.execute(_MOVE_FORMER.format(party=party), {"kept": kept, "gone": gone})
        note_former_name(connection, party, kept, goes.name)
        number = connection.execute(_INSERT, (new_uid(), party.value, kept, gone, act)).lastrowid
    assert number is not None
    return number


def mergers_into(store: Store, party: Party, kept: int) -> list[Merger]:
    """The parties that were merged into this one, newest first."""
    sql = _MERGERS.format(party=party, where="kept = ?")
    return [_merger(row) for row in store.connection.execute(sql, (kept,))]


def part(store: Store, merger: Merger) -> Parted:
    """Part two parties again as one act: what the merger changed and nobody since is put back.

    Raises:
        UserError: when the merger does not stand any more, or the store would be torn.
    """
    connection = store.connection
    standing = connection.execute("SELECT act FROM merger WHERE id = ?", (merger.id,)).fetchone()
    if standing is None:
        raise UserError(tr("这次合并已经拆分或撤销"), tr("请刷新后再看。"))
    try:
        with store.act(ActWords.PARTED.format(party=merger.party.label_zh, gone=merger.gone_name)):
            return _put_back(connection, merger)
    except sqlite3.IntegrityError as error:
        raise UserError(
            tr("不能拆分「{gone_name}」：名称或代码后来给了另一家", gone_name=merger.gone_name),
            tr("请先更正那一家。"),
        ) from error


def _put_back(connection: sqlite3.Connection, merger: Merger) -> Parted:
    moved: set[int] = set()
    edited: set[int] = set()
    for row in connection.execute(_DONE, (merger.act,)).fetchall():
        entity, number = row["entity"], row["entity_row"]
        if row["operation"] == "insert":
            last = number if row["last_row"] is None else row["last_row"]
            connection.execute(f"DELETE FROM {entity} WHERE id BETWEEN ? AND ?", (number, last))
            continue
        before, after = json.loads(row["before"]), json.loads(row["after"])
        is_back = _restored(connection, entity, number, before, after)
        if entity == merger.party.links:
            (moved if is_back else edited).add(int(after["pledge"]))
    return Parted(len(moved), tuple(sorted(edited)))


def _restored(
    connection: sqlite3.Connection,
    entity: str,
    number: int,
    before: dict[str, Any],
    after: dict[str, Any],
) -> bool:
    """Put back what a row had before, where it still has what it was given; whether all of it."""
    now = connection.execute(f"SELECT * FROM {entity} WHERE id = ?", (number,)).fetchone()
    if now is None:
        return False
    changed = [column for column in before if before[column] != after.get(column)]
    unedited = [column for column in changed if now[column] == after[column]]
    for column in unedited:
        connection.execute(
            f"UPDATE {entity} SET {column} = ? WHERE id = ?", (before[column], number)
        )
    return unedited == changed


def _counts(store: Store, party: Party, kept: int, gone: int) -> tuple[CountChange, ...]:
    connection = store.connection
    sql = _YEARS.format(party=party, links=party.links)
    of_kept = {row[0] for row in connection.execute(sql, (kept,))}
    of_gone = {row[0] for row in connection.execute(sql, (gone,))}
    periods: list[tuple[int | None, str, str]] = [
        (int(year), f"{year}-01-01", f"{year}-12-31") for year in sorted(of_kept & of_gone)
    ]
    if of_kept and of_gone:
        periods.append((None, "0000-01-01", "9999-12-31"))
    found: list[CountChange] = []
    for year, start, end in periods:
        asked = {"kept": kept, "gone": gone, "start": start, "end": end}
        for group in _GROUPS:
            counted = _COUNT.format(party=party, links=party.links, group=group)
            for row in connection.execute(counted, asked):
                found.append(
                    CountChange(year, row["kind"], row["city"], row["before"], row["after"])
                )
    return tuple(found)


def _swap_codes(connection: sqlite3.Connection, kept: int, gone: int) -> None:
    """Give the one that stays the codes of the other, and the other those: both find it."""
    rows = {
        row["id"]: row
        for row in connection.execute(
            "SELECT id, uscc, organisation_code FROM enterprise WHERE id IN (?, ?)", (kept, gone)
        )
    }
    sql = "UPDATE enterprise SET uscc = ?, organisation_code = ? WHERE id = ?"
    connection.execute(sql, (None, None, gone))  # a credit code is that of one only
    connection.execute(sql, (*(rows[gone][column] for column in _ENTERPRISE_CODES), kept))
    connection.execute(sql, (*(rows[kept][column] for column in _ENTERPRISE_CODES), gone))


def _refuse(store: Store, party: Party, kept: int, gone: int) -> None:
    if kept == gone:
        raise UserError(tr("只选了一家{party}", party=party.label), tr("请选中两家再合并。"))
    merged = kept_ones(store.connection, party)
    for number in (kept, gone):
        if number in merged:
            name = facts_of(store, party, number).name
            raise UserError(tr("「{name}」已经并入另一家", name=name), tr("请刷新后再选。"))


def _merger(row: sqlite3.Row) -> Merger:
    return Merger(
        id=row["id"],
        party=Party(row["party"]),
        kept=row["kept"],
        gone=row["gone"],
        gone_name=row["gone_name"],
        act=row["act"],
        happened_at=row["happened_at"],
        who=row["who"],
    )
