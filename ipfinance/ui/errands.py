"""Errands of the window that belong to no page: import, backup, restore, settings, about."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipfinance import paths
from ipfinance.db.connection import Store
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.backup_folder import backup_folder
from ipfinance.ui.desk import FACTS, PLEDGES, Desk
from ipfinance.ui.menus import ERRAND_ACTIONS, FRAME_ACTIONS

if TYPE_CHECKING:
    from ipfinance.ui.main_window import MainWindow

_STORE_FILES = (tr("数据文件 (*.db *.sqlite *.bak)"), tr("所有文件 (*)"))


class Errands(QObject):
    """Slots of the menus; each does one whole errand and tells what was written."""

    def __init__(self, desk: Desk, window: "MainWindow") -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def import_ledgers(self) -> None:
        """Choose ledgers, look at what would happen, import, and show the receipt."""
        from ipfinance.ui.dialogs.import_ledgers import FILTERS, ImportDialog

        files = self._desk.talk.open_files(tr("导入台账"), FILTERS)
        if files:
            ImportDialog(self._desk, files, self._window).open()

    def show_batches(self) -> None:
        """Past imports, each of which can be taken back whole."""
        from ipfinance.ui.dialogs.batches import BatchesDialog

        BatchesDialog(self._desk, self._window).open()

    def show_notices(self) -> None:
        """Paste gazette notices, look at what they would do, and carry it out."""
        from ipfinance.ui.dialogs.notices import NoticesDialog

        NoticesDialog(self._desk, self._window).open()

    def save_template(self) -> None:
        """Write the blank ledger."""
        target = self._desk.talk.save_file(
            tr("保存空白台账"), "质押登记台账.xlsx", ("Excel (*.xlsx)",)
        )
        if target is None:
            return

        def work(_: Progress) -> Path:
            from ipfinance.intake.template import write_template

            write_template(target)
            return target

        self._desk.jobs.run(work, self._on_written_file, title=tr("正在生成模板"), owner=self)

    def open_store(self) -> None:
        """Choose another store; the application opens it in place of this one."""
        files = self._desk.talk.open_files(tr("打开数据文件"), _STORE_FILES, many=False)
        if files and self._window.may_close():
            self._window.store_asked.emit(files[0])

    def backup(self) -> None:
        """Copy the whole store into a folder."""
        folder = self._desk.talk.open_folder(tr("备份到文件夹"))
        if folder is None:
            return

        def work(store: Store, _: Progress) -> Path:
            from ipfinance.db.backup import backup

            return backup(store, folder)

        self._desk.work(work, self._on_written_file, title=tr("正在备份"), owner=self)

    def restore(self) -> None:
        """Put a backup in the place of the store, after it was read through."""
        files = self._desk.talk.open_files(tr("选择备份"), _STORE_FILES, many=False)
        if not files:
            return
        file = files[0]

        def work(_: Progress) -> tuple[Path, int]:
            from ipfinance.db.backup import read_through

            return file, read_through(file)

        self._desk.jobs.run(work, self._on_read_through, title=tr("正在检查备份"), owner=self)

    def verify(self) -> None:
        """Check the store and say what was found."""

        def work(store: Store, _: Progress) -> list[str]:
            from ipfinance.db import verification

            return verification.verify(store)

        self._desk.work(work, self._on_verified, title=tr("正在检查数据文件"), owner=self)

    def fill_with_demonstration(self) -> None:
        """Fill an empty store with made-up registrations."""

        def work(store: Store, progress: Progress) -> int:
            from ipfinance.demonstration import fill

            return fill(store, today=self._desk.today(), progress=progress)

        self._desk.work(work, self._on_filled, title=tr("正在填入演示数据"), owner=self)

    def show_trash(self) -> None:
        """Deleted registrations, to look at and to restore."""
        from ipfinance.ui.dialogs.trash import TrashDialog

        TrashDialog(self._desk, self._window).open()

    def edit_facts(self) -> None:
        """Change the store's business facts."""
        from ipfinance.db.facts import read_facts, write_facts
        from ipfinance.ui.dialogs.facts import FactsDialog

        before = read_facts(self._desk.store)
        facts = FactsDialog.edit(self._window, before, self._desk.divisions, self._desk.today())
        if facts is not None:
            write_facts(self._desk.store, facts)
            self._desk.changes.tell(FACTS)

    def choose_backups(self) -> None:
        """Where a copy is put each time the window is closed."""
        from ipfinance.ui.dialogs.backups import BackupsDialog

        BackupsDialog(self._desk, self._window).open()

    def back_up_at_close(self) -> None:
        """Make the automatic backup if there is a folder for it; nothing keeps the window open."""
        folder = backup_folder()
        if folder is None:
            return
        from ipfinance.db.automatic_backups import back_up

        try:
            back_up(self._desk.store, folder, datetime.now().astimezone())
        except UserError as error:
            self._desk.talk.warn(tr("没有自动备份"), str(error))

    def show_keys(self) -> None:
        """All shortcut keys."""
        from ipfinance.ui.dialogs.keys import KeysDialog

        KeysDialog((*FRAME_ACTIONS, *ERRAND_ACTIONS), self._window).open()

    def show_about(self) -> None:
        """Version, store and log."""
        from ipfinance.ui.dialogs.about import AboutDialog

        AboutDialog(self._desk.store.path, paths.log_file(), self._desk.talk, self._window).open()

    def _on_read_through(self, answer: tuple[Path, int]) -> None:
        from ipfinance.db import pledges
        from ipfinance.db.backup import put_back

        file, held = answer
        now = pledges.count(self._desk.store)
        if not self._desk.talk.ask(
            tr("用这份备份取代现在的数据？备份里有 {held:,} 笔登记", held=held),
            tr("现在的 {now:,} 笔会先另存一份，再由备份取代。\n备份：{file}", now=now, file=file),
            tr("恢复"),
            danger=True,
        ):
            return
        if not self._window.may_close():
            return
        path = self._desk.store.path
        self._desk.jobs.shutdown()  # a job has the store open too
        self._desk.store.close()
        try:
            put_back(file, path)
        finally:
            # Also when it failed: the old data are still there, and the store was closed.
            self._window.store_asked.emit(path)

    def _on_written_file(self, target: Path) -> None:
        self._desk.talk.inform(tr("已完成"), str(target))

    def _on_verified(self, findings: list[str]) -> None:
        if findings:
            shown = "\n".join(findings[:20])
            self._desk.talk.warn(tr("发现 {count} 个问题", count=len(findings)), shown)
        else:
            self._desk.talk.inform(tr("数据文件完好"), tr("完整性、引用和各项派生数据都一致。"))

    def _on_filled(self, count: int) -> None:
        self._desk.changes.tell(PLEDGES)
        self._desk.talk.inform(
            tr("已填入 {count:,} 笔虚构的登记", count=count),
            tr("可以随意试用；不想要时用「撤销」一次取消。"),
        )
