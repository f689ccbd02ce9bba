"""The rows of the history that tell of rows that came, found without reading all others (m0020)."""

from typing import TYPE_CHECKING

from ipfinance.db.migrations.base import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database


@MIGRATIONS()
def m0020_find_what_came(db: "Database") -> None:
    """How a registration came is asked whenever its life is shown; after an import that changed
    many others the whole history was read for it."""
    db.execute(
        "CREATE INDEX history_of_what_came ON history (entity, entity_row, last_row)"
        " WHERE operation = 'insert'"
    )
