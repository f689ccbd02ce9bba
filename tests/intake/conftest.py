"""The areas as shipped and the day of the tests, in which files and notices are read."""

import pytest

from ipfinance.domain.division import Divisions
from ipfinance.domain.reading import Setting
from tests import make


@pytest.fixture
def setting(divisions: Divisions) -> Setting:
    return Setting(divisions, make.TODAY)
