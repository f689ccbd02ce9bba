"""What a maintainer asks first: version, store and its size, log, and where they lie."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ipfinance import __version__
from ipfinance.db.connection import SCHEMA_VERSION
from ipfinance.language import tr
from ipfinance.ui.talk import Talk
from ipfinance.ui.widgets.button import Kind, button
from ipfinance.ui.widgets.label import ElidedLabel, label

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside an open store


class AboutDialog(QDialog):
    """Each file can be copied as a path and its folder opened."""

    def __init__(self, store: Path, log: Path, talk: Talk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._talk = talk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("about_dialog")
        self.setWindowTitle(tr("关于"))
        self._files = QGridLayout()
        self._files.setHorizontalSpacing(8)
        self._files.setVerticalSpacing(12)
        self._files.setColumnStretch(1, 1)
        size = tr(
            "{size}，数据格式第 {schema_version} 版",
            size=size_words(store),
            schema_version=SCHEMA_VERSION,
        )
        self._add(tr("数据文件"), store, size)
        self._add(tr("日志"), log, size_words(log) if log.exists() else tr("还没有日志"))
        close = button(tr("关闭"), kind=Kind.PRIMARY, name="close")
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("程序出错时的详细内容记在日志里，请一并交给维护人员。"), "hint"))
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        column.addWidget(
            label(tr("质押登记统计 ipfinance {version}", version=__version__), "cardtitle")
        )
        column.addWidget(label(tr("专利权、商标专用权质押登记的台账、统计和报表。"), "soft"))
        column.addSpacing(12)
        column.addLayout(self._files)
        column.addSpacing(14)
        column.addLayout(foot)
        self.resize(660, self.sizeHint().height())
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, name: str, file: Path, about: str) -> None:
        row = self._files.rowCount()
        path = ElidedLabel(str(file))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(path)
        words.addWidget(label(about, "hint"))
        self._files.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._files.addLayout(words, row, 1)
        copy = button(tr("复制"), "copy", name="copy_path", tip=tr("复制{name}的位置", name=name))
        copy.clicked.connect(self._on_copy)
        show = button(
            tr("打开文件夹"),
            "open",
            name="open_folder",
            tip=tr("打开{name}所在的文件夹", name=name),
        )
        show.clicked.connect(self._on_open)
        for place, one in ((2, copy), (3, show)):
            one.setAccessibleName(one.toolTip())
            one.setProperty("file", str(file))
            self._files.addWidget(one, row, place, Qt.AlignmentFlag.AlignTop)

    def _file(self) -> Path:
        sender = self.sender()
        assert isinstance(sender, QPushButton)
        return Path(str(sender.property("file")))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._file()))

    def _on_open(self) -> None:
        self._talk.open_outside(self._file().parent)


def size_words(file: Path) -> str:
    """How large a file is, with what SQLite keeps beside it."""
    beside = (file.with_name(file.name + ending) for ending in _BESIDE)
    size = sum(one.stat().st_size for one in (file, *beside) if one.exists())
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{size / 1000:,.1f} KB"
