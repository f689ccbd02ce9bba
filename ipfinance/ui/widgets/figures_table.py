"""A table of figures: cells are chosen, and what is copied can be counted with."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from ipfinance.ui.models.figure_words import plain
from ipfinance.ui.roles import Role
from ipfinance.ui.widgets.pinned_total import PinnedTotal
from ipfinance.ui.widgets.table import DataTable
from ipfinance.ui.widgets.table_copy import CopiedCell, as_lines, copied_cell


class Around(NamedTuple):
    """What stands above and below a table that is copied whole."""

    title: str
    unit: str
    notes: Sequence[str]


class FiguresTable(DataTable):
    """▲ and ▼ stay on the screen: a spreadsheet gets -3.2%."""

    whole_wanted = Signal()  # Ctrl+C where nothing is selected: the page knows title and notes
    _pinned: "PinnedTotal | None" = None  # of the class: Qt scrolls while it is being made

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent, cells=True)

    def pin_total(self) -> None:
        """Keep the total in sight; to be called once the model is there."""
        self._pinned = PinnedTotal(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pinned is not None:
            self._pinned.settle()

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        pinned = self._pinned
        if pinned is not None and pinned.isVisible():
            under = self.visualRect(index).bottom() - pinned.y()
            if under > 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + under + 1)

    @override
    def copy(self, *, headers: bool = False) -> None:
        rows, columns = self.chosen_rows(), self._copied_columns()
        if rows and columns:
            self._put(rows, columns, headers=headers, around=None)
        else:
            self.whole_wanted.emit()

    def has_part_chosen(self) -> bool:
        """Whether more than the one cell is selected that one stands on anyway."""
        return sum(part.height() * part.width() for part in self._parts()) > 1

    def copy_whole(self, around: Around) -> None:
        """Put all lines, in the columns shown, with headings, title and notes on the clipboard."""
        rows = range(self.model().rowCount())
        self._put(rows, self.shown_columns(), headers=True, around=around)

    def _put(
        self, rows: Iterable[int], columns: list[int], *, headers: bool, around: Around | None
    ) -> None:
        heads = self._heads(columns) if headers else []
        body = [[self._cell(row, column) for column in columns] for row in rows]
        data = QMimeData()
        texts = [[cell.text for cell in cells] for cells in body]
        data.setText(_as_text([*heads, *texts], around))
        data.setHtml(_as_html(heads, body, around))
        QGuiApplication.clipboard().setMimeData(data)

    def _heads(self, columns: list[int]) -> list[list[str]]:
        titles = [self._head(column, Qt.ItemDataRole.DisplayRole) for column in columns]
        groups = [self._head(column, Role.GROUP) for column in columns]
        if not any(groups):
            return [titles]
        return [
            # A column without a group stands in both lines, as one tall cell does.
            [group or title for group, title in zip(groups, titles, strict=True)],
            [title if group else "" for group, title in zip(groups, titles, strict=True)],
        ]

    def _head(self, column: int, role: int) -> str:
        return str(self.model().headerData(column, Qt.Orientation.Horizontal, role) or "")

    def _cell(self, row: int, column: int) -> CopiedCell:
        index = self.model().index(row, column)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return copied_cell(index, plain(words) if index.data(Role.LINK) else words)


def _as_text(lines: list[list[str]], around: Around | None) -> str:
    texts = as_lines(lines)
    if around is None:
        return texts
    unit = [around.unit] if around.unit else []
    return "\n".join([around.title, *unit, texts, *around.notes])


def _as_html(heads: list[list[str]], body: list[list[CopiedCell]], around: Around | None) -> str:
    width = len((heads or body)[0])
    lines: list[str] = []
    if around is not None:
        lines.append(f'<tr><th colspan="{width}">{escape(around.title)}</th></tr>')
        if around.unit:
            lines.append(f'<tr><td colspan="{width}" align="right">{escape(around.unit)}</td></tr>')
    if len(heads) == 2:
        lines += _tall_heads(*heads)
    elif heads:
        lines.append(f"<tr>{''.join(f'<th>{escape(title)}</th>' for title in heads[0])}</tr>")
    lines += [f"<tr>{''.join(cell.html() for cell in cells)}</tr>" for cells in body]
    if around is not None:
        lines += [f'<tr><td colspan="{width}">{escape(note)}</td></tr>' for note in around.notes]
    return f'<meta charset="utf-8"><table border="1">{"".join(lines)}</table>'


def _tall_heads(groups: list[str], titles: list[str]) -> list[str]:
    """Two lines in which a group spans its columns."""
    above: list[str] = []
    below: list[str] = []
    at = 0
    while at < len(groups):
        if not titles[at]:
            above.append(f'<th rowspan="2">{escape(groups[at])}</th>')
            at += 1
            continue
        end = at
        while end < len(groups) and titles[end] and groups[end] == groups[at]:
            below.append(f"<th>{escape(titles[end])}</th>")
            end += 1
        above.append(f'<th colspan="{end - at}">{escape(groups[at])}</th>')
        at = end
    return [f"<tr>{''.join(above)}</tr>", f"<tr>{''.join(below)}</tr>"]
