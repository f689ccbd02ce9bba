"""What a figure may be compared with: earlier windows of the store, else published figures.

A zero is a base only where the store tells that it is one. An earlier year for which nothing at
all was recorded, or an amount that nobody filled in, is unknown and no zero.
"""

from dataclasses import dataclass

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.references import all_figures
from ipfinance.domain.period import Period
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr
from ipfinance.statistics.claims import Number, Value
from ipfinance.statistics.indicators import REGISTRATIONS, Form
from ipfinance.statistics.levels import STOCKS, Levels
from ipfinance.statistics.tables import KindChoice

OPTIONAL = (
    *("credit_amount", "loan_amount", "appraised_value", "subsidy"),
    "online_registrations",
)
"""What stands in a ledger only where a clerk filled it in: a sum of nothing says nothing."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of a window; ``value`` is None where nothing is, 0 only where it is zero."""

    window: Period
    value: Number | None
    references: tuple[ReferenceFigure, ...] = ()

    def why_not(self, name: str) -> str:
        """Why nothing can be divided by it; ``name`` is what the base is called."""
        if self.value == 0:
            return tr("{name}为零（{label}）", name=tr(name), label=self.window.label)
        return tr("{label}没有数据可比", label=self.window.label)


class Bases:
    """Finds bases in one store and its outside figures."""

    def __init__(self, store: Store, levels: Levels) -> None:
        self._levels = levels
        self.references = all_figures(store)
        ends = reach(store)
        self._first_day = ends[0] if ends else None

    def reference(
        self, region: str, indicator: str, kind: KindChoice, period: Period
    ) -> ReferenceFigure | None:
        """The newest outside figure of exactly this region, period, kind and indicator."""
        found = [
            one
            for one in self.references
            if (one.region, one.indicator, one.kind) == (region, indicator, kind.value)
            and (one.start, one.end) == (period.start, period.end)
        ]
        return found[-1] if found else None

    def earlier(self, now: Value, window: Period) -> Base:
        """The value of an earlier window from the store, else from a published figure."""
        value = None
        if not self.is_before_data(window):
            value = self._levels.value(now.indicator.key, now.kind, window, now.area)
            if value or (value == 0 and now.indicator.form is Form.RATE):
                return Base(window, value)
        figure = self.reference(now.area, now.indicator.key, now.kind, window)
        if figure is not None:
            return Base(window, figure.exact, (figure,))
        return Base(window, 0 if value == 0 and self._is_zero(now, window) else None)

    def earlier_windows(self, now: Value) -> list[Base]:
        """The same window of each earlier year for which anything is known, newest first."""
        published = [
            one.start.year
            for one in self.references
            if (one.region, one.indicator, one.kind)
            == (now.area, now.indicator.key, now.kind.value)
        ]
        first = self._first_day.year if self._first_day else now.period.start.year
        window = now.period.previous()
        found = []
        while window.start.year >= min([first, *published]):
            base = self.earlier(now, window)
            if base.value is not None:
                found.append(base)
            window = window.previous()
        return found

    def is_before_data(self, window: Period) -> bool:
        """Whether a window lies wholly before the first registration of the store."""
        return self._first_day is None or window.end < self._first_day

    def _is_zero(self, now: Value, window: Period) -> bool:
        """Whether nothing counted in a window means that there was none."""
        key = now.indicator.key
        if key in OPTIONAL:
            return False
        if now.indicator.form is Form.MONEY and self._levels.missing(
            now.kind, window, now.area, key
        ):
            return False
        if key.partition("_")[0] in STOCKS:
            return True
        everything = (REGISTRATIONS.key, KindChoice.ALL, window, self._levels.province)
        return bool(self._levels.value(*everything))


def just_before(period: Period) -> Period | None:
    """The month before a month, the quarter before a quarter; None for other periods."""
    year, month = period.start.year, period.start.month
    if period == Period.month(year, month):
        return Period.month(year - 1, 12) if month == 1 else Period.month(year, month - 1)
    quarter = (month + 2) // 3
    if period == Period.quarter(year, quarter):
        return Period.quarter(year - 1, 4) if quarter == 1 else Period.quarter(year, quarter - 1)
    return None
