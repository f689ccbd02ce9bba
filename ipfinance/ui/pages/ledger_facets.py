"""Beside the ledger: each value one may narrow by, with how many registrations it would leave."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from ipfinance.db.connection import Store
from ipfinance.db.facets import AMOUNT_MISSING, Counts, Facet
from ipfinance.db.ledger import Filter
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Channel, Kind, PledgeeKind, State
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk

WIDTH = 216
ROW = 28
_AFTER_MS = 150  # what is typed quickly is counted once
_TITLES = {
    Facet.KIND: tr("类型"),
    Facet.YEAR: tr("登记年份"),
    Facet.CITY: tr("设区市"),
    Facet.STATE: tr("状态"),
    Facet.PLEDGEE_KIND: tr("质权人类型"),
    Facet.CHANNEL: tr("办理渠道"),
}
_WORDS: dict[Facet, dict[str, str]] = {
    Facet.KIND: {kind.value: kind.label for kind in Kind},
    Facet.STATE: {state.value: state.label for state in State} | {AMOUNT_MISSING: tr("金额待补")},
    Facet.PLEDGEE_KIND: {kind.value: kind.label for kind in PledgeeKind},
    Facet.CHANNEL: {channel.value: channel.label for channel in Channel},
}
_VALUE = Qt.ItemDataRole.UserRole


class _Answer(NamedTuple):
    wanted: Filter
    counts: Counts


class LedgerFacets(QTreeWidget):
    """A click narrows by a value, a second one gives it up; `narrowed` gives the filter."""

    narrowed = Signal(object)  # Filter

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = Filter()
        self.counts: Counts = {}
        self._closed: set[Facet] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._ask)
        self.setObjectName("facets")
        self.setAccessibleName(tr("分类计数"))
        self.setToolTip(tr("每一项后面是选它以后列出的笔数；再点一次取消"))
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is selected is what the filter holds; the keys only move the focus.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._on_clicked)

    def show_filter(self, wanted: Filter) -> None:
        """Count anew for what is listed now; the former counts stay until then."""
        self._wanted = wanted
        if self.counts:
            self._pause.start()
        else:  # an empty panel waits for nothing
            self._ask()

    def choose(self, facet: Facet, value: str) -> None:
        """Narrow by a value, or give it up where it is chosen."""
        chosen = value in _chosen(self._wanted, facet)
        self.narrowed.emit(_narrowed(self._wanted, facet, None if chosen else value))

    # -- inside ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._desk.jobs.closed:  # the window is going
            return
        work = partial(_counted, self._wanted, self._desk)
        self._desk.work(work, self._on_counted, owner=self, replaces="facets")

    def _on_counted(self, answer: _Answer) -> None:
        if answer.wanted == self._wanted:
            self.counts = answer.counts
            self._fill()

    def _fill(self) -> None:
        place = self.verticalScrollBar().value()
        at = self._focused()
        self.clear()
        for facet, title in _TITLES.items():
            lines = self._lines(facet)
            if not lines:
                continue
            head = QTreeWidgetItem([title, ""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setData(0, _VALUE, (facet, None))
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            head.setSizeHint(0, QSize(0, ROW + 4))
            self.addTopLevelItem(head)
            self._keep_focus(head, at)
            head.setExpanded(facet not in self._closed)
            for value, words, count, chosen in lines:
                self._add_line(head, facet, value, words, count, chosen, at)
        self.verticalScrollBar().setValue(place)

    def _add_line(
        self,
        head: QTreeWidgetItem,
        facet: Facet,
        value: str,
        words: str,
        count: int,
        chosen: bool,
        at: object,
    ) -> None:
        line = QTreeWidgetItem(head, [f"　{words}", f"{count:,}"])
        line.setData(0, _VALUE, (facet, value))
        self._keep_focus(line, at)
        line.setToolTip(0, words)
        line.setData(
            0,
            Qt.ItemDataRole.AccessibleTextRole,
            tr("{words}，{count:,} 笔，已选", words=words, count=count)
            if chosen
            else tr("{words}，{count:,} 笔", words=words, count=count),
        )
        line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setSizeHint(0, QSize(0, ROW))
        if chosen:
            line.setSelected(True)
            font = line.font(0)
            font.setBold(True)
            line.setFont(0, font)
            line.setFont(1, font)

    def _keep_focus(self, item: QTreeWidgetItem, at: object) -> None:
        if item.data(0, _VALUE) == at:
            self.setCurrentItem(item)

    def _lines(self, facet: Facet) -> list[tuple[str, str, int, bool]]:
        """Value, words, count and whether it is chosen; a chosen one that leaves none too."""
        counts = self.counts.get(facet, {})
        chosen = _chosen(self._wanted, facet)
        values = [value for value in {**counts, **dict.fromkeys(chosen)} if value]
        return [
            (value, self._words(facet, value), counts.get(value, 0), value in chosen)
            for value in self._in_order(facet, values)
        ]

    def _in_order(self, facet: Facet, values: Sequence[str]) -> list[str]:
        if facet in _WORDS:
            return [value for value in _WORDS[facet] if value in values]
        return sorted(values, reverse=facet is Facet.YEAR)  # the latest year first

    def _words(self, facet: Facet, value: str) -> str:
        if facet is Facet.YEAR:
            return tr("{year}年", year=value)
        if facet is Facet.CITY:
            try:
                return self._desk.divisions.name_of(value)
            except LookupError:
                return value
        return _WORDS[facet][value]

    def _focused(self) -> object:
        item = self._current()
        return item.data(0, _VALUE) if item is not None else None

    def _current(self) -> QTreeWidgetItem | None:
        return self.currentItem()

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        facet, value = item.data(0, _VALUE)
        # Qt hands enums back as plain words.
        facet = Facet(facet)
        if value is not None:
            self.choose(facet, value)
        elif facet in self._closed:
            self._closed.discard(facet)
            item.setExpanded(True)
        else:
            self._closed.add(facet)
            item.setExpanded(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self._current()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and item is not None:
            self._on_clicked(item)
        else:
            super().keyPressEvent(event)


def _chosen(wanted: Filter, facet: Facet) -> set[str]:
    """The values of a facet that a filter holds."""
    match facet:
        case Facet.KIND:
            return {kind.value for kind in wanted.kinds}
        case Facet.YEAR:
            start, end = wanted.start, wanted.end
            whole = start and end and Period.of(start, end) == Period.year(start.year)
            return {str(start.year)} if whole and start else set()
        case Facet.STATE:
            missing = {AMOUNT_MISSING} if wanted.amount_missing else set()
            return missing | ({wanted.state.value} if wanted.state else set())
    value = getattr(wanted, facet.value)
    return {str(value)} if value else set()


def _narrowed(wanted: Filter, facet: Facet, value: str | None) -> Filter:
    """The filter with another value of a facet; None gives it up."""
    match facet:
        case Facet.KIND:
            return replace(wanted, kinds=(Kind(value),) if value else ())
        case Facet.YEAR:
            year = Period.year(int(value)) if value else None
            return replace(
                wanted, start=year.start if year else None, end=year.end if year else None
            )
        case Facet.STATE:
            missing = value == AMOUNT_MISSING
            state = State(value) if value and not missing else None
            return replace(wanted, state=state, amount_missing=missing)
        case Facet.CITY:
            return replace(wanted, city=value)
        case Facet.PLEDGEE_KIND:
            return replace(wanted, pledgee_kind=value)
        case Facet.CHANNEL:
            return replace(wanted, channel=Channel(value) if value else None)


def _counted(wanted: Filter, desk: Desk, store: Store, _: Progress) -> _Answer:
    return _Answer(wanted, desk.ledger.facets(store, wanted, desk.today()))
