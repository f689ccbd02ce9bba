"""The main errand: a ledger in, a row mended, a registration entered, the summary out."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind
from ipfinance.intake.comparing import Status
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.statistics import StatisticsPage
from ipfinance.ui.theme import Theme
from tests import make
from tests.journeys.windows import settled, window_over
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.statistics.hands import cell, choose, go_to
from tests.ui.typing_in import Key, chinese, enter_until, keys, press

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two good registrations of 100 and 300 万元, and one with a day that does not exist."""
    return ledgers.write(
        tmp_path / "台账.xlsx",
        [ledgers.row(1), ledgers.row(2, registered_on="2019-02-30"), ledgers.row(3)],
    )


def test_that_a_clerk_imports_mends_enters_sees_the_total_change_and_exports(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, faulty: Path, tmp_path: Path
) -> None:
    window, talk = window_over(store, jobs, theme, qtbot, [faulty])

    # The ledger comes in; its faulty row is mended where it stands.
    window.actions_by_id["import"].trigger()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    settled(qtbot, jobs)
    assert dialog.plan is not None
    assert (dialog.plan.counts[Status.NEW], dialog.plan.counts[Status.REJECTED]) == (2, 1)
    day = _found(dialog, QLineEdit, "mend_registered_on")
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "2019-02-28")
    QTest.keyClick(day, Qt.Key.Key_Return)
    settled(qtbot, jobs)
    click(dialog, "do_import")
    settled(qtbot, jobs)
    click(dialog, "done")
    assert len(select(store, Filter(), make.TODAY)) == 3

    # The statistics show them.
    window.actions_by_id["go_statistics"].trigger()
    page = window.page("statistics")
    assert isinstance(page, StatisticsPage)
    go_to(page, "2019")
    choose(page, "kind", "patent")
    assert cell(page, "杭州市", "secured_amount") == "600.00"

    # One more is entered by keyboard, and the total changes.
    window.activateWindow()
    window.actions_by_id["new"].trigger()
    entry = window.page("entry")
    assert isinstance(entry, EntryPage)
    qtbot.waitUntil(lambda: entry.form.single.kind.hasFocus())
    _enter_one()
    settled(qtbot, jobs)
    window.actions_by_id["go_statistics"].trigger()
    settled(qtbot, jobs)
    assert cell(page, "杭州市", "secured_amount") == "1,100.00"

    # The summary goes out and says the same.
    talk.target = tmp_path / "汇总.xlsx"
    window.actions_by_id["report"].trigger()
    settled(qtbot, jobs)
    assert _hangzhou_amount(talk.target) == 1100

    # Everything can be taken back.
    window.actions_by_id["undo"].trigger()
    settled(qtbot, jobs)
    window.actions_by_id["undo"].trigger()
    settled(qtbot, jobs)
    assert len(select(store, Filter(), make.TODAY)) == 0
    window.hide()


def _found(parent: QWidget, kind: type[QLineEdit], name: str) -> QLineEdit:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _enter_one() -> None:
    """A patent pledge of 500 万元 in 杭州市西湖区 on 2019-03-05."""
    press(Key.Key_Down)
    press(Key.Key_Return)
    keys("Y2019330000123")
    press(Key.Key_Return)
    keys("20190305")
    press(Key.Key_Return)
    chinese("示例癸精密机械有限公司")
    press(Key.Key_Return)
    keys(make.credit_code(7))
    press(Key.Key_Return, times=2)
    keys("hz")
    press(Key.Key_Return, times=2)
    chinese("西湖")
    press(Key.Key_Tab)
    enter_until("pledgee")
    chinese("示例银行股份有限公司杭州分行")
    press(Key.Key_Return, times=2)
    keys("500")
    press(Key.Key_Return)
    press(Key.Key_S, CTRL)


def _hangzhou_amount(path: Path) -> float:
    """What the long-form sheet says of 杭州市's patent pledges, in 元, as 万元."""
    sheet = openpyxl.load_workbook(path, data_only=True)["数据"]
    rows = sheet.iter_rows(values_only=True)
    header = list(next(rows))
    for row in rows:
        told = dict(zip(header, row, strict=True))
        wanted = {"code": "330100", "indicator": "secured_amount", "kind": Kind.PATENT.value}
        if wanted.items() <= told.items():
            return float(str(told["value"])) / (WAN / 100)
    raise AssertionError("no such row")
