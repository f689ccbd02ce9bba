"""The import's window: opened on files, of which some are at fault."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from tests.ui import ledgers_made as ledgers
from tests.ui.importing.hands import Opener


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, window: QWidget) -> Opener:
    """Opens the window on files, and waits until they are read unless told otherwise."""

    def open_on(*files: Path, wait: bool = True) -> ImportDialog:
        dialog = ImportDialog(desk, files, window)
        with qtbot.waitExposed(dialog):
            dialog.open()
        if wait:
            assert desk.jobs.wait_idle()
        return dialog

    return open_on


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two good rows, one with a day that does not exist, one with two faults."""
    return ledgers.write(
        tmp_path / "有错.xlsx",
        [
            ledgers.row(1),
            ledgers.row(2, registered_on="2019-02-30"),
            ledgers.row(3),
            ledgers.row(4, secured_amount="五百", city="杭洲市"),
        ],
    )
