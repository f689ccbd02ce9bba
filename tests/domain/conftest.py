"""The setting in which cells are read: amounts in 万元, areas as shipped."""

import pytest

from ipfinance.domain.division import Divisions
from ipfinance.domain.reading import Setting
from tests import make
from tests.domain.cells_read import UNITS


@pytest.fixture
def setting(divisions: Divisions) -> Setting:
    return Setting(divisions, make.TODAY, UNITS)
