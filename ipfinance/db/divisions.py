"""The areas a store knows, with the days they are valid."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ipfinance.db.connection import Store
from ipfinance.domain.division import Division, Divisions, Level

_ALL = """
    SELECT code, name, name_en, level, parent, valid_from, valid_to
    FROM division ORDER BY code, coalesce(valid_from, '')
"""

_Row = tuple[str, str, str, str, str | None, str | None, str | None]


def all_divisions(store: Store) -> Divisions:
    """Every area of the store, oldest territory of a code first."""
    cursor = store.connection.cursor()
    cursor.row_factory = None
    return _divisions(tuple(cursor.execute(_ALL)))


# Every figure asks for them, and reading the rows is a tenth of making something of them. By the
# rows themselves, so that whoever changes them need not tell.
@lru_cache(maxsize=4)
def _divisions(rows: Sequence[_Row]) -> Divisions:
    return Divisions(
        Division(
            code=code,
            name=name,
            name_en=name_en,
            level=Level(level),
            parent=parent,
            valid_from=day_of(valid_from),
            valid_to=day_of(valid_to),
        )
        for code, name, name_en, level, parent, valid_from, valid_to in rows
    )


def day_of(text: str | None) -> date | None:
    """The day written in a column as YYYY-MM-DD, None for NULL."""
    return None if text is None else date.fromisoformat(text)
