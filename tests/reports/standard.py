"""The 400 registrations of the standard ledger in a store, and what must come out of them."""

import json
from pathlib import Path
from typing import Any

import openpyxl

from ipfinance.db.connection import open_store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.registrar import Registrar
from ipfinance.domain.fields import FIELDS
from ipfinance.domain.money import Unit
from ipfinance.domain.reading import Setting, read_registration
from tests import make

OFFICE = "浙江省知识产权局（示例）"
_FOLDER = Path(__file__).parents[1] / "data" / "ledgers"


def build(path: Path) -> None:
    """Make a store of the standard ledger at this path."""
    keys = {field.header: field.key for field in FIELDS}
    sheet = openpyxl.load_workbook(_FOLDER / "standard.xlsx").worksheets[0]
    headers, *rows = sheet.iter_rows(values_only=True)
    columns = [keys[str(header)] for header in headers]
    with open_store(path, who="测试员") as store:
        setting = Setting(all_divisions(store), make.TODAY, {"secured_amount": Unit.WAN})
        with store.act("导入"), Registrar(store) as registrar:
            for row in rows:
                cells: dict[str, Any] = dict(zip(columns, row, strict=True))
                pledge = read_registration(cells, setting).pledge
                assert pledge is not None
                registrar.register(pledge)
        write_facts(store, Facts(office=OFFICE))


def expected_figures() -> dict[str, dict[str, Any]]:
    """What `stats` must give, by period/kind/by and area."""
    expected = json.loads((_FOLDER / "standard.expected.json").read_text(encoding="utf-8"))
    figures: dict[str, dict[str, Any]] = expected["figures"]
    return figures
