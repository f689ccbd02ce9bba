"""Two names that are one enterprise: merged in the window, undone, merged again, parted later."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db import mergers
from ipfinance.db.connection import Store, open_store
from ipfinance.db.party_names import Party
from ipfinance.db.pledgees import details
from ipfinance.db.pledges import get
from ipfinance.domain.pledge import PledgeeKind
from ipfinance.errors import UserError
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.merge import MergeDialog
from ipfinance.ui.dialogs.party import PartyDialog
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.main_window import MainWindow
from ipfinance.ui.pages.enterprises import EnterprisesPage
from ipfinance.ui.theme import Theme
from tests import make
from tests.ui.clicking import click
from tests.ui.desks import desk_over

TRACES = ("act", "history", "current_act", "sqlite_sequence")
OLD, NEW = "杭州示例精密机械科技有限公司", "杭州示例精密机械有限公司"
BRANCH, SHORT = "示例银行股份有限公司杭州分行", "示例银行杭州分行"


@pytest.fixture
def window(qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme) -> MainWindow:
    make.stored(
        store,
        make.pledge(pledgors=(make.pledgor(OLD, uscc=None),)),
        make.pledge(pledgors=(make.pledgor(NEW),)),
        make.pledge(pledgors=(make.pledgor("示例丙有限公司"),), pledgees=(make.pledgee(BRANCH),)),
        make.pledge(pledgors=(make.pledgor("示例丙有限公司"),), pledgees=(make.pledgee(SHORT),)),
    )
    made = MainWindow(desk_over(store, jobs, theme)[0])
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def entered(window: MainWindow, tab: int = 0) -> EnterprisesPage:
    window.show_page("enterprises")
    page = window.page("enterprises")
    assert isinstance(page, EnterprisesPage)
    page.tabs.setCurrentIndex(tab)
    assert window.desk.jobs.wait_idle()
    return page


def press(within: QWidget, name: str, desk: Desk) -> None:
    click(within, name)
    assert desk.jobs.wait_idle()


def opened(window: MainWindow, kind: type[QDialog]) -> QDialog:
    """The dialog that stands open."""
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_that_two_are_merged_undone_merged_again_and_parted(
    window: MainWindow, store: Store
) -> None:
    before = make.dump(store, TRACES)
    desk = window.desk
    page = entered(window, tab=2)
    assert [match.reason.label for match in page.near.model.rows] == ["字号相同，只差地名或通用字"]
    for merged in range(2):
        page.near.table.selectRow(0)
        press(page, "near_merge", desk)
        dialog = opened(window, MergeDialog)
        assert isinstance(dialog, MergeDialog)
        assert dialog.preview is not None
        assert dialog.preview.kept.name == NEW  # it has a code
        assert len(dialog.preview.moved) == 1
        assert (dialog.counts.rows[0].before, dialog.counts.rows[0].after) == (3, 2)
        press(dialog, "save", desk)
        assert page.near.model.rows == ()
        assert get(store, 1).pledgors[0].uscc == make.pledgor(NEW).uscc
        if not merged:
            page.banner.linkActivated.emit("undo")
            assert desk.jobs.wait_idle()
            assert make.dump(store, TRACES) == before
    page.tabs.setCurrentIndex(0)
    page.model.show("精密机械科技")  # the former name finds the one of today
    assert [page.model.index(row, 0).data() for row in range(page.model.rowCount())] == [NEW]
    page.table.selectRow(0)
    press(page, "enterprise_facts", desk)
    facts = opened(window, PartyDialog)
    assert isinstance(facts, PartyDialog)
    assert facts.former.model().index(0, 0).data() == OLD
    facts.merged.selectRow(0)
    press(facts, "part", desk)
    assert make.dump(store, TRACES) == before
    assert facts.merged.model().rowCount() == 0
    facts.close()


def test_that_a_merger_that_cannot_be_reckoned_says_why(
    window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise UserError("这一家已经不在了", "请关闭后重新选择。")

    page = entered(window, tab=2)
    monkeypatch.setattr(mergers, "preview", gone)
    page.near.table.selectRow(0)
    press(page, "near_merge", window.desk)
    dialog = opened(window, MergeDialog)
    said = dialog.findChild(QLabel, "said")
    assert isinstance(said, QLabel)
    assert "这一家已经不在了" in said.text()
    dialog.close()


def test_that_the_other_name_may_stay(window: MainWindow, store: Store) -> None:
    page = entered(window, tab=2)
    page.near.table.selectRow(0)
    press(page, "near_merge", window.desk)
    dialog = opened(window, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    other = dialog.findChild(QRadioButton, "keep_1")
    assert isinstance(other, QRadioButton)
    other.setFocus()
    other.click()
    assert window.desk.jobs.wait_idle()
    assert dialog.focusWidget() is other  # the next arrow key moves on among the names
    assert dialog.preview is not None
    assert dialog.preview.kept.name == OLD
    assert dialog.preview.code == make.pledgor(NEW).uscc
    press(dialog, "save", window.desk)
    page.tabs.setCurrentIndex(0)
    page.model.show("精密")
    row = page.model.row(0)
    assert row is not None
    assert (row.name, row.uscc, row.registrations) == (OLD, make.pledgor(NEW).uscc, 2)


def test_that_not_the_same_is_remembered_across_a_restart(
    qtbot: QtBot, window: MainWindow, store: Store, theme: Theme, tmp_path: Path
) -> None:
    page = entered(window, tab=2)
    page.near.table.selectAll()
    press(page, "not_same", window.desk)
    assert page.near.model.rowCount() == 0
    jobs = Jobs()
    with open_store(store.path, "另一人") as again:
        anew = MainWindow(desk_over(again, jobs, theme)[0])
        qtbot.addWidget(anew)
        anew.show()
        page = entered(anew, tab=2)
        assert page.near.model.rowCount() == 0
        assert page.near.party.set_value(Party.PLEDGEE)
        page.near.party.activated.emit(1)
        assert anew.desk.jobs.wait_idle()
        [match] = page.near.model.rows
        assert {match.one.name, match.other.name} == {BRANCH, SHORT}
        assert jobs.shutdown()


def test_that_pledgees_are_merged_and_corrected(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    desk = window.desk
    before = make.dump(store, TRACES)
    page = entered(window, tab=1)
    names = [row.name for row in page.pledgees.model.rows]
    assert set(names) == {BRANCH, SHORT}
    page.pledgees.table.selectAll()
    press(page, "pledgee_merge", desk)
    press(opened(window, MergeDialog), "save", desk)
    assert [row.name for row in page.pledgees.model.rows] == [names[0]]
    page.pledgees.table.selectRow(0)
    press(page, "pledgee_facts", desk)
    facts = opened(window, PartyDialog)
    assert isinstance(facts, PartyDialog)
    facts.merged.selectRow(0)
    press(facts, "part", desk)
    assert make.dump(store, TRACES) == before
    facts._head.setText("示例总行股份有限公司")
    assert facts._kind.set_value(PledgeeKind.OTHER)
    facts._name.setText("示例银行杭州城西支行")
    press(facts, "save", desk)
    number = facts._number
    assert details(store, number) == (PledgeeKind.OTHER, "示例总行股份有限公司")
    row = next(row for row in page.pledgees.model.rows if row.id == number)
    assert (row.name, row.head) == ("示例银行杭州城西支行", "示例总行股份有限公司")
    page.pledgees.search.setText(names[0])
    qtbot.waitUntil(lambda: [row.id for row in page.pledgees.model.rows] == [number])
    facts.close()
