"""Imports as the store remembers them: written down and listed."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ipfinance.db.connection import Store, new_uid


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: when (UTC) and by whom, of which files, and its counts, which add up; those
    in doubt are among the new ones.

    ``sha256`` is that of the file, or of the hashes of several files one after another. ``sums``
    is for the receipt: per city code, name, registrations before and after, 分 before and after.
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
    left_out_count: int
    in_doubt_count: int
    secured_amount_fen: int
    sums: tuple[tuple[str, str, int, int, int, int], ...] = ()


Reason = tuple[str, str, int, str, str, str, str]
"""Why a registration was rejected: file, sheet, row, column, value, rule, sentence."""


_COLUMNS = """
    batch.id, batch.uid, batch.act, act.happened_at, act.who, file_name, sha256,
    read_count + left_out_count AS read_count, new_count, changed_count, same_count,
    rejected_count, left_out_count, in_doubt_count, secured_amount_fen, sums
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
        same_count, rejected_count, left_out_count, in_doubt_count, secured_amount_fen, sums,
        faults)
    VALUES (:uid, :act, :file_name, :sha256, :read_count, :new_count, :changed_count,
        :same_count, :rejected_count, :left_out_count, :in_doubt_count, :secured_amount_fen, :sums,
        :faults)
"""


def write_batch(
    store: Store,
    act: int,
    file_name: str,
    sha256: str,
    counts: tuple[int, int, int, int, int, int],
    secured_amount_fen: int,
    sums: Iterable[tuple[str, str, int, int, int, int]] = (),
    reasons: Iterable[Reason] = (),
) -> tuple[int, str]:
    """Write down an import inside its act; its number and uid.

    ``counts`` are those of new, changed, same, rejected and left out registrations, and of the
    new ones whose 登记号 is in doubt.
    """
    uid = new_uid()
    new, changed, same, rejected, left_out, in_doubt = counts
    written = store.connection.execute(
        _INSERT,
        {
            "uid": uid,
            "act": act,
            "file_name": file_name,
            "sha256": sha256,
            "read_count": new + changed + same + rejected,
            "new_count": new,
            "changed_count": changed,
            "same_count": same,
            "rejected_count": rejected,
            "left_out_count": left_out,
            "in_doubt_count": in_doubt,
            "secured_amount_fen": secured_amount_fen,
            "sums": json.dumps(list(sums), ensure_ascii=False),
            "faults": json.dumps(list(reasons), ensure_ascii=False),
        },
    )
    assert written.lastrowid is not None
    return written.lastrowid, uid


def all_batches(store: Store) -> list[Batch]:
    """The imports that stand, newest first; those taken back are gone."""
    return [_batch(row) for row in store.connection.execute(_LIST)]


def find_batch(store: Store, name: str) -> Batch | None:
    """The import with this number or uid, None when there is none."""
    row = store.connection.execute(_NAMED, {"name": name.strip()}).fetchone()
    return None if row is None else _batch(row)


def reasons_of(store: Store, batch: Batch) -> list[Reason]:
    """Why an import rejected registrations; none for imports from before these were kept.

    Asked for one by one: of a damaged ledger they are many.
    """
    row = store.connection.execute("SELECT faults FROM batch WHERE id = ?", (batch.id,)).fetchone()
    return [] if row is None else [tuple(line) for line in json.loads(row["faults"] or "[]")]


def batch_of_file(store: Store, sha256: str) -> Batch | None:
    """The newest import of exactly this file, None when it was never imported."""
    row = store.connection.execute(_OF_FILE, (sha256,)).fetchone()
    return None if row is None else _batch(row)


def _batch(row: sqlite3.Row) -> Batch:
    told = dict(row)
    sums = json.loads(told.pop("sums") or "[]")
    return Batch(**told, sums=tuple(tuple(line) for line in sums))
