"""Imports taken back whole, as acts that can be undone themselves.

Registrations that were edited since are not taken back unasked: whoever withdraws decides
whether they stay as they are now, or go together with what was done to them.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ipfinance.db.act_words import ActWords, said
from ipfinance.db.batches import Batch
from ipfinance.db.connection import Store
from ipfinance.db.history import put_back
from ipfinance.errors import UserError
from ipfinance.language import tr


class Edited(StrEnum):
    """What becomes of the registrations of an import that were edited since."""

    KEEP = "keep"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class LaterAct:
    """An act since an import that touched what came by it: when (UTC), who, and its words."""

    id: int
    happened_at: str
    who: str
    words: str
    registrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: registrations removed, put back as they were before, and kept."""

    batch: Batch
    removed: int
    restored: int
    kept: int


class EditedSinceError(UserError):
    """An import cannot be taken back without a decision; ``acts`` edited it since, oldest first."""

    def __init__(self, acts: Sequence[LaterAct]) -> None:
        self.acts = tuple(acts)
        named = {name for act in acts for name in act.registrations}
        self.registrations = len(named)
        shown = "；".join(f"{said(act.words)}（{act.who}）" for act in acts[:5])
        text = (
            tr(
                "这批导入的登记后来又有改动，不能不问就整批撤回：{shown} 等 {count} 次操作",
                shown=shown,
                count=len(acts),
            )
            if len(acts) > 5
            else tr("这批导入的登记后来又有改动，不能不问就整批撤回：{shown}", shown=shown)
        )
        hint = tr("涉及 {count:,} 笔登记，请决定保留它们，还是连同改动一起撤回。", count=len(named))
        super().__init__(text, hint)


# The last of the rows whose insertion one line of the history tells of.
_LAST_ROW = "coalesce(last_row, entity_row)"
# Rows of these say whose part they are in a column of their own.
_PARTS = ("pledge_pledgor", "pledge_pledgee", "pledge_right", "event")
_PARTY_OF = {
    "enterprise": ("pledge_pledgor", "enterprise"),
    "pledgee": ("pledge_pledgee", "pledgee"),
    "ip_right": ("pledge_right", "ip_right"),
}


def _pledges_of(condition: str) -> str:
    """SQL for the registrations that some history touched, with the act, by table of entity."""
    direct = (
        "SELECT act, entity_row AS pledge FROM history"
        f" WHERE entity = 'pledge' AND operation <> 'insert' AND {condition}"
    )
    selects = [direct, _inserted_into("pledge", "id", condition)]
    for table in _PARTS:
        selects.append(_inserted_into(table, "pledge", condition))
        selects.append(
            f"SELECT act, coalesce(json_extract(before, '$.pledge'), part.pledge)"
            f" FROM history LEFT JOIN {table} AS part ON part.id = entity_row"
            f" WHERE entity = '{table}' AND operation <> 'insert' AND {condition}"
        )
    return " UNION ".join(selects)


def _inserted_into(table: str, pledge: str, condition: str) -> str:
    """SQL for the registrations of rows that came and are there still; ``pledge`` names them.

    CROSS, because from the ranges to their rows is the way; the other looks at every range
    for each row.
    """
    return (
        f"SELECT act, part.{pledge} FROM history CROSS JOIN {table} AS part"
        f" ON part.id BETWEEN entity_row AND {_LAST_ROW}"
        f" WHERE entity = '{table}' AND operation = 'insert' AND {condition}"
    )


