"""图表: the figure is that of the files; mouse and keyboard find what is behind it."""

import gc
import weakref
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period, parse_period
from ipfinance.reports.figure import city_figure
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Job
from ipfinance.ui.pages.charts import ChartsPage
from ipfinance.ui.theme import Choice, Theme, colour
from ipfinance.ui.widgets.figure_places import Place
from ipfinance.ui.widgets.period_picker import PeriodPicker
from tests import make
from tests.ui.charts.hands import choose, in_sight, lines, middle, settle, tip, view
from tests.ui.figures_data import Heard, child, fill, found

HANGZHOU, NINGBO, HUZHOU = 0, 1, 4  # in code order


def test_that_the_figure_is_the_one_of_the_files(page: ChartsPage, store: Store) -> None:
    made = table(store, Period.year(2019), KindChoice.PATENT, Group.CITY, make.TODAY)
    assert page._spec == city_figure(made, make.TODAY)
    picture = view(page)._picture
    assert picture is not None
    assert picture.spec == page._spec
    assert QSize(picture.width, picture.height) == view(page).size()
    assert picture.pixels != bytes(len(picture.pixels))


def test_that_hovering_tells_all_figures_of_a_city(page: ChartsPage) -> None:
    QTest.mouseMove(view(page), middle(page, HANGZHOU, "secured_amount"))
    assert view(page).place == Place(HANGZHOU, "secured_amount")
    assert tip(page).isVisible()
    for words in (
        "杭州市",
        "担保债权额 3,996.00 万元",
        "登记企业数 1 家",
        "所涉专利数 3 件",
        "登记件数 3 件",
        "担保债权额占比 65.7%",
        "担保债权额同比 ▲ 299.6%",
        "担保债权额排名 1",
    ):
        assert words in tip(page).words.split("\n")
    QTest.mouseMove(view(page), QPoint(3, 3))
    assert view(page).place is None
    assert not tip(page).isVisible()


def test_that_the_tip_stays_within_the_figure(page: ChartsPage) -> None:
    for index in range(11):
        QTest.mouseMove(view(page), middle(page, index, "enterprises"))
        assert view(page).rect().contains(tip(page).geometry())


@pytest.mark.parametrize(
    ("key", "behind"),
    [
        ("secured_amount", (3, 3996 * WAN)),
        ("rights", (3, 3996 * WAN)),
        # With the joint one of a firm in 杭州 that counts in 宁波, where the first pledgor is.
        ("enterprises", (4, 5996 * WAN + 1)),
    ],
)
def test_that_a_click_opens_what_is_behind_a_bar_or_point(
    page: ChartsPage, store: Store, key: str, behind: tuple[int, int]
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=middle(page, HANGZHOU, key))
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert found(store, wanted) == behind
    assert str(title).startswith("杭州市 2019年 专利权 ")


def test_that_the_rest_of_a_column_stands_for_its_bar(page: ChartsPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    places = view(page).places
    assert places is not None
    column = places.column(Place(HUZHOU, "secured_amount"))
    below = QPoint(int(column.center().x()), int(column.bottom()) - 4)
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=below)
    assert str(heard.last[1]).startswith("湖州市 2019年 专利权 担保债权额")
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseClick(view(page), Qt.MouseButton.RightButton, pos=below)
    assert len(heard.said) == 1


