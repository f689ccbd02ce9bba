"""What a person does with the chart page, and what is seen of it."""

from PySide6.QtCore import QPoint, QPointF
from pytestqt.qtbot import QtBot

from ipfinance.ui.pages.charts import ChartsPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.figure_places import Place
from ipfinance.ui.widgets.figure_tip import FigureTip
from ipfinance.ui.widgets.figure_view import FigureView


def settle(page: ChartsPage, qtbot: QtBot) -> None:
    """Until what was asked for last is counted, drawn and in sight."""
    view_of = view(page)
    qtbot.waitUntil(
        lambda: not page.desk.jobs.busy and not view_of._pause.isActive(), timeout=60_000
    )


def view(page: ChartsPage) -> FigureView:
    made = page.findChild(FigureView)
    assert isinstance(made, FigureView)
    return made


def tip(page: ChartsPage) -> FigureTip:
    made = page.findChild(FigureTip)
    assert isinstance(made, FigureTip)
    return made


def middle(page: ChartsPage, index: int, key: str) -> QPoint:
    places = view(page).places
    assert places is not None
    box = places.box(Place(index, key))
    assert not box.isEmpty()
    return box.center().toPoint()


def in_sight(page: ChartsPage, index: int, key: str) -> QPoint:
    """A point of a bar that the one drawn upon it leaves free."""
    places = view(page).places
    assert places is not None
    return (places.box(Place(index, key)).topLeft() + QPointF(2, 2)).toPoint()


def lines(page: ChartsPage) -> list[str]:
    """The names of the series of the chart; none for the per-city figure."""
    charted = page.answer.charted if page.answer else None
    return [line.name for line in charted.lines] if charted else []


def choose(page: ChartsPage, name: str, value: str) -> None:
    combo = page.findChild(ComboBox, name)
    assert combo is not None
    assert combo.set_value(value)
    combo.activated.emit(combo.currentIndex())
