"""What a new store holds from the start: the areas and the outside figures."""

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
