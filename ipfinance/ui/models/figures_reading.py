"""What a page of figures asks the store, and the answer: a table and how far the data reach."""

from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.progress import Progress
from ipfinance.statistics.chosen import Chosen, Pick, chosen
from ipfinance.statistics.tables import KindChoice, Table, table
from ipfinance.ui.widgets.period_text import default_period


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures; without a period, those of the one that is shown first.

    ``picks`` are the columns wanted beside the table; none for the table alone.
    """

    period: Period | None
    kind: KindChoice
    by: Group
    today: date
    picks: tuple[Pick, ...] = ()

    def read(self, store: Store, _progress: Progress) -> "Answer":
        """Ask the store; for a job."""
        ends = reach(store)
        period = self.period or default_period(ends, self.today)
        figures = table(store, period, self.kind, self.by, self.today)
        wanted = self.picks if not figures.is_empty else ()
        return Answer(figures, ends, chosen(store, figures, wanted) if wanted else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The table, and the first and last day with a registration (None: the store is empty)."""

    table: Table
    reach: tuple[date, date] | None
    chosen: Chosen | None = None
