"""The workbook's formulas, calculated by another program, against the values written with them."""

import shutil
import subprocess
from collections.abc import Sequence
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


def _converted(paths: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """The files as LibreOffice writes them, all in one run of it: each start takes seconds."""
    ran = subprocess.run(
        [
            *(_program("soffice", "libreoffice-calc-nogui"), "--headless"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", suffix, "--outdir", str(folder / "out"), *map(str, paths)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    made = [folder / "out" / f"{path.stem}.{suffix}" for path in paths]
    assert all(path.exists() for path in made), ran.stdout + ran.stderr
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


def _without_values(path: Path, folder: Path) -> Path:
    """The same formulas, none of their values: openpyxl keeps those and drops these."""
    bare = folder / path.name
    openpyxl.load_workbook(path).save(bare)
    assert not _cells(bare).keys() & _formulas(path)
    return bare


def _formulas(path: Path) -> set[tuple[str, str]]:
    found = {
        (sheet.title, cell.coordinate)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found
    return found


STANDARD, UNKNOWN_AND_ZERO, NONE_KNOWN = "standard", "unknown and zero", "none known"


@pytest.fixture(scope="module")
def recalculated(
    report: Path, empty_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Cells, Cells]]:
    """By workbook: the formulas' values as written, and as LibreOffice calculates them."""
    folder = tmp_path_factory.mktemp("recalculated")
    ningbo = make.pledgor(city=make.NINGBO, county=make.HAISHU)
    wenzhou = make.pledgor(city=make.WENZHOU, county=None)
    pledges = {
        UNKNOWN_AND_ZERO: (
            make.pledge(secured_amount_fen=None),
            make.pledge(secured_amount_fen=1),
            make.pledge(pledgors=(ningbo,)),
            make.pledge(pledgors=(wenzhou,), secured_amount_fen=None),
        ),
        NONE_KNOWN: (make.pledge(secured_amount_fen=None),),
    }
    written = {STANDARD: report}
    for name, stored in pledges.items():
        made = folder / name
        made.mkdir()
        written[name] = made / f"{name}.xlsx"
        with make.store_copied(empty_store, made) as store:
            make.stored(store, *stored)
            write_report(store, Period.year(2019), written[name], make.TODAY, Progress())
    bare = folder / "bare"
    bare.mkdir()
    calculated = _converted(
        [_without_values(path, bare) for path in written.values()], "xlsx", folder
    )
    found = {}
    for (name, path), again in zip(written.items(), calculated, strict=True):
        values, formulas = _cells(path), _formulas(path)
        known = _cells(again)
        found[name] = (
            {place: values[place] for place in formulas},
            {place: known.get(place) for place in formulas},
        )
    return found


def _agree(written: Cells, calculated: Cells) -> None:
    for place, value in written.items():
        if isinstance(value, str):
            assert calculated[place] == value, place
        else:
            assert calculated[place] == pytest.approx(value, rel=1e-12, abs=1e-9), place


@pytest.mark.parametrize("workbook", [STANDARD, UNKNOWN_AND_ZERO, NONE_KNOWN])
def test_that_recalculated_formulas_equal_what_was_written(
    recalculated: dict[str, tuple[Cells, Cells]], workbook: str
) -> None:
    _agree(*recalculated[workbook])


def test_that_recalculated_totals_are_those_of_the_statistics(
    recalculated: dict[str, tuple[Cells, Cells]], standard_store: Store
) -> None:
    _, calculated = recalculated[STANDARD]
    period = Period.year(2019)
    for kind, names in TABLES.items():
        whole = table(standard_store, period, kind, Group.CITY, make.TODAY).total
        for name, measures in zip(names, BLOCKS, strict=True):
            for number, one in enumerate(measures):
                if one.adds_up:
                    place = (name, f"{get_column_letter(2 + 5 * number)}22")
                    unit = WAN if one.key == "secured_amount" else 1
                    assert round(calculated[place] * unit) == whole.values[one.key], place


def test_that_the_workbook_prints(report: Path, tmp_path: Path) -> None:
    [pages] = _converted([report], "pdf", tmp_path)
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
