"""The four figures above the ledger: what counts of the registrations that are listed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Listing
from ipfinance.db.listings import Figures
from ipfinance.db.reach import is_long
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, State
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.statistics.comparisons import growth
from ipfinance.statistics.indicators import (
    ENTERPRISES,
    REGISTRATIONS,
    RIGHTS,
    SECURED_AMOUNT,
    Indicator,
)
from ipfinance.statistics.presenting import NONE, growth_text, value_text
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.figure_words import compared
from ipfinance.ui.widgets.key_figure import KeyFigure

PATIENCE_MS = 300  # figures that are older than the list for longer than this are taken away
_WAITING = "…"
_BOTH = tr("专利 / 商标")


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a filter beside those of the same window a year earlier.

    ``before`` is None where there is nothing to compare with, and ``why`` the reason. Without
    a window ``due_soon`` counts what falls due.
    """

    wanted: Filter
    now: Figures
    before: Figures | None = None
    period: Period | None = None
    why: str = ""
    due_soon: int = 0


class LedgerFigures(QWidget):
    """`show_list` adds up; `told` gives the figures when they are there."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = Filter()
        self.registrations = KeyFigure(tr("登记件数"))
        self.amount = KeyFigure(tr("担保债权额"))
        self.enterprises = KeyFigure(tr("登记企业数"))
        self.rights = KeyFigure(_BOTH)
        self._cards = (self.registrations, self.amount, self.enterprises, self.rights)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card, name in zip(
            self._cards, ("registrations", "amount", "enterprises", "rights"), strict=True
        ):
            card.setObjectName(f"figure_{name}")
            row.addWidget(card, 1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_lost)

    def show_list(self, wanted: Filter, listing: Listing) -> None:
        """Show what counts of a list, at once while the store is small."""
        self._wanted = wanted
        work = partial(counted, wanted, listing, self._desk)
        if is_long(self._desk.store):
            self._patience.start()
            self._desk.work(work, self._on_told, owner=self, replaces="figures")
        else:
            self._on_told(work(self._desk.store, Progress()))

    def _on_patience_lost(self) -> None:
        for card in self._cards:
            card.set_figure(_WAITING)

    def _on_told(self, told: Told) -> None:
        if told.wanted != self._wanted:
            return
        self._patience.stop()
        now = told.now
        due = tr("即将到期 {count:,} 件", count=told.due_soon) if told.due_soon else ""
        missing = (
            tr("另有 {missing:,} 件待补", missing=now.amount_missing) if now.amount_missing else ""
        )
        self._fill(self.registrations, told, REGISTRATIONS, _registrations, due)
        self._fill(self.amount, told, SECURED_AMOUNT, _amount, missing)
        self._fill(self.enterprises, told, ENTERPRISES, _enterprises, "")
        if now.registrations and now.registrations == now.amount_missing:
            self.amount.set_figure(NONE, "", missing)
        self._fill_rights(told)
        self.told.emit(told)

    def _fill(
        self,
        card: KeyFigure,
        told: Told,
        indicator: Indicator,
        measure: Callable[[Figures], int],
        more: str,
    ) -> None:
        aside, tip = _comparison(told, indicator, measure)
        asides = " · ".join(part for part in (_grown(aside), more) if part)
        card.set_figure(value_text(indicator, measure(told.now)), indicator.unit, asides, tip)

    def _fill_rights(self, told: Told) -> None:
        kinds = told.wanted.kinds
        shown = [kind for kind in _RIGHTS if not kinds or kind in kinds]
        asides, tips = [], []
        for kind in shown:
            aside, tip = _comparison(told, RIGHTS, _RIGHTS[kind])
            asides.append(aside)
            tips.append(tip)
        aside = " / ".join(asides) if any(asides) else ""
        if len(set(asides)) == 1:
            aside = asides[0]
        values = " / ".join(f"{_RIGHTS[kind](told.now):,}" for kind in shown)
        one = len(shown) == 1
        self.rights.set_name(tr("所涉{kind}", kind=shown[0].label) if one else _BOTH)
        self.rights.set_figure(values or NONE, RIGHTS.unit, _grown(aside), "\n".join(tips))


def counted(wanted: Filter, listing: Listing, desk: Desk, store: Store, progress: Progress) -> Told:
    """Add up what a filter selected, and what it would have selected a year earlier."""
    today = desk.today()
    now = desk.ledger.figures(store, wanted, today, listing)
    progress.step(1, 2, "")
    period, why = _window(wanted, today)
    if period is None:
        return Told(wanted, now, why=why, due_soon=_due_soon(store, wanted, desk))
    earlier = period.previous()
    before = desk.ledger.figures(
        store, replace(wanted, start=earlier.start, end=earlier.end), today
    )
    return Told(wanted, now, before, period)


def _window(wanted: Filter, today: date) -> tuple[Period | None, str]:
    """The window that can be compared with the year before, or why there is none."""
    if wanted.start is None or wanted.end is None:
        return None, ""
    if wanted.state is not None or wanted.amount_missing:
        return None, tr("按现在的状态筛选，不作同比。")
    if wanted.end > today:
        return (
            None,
            tr(
                "期间到 {end} 才结束，不与上年整个期间比较；截止日期不晚于今天就有同比。",
                end=wanted.end,
            ),
        )
    return Period.of(wanted.start, wanted.end), ""


def _due_soon(store: Store, wanted: Filter, desk: Desk) -> int:
    if wanted.state is not None or wanted.start or wanted.end:
        return 0
    return desk.ledger.count(store, replace(wanted, state=State.DUE_SOON), desk.today())


def _comparison(
    told: Told, indicator: Indicator, measure: Callable[[Figures], int]
) -> tuple[str, str]:
    """The growth, "" where none is looked for, and the tooltip: the rule and the base."""
    rule = indicator.rule
    if told.before is None or told.period is None:
        return (
            NONE if told.why else "",
            "\n".join(part for part in (rule, told.why) if part),
        )
    value, base = measure(told.now), measure(told.before)
    label = told.period.previous().label
    if not base:
        why = tr("上年同期（{period}）没有，无法比较。", period=label)
        return NONE, f"{rule}\n{why}"
    base_told = tr("{compared}。", compared=compared(indicator, value, base, label))
    return growth_text(growth(value, base)), f"{rule}\n{base_told}"


def _grown(growth: str) -> str:
    """What stands at the right of a card."""
    return tr("同比 {growth}", growth=growth) if growth else ""


def _registrations(figures: Figures) -> int:
    return figures.registrations


def _amount(figures: Figures) -> int:
    return figures.secured_amount_fen


def _enterprises(figures: Figures) -> int:
    return figures.enterprises


def _patents(figures: Figures) -> int:
    return figures.patents


def _trademarks(figures: Figures) -> int:
    return figures.trademarks


_RIGHTS = {Kind.PATENT: _patents, Kind.TRADEMARK: _trademarks}
