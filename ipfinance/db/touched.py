"""Which registrations and parties were written since a moment, told by the history."""

from dataclasses import dataclass

from ipfinance.db.connection import Store

# More rows than this are sooner read anew whole.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Touched:
    """Numbers of what was written, and of what is gone."""

    pledges: frozenset[int]
    enterprises: frozenset[int]
    pledgees: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.pledges or self.enterprises or self.pledgees)


_NEWEST = "SELECT coalesce(max(id), 0) FROM history"
_HOW_MANY = """
    SELECT coalesce(sum(coalesce(last_row, entity_row) - entity_row + 1), 0)
    FROM history WHERE id > :since
"""
_ITSELF = """
    SELECT entity_row, coalesce(last_row, entity_row) FROM history
    WHERE id > :since AND entity = :entity
"""
# Where a row belongs now, and where it belonged before.
_OWNERS = """
    SELECT {table}.{owner} FROM history CROSS JOIN {table}
        ON {table}.id BETWEEN entity_row AND coalesce(last_row, entity_row)
    WHERE history.id > :since AND entity = '{table}'
    UNION SELECT json_extract(before, '$.{owner}') FROM history
    WHERE id > :since AND entity = '{table}' AND before IS NOT NULL
"""
_OF_RIGHTS = """
    SELECT pledge FROM history JOIN pledge_right ON ip_right = entity_row
    WHERE history.id > :since AND entity = 'ip_right' AND operation = 'update'
"""


def newest(store: Store) -> int:
    """A number that grows with every row that is written."""
    return int(store.connection.execute(_NEWEST).fetchone()[0])


def touched(store: Store, since: int) -> Touched | None:
    """What was written after `newest` told ``since``; None when it is more than is worth it."""
    told = {"since": since}
    if store.connection.execute(_HOW_MANY, told).fetchone()[0] > MOST:
        return None
    pledges = _itself(store, since, "pledge")
    for table in ("pledge_pledgor", "pledge_pledgee", "pledge_right", "event"):
        pledges |= _owners(store, since, table, "pledge")
    pledges.update(row[0] for row in store.connection.execute(_OF_RIGHTS, told))
    return Touched(
        frozenset(pledges),
        *(
            frozenset(_itself(store, since, party) | _owners(store, since, "former_name", party))
            for party in ("enterprise", "pledgee")
        ),
    )


def _itself(store: Store, since: int, entity: str) -> set[int]:
    ranges = store.connection.execute(_ITSELF, {"since": since, "entity": entity})
    return {number for first, last in ranges for number in range(first, last + 1)}


def _owners(store: Store, since: int, table: str, owner: str) -> set[int]:
    sql = _OWNERS.format(table=table, owner=owner)
    rows = store.connection.execute(sql, {"since": since})
    return {row[0] for row in rows if row[0] is not None}
