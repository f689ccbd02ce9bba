"""Writing the ledger out as xlsx, against XlsxWriter with the same cells already in memory."""

import contextlib
from collections.abc import Iterator
from datetime import date
from functools import partial

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, select
from ipfinance.domain.fields import FIELDS, Form
from ipfinance.domain.money import WAN
from ipfinance.progress import Progress
from ipfinance.reports.ledger import export_ledger
from ipfinance.reports.ledger_cells import AreaNames, LedgerCell, cells_of, read_pledges


def questions(size: int) -> list[Question]:
    """The whole ledger, from the store to the finished file."""
    other = "XlsxWriter constant_memory"
    return [
        Question(
            "export",
            f"导出台账 xlsx，{size:,} 行 × {len(FIELDS)} 列",
            ours=Subject("ipfinance", partial(_exported, size)),
            others=(Subject(other, partial(_written, size)),),
            targets={other: 1.2},
            rounds=3,
        )
    ]


@contextlib.contextmanager
def _exported(size: int) -> Iterator[Run]:
    path = stores.FOLDER / "export.xlsx"
    with stores.opened(size) as store:
        yield lambda: export_ledger(store, path, stores.TODAY, Progress())
    path.unlink(missing_ok=True)


@contextlib.contextmanager
def _written(size: int) -> Iterator[Run]:
    import xlsxwriter

    path = stores.FOLDER / "export-beside.xlsx"
    rows = _cells(size)

    def run() -> None:
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            day = workbook.add_format({"num_format": "yyyy-mm-dd"})
            text = workbook.add_format({"num_format": "@"})
            sheet = workbook.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell, text)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif cell is not None:
                        sheet.write_number(number, column, cell)

    yield run
    path.unlink(missing_ok=True)


def _cells(size: int) -> list[list[str | date | float | None]]:
    with stores.opened(size) as store:
        areas = AreaNames(all_divisions(store))
        ids = select(store, Filter(), stores.TODAY).ids
        keys = [(field.key, field.form is Form.MONEY) for field in FIELDS]
        return [
            [_cell(cells[key], is_money) for key, is_money in keys]
            for pledge in read_pledges(store, ids, Progress(), "")
            for cells in [cells_of(pledge, areas)]
        ]


def _cell(cell: LedgerCell, is_money: bool) -> str | date | float | None:
    if cell == "":
        return None
    return cell / WAN if is_money and isinstance(cell, int) else cell
