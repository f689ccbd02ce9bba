"""What an import gives back: rejected rows as a file, the receipt as PDF and on paper."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ipfinance.db.connection import Store
from ipfinance.domain.money import wan
from ipfinance.domain.reading import Setting
from ipfinance.intake.comparing import Status
from ipfinance.intake.importing import carry_out, read_files
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs import import_outputs
from ipfinance.ui.dialogs.import_paper import facts_of, paper, print_on
from tests.ui import ledgers_made as ledgers
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.importing.hands import Opener


def test_that_rejected_rows_go_out_and_come_back_mended(
    desk: Desk,
    opened: Opener,
    store: Store,
    faulty: Path,
    tmp_path: Path,
    talk: AskedTalk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(faulty)
    target = tmp_path / "out.xlsx"
    talk.target = target
    click(dialog, "export_rejects")
    assert desk.jobs.wait_idle()
    assert talk.said == ["有错_退回.xlsx"]
    assert "已导出 2 笔" in dialog.preview.banner.text
    shown_files: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown_files.append(url.toLocalFile())
    )
    dialog.preview.banner.linkActivated.emit("file")
    dialog.preview.banner.linkActivated.emit("folder")
    assert shown_files == [str(target), str(tmp_path)]
    plan = read_files([target], store, Setting(desk.divisions, desk.today()), Progress())
    assert plan.counts[Status.REJECTED] == 2


def test_that_the_receipt_is_saved_as_a_pdf(
    desk: Desk, opened: Opener, faulty: Path, tmp_path: Path, talk: AskedTalk
) -> None:
    dialog = opened(faulty)
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    assert "杭洲市" in dialog.receipt._told.toPlainText()
    target = tmp_path / "receipt.pdf"
    talk.target = target
    click(dialog, "save_receipt")
    assert target.read_bytes().startswith(b"%PDF")
    assert "回执已保存" in dialog.receipt.banner.text
    talk.target = tmp_path / "missing" / "receipt.pdf"
    click(dialog, "save_receipt")
    assert "文件夹不存在" in dialog.receipt.banner.text


def test_that_the_receipt_is_printed_with_counts_and_reasons(
    desk: Desk, opened: Opener, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def print_document(document: QTextDocument, _window: QWidget) -> bool:
        printed.append(document.toPlainText())
        return True

    monkeypatch.setattr(import_outputs, "print_document", print_document)
    dialog = opened(faulty)
    click(dialog, "do_import")
    assert desk.jobs.wait_idle()
    click(dialog, "print_receipt")
    [text] = printed
    assert "读入 4 笔 = 新增 2 + 更正 0 + 相同 0 + 退回 2" in text
    assert "有错.xlsx" in text
    assert "杭洲市" in text


def test_that_a_printer_prints_it_whole(desk: Desk, store: Store, tmp_path: Path) -> None:
    plan = read_files(
        [ledgers.LEDGERS / "standard.xlsx"],
        store,
        Setting(desk.divisions, desk.today()),
        Progress(),
    )
    receipt = carry_out(plan, store, Progress())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "回执.pdf"))
    document = paper(receipt, facts_of(receipt, "测试员", "2020-01-02 10:11", store.path))
    text = document.toPlainText()
    for words in ("读入 400 笔 = 新增 400", receipt.files[0][1], "测试员", "2020-01-02", "丽水市"):
        assert words in text
    before, after = (
        sum(getattr(c, f"fen_{when}") for c in receipt.cities) for when in ("before", "after")
    )
    assert (before, after) == (0, receipt.secured_amount_fen)
    assert wan(after) in text
    print_on(printer, document)
    printed = (tmp_path / "回执.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert re.search(rb"/Count 1\b", printed)  # one page
    assert b"/FontFile" in printed  # with its Chinese font inside


def test_that_the_paper_stays_chinese_in_an_english_window(
    in_english: None, desk: Desk, store: Store, faulty: Path
) -> None:
    plan = read_files([faulty], store, Setting(desk.divisions, desk.today()), Progress())
    receipt = carry_out(plan, store, Progress())
    text = paper(receipt, facts_of(receipt, "测试员", "2020-01-02", store.path)).toPlainText()
    assert "There is no day" in receipt.faults[0].text  # as the window says it
    for words in ("读入 4 笔", "新增债权额（万元）", "没有「2019-02-30」这一天", "合计"):
        assert words in text
    assert "Rejected" not in text
    assert "Row" not in text
    assert "day" not in text
