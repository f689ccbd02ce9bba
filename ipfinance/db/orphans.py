"""The work list of notices that wait for their registration, or for a person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipfinance.db.connection import Store, new_uid
from ipfinance.db.divisions import day_of

_WAITING = "SELECT * FROM notice_orphan WHERE done = 0 ORDER BY id"
_INSERT = """
    INSERT INTO notice_orphan (uid, code, reg_no, happened_on, text, fields)
    VALUES (?, ?, ?, ?, ?, ?)
"""
_UPDATE = "UPDATE notice_orphan SET text = ?, fields = ? WHERE id = ?"
_SETTLE = "UPDATE notice_orphan SET done = 1 WHERE id = ? AND done = 0"


@dataclass(frozen=True, slots=True)
class Orphan:
    """A notice in the work list: its words as pasted, and ``fields`` as they were read.

    ``id`` is the store's own number, None before it is kept.
    """

    code: str
    reg_no: str | None
    happened_on: date | None
    text: str
    fields: dict[str, Any]
    id: int | None = None


def waiting(store: Store) -> list[Orphan]:
    """The notices that still wait, oldest first."""
    return [
        Orphan(
            code=row["code"],
            reg_no=row["reg_no"],
            happened_on=day_of(row["happened_on"]),
            text=row["text"],
            fields=json.loads(row["fields"]),
            id=row["id"],
        )
        for row in store.connection.execute(_WAITING)
    ]


def keep(store: Store, orphan: Orphan) -> None:
    """Put a notice into the work list, or write over the one that waits; inside an act."""
    fields = json.dumps(orphan.fields, ensure_ascii=False)
    if orphan.id is not None:
        store.connection.execute(_UPDATE, (orphan.text, fields, orphan.id))
        return
    day = orphan.happened_on.isoformat() if orphan.happened_on else None
    store.connection.execute(
        _INSERT, (new_uid(), orphan.code, orphan.reg_no, day, orphan.text, fields)
    )


def settle(store: Store, numbers: Iterable[int]) -> None:
    """Take notices off the work list: they were carried out or dismissed; inside an act."""
    store.connection.executemany(_SETTLE, [(number,) for number in numbers])
