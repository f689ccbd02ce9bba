"""What a table puts on the clipboard: text for everything, HTML in which codes stay text."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Qt

# What a spreadsheet reads rightly by itself; anything else is marked as text, or it would turn
# 18-digit codes into rounded numbers and "=…" into formulas.
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d+)?%?")
_LEADING_ZERO = re.compile(r"-?0\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def copied(
    model: QAbstractItemModel, rows: Iterable[int], columns: list[int], *, headers: bool
) -> QMimeData:
    """The cells where `rows` and `columns` (logical, in the order shown) cross."""
    table = [[copied_cell(model.index(row, column)) for column in columns] for row in rows]
    if headers:
        table.insert(0, [CopiedCell(_header(model, column)) for column in columns])
    data = QMimeData()
    data.setText(as_lines([[cell.text for cell in line] for line in table]))
    lines = (f"<tr>{''.join(cell.html() for cell in line)}</tr>" for line in table)
    data.setHtml(f'<meta charset="utf-8"><table>{"".join(lines)}</table>')
    return data


class CopiedCell(NamedTuple):
    """A cell on its way to the clipboard; what is no number is marked as text."""

    text: str
    is_right: bool = False
    is_number: bool = False

    def html(self) -> str:
        from html import escape  # not needed until something is copied

        styles = ["text-align:right"] if self.is_right else []
        styles += [] if self.is_number else ["mso-number-format:'\\@'"]
        style = f' style="{";".join(styles)}"' if styles else ""
        return f"<td{style}>{escape(self.text)}</td>"


def copied_cell(index: QModelIndex, text: str | None = None) -> CopiedCell:
    """A cell of a model, in other words than it shows where `text` is given."""
    words = str(index.data(Qt.ItemDataRole.DisplayRole) or "") if text is None else text
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    right = bool(
        int(getattr(alignment, "value", alignment) or 0) & Qt.AlignmentFlag.AlignRight.value
    )
    is_number = right and _NUMBER.fullmatch(words) and not _LEADING_ZERO.match(words)
    return CopiedCell(words, right, bool(is_number or _DATE.fullmatch(words)))


def as_lines(table: Iterable[Sequence[str]]) -> str:
    """Lines of cells between tabs; no cell may break that grid."""
    return "\n".join("\t".join(_flat(text) for text in line) for line in table)


def _header(model: QAbstractItemModel, column: int) -> str:
    return str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def _flat(text: str) -> str:
    """A cell must not break the grid of tabs and lines."""
    return re.sub(r"[\t\r\n]+", " ", text)
