"""Enter while an input method composes a word, in every kind of editor."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.entry import EntryPage
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from tests import make
from tests.ui.entry.hands import go_to, list_is_open
from tests.ui.typing_in import Key, chinese, compose, cursor, press


def text_of(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_that_no_list_opens_in_the_middle_of_a_word(
    page: EntryPage, store: Store, qtbot: QtBot
) -> None:
    make.stored(store, make.pledge())
    go_to(page, "pledgor")
    chinese("示例")
    name = page.findChild(SuggestEdit, "pledgor")
    assert name is not None
    qtbot.waitUntil(lambda: name.is_open)
    compose("jia")
    assert not list_is_open(name)
    qtbot.wait(200)
    assert not list_is_open(name)
    assert name.text() == "示例"
    chinese("甲")
    qtbot.waitUntil(lambda: name.is_open)
    assert name.text() == "示例甲"


@pytest.mark.parametrize(
    "name",
    [
        *("reg_no", "registered_on", "pledgor", "uscc", "city", "county", "pledgee"),
        *("secured_amount", "term_end", "rights_1", "right_names_1", "rights_count"),
        *("cancelled_on", "subsidy", "note"),
    ],
)
def test_that_enter_takes_the_word_and_neither_moves_on_nor_picks(
    page: EntryPage, store: Store, name: str
) -> None:
    make.stored(store, make.pledge())  # so that there is something to pick
    go_to(page, name)
    editor = cursor()
    compose("shi'li")
    press(Key.Key_Return)
    assert cursor() is editor
    assert text_of(editor) == ""
    assert page.number is None
    chinese("示例")
    assert text_of(editor) == "示例"
    assert cursor() is editor
    press(Key.Key_Return)  # now Enter is the form's again; in the note it is a new line
    assert (cursor() is editor) == isinstance(editor, QPlainTextEdit)


def test_that_the_search_waits_for_the_word(qtbot: QtBot, desk: Desk, store: Store) -> None:
    make.stored(store, make.pledge())
    ledger = LedgerPage(desk)
    qtbot.addWidget(ledger)
    with qtbot.waitExposed(ledger):
        ledger.show()
    ledger.activateWindow()
    ledger.refresh()
    ledger.focus_search()
    qtbot.waitUntil(ledger.bar.search.hasFocus)
    searched: list[str] = []
    ledger.bar.search.searched.connect(searched.append)
    compose("shi'li")
    press(Key.Key_Return)
    assert searched == []
    chinese("示例")
    press(Key.Key_Return)
    assert searched == ["示例"]
    assert QApplication.focusWidget() is ledger.bar.search
