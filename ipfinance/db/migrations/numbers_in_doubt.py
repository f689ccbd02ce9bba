"""The 登记号 that a registration shares with another one until somebody knows better (m0019)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS, keep_history

if TYPE_CHECKING:
    from sqlite_utils import Database

_PLEDGE = (
    *("uid", "kind", "reg_no", "registered_on", "city", "county", "secured_amount_fen"),
    *("credit_amount_fen", "loan_amount_fen", "appraised_value_fen", "subsidy_fen"),
    *("rights_count", "rights_declared", "term_start", "term_end", "channel", "note"),
    *("batch", "deleted_at", "reg_no_in_doubt"),
)
_BATCH = (
    *("uid", "act", "file_name", "sha256", "read_count", "new_count", "changed_count"),
    *("same_count", "rejected_count", "secured_amount_fen", "sums", "left_out_count", "faults"),
    "in_doubt_count",
)


@MIGRATIONS()
def m0019_keep_numbers_in_doubt(db: "Database") -> None:
    """A number in doubt stands beside the blank 登记号, never beside a number; of the new
    registrations of an import it is counted how many came in so."""
    db.executescript(
        """
        ALTER TABLE pledge ADD COLUMN reg_no_in_doubt TEXT CHECK (
            reg_no_in_doubt IS NULL OR reg_no_in_doubt <> '' AND reg_no IS NULL);
        CREATE INDEX pledge_in_doubt ON pledge (kind, reg_no_in_doubt)
            WHERE reg_no_in_doubt IS NOT NULL;
        ALTER TABLE batch ADD COLUMN in_doubt_count INTEGER NOT NULL DEFAULT 0
            CHECK (in_doubt_count >= 0);
        """
    )
    keep_history(db, "pledge", _PLEDGE)
    keep_history(db, "batch", _BATCH)
