"""The order of names by pinyin, kept beside each name, and of numbers: asked for as ranks."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from ipfinance.db.connection import Store, without_waiting

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

_UNREAD = "SELECT id, name FROM {table} WHERE pinyin = '' LIMIT {at_most}"
_KEEP = "UPDATE {table} SET pinyin = :pinyin WHERE id = :id AND name = :name"
_ORDER = "SELECT group_concat(id) FROM (SELECT id FROM {table} ORDER BY pinyin, id)"
_ENTERPRISES = """SELECT group_concat(pledge), group_concat(enterprise)
    FROM pledge_pledgor WHERE position = 1 AND enterprise IS NOT NULL"""
_PERSONS = "SELECT pledge, name FROM pledge_pledgor WHERE position = 1 AND enterprise IS NULL"
_PINYIN = """SELECT group_concat(pinyin, char(10))
    FROM (SELECT pinyin FROM enterprise ORDER BY pinyin, id)"""
_REG_NOS = """SELECT group_concat(id) FROM (SELECT id FROM pledge
    WHERE deleted_at IS NULL AND {column} IS NOT NULL ORDER BY {column}, id)"""
_PLEDGEES = """SELECT group_concat(pledge), group_concat(pledgee)
    FROM pledge_pledgee WHERE position = 1"""


AT_ONCE = 2000
"""So many names are read in less time than anybody waits for."""


def read_some_names(store: Store) -> bool:
    """Read some of the names that are new or changed; whether there may be more.

    Whoever has nothing else to do calls it, so that the first who sorts need not wait.
    """
    return any(_read_names(store, table, AT_ONCE) == AT_ONCE for table in ("enterprise", "pledgee"))


def read_enterprise_names(store: Store) -> None:
    """Read what is new or changed, so that `enterprise.pinyin` is the order of all."""
    _read_names(store, "enterprise")


def enterprise_ranks(store: Store) -> "Numbers":
    """By number of the enterprise: its place among all by pinyin."""
    read_enterprise_names(store)
    return _ranks(store, "enterprise")


def pledgor_ranks(store: Store, ids: "Numbers") -> "Numbers":
    """Where the first pledgor of each registration stands among all; -1 for none."""
    import numpy as np

    ranks = 2 * enterprise_ranks(store) + 1  # room for a person between two enterprises
    cursor = store.connection.cursor()
    pledges, enterprises = (numbers(text) for text in cursor.execute(_ENTERPRISES).fetchone())
    of_pledge = np.full(_size(ids, pledges), -1, np.int64)
    of_pledge[pledges] = ranks[enterprises]
    persons = cursor.execute(_PERSONS).fetchall()
    if persons:
        from ipfinance.domain.names import pinyin

        # Two persons between the same two enterprises are told apart by one more number.
        keys = (cursor.execute(_PINYIN).fetchone()[0] or "").split("\n")
        read = {row["name"]: pinyin(row["name"]) for row in persons}
        among = {key: place for place, key in enumerate(sorted(set(read.values())), 1)}
        of_pledge *= len(among) + 1
        for row in persons:
            if row["pledge"] < len(of_pledge):
                key = read[row["name"]]
                between = 2 * bisect_left(keys, key)
                of_pledge[row["pledge"]] = between * (len(among) + 1) + among[key]
        of_pledge[of_pledge < 0] = -1
    return of_pledge[ids]


def pledgee_ranks(store: Store, ids: "Numbers") -> "Numbers":
    """Where the first pledgee of each registration stands among all; -1 for none."""
    import numpy as np

    _read_names(store, "pledgee")
    ranks = _ranks(store, "pledgee")
    row = store.connection.execute(_PLEDGEES).fetchone()
    pledges, pledgees = (numbers(text) for text in row)
    of_pledge = np.full(_size(ids, pledges), -1, np.int64)
    of_pledge[pledges] = ranks[pledgees]
    return of_pledge[ids]


def reg_no_ranks(store: Store, ids: "Numbers") -> "Numbers":
    """Where the number of each registration stands among all; -1 for one without or deleted."""
    return _number_ranks(store, ids, "reg_no")


def in_doubt_ranks(store: Store, ids: "Numbers") -> "Numbers":
    """The same of the numbers that are in doubt."""
    return _number_ranks(store, ids, "reg_no_in_doubt")


def _number_ranks(store: Store, ids: "Numbers", column: str) -> "Numbers":
    import numpy as np

    order = numbers(store.connection.execute(_REG_NOS.format(column=column)).fetchone()[0])
    ranks = np.full(_size(ids, order), -1, np.int64)
    ranks[order] = np.arange(len(order))
    return ranks[ids]


def numbers(text: str | None) -> "Numbers":
    """What SQL's group_concat made of numbers, as numbers again."""
    import numpy as np

    if not text:
        return np.zeros(0, np.int64)
    return np.fromstring(text, np.int64, sep=",")


def _size(ids: "Numbers", pledges: "Numbers") -> int:
    return int(max(ids.max(initial=0), pledges.max(initial=0))) + 1


def _ranks(store: Store, table: str) -> "Numbers":
    """By number of the party: its place among all by pinyin."""
    import numpy as np

    order = numbers(store.connection.execute(_ORDER.format(table=table)).fetchone()[0])
    ranks = np.full(int(order.max(initial=0)) + 1, -1, np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _read_names(store: Store, table: str, at_most: int = -1) -> int:
    """Read the names that are new or changed, and keep their pinyin; how many were kept.

    Keeping is no act. What cannot be kept now, because somebody else is writing or the store
    cannot be written, stands first among the names until it can.
    """
    sql = _UNREAD.format(table=table, at_most=at_most)
    unread = store.connection.execute(sql).fetchall()
    if not unread or store.connection.in_transaction:
        return 0
    from ipfinance.domain.names import pinyin

    rows = [{"id": row["id"], "name": row["name"], "pinyin": pinyin(row["name"])} for row in unread]
    connection = store.connection
    kept = 0
    with without_waiting(connection):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_KEEP.format(table=table), rows)
        connection.execute("COMMIT")
        kept = len(rows)
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    return kept
