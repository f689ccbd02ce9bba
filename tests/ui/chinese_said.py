"""Chinese in an English window: what is neither data nor one of the bureau's documents."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from ipfinance.db.connection import Store
from ipfinance.domain.division import read_divisions
from ipfinance.paths import resource
from tools import english

_CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")
# A Chinese word of the registers with its English behind it: 专利 (patent); a published figure.
_GLOSS = re.compile(r"[\u3400-\u9fff/A-Z]+ \([a-z -]+\)|[\d,.]+亿元")
_MOST_ROWS = 40  # of a table; the rest says the same of other data
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
# Shown as they are written: sentences and pictures of reports, what is pasted or read in.
_DOCUMENTS = {
    *("SentenceView", "GapEdit", "FigureView", "EntryDetails"),
    *("statement", "qualifier", "unit"),
}
_WORDS = (
    "中文",  # the language, in its own words
    "；",  # between names, as the registers have them
    *("（自然人）", "C 制造业", "国统字〔2017〕213号"),  # as they are to be typed
    *("2469项", "24998万元"),  # of the statement that is checked
)
_PUBLISHED = re.compile(r"^(约|近|逾|超过|突破|破|达到)?[\d,.]+(亿元|万元|[项件笔家个位])$")


class ChineseSaid:
    """A check over a store, whose data may be said as they are."""

    def __init__(self, store: Store, ledger: Path) -> None:
        """``ledger`` is a file of ``gb18030`` text that is read in while one looks."""
        self._data: dict[str, list[str]] = {}
        self._judged: dict[str, str] = {}
        ours = {message.id for message in english.kept()}  # data or not, they have an English
        for text in ({*_stored(store), *_of_divisions(), *_read_in(ledger)} - ours).union(_WORDS):
            self._data.setdefault(text[0], []).append(text)
        for texts in self._data.values():
            texts.sort(key=len, reverse=True)

    def __call__(self, seen: QWidget) -> Iterator[str]:
        """One sentence for each text that has other Chinese in it."""
        told: set[str] = set()
        for widget, text in _said(seen):
            left = self._left(text)
            if left and text not in told:
                told.add(text)
                name = widget.objectName()
                yield f"Chinese: {type(widget).__name__} {name!r} {text!r}, not data: {left!r}"

    def _left(self, text: str) -> str:
        """What of a text is Chinese and no data."""
        if not _CHINESE.search(text) or _PUBLISHED.match(text):
            return ""
        if text not in self._judged:
            self._judged[text] = "".join(self._foreign(text))
        return self._judged[text]

    def _foreign(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            known = (one for one in self._data.get(text[at], ()) if text.startswith(one, at))
            found = next(known, "")
            if not found and (gloss := _GLOSS.match(text, at)):
                found = gloss[0]
            if not found and _CHINESE.match(text[at]):
                yield text[at]
            at += len(found) or 1


def _stored(store: Store) -> Iterator[str]:
    """Every text of the store that has Chinese in it, and its parts where it is a list."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (table,) in store.connection.execute(tables).fetchall():
        for row in store.connection.execute(f'SELECT * FROM "{table}"'):
            for value in tuple(row):
                if isinstance(value, str):
                    yield from _texts(value)


def _texts(kept: str) -> Iterator[str]:
    """A kept text, of JSON every text in it."""
    if kept.startswith(("{", "[")):
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', kept):
            yield from _texts(json.loads(f'"{text}"'))
    elif len(kept) > 1 and _CHINESE.search(kept):
        yield kept


def _of_divisions() -> Iterator[str]:
    for one in read_divisions(resource("divisions.csv").read_text(encoding="utf-8-sig")):
        yield one.name


def _read_in(ledger: Path) -> Iterator[str]:
    for line in ledger.read_text(encoding="gb18030").splitlines():
        if any(letter.isdigit() for letter in line):  # not of the header, whose words are ours
            yield from (cell for cell in re.split("[,;]", line) if len(cell) > 1)


def _said(seen: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text that is said in a window, by whom."""
    yield seen, seen.windowTitle()
    for one in (seen, *seen.findChildren(QWidget)):
        if _is_document(one) or not (one.isVisibleTo(seen) or isinstance(one, QMenu)):
            continue
        for text in (
            one.toolTip(),
            one.accessibleName(),
            one.accessibleDescription(),
            *(_text(action) for action in one.actions()),
            *_own(one),
        ):
            yield one, text


def _text(action: QAction) -> str:
    return f"{action.text()} {action.toolTip()}"


def _own(one: QWidget) -> Iterator[str]:
    if isinstance(one, (QLabel, QAbstractButton)):
        yield one.text()
    elif isinstance(one, QLineEdit):
        yield one.text()
        yield one.placeholderText()
    elif isinstance(one, (QPlainTextEdit, QTextEdit)):
        yield one.toPlainText()
        yield one.placeholderText()
    elif isinstance(one, (QGroupBox, QMenu)):
        yield one.title()
    elif isinstance(one, QTabBar):
        for at in range(one.count()):
            yield one.tabText(at)
            yield one.tabToolTip(at)
    elif isinstance(one, QComboBox):
        for at in range(min(one.count(), _MOST_ROWS)):
            yield one.itemText(at)
    elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
        model: QAbstractItemModel | None = one.model()
        if model is not None:
            yield from _of_model(model, with_header=isinstance(one, QTableView))


def _of_model(model: QAbstractItemModel, with_header: bool) -> Iterator[str]:
    # A list has no columns that may be asked for.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        if with_header:
            for role in _ROLES:
                yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
            index: QModelIndex = model.index(row, column)
            for role in _ROLES:
                yield str(index.data(role) or "")


def _is_document(one: QWidget) -> bool:
    above: QWidget | None = one
    while above is not None:
        if type(above).__name__ in _DOCUMENTS or above.objectName() in _DOCUMENTS:
            return True
        above = above.parentWidget()
    return False
