"""Drafts: what was typed and not saved is kept, listed and gone on with."""

from dataclasses import replace
from datetime import date
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db import history, pledges
from ipfinance.db.connection import Store, connect
from ipfinance.db.drafts import drafts
from ipfinance.db.registrar import cancel, register
from ipfinance.domain.money import WAN
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.drafts import DraftsDialog, summary
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.overview import OverviewPage
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.entry.hands import field, go_to
from tests.ui.typing_in import CTRL, Key, chinese, keys, press

KEPT_AS_DRAFT = 2


def test_that_what_is_typed_is_kept_at_a_pause_and_is_no_act(
    page: EntryPage, store: Store, qtbot: QtBot
) -> None:
    go_to(page, "reg_no")
    keys("Y2019")
    qtbot.waitUntil(lambda: len(drafts(store)) == 1)
    go_to(page, "pledgor")
    chinese("示例甲公司")
    qtbot.waitUntil(lambda: "示例甲公司" in summary(drafts(store)[0]))
    assert summary(drafts(store)[0]) == "Y2019　示例甲公司"
    assert history.undoable(store) is None


def test_that_a_draft_is_forgotten_once_it_is_saved_or_given_up(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    press(Key.Key_S, CTRL)  # while the draft is still on its way
    assert desk.jobs.wait_idle()
    assert (pledges.count(store), drafts(store)) == (1, [])
    page.start_new()
    page.form.fill(make.pledge(reg_no="乙"))
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert len(drafts(store)) == 1
    press(Key.Key_Escape)
    assert talk.said == ["表单里的内容还没有保存"]
    assert drafts(store) == []
    # Emptied again by hand: there is nothing to keep.
    page.start_new()
    page.form.fill(make.pledge(reg_no="丙"))
    page.drafts.keep_soon()
    page.form.blank()
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert drafts(store) == []


@pytest.mark.parametrize("typed_on", [False, True])
def test_that_a_draft_kept_on_leaving_does_not_wait_for_a_long_job(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk, typed_on: bool
) -> None:
    talk.chosen = KEPT_AS_DRAFT
    long_job = Event()
    desk.jobs.run(lambda _: long_job.wait(60))
    go_to(page, "reg_no")
    keys("Y2019")
    page.drafts.keep_soon()  # behind the long job
    if typed_on:
        keys("33")
    said = "Y201933" if typed_on else "Y2019"
    assert page.may_leave()
    assert [summary(one) for one in drafts(store)] == [said]
    long_job.set()
    assert desk.jobs.wait_idle()
    assert [summary(one) for one in drafts(store)] == [said]  # nothing older came after it
    assert talk.said == ["表单里的内容还没有保存"]
    page.form.blank()


def test_that_several_drafts_are_listed_and_gone_on_with(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk, qtbot: QtBot
) -> None:
    number = register(store, make.pledge(reg_no="旧"))
    talk.chosen = KEPT_AS_DRAFT
    rights = (make.right(), make.right())
    new = make.pledge(reg_no="新", secured_amount_fen=700 * WAN, rights=rights)
    page.form.fill(new)
    page.edit(number)
    assert page.number == number
    field(page, "secured_amount").setText("900")
    page.start_new()
    assert not page.has_unsaved
    found = page.findChild(QPushButton, "drafts")
    assert found is not None
    assert found.text() == "草稿 2"
    assert "有 2 份没有保存完的草稿" in page.banner.accessibleName()

    def listed() -> DraftsDialog:
        page.banner.linkActivated.emit("drafts")
        made = page.window().findChild(DraftsDialog)
        assert made is not None
        return made

    dialog = listed()
    kinds = [(summary(one), one.pledge) for one in dialog.model.rows]
    same = "示例甲精密机械有限公司　2019-03-05"
    assert set(kinds) == {(f"新　{same}", None), (f"旧　{same}", number)}
    at = [one.pledge for one in dialog.model.rows].index(None)
    dialog.table.selectRow(at)
    click(dialog, "go_on")
    assert field(page, "reg_no").text() == "新"
    press(Key.Key_S, CTRL)
    stored = pledges.find(store, [page.number or 0])[0]
    assert replace(stored, id=None, uid="") == new
    assert found.text() == "草稿 1"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)

    dialog = listed()
    QTest.keyClick(dialog.table, Key.Key_Return)
    assert page.number == number
    press(Key.Key_S, CTRL)
    assert pledges.get(store, number).secured_amount_fen == 900 * WAN
    assert drafts(store) == []
    assert found.isHidden()


def test_that_a_draft_does_not_take_back_what_was_recorded_since(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    number = register(store, make.pledge())
    talk.chosen = KEPT_AS_DRAFT
    page.edit(number)
    field(page, "secured_amount").setText("900")
    page.start_new()
    cancel(store, [number], date(2026, 1, 1))
    [draft] = drafts(store)
    page.open_draft(draft)
    press(Key.Key_S, CTRL)
    stored = pledges.get(store, number)
    assert (stored.secured_amount_fen, stored.cancelled_on) == (900 * WAN, date(2026, 1, 1))


def test_that_a_draft_of_a_cancellation_stays_one(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    number = register(store, make.pledge())
    talk.chosen = KEPT_AS_DRAFT
    page.edit(number)
    field(page, "cancelled_on").setText("2026-02-02")
    page.start_new()
    page.open_draft(drafts(store)[0])
    press(Key.Key_S, CTRL)
    assert pledges.get(store, number).cancelled_on == date(2026, 2, 2)


def test_that_what_cannot_be_kept_stays_in_the_form(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    talk.chosen = KEPT_AS_DRAFT
    page.form.fill(make.pledge(reg_no="甲"))
    store.connection.execute("PRAGMA busy_timeout = 50")
    other = connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    page.start_new()
    other.execute("ROLLBACK")
    other.close()
    assert "正被其他程序占用" in talk.said[-1]
    assert field(page, "reg_no").text() == "甲"
    assert drafts(store) == []


def test_that_giving_up_drafts_asks_with_the_count(
    page: EntryPage, store: Store, desk: Desk, talk: AskedTalk
) -> None:
    talk.chosen = KEPT_AS_DRAFT
    for reg_no in "甲乙":
        page.form.fill(make.pledge(reg_no=reg_no))
        page.start_new()
    page.show_drafts()
    dialog = page.window().findChild(DraftsDialog)
    assert dialog is not None
    dialog.table.selectAll()
    talk.answer = False
    click(dialog, "discard")
    assert len(drafts(store)) == 2
    talk.answer = True
    click(dialog, "discard")
    assert talk.said[-1] == "丢弃选中的 2 份草稿？"
    assert drafts(store) == []
    assert page.banner.isHidden()


def test_that_the_first_page_offers_what_was_left_when_the_program_ended(
    page: EntryPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    overview = OverviewPage(desk)
    qtbot.addWidget(overview)
    overview.refresh()
    assert "上次有 1 份登记没有保存，草稿还在" in overview.banner.accessibleName()
    asked: list[str] = []
    overview.page_asked.connect(asked.append)
    overview.banner.linkActivated.emit("drafts")
    assert asked == ["entry"]


def test_that_a_draft_that_cannot_be_kept_is_told(
    page: EntryPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    other = connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    page.form.fill(make.pledge(reg_no="甲"))
    page.drafts.keep_soon()
    qtbot.waitUntil(lambda: "草稿没有存下" in page.banner.text, timeout=10_000)
    other.execute("ROLLBACK")
    other.close()
    page.drafts.keep_soon()
    assert desk.jobs.wait_idle()
    assert len(drafts(store)) == 1
