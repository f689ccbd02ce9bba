"""What clerks said of the columns of workbooks, remembered by the shape of their tables."""

import json
from collections.abc import Mapping
from typing import Any

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store

_ALL = "SELECT shape, content FROM kept_columns"
_KEEP = """
    INSERT INTO kept_columns (shape, content) VALUES (:shape, :content)
    ON CONFLICT (shape) DO UPDATE SET content = excluded.content
"""


def kept_columns(store: Store) -> dict[str, Any]:
    """What is remembered, by shape; what the content means is the business of imports."""
    return {row["shape"]: json.loads(row["content"]) for row in store.connection.execute(_ALL)}


def keep_columns(store: Store, shape: str, content: Mapping[str, object], called: str) -> int:
    """Remember it for tables of this shape, in place of what was; the act that did so.

    ``called`` names a file that has one.
    """
    told = {"shape": shape, "content": json.dumps(content, ensure_ascii=False)}
    with store.act(ActWords.COLUMNS_KEPT.format(file=called)) as act:
        store.connection.execute(_KEEP, told)
    return act


def forget_columns(store: Store, shape: str, called: str) -> None:
    """Remember nothing for tables of this shape."""
    with store.act(ActWords.COLUMNS_GONE.format(file=called)):
        store.connection.execute("DELETE FROM kept_columns WHERE shape = ?", (shape,))
