"""One registration of an import: its cells as they stand in the file beside how they were read."""

import math
from collections.abc import Iterable, Mapping
from html import escape

from PySide6.QtCore import QEvent, QSizeF, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget
from typing_extensions import override

from ipfinance.domain.cells import text_of
from ipfinance.domain.division import Divisions
from ipfinance.domain.fields import BY_KEY, FIELDS, Form
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.pledge import Pledge
from ipfinance.intake.comparing import Entry
from ipfinance.intake.findings import Finding
from ipfinance.language import tr
from ipfinance.reports.ledger_cells import AreaNames, cells_of
from ipfinance.ui.models.import_model import BLANK
from ipfinance.ui.theme import HINT, TABLE, colour

_WIDTHS = ("24%", "38%", "38%")


class RichText(QTextBrowser):
    """Text in the colours of the theme that can be copied; `redress_asked`: write it anew."""

    redress_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # with Qt's own viewport: given another, a text edit crashes
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.redress_asked.emit()


class EntryDetails(RichText):
    """Rich text and not a table of widgets: long lists of numbers wrap and can be copied."""

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_details")
        self.setAccessibleName(tr("这一笔的内容"))
        # As tall as what it says: the panel around it scrolls.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._areas = AreaNames(divisions)
        self._entry: Entry | None = None
        self.redress_asked.connect(self._fill)

    def show_entry(self, entry: Entry | None) -> None:
        """Show another registration, or nothing."""
        self._entry = entry
        self._fill()

    def _fill(self) -> None:
        self.setHtml(details(self._entry, self._areas) if self._entry else "")

    def _on_size_changed(self, size: QSizeF) -> None:
        height = math.ceil(size.height()) + 4  # and the frame that shows the focus
        if height != self.height():
            self.setFixedHeight(height)


def details(entry: Entry, areas: AreaNames) -> str:
    """The whole in rich text, in the colours worn now."""
    parts = []
    if entry.changes:
        changed = (
            (BY_KEY[one.key].label, one.old or BLANK, one.new or BLANK) for one in entry.changes
        )
        parts.append(
            _heading(tr("要更正的")) + _table((tr("字段"), tr("现有"), tr("改为")), changed)
        )
    read = understood(entry.after, areas) if entry.after else {}
    faults: dict[str, list[Finding]] = {}
    for fault in entry.faults:
        faults.setdefault(fault.field, []).append(fault)
    loose = [fault for key, found in faults.items() if key not in BY_KEY for fault in found]
    parts.extend(_sentence(fault) for fault in loose)
    if parts:
        parts.append(_heading(tr("文件里写的，和读作的")))
    parts.append(_cells(entry, read, faults))
    return "".join(parts)


def understood(pledge: Pledge, areas: AreaNames) -> Mapping[str, str]:
    """What each field of a registration says, as it is shown."""
    shown = {}
    for key, value in cells_of(pledge, areas).items():
        is_money = BY_KEY[key].form is Form.MONEY
        if value is None:
            shown[key] = ""
        elif is_money and isinstance(value, int):
            shown[key] = tr("{amount} 万元", amount=grouped_wan(value))
        else:
            shown[key] = str(value)
    return shown


def _cells(entry: Entry, read: Mapping[str, str], faults: Mapping[str, list[Finding]]) -> str:
    cells, mended = entry.cells, entry.mended or {}
    labels = entry.draft.table.header.label_of
    lines = []
    for field in FIELDS:
        raw, meant = text_of(cells.get(field.key)).strip(), read.get(field.key, "")
        found = faults.get(field.key, [])
        if not raw and not meant and not found:
            continue
        ground = colour(_ground(found)).name() if found else ""
        name = labels(field.key) if field.key in entry.draft.table.header.keys else field.label
        written = plain(raw) + (soft(tr("（已改）")) if field.key in mended else "")
        columns = [soft(name), written or soft("—")]
        if read and raw != meant:
            columns.append(plain(meant) or soft("—"))
        lines.append(_row(columns, ground))
        # The editors above say already why it is rejected.
        told = found if entry.after else [fault for fault in found if not fault.is_error]
        if told:
            said = "".join(_sentence(fault) for fault in told)
            lines.append(f'<tr><td colspan="3" bgcolor="{ground}">{said}</td></tr>')
    heads = (
        (tr("字段"), tr("文件里"), tr("读作（如不同）")) if read else (tr("字段"), tr("文件里"), "")
    )
    return _framed(heads, "".join(lines))


def _ground(found: list[Finding]) -> str:
    return "danger_ground" if any(fault.is_error for fault in found) else "warning_ground"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, str, str]]) -> str:
    ground = colour("tint").name()
    lines = [
        _row([soft(label), plain(old), f"<b>{plain(new)}</b>"], ground) for label, old, new in rows
    ]
    return _framed(heads, "".join(lines))


def _framed(heads: tuple[str, ...], body: str) -> str:
    named = "".join(
        f'<td width="{width}">{soft(head)}</td>' for head, width in zip(heads, _WIDTHS, strict=True)
    )
    return (
        f'<table width="100%" cellspacing="0" cellpadding="5" style="font-size:{TABLE}px">'
        f'<tr bgcolor="{colour("header").name()}">{named}</tr>{body}</table>'
    )


def _row(columns: list[str], ground: str) -> str:
    """A line of the table; the last column reaches to the edge."""
    filled = f' bgcolor="{ground}"' if ground else ""
    *others, last = columns
    cells = "".join(f"<td>{text}</td>" for text in others)
    return f'<tr{filled}>{cells}<td colspan="{3 - len(others)}">{last}</td></tr>'


def _heading(words: str) -> str:
    return f'<p style="font-size:{HINT}px; margin:10px 0 4px 0">{soft(words)}</p>'


def _sentence(fault: Finding) -> str:
    tone = "danger_text" if fault.is_error else "warning_text"
    kind = tr("错误") if fault.is_error else tr("提醒")
    words = (
        tr("{kind} · 第 {row} 行：{said}", kind=kind, row=fault.row, said=fault.text)
        if fault.row
        else f"{kind} · {fault.text}"
    )
    return f'<div style="color:{colour(tone).name()}; font-size:{HINT}px">{escape(words)}</div>'


def soft(words: str) -> str:
    """Words as rich text, in grey."""
    return f'<span style="color:{colour("text_soft").name()}">{escape(words)}</span>'


def plain(words: str) -> str:
    """Words as rich text."""
    return escape(words).replace("\n", "<br>")
