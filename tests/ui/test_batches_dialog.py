"""The list of imports: what they brought, and taking one back whole."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipfinance.db import registrar
from ipfinance.db.batches import all_batches
from ipfinance.db.connection import Store
from ipfinance.db.pledges import count, with_reg_no
from ipfinance.domain.pledge import Kind
from ipfinance.domain.reading import Setting
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.intake.receipts import receipt_of
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.batches import BatchesDialog, columns
from ipfinance.ui.models.rows import RowsModel
from tests import make
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk


@pytest.fixture
def imported(desk: Desk, store: Store, tmp_path: Path) -> None:
    """Two imports of two registrations each, one of them in both."""
    setting = Setting(desk.divisions, desk.today())
    for name, numbers in (("a", (1, 2)), ("b", (2, 3))):
        file = ledgers.write(tmp_path / f"{name}.xlsx", [ledgers.row(n) for n in numbers])
        plan = read_files([file], store, setting, Progress())
        assert carry_out(plan, store, Progress()).is_written


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, imported: None, window: QWidget) -> BatchesDialog:
    made = BatchesDialog(desk, window)
    with qtbot.waitExposed(made):
        made.open()
    return made


def withdraw(dialog: BatchesDialog, row: int) -> None:
    dialog.table.selectRow(row)
    click(dialog, "withdraw")
    assert dialog._desk.jobs.wait_idle()


def test_that_imports_are_listed_newest_first_and_the_newest_is_chosen(
    dialog: BatchesDialog,
) -> None:
    listed = [(batch.file_name, batch.new_count, batch.same_count) for batch in dialog.model.rows]
    assert listed == [("b.xlsx", 1, 1), ("a.xlsx", 2, 0)]
    button = dialog.findChild(QPushButton, "withdraw")
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    assert dialog.table.chosen_rows() == [0]
    dialog.grab()


def test_that_an_import_is_taken_back_whole(
    dialog: BatchesDialog, desk: Desk, store: Store, talk: AskedTalk
) -> None:
    told: list[str] = []
    desk.changes.written.connect(told.append)
    talk.answer = False
    withdraw(dialog, 0)
    assert count(store) == 3
    talk.answer = True
    withdraw(dialog, 0)
    assert count(store) == 2
    assert [batch.file_name for batch in dialog.model.rows] == ["a.xlsx"]
    assert told == [PLEDGES]
    assert "已撤回" in dialog._banner.text


@pytest.mark.parametrize(("answer", "left"), [(None, 3), (0, 3), (1, 1), (2, 2)])
def test_that_one_with_later_changes_lists_them_and_asks(
    dialog: BatchesDialog,
    store: Store,
    talk: AskedTalk,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | None,
    left: int,
) -> None:
    asked: list[str] = []

    def choose(question: str, text: str, answers: Sequence[str]) -> int | None:
        asked.extend((question, text, *answers))
        return answer

    monkeypatch.setattr(talk, "choose", choose)
    number = with_reg_no(store, Kind.PATENT, "Y2019980000001")
    assert number is not None
    registrar.cancel(store, [number], make.TODAY)
    withdraw(dialog, 1)
    assert dialog._desk.jobs.wait_idle()
    assert asked[0] == "这批里有 1 笔登记后来又改动过，怎么处理？"
    assert "注销登记 Y2019980000001" in asked[1]
    assert asked[2:] == ["取消", "连同改动一起撤回", "保留改动过的"]
    assert count(store) == left
    assert ("1 笔保留在台账里" in dialog._banner.text) == (answer == 2)


def test_that_the_answer_holds_for_the_import_that_was_asked_about(
    dialog: BatchesDialog, store: Store, monkeypatch: pytest.MonkeyPatch, talk: AskedTalk
) -> None:
    """Another one is taken back while the first is still looked at."""
    monkeypatch.setattr(talk, "choose", lambda *_: 1)
    number = with_reg_no(store, Kind.PATENT, "Y2019980000001")
    assert number is not None
    registrar.cancel(store, [number], make.TODAY)
    for row in (1, 0):
        dialog.table.selectRow(row)
        click(dialog, "withdraw")
    assert dialog._desk.jobs.wait_idle()
    assert count(store) == 0
    assert all_batches(store) == []


def test_that_pages_hear_of_an_import_taken_back_after_the_list_was_closed(
    dialog: BatchesDialog, desk: Desk, store: Store
) -> None:
    told: list[str] = []
    desk.changes.written.connect(told.append)
    dialog.table.selectRow(0)
    click(dialog, "withdraw")
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    assert desk.jobs.wait_idle()
    assert count(store) == 2
    assert told == [PLEDGES]


def test_that_what_went_wrong_is_said_after_the_list_was_closed(
    dialog: BatchesDialog, desk: Desk, store: Store, talk: AskedTalk
) -> None:
    number = with_reg_no(store, Kind.PATENT, "Y2019980000001")
    assert number is not None
    registrar.cancel(store, [number], make.TODAY)
    dialog.table.selectRow(1)
    click(dialog, "withdraw")
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.jobs.wait_idle()
    assert "不能不问就整批撤回" in talk.said[-1]


def test_that_the_receipt_of_an_import_can_be_had_again(
    dialog: BatchesDialog, talk: AskedTalk, tmp_path: Path, store: Store
) -> None:
    talk.target = tmp_path / "回执.pdf"
    dialog.table.selectRow(1)
    button = dialog.findChild(QPushButton, "save_receipt")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert talk.said[-1] == "a_导入回执.pdf"
    assert (tmp_path / "回执.pdf").read_bytes().startswith(b"%PDF")
    text = dialog._paper(all_batches(store)[1]).toPlainText()
    assert "读入 2 笔 = 新增 2 + 更正 0 + 相同 0 + 退回 0" in text
    sums = receipt_of(store, all_batches(store)[1]).cities
    assert sum(city.fen_before for city in sums) == 0
    assert sum(city.fen_after for city in sums) == all_batches(store)[1].secured_amount_fen > 0
    assert "杭州市" in text


def test_that_a_store_without_imports_says_what_would_stand_here(
    qtbot: QtBot, desk: Desk, window: QWidget
) -> None:
    dialog = BatchesDialog(desk, window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert not dialog.table.isVisible()


def test_that_the_model_holds_to_the_rules_of_qt(
    qtmodeltester: ModelTester, store: Store, imported: None
) -> None:
    model = RowsModel(columns())
    model.set_rows(all_batches(store))
    assert model.rowCount() == 2
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)


def test_that_it_is_freed_when_it_is_closed(qtbot: QtBot, desk: Desk) -> None:
    dialog = BatchesDialog(desk)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
