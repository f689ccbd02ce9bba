"""The work list of gazette notices that could not be carried out yet (m0008)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS

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
    into = "INSERT INTO history (act, happened_at, entity, entity_row, operation"
    told = "SELECT act, CASE WHEN act IS NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now') END"

    def row(prefix: str) -> str:
        return "json_object(" + ", ".join(f"'{n}', {prefix}.{n}" for n in _COLUMNS) + ")"

    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _COLUMNS)
    db.execute(
        "CREATE TRIGGER history_notice_orphan_insert AFTER INSERT ON notice_orphan BEGIN"
        f" {into}) {told}, 'notice_orphan', NEW.id, 'insert' FROM current_act; END"
    )
    db.execute(
        "CREATE TRIGGER history_notice_orphan_update AFTER UPDATE ON notice_orphan"
        f" WHEN {differs} BEGIN {into}, before, after)"
        f" {told}, 'notice_orphan', NEW.id, 'update', {row('OLD')}, {row('NEW')}"
        " FROM current_act; END"
    )
    db.execute(
        "CREATE TRIGGER history_notice_orphan_delete AFTER DELETE ON notice_orphan BEGIN"
        f" {into}, before)"
        f" {told}, 'notice_orphan', OLD.id, 'delete', {row('OLD')} FROM current_act; END"
    )
