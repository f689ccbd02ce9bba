"""图表: one city, its counties, and the choice that is remembered over restarts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.facts import read_facts, write_facts
from ipfinance.db.ledger import Filter
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.charts import ChartsPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.period_picker import PeriodPicker
from tests import make
from tests.ui.charts.hands import choose, in_sight, settle, view
from tests.ui.figures_data import Heard, fill, found


@pytest.mark.parametrize("kind", ["", *ChartKind])
def test_that_each_chart_can_be_of_one_city(
    page: ChartsPage, store: Store, qtbot: QtBot, kind: str
) -> None:
    choose(page, "chart_area", make.HANGZHOU)
    choose(page, "chart_kind", kind)
    settle(page, qtbot)
    assert page.answer is not None
    charted = page.answer.charted
    if kind == ChartKind.DUE:  # none has a term
        assert not view(page).isVisible()
        return
    assert "杭州市" in view(page).accessibleName()
    assert page._spec is not None
    assert "杭州市" in page._spec.title
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    if charted is None:
        assert page.table is not None
        [index] = [at for at, row in enumerate(page.table.rows) if row.code == make.BINJIANG]
        key, best = "secured_amount", 3996 * WAN
    else:
        points = [point for line in charted.lines for point in line.points]
        place = max(range(len(points)), key=lambda at: points[at].shown or 0)
        row, index = divmod(place, len(charted.lines[0].points))
        key, best = str(row), int(points[place].value or 0)
        if charted.kind is ChartKind.COUNTIES:
            index, key = place, "0"
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=in_sight(page, index, key))
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert found(store, wanted)[1] == best > 0
    assert str(title).startswith("杭州市")


def test_that_the_figure_of_a_city_is_exported_as_a_workbook(
    page: ChartsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(page, "chart_area", make.HANGZHOU)
    settle(page, qtbot)
    asked: list[str] = []

    def save_file(_title: str, name: str, _filters: object) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(page.desk.talk, "save_file", save_file)
    action = page.findChild(QAction, "export.xlsx")
    assert isinstance(action, QAction)
    action.trigger()
    qtbot.waitUntil(lambda: not page.desk.jobs.busy, timeout=60_000)
    assert asked == ["2019年杭州市各县（市、区）专利权质押登记情况.xlsx"]
    assert (tmp_path / asked[0]).read_bytes().startswith(b"PK")


def test_that_a_county_is_not_asked_how_many_counties_it_covers(page: ChartsPage) -> None:
    choose(page, "chart_kind", ChartKind.RANKING.value)
    indicator = page.findChild(ComboBox, "chart_indicator")
    assert indicator is not None
    offered = {indicator.itemData(at) for at in range(indicator.count())}
    choose(page, "chart_area", make.HANGZHOU)
    left = {indicator.itemData(at) for at in range(indicator.count())}
    assert offered - left == {"county_coverage"}


def test_that_what_was_chosen_is_there_again_after_a_restart(
    page: ChartsPage, desk: Desk, qtbot: QtBot
) -> None:
    assert page.kind.set_value("trademark")
    page.kind.activated.emit(page.kind.currentIndex())
    choose(page, "chart_area", make.NINGBO)
    choose(page, "chart_kind", ChartKind.COMPARED.value)
    choose(page, "chart_indicator", "registrations")
    other = page.findChild(PeriodPicker, "chart_other")
    assert other is not None
    other.set_period(parse_period("2018H1"))
    other.period_changed.emit(other.period())
    page.show_period(parse_period("2019H1"))
    settle(page, qtbot)
    again = ChartsPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.refresh()
    settle(again, qtbot)
    assert page.answer is not None
    assert again.answer is not None
    assert again.answer.charted == page.answer.charted
    assert view(again).accessibleName() == view(page).accessibleName()
    assert (
        "2019年上半年与2018年上半年宁波市各县（市、区）商标专用权" in view(again).accessibleName()
    )


def test_that_a_period_that_nobody_chose_moves_on(desk: Desk, store: Store, qtbot: QtBot) -> None:
    fill(store)
    for year in (2019, 2020):
        page = ChartsPage(desk)
        qtbot.addWidget(page)
        page.show()
        page.refresh()
        settle(page, qtbot)
        choose(page, "chart_kind", ChartKind.RANKING.value)
        settle(page, qtbot)
        assert page.picker.period() == Period.year(year)
        make.stored(store, make.pledge(registered_on=date(2020, 5, 5)))


@pytest.mark.parametrize(
    "kept",
    ["", "no json", "[1]", '{"chart": "pie", "register": "gold", "period": "19", "city": "00"}'],
)
def test_that_a_choice_that_is_not_understood_is_left_out(
    desk: Desk, store: Store, qtbot: QtBot, kept: str
) -> None:
    fill(store)
    QSettings().setValue("charts/choice", kept)
    page = ChartsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle(page, qtbot)
    assert view(page).accessibleName() == "2019年浙江省各市专利权质押登记情况"


def test_that_a_bureau_of_a_city_begins_with_its_city(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    fill(store)
    write_facts(store, replace(read_facts(store), area=make.HUZHOU))
    page = ChartsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle(page, qtbot)
    assert view(page).accessibleName() == "2019年湖州市各县（市、区）专利权质押登记情况"
    choose(page, "chart_area", "")
    settle(page, qtbot)
    again = ChartsPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.refresh()
    settle(again, qtbot)
    assert view(again).accessibleName() == "2019年浙江省各市专利权质押登记情况"
