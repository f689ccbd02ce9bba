"""What a new store holds from the start: areas, what became of them, outside figures."""

import csv
import io
import sqlite3

from ipfinance.db.connection import new_uid
from ipfinance.paths import resource

_DIVISION = """
    INSERT INTO division (code, name, name_en, level, parent, valid_from, valid_to)
    VALUES (:code, :name_zh, :name_en, :level, :parent, :valid_from, :valid_to)
"""

_REFERENCE_FIGURE = """
    INSERT INTO reference_figure (uid, region, region_name, period_start, period_end, kind,
        indicator, value, unit, qualifier, growth_percent, source, note)
    VALUES (:uid, :region, :region_name, :period_start, :period_end, :kind,
        :indicator, :value, :unit, :qualifier, :growth_percent, :source, :note)
"""

_SUCCESSION = """
    INSERT INTO division_succession (code, successor, changed_on, extent)
    SELECT :code, :successor, :changed_on, :extent
    WHERE EXISTS (SELECT 1 FROM division WHERE code = :successor)
"""


def fill_successions(connection: sqlite3.Connection) -> None:
    """Write what became of areas into a store that has none; another province has other ones."""
    has_any = connection.execute("SELECT EXISTS (SELECT 1 FROM division_succession)").fetchone()[0]
    if not has_any:
        connection.executemany(_SUCCESSION, _rows("division_successions.csv"))


def fill_new_store(connection: sqlite3.Connection) -> None:
    """Write the shipped divisions and reference figures; the caller holds the transaction."""
    divisions = _rows("divisions.csv")
    connection.executemany(
        _DIVISION,
        [{**row, **_blank_as_none(row, "parent", "valid_from", "valid_to")} for row in divisions],
    )
    connection.executemany(
        _REFERENCE_FIGURE,
        [
            {"uid": new_uid(), **row, **_blank_as_none(row, "growth_percent")}
            for row in _rows("reference_figures.csv")
        ],
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = resource(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _blank_as_none(row: dict[str, str], *columns: str) -> dict[str, str | None]:
    return {column: row[column] or None for column in columns}
