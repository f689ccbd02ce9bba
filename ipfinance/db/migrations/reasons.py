"""What a receipt tells of the registrations that an import did not bring (m0018)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = (
    *("uid", "act", "file_name", "sha256", "read_count", "new_count", "changed_count"),
    *("same_count", "rejected_count", "secured_amount_fen", "sums", "left_out_count", "faults"),
)


@MIGRATIONS()
def m0018_keep_why_a_batch_rejected(db: "Database") -> None:
    """How many registrations the clerk left out, and why the rejected ones were, as JSON.

    The table checks that ``read_count`` is the sum of the other four counts, and a check cannot
    be taken back: it stays that sum, and what was read is it and ``left_out_count`` together.
    """
    db.execute(
        "ALTER TABLE batch ADD COLUMN left_out_count INTEGER NOT NULL DEFAULT 0"
        " CHECK (left_out_count >= 0)"
    )
    db.execute("ALTER TABLE batch ADD COLUMN faults TEXT NOT NULL DEFAULT ''")
    keep_history(db, "batch", _BATCH)
