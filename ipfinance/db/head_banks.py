"""The head bank of each pledgee: told from its name at first, corrected by a person."""

from ipfinance.db.connection import Store
from ipfinance.domain.head_banks import head_name
from ipfinance.domain.names import name_key

_HEAD = "SELECT coalesce(nullif(head_name, ''), name) FROM pledgee WHERE id = ?"
_NAME = "SELECT name FROM pledgee WHERE id = ?"
_SET = "UPDATE pledgee SET head_name = ?, head_key = ? WHERE id = ? AND head_name <> ?"


def head_of(store: Store, pledgee: int) -> str:
    """The name of a pledgee's head bank, its own where it is no branch."""
    return str(store.connection.execute(_HEAD, (pledgee,)).fetchone()[0])


def set_head(store: Store, pledgee: int, head: str) -> None:
    """Say whose branch a pledgee is, as an act; "" goes back to what its name tells."""
    own = str(store.connection.execute(_NAME, (pledgee,)).fetchone()[0])
    told = head.strip() or head_name(own)
    if told != head_of(store, pledgee):
        with store.act(f"更正总行 {own}：{told}"):
            store.connection.execute(_SET, (told, name_key(told), pledgee, told))
