"""The receipt of an import as a sheet of paper: for a PDF or a printer."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from ipfinance.domain.money import wan
from ipfinance.intake.receipts import CitySum, Receipt
from ipfinance.language import in_chinese, word
from ipfinance.saving import whole_file
from ipfinance.ui.models.import_model import is_total, signed_wan, with_total
from ipfinance.ui.theme import font_family

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_NO_MARGINS = QMarginsF(0, 0, 0, 0)  # a printed QTextDocument brings 2 cm of its own


def facts_of(receipt: Receipt, who: str, when: str, store: Path) -> list[tuple[str, str]]:
    """What a receipt says besides its counts: name and words, in Chinese as on the paper."""
    facts = [(word("文件"), "\n".join(name for name, _ in receipt.files))]
    facts.append(("SHA-256", "\n".join(sha256 for _, sha256 in receipt.files)))
    if receipt.in_doubt:
        facts.append((word("新增中登记号待核（笔）"), f"{receipt.in_doubt:,}"))
    facts.append((word("新增债权额（万元）"), wan(receipt.secured_amount_fen)))
    facts += [(word("操作人"), who), (word("时间"), when), (word("数据文件"), str(store))]
    if receipt.batch_uid:
        facts.append((word("批次"), receipt.batch_uid))
    return facts


def receipt_name(imported: Path) -> str:
    """What the receipt of an imported file is called unless the clerk wants another name."""
    return f"{imported.stem}_导入回执.pdf"


def paper(receipt: Receipt, facts: list[tuple[str, str]]) -> QTextDocument:
    """The receipt as a document of A4 pages, black on white whatever the theme."""
    counts = " + ".join(
        f"{name} {count:,}"
        for name, count in (
            ("新增", receipt.new),
            ("更正", receipt.changed),
            ("相同", receipt.same),
            ("退回", receipt.rejected),
            ("略过", receipt.left_out),
        )
    )
    told = "".join(
        f'<tr><td width="22%" style="color:#555">{escape(name)}</td>'
        f"<td>{escape(words).replace(chr(10), '<br>')}</td></tr>"
        for name, words in facts
    )
    document = QTextDocument()
    document.setDefaultFont(_font())
    document.setHtml(
        f'<h2 style="margin-bottom:2px">台账导入回执</h2>'
        f'<p style="font-size:13pt"><b>读入 {receipt.read:,} 笔 = {counts}</b></p>'
        f'<table width="100%" cellspacing="0" cellpadding="4">{told}</table>'
        + (f"<h4>各市担保债权额（万元）</h4>{_cities(receipt.cities)}" if receipt.cities else "")
        + (f"<h4>退回的原因</h4>{_reasons(receipt)}" if receipt.faults else "")
    )
    return document


def save_pdf(document: QTextDocument, target: Path) -> None:
    """Write the document as a PDF, whole or not at all.

    Raises:
        UserError: when the file cannot be written; what was there before stays.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            _NO_MARGINS,
            QPageLayout.Unit.Millimeter,
        )
    )
    document.print_(writer)
    with whole_file(target) as beside:
        beside.write_bytes(buffer.data().data())


def print_document(document: QTextDocument, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the clerk turned away."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        print_on(printer, document)
        return True
    finally:
        dialog.deleteLater()


def print_on(printer: "QPrinter", document: QTextDocument) -> None:
    """Print on a printer as it was set up, a PDF included."""
    printer.setPageMargins(_NO_MARGINS, QPageLayout.Unit.Millimeter)
    document.print_(printer)


def _font() -> QFont:
    font = QFont(font_family())
    font.setPointSizeF(10)
    return font


def _reasons(receipt: Receipt) -> str:
    """Where and why; the file too, where there are several."""
    files = {name for name, _ in receipt.files}
    named = len(files) > 1 or files != {fault.file for fault in receipt.faults}
    rows = "".join(
        f'<tr><td width="34%" style="color:#555">'
        f"{escape(in_chinese(fault.file)) + '<br>' if named else ''}"
        f"{escape(in_chinese(fault.where))}</td><td>{escape(in_chinese(fault.text))}</td></tr>"
        for fault in receipt.faults
    )
    return f'<table width="100%" cellspacing="0" cellpadding="3">{rows}</table>'


def _cities(cities: tuple[CitySum, ...]) -> str:
    heads = "".join(
        f'<td align="{side}" style="border-bottom:1px solid #000"><b>{head}</b></td>'
        for head, side in (
            ("设区市", "left"),
            ("导入前", "right"),
            ("增减", "right"),
            ("导入后", "right"),
        )
    )
    rows = "".join(map(_city, with_total(cities)))
    return f'<table width="100%" cellspacing="0" cellpadding="3"><tr>{heads}</tr>{rows}</table>'


def _city(line: CitySum) -> str:
    texts = (
        *(in_chinese(line.name), wan(line.fen_before)),
        *(signed_wan(line.fen_after - line.fen_before), wan(line.fen_after)),
    )
    style = ' style="border-top:1px solid #000; font-weight:bold"' if is_total(line) else ""
    cells = "".join(
        f'<td align="{"right" if place else "left"}"{style}>{escape(text)}</td>'
        for place, text in enumerate(texts)
    )
    return f"<tr>{cells}</tr>"
