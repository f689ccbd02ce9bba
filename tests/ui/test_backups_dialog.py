"""The folder of automatic backups is chosen, told, given up, and used when the window closes."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipfinance.db.automatic_backups import automatic_backups
from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.ui.backup_folder import backup_folder, choose_backup_folder
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.backups import BackupsDialog
from ipfinance.ui.main_window import MainWindow
from tests.ui.desks import AskedTalk


class FolderTalk(AskedTalk):
    """Chooses the folder it was told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def open_folder(self, title: str) -> Path | None:
        return self._folder


def test_that_a_folder_is_chosen_and_given_up(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.talk = FolderTalk(tmp_path)
    dialog = BackupsDialog(desk)
    qtbot.addWidget(dialog)
    assert backup_folder() is None
    assert "还没有选择文件夹" in _text(dialog, "where")
    _click(dialog, "choose_folder")
    assert backup_folder() == tmp_path
    assert str(tmp_path) in _text(dialog, "where")
    assert _text(dialog, "there") == "现有 0 份"
    _click(dialog, "stop")
    assert backup_folder() is None


def test_that_closing_the_window_backs_up_into_the_chosen_folder(
    desk: Desk, talk: AskedTalk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    write_facts(store, Facts(office="示例局"))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    choose_backup_folder(tmp_path / "copies")
    assert window.close()
    assert len(automatic_backups(store.path, tmp_path / "copies")) == 1
    assert talk.said == []


def test_that_a_backup_that_fails_is_told_and_the_window_closes(
    desk: Desk, talk: AskedTalk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    write_facts(store, Facts(office="示例局"))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    (tmp_path / "copies").write_text("a file")
    choose_backup_folder(tmp_path / "copies")
    assert window.close()
    assert talk.said == ["没有自动备份"]


def _click(dialog: QWidget, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    found.click()


def _text(dialog: QWidget, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()
