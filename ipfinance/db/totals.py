"""Totals of registrations over a window of days, grouped: the one place figures are counted.

Every query reads one covering index (see migrations/). Distinct counts do not add up over
groups, so the total over all groups is counted anew with ``Group.NONE``, never summed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind


class Group(StrEnum):
    """What the rows of a table of figures are.

    From ``ENTERPRISE`` on a registration may have several; they are counted in `memberships`.
    """

    NONE = "none"
    CITY = "city"
    COUNTY = "county"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    ENTERPRISE = "enterprise"
    PLEDGEE = "pledgee"
    HEAD_BANK = "head_bank"
    PLEDGEE_KIND = "pledgee_kind"
    RIGHT_KIND = "right_kind"
    SIZE = "size"
    INDUSTRY = "industry"


@dataclass(frozen=True, slots=True)
class Totals:
    """The counted measures of one group, by the counting rules 1 to 6 and 12.

    ``rights`` is the sum over registrations (件次), ``rights_distinct`` counts each right
    once (件). ``amount_missing`` is how many registrations carry no amount.
    """

    registrations: int = 0
    secured_amount_fen: int = 0
    enterprises: int = 0
    rights: int = 0
    rights_distinct: int = 0
    inclusive_enterprises: int = 0
    pledgees: int = 0
    amount_missing: int = 0


_KEYS = {
    Group.NONE: "''",
    Group.CITY: "city",
    Group.COUNTY: "coalesce(county, '')",
    Group.YEAR: "substr(registered_on, 1, 4)",
    Group.HALF: "substr(registered_on, 1, 4) || 'H' || ((substr(registered_on, 6, 2) + 5) / 6)",
    Group.QUARTER: "substr(registered_on, 1, 4) || 'Q' || ((substr(registered_on, 6, 2) + 2) / 3)",
    Group.MONTH: "substr(registered_on, 1, 7)",
}

_WINDOW = "counted = 1 AND registered_on BETWEEN :start AND :end AND kind IN (:kind, :kind_2)"

_PLEDGES = """
    SELECT {key} AS key, count(*) AS registrations,
        coalesce(sum(secured_amount_fen), 0) AS secured_amount_fen,
        sum(rights_count) AS rights, sum(rights_count) AS rights_distinct,
        sum(secured_amount_fen IS NULL) AS amount_missing
    FROM pledge INDEXED BY pledge_figures WHERE {window} GROUP BY 1
"""
_ENTERPRISES = """
    SELECT {key} AS key, count(DISTINCT enterprise) AS enterprises,
        count(DISTINCT CASE WHEN secured_amount_fen <= :threshold_fen THEN enterprise END)
            AS inclusive_enterprises
    FROM pledge_pledgor INDEXED BY pledge_pledgor_figures
    WHERE {window} AND enterprise IS NOT NULL GROUP BY 1
"""
_PLEDGEES = """
    SELECT {key} AS key, count(DISTINCT pledgee) AS pledgees
    FROM pledge_pledgee INDEXED BY pledge_pledgee_figures WHERE {window} GROUP BY 1
"""
# A registration that lists no numbers counts its declared rights, which nothing can repeat: they
# are what is in rights_count beyond the listed ones.
_RIGHTS = """
    SELECT {key} AS key, count(DISTINCT ip_right) - count(*) AS rights_distinct
    FROM pledge_right INDEXED BY pledge_right_figures WHERE {window} GROUP BY 1
"""
_COVERED = """
    SELECT county, max(registered_on) AS last FROM pledge INDEXED BY pledge_figures
    WHERE {window} AND county IS NOT NULL GROUP BY county
"""


def totals(
    store: Store,
    group: Group,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    threshold_fen: int,
) -> dict[str, Totals]:
    """Totals of the registrations from ``start`` to ``end``, both included, by group key.

    The key is a division code, a year, 2019H1, 2019Q3, a month as YYYY-MM, or "" for all;
    registrations without a county have the key "" by county. Groups without any registration
    are left out.
    ``kinds`` are one or two registers, ``threshold_fen`` the largest amount of a 普惠
    registration.
    """
    arguments = {**_window(start, end, kinds), "threshold_fen": threshold_fen}
    measured: dict[str, dict[str, int]] = {}
    for sql in (_PLEDGES, _ENTERPRISES, _PLEDGEES, _RIGHTS):
        statement = sql.format(key=_KEYS[group], window=_WINDOW)
        for row in store.connection.execute(statement, arguments):
            cell = measured.setdefault(row["key"], {})
            for name in _MEASURES:
                if name in row.keys():  # noqa: SIM118 (a sqlite3.Row is no dict)
                    cell[name] = cell.get(name, 0) + row[name]
    return {key: Totals(**cell) for key, cell in measured.items()}


def counties_covered(
    store: Store, start: date, end: date, kinds: Sequence[Kind]
) -> dict[str, date]:
    """The counties with a registration in the window, each with the day of the last one."""
    rows = store.connection.execute(_COVERED.format(window=_WINDOW), _window(start, end, kinds))
    return {row["county"]: date.fromisoformat(row["last"]) for row in rows}


def _window(start: date, end: date, kinds: Sequence[Kind]) -> dict[str, object]:
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "kind": kinds[0].value,
        "kind_2": kinds[-1].value,
    }


_MEASURES = tuple(field.name for field in fields(Totals))
