"""What the window asks of the ledger: told from memory once it is held there."""

from datetime import date
from typing import TYPE_CHECKING

from ipfinance.db import enterprises, facets, ledger, listings, pledgees
from ipfinance.db.connection import Store
from ipfinance.db.enterprises import EnterpriseListing, EnterpriseSort
from ipfinance.db.ledger import Filter, Listing, Sort
from ipfinance.db.pledgees import PledgeeRow

if TYPE_CHECKING:
    from ipfinance.db.ledger_memory import LedgerMemory


class LedgerReader:
    """One per window; the answers are those of `ledger`, `listings`, `facets`, `enterprises` and
    `pledgees`.

    ``memory`` belongs to the worker and is None until somebody fills it: a short ledger needs
    none, and is asked in the window's own thread.
    """

    def __init__(self) -> None:
        self.memory: LedgerMemory | None = None

    def select(
        self, store: Store, wanted: Filter, today: date, sort: Sort, descending: bool
    ) -> Listing:
        memory = self._ready(store, wanted, today)
        if memory is not None:
            return memory.select(store, wanted, today, sort, descending)
        return ledger.select(store, wanted, today, sort, descending)

    def count(self, store: Store, wanted: Filter, today: date) -> int:
        memory = self._ready(store, wanted, today)
        if memory is not None:
            return int(memory.selected(store, wanted, today).sum())
        return ledger.count(store, wanted, today)

    def figures(
        self, store: Store, wanted: Filter, today: date, listing: Listing | None = None
    ) -> listings.Figures:
        memory = self._ready(store, wanted, today)
        if memory is not None:
            return memory.figures(store, wanted, today)
        return listings.figures_of(store, wanted, today, listing)

    def facets(self, store: Store, wanted: Filter, today: date) -> facets.Counts:
        return facets.facets(store, wanted, today, self._ready(store, wanted, today))

    def enterprises(
        self, store: Store, text: str, today: date, sort: EnterpriseSort, descending: bool
    ) -> EnterpriseListing:
        memory = self._ready(store, Filter(), today)
        if memory is not None:
            return memory.enterprises(store, text, today, sort, descending)
        return enterprises.select(store, text, today, sort, descending)

    def pledgees(self, store: Store, text: str, today: date) -> list[PledgeeRow]:
        memory = self._ready(store, Filter(), today)
        sums = memory.pledgee_sums(store, today) if memory is not None else None
        return pledgees.pledgee_rows(store, text, today, sums)

    def _ready(self, store: Store, wanted: Filter, today: date) -> "LedgerMemory | None":
        """The memory where it can answer; the trash is not held there, and never long."""
        memory = self.memory
        if memory is None or wanted.deleted or not memory.is_ready(store, today):
            return None
        return memory
