"""The workbook's formulas, calculated by another program, against the values written with them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.reports.workbook import TABLES, write_report
from ipfinance.reports.workbook_tables import BLOCKS
from ipfinance.statistics.tables import KindChoice, table
from tests import make

Cells = dict[tuple[str, str], Any]


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is needed: `make test` installs it (Debian: {package})")
    return found


def _converted(path: Path, suffix: str, folder: Path) -> Path:
    ran = subprocess.run(
        [
            *(_program("soffice", "libreoffice-calc-nogui"), "--headless"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", suffix, "--outdir", str(folder / "out"), str(path)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    made = folder / "out" / f"{path.stem}.{suffix}"
    assert made.exists(), ran.stdout + ran.stderr
    return made


def _cells(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _recalculated(path: Path, folder: Path) -> tuple[Cells, Cells]:
    """The formulas' values as they were written, and as LibreOffice calculates them."""
    book = openpyxl.load_workbook(path)
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    bare = folder / "bare.xlsx"
    book.save(bare)  # openpyxl keeps the formulas and drops their values
    assert not _cells(bare).keys() & set(formulas)
    written, calculated = _cells(path), _cells(_converted(bare, "xlsx", folder))
    return (
        {place: written[place] for place in formulas},
        {place: calculated.get(place) for place in formulas},
    )


def _agree(written: Cells, calculated: Cells) -> None:
    for place, value in written.items():
        if isinstance(value, str):
            assert calculated[place] == value, place
        else:
            assert calculated[place] == pytest.approx(value, rel=1e-12, abs=1e-9), place


def test_that_recalculated_formulas_equal_what_was_written(
    standard_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    period = Period.year(2019)
    write_report(standard_store, period, path, make.TODAY, Progress())
    written, calculated = _recalculated(path, tmp_path)
    _agree(written, calculated)
    for kind, names in TABLES.items():
        whole = table(standard_store, period, kind, Group.CITY, make.TODAY).total
        for name, measures in zip(names, BLOCKS, strict=True):
            for number, one in enumerate(measures):
                if one.adds_up:
                    place = (name, f"{get_column_letter(2 + 5 * number)}22")
                    unit = WAN if one.key == "secured_amount" else 1
                    assert round(calculated[place] * unit) == whole.values[one.key], place


def test_that_formulas_hold_with_unknown_amounts_and_zeros(store: Store, tmp_path: Path) -> None:
    make.stored(
        store,
        make.pledge(secured_amount_fen=None),
        make.pledge(secured_amount_fen=1),
        make.pledge(pledgors=(make.pledgor(city=make.NINGBO, county=make.HAISHU),)),
        make.pledge(
            pledgors=(make.pledgor(city=make.WENZHOU, county=None),), secured_amount_fen=None
        ),
    )
    path = tmp_path / "report.xlsx"
    write_report(store, Period.year(2019), path, make.TODAY, Progress())
    _agree(*_recalculated(path, tmp_path))


def test_that_formulas_hold_when_no_amount_is_known(store: Store, tmp_path: Path) -> None:
    make.stored(store, make.pledge(secured_amount_fen=None))
    path = tmp_path / "report.xlsx"
    write_report(store, Period.year(2019), path, make.TODAY, Progress())
    _agree(*_recalculated(path, tmp_path))


def test_that_the_workbook_prints(standard_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_report(standard_store, Period.year(2019), path, make.TODAY, Progress())
    pages = _converted(path, "pdf", tmp_path)
    told = subprocess.run(
        [_program("pdftotext", "poppler-utils"), "-layout", pages, "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")
    # Every table on one page, whole, with its head, its total and its foot.
    for kind in KindChoice:
        title = f"浙江省各市{kind.label}质押登记情况汇总表"
        [page] = [text for text in told if title in map(str.strip, text.split("\n"))]
        for words in ("内部工作表", "填报单位", "丽水市", "合计", "报出日期", "审核关系"):
            assert words in page
    assert not any("###" in page for page in told), "a column is too narrow"
