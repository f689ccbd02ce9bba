"""The steps that make the store's schema, oldest first; the one truth about tables.

Every store, a new one too, is made by running these from the first. A step is never edited
once it has been released, and it imports nothing of ours, so that it means the same for ever.

Three decisions run through all tables:

* Rows are joined by small integers of this store, never used twice (AUTOINCREMENT), and known
  to the outside by ``uid`` (UUID), which two offices can never both invent, so that stores can
  be merged later.
* Tables that figures are counted from carry the date, kind and place of their registration
  along, kept equal by triggers, so that every figure is read from one covering index.
* What was there before and after is written to ``history`` by triggers, so that no door into
  the store bypasses it; ``act`` says who did it, when, and in which words.
"""

from ipfinance.db.migrations import (  # isort: skip  (in the order they run)
    tables,
    triggers,
    notices,
    saved_views,
    counted_months,
    industries_and_heads,
    columns,
    history_ranges,
    who_is_who,
    drafts,
    receipts,
    ledger_columns,
    reasons,
    numbers_in_doubt,
    history_arrivals,
)
from ipfinance.db.migrations.base import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "columns",
    "counted_months",
    "drafts",
    "history_arrivals",
    "history_ranges",
    "industries_and_heads",
    "ledger_columns",
    "notices",
    "numbers_in_doubt",
    "reasons",
    "receipts",
    "saved_views",
    "tables",
    "triggers",
    "who_is_who",
]
