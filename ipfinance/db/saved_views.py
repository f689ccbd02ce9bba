"""Choices and filters that a clerk gave a name, page by page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store


@dataclass(frozen=True, slots=True)
class SavedView:
    """One named choice; what ``content`` holds is the business of its page."""

    id: int
    page: str
    name: str
    content: Mapping[str, object]


_OF_PAGE = "SELECT id, page, name, content FROM saved_view WHERE page = ? ORDER BY name"
_SAVE = """
    INSERT INTO saved_view (page, name, content) VALUES (:page, :name, :content)
    ON CONFLICT (page, name) DO UPDATE SET content = excluded.content
"""


def saved_views(store: Store, page: str) -> list[SavedView]:
    """The named choices of a page, by name."""
    return [
        SavedView(row["id"], row["page"], row["name"], json.loads(row["content"]))
        for row in store.connection.execute(_OF_PAGE, (page,))
    ]


def save_view(store: Store, page: str, name: str, content: Mapping[str, object]) -> None:
    """Keep a choice under a name; one of the same page and name is replaced."""
    told = {"page": page, "name": name, "content": json.dumps(content, ensure_ascii=False)}
    with store.act(ActWords.VIEW_KEPT.format(name=name)):
        store.connection.execute(_SAVE, told)


def remove_view(store: Store, view: SavedView) -> None:
    """Forget a named choice."""
    with store.act(ActWords.VIEW_GONE.format(name=view.name)):
        store.connection.execute("DELETE FROM saved_view WHERE id = ?", (view.id,))
