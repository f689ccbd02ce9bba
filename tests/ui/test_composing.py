"""Enter belongs to the input method in every kind of editor of every window."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts
from ipfinance.domain.division import Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.period import Period
from ipfinance.ui.dialogs.cancel import CancelDialog
from ipfinance.ui.dialogs.facts import FactsDialog
from ipfinance.ui.dialogs.import_mending import MendField
from ipfinance.ui.dialogs.reference import ReferenceDialog
from ipfinance.ui.widgets.composing import ComposingGuard
from ipfinance.ui.widgets.date_edit import DateEdit
from ipfinance.ui.widgets.money_edit import MoneyEdit
from ipfinance.ui.widgets.period_picker import PeriodPicker
from ipfinance.ui.widgets.search_edit import SearchEdit
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from tests import make

EDITORS: tuple[Callable[[], QWidget], ...] = (
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    DateEdit,
    MoneyEdit,
    SearchEdit,
    lambda: SuggestEdit(lambda _: []),
    lambda: SuggestEdit(lambda _: [], closed=True),
)


def composing(editor: QWidget, syllables: str) -> None:
    QApplication.sendEvent(editor, QInputMethodEvent(syllables, []))


def taken(editor: QWidget, word: str) -> None:
    done = QInputMethodEvent("", [])
    done.setCommitString(word)
    QApplication.sendEvent(editor, done)


def enter(editor: QWidget) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Return)


def text_in(editor: QWidget) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text()
    assert isinstance(editor, QPlainTextEdit | QTextEdit)
    return editor.toPlainText()


def shown(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


@pytest.mark.parametrize("make_editor", EDITORS)
def test_that_enter_presses_no_default_button_while_a_word_is_composed(
    qtbot: QtBot, make_editor: Callable[[], QWidget]
) -> None:
    dialog = QDialog()
    editor, save = make_editor(), QPushButton("保存")
    save.setDefault(True)
    save.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(editor)
    column.addWidget(save)
    ComposingGuard(dialog)
    shown(dialog, qtbot)
    editor.setFocus()
    composing(editor, "shi'li")
    enter(editor)
    assert dialog.isVisible()
    assert text_in(editor) == ""
    taken(editor, "示例")
    assert text_in(editor) == "示例"
    assert dialog.isVisible()


def test_that_every_dialog_with_a_default_button_is_guarded(
    qtbot: QtBot, store: Store, divisions: Divisions
) -> None:
    [pledge] = make.stored(store, make.pledge())
    assert pledge.id is not None
    dialogs = (
        CancelDialog([pledge], make.TODAY),
        FactsDialog(Facts(), divisions, make.TODAY),
        ReferenceDialog(None, divisions),
    )
    for dialog in dialogs:
        shown(dialog, qtbot)
        editors = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
        assert editors
        for editor in editors:
            editor.setFocus()
            composing(editor, "shi'li")
            enter(editor)
            composing(editor, "")
            assert dialog.isVisible()
        dialog.reject()


def test_that_a_cell_to_be_mended_and_a_period_wait_for_the_word(
    qtbot: QtBot, divisions: Divisions
) -> None:
    cell = MendField(BY_KEY["pledgor"], "出质人", "", "")
    pressed: list[str] = []
    cell.editor.returnPressed.connect(lambda: pressed.append("cell"))
    shown(cell, qtbot)
    picker = PeriodPicker(Period.of(date(2019, 1, 1), date(2019, 12, 31)))
    shown(picker, qtbot)
    period = picker.findChild(QLineEdit, "period")
    assert period is not None
    period.returnPressed.connect(lambda: pressed.append("period"))
    for editor in (cell.editor, period):
        editor.setFocus()
        composing(editor, "nian")
        enter(editor)
        assert pressed == []
        taken(editor, "年")
    enter(cell.editor)
    assert pressed == ["cell"]
