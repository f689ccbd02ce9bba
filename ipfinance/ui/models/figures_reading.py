"""What a page of figures asks the store, and the answer: a table and how far the data reach."""

from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.statistics.tables import KindChoice, Table, table
from ipfinance.ui.widgets.period_text import default_period


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures; without a period, those of the one that is shown first."""

    period: Period | None
    kind: KindChoice
    by: Group
    today: date

    def read(self, store: Store, _progress: Progress) -> "Answer":
        """Ask the store; for a job."""
        ends = reach(store)
        period = self.period or default_period(ends, self.today)
        return Answer(table(store, period, self.kind, self.by, self.today), ends)


@dataclass(frozen=True, slots=True)
class Answer:
    """The table, and the first and last day with a registration (None: the store is empty)."""

    table: Table
    reach: tuple[date, date] | None
