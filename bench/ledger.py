"""The ledger's table against a list model: all rows as tuples, sorted in Python."""

import contextlib
import os
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, partial
from itertools import accumulate
from typing import Any

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db import ledger
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Sort

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEventLoop,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QApplication, QTableView

from ipfinance.ui.changes import Changes
from ipfinance.ui.desk import Desk
from ipfinance.ui.jobs import Jobs
from ipfinance.ui.models.ledger_model import LedgerModel
from ipfinance.ui.talk import Talk
from ipfinance.ui.theme import Theme
from ipfinance.ui.widgets.table import DataTable

_ALL = """
    SELECT reg_no, kind,
        (SELECT group_concat(name, '；') FROM (SELECT name FROM pledge_pledgor AS party
            WHERE party.pledge = pledge.id ORDER BY position)),
        (SELECT group_concat(name, '；') FROM (SELECT pledgee.name FROM pledge_pledgee AS party
            JOIN pledgee ON pledgee.id = party.pledgee
            WHERE party.pledge = pledge.id ORDER BY position)),
        city, county, secured_amount_fen, rights_count, registered_on, term_end, ended_by, id
    FROM pledge WHERE deleted_at IS NULL ORDER BY registered_on DESC, id DESC
"""
_AMOUNT = 6
# As somebody types them: the beginning of a name, initials, a registration number.
_TYPED = (*("杭", "杭州", "杭州示"), *("hz", "hzsl"), *("Y2019", "Y20193300001"), "新材料")
_PAGES = 40

Index = QModelIndex | QPersistentModelIndex


def questions(size: int) -> list[Question]:
    """Opening, turning a page, sorting and searching a ledger of so many registrations."""
    listed = "list model"
    return [
        Question(
            "ledger_first_paint",
            f"打开台账到画出第一屏，{size:,} 笔",
            ours=Subject("ipfinance", partial(_first_paint, size)),
            others=(Subject(listed, partial(_first_paint_of_list, size)),),
            targets={listed: 0.1},
            rounds=3,
        ),
        Question(
            "ledger_page",
            f"台账里翻 {_PAGES} 页，{size:,} 笔",
            ours=Subject("ipfinance", partial(_pages, size)),
            others=(Subject(listed, partial(_pages_of_list, size)),),
            targets={listed: 1.3},
        ),
        *(
            Question(
                f"ledger_sort_{sort.value}",
                f"台账按{words}排序，{size:,} 笔",
                ours=Subject("ipfinance", partial(_sorted, size, sort)),
                others=(Subject(listed, partial(_sorted_list, size, column)),),
                targets={listed: 0.5},
                rounds=5,
            )
            for sort, words, column in (
                (Sort.SECURED_AMOUNT, "债权额", _AMOUNT),
                (Sort.PLEDGOR, "出质人", 2),
            )
        ),
        Question(
            "ledger_search",
            f"在台账里逐字搜索 {len(_TYPED)} 次，{size:,} 笔",
            ours=Subject("ipfinance", partial(_searched, size)),
            others=(Subject("joined str.find", partial(_found, size)),),
            targets={"joined str.find": 1},
            rounds=3,
        ),
    ]


# -- ours -----------------------------------------------------------------------------------


@contextlib.contextmanager
def _model(size: int) -> Iterator[tuple[LedgerModel, Desk]]:
    _application()
    jobs = Jobs()
    with stores.opened(size) as store:
        desk = Desk(store, jobs, Talk(), Changes(), _theme(), lambda: stores.TODAY)
        try:
            yield LedgerModel(desk), desk
        finally:
            jobs.shutdown()


def _remember(desk: Desk) -> None:
    """Let the ledger be read into memory, as its page does once it stands."""
    loop = QEventLoop()
    desk.remembering.done.connect(loop.quit)
    if desk.remembering.begin():
        loop.exec()


def _asked(model: LedgerModel, ask: Run) -> None:
    """Ask, and let the events run until the answer is in the model."""
    loop = QEventLoop()
    model.listed.connect(loop.quit)
    before = model.listing
    ask()
    if model.listing is before:
        loop.exec()
    model.listed.disconnect(loop.quit)


