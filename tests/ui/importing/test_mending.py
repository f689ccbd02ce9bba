"""Rejected rows of an import are mended in place, or nothing is written."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.intake.comparing import Status
from ipfinance.ui.desk import Desk
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.importing.hands import (
    Opener,
    choose,
    counts,
    editor,
    in_store,
    is_shown,
    mend,
    number,
    words_of,
)


def test_that_a_rejected_row_is_mended_in_place_and_imported(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    assert words_of(dialog, "do_import") == "导入 2 笔"
    assert editor(dialog, "registered_on").text() == "2019-02-30"
    assert "2019-02-30" in editor(dialog, "registered_on").accessibleDescription()
    mend(dialog, desk, "registered_on", "2019-02-28")
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}
    assert words_of(dialog, "do_import") == "导入 3 笔"
    row = dialog.preview.entry.row  # the next that needs a hand
    assert row is not None
    assert row.where == "第 5 行"
    assert editor(dialog, "city").text() == "杭洲市"
    assert editor(dialog, "secured_amount").text() == "五百"
    editor(dialog, "city").setText("杭州市")
    mend(dialog, desk, "secured_amount", "500")
    assert counts(dialog) == {Status.NEW: 4}
    assert not is_shown(dialog, "export_rejects")
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 4
    assert in_store(store, "Y2019980000004") is not None
    assert number(dialog, "rejected") == "0"


def test_that_what_is_still_wrong_stays_with_its_sentence(
    desk: Desk, opened: Opener, faulty: Path
) -> None:
    dialog = opened(faulty)
    mend(dialog, desk, "registered_on", "2019-13-01")
    assert counts(dialog)[Status.REJECTED] == 2
    row = dialog.preview.entry.row
    assert row is not None
    assert row.where == "第 3 行"
    assert "2019-13-01" in editor(dialog, "registered_on").accessibleDescription()


def test_that_checking_without_a_change_says_so(desk: Desk, opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    click(dialog, "mend_check")
    assert not desk.jobs.busy
    labels = [label.text() for label in dialog.preview.entry.mending.findChildren(QLabel)]
    assert "还没有改动" in labels


def test_that_any_other_field_can_be_mended_too(desk: Desk, opened: Opener, faulty: Path) -> None:
    dialog = opened(faulty)
    choose(dialog, Status.NEW)
    click(dialog, "mend_this")
    menu = dialog.preview.entry.mending._more.menu()
    menu.aboutToShow.emit()
    action = next(one for one in menu.actions() if one.text() == "备注")
    action.trigger()
    mend(dialog, desk, "note", "abc")
    row = dialog.preview.entry.row
    assert row is not None
    assert row.entry.after is not None
    assert row.entry.after.note == "abc"
    assert "（已改）" in dialog.preview.entry.details.toPlainText()


def test_that_enter_in_the_table_goes_to_the_faulty_cell(
    qtbot: QtBot, opened: Opener, faulty: Path
) -> None:
    dialog = opened(faulty)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    table = dialog.preview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert editor(dialog, "city").hasFocus()
    assert dialog.isVisible()


def test_that_typed_text_is_not_forgotten_by_importing(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    editor(dialog, "registered_on").setText("2019-02-28")
    click(dialog, "do_import")
    assert not desk.jobs.busy
    assert count(store) == 0
    assert "重新检查" in dialog.preview.banner.text


def test_that_typed_text_is_not_forgotten_by_looking_at_another_row(
    desk: Desk, opened: Opener, store: Store, faulty: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    editor(dialog, "registered_on").setText("2019-02-28")
    dialog.preview.table.selectRow(1)
    assert editor(dialog, "city").text() == "杭洲市"
    click(dialog, "do_import")  # goes back to what was not read again
    assert not desk.jobs.busy
    assert count(store) == 0
    assert editor(dialog, "registered_on").text() == "2019-02-28"
    talk.answer = False
    click(dialog, "cancel")
    assert talk.said == ["放弃还没有重新检查的改动？"]
    assert dialog.isVisible()
    click(dialog, "mend_check")
    assert desk.jobs.wait_idle()
    assert counts(dialog) == {Status.NEW: 3, Status.REJECTED: 1}
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 3


def test_that_all_or_nothing_writes_nothing_while_a_row_is_wrong(
    desk: Desk, opened: Opener, store: Store, faulty: Path
) -> None:
    dialog = opened(faulty)
    choice = dialog.findChild(QRadioButton, "all_or_nothing")
    assert isinstance(choice, QRadioButton)
    QTest.mouseClick(
        choice, Qt.MouseButton.LeftButton, pos=choice.rect().center() - choice.rect().center() / 2
    )
    choice.setChecked(True)
    choose(dialog, Status.NEW)
    click(dialog, "do_import")
    assert not desk.jobs.busy
    assert count(store) == 0
    assert "还有 2 笔退回" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("rejected")
    assert dialog.preview.cards.status is Status.REJECTED
    dialog.preview.banner.linkActivated.emit("good_only")
    assert not choice.isChecked()
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert count(store) == 2
