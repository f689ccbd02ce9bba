"""What is said and asked, that answers are right, and that no dialog stays behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipfinance.errors import Cancelled, UserError
from ipfinance.ui.dialogs.message import MessageDialog
from ipfinance.ui.talk import Talk, last_folder, remember_folder

Act = Callable[[MessageDialog], None]


@pytest.fixture
def talk(qtbot: QtBot) -> Talk:
    window = QWidget()
    qtbot.addWidget(window)
    return Talk(lambda: window)


@pytest.fixture
def seen() -> list[MessageDialog]:
    return []


def when_asked(seen: list[MessageDialog], act: Act) -> None:
    """Do `act` with the dialog that is about to open."""

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MessageDialog)
        seen.append(dialog)
        act(dialog)

    QTimer.singleShot(0, found)


def press(name: str) -> Act:
    def act(dialog: MessageDialog) -> None:
        one = dialog.findChild(QPushButton, name)
        assert isinstance(one, QPushButton)
        one.click()

    return act


def freed(seen: list[MessageDialog]) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return not any(shiboken6.isValid(dialog) for dialog in seen)


def words_of(dialog: MessageDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.text()]


@pytest.mark.parametrize(("name", "answer"), [("answer1", True), ("answer0", False)])
def test_that_a_question_is_answered_by_its_verbs(
    talk: Talk, seen: list[MessageDialog], name: str, answer: bool
) -> None:
    when_asked(seen, press(name))
    assert talk.ask("删除选中的 3 条登记？", "可以撤消。", yes="删除", danger=True) is answer
    assert freed(seen)


def test_that_escape_is_no_and_enter_never_deletes(
    qtbot: QtBot, talk: Talk, seen: list[MessageDialog]
) -> None:
    when_asked(seen, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not talk.ask("删除？", yes="删除", danger=True)
    when_asked(seen, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert not talk.ask("删除？", yes="删除", danger=True)
    when_asked(seen, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert talk.ask("导入 290 条登记？", yes="导入")
    assert freed(seen)


def test_that_one_of_several_is_chosen(qtbot: QtBot, talk: Talk, seen: list[MessageDialog]) -> None:
    answers = ("不保存", "取消", "保存")
    when_asked(seen, press("answer0"))
    assert talk.choose("保存对登记的修改？", "", answers) == 0
    when_asked(seen, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert talk.choose("保存对登记的修改？", "", answers) is None
    assert freed(seen)


def test_that_what_the_user_can_mend_is_said_in_two_sentences(
    talk: Talk, seen: list[MessageDialog]
) -> None:
    said: list[str] = []

    def act(dialog: MessageDialog) -> None:
        said.extend(words_of(dialog))
        assert dialog.findChild(QWidget, "details") is None
        press("answer0")(dialog)

    when_asked(seen, act)
    talk.failure(UserError("文件正被 Excel 占用", "请关闭后重试"))
    assert "文件正被 Excel 占用" in said
    assert "请关闭后重试" in said
    assert freed(seen)


def test_that_a_bug_can_be_copied_with_version_and_traceback(
    talk: Talk, seen: list[MessageDialog]
) -> None:
    def act(dialog: MessageDialog) -> None:
        press("copy")(dialog)
        press("answer0")(dialog)

    when_asked(seen, act)
    try:
        raise ZeroDivisionError("有意的")
    except ZeroDivisionError as error:
        talk.failure(error)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("ipfinance ")
    assert "test_talk.py" in copied
    assert copied.endswith("ZeroDivisionError: 有意的")
    assert freed(seen)


def test_that_being_stopped_is_not_worth_a_word(talk: Talk) -> None:
    talk.failure(Cancelled())  # would hang in a dialog otherwise
    assert QApplication.activeModalWidget() is None


def test_that_inform_and_warn_need_one_button(talk: Talk, seen: list[MessageDialog]) -> None:
    for say in (talk.inform, talk.warn):
        when_asked(seen, press("answer0"))
        say("导入完成", "新增 290 条。")
    assert freed(seen)


@pytest.mark.parametrize("opens", [True, False])
def test_that_what_no_program_opens_is_told(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opens: bool
) -> None:
    asked: list[str] = []
    told: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(talk, "warn", lambda title, text: told.append(text))
    talk.open_outside(tmp_path)
    assert asked == [str(tmp_path)]
    assert told == ([] if opens else [str(tmp_path)])


def test_that_the_last_folder_is_remembered(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QFileDialog] = []

    def pick(dialog: QFileDialog) -> int:
        opened.append(dialog)
        return 1

    folder = tmp_path / "台账"
    folder.mkdir()
    file = folder / "2019.xlsx"
    file.touch()
    monkeypatch.setattr(QFileDialog, "exec", pick)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(file)])
    assert talk.open_files("导入台账", ("工作簿 (*.xlsx *.xls *.ods)",)) == [file]
    assert last_folder() == folder
    assert talk.save_file("导出汇总表", "汇总.xlsx", ("工作簿 (*.xlsx)",)) == file
    assert opened[-1].defaultSuffix() == "xlsx"
    assert opened[-1].directory().absolutePath() == folder.as_posix()
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 0)
    assert talk.save_file("导出汇总表", "汇总.xlsx", ()) is None
    assert talk.open_folder("备份到") is None
    remember_folder(tmp_path / "已删除")
    assert last_folder() != tmp_path / "已删除"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(shiboken6.isValid(dialog) for dialog in opened)


@pytest.mark.parametrize(("typed", "named"), [("", "台账.csv"), ("各市", "各市.csv")])
def test_that_a_file_is_called_by_the_form_that_is_chosen(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, named: str
) -> None:
    def pick(dialog: QFileDialog) -> int:
        forms, name = dialog.findChild(QComboBox, "fileTypeCombo"), dialog.findChild(QLineEdit)
        assert isinstance(forms, QComboBox)
        assert isinstance(name, QLineEdit)
        name.setText(typed or name.text())
        QTest.keyClick(forms, Qt.Key.Key_Down)
        return 1

    remember_folder(tmp_path)
    monkeypatch.setattr(QFileDialog, "exec", pick)
    forms = ("工作簿 (*.xlsx)", "CSV，UTF-8 (*.csv)")
    assert talk.save_file("导出台账", "台账.xlsx", forms) == tmp_path / named
