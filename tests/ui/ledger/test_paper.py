"""The ledger on paper: as PDF, to a printer, always in Chinese."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrinter

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, LedgerRow
from ipfinance.domain.money import wan
from ipfinance.domain.pledge import Channel, Kind, Pledge
from ipfinance.progress import Progress
from ipfinance.ui import ledger_paper
from ipfinance.ui.desk import Desk
from ipfinance.ui.ledger_print import LedgerPrint
from ipfinance.ui.pages.ledger import LedgerPage
from tests.ui.desks import AskedTalk
from tests.ui.ledger.hands import COUNT, act, many

Drawn = list[tuple[ledger_paper.Sheet, list[LedgerRow]]]


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    return many(store)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """What was drawn, which a PDF only holds as shapes of letters; it is drawn all the same."""
    kept: Drawn = []
    draw = ledger_paper.draw

    def keeping(
        device: QPagedPaintDevice,
        sheet: ledger_paper.Sheet,
        rows: Iterable[LedgerRow],
        count: int,
        progress: Progress,
    ) -> int:
        kept.append((sheet, list(rows)))
        return draw(device, sheet, kept[-1][1], count, progress)

    monkeypatch.setattr(ledger_paper, "draw", keeping)
    return kept


def pdf_pages(path: Path) -> list[tuple[int, int]]:
    """Width and height of each page of a PDF, in points."""
    content = path.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", content)) == len(re.findall(rb"/MediaBox", content))
    return [
        (round(float(width)), round(float(height)))
        for width, height in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    ]


def test_that_the_list_is_written_as_pdf(
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    tmp_path: Path,
    pledges: list[Pledge],
    drawn: Drawn,
) -> None:
    talk.target = target = tmp_path / "台账.pdf"
    page.show_filter(Filter(text="示例", kinds=(Kind.PATENT,), channel=Channel.ONLINE))
    listed = [
        pledge
        for pledge in pledges
        if pledge.kind is Kind.PATENT and pledge.channel is Channel.ONLINE
    ]
    act(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert page.banner.text == f"已生成 PDF，共 1 页：{target}。"
    assert pdf_pages(target) == [(842, 595)]  # A4 across
    [(sheet, rows)] = drawn
    assert sorted(row.id for row in rows) == sorted(pledge.id or 0 for pledge in listed)
    assert [row.id for row in rows] == list(page.card.model.ids)
    assert sheet.words == "全部日期 · 浙江省 · 专利 · 含「示例」 · 线上办理"
    amount = sum(pledge.secured_amount_fen or 0 for pledge in listed)
    missing = sum(pledge.secured_amount_fen is None for pledge in listed)
    assert sheet.total == (
        f"共 {len(listed)} 条，担保债权额 {wan(amount)} 万元，另有 {missing} 件金额待补"
    )
    page.show_filter(Filter())
    act(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert pdf_pages(target) == [(842, 595)] * ledger_paper.pages(COUNT)
    assert ledger_paper.pages(COUNT) == 3


def test_that_an_english_ledger_is_printed_in_chinese(
    in_english: None,
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    written: list[str] = []

    def noting(_paper: object, text: str, *_: object, **__: object) -> None:
        written.append(text)

    monkeypatch.setattr(ledger_paper._Paper, "_write", noting)
    talk.target = tmp_path / "台账.pdf"
    page.show_filter(Filter(kinds=(Kind.PATENT,)))
    act(page, "print_pdf")
    assert desk.jobs.wait_idle()
    shown = [page.card.model.column(at).title for at in page.card.table.shown_columns()]
    assert "Pledgor" in shown
    assert {"出质人", "质权人", "登记日", "全部日期 · 浙江省 · 专利"} <= set(written)
    assert not set(shown) & set(written)


def test_that_an_empty_list_is_one_page_and_a_stop_leaves_no_file(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path
) -> None:
    talk.target = target = tmp_path / "空.pdf"
    page.show_filter(Filter(text="没有这个"))
    act(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert len(pdf_pages(target)) == 1
    talk.target = tmp_path / "停.pdf"
    page.show_filter(Filter())
    act(page, "print_pdf")
    for job in desk.jobs.running:
        job.cancel()
    assert desk.jobs.wait_idle()
    assert [one.name for one in tmp_path.iterdir() if one.suffix in (".pdf", ".part")] == ["空.pdf"]


def test_that_the_printer_gets_the_columns_shown(
    page: LedgerPage,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    drawn: Drawn,
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    ledger_paper.set_paper(printer)
    monkeypatch.setattr(LedgerPrint, "_chosen_printer", lambda _: printer)
    table = page.card.table
    table.columns.set_shown(page.card.model.column_of("pledgee"), shown=False)
    table.header.moveSection(0, 1)
    act(page, "print_out")
    assert desk.jobs.wait_idle()
    assert page.banner.text == f"已送往打印机，共 {ledger_paper.pages(COUNT)} 页。"
    assert len(pdf_pages(tmp_path / "打印.pdf")) == ledger_paper.pages(COUNT)
    keys = [column.key for column in drawn[0][0].columns]
    assert keys[:3] == ["kind", "reg_no", "pledgor"]
    assert "pledgee" not in keys
    assert "county" not in keys


def test_that_many_pages_are_not_printed_unasked(
    page: LedgerPage, desk: Desk, talk: AskedTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.answer = False
    monkeypatch.setattr(ledger_paper, "pages", lambda *_: 101)
    act(page, "print_out")
    assert talk.said == ["打印 101 页？"]
    assert not desk.jobs.busy
