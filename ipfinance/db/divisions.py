"""The areas a store knows, with the days they are valid."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.domain.division import Division, Divisions, Level

_ALL = """
    SELECT code, name, name_en, level, parent, valid_from, valid_to
    FROM division ORDER BY code, coalesce(valid_from, '')
"""


def all_divisions(store: Store) -> Divisions:
    """Every area of the store, oldest territory of a code first."""
    return Divisions(
        Division(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            level=Level(row["level"]),
            parent=row["parent"],
            valid_from=day_of(row["valid_from"]),
            valid_to=day_of(row["valid_to"]),
        )
        for row in store.connection.execute(_ALL)
    )


def day_of(text: str | None) -> date | None:
    """The day written in a column as YYYY-MM-DD, None for NULL."""
    return None if text is None else date.fromisoformat(text)
