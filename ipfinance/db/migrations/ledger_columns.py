"""What the ledger is sorted, narrowed and counted by, where it need not read whole rows."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_KEPT = {
    "enterprise": (
        *("uid", "name", "name_key", "initials", "uscc", "organisation_code", "size", "industry"),
    ),
    "pledgee": ("uid", "name", "name_key", "initials", "kind", "head_name", "head_key"),
}


@MIGRATIONS()
def m0017_read_the_ledger_from_narrow_columns(db: "Database") -> None:
    """The whole ledger is sorted and counted from one index, in place of the one that only knew
    its usual order; names get a place for their pinyin.

    Pinyin follows from the name: its change alone is no act and leaves no history, but a row that
    an undo brings back has it again. A name that was there before, and one that changes, has none
    until somebody sorts by it.
    """
    db.executescript(
        """
        DROP INDEX pledge_ledger;
        CREATE INDEX pledge_ledger ON pledge (
            registered_on, id, secured_amount_fen, deleted_at, kind, city, county, rights_count,
            term_end, ended_on, ended_by, channel
        ) WHERE deleted_at IS NULL;
        CREATE INDEX pledge_by_reg_no ON pledge (reg_no, id, deleted_at)
            WHERE deleted_at IS NULL AND reg_no IS NOT NULL;
        CREATE INDEX event_term_end ON event (pledge, happened_on, id, term_end)
            WHERE term_end IS NOT NULL;
        CREATE INDEX pledge_pledgor_first ON pledge_pledgor (pledge, enterprise, position)
            WHERE position = 1;
        CREATE INDEX pledge_pledgee_in_order ON pledge_pledgee (pledge, position, pledgee);
        """
    )
    for table, columns in _KEPT.items():
        db.executescript(
            f"""
            ALTER TABLE {table} ADD COLUMN pinyin TEXT NOT NULL DEFAULT '';
            CREATE INDEX {table}_pinyin ON {table} (pinyin);
            CREATE TRIGGER {table}_renamed AFTER UPDATE OF name ON {table}
            WHEN OLD.name <> NEW.name AND NEW.pinyin <> '' AND NEW.pinyin = OLD.pinyin BEGIN
                UPDATE {table} SET pinyin = '' WHERE id = NEW.id;
            END;
            """
        )
        keep_history(db, table, (*columns, "pinyin"), derived=("pinyin",))
