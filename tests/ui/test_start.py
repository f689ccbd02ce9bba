"""How the program starts: its style, its log, and what comes once the first page is there."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ipfinance import paths
from ipfinance.db.connection import Store
from ipfinance.start import _Log
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.menus import MENUS
from ipfinance.ui.theme import Theme
from tests import make
from tests.ui.desks import desk_over

_STYLE = "from ipfinance.start import make_application as m; print(m().style().objectName())"


def test_that_the_style_is_fusion_whatever_the_desktop_asks_for() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _STYLE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_STYLE_OVERRIDE": "Windows"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "fusion"


def test_that_the_log_is_made_with_its_first_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log" / "ipfinance.log"
    monkeypatch.setattr(paths, "log_file", lambda: file)
    log = _Log()
    assert not file.parent.exists()
    for said in ("第一行", "第二行"):
        log.handle(logging.LogRecord("ipfinance", logging.ERROR, "", 1, said, None, None))
    assert [line[-3:] for line in file.read_text(encoding="utf-8").splitlines()] == [
        "第一行",
        "第二行",
    ]
    log.close()


def test_that_without_a_place_for_the_log_nothing_is_lost_but_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "log_file", lambda: occupied / "ipfinance.log")
    _Log().handle(logging.LogRecord("ipfinance", logging.ERROR, "", 1, "一行", None, None))
    assert occupied.read_text(encoding="utf-8") == ""


def test_that_menus_undo_and_strip_come_with_the_first_page(
    store: Store, jobs: Jobs, theme: Theme, qtbot: QtBot
) -> None:
    make.stored(store, make.pledge())
    window = MainWindow(desk_over(store, jobs, theme)[0])
    qtbot.addWidget(window)
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == [spec.title for spec in MENUS]
    with qtbot.waitSignal(window.begun):
        window.show()
    menus = window.findChildren(QMenu)
    filled = {menu.title(): len(menu.actions()) for menu in menus}
    assert {spec.title: len(spec.items) for spec in MENUS}.items() <= filled.items()
    assert window.actions_by_id["undo"].isEnabled()
    assert not window.actions_by_id["redo"].isEnabled()
    assert window.actions_by_id["system"].isChecked() != window.actions_by_id["light"].isChecked()
    assert jobs.wait_idle()
