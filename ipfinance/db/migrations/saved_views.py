"""What a page showed and was to be found again by name (m0009)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database


@MIGRATIONS()
def m0009_create_saved_views(db: "Database") -> None:
    """A choice of figures or a filter that a clerk gave a name; ``content`` is JSON."""
    db.executescript(
        """
        CREATE TABLE saved_view (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            page TEXT NOT NULL CHECK (page <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            content TEXT NOT NULL CHECK (json_valid(content))
        ) STRICT;
        CREATE UNIQUE INDEX saved_view_name ON saved_view (page, name);
        """
    )
    keep_history(db, "saved_view", ("page", "name", "content"))
