"""The page 统计报表 over the store whose figures are known, shown."""

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.statistics import StatisticsPage
from tests.ui.figures_data import fill
from tests.ui.statistics.hands import shown


@pytest.fixture
def page(desk: Desk, store: Store, qtbot: QtBot) -> StatisticsPage:
    fill(store)
    return shown(desk, qtbot)
