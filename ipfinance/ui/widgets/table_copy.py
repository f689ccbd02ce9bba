"""What a table puts on the clipboard: text for everything, HTML in which codes stay text."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Qt

# What a spreadsheet reads rightly by itself; anything else is marked as text, or it would turn
# 18-digit codes into rounded numbers and "=…" into formulas.
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d+)?%?")
_LEADING_ZERO = re.compile(r"-?0\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def copied(
    model: QAbstractItemModel, rows: Iterable[int], columns: list[int], *, headers: bool
) -> QMimeData:
    """The cells where `rows` and `columns` (logical, in the order shown) cross."""
    table = [[_cell(model.index(row, column)) for column in columns] for row in rows]
    if headers:
        table.insert(0, [(_header(model, column), False) for column in columns])
    data = QMimeData()
    data.setText("\n".join("\t".join(_flat(text) for text, _number in line) for line in table))
    data.setHtml(_html(table))
    return data


def _cell(index: QModelIndex) -> tuple[str, bool]:
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    return text, _is_number(text, index)


def _is_number(text: str, index: QModelIndex) -> bool:
    if _DATE.fullmatch(text):
        return True
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    right = int(getattr(alignment, "value", alignment) or 0) & Qt.AlignmentFlag.AlignRight.value
    return bool(right and _NUMBER.fullmatch(text) and not _LEADING_ZERO.match(text))


def _header(model: QAbstractItemModel, column: int) -> str:
    return str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def _flat(text: str) -> str:
    """A cell must not break the grid of tabs and lines."""
    return re.sub(r"[\t\r\n]+", " ", text)


def _html(table: list[list[tuple[str, bool]]]) -> str:
    from html import escape  # not needed until something is copied

    lines = (
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            if number
            else f"<td style=\"mso-number-format:'\\@'\">{escape(text)}</td>"
            for text, number in line
        )
        + "</tr>"
        for line in table
    )
    return f'<meta charset="utf-8"><table>{"".join(lines)}</table>'
