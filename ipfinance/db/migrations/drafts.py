"""What was typed and not saved yet, and how the parts of a registration are found in the
history (m0015)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database


@MIGRATIONS()
def m0015_keep_drafts(db: "Database") -> None:
    """A draft is no act of a user and leaves no history; ``pledge`` is the registration that is
    being corrected. It has no reference, so that a draft never hinders an undo.

    Parties, rights and events that are gone are found by the registration in the row that the
    history kept. A registration that comes back into the trash, by an undo, does not count.
    """
    db.executescript(
        """
        CREATE TABLE draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
            pledge INTEGER,
            content TEXT NOT NULL CHECK (json_valid(content)),
            kept_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX history_of_owner ON history (
            entity, coalesce(json_extract(before, '$.pledge'), json_extract(before, '$.event'))
        ) WHERE operation <> 'insert';
        CREATE TRIGGER pledge_came_back_deleted AFTER INSERT ON pledge
        WHEN NEW.deleted_at IS NOT NULL BEGIN
            UPDATE pledge SET counted = 0 WHERE id = NEW.id;
        END;
        """
    )
