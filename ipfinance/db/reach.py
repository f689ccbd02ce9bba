"""How far the registrations of a store reach: in time, and in number."""

from datetime import date

from ipfinance.db.connection import Store

# A store with fewer registrations answers any question of the ledger in a few milliseconds.
LONG = 5000

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


def is_empty(store: Store) -> bool:
    """Whether there is no registration, deleted ones left out."""
    row = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pledge WHERE deleted_at IS NULL)"
    ).fetchone()
    return not row[0]


def is_long(store: Store) -> bool:
    """Whether lists may be too long to be made while somebody types; answered at once."""
    row = store.connection.execute("SELECT coalesce(max(id), 0) FROM pledge").fetchone()
    return int(row[0]) > LONG
