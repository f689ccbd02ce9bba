"""Rows of the preview whose 登记号 another registration bears: taken in by one click or key with
the number in doubt, given back, and what the clerk finds of them afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.history import undo
from ipfinance.db.pledges import count, find
from ipfinance.intake.comparing import Status
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.batches import BatchesDialog
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.dialogs.import_preview import GIVE_ALL_BACK, TAKE_ALL_IN
from ipfinance.ui.models.findings_model import FindingRow
from ipfinance.ui.models.import_model import IN_DOUBT
from ipfinance.ui.pages.to_do import ToDoPage
from ipfinance.ui.roles import Role
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.importing.hands import Opener, choose, is_shown, number, shown, words_of

NUMBER = "Y2019980000001"


@pytest.fixture
def dialog(opened: Opener, tmp_path: Path) -> ImportDialog:
    """Two new ones, two with the number of the first, and one that is rejected for its day."""
    rows = [
        *(ledgers.row(1), ledgers.row(2), ledgers.row(3, reg_no=NUMBER)),
        *(ledgers.row(4, reg_no=NUMBER), ledgers.row(5, registered_on="2019-02-30")),
    ]
    return opened(ledgers.write(tmp_path / "台账.xlsx", rows))


def press(dialog: QWidget, name: str, desk: Desk) -> None:
    click(dialog, name)
    assert desk.jobs.wait_idle()


def follow(dialog: ImportDialog, link: str, desk: Desk) -> None:
    assert f'href="{link}"' in dialog.preview.banner._words.text()
    dialog.preview.banner.linkActivated.emit(link)
    assert desk.jobs.wait_idle()


def statuses(dialog: ImportDialog) -> list[Status]:
    assert dialog.plan is not None
    return [entry.status for entry in dialog.plan.entries]


def test_that_they_are_rejected_and_said_so_until_one_is_taken_in(
    dialog: ImportDialog, desk: Desk
) -> None:
    preview, before = dialog.preview, dialog.plan
    assert statuses(dialog) == [Status.NEW, Status.NEW, *[Status.REJECTED] * 3]
    assert "2 笔只因登记号已属于另一笔登记而退回" in preview.banner.text
    assert not preview.cards.card(IN_DOUBT).isVisible()
    assert preview.table.chosen_rows() == [0]  # the first that needs a hand
    note = preview.entry._note.text()
    assert "只是登记号与另一笔相同" in note
    assert words_of(dialog, "button_number_in_doubt") == "收入，登记号待核"
    press(dialog, "button_number_in_doubt", desk)
    assert statuses(dialog) == [*[Status.NEW] * 3, *[Status.REJECTED] * 2]
    assert words_of(dialog, "do_import") == "导入 3 笔"
    card = preview.cards.card(IN_DOUBT)
    assert card.isVisible()
    assert card.accessibleName().startswith("登记号待核 1")
    assert "1 笔只因登记号" in preview.banner.text
    choose(dialog, IN_DOUBT)
    [row] = shown(dialog)
    assert (row.label, row.reg_no, row.index) == ("登记号待核", NUMBER, 2)
    assert "登记号空着，照样收入" in preview.entry._note.text()
    assert words_of(dialog, "button_number_in_doubt") == "取消收入"
    press(dialog, "button_number_in_doubt", desk)
    assert dialog.plan == before
    assert not card.isVisible()
    assert preview.cards.status is Status.REJECTED  # where it went


def test_that_a_key_does_it_for_all_that_are_chosen(dialog: ImportDialog, desk: Desk) -> None:
    before, table = dialog.plan, dialog.preview.table
    for expected in ([*[Status.NEW] * 4, Status.REJECTED], None):
        choose(dialog, None)
        table.selectAll()
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Insert)
        assert desk.jobs.wait_idle()
        if expected:
            assert statuses(dialog) == expected
    assert dialog.plan == before
    search = dialog.findChild(QLineEdit, "import_search")
    assert isinstance(search, QLineEdit)
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Insert)
    assert desk.jobs.wait_idle()
    assert dialog.plan == before


def test_that_one_click_takes_all_in_and_another_gives_all_back(
    dialog: ImportDialog, desk: Desk
) -> None:
    before = dialog.plan
    words = dialog.preview.banner._words.text()
    assert "全部收入，登记号待核（2 笔）" in words
    follow(dialog, TAKE_ALL_IN, desk)
    assert statuses(dialog) == [*[Status.NEW] * 4, Status.REJECTED]
    assert "收入了 2 笔，登记号待核" in dialog.preview.banner.text
    assert dialog.plan is not None
    assert dialog.plan.secured_amount_fen == (100 + 200 + 300 + 400) * 1_000_000
    follow(dialog, GIVE_ALL_BACK, desk)
    assert dialog.plan == before


def test_that_a_banner_that_was_closed_stays_closed(dialog: ImportDialog, desk: Desk) -> None:
    press(dialog.preview.banner, "close_banner", desk)
    choose(dialog, Status.NEW)
    press(dialog, "button_leave_out", desk)
    assert not dialog.preview.banner.isVisible()


def test_that_none_of_it_is_there_where_no_number_is_taken(opened: Opener, tmp_path: Path) -> None:
    rows = [ledgers.row(1), ledgers.row(5, registered_on="2019-02-30")]
    made = opened(ledgers.write(tmp_path / "另.xlsx", rows))
    assert not made.preview.banner.isVisible()
    assert not is_shown(made, "button_number_in_doubt")


def test_that_receipt_records_and_to_do_tell_of_them(
    qtbot: QtBot, dialog: ImportDialog, desk: Desk, store: Store
) -> None:
    follow(dialog, TAKE_ALL_IN, desk)
    press(dialog, "do_import", desk)
    assert count(store) == 4
    assert "新增中登记号待核（笔）" in dialog.receipt._told.toPlainText()
    assert number(dialog, "new") == "4"
    records = BatchesDialog(desk, dialog.parentWidget())
    [batch] = records.model.rows
    assert batch.in_doubt_count == 2
    assert "新增中登记号待核（笔）" in records._paper(batch).toPlainText()
    records.close()

    page = ToDoPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.show_kind(FindingKind.REG_NO_IN_DOUBT)
    page.show()
    assert page.model.rowCount() == 2
    row = page.model.index(0, 0).data(Role.ROW)
    assert isinstance(row, FindingRow)
    first, second = find(store, [row.finding.pledges[0], row.finding.pledges[1]])
    assert (first.reg_no_in_doubt, second.reg_no) == (NUMBER, NUMBER)
    assert page.model.index(0, 0).data() == NUMBER
    assert row.words.startswith(f"{second.pledgors[0].name}（2019-03-05 登记）也是这个登记号")
    page.table.selectRow(0)
    asked = QSignalSpy(page.edit_asked)
    click(page, "open")
    click(page, "open_other")
    assert [asked.at(at)[0] for at in range(asked.count())] == [first.id, second.id]

    undo(store)
    assert count(store) == 0


def test_that_reading_again_keeps_what_was_taken_in(
    dialog: ImportDialog, desk: Desk, store: Store
) -> None:
    follow(dialog, TAKE_ALL_IN, desk)
    make.stored(store, make.pledge(reg_no="Y2018980000077"))  # somebody else writes meanwhile
    press(dialog, "do_import", desk)
    assert "又有改动" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("read_again")
    assert desk.jobs.wait_idle()
    assert statuses(dialog) == [*[Status.NEW] * 4, Status.REJECTED]
    press(dialog, "do_import", desk)
    assert count(store) == 5


def test_that_closing_asks_before_it_is_forgotten(
    dialog: ImportDialog, desk: Desk, talk: AskedTalk
) -> None:
    follow(dialog, TAKE_ALL_IN, desk)
    talk.answer = False
    press(dialog, "cancel", desk)
    assert dialog.isVisible()
    assert talk.said[-1] == "放弃已改正的 2 笔？"


def test_that_the_number_typed_for_one_that_was_taken_in_is_its_number(
    dialog: ImportDialog, desk: Desk
) -> None:
    """A clerk looks the paper up while the preview is still open."""
    press(dialog, "button_number_in_doubt", desk)
    dialog.preview.mend_asked.emit(2, {"reg_no": "Y2019980000033"})
    assert desk.jobs.wait_idle()
    assert dialog.plan is not None
    after = dialog.plan.entries[2].after
    assert after is not None
    assert (after.reg_no, after.reg_no_in_doubt) == ("Y2019980000033", None)
