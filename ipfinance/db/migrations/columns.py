"""Which column of a workbook is which field, as a clerk said it (m0012)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database


@MIGRATIONS()
def m0012_create_kept_columns(db: "Database") -> None:
    """By the shape of a table: its labels and the number of its columns; ``content`` is JSON."""
    db.executescript(
        """
        CREATE TABLE kept_columns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            shape TEXT NOT NULL CHECK (shape <> ''),
            content TEXT NOT NULL CHECK (json_valid(content))
        ) STRICT;
        CREATE UNIQUE INDEX kept_columns_shape ON kept_columns (shape);
        """
    )
    keep_history(db, "kept_columns", ("shape", "content"))