def test_that_the_figure_is_walked_and_opened_by_keys(page: ChartsPage) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    figure = view(page)
    figure.setFocus(Qt.FocusReason.TabFocusReason)
    for key, place in (
        (Qt.Key.Key_Home, Place(0, "secured_amount")),
        (Qt.Key.Key_Left, Place(0, "secured_amount")),
        (Qt.Key.Key_Right, Place(1, "secured_amount")),
        (Qt.Key.Key_Up, Place(1, "enterprises")),
        (Qt.Key.Key_Up, Place(1, "rights")),
        (Qt.Key.Key_Up, Place(1, "rights")),
        (Qt.Key.Key_End, Place(10, "rights")),
        (Qt.Key.Key_Right, Place(10, "rights")),
        (Qt.Key.Key_Home, Place(0, "rights")),
        (Qt.Key.Key_Down, Place(0, "enterprises")),
    ):
        QTest.keyClick(figure, key)
        assert figure.place == place
    assert "杭州市，担保债权额 3,996.00 万元" in figure.accessibleName()
    QTest.keyClick(figure, Qt.Key.Key_Return)
    assert heard.last[1] == "杭州市 2019年 专利权 登记企业数 1 家"
    QTest.keyClick(figure, Qt.Key.Key_Escape)
    assert figure.place is None


def test_that_those_who_cannot_see_it_are_told_every_number(page: ChartsPage) -> None:
    assert view(page).accessibleName() == "2019年浙江省各市专利权质押登记情况"
    told = view(page).accessibleDescription()
    assert "宁波市，担保债权额 2,000.00 万元，登记企业数 1 家，所涉专利数 1 件" in told
    assert "丽水市，担保债权额 0.00 万元" in told


def test_that_another_register_is_another_figure(page: ChartsPage, qtbot: QtBot) -> None:
    assert page.kind.set_value("trademark")
    page.kind.activated.emit(page.kind.currentIndex())
    settle(page, qtbot)
    assert "商标专用权" in view(page).accessibleName()
    QTest.mouseMove(view(page), middle(page, NINGBO, "rights"))
    assert "所涉商标数 1 件" in tip(page).words


def test_that_a_change_of_size_draws_once_when_it_is_over(
    page: ChartsPage, desk: Desk, qtbot: QtBot
) -> None:
    drawn: list[Job] = []
    desk.jobs.started.connect(drawn.append)
    for width in range(1100, 1130, 5):
        page.resize(width, 700)
    assert not drawn
    settle(page, qtbot)
    assert len(drawn) == 1
    picture = view(page)._picture
    assert picture is not None
    assert QSize(picture.width, picture.height) == view(page).size()


def test_that_the_dark_theme_has_a_dark_figure(
    page: ChartsPage, theme: Theme, qtbot: QtBot
) -> None:
    theme.choose(Choice.DARK)
    try:
        settle(page, qtbot)
        image = view(page).grab().toImage()
        assert image.pixelColor(4, 4) == colour("card")
    finally:
        theme.choose(Choice.LIGHT)


def test_that_nothing_is_drawn_any_more_once_the_window_goes(
    page: ChartsPage, qtbot: QtBot
) -> None:
    figure = view(page)
    assert page.desk.jobs.shutdown()
    figure.resize(figure.width() - 40, figure.height())
    qtbot.wait(200)  # longer than the pause after the last change of size
    assert not page.desk.jobs.busy


def test_that_the_picture_is_copied_at_print_size(page: ChartsPage, qtbot: QtBot) -> None:
    copy = child(page, "copy")
    assert isinstance(copy, QPushButton)
    copy.click()
    qtbot.waitUntil(lambda: not page.desk.jobs.busy, timeout=60_000)
    image = QGuiApplication.clipboard().image()
    assert round(image.width() / image.dotsPerMeterX() * 1000) == 180
    assert image.pixelColor(1, 1).name() == "#ffffff"
    assert "已复制" in page.banner.text


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF"), (".xlsx", b"PK")],
)
def test_that_the_figure_is_written_in_every_format(
    page: ChartsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    begins: bytes,
    qtbot: QtBot,
) -> None:
    target = tmp_path / f"图{suffix}"
    monkeypatch.setattr(page.desk.talk, "save_file", lambda *_: target)
    action = page.findChild(QAction, f"export{suffix}")
    assert isinstance(action, QAction)
    action.trigger()
    qtbot.waitUntil(lambda: not page.desk.jobs.busy, timeout=60_000)
    assert target.read_bytes().startswith(begins)
    assert f"已导出「{target.name}」" in page.banner.text


