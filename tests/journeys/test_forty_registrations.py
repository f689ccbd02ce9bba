"""A Thursday: forty registrations entered by keyboard alone, and later cancelled at once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipfinance.db import history, pledges
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.sums import outstanding
from ipfinance.db.totals import Group, Totals, totals
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind, State
from ipfinance.ui.dialogs.cancel import CancelDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.theme import Theme
from tests import make
from tests.journeys.windows import put, settled, window_over
from tests.ui.clicking import click
from tests.ui.modal import in_dialog
from tests.ui.typing_in import Key, cursor, enter_until, keys, press

CTRL = Qt.KeyboardModifier.ControlModifier
FORTY = 40
KNOWN = (
    ("示例甲精密机械有限公司", "sljjmjxyxgs"),
    ("示例丁电子科技有限公司", "sldd"),
    ("示例庚生物医药有限公司", "slgs"),
)
MARCH = (date(2019, 3, 1), date(2019, 3, 31), (Kind.PATENT,), 1000 * WAN)


@pytest.fixture
def known(store: Store) -> None:
    """Three enterprises and a bank that the store has known since 2018."""
    for name, _ in KNOWN:
        day = date(2018, 5, 6)
        make.stored(store, make.pledge(pledgors=(make.pledgor(name),), registered_on=day))


@pytest.mark.usefixtures("known")
def test_that_forty_registrations_are_entered_by_keyboard_alone(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme
) -> None:
    window, talk = window_over(store, jobs, theme, qtbot, [])
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    page = window.page("entry")
    assert isinstance(page, EntryPage)
    qtbot.waitUntil(lambda: page.form.single.kind.hasFocus())
    press(Key.Key_Down)  # 专利
    press(Key.Key_Return)
    for at in range(FORTY):
        assert cursor().objectName() == "reg_no"
        keys(f"201599{at:07d}")
        press(Key.Key_Return)
        # The first one whole, of the others the day alone: the month is that of the last.
        keys("2019.3.1" if at == 0 else str(at % 28 + 1))
        press(Key.Key_Return)
        keys(KNOWN[at % 3][1])
        press(Key.Key_Return)  # takes the enterprise, with its code, size and place
        if at == 0:
            enter_until("pledgee")
            keys("slyh")  # 示例银行; from the second one on it is kept
            press(Key.Key_Return)
        enter_until("secured_amount")
        keys(f"{at + 1}00")
        enter_until("rights_1")
        keys(make.patent_number(5000 + at))
        press(Key.Key_Return, CTRL)
        assert page.banner.text.startswith(f"已保存登记号 201599{at:07d}")
    settled(qtbot, jobs)
    assert talk.said == []

    entered = sorted(select(store, Filter(start=MARCH[0]), make.TODAY).ids)
    assert len(entered) == FORTY
    stored = pledges.find(store, entered)
    for at, one in enumerate(stored):
        pledgor = make.pledgor(KNOWN[at % 3][0])
        assert [replace(each, enterprise=None) for each in one.pledgors] == [pledgor]
        assert one.pledgees[0].name == make.pledgee().name
        assert one.reg_no == f"201599{at:07d}"
        assert one.registered_on == date(2019, 3, 1 if at == 0 else at % 28 + 1)
        assert one.secured_amount_fen == (at + 1) * 100 * WAN
        assert [right.number for right in one.rights] == [make.patent_number(5000 + at)]
    assert totals(store, Group.NONE, *MARCH)[""] == Totals(
        registrations=FORTY,
        secured_amount_fen=sum(range(1, FORTY + 1)) * 100 * WAN,
        enterprises=3,
        rights=FORTY,
        rights_distinct=FORTY,
        inclusive_enterprises=3,
        pledgees=1,
    )
    window.hide()


def test_that_many_found_by_a_search_are_cancelled_in_one_act(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, tmp_path: Path
) -> None:
    others = [make.pledge(pledgors=(make.pledgor("示例丁公司"),)) for _ in range(3)]
    make.stored(store, *others, *(make.pledge() for _ in range(FORTY)))
    before = totals(store, Group.NONE, *MARCH)
    window, _ = window_over(store, jobs, theme, qtbot, [])
    page = window.page("ledger")
    assert isinstance(page, LedgerPage)
    window.search_ledger()
    qtbot.waitUntil(page.bar.search.hasFocus)
    keys("sljjm")
    press(Key.Key_Return)
    settled(qtbot, jobs)
    press(Key.Key_Down)  # into the table
    assert cursor() is page.card.table
    press(Key.Key_A, CTRL)
    asked: list[str] = []

    def answer(dialog: CancelDialog) -> None:
        asked.extend(one.text() for one in dialog.findChildren(QLabel))
        put(dialog, "cancelled_on", "2019-02-28")
        click(dialog, "save")
        day = dialog.findChild(QLineEdit, "cancelled_on")
        assert day is not None
        assert "从 2019-03-" in day.accessibleDescription()
        put(dialog, "cancelled_on", "2026-11-01")
        click(dialog, "save")

    in_dialog(CancelDialog, answer)
    cancel = page.findChild(QAction, "act_cancel")
    assert cancel is not None
    assert cancel.text() == "注销 40 笔…"
    cancel.trigger()
    settled(qtbot, jobs)
    assert "注销 40 笔登记" in asked
    assert len(select(store, Filter(state=State.CANCELLED), make.TODAY)) == FORTY
    # Earlier figures stay as they were; only the stock is smaller.
    assert totals(store, Group.NONE, *MARCH) == before
    stock = outstanding(store, Group.NONE, make.TODAY, (Kind.PATENT,))
    assert stock[""].registrations == 3
    assert "已注销 40 笔登记" in page.banner.text
    page.banner.linkActivated.emit("undo")
    settled(qtbot, jobs)
    assert len(select(store, Filter(state=State.CANCELLED), make.TODAY)) == 0
    assert history.redo(store).words.endswith(" 等 40 笔")
    window.hide()
