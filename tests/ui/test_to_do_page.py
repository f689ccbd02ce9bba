"""The page of what is to be done, in the real window: counts, opening, settling, carrying out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db import reach
from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import FindingKind
from ipfinance.db.findings import findings
from ipfinance.db.orphans import Orphan, keep, waiting
from ipfinance.db.pledges import get
from ipfinance.demonstration import fill
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.settle import SettleDialog
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.pages.to_do import ToDoPage
from tests import make
from tests.ui.clicking import click


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def entered(window: MainWindow) -> ToDoPage:
    window.show_page("to_do")
    page = window.page("to_do")
    assert isinstance(page, ToDoPage)
    assert window.desk.jobs.wait_idle()
    return page


def press(page: ToDoPage, name: str) -> None:
    click(page, name)
    assert page._desk.jobs.wait_idle()


def counts(page: ToDoPage) -> dict[FindingKind, int]:
    return {row.kind: row.count for row in page.kinds_model.rows}


def badge(window: MainWindow) -> str:
    pages = window.findChild(QListWidget, "navigation")
    assert isinstance(pages, QListWidget)
    for row in range(pages.count()):
        spoken = str(pages.item(row).data(Qt.ItemDataRole.AccessibleTextRole) or "")
        if spoken.startswith("待办，"):
            return spoken.removeprefix("待办，").removesuffix(" 项待办")
    return ""


def answering(monkeypatch: pytest.MonkeyPatch, note: str | None) -> None:
    ask: Callable[..., str | None] = lambda *_: note  # noqa: E731
    monkeypatch.setattr(SettleDialog, "ask", ask)


def test_that_an_empty_store_has_nothing_to_do(window: MainWindow) -> None:
    page = entered(window)
    assert page._nothing.isVisible()
    assert not page.table.isVisible()
    assert badge(window) == ""


@pytest.mark.parametrize("long", [False, True])
def test_that_counts_and_badge_are_those_of_the_store(
    window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    if long:
        monkeypatch.setattr(reach, "LONG", 0)
    fill(store, make.TODAY, Progress(), size=600)
    page = entered(window)
    found = findings(store, make.TODAY)
    assert counts(page) == {kind: len(found[kind]) for kind in FindingKind}
    total = sum(map(len, found.values()))
    assert badge(window) == (str(total) if total <= 999 else "999+")
    for kind in FindingKind:
        page.show_kind(kind)
        assert page.model.rowCount() == len(found[kind])
        assert page.card.title.text() == kind.label
        assert page._rule.text() == kind.rule


def test_that_the_badge_is_counted_while_another_page_is_in_sight(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    make.stored(store, make.pledge(secured_amount_fen=None, term_end=date(2030, 1, 1)))
    window.desk.changes.tell(PLEDGES)
    qtbot.waitUntil(lambda: badge(window) == "1")


def test_that_a_finding_opens_its_registrations(window: MainWindow, store: Store) -> None:
    pledge = make.pledge(term_end=date(2030, 1, 1))
    one, other = make.stored(store, pledge, replace(pledge, reg_no=None))
    page = entered(window)
    page.show_kind(FindingKind.POSSIBLE_DUPLICATE)
    page.table.selectRow(0)
    window_asked = QSignalSpy(page.edit_asked)
    page.edit_asked.disconnect(window.edit_registration)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    press(page, "open")
    press(page, "open_other")
    assert [window_asked.at(at) for at in range(3)] == [[one.id], [one.id], [other.id]]


def test_that_settled_ones_are_gone_and_come_back_by_undo(
    window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = make.pledge(secured_amount_fen=None, term_end=date(2030, 1, 1))
    make.stored(store, pledge)
    page = entered(window)
    page.table.selectRow(0)
    answering(monkeypatch, None)
    press(page, "settle")
    assert counts(page)[FindingKind.AMOUNT_MISSING] == 1
    answering(monkeypatch, "已核实")
    press(page, "settle")
    assert counts(page)[FindingKind.AMOUNT_MISSING] == 0
    assert page._nothing.isVisible()
    page.banner.linkActivated.emit("undo")
    assert window.desk.jobs.wait_idle()
    assert counts(page)[FindingKind.AMOUNT_MISSING] == 1


def test_that_no_duplicates_are_remembered(window: MainWindow, store: Store) -> None:
    pledge = make.pledge(rights=(), rights_declared=2, term_end=date(2030, 1, 1))
    make.stored(store, pledge, replace(pledge, reg_no=None))
    page = entered(window)
    page.show_kind(FindingKind.POSSIBLE_DUPLICATE)
    page.table.selectRow(0)
    press(page, "apart")
    assert counts(page)[FindingKind.POSSIBLE_DUPLICATE] == 0


def test_that_a_notice_is_carried_out_once_its_registration_is_there(
    window: MainWindow, store: Store
) -> None:
    fields: dict[str, list[str]] = {
        name: [] for name in ("pledgors", "pledgees", "rights", "changes", "faults", "remarks")
    }
    orphan = Orphan("PC01", "Y2019330000001", date(2019, 9, 1), "注销公告", fields)
    with store.act("测试"):
        keep(store, orphan)
    page = entered(window)
    assert page._kind is FindingKind.ORPHAN_NOTICE
    press(page, "carry_out")
    assert "还没有录入" in page.banner.text
    assert len(waiting(store)) == 1
    [late] = make.stored(store, make.pledge(reg_no="Y2019330000001", term_end=date(2030, 1, 1)))
    assert not page._found[FindingKind.ORPHAN_NOTICE][0].words.startswith("可执行")
    window.desk.changes.tell(PLEDGES)
    assert page._found[FindingKind.ORPHAN_NOTICE][0].words.startswith("可执行 · PC01")
    press(page, "carry_out")
    assert late.id is not None
    assert get(store, late.id).cancelled_on == date(2019, 9, 1)
    assert waiting(store) == []
    assert page._nothing.isVisible()


def test_that_the_note_is_asked_for_and_may_be_left_out(qtbot: QtBot) -> None:
    dialog = SettleDialog(3)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog._note.setText("  已核实 ")
    save = dialog.findChild(QPushButton, "save")
    assert isinstance(save, QPushButton)
    assert save.text() == "标记 3 项"
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert dialog.note == "已核实"
