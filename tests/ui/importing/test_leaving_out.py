"""Rows of the preview that a clerk does not want: left out by one click or key, taken in again."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.pledges import count
from ipfinance.domain.money import WAN
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.leaving_out import can_be_left_out
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.batches import BatchesDialog
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.models.import_model import DOUBTFUL, Shown
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.importing.hands import Opener, words_of

TWICE = "Y2019980099999"


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, window: QWidget, tmp_path: Path) -> ImportDialog:
    """Three new ones, the third perhaps the first once more, and one that is rejected."""
    rows = [
        *(ledgers.row(1), ledgers.row(2), ledgers.row(1, reg_no=TWICE)),
        ledgers.row(4, registered_on="2019-02-30"),
    ]
    made = ImportDialog(desk, [ledgers.write(tmp_path / "台账.xlsx", rows)], window)
    with qtbot.waitExposed(made):
        made.open()
    assert desk.jobs.wait_idle()
    return made


def press(dialog: QWidget, name: str, desk: Desk) -> None:
    click(dialog, name)
    assert desk.jobs.wait_idle()


def delete(dialog: ImportDialog, desk: Desk) -> None:
    dialog.preview.table.setFocus()
    QTest.keyClick(dialog.preview.table, Qt.Key.Key_Delete)
    assert desk.jobs.wait_idle()


def choose(dialog: ImportDialog, shown: Shown) -> None:
    card = dialog.preview.cards.card(shown)
    assert not card.is_down
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)


def counted(dialog: ImportDialog) -> dict[Shown, int]:
    """What the cards say."""
    cards = (None, DOUBTFUL, *Status)
    return {
        one: int(dialog.preview.cards.card(one).accessibleName().split()[1].rstrip("笔"))
        for one in cards
    }


def listed(dialog: ImportDialog) -> list[str]:
    return [row.reg_no for row in dialog.preview.model.rows]


def test_that_a_doubtful_row_is_left_out_by_one_click_and_all_follows(
    dialog: ImportDialog, desk: Desk, store: Store
) -> None:
    choose(dialog, DOUBTFUL)
    press(dialog, "button_leave_out", desk)
    assert listed(dialog) == [TWICE]  # it is doubted no more, and the list goes along with it
    assert dialog.preview.cards.status is Status.LEFT_OUT
    card = dialog.preview.cards.card(Status.LEFT_OUT)
    assert "略过 1 笔" in card.accessibleName()
    assert words_of(dialog, "do_import") == "导入 2 笔"
    total = dialog.preview.cities.model.rows[-1]
    assert total.fen_after == (100 + 200) * WAN
    assert dialog.preview.model.rows[0].label == "略过"
    assert words_of(dialog, "button_leave_out") == "取回"
    press(dialog, "do_import", desk)
    assert count(store) == 2

    def told(key: str) -> str:
        found = dialog.findChild(QLabel, f"receipt_{key}")
        assert isinstance(found, QLabel)
        return found.text()

    parts = [int(told(status)) for status in Status]
    assert (int(told("read")), parts) == (4, [2, 0, 0, 1, 1])
    records = BatchesDialog(desk, dialog.parentWidget())
    [batch] = records.model.rows
    paper = records._paper(batch).toPlainText()
    assert "读入 4 笔 = 新增 2 + 更正 0 + 相同 0 + 退回 1 + 略过 1" in paper
    assert "台账 第 5 行「登记日期」" in paper
    assert "2019-02-30" in paper
    records.close()


def test_that_a_key_takes_all_chosen_rows_out_and_in_again(
    dialog: ImportDialog, desk: Desk
) -> None:
    plan = dialog.plan
    choose(dialog, None)
    dialog.preview.table.selectAll()
    delete(dialog, desk)
    assert dialog.plan is not None
    assert dialog.plan.counts[Status.LEFT_OUT] == 3
    button = dialog.findChild(QPushButton, "do_import")
    assert isinstance(button, QPushButton)
    assert not button.isVisible()  # nothing is left to import
    choose(dialog, Status.LEFT_OUT)
    dialog.preview.table.selectAll()
    delete(dialog, desk)
    assert dialog.plan == plan
    assert words_of(dialog, "do_import") == "导入 3 笔"


def test_that_the_next_row_of_the_list_is_current_then(dialog: ImportDialog, desk: Desk) -> None:
    choose(dialog, Status.NEW)
    dialog.preview.table.selectRow(1)
    delete(dialog, desk)
    assert listed(dialog) == ["Y2019980000001", TWICE]
    row = dialog.preview.entry.row
    assert row is not None
    assert row.reg_no == TWICE
    assert dialog.preview.table.hasFocus()


def test_that_the_key_in_a_field_deletes_a_letter(dialog: ImportDialog, desk: Desk) -> None:
    choose(dialog, Status.NEW)
    search = dialog.findChild(QLineEdit, "import_search")
    assert isinstance(search, QLineEdit)
    search.setText("Y2")
    search.home(False)
    QTest.keyClick(search, Qt.Key.Key_Delete)
    assert desk.jobs.wait_idle()
    assert search.text() == "2"
    assert dialog.plan is not None
    assert dialog.plan.counts[Status.LEFT_OUT] == 0


def test_that_what_is_rejected_or_the_same_cannot_be_left_out(dialog: ImportDialog) -> None:
    button = dialog.findChild(QPushButton, "button_leave_out")
    assert isinstance(button, QPushButton)
    assert dialog.preview.cards.status is Status.REJECTED
    assert not button.isEnabled()
    choose(dialog, Status.NEW)
    assert button.isEnabled()


def test_that_reading_again_keeps_what_was_left_out(
    dialog: ImportDialog, desk: Desk, store: Store
) -> None:
    choose(dialog, DOUBTFUL)
    press(dialog, "button_leave_out", desk)
    make.stored(store, make.pledge(reg_no="Y2018980000077"))  # somebody else writes meanwhile
    press(dialog, "do_import", desk)
    assert "又有改动" in dialog.preview.banner.text
    dialog.preview.banner.linkActivated.emit("read_again")
    assert desk.jobs.wait_idle()
    assert dialog.plan is not None
    assert dialog.plan.counts[Status.LEFT_OUT] == 1
    press(dialog, "do_import", desk)
    assert count(store) == 3


def test_that_closing_asks_before_it_is_forgotten(
    dialog: ImportDialog, desk: Desk, talk: AskedTalk
) -> None:
    choose(dialog, DOUBTFUL)
    press(dialog, "button_leave_out", desk)
    talk.answer = False
    press(dialog, "cancel", desk)
    assert dialog.isVisible()
    assert talk.said[-1] == "放弃已略过的 1 笔？"
    talk.answer = True
    press(dialog, "cancel", desk)
    assert not dialog.isVisible()


def test_that_the_column_of_places_has_room_for_the_longest(
    qtbot: QtBot, desk: Desk, window: QWidget, tmp_path: Path
) -> None:
    rows = [ledgers.row(number) for number in range(1, 230)]
    more = [ledgers.row(229, rights=make.patent_number(800_000 + at)) for at in range(3)]
    made = ImportDialog(desk, [ledgers.write(tmp_path / "台账.xlsx", [*rows, *more])], window)
    made.resize(1318, 712)
    with qtbot.waitExposed(made):
        made.open()
    assert desk.jobs.wait_idle()
    preview = made.preview
    longest = max((row.where for row in preview.model.rows), key=len)
    assert longest == "第 230—233 行"
    table = preview.table
    needed = table.fontMetrics().horizontalAdvance(longest)
    assert table.columnWidth(1) > needed + 16  # and its padding


def test_that_of_many_chosen_no_more_are_looked_at_than_it_takes(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a million may be chosen, and the window must not stand still."""
    file = ledgers.write(tmp_path / "a.xlsx", [ledgers.row(n) for n in range(1, 9)])
    dialog = opened(file)
    looked_at: list[Entry] = []
    leaving = dialog.preview.leaving

    def fits(entry: Entry) -> bool:
        looked_at.append(entry)
        return can_be_left_out(entry)

    monkeypatch.setattr(leaving, "_there", replace(leaving._there, fits=fits))
    dialog.preview.table.selectAll()
    assert len(looked_at) == 1
    assert leaving.action.isEnabled()