def test_that_an_empty_period_says_so(page: ChartsPage, qtbot: QtBot) -> None:
    page.show_period(parse_period("2016"))
    settle(page, qtbot)
    assert child(page, "elsewhere").isVisible()
    assert not view(page).isVisible()
    assert not child(page, "copy").isEnabled()
    assert not child(page, "export").isEnabled()
    page.show_period(Period.year(2019))
    settle(page, qtbot)
    assert view(page).isVisible()
    assert child(page, "export").isEnabled()


def test_that_an_older_figure_in_sight_opens_nothing_wrong(
    page: ChartsPage, store: Store, qtbot: QtBot
) -> None:
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    place = middle(page, HANGZHOU, "secured_amount")
    other = table(store, Period.year(2018), KindChoice.PATENT, Group.CITY, make.TODAY)
    view(page).set_figure(city_figure(other, date(2026, 1, 1)))
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=place)
    assert not heard.said
    qtbot.waitUntil(lambda: not page.desk.jobs.busy, timeout=60_000)


@pytest.mark.parametrize("kind", ChartKind, ids=lambda kind: kind.value)
def test_that_each_mark_of_a_chart_opens_what_it_counts(
    page: ChartsPage, store: Store, qtbot: QtBot, kind: ChartKind
) -> None:
    choose(page, "chart_kind", kind.value)
    settle(page, qtbot)
    heard = Heard()
    page.registrations_asked.connect(heard.listen)
    assert page.answer is not None
    charted = page.answer.charted
    assert charted is not None
    assert charted.kind is kind
    if kind is ChartKind.DUE:
        assert charted.is_empty
        return
    points = [point for line in charted.lines for point in line.points]
    best = max(points, key=lambda point: point.shown or 0)
    keys = [
        (index, "0" if kind is ChartKind.COUNTIES else str(number))
        for number, line in enumerate(charted.lines)
        for index, point in enumerate(line.points)
        if point is best
    ]
    [(index, key)] = keys
    if kind is ChartKind.COUNTIES:
        index = points.index(best)
    QTest.mouseClick(view(page), Qt.MouseButton.LeftButton, pos=in_sight(page, index, key))
    wanted, title = heard.last
    assert isinstance(wanted, Filter)
    assert found(store, wanted)[1] == best.value
    assert best.period.label in str(title)


def test_that_a_chart_that_looks_ahead_says_its_own_period(page: ChartsPage, qtbot: QtBot) -> None:
    chosen = page.picker.period()
    choose(page, "chart_kind", ChartKind.DUE.value)
    settle(page, qtbot)
    assert page.answer is not None
    charted = page.answer.charted
    assert charted is not None
    field = page.picker.findChild(QLineEdit, "period")
    assert field is not None
    assert field.text() == charted.period.label != chosen.label
    choose(page, "chart_kind", "")
    settle(page, qtbot)
    assert field.text() == chosen.label
    assert page.picker.period() == chosen


def test_that_two_periods_of_ones_choice_are_compared(page: ChartsPage, qtbot: QtBot) -> None:
    choose(page, "chart_kind", ChartKind.COMPARED.value)
    settle(page, qtbot)
    other = page.findChild(PeriodPicker, "chart_other")
    assert other is not None
    assert other.isVisible()
    assert other.period() == Period.year(2018)
    other.set_period(parse_period("2019H1"))
    other.period_changed.emit(other.period())
    settle(page, qtbot)
    assert lines(page) == ["2019年", "2019年上半年"]
    choose(page, "chart_kind", "")
    settle(page, qtbot)
    assert not lines(page)
    assert not other.isVisible()


def test_that_the_page_is_freed(desk: Desk, store: Store, qtbot: QtBot) -> None:
    fill(store)
    page = ChartsPage(desk)
    page.show()
    page.refresh()
    settle(page, qtbot)
    QTest.mouseMove(view(page), QPoint(200, 200))
    gone = weakref.ref(page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
    del page
    gc.collect()
    assert gone() is None
