"""Print what a filter of the ledger selects, or write it as PDF, in the columns shown."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ipfinance.db import ledger
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow, Listing, Sort
from ipfinance.domain.money import wan
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.saving import whole_file
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtPrintSupport import QPrinter

TITLE = "知识产权质押登记台账"
_OPEN = "printed"
_MANY = 100  # pages; more than that are not printed without being asked for
_CHUNK = 500  # rows read at once


class Asked(NamedTuple):
    """What is to stand on the paper."""

    wanted: Filter
    sorting: tuple[Sort, bool]
    words: str
    columns: Sequence[Column[LedgerRow]]
    today: date


class LedgerPrint(QObject):
    """Asks where to, draws in the worker and says in the banner that it is done."""

    def __init__(self, desk: Desk, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._window = parent
        self._written: Path | None = None
        banner.linkActivated.connect(self._on_link)

    def write_pdf(self, asked: Asked, name: str) -> None:
        """Ask for a file, and write exactly the registrations listed into it."""
        target = self._desk.talk.save_file(tr("存为 PDF"), f"{name}.pdf", ("PDF (*.pdf)",))
        if target is not None:
            work = partial(_written, target, asked)
            self._desk.work(work, self._on_written, title=tr("正在生成 PDF"), owner=self)

    def print_out(self, asked: Asked, count: int) -> None:
        """Ask for a printer, and print exactly the registrations listed, `count` of them."""
        from ipfinance.ui import ledger_paper

        number = ledger_paper.pages(count)
        if number > _MANY and not self._desk.talk.ask(
            tr("打印 {pages:,} 页？", pages=number),
            tr("列出了 {count:,} 条登记。可以先用筛选条件缩小范围。", count=count),
            tr("打印"),
        ):
            return
        printer = self._chosen_printer()
        if printer is not None:
            work = partial(_drawn, printer, asked)
            self._desk.work(work, self._on_printed, title=tr("正在打印台账"), owner=self)

    # -- inside ----------------------------------------------------------------------------

    def _chosen_printer(self) -> "QPrinter | None":
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ipfinance.ui import ledger_paper

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(TITLE)
        ledger_paper.set_paper(printer)
        dialog = QPrintDialog(printer, self._window)
        try:
            return printer if dialog.exec() else None
        finally:
            dialog.deleteLater()

    def _on_written(self, answer: tuple[Path, int]) -> None:
        self._written, number = answer
        text = tr("已生成 PDF，共 {pages:,} 页：{file}。", pages=number, file=self._written)
        self._banner.say(Tone.OK, text, ((_OPEN, tr("打开文件")),))

    def _on_printed(self, number: int) -> None:
        self._banner.say(Tone.OK, tr("已送往打印机，共 {pages:,} 页。", pages=number))

    def _on_link(self, key: str) -> None:
        if key == _OPEN and self._written is not None:
            self._desk.talk.open_outside(self._written)


def _written(target: Path, asked: Asked, store: Store, progress: Progress) -> tuple[Path, int]:
    from PySide6.QtGui import QPdfWriter

    from ipfinance.ui import ledger_paper

    with whole_file(target) as part:
        writer = QPdfWriter(str(part))
        writer.setTitle(TITLE)
        writer.setResolution(300)
        ledger_paper.set_paper(writer)
        number = _drawn(writer, asked, store, progress)
        del writer  # it writes its last part as it goes
    return target, number


def _drawn(device: "QPagedPaintDevice", asked: Asked, store: Store, progress: Progress) -> int:
    from ipfinance.ui import ledger_paper

    listing = ledger.select(store, asked.wanted, asked.today, *asked.sorting)
    sheet = ledger_paper.Sheet(TITLE, asked.words, _total(listing), asked.columns)
    rows = _rows(store, listing, asked.today)
    return ledger_paper.draw(device, sheet, rows, len(listing), progress)


def _rows(store: Store, listing: Listing, today: date) -> Iterator[LedgerRow]:
    for start in range(0, len(listing), _CHUNK):
        yield from ledger.rows(store, listing.ids[start : start + _CHUNK], today)


def _total(listing: Listing) -> str:
    words = f"共 {len(listing):,} 条，担保债权额 {wan(listing.secured_amount_fen)} 万元"
    if listing.amount_missing:
        words += f"，另有 {listing.amount_missing:,} 件金额待补"
    return words
