"""The ledger on paper: A4 across, with the head on every page, its number and the sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
)

from ipfinance.db.ledger import LedgerRow
from ipfinance.errors import UserError
from ipfinance.language import in_chinese, tr
from ipfinance.progress import Progress
from ipfinance.ui.models.rows import Column

# Millimetres. Two lines of a cell fit a row, so that few names are cut short.
_MARGIN = 12.0
_TITLE, _WORDS, _HEAD, _ROW, _FOOT = 9.0, 6.0, 8.0, 8.0, 6.0
_PADDING = 1.2
_TITLE_PT, _TEXT_PT, _FOOT_PT = 14, 7.5, 7.5
_LINE, _TINT = QColor("#b8bec8"), QColor("#eef1f5")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the rows: title, filter and sum in words, the columns shown."""

    title: str
    words: str
    total: str
    columns: Sequence[Column[LedgerRow]]


def set_paper(device: QPagedPaintDevice) -> None:
    """A4 across with narrow margins."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )


def rows_on_page(height: float = 210 - 2 * _MARGIN) -> int:
    """How many rows a page of that height (mm, within its margins) holds."""
    return max(1, int((height - _TITLE - _WORDS - _HEAD - _FOOT) // _ROW))


def pages(count: int, height: float = 210 - 2 * _MARGIN) -> int:
    """How many pages so many rows take."""
    return max(1, -(-count // rows_on_page(height)))


def draw(
    device: QPagedPaintDevice,
    sheet: Sheet,
    rows: Iterable[LedgerRow],
    count: int,
    progress: Progress,
) -> int:
    """Draw the rows, of which there are `count`, page after page; how many pages.

    Raises:
        UserError: when the device cannot be drawn on.
        Cancelled: when `progress` was cancelled.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise UserError(tr("无法打印"), tr("请检查打印机是否就绪，或换一个位置存为 PDF。"))
    try:
        room = device.pageLayout().paintRect(QPageLayout.Unit.Millimeter)
        paper = _Paper(painter, device.logicalDpiX() / 25.4, room, sheet, count)
        for place, row in enumerate(rows):
            if place % paper.per_page == 0:
                progress.step(place, count, tr("排版"))
                if place:
                    device.newPage()
                paper.begin_page(place // paper.per_page + 1)
            paper.draw_row(place % paper.per_page, row)
        if not count:
            paper.begin_page(1)
        return paper.pages
    finally:
        painter.end()


class _Paper:
    """Draws on one page at a time; all lengths are millimetres until they are drawn."""

    def __init__(
        self, painter: QPainter, scale: float, room: QRectF, sheet: Sheet, count: int
    ) -> None:
        self._painter = painter
        self._scale = scale
        self._room = room
        self._sheet = sheet
        self.per_page = rows_on_page(room.height())
        self.pages = pages(count, room.height())
        shares = [column.width * (1 + column.stretch / 4) for column in sheet.columns]
        self._widths = [room.width() * share / sum(shares) for share in shares]
        self._text = _font(painter, _TEXT_PT)
        self._metrics = QFontMetricsF(self._text, painter.device())

    def begin_page(self, number: int) -> None:
        """What stands on every page around the rows."""
        width, height = self._room.width(), self._room.height()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._write(self._sheet.title, 0, 0, width, _TITLE, left, _TITLE_PT, bold=True)
        self._write(self._sheet.words, 0, _TITLE, width * 0.6, _WORDS, left, _TEXT_PT)
        self._write(self._sheet.total, width * 0.6, _TITLE, width * 0.4, _WORDS, right, _TEXT_PT)
        top = _TITLE + _WORDS
        self._painter.fillRect(self._box(0, top, width, _HEAD), _TINT)
        x = 0.0
        for column, wide in zip(self._sheet.columns, self._widths, strict=True):
            at = x + _PADDING
            side = right if column.number else left
            self._write(
                in_chinese(column.title),
                at,
                top,
                wide - 2 * _PADDING,
                _HEAD,
                side,
                _TEXT_PT,
                bold=True,
            )
            x += wide
        self._line(top)
        self._line(top + _HEAD)
        place = f"第 {number:,} 页，共 {self.pages:,} 页"
        self._write(place, 0, height - _FOOT, width, _FOOT, right, _FOOT_PT)

    def draw_row(self, place: int, row: LedgerRow) -> None:
        """One row at its place on the page."""
        top = _TITLE + _WORDS + _HEAD + place * _ROW
        self._painter.setFont(self._text)
        x = 0.0
        for column, wide in zip(self._sheet.columns, self._widths, strict=True):
            text = in_chinese(column.text(row))
            box = self._box(x + _PADDING, top, wide - 2 * _PADDING, _ROW)
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            flags = int(side | Qt.AlignmentFlag.AlignVCenter)
            if self._metrics.horizontalAdvance(text) > box.width():
                # The last letter of a line may not fit: two lines hold a little less than two.
                most = 2 * box.width() - 2 * self._metrics.height()
                text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
                flags |= int(Qt.TextFlag.TextWrapAnywhere)
            self._painter.drawText(box, flags, text)
            x += wide
        self._line(top + _ROW)

    def _write(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        height: float,
        side: Qt.AlignmentFlag,
        points: float,
        *,
        bold: bool = False,
    ) -> None:
        self._painter.setFont(_font(self._painter, points, bold=bold))
        box = self._box(x, y, width, height)
        shown = self._painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        self._painter.drawText(box, int(side), shown)

    def _line(self, y: float) -> None:
        self._painter.fillRect(self._box(0, y, self._room.width(), 0.15), _LINE)

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        scale = self._scale
        return QRectF(x * scale, y * scale, width * scale, height * scale)


def _font(painter: QPainter, points: float, *, bold: bool = False) -> QFont:
    font = QFont(painter.font())
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
