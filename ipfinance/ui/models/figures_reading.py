"""What a page of figures asks the store, and the answer: a table and how far the data reach."""

from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.reach import reach
from ipfinance.db.totals import Group
from ipfinance.domain.period import Period
from ipfinance.language import Language, for_files
from ipfinance.language import chosen as chosen_language
from ipfinance.progress import Progress
from ipfinance.statistics.charted import Charted, ChartWanted
from ipfinance.statistics.chosen import Chosen, Pick, chosen
from ipfinance.statistics.crossing import Crossed, crossed
from ipfinance.statistics.leading import Leading, leading
from ipfinance.statistics.tables import KindChoice, Table, table
from ipfinance.ui.models.values_model import MOST_ROWS
from ipfinance.ui.widgets.period_text import default_period


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures; without a period, those of the one that is shown first.

    ``picks`` are the columns wanted beside the table, none for the table alone; ``cross`` is
    what the columns of a crossed table are and its indicator; ``chart`` is a chart wanted
    beside the table; ``top`` is how many of the first rows are wanted, None for all. ``city`` is
    the code of the city whose counties are the rows, None for the whole province.
    """

    period: Period | None
    kind: KindChoice
    by: Group
    today: date
    picks: tuple[Pick, ...] = ()
    cross: tuple[Group, str] | None = None
    chart: ChartWanted | None = None
    top: int | None = None
    city: str | None = None

    def read(self, store: Store, _progress: Progress) -> "Answer":
        """Ask the store; for a job."""
        ends = reach(store)
        period = self.period or default_period(ends, self.today)
        if self.cross is not None:
            columns, indicator = self.cross
            figures = table(store, period, self.kind, Group.NONE, self.today)
            told = crossed(store, indicator, self.kind, period, self.by, columns, self.today)
            return Answer(figures, ends, crossed=told)
        figures = table(store, period, self.kind, self.by, self.today, self.city)
        if self.chart is not None:
            charted = self.chart.read(store, period, self.kind, self.today)
            filed = charted
            if chosen_language() is not Language.CHINESE:
                with for_files():
                    filed = self.chart.read(store, period, self.kind, self.today)
            return Answer(figures, ends, charted=charted, filed=filed)
        first = leading(store, figures, self.top) if self.top else None
        figures = first.table if first else figures
        told_of = None
        if self.picks:
            told_of = chosen(store, figures, self.picks, first, MOST_ROWS)
        return Answer(figures, ends, told_of, first=first)


@dataclass(frozen=True, slots=True)
class Answer:
    """The table, and the first and last day with a registration (None: the store is empty).

    ``chosen`` are the columns that were chosen, ``crossed`` is the crossed table asked for,
    ``charted`` the figures of a chart, ``filed`` the same in the words of files; ``first`` is
    what the rows have together where only the first ones are in the table.
    """

    table: Table
    reach: tuple[date, date] | None
    chosen: Chosen | None = None
    crossed: Crossed | None = None
    charted: Charted | None = None
    filed: Charted | None = None
    first: Leading | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is counted, so that zeros would mislead.

        What is on the register at a day may be something though nothing was registered.
        """
        if self.charted is not None:
            return self.reach is None or self.charted.is_empty
        if self.crossed is not None:
            return self.crossed.is_empty
        if self.chosen is not None and any(
            cell.value.value for cell in self.chosen.total.cells.values()
        ):
            return False
        return self.table.is_empty
