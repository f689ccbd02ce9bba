"""Leaving the entry page and coming back."""

from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from tests import make
from tests.ui.desks import AskedTalk
from tests.ui.entry.hands import field, go_to, list_is_open
from tests.ui.typing_in import Key, keys, press


def test_that_escape_asks_before_it_gives_up_what_is_typed(
    page: EntryPage, talk: AskedTalk
) -> None:
    left: list[str] = []
    page.page_asked.connect(left.append)
    go_to(page, "reg_no")
    keys("Y2019")
    talk.answer = False
    press(Key.Key_Escape)
    assert talk.said
    assert field(page, "reg_no").text() == "Y2019"
    assert left == []
    talk.answer = True
    press(Key.Key_Escape)
    assert field(page, "reg_no").text() == ""
    assert left == ["ledger"]


def test_that_escape_closes_an_open_list_first(page: EntryPage, talk: AskedTalk) -> None:
    go_to(page, "city")
    press(Key.Key_Down)
    city = page.findChild(SuggestEdit, "city")
    assert city is not None
    assert list_is_open(city)
    press(Key.Key_Escape)
    assert not list_is_open(city)
    assert not talk.said


def test_that_going_elsewhere_and_back_loses_nothing(page: EntryPage, store: Store) -> None:
    go_to(page, "reg_no")
    keys("Y2019")
    page.hide()
    make.stored(store, make.pledge())
    page.show()
    page.refresh()
    assert field(page, "reg_no").text() == "Y2019"
    assert page.has_unsaved


def test_that_the_page_is_freed_on_close(qtbot: QtBot, desk: Desk) -> None:
    made = EntryPage(desk)
    with qtbot.waitExposed(made):
        made.show()
    made.form.fill(make.pledge(pledgors=(make.pledgor("甲公司"), make.pledgor("乙公司"))))
    made.save()
    made.form.pledgors.adder.click()
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()
    desk.changes.tell(PLEDGES)
    assert desk.jobs.wait_idle()
