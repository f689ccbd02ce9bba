"""Imports as the store remembers them: written down, listed, and taken back whole."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ipfinance.db.connection import Store, new_uid
from ipfinance.errors import UserError


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: when (UTC) and by whom, of which files, and its counts, which add up.

    ``sha256`` is that of the file, or of the hashes of several files one after another.
    """

    id: int
    uid: str
    act: int
    happened_at: str
    who: str
    file_name: str
    sha256: str
    read_count: int
    new_count: int
    changed_count: int
    same_count: int
    rejected_count: int
    secured_amount_fen: int


@dataclass(frozen=True, slots=True)
class LaterAct:
    """An act since an import that touched what came by it: when (UTC), who, and its words."""

    happened_at: str
    who: str
    words: str
    registrations: tuple[str, ...]


_COLUMNS = """
    batch.id, batch.uid, batch.act, act.happened_at, act.who, file_name, sha256, read_count,
    new_count, changed_count, same_count, rejected_count, secured_amount_fen
"""
_LIST = f"SELECT {_COLUMNS} FROM batch JOIN act ON act.id = batch.act ORDER BY batch.id DESC"
_OF_FILE = f"""
    SELECT {_COLUMNS} FROM batch JOIN act ON act.id = batch.act
    WHERE sha256 = ? ORDER BY batch.id DESC LIMIT 1
"""
_NAMED = f"""
    SELECT {_COLUMNS} FROM batch JOIN act ON act.id = batch.act
    WHERE batch.uid = :name OR CAST(batch.id AS TEXT) = :name
"""
_INSERT = """
    INSERT INTO batch (uid, act, file_name, sha256, read_count, new_count, changed_count,
        same_count, rejected_count, secured_amount_fen)
    VALUES (:uid, :act, :file_name, :sha256, :read_count, :new_count, :changed_count,
        :same_count, :rejected_count, :secured_amount_fen)
"""

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
        f" ON part.id BETWEEN entity_row AND coalesce(last_row, entity_row)"
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
_HISTORY = (
    "SELECT entity, entity_row, coalesce(last_row, entity_row) AS last_row, operation, before"
    " FROM history WHERE act = ? ORDER BY id DESC"
)
_LAST_LINK = "SELECT max(coalesce(last_row, entity_row)) FROM history WHERE act = ? AND entity = ?"


def write_batch(
    store: Store,
    act: int,
    file_name: str,
    sha256: str,
    counts: tuple[int, int, int, int],
    secured_amount_fen: int,
) -> tuple[int, str]:
    """Write down an import inside its act; its number and uid.

    ``counts`` are those of new, changed, same and rejected registrations.
    """
    uid = new_uid()
    new, changed, same, rejected = counts
    written = store.connection.execute(
        _INSERT,
        {
            "uid": uid,
            "act": act,
            "file_name": file_name,
            "sha256": sha256,
            "read_count": sum(counts),
            "new_count": new,
            "changed_count": changed,
            "same_count": same,
            "rejected_count": rejected,
            "secured_amount_fen": secured_amount_fen,
        },
    )
    assert written.lastrowid is not None
    return written.lastrowid, uid


def all_batches(store: Store) -> list[Batch]:
    """The imports that stand, newest first; those taken back are gone."""
    return [Batch(*row) for row in store.connection.execute(_LIST)]


def find_batch(store: Store, name: str) -> Batch | None:
    """The import with this number or uid, None when there is none."""
    row = store.connection.execute(_NAMED, {"name": name.strip()}).fetchone()
    return None if row is None else Batch(*row)


def batch_of_file(store: Store, sha256: str) -> Batch | None:
    """The newest import of exactly this file, None when it was never imported."""
    row = store.connection.execute(_OF_FILE, (sha256,)).fetchone()
    return None if row is None else Batch(*row)


def later_acts(store: Store, batch: Batch) -> list[LaterAct]:
    """The acts since an import that touched its registrations, oldest first."""
    rows = store.connection.execute(_LATER, {"act": batch.act}).fetchall()
    later: list[LaterAct] = []
    for _, group in groupby(rows, key=lambda row: row["id"]):
        of_act = list(group)
        named = tuple(dict.fromkeys(row["named"] or "" for row in of_act))
        first = of_act[0]
        later.append(LaterAct(first["happened_at"], first["who"], first["words"], named))
    return later


def withdraw_batch(store: Store, batch: Batch) -> int:
    """Take an import back whole, as an act of its own that can be undone; how many were new.

    Lenders, enterprises and rights that it made stay where later registrations need them.

    Raises:
        UserError: when later acts touched its registrations; nothing is changed.
    """
    with store.act(f"撤回导入 {batch.file_name}"):
        later = later_acts(store, batch)
        if later:
            shown = "；".join(f"{act.words}（{act.who}）" for act in later[:5])
            more = f" 等 {len(later)} 次操作" if len(later) > 5 else ""
            raise UserError(
                f"这批导入的登记后来又有改动，不能整批撤回：{shown}{more}",
                "请先撤销这些操作，或逐笔更正。",
            )
        store.connection.execute("PRAGMA defer_foreign_keys = ON")
        _take_back(store, batch.act)
    return batch.new_count


def _take_back(store: Store, act: int) -> None:
    """Bring what an act touched back to what it was, newest first, many rows at a time."""
    connection = store.connection
    last_links = {
        party: connection.execute(_LAST_LINK, (act, link)).fetchone()[0] or 0
        for party, (link, _) in _PARTY_OF.items()
    }
    rows = connection.execute(_HISTORY, (act,)).fetchall()
    for (entity, operation), group in groupby(rows, key=lambda row: (row[0], row[3])):
        if operation == "insert":
            came = [(row["entity_row"], row["last_row"]) for row in group]
            connection.executemany(_delete(entity), came)
            continue
        for row in group:
            before = json.loads(row["before"])
            values = {**before, "id": row["entity_row"], "last_link": last_links.get(entity)}
            statement = _update if operation == "update" else _insert
            connection.execute(statement(entity, before), values)


def _delete(entity: str) -> str:
    sql = f"DELETE FROM {entity} WHERE id BETWEEN ? AND ?"
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
