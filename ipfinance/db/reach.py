"""How far the registrations of a store reach in time."""

from datetime import date

from ipfinance.db.connection import Store

# Two look-ups at the ends of the ledger's index, each a microsecond.
_COUNTED = "SELECT registered_on FROM pledge WHERE deleted_at IS NULL AND counted = 1"
_ENDS = f"""
    SELECT ({_COUNTED} ORDER BY registered_on LIMIT 1),
        ({_COUNTED} ORDER BY registered_on DESC LIMIT 1)
"""


def reach(store: Store) -> tuple[date, date] | None:
    """The first and the last day with a registration that counts; None for an empty store."""
    first, last = store.connection.execute(_ENDS).fetchone()
    return None if first is None else (date.fromisoformat(first), date.fromisoformat(last))
