"""Forms in dialogs: what was typed is not lost by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.facts import Facts
from ipfinance.domain.division import Divisions
from ipfinance.ui.dialogs.event import EventDialog
from ipfinance.ui.dialogs.facts import FactsDialog
from ipfinance.ui.dialogs.form import FormDialog
from ipfinance.ui.dialogs.reference import ReferenceDialog
from ipfinance.ui.widgets.combo import ComboBox
from tests import make
from tests.ui.desks import AskedTalk


@pytest.fixture
def opened(qtbot: QtBot) -> tuple[FormDialog, AskedTalk]:
    dialog = FormDialog()
    column = QVBoxLayout(dialog)
    edit = QLineEdit("原来的")
    for one in (edit, QPlainTextEdit(), ComboBox([("一", 1), ("二", 2)]), QCheckBox("是")):
        column.addWidget(one)
    talk = AskedTalk()
    talk.answer = False
    dialog.talk = talk
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, talk


def field_of(dialog: FormDialog, kind: type[QWidget] = QLineEdit) -> QWidget:
    found = dialog.findChild(kind)
    assert isinstance(found, kind)
    return found


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, ComboBox, QCheckBox])
def test_that_turning_away_asks_about_what_was_typed(
    opened: tuple[FormDialog, AskedTalk], kind: type[QWidget]
) -> None:
    dialog, talk = opened
    field = field_of(dialog, kind)
    keys: dict[type[QWidget], Qt.Key] = {
        ComboBox: Qt.Key.Key_Down,
        QCheckBox: Qt.Key.Key_Space,
    }
    key = keys.get(kind, Qt.Key.Key_A)
    QTest.keyClick(field, key)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    assert talk.said == ["放弃没有保存的内容？"] * 2
    talk.answer = True
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_nothing_is_asked_when_nothing_was_typed_or_all_is_saved(
    opened: tuple[FormDialog, AskedTalk],
) -> None:
    dialog, talk = opened
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.show()
    QTest.keyClick(field_of(dialog), Qt.Key.Key_A)
    dialog.accept()
    assert not dialog.isVisible()
    assert talk.said == []


def test_that_what_was_typed_and_taken_back_is_nothing(
    opened: tuple[FormDialog, AskedTalk],
) -> None:
    dialog, talk = opened
    field = field_of(dialog)
    QTest.keyClick(field, Qt.Key.Key_A)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert talk.said == []


@pytest.mark.parametrize("form", ["facts", "reference", "event"])
def test_that_the_forms_of_the_program_open_as_not_typed_in(
    qtbot: QtBot, divisions: Divisions, form: str
) -> None:
    dialog: FormDialog
    if form == "facts":
        dialog = FactsDialog(Facts(), divisions, make.TODAY)
    elif form == "reference":
        dialog = ReferenceDialog(None, divisions)
    else:
        dialog = EventDialog(make.pledge(), make.event(), make.TODAY, lambda _: [])
    talk = AskedTalk()
    talk.answer = False
    dialog.talk = talk
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.wait(50)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert talk.said == []
    assert not dialog.isVisible()