@contextlib.contextmanager
def _first_paint(size: int) -> Iterator[Run]:
    with _model(size) as (model, _):

        def run() -> None:
            table = _table()
            table.setModel(model)
            _asked(model, lambda: model.show(Filter()))
            table.grab()
            table.setModel(None)
            table.deleteLater()
            QCoreApplication.sendPostedEvents(None, 0)

        yield run


@contextlib.contextmanager
def _pages(size: int) -> Iterator[Run]:
    with _model(size) as (model, _):
        table = _table()
        table.setModel(model)
        _asked(model, lambda: model.show(Filter()))
        yield partial(_turn, table)
        table.deleteLater()


@contextlib.contextmanager
def _sorted(size: int, sort: Sort) -> Iterator[Run]:
    with _model(size) as (model, desk):
        _asked(model, lambda: model.show(Filter()))
        _remember(desk)
        column = model.column_of(sort.value)
        orders = _alternating()

        def run() -> None:
            _asked(model, lambda: model.sort(column, next(orders)))

        yield run


@contextlib.contextmanager
def _searched(size: int) -> Iterator[Run]:
    with _model(size) as (model, desk):
        _asked(model, lambda: model.show(Filter()))
        _remember(desk)
        for text in _TYPED:
            _asked(model, partial(model.show, Filter(text=text)))
            if model.ids != ledger.select(desk.store, Filter(text=text), stores.TODAY).ids:
                raise RuntimeError(f"not what a scan of the store finds: {text}")

        def run() -> None:
            for text in _TYPED:
                _asked(model, partial(model.show, Filter(text=text)))

        yield run


# -- what it is measured against ------------------------------------------------------------


class _ListModel(QAbstractTableModel):
    """All rows in memory, as the simplest program would have them."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.rows: list[tuple[Any, ...]] = [tuple(row) for row in store.connection.execute(_ALL)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 11

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self.rows[index.row()][index.column()]
        return "" if value is None else str(value)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(
            key=lambda row: (row[column] is None, row[column]),
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self.layoutChanged.emit()


@contextlib.contextmanager
def _first_paint_of_list(size: int) -> Iterator[Run]:
    _application()
    with stores.opened(size) as store:

        def run() -> None:
            table = _table()
            model = _ListModel(store)
            table.setModel(model)
            table.grab()
            table.setModel(None)
            table.deleteLater()
            QCoreApplication.sendPostedEvents(None, 0)

        yield run


@contextlib.contextmanager
def _pages_of_list(size: int) -> Iterator[Run]:
    _application()
    with stores.opened(size) as store:
        model = _ListModel(store)
        table = _table()
        table.setModel(model)
        yield partial(_turn, table)
        table.deleteLater()


@contextlib.contextmanager
def _sorted_list(size: int, column: int) -> Iterator[Run]:
    with stores.opened(size) as store:
        model = _ListModel(store)
        orders = _alternating()
        yield lambda: model.sort(column, next(orders))


@contextlib.contextmanager
def _found(size: int) -> Iterator[Run]:
    """Every place a text stands at in one string of all lines; the lines it stands in."""
    with stores.opened(size) as store:
        lines = ["\t".join(map(str, row[:4])) for row in store.connection.execute(_ALL)]
    joined = "\n".join(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def run() -> None:
        for text in _TYPED:
            found = []
            at = joined.find(text)
            while at >= 0:
                line = bisect_right(starts, at)
                found.append(line - 1)
                at = joined.find(text, starts[line])

    yield run


# -- both -----------------------------------------------------------------------------------


def _turn(table: QTableView) -> None:
    """Page down, from a place that is another each time, so that nothing is at hand."""
    bar = table.verticalScrollBar()
    places = _places()
    bar.setValue(int(bar.maximum() * next(places)))
    for _ in range(_PAGES):
        bar.setValue(bar.value() + bar.pageStep())
        table.grab()


@cache
def _places() -> Iterator[float]:
    return iter(place / 97 % 1 for place in range(13, 10**6, 37))


def _alternating() -> Iterator[Qt.SortOrder]:
    while True:
        yield Qt.SortOrder.DescendingOrder
        yield Qt.SortOrder.AscendingOrder


def _table() -> DataTable:
    table = DataTable("")
    table.resize(1180, 700)
    table.show()
    return table


def _application() -> QApplication:
    made = QApplication.instance()
    return made if isinstance(made, QApplication) else QApplication([])


@cache
def _theme() -> Theme:
    return Theme(_application())
