"""What a person does on the statistics page, and what is then to be seen there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget
from pytestqt.qtbot import QtBot

from ipfinance.domain.period import parse_period
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.figures_model import FiguresModel
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.figures_table import FiguresTable
from tests.ui.figures_data import child


def shown(desk: Desk, qtbot: QtBot, period: str = "2019") -> StatisticsPage:
    made = StatisticsPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.show_period(parse_period(period))
    assert desk.jobs.wait_idle()
    return made


def choose(page: StatisticsPage, name: str, value: str) -> None:
    """Choose an entry as a person does."""
    combo = child(page, name)
    assert isinstance(combo, ComboBox)
    assert combo.set_value(value)
    combo.activated.emit(combo.currentIndex())
    assert page.desk.jobs.wait_idle()


def go_to(page: StatisticsPage, period: str) -> None:
    page.show_period(parse_period(period))
    assert page.desk.jobs.wait_idle()


def view(page: StatisticsPage) -> FiguresTable:
    """The table in sight."""
    stack = page.findChild(QStackedWidget)
    assert isinstance(stack, QStackedWidget)
    current = stack.currentWidget()
    assert isinstance(current, FiguresTable)
    return current


def model(page: StatisticsPage) -> FiguresModel:
    made = view(page).model()
    assert isinstance(made, FiguresModel)
    return made


def column(page: StatisticsPage, key: str) -> int:
    keys = [one.key for one in model(page)._columns]
    return keys.index(key)


def cell(page: StatisticsPage, name: str, key: str) -> str:
    """What stands in the line of that name, in the column of that key."""
    row = [line.name for line in model(page).rows].index(name)
    return str(model(page).index(row, column(page, key)).data())


def double_click(page: StatisticsPage, name: str, key: str) -> None:
    row = [line.name for line in model(page).rows].index(name)
    table_view = view(page)
    index = model(page).index(row, column(page, key))
    table_view.setColumnHidden(index.column(), False)
    table_view.scrollTo(index)
    place = table_view.visualRect(index).center()
    QTest.mouseClick(table_view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table_view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def words(page: StatisticsPage, name: str) -> str:
    label = child(page, name)
    assert isinstance(label, QLabel)
    return label.text()


def press(page: StatisticsPage, name: str) -> None:
    one = child(page, name)
    assert isinstance(one, QPushButton)
    one.click()
