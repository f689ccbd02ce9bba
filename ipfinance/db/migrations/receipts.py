"""What a receipt tells of an import besides its counts (m0016)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = (
    *("uid", "act", "file_name", "sha256", "read_count", "new_count", "changed_count"),
    *("same_count", "rejected_count", "secured_amount_fen", "sums"),
)


@MIGRATIONS()
def m0016_keep_sums_of_batches(db: "Database") -> None:
    """Per city the registrations and amounts before and after, as JSON; blank before this."""
    db.execute("ALTER TABLE batch ADD COLUMN sums TEXT NOT NULL DEFAULT ''")
    keep_history(db, "batch", _BATCH)
