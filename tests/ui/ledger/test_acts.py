"""What is done with chosen rows of the ledger: added up, opened, cancelled, deleted."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.pledges import get
from ipfinance.domain.pledge import Pledge
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.cancel import CancelDialog, Cancellation
from ipfinance.ui.pages.ledger import LedgerPage
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.ledger.hands import act, choose, double_click, footer, numbers, shown


def test_that_the_chosen_rows_are_added_up(page: LedgerPage) -> None:
    table_view = page.card.table
    table_view.selectRow(0)
    assert "已选 1 条，担保债权额 300.00 万元" in footer(page)
    assert "共 7 条、3,400.00 万元" in footer(page)
    table_view.selectAll()
    assert "已选 7 条，担保债权额 3,400.00 万元 其中 1 件金额待补" in footer(page)
    table_view.clearSelection()
    assert "已选" not in footer(page)
    assert "担保债权额合计 3,400.00 万元 另有 1 件金额待补" in footer(page)


def test_that_a_double_click_and_enter_open_the_registration(
    page: LedgerPage, pledges: list[Pledge]
) -> None:
    spy = QSignalSpy(page.life_asked)
    double_click(page, 0)
    QTest.keyClick(page.card.table, Qt.Key.Key_Return)
    assert [spy.at(0), spy.at(1)] == [[pledges[5].id], [pledges[5].id]]
    act(page, "act_open")
    assert spy.count() == 3
    form = QSignalSpy(page.edit_asked)
    QTest.keyClick(page.card.table, Qt.Key.Key_F2)
    assert form.at(0) == [pledges[5].id]


def test_that_the_menu_says_how_many(qtbot: QtBot, page: LedgerPage) -> None:
    page.card.table.selectAll()
    page.card.table.customContextMenuRequested.emit(QPoint(10, 10))
    menu = page.card.table.findChild(QMenu)
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    words = [one.text().split("\t")[0] for one in menu.actions() if one.text()]
    assert words == ["打开", "更正", "注销 7 笔…", "删除 7 笔", "复制", "复制（含表头）"]
    menu.hide()
    act(page, "act_copy_headers")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 8
    assert copied[0].startswith("登记号\t类型\t出质人")


def test_that_deleting_asks_and_can_be_undone(
    page: LedgerPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    before = make.dump(store, leaving_out=("act", "history", "sqlite_sequence"))
    page.card.table.selectRow(0)
    page.card.table.setFocus()
    QTest.keyClick(page.card.table, Qt.Key.Key_Delete)
    assert desk.jobs.wait_idle()
    assert talk.said[0].startswith("删除登记 商质2019")
    assert len(numbers(page)) == 6
    assert page.banner.text == "已删除 1 笔登记，放入回收站。"
    spy = QSignalSpy(page.undo_asked)
    page.banner.linkActivated.emit("undo")
    assert spy.count() == 1
    history.undo(store)
    desk.changes.tell(PLEDGES)
    assert make.dump(store, leaving_out=("act", "history", "sqlite_sequence")) == before
    assert len(numbers(page)) == 7


def test_that_no_keeps_what_was_to_be_deleted(
    page: LedgerPage, desk: Desk, talk: AskedTalk
) -> None:
    talk.answer = False
    page.card.table.selectAll()
    act(page, "act_delete")
    assert talk.said == ["删除选中的 7 笔登记？"]
    assert not desk.jobs.busy
    assert len(numbers(page)) == 7


def test_that_undo_is_not_offered_for_another_act(
    page: LedgerPage, store: Store, desk: Desk
) -> None:
    page.card.table.selectRow(0)
    act(page, "act_delete")
    assert desk.jobs.wait_idle()
    assert not page.banner.isHidden()
    make.stored(store, make.pledge())
    desk.changes.tell(PLEDGES)
    assert page.banner.isHidden()


def test_that_leaving_the_page_takes_the_offer_away(page: LedgerPage, desk: Desk) -> None:
    page.card.table.selectRow(0)
    act(page, "act_delete")
    assert desk.jobs.wait_idle()
    page.hide()
    assert page.banner.isHidden()


def test_that_many_are_cancelled_in_one_act(
    page: LedgerPage,
    store: Store,
    desk: Desk,
    pledges: list[Pledge],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def answer(chosen: list[Pledge], *_: object) -> Cancellation:
        asked.append(len(chosen))
        numbers = tuple(pledge.id for pledge in chosen if pledge.id is not None)
        return Cancellation(numbers, date(2026, 11, 1), "清偿")

    monkeypatch.setattr(CancelDialog, "ask", answer)
    page.card.table.selectAll()
    act(page, "act_cancel")
    assert desk.jobs.wait_idle()
    assert asked == [7]
    assert page.banner.text == "已注销 6 笔登记。"  # one had been refused
    assert pledges[0].id is not None
    ending = get(store, pledges[0].id).ending
    assert ending is not None
    assert (ending.happened_on, ending.note) == (date(2026, 11, 1), "清偿")
    done = history.undoable(store)
    assert done is not None
    assert done.words.endswith("等 6 笔")
    choose(page, "state", "已注销")
    assert len(numbers(page)) == 6


def test_that_what_has_ended_is_not_cancelled_again(
    page: LedgerPage, desk: Desk, talk: AskedTalk
) -> None:
    choose(page, "state", "不予登记")
    page.card.table.selectAll()
    act(page, "act_cancel")
    assert talk.said == ["选中的登记都已经结束"]
    assert not desk.jobs.busy


def test_that_a_write_elsewhere_leaves_place_and_choice(
    page: LedgerPage, store: Store, desk: Desk, pledges: list[Pledge]
) -> None:
    page.card.table.selectRow(2)
    chosen = page.card.chosen_numbers()
    make.stored(store, make.pledge(registered_on=date(2020, 1, 1)))
    desk.changes.tell(PLEDGES)
    assert page.card.chosen_numbers() == chosen
    assert page.card.table.currentIndex().row() == 3
    assert "已选 1 条" in footer(page)


def test_that_an_empty_store_says_how_to_begin(qtbot: QtBot, desk: Desk, store: Store) -> None:
    page = shown(qtbot, desk)
    assert page.card.isHidden()
    assert page.figures.isHidden()
    assert not page.beginning.isHidden()
    for name, signal in (
        ("ledger_demo", page.demo_asked),
        ("ledger_first_import", page.import_asked),
        ("ledger_first", page.new_asked),
    ):
        spy = QSignalSpy(signal)
        click(page, name)
        assert spy.count() == 1
    make.stored(store, make.pledge())
    page.refresh()
    assert page.beginning.isHidden()
    assert len(numbers(page)) == 1


def test_that_the_buttons_of_the_head_ask_for_what_they_say(page: LedgerPage) -> None:
    for name, signal in (("ledger_import", page.import_asked), ("ledger_new", page.new_asked)):
        spy = QSignalSpy(signal)
        click(page, name)
        assert spy.count() == 1
