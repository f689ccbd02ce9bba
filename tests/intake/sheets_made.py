"""Ledgers made for a test: rows as cells, written as xlsx or csv."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.reading import Setting
from ipfinance.intake.importing import Plan, carry_out, read_files
from ipfinance.intake.receipts import Receipt
from ipfinance.progress import Progress
from tests import make

KEYS = (
    *("kind", "reg_no", "registered_on", "pledgor", "uscc", "city", "county", "pledgee"),
    *("pledgee_kind", "secured_amount", "rights", "right_names", "note"),
)
HEAD = [BY_KEY[key].header for key in KEYS]
SHEET = "质押登记台账"

_numbers = itertools.count(1)


def cells(**changes: Any) -> dict[str, Any]:
    """The cells of a registration without any fault, a new one at every call."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "kind": "专利",
        "reg_no": f"Y201999{number:07d}",
        "registered_on": date(2019, 3, 5),
        "pledgor": "示例甲精密机械有限公司",
        "uscc": make.credit_code(1),
        "city": "杭州市",
        "county": "滨江区",
        "pledgee": "示例银行股份有限公司杭州分行",
        "pledgee_kind": "银行",
        "secured_amount": 500,
        "rights": make.patent_number(500_000 + number),
        "right_names": "一种示例装置",
        "note": "",
    }
    unknown = changes.keys() - made.keys()
    assert not unknown, unknown
    return {**made, **changes}


def row(made: Mapping[str, Any], keys: Sequence[str] = KEYS) -> list[Any]:
    """The cells in the order of the columns."""
    return [made[key] for key in keys]


def ledger(*registrations: Mapping[str, Any]) -> list[list[Any]]:
    """A ledger with the program's own headers."""
    return [list(HEAD), *(row(made) for made in registrations)]


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]],
    merged: Mapping[str, Sequence[str]] | Sequence[str] = (),
) -> Path:
    """Write sheets of rows, or one sheet; ``merged`` are ranges such as A1:C1."""
    if not isinstance(sheets, Mapping):
        sheets = {SHEET: sheets}
    if not isinstance(merged, Mapping):
        merged = {next(iter(sheets)): merged}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row_number, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(row_number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
        for place in merged.get(name, ()):
            sheet.merge_cells(place)
    book.save(path)
    return path


def write_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> Path:
    """Write rows as text, quoted where they must be."""

    def quoted(value: object) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text

    lines = [",".join(map(quoted, values)) for values in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def setting(store: Store) -> Setting:
    """The areas of a store on the day of the tests."""
    return Setting(all_divisions(store), make.TODAY)


def read(store: Store, *paths: Path, sheet: str | None = None) -> Plan:
    """The plan of an import."""
    return read_files(paths, store, setting(store), Progress(), sheet=sheet)


def bring_in(store: Store, *paths: Path) -> Receipt:
    """Import files."""
    return carry_out(read(store, *paths), store, Progress())


def rules(plan: Plan) -> list[tuple[str, int, str]]:
    """Why registrations are rejected: column, row and rule."""
    return [(fault.column, fault.row, fault.rule) for fault in plan.errors]
