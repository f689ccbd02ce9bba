"""What all tests share: a migrated empty store, made once and copied for each; a fixed today."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ipfinance import language
from ipfinance.db.connection import Store, open_store
from ipfinance.domain.division import Divisions, read_divisions
from ipfinance.language import Language
from ipfinance.paths import resource
from tests import make

# A test is never timed: machines are noisy. Where changes are judged (CI) every run tries the
# same examples, so that a change is not blamed for what another run would have found.
settings.register_profile(
    "ipfinance",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("ipfinance")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store that has every migration and no registration; not to be written."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    with open_store(path, who="测试员") as store:
        # All of it in the one file that is copied, nothing in the log beside it.
        store.connection.execute("PRAGMA journal_mode = DELETE")
    return path


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store of the test's own."""
    with make.store_copied(empty_store, tmp_path) as store:
        yield store


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    """The divisions that are shipped."""
    return read_divisions(resource("divisions.csv").read_text(encoding="utf-8-sig"))


@pytest.fixture
def in_english() -> Iterator[None]:
    """The window's language is English; constants that were said at import stay Chinese."""
    before = language.chosen()
    language.choose(Language.ENGLISH)
    yield
    language.choose(before)


@pytest.fixture
def today() -> date:
    """The day on which tests run."""
    return make.TODAY
