"""The tour goes through the pages, frames what it speaks of, and is offered once."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.history import undoable
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.tour import STOPS
from ipfinance.ui.widgets.coach_mark import CoachMark
from ipfinance.ui.widgets.tour_bar import TourBar


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_that_the_tour_visits_every_stop_and_changes_nothing(
    window: MainWindow, store: Store, jobs: Jobs
) -> None:
    window.start_tour()
    for at, stop in enumerate(STOPS):
        assert window.tour.stop is stop
        assert window.page(stop.page).isVisible()
        said = [one.text() for one in _bar(window).findChildren(QLabel)]
        assert stop.title in said
        assert f"第 {at + 1} 步，共 {len(STOPS)} 步" in said
        framed = _framed(window)
        assert [one.objectName() for one in framed] == ([stop.target] if stop.target else [])
        _press(window, "tour_on")
    assert not window.tour.is_on
    assert undoable(store) is None
    assert jobs.wait_idle()


def test_that_the_tour_goes_back_and_can_be_ended_anywhere(window: MainWindow, jobs: Jobs) -> None:
    window.start_tour()
    assert not _button(window, "tour_back").isEnabled()
    _press(window, "tour_on")
    _press(window, "tour_back")
    assert window.tour.stop is STOPS[0]
    _press(window, "tour_on")
    _press(window, "tour_end")
    assert not window.tour.is_on
    assert _framed(window) == []
    assert jobs.wait_idle()


def test_that_an_empty_store_is_offered_made_up_data_until_it_has_some(
    window: MainWindow, jobs: Jobs, qtbot: QtBot
) -> None:
    window.start_tour()
    assert _button(window, "tour_demo").isVisible()
    assert "还是空的" in _bar(window).accessibleName()
    _press(window, "tour_demo")
    assert jobs.wait_idle(60_000)
    qtbot.waitUntil(lambda: not _button(window, "tour_demo").isVisible())
    assert "还是空的" not in _bar(window).accessibleName()
    assert window.tour.is_on


def test_that_the_tour_is_offered_once_on_a_machine(window: MainWindow, jobs: Jobs) -> None:
    window.tour.offer()
    assert _bar(window).isVisible()
    window.tour.end()
    window.tour.offer()
    assert not _bar(window).isVisible()
    assert jobs.wait_idle()


def _bar(window: MainWindow) -> TourBar:
    found = window.findChild(TourBar)
    assert isinstance(found, TourBar)
    return found


def _framed(window: MainWindow) -> list[QWidget]:
    """What a frame is drawn round, over the whole of it."""
    marks = [one for one in window.findChildren(CoachMark) if not one.isHidden()]
    framed = [one.parentWidget() for one in marks]
    assert [one.size() for one in marks] == [one.size() for one in framed if one is not None]
    return [one for one in framed if one is not None]


def _button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _press(window: QWidget, name: str) -> None:
    _button(window, name).click()
