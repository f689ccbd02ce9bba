"""The page of sentences over the store whose figures are known, shown."""

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.sentences import SentencesPage
from tests.ui.figures_data import fill
from tests.ui.sentences.hands import shown


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, store: Store) -> SentencesPage:
    fill(store)
    return shown(qtbot, desk)
