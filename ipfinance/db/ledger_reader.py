"""What the window asks of the ledger: told from memory once it is held there."""

from datetime import date
from typing import TYPE_CHECKING

from ipfinance.db import facets, ledger, listings
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, Listing, Sort

if TYPE_CHECKING:
    from ipfinance.db.ledger_memory import LedgerMemory


class LedgerReader:
    """One per window; the answers are those of `ledger`, `listings` and `facets`.

    ``memory`` belongs to the worker and is None until somebody fills it: a short ledger needs
    none, and is asked in the window's own thread.
    """

    def __init__(self) -> None:
        self.memory: LedgerMemory | None = None

    def select(
        self, store: Store, wanted: Filter, today: date, sort: Sort, descending: bool
    ) -> Listing:
        memory = self._holding(store, wanted, today)
        if memory is not None:
            return memory.select(store, wanted, today, sort, descending)
        return ledger.select(store, wanted, today, sort, descending)

    def count(self, store: Store, wanted: Filter, today: date) -> int:
        memory = self._holding(store, wanted, today)
        if memory is not None:
            return int(memory.selected(store, wanted, today).sum())
        return ledger.count(store, wanted, today)

    def figures(
        self, store: Store, wanted: Filter, today: date, listing: Listing | None = None
    ) -> listings.Figures:
        memory = self._holding(store, wanted, today)
        if memory is not None:
            return memory.figures(store, wanted, today)
        return listings.figures_of(store, wanted, today, listing)

    def facets(self, store: Store, wanted: Filter, today: date) -> facets.Counts:
        return facets.facets(store, wanted, today, self._holding(store, wanted, today))

    def _holding(self, store: Store, wanted: Filter, today: date) -> "LedgerMemory | None":
        """The memory where it can answer; the trash is not held there, and never long."""
        memory = self.memory
        if memory is None or wanted.deleted or not memory.is_ready(store, today):
            return None
        return memory