# Acts that were taken back since, and the taking back itself, leave nothing behind.
_LATER = f"""
    WITH touched AS ({_pledges_of("act = :act")}),
        later AS ({_pledges_of("act > :act")}),
        withdrawn AS (
            SELECT history.act AS taking, json_extract(before, '$.act') AS taken
            FROM history JOIN act ON act.id = history.act
            WHERE entity = 'batch' AND operation = 'delete'
                AND act.undoes IS NULL AND act.undone_by IS NULL)
    SELECT act.id, act.happened_at, act.who, act.words, later.pledge,
        coalesce(pledge.reg_no, pledge.registered_on) AS named
    FROM later JOIN act ON act.id = later.act LEFT JOIN pledge ON pledge.id = later.pledge
    WHERE act.undoes IS NULL AND act.undone_by IS NULL
        AND later.pledge IN (SELECT pledge FROM touched)
        AND act.id NOT IN (SELECT taking FROM withdrawn UNION SELECT taken FROM withdrawn)
    ORDER BY act.id, named
"""
_EDITED = f"""
    WITH touched AS ({_pledges_of("act = :act")}), later AS ({_pledges_of("act > :act")})
    SELECT DISTINCT pledge FROM later JOIN act ON act.id = later.act
    WHERE later.pledge IN (SELECT pledge FROM touched)
        AND act.id IN (SELECT value FROM json_each(:acts))
"""
_HISTORY = f"""
    SELECT entity, entity_row, {_LAST_ROW} AS last_row, operation, before
    FROM history WHERE act = ? ORDER BY id DESC
"""
_CAME = f"""
    SELECT pledge.id FROM history JOIN pledge ON pledge.id BETWEEN entity_row AND {_LAST_ROW}
    WHERE act = ? AND entity = 'pledge' AND operation = 'insert'
"""
_UNTIE = "UPDATE pledge SET batch = NULL WHERE id IN (SELECT value FROM json_each(:pledges))"
_LAST_LINK = f"SELECT max({_LAST_ROW}) FROM history WHERE act = ? AND entity = ?"
_PLEDGES = "SELECT value FROM json_each(:pledges)"
# The rows that belong to some registrations or did so once, by table, the registration last.
_BELONGING = {
    table: f"""
        SELECT id FROM {table} WHERE {owner} IN ({owners})
        UNION SELECT entity_row FROM history WHERE entity = '{table}' AND operation <> 'insert'
            AND json_extract(before, '$.{owner}') IN ({owners})
    """
    for table, owner, owners in (
        ("event_change", "event", f"SELECT id FROM event WHERE pledge IN ({_PLEDGES})"),
        *((table, "pledge", _PLEDGES) for table in _PARTS),
    )
} | {"pledge": "SELECT value AS id FROM json_each(:pledges)"}
_CAME_SINCE = """
    SELECT id FROM ({belonging}) AS part WHERE EXISTS (
        SELECT 1 FROM history WHERE act >= :act AND entity = '{table}' AND operation = 'insert'
        AND part.id BETWEEN entity_row AND {last_row})
"""
_CHANGED_SINCE = """
    SELECT * FROM history WHERE act >= :act AND entity = '{table}' AND operation <> 'insert'
        AND entity_row IN ({belonging})
"""


def later_acts(store: Store, batch: Batch) -> list[LaterAct]:
    """The acts since an import that touched its registrations, oldest first."""
    rows = store.connection.execute(_LATER, {"act": batch.act}).fetchall()
    later: list[LaterAct] = []
    for _, group in groupby(rows, key=lambda row: row["id"]):
        of_act = list(group)
        named = tuple(dict.fromkeys(row["named"] or "" for row in of_act))
        first = of_act[0]
        later.append(
            LaterAct(first["id"], first["happened_at"], first["who"], first["words"], named)
        )
    return later


def withdraw_batch(store: Store, batch: Batch, edited: Edited | None = None) -> Withdrawn:
    """Take an import back whole, as an act of its own that can be undone.

    Lenders, enterprises and rights that it made stay where later registrations need them.

    Raises:
        EditedSinceError: when later acts touched its registrations and ``edited`` does not say
            what is to become of them; nothing is changed.
    """
    with store.act(ActWords.WITHDRAWN.format(file=batch.file_name)):
        later = later_acts(store, batch)
        if later and edited is None:
            raise EditedSinceError(later)
        touched = _edited(store, batch, later)
        came = _came(store, batch.act)
        kept = touched if edited is Edited.KEEP else set()
        store.connection.execute("PRAGMA defer_foreign_keys = ON")
        _put_back_as_before(store, batch.act, touched - kept)
        store.connection.execute(_UNTIE, {"pledges": _listed(kept)})
        _take_back(store, batch.act, touched)
    return Withdrawn(
        batch,
        removed=len(came - kept),
        restored=batch.changed_count - len(kept - came),
        kept=len(kept),
    )


