"""The entry page, shown and with the cursor in its first field."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.entry import EntryPage


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[EntryPage]:
    made = EntryPage(desk)
    made.resize(1180, 740)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start_new()
    qtbot.waitUntil(lambda: made.form.single.kind.hasFocus())
    yield made
    made.hide()
    assert desk.jobs.wait_idle()
