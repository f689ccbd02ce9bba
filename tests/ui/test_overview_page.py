"""概览, in the real window: figures equal those counted alone, and everything can be opened."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.findings import findings
from ipfinance.db.ledger import Filter, select
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.main_window import FIRST_PAGE, MainWindow
from ipfinance.ui.models.overview_reading import KEYS
from ipfinance.ui.pages.overview import OverviewPage
from ipfinance.ui.pages.to_do import ToDoPage
from ipfinance.ui.widgets.key_figure import KeyFigure
from ipfinance.ui.widgets.link_row import LinkRow
from tests import make
from tests.ui.clicking import click
from tests.ui.figures_data import Heard, fill


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_that_the_frame_stands_before_the_first_page_is_loaded(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    assert window.findChild(OverviewPage) is None
    window.show()
    qtbot.waitUntil(lambda: window.findChild(OverviewPage) is not None)
    assert window.desk.jobs.wait_idle()


def test_that_the_first_page_does_not_take_the_place_of_one_asked_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_page("ledger")
    qtbot.wait(50)
    assert window._current_page().objectName() == "ledger"


def entered(window: MainWindow, period: Period | None = None) -> OverviewPage:
    page = window.page("overview")
    assert isinstance(page, OverviewPage)
    if period is None:
        page.refresh()
    else:
        page.show_period(period)
    assert window.desk.jobs.wait_idle()
    return page


def card(page: OverviewPage, name: str) -> KeyFigure:
    found = page.findChild(KeyFigure, name)
    assert found is not None, name
    return found


def test_that_it_is_the_first_page_and_an_empty_store_is_told_how_to_begin(
    window: MainWindow,
) -> None:
    assert FIRST_PAGE == "overview"
    page = entered(window)
    assert page.isVisible()
    assert page.beginning.isVisible()
    assert not page.figures.isVisible()
    heard = Heard()
    page.import_asked.disconnect()
    page.import_asked.connect(heard.listen)
    click(page, "first_import")
    assert len(heard.said) == 1


def test_that_key_figures_are_those_counted_alone(window: MainWindow, store: Store) -> None:
    fill(store)
    window.desk.changes.tell(PLEDGES)
    page = entered(window, Period.year(2019))
    everything = select(
        store,
        Filter(
            kinds=(Kind.PATENT, Kind.TRADEMARK),
            start=date(2019, 1, 1),
            end=date(2019, 12, 31),
            counted_only=True,
        ),
        make.TODAY,
    )
    registrations = card(page, "all_registrations").accessibleName()
    assert registrations == f"登记件数 {len(everything)} 件"
    amount = card(page, "all_secured_amount").accessibleName()
    assert amount == f"担保债权额 * {wan(everything.secured_amount_fen)} 万元"
    # A year earlier: two patents of known amounts, no trademark.
    assert card(page, "trademark_registrations").accessibleDescription() == "—"
    assert "▲" in card(page, "patent_registrations").accessibleDescription()


@pytest.mark.parametrize(("area", "place"), [(make.HUZHOU, "湖州市"), (make.DEQING, "德清县")])
def test_that_the_figures_are_those_of_the_area_of_the_bureau(
    window: MainWindow, store: Store, area: str, place: str
) -> None:
    fill(store)
    write_facts(store, Facts(area=area))
    page = entered(window, Period.year(2019))
    page.registrations_asked.disconnect()
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    assert card(page, "patent_registrations").accessibleName() == "登记件数 2 件"
    assert "* 88.00" in card(page, "all_secured_amount").accessibleName()
    QTest.mouseClick(card(page, "patent_registrations"), Qt.MouseButton.LeftButton)
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert len(select(store, wanted, make.TODAY)) == 2
    assert str(title).startswith(place)
    assert page._told is not None
    months = page._told.charted.lines[0].points
    assert sum(point.value or 0 for point in months) == 88 * WAN
    assert {point.area for point in months} == {area}


def test_that_a_county_of_another_day_has_no_figures(window: MainWindow, store: Store) -> None:
    fill(store)
    write_facts(store, Facts(area="330113"))  # 临平区, since 2021
    page = entered(window, Period.year(2019))
    shown = card(page, "patent_registrations")
    assert shown.accessibleName() == "登记件数 — "
    assert shown.toolTip() == "2019年没有临平区这个县（市、区）。"


def test_that_each_key_figure_opens_its_registrations(window: MainWindow, store: Store) -> None:
    fill(store)
    page = entered(window, Period.year(2019))
    page.registrations_asked.disconnect()
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    for register, count in (("patent", 7), ("trademark", 1), ("all", 8)):
        for key in KEYS:
            QTest.mouseClick(card(page, f"{register}_{key}"), Qt.MouseButton.LeftButton)
            wanted, title = heard.last
            assert isinstance(wanted, Filter)
            assert "2019年" in str(title)
            if key == "registrations":
                assert len(select(store, wanted, make.TODAY)) == count
    assert len(heard.said) == 3 * len(KEYS)


def test_that_counts_are_those_of_the_to_do_page_and_open_it(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    page = entered(window)
    qtbot.waitUntil(lambda: not page._later.isActive())
    assert window.desk.jobs.wait_idle()
    found = findings(store, window.desk.today())
    assert found[FindingKind.AMOUNT_MISSING]
    row = page.due.findChild(LinkRow, f"link_{FindingKind.AMOUNT_MISSING}")
    assert row is not None
    assert row.accessibleName() == f"金额待补 {len(found[FindingKind.AMOUNT_MISSING])}"
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    to_do = window.page("to_do")
    assert isinstance(to_do, ToDoPage)
    assert window.desk.jobs.wait_idle()
    assert to_do.isVisible()
    assert to_do.card.title.text() == FindingKind.AMOUNT_MISSING.label


def test_that_the_trend_opens_the_months_registrations(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    page = entered(window, Period.year(2019))
    page.registrations_asked.disconnect()
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    trend = page.trend
    assert trend is not None
    qtbot.waitUntil(lambda: trend.places is not None, timeout=60_000)
    trend.opened.emit(7, "0")  # August
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert "2019年8月" in str(title)
    [august] = select(store, wanted, make.TODAY).ids
    assert august == 3  # the third of the store's registrations
