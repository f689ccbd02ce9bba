"""The page of enterprises: searched, sorted, added up; each opens its registrations."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db import reach
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.ledger_memory import LedgerMemory
from ipfinance.domain.money import WAN
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.enterprises import EnterprisesPage
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import refreshed_by_changes


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, store: Store) -> EnterprisesPage:
    other = make.pledgor("台州丙缝纫设备有限公司", city=make.NINGBO, county=make.HAISHU)
    make.stored(
        store,
        make.pledge(pledgors=(make.pledgor(), other)),
        make.pledge(registered_on=date(2020, 1, 1), secured_amount_fen=None),
        make.pledge(pledgors=(other,), secured_amount_fen=700 * WAN),
    )
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> EnterprisesPage:
    made = EnterprisesPage(desk)
    qtbot.addWidget(made)
    refreshed_by_changes(desk, made)
    made.resize(1180, 740)
    made.show()
    made.refresh()
    return made


def names(page: EnterprisesPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def footer(page: EnterprisesPage) -> str:
    return " ".join(one.text() for one in page.card.footer.findChildren(QLabel))


def test_that_the_largest_stands_first_and_the_total_counts_a_joint_pledge_once(
    page: EnterprisesPage,
) -> None:
    assert names(page) == ["台州丙缝纫设备有限公司", "示例甲精密机械有限公司"]
    assert "共 2 家" in footer(page)
    assert "登记 3 件（1 件金额待补），担保债权额合计" in footer(page)
    assert "1,200.00 万元" in footer(page)


def test_that_a_click_on_a_header_sorts(page: EnterprisesPage) -> None:
    header = page.table.header
    at = page.model.column_of("last_on")
    place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page)[0] == "台州丙缝纫设备有限公司"
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page)[0] == "示例甲精密机械有限公司"


def test_that_typing_initials_finds_it_and_nothing_found_can_be_cleared(
    qtbot: QtBot, page: EnterprisesPage
) -> None:
    QTest.keyClicks(page.search, "tzb")
    qtbot.waitUntil(lambda: names(page) == ["台州丙缝纫设备有限公司"])
    QTest.keyClicks(page.search, "zz")
    qtbot.waitUntil(lambda: names(page) == [])
    assert not page.table.isVisible()
    click(page, "enterprise_clear")
    assert len(names(page)) == 2
    assert page.table.isVisible()


def test_that_a_double_click_and_enter_ask_for_its_registrations(page: EnterprisesPage) -> None:
    spy = QSignalSpy(page.registrations_asked)
    rect = page.table.visualRect(page.model.index(1, 0))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    number = page.model.ids[1]
    for at in range(2):
        assert spy.at(at) == [Filter(enterprise=number), "示例甲精密机械有限公司 的登记"]


def test_that_a_write_elsewhere_leaves_place_and_choice(
    page: EnterprisesPage, store: Store, desk: Desk
) -> None:
    page.table.selectRow(1)
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例丁有限公司"),)))
    desk.changes.tell(PLEDGES)
    assert len(names(page)) == 3
    chosen = page.table.chosen_rows()
    assert [names(page)[row] for row in chosen] == ["示例甲精密机械有限公司"]


def test_that_an_empty_store_offers_the_import(qtbot: QtBot, desk: Desk, store: Store) -> None:
    page = shown(qtbot, desk)
    assert page.card.isHidden()
    spy = QSignalSpy(page.import_asked)
    click(page, "enterprise_import")
    page.tabs.setCurrentIndex(1)
    click(page, "pledgee_import")
    assert spy.count() == 2


def test_that_a_long_store_answers_later(
    page: EnterprisesPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LONG", 0)
    page.model.show("没有")
    page.model.show("示例")
    assert len(names(page)) == 2
    assert desk.jobs.wait_idle()
    assert names(page) == ["示例甲精密机械有限公司"]


def test_that_a_search_for_pledgees_that_finds_none_can_be_cleared(
    qtbot: QtBot, page: EnterprisesPage
) -> None:
    tab = page.pledgees
    page.tabs.setCurrentIndex(1)
    assert len(tab.model.rows) == 1
    QTest.keyClicks(tab.search, "zzzz")
    qtbot.waitUntil(lambda: not tab.model.rows)
    said = {one.text() for one in tab.card.findChildren(QLabel) if one.isVisible()}
    assert "没有符合条件的质权人" in said
    bring = tab.findChild(QPushButton, "pledgee_import")
    assert bring is not None
    assert bring.isHidden()
    click(page, "pledgee_clear")
    assert len(tab.model.rows) == 1
    assert tab.table.isVisible()


def test_that_what_is_typed_while_pledgees_are_looked_for_is_looked_for_after(
    qtbot: QtBot, page: EnterprisesPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = page.pledgees
    page.tabs.setCurrentIndex(1)
    name = tab.model.rows[0].name
    monkeypatch.setattr(reach, "LONG", 0)
    tab.refresh()
    assert desk.jobs.wait_idle()
    tab.search.setText("没有")
    tab.refresh()
    tab.search.setText(name)  # and the answer comes before the pause after it
    assert desk.jobs.wait_idle()
    qtbot.waitUntil(lambda: [row.name for row in tab.model.rows] == [name])


def test_that_a_long_list_is_read_into_memory_first_and_follows_what_is_written(
    qtbot: QtBot, page: EnterprisesPage, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LONG", 0)
    later = shown(qtbot, desk)
    assert "正在读取名录…" in footer(later)
    assert desk.jobs.wait_idle()
    assert desk.ledger.memory is not None
    assert desk.ledger.memory.is_whole
    assert names(later) == names(page)
    assert "共 2 家" in footer(later)
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例丁有限公司"),)))
    later.model.show("丁")
    later.tabs.setCurrentIndex(1)
    below = later.pledgees.card.footer.findChildren(QLabel)
    assert [one.text() for one in below if one.text()] == ["正在读取名录…"]
    assert desk.jobs.wait_idle()
    assert names(later) == ["示例丁有限公司"]
    assert [row.registrations for row in later.pledgees.model.rows] == [4]


def test_that_a_ledger_that_cannot_be_read_leaves_the_answer_to_the_store(
    qtbot: QtBot, page: EnterprisesPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LONG", 0)
    monkeypatch.setattr(LedgerMemory, "read_next", _fail)
    later = shown(qtbot, desk)
    assert desk.jobs.wait_idle()
    assert names(later) == names(page)


def _fail(*_: object) -> None:
    raise MemoryError
