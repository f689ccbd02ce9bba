"""Export what a filter of the ledger selects, from wherever it is shown."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner

FORMS = (tr("Excel 工作簿 (*.xlsx)"), "CSV，UTF-8 (*.csv)")
_OPEN_FILE, _OPEN_FOLDER = "file", "folder"
_FORBIDDEN = '\\/:*?"<>|'


class LedgerExport(QObject):
    """Asks where to, writes in the worker and says in the banner that it is done."""

    def __init__(self, desk: Desk, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._written: Path | None = None
        banner.linkActivated.connect(self._on_link)

    def run(self, wanted: Filter, sorting: tuple[Sort, bool], name: str) -> None:
        """Write exactly the registrations that the filter selects, in the order shown."""
        target = self._desk.talk.save_file(tr("导出台账"), f"{as_file_name(name)}.xlsx", FORMS)
        if target is not None:
            work = partial(_write, target, wanted, sorting, self._desk.today())
            self._desk.work(work, self._on_written, title=tr("正在导出台账"), owner=self)

    def _on_written(self, answer: tuple[Path, int]) -> None:
        self._written, count = answer
        links = ((_OPEN_FILE, tr("打开文件")), (_OPEN_FOLDER, tr("打开所在文件夹")))
        self._banner.say(
            Tone.OK,
            tr("已导出 {count:,} 条：{file}。", count=count, file=self._written),
            links,
        )

    def _on_link(self, key: str) -> None:
        if self._written is not None and key in (_OPEN_FILE, _OPEN_FOLDER):
            place = self._written if key == _OPEN_FILE else self._written.parent
            self._desk.talk.open_outside(place)


def as_file_name(name: str) -> str:
    """A name without the letters that no file may have in it."""
    return "".join("_" if letter in _FORBIDDEN else letter for letter in name)


def _write(
    target: Path,
    wanted: Filter,
    sorting: tuple[Sort, bool],
    today: date,
    store: Store,
    progress: Progress,
) -> tuple[Path, int]:
    from ipfinance.reports.ledger import write_ledger

    return target, write_ledger(store, target, wanted, today, *sorting, progress=progress)
