"""The only door to message boxes and file dialogs."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets  # of which each class is loaded when it is first used
from PySide6 import __version__ as qt_version
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

import ipfinance
from ipfinance.errors import Cancelled, UserError
from ipfinance.language import tr
from ipfinance.ui.roles import Tone

if TYPE_CHECKING:
    from ipfinance.ui.dialogs.message import MessageDialog

PROGRAM = tr("质押登记统计")


class Talk:
    """Says and asks; pages are handed one, and tests patch its methods.

    `parent` gives the window that a question belongs to, asked each time it is needed.
    """

    def __init__(self, parent: Callable[[], QWidget | None] = QApplication.activeWindow) -> None:
        self._parent = parent

    def inform(self, title: str, text: str = "") -> None:
        """Say that something went well or is so."""
        self._say(Tone.INFO, title, text)

    def warn(self, title: str, text: str = "") -> None:
        """Say what is in the way, and in `text` what to do about it."""
        self._say(Tone.WARNING, title, text)

    def ask(
        self,
        question: str,
        text: str = "",
        yes: str = tr("确定"),
        no: str = tr("取消"),
        *,
        danger: bool = False,
    ) -> bool:
        """Whether the user wants it; the buttons are verbs. `danger`: what cannot be taken back.

        Escape and the window's cross mean no; so does Enter when it is dangerous.
        """
        tone = Tone.WARNING if danger else Tone.INFO
        return self._message(tone, question, text, (no, yes), danger=danger).ask() == 1

    def choose(self, question: str, text: str, answers: Sequence[str]) -> int | None:
        """The index of the answer chosen, the last being the proposed one; None for Escape."""
        return self._message(Tone.INFO, question, text, answers).ask()

    def failure(self, error: BaseException) -> None:
        """Show an error: what the user can mend in two sentences, a bug with all we know."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            self._say(Tone.DANGER, error.text, error.hint)
            return
        self._message(
            Tone.DANGER,
            tr("程序出错了"),
            tr(
                "这是程序本身的问题，不是您的操作造成的。已保存的登记不受影响；"
                "请复制下面的内容交给维护人员。"
            ),
            (tr("关闭"),),
            details=report_of(error),
        ).ask()

    def open_files(self, title: str, filters: Sequence[str], *, many: bool = True) -> list[Path]:
        """The files picked, none when the user turned away; filters as ``"工作簿 (*.xlsx)"``."""
        dialog = self._file_dialog(title, filters)
        modes = QtWidgets.QFileDialog.FileMode
        dialog.setFileMode(modes.ExistingFiles if many else modes.ExistingFile)
        return self._picked(dialog)

    def save_file(self, title: str, name: str, filters: Sequence[str]) -> Path | None:
        """Where to write, `name` being proposed; its suffix, or that of the filter chosen instead,
        is added when none was typed."""
        dialog = self._file_dialog(title, filters)
        dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.filterSelected.connect(partial(_take_suffix, dialog))
        picked = self._picked(dialog)
        return picked[0] if picked else None

    def open_folder(self, title: str) -> Path | None:
        """The folder picked."""
        dialog = self._file_dialog(title, ())
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        picked = self._picked(dialog)
        return picked[0] if picked else None

    def open_outside(self, place: Path) -> None:
        """Open a file or folder in the program that the system has for it."""
        if not QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(place))):
            self.warn(tr("没有能打开它的程序"), str(place))

    def _say(self, tone: Tone, title: str, text: str) -> None:
        self._message(tone, title, text, (tr("知道了"),)).ask()

    def _message(
        self,
        tone: Tone,
        title: str,
        text: str,
        answers: Sequence[str],
        *,
        danger: bool = False,
        details: str = "",
    ) -> "MessageDialog":
        from ipfinance.ui.dialogs.message import MessageDialog  # not before there is a question

        return MessageDialog(
            self._parent(), PROGRAM, tone, title, text, answers, danger=danger, details=details
        )

    def _file_dialog(self, title: str, filters: Sequence[str]) -> "QtWidgets.QFileDialog":
        dialog = QtWidgets.QFileDialog(self._parent(), title, str(last_folder()))
        if filters:
            dialog.setNameFilters(list(filters))
        return dialog

    def _picked(self, dialog: "QtWidgets.QFileDialog") -> list[Path]:
        try:
            if not dialog.exec():
                return []
            files = [Path(name) for name in dialog.selectedFiles()]
        finally:
            dialog.deleteLater()
        if files:
            remember_folder(files[0] if files[0].is_dir() else files[0].parent)
        return files


def _take_suffix(dialog: "QtWidgets.QFileDialog", chosen: str) -> None:
    """Another form was chosen, as ``"CSV (*.csv)"``; a suffix that stands there Qt changes."""
    found = re.search(r"\*\.(\w+)", chosen)
    if found is not None:
        dialog.setDefaultSuffix(found[1])


def last_folder() -> Path:
    """Where files were last opened or saved, while that folder is there; else the documents."""
    remembered = QSettings().value("talk/folder", "")
    if isinstance(remembered, str) and remembered and Path(remembered).is_dir():
        return Path(remembered)
    place = QtCore.QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QtCore.QStandardPaths.writableLocation(place))


def remember_folder(folder: Path) -> None:
    """Open the next file dialog there."""
    QSettings().setValue("talk/folder", str(folder))


def report_of(error: BaseException) -> str:
    """What a maintainer needs: versions and the way to the error."""
    import platform
    import sys
    import traceback

    return (
        f"ipfinance {ipfinance.__version__} · Python {platform.python_version()}"
        f" · PySide {qt_version} · {platform.platform()} ({sys.platform})\n\n"
        + "".join(traceback.format_exception(error)).rstrip()
    )
