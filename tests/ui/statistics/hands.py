"""What a person does on the statistics page, and what is then to be seen there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.domain.period import parse_period
from ipfinance.statistics.chosen import Pick
from ipfinance.statistics.claims import Comparison
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.view_name import ViewName, ViewNameDialog
from ipfinance.ui.models.figures_model import FiguresModel
from ipfinance.ui.models.values_model import ValuesModel
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.figures_table import FiguresTable
from tests.ui.figures_data import child

# Columns that are chosen again and again.
AMOUNT, GROWN = Pick("secured_amount"), Pick("secured_amount", Comparison.YEAR_ON_YEAR)
MORE = Pick("secured_amount", Comparison.INCREMENT)
CASES, RATE = Pick("registrations"), Pick("inclusive_rate", Comparison.YEAR_ON_YEAR)
STOCK = Pick("outstanding_registrations")


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


def pick(page: StatisticsPage, *picks: Pick) -> None:
    """Choose columns, as the dialog would."""
    page.choose_columns(picks)
    assert page.desk.jobs.wait_idle()


def values(page: StatisticsPage) -> ValuesModel:
    made = view(page).model()
    assert isinstance(made, ValuesModel)
    return made


def place(page: StatisticsPage, name: str, one: Pick | str) -> tuple[int, int]:
    """Row and column of a chosen or crossed figure."""
    made = values(page)
    keys = [column.key for column in made._columns]
    key = one if isinstance(one, str) else one.key
    return [line.name for line in made.rows].index(name), keys.index(key)


def text(page: StatisticsPage, name: str, one: Pick | str) -> str:
    return str(values(page).index(*place(page, name, one)).data())


def stand_on(page: StatisticsPage, name: str, one: Pick | str) -> None:
    view(page).setCurrentIndex(values(page).index(*place(page, name, one)))
    assert page.desk.jobs.wait_idle()


def menu_words(page: StatisticsPage) -> list[str]:
    page._views.fill()
    return [action.text() for action in page._views._menu.actions() if not action.isSeparator()]


def trigger(page: StatisticsPage, words: str, *, in_menu: str = "") -> None:
    """Choose an entry of the menu of views, or of the menu within it."""
    page._views.fill()
    menu = page._views._menu
    if in_menu:
        menu = next(one for one in menu.findChildren(QMenu) if one.title() == in_menu)
    next(one for one in menu.actions() if one.text() == words).trigger()
    assert page.desk.jobs.wait_idle()


def name_it(monkeypatch: pytest.MonkeyPatch, name: str, with_period: bool = False) -> None:
    monkeypatch.setattr(ViewNameDialog, "ask", lambda *_: ViewName(name, with_period))


def cross(page: StatisticsPage, by: str, columns: str, measure: str) -> None:
    """Choose rows, columns and indicator of a crossed table."""
    choose(page, "by", by)
    choose(page, "cross", columns)
    choose(page, "measure", measure)


def press_in(dialog: QWidget, name: str) -> None:
    one = child(dialog, name)
    assert hasattr(one, "click")
    one.click()
