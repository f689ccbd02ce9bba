"""Registrations that were typed and not saved yet, kept through a crash; none is an act."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipfinance.db.connection import Store, now_text, translated


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form: ``content`` is the form's own business.

    ``pledge`` is the stored registration that is being corrected, None for a new one;
    ``kept_at`` (UTC) is when it was kept last.
    """

    uid: str
    pledge: int | None
    content: Mapping[str, Any]
    kept_at: str = ""


_ALL = "SELECT uid, pledge, content, kept_at FROM draft ORDER BY kept_at DESC, id DESC"
_KEEP = """
    INSERT INTO draft (uid, pledge, content, kept_at) VALUES (:uid, :pledge, :content, :kept_at)
    ON CONFLICT (uid) DO UPDATE SET pledge = excluded.pledge, content = excluded.content,
        kept_at = excluded.kept_at
"""


def drafts(store: Store) -> list[Draft]:
    """All drafts, the newest first."""
    return [
        Draft(row["uid"], row["pledge"], json.loads(row["content"]), row["kept_at"])
        for row in store.connection.execute(_ALL)
    ]


def keep(store: Store, draft: Draft) -> None:
    """Keep a draft, in the place of what was kept of it before."""
    content = json.dumps(draft.content, ensure_ascii=False)
    told = {"uid": draft.uid, "pledge": draft.pledge, "content": content, "kept_at": now_text()}
    with translated(store.path):
        store.connection.execute(_KEEP, told)


def discard(store: Store, uids: list[str]) -> None:
    """Forget drafts, because they were saved or given up."""
    with translated(store.path):
        store.connection.executemany("DELETE FROM draft WHERE uid = ?", [(uid,) for uid in uids])
