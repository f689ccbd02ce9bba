"""Automatic backups: whether, where to, and which there are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.db.automatic_backups import automatic_backups
from ipfinance.language import tr
from ipfinance.ui.backup_folder import backup_folder, choose_backup_folder
from ipfinance.ui.desk import Desk
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import ElidedLabel, label

_RULE = tr(
    "每次退出时，数据有改动就另存一份完整的备份。两天内的全部保留；"
    "以后一个月内每天、半年内每周、再往前每月各留最后一份。"
)
_WIDTH = 620
_ADVICE = tr("最好选另一块硬盘或网络文件夹。恢复时用「文件 → 恢复备份」。")


class BackupsDialog(QDialog):
    """What is chosen holds at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("backups_dialog")
        self.setWindowTitle(tr("自动备份"))
        self._desk = desk
        self._where = ElidedLabel("", "strong")
        self._where.setObjectName("where")
        self._there = label("", "hint")
        self._there.setObjectName("there")
        choose = button(tr("选择文件夹…"), "folder", name="choose_folder")
        choose.clicked.connect(self._on_choose)
        self._show = button(tr("打开文件夹"), name="open_folder")
        self._show.clicked.connect(self._on_show)
        self._stop = button(tr("不再自动备份"), name="stop")
        self._stop.clicked.connect(self._on_stop)
        close = button(tr("关闭"), kind=Kind.PRIMARY, name="close")
        close.setDefault(True)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (choose, self._show, self._stop):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addWidget(label(tr("自动备份"), "cardtitle"))
        for words in (_RULE, _ADVICE):
            told = label(words, "soft")
            told.setWordWrap(True)
            column.addWidget(told)
        column.addSpacing(10)
        column.addWidget(self._where)
        column.addWidget(self._there)
        column.addSpacing(12)
        column.addLayout(row)
        self._tell()
        self.resize(_WIDTH, column.totalHeightForWidth(_WIDTH))

    def _tell(self) -> None:
        folder = backup_folder()
        self._show.setEnabled(folder is not None and folder.is_dir())
        self._stop.setEnabled(folder is not None)
        if folder is None:
            self._where.setText(tr("还没有选择文件夹，退出时不备份"))
            self._there.setText("")
            return
        self._where.setText(tr("备份到 {folder}", folder=folder))
        if not folder.is_dir():
            self._there.setText(tr("这个文件夹现在不在；连上以后，下次退出时备份。"))
            return
        files = automatic_backups(self._desk.store.path, folder)
        self._there.setText(
            tr("现有 {count:,} 份，最近一份：{newest}", count=len(files), newest=files[0].name)
            if files
            else tr("现有 {count:,} 份", count=0)
        )

    def _on_choose(self) -> None:
        folder = self._desk.talk.open_folder(tr("自动备份到文件夹"))
        if folder is not None:
            choose_backup_folder(folder)
            self._tell()

    def _on_show(self) -> None:
        folder = backup_folder()
        if folder is not None:
            self._desk.talk.open_outside(folder)

    def _on_stop(self) -> None:
        choose_backup_folder(None)
        self._tell()
