"""The ledgers as bureaus send them, and the figures that were computed for each by hand."""

import json
from pathlib import Path
from typing import Any

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import yuan_text
from ipfinance.domain.period import parse_period
from ipfinance.statistics.tables import KindChoice, table
from tests import make

FILES = ("standard.xlsx", "city_report.xlsx", "gbk.csv", "city_sheets.xlsx")
# The ledgers were made one by one: 59 of their registrations bear a number that one of another
# ledger, with other parties and another day, bears too.
CLASHING = 59
_FOLDER = Path(__file__).parents[1] / "data" / "ledgers"


def path_of(name: str) -> Path:
    return _FOLDER / name


def expected(name: str) -> dict[str, Any]:
    """What was computed for a ledger, whatever format it is saved in."""
    path = _FOLDER / f"{name.partition('.')[0]}.expected.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def figures(store: Store, key: str) -> dict[str, dict[str, Any]]:
    """The rows that are not all zero and the total of a table: 2019/patent/city."""
    period, kind, by = key.split("/")
    made = table(store, parse_period(period), KindChoice(kind), Group(by), make.TODAY)

    def shown(values: Any) -> dict[str, Any]:
        told = dict(values)
        return {**told, "secured_amount": yuan_text(told["secured_amount"])}

    rows = {row.code: shown(row.values) for row in made.rows if any(row.values.values())}
    total = made.total
    rows["total"] = {
        **shown(total.values),
        "counties_covered": total.counties_covered,
        "counties": total.counties,
    }
    return rows
