"""A store of the standard ledger for the tests of what goes out, made once; only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipfinance.db.connection import Store, open_store
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.reports.workbook import write_report
from tests import make
from tests.reports import standard


@pytest.fixture(scope="session")
def standard_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standard") / "standard.db"
    standard.build(path)
    return path


@pytest.fixture
def standard_store(standard_file: Path) -> Iterator[Store]:
    with open_store(standard_file, who="测试员") as store:
        yield store


@pytest.fixture(scope="session")
def report(standard_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the standard ledger for 2019, written once; only read."""
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    with open_store(standard_file) as store:
        write_report(store, Period.year(2019), path, make.TODAY, Progress())
    return path
