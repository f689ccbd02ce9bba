"""The work list of gazette notices that could not be carried out yet (m0008)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = ("uid", "code", "reg_no", "happened_on", "text", "fields", "done")


@MIGRATIONS()
def m0008_create_notice_orphans(db: "Database") -> None:
    """A notice without its registration waits here until that arrives or a person settles it.

    ``fields`` keeps what was read of it as JSON; ``done`` says that it waits no longer.
    """
    db.executescript(
        """
        CREATE TABLE notice_orphan (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
            code TEXT NOT NULL CHECK (code <> ''),
            reg_no TEXT CHECK (reg_no <> ''),
            happened_on TEXT
                CHECK (happened_on IS NULL OR date(happened_on, '+0 days') IS happened_on),
            text TEXT NOT NULL,
            fields TEXT NOT NULL CHECK (json_valid(fields)),
            done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
        ) STRICT;
        CREATE INDEX notice_orphan_waiting ON notice_orphan (reg_no) WHERE done = 0;
        """
    )
    keep_history(db, "notice_orphan", _COLUMNS)
