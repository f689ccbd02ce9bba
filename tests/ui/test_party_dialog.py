"""The card of a party: what is typed there is never lost, and Enter does what is beside it."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.mergers import Merger
from ipfinance.db.party_names import Party, former_names
from ipfinance.ui.dialogs.keys import KeysDialog, native
from ipfinance.ui.dialogs.party import PartyDialog, _merger_columns
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.theme import Theme
from tests import make
from tests.ui.desks import AskedTalk, desk_over


@pytest.fixture
def number(store: Store) -> int:
    [pledge] = make.stored(store, make.pledge())
    assert pledge.pledgors[0].enterprise is not None
    return pledge.pledgors[0].enterprise


@pytest.fixture
def opened(
    qtbot: QtBot, store: Store, jobs: Jobs, theme: Theme, number: int
) -> tuple[PartyDialog, AskedTalk]:
    desk, talk = desk_over(store, jobs, theme)
    dialog = PartyDialog(desk, Party.ENTERPRISE, number)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, talk


def field(dialog: PartyDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def of_store(store: Store, number: int) -> tuple[str, list[str]]:
    row = store.connection.execute("SELECT name FROM enterprise WHERE id = ?", (number,))
    names = former_names(store, Party.ENTERPRISE, number)
    return row.fetchone()["name"], [one.name for one in names]


def test_that_a_name_being_typed_outlives_another_change(
    opened: tuple[PartyDialog, AskedTalk], store: Store, number: int
) -> None:
    dialog, _ = opened
    was = of_store(store, number)[0]
    field(dialog, "name").setText("示例新名有限公司")
    field(dialog, "another_name").setText("示例旧厂")
    QTest.keyClick(field(dialog, "another_name"), Qt.Key.Key_Return)
    assert of_store(store, number) == (was, ["示例旧厂"])
    assert field(dialog, "name").text() == "示例新名有限公司"
    QTest.keyClick(field(dialog, "name"), Qt.Key.Key_Return)
    assert of_store(store, number) == ("示例新名有限公司", ["示例旧厂", was])


def test_that_closing_asks_about_what_was_not_saved(
    opened: tuple[PartyDialog, AskedTalk], store: Store, number: int
) -> None:
    dialog, talk = opened
    was = of_store(store, number)[0]
    field(dialog, "name").setText("示例新名有限公司")
    talk.answer = False
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.close()
    assert dialog.isVisible()
    assert talk.said == ["放弃没有保存的修改？"] * 2
    talk.answer = True
    dialog.close()
    assert not dialog.isVisible()
    assert of_store(store, number)[0] == was


def test_that_nothing_is_asked_when_all_is_saved_or_undone(
    opened: tuple[PartyDialog, AskedTalk], store: Store
) -> None:
    dialog, talk = opened
    field(dialog, "name").setText("  示例新名有限公司 ")
    QTest.keyClick(field(dialog, "name"), Qt.Key.Key_Return)
    assert field(dialog, "name").text() == "示例新名有限公司"
    assert history.undo(store) is not None
    dialog.close()
    assert not dialog.isVisible()
    assert talk.said == []


def test_that_enter_closes_the_list_of_keys(qtbot: QtBot) -> None:
    dialog = KeysDialog(())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_that_a_former_name_is_deleted_once_it_is_chosen(
    opened: tuple[PartyDialog, AskedTalk], store: Store, number: int
) -> None:
    dialog, _ = opened
    remove = dialog.findChild(QPushButton, "remove_name")
    assert remove is not None
    assert not remove.isEnabled()
    field(dialog, "another_name").setText("示例旧厂")
    QTest.keyClick(field(dialog, "another_name"), Qt.Key.Key_Return)
    assert not remove.isEnabled()
    dialog.former.selectRow(0)
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert of_store(store, number)[1] == []
    assert not remove.isEnabled()


def test_that_a_merger_stands_under_the_day_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before eight in the morning the store, which keeps UTC, still has the day before."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        [_, day, _] = _merger_columns()
        early = Merger(1, Party.ENTERPRISE, 1, 2, "示例旧厂", 1, "2026-11-22T23:30:00Z", "张三")
        assert day.text(early) == "2026-11-23"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_that_keys_are_called_as_they_are_engraved(qtbot: QtBot) -> None:
    assert native("Ctrl+Return") == "Ctrl+Enter"
    assert native("F4, Alt+Down") == "F4 或 Alt+↓"
    assert native("PgUp, PgDown") == "PgUp 或 PgDown"