def _edited(store: Store, batch: Batch, later: Sequence[LaterAct]) -> set[int]:
    """The registrations of an import that the later acts touched."""
    if not later:
        return set()
    told = {"act": batch.act, "acts": _listed(act.id for act in later)}
    return {row[0] for row in store.connection.execute(_EDITED, told)}


def _came(store: Store, act: int) -> set[int]:
    """The registrations that an act brought."""
    return {row[0] for row in store.connection.execute(_CAME, (act,))}


def _put_back_as_before(store: Store, act: int, pledges: set[int]) -> None:
    """Bring registrations and their parts to what they were before an act, whatever came later.

    What came since goes first: an old row then finds its place free.
    """
    if not pledges:
        return
    told = {"act": act, "pledges": _listed(pledges)}
    changed: list[sqlite3.Row] = []
    for table, belonging in _BELONGING.items():
        names = {"table": table, "belonging": belonging, "last_row": _LAST_ROW}
        since = {r[0] for r in store.connection.execute(_CAME_SINCE.format(**names), told)}
        changes = store.connection.execute(_CHANGED_SINCE.format(**names), told).fetchall()
        changed.extend(row for row in changes if row["entity_row"] not in since)
        store.connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id_,) for id_ in since))
    put_back(store, sorted(changed, key=lambda row: -int(row["id"])))


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(sorted(numbers))


def _take_back(store: Store, act: int, leaving: set[int]) -> None:
    """Bring what an act touched back to what it was, newest first, many rows at a time.

    Registrations to be left, their parts, and the parties that they name are passed over.
    """
    connection = store.connection
    last_links = {
        party: connection.execute(_LAST_LINK, (act, link)).fetchone()[0] or 0
        for party, (link, _) in _PARTY_OF.items()
    }
    left = _left(store, leaving)
    rows = connection.execute(_HISTORY, (act,)).fetchall()
    for (entity, operation), group in groupby(rows, key=lambda row: (row[0], row["operation"])):
        staying = left.get(entity, set())
        if operation == "insert":
            came = [
                (first, last, _listed(staying) if first < last else "[]")
                for first, last in ((row["entity_row"], row["last_row"]) for row in group)
                if first < last or first not in staying
            ]
            connection.executemany(_delete(entity), came)
            continue
        for row in group:
            if row["entity_row"] in staying:
                continue
            before = json.loads(row["before"])
            values = {**before, "id": row["entity_row"], "last_link": last_links.get(entity)}
            statement = _update if operation == "update" else _insert
            connection.execute(statement(entity, before), values)


def _left(store: Store, pledges: set[int]) -> dict[str, set[int]]:
    """By table the rows that belong to registrations, and the parties that these name."""
    if not pledges:
        return {}
    told = {"pledges": _listed(pledges)}
    left = {
        table: {row[0] for row in store.connection.execute(belonging, told)}
        for table, belonging in _BELONGING.items()
    }
    for party, (link, column) in _PARTY_OF.items():
        sql = f"SELECT {column} FROM {link} WHERE pledge IN ({_PLEDGES}) AND {column} IS NOT NULL"
        left[party] = {row[0] for row in store.connection.execute(sql, told)}
    return left


def _delete(entity: str) -> str:
    sql = (
        f"DELETE FROM {entity} WHERE id BETWEEN ? AND ?"
        " AND id NOT IN (SELECT value FROM json_each(?))"
    )
    if entity in _PARTY_OF:
        link, column = _PARTY_OF[entity]
        sql += f" AND NOT EXISTS (SELECT 1 FROM {link} WHERE {link}.{column} = {entity}.id)"
    return sql


def _update(entity: str, columns: Iterable[str]) -> str:
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    sql = f"UPDATE {entity} SET {sets} WHERE id = :id"
    if entity in _PARTY_OF:
        # What an import completed stays when a later registration rests on it.
        link, column = _PARTY_OF[entity]
        sql += f" AND NOT EXISTS (SELECT 1 FROM {link} WHERE {column} = :id AND id > :last_link)"
    return sql


def _insert(entity: str, columns: Iterable[str]) -> str:
    names = list(columns)
    values = ", ".join(f":{column}" for column in names)
    return f"INSERT INTO {entity} (id, {', '.join(names)}) VALUES (:id, {values})"
