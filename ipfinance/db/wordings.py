"""The office's own words for the sentences of reports, kept in the store by sentence pattern.

They stand beside the facts of the store, so that everybody who opens it writes the same report,
and so that changing them can be undone.
"""

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store

_PREFIX = "wording/"
_ALL = "SELECT name, value FROM setting WHERE substr(name, 1, 8) = 'wording/'"
_KEEP = """
    INSERT INTO setting (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def all_wordings(store: Store) -> dict[str, str]:
    """The words that were kept, by pattern."""
    rows = store.connection.execute(_ALL)
    return {row["name"].removeprefix(_PREFIX): row["value"] for row in rows}


def keep_wording(store: Store, pattern: str, words: str) -> None:
    """Keep these words for every sentence of that pattern."""
    with store.act(ActWords.WORDING):
        store.connection.execute(_KEEP, {"name": _PREFIX + pattern, "value": words})


def forget_wording(store: Store, pattern: str) -> None:
    """Go back to the program's own words for that pattern."""
    with store.act(ActWords.WORDING_GONE):
        store.connection.execute("DELETE FROM setting WHERE name = ?", (_PREFIX + pattern,))
