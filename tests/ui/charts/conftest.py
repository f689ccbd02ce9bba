"""The chart page over the store whose figures are known, shown."""

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.charts import ChartsPage
from tests.ui.charts.hands import settle
from tests.ui.figures_data import fill


@pytest.fixture
def page(desk: Desk, store: Store, qtbot: QtBot) -> ChartsPage:
    fill(store)
    made = ChartsPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.show_period(Period.year(2019))
    settle(made, qtbot)
    return made
