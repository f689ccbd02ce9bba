"""Rights of an import that stand under another live pledge, in the store or in the import."""

from collections.abc import Iterable, Iterator
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.pledged_rights import live_with
from ipfinance.domain.faults import Fault
from ipfinance.domain.overlaps import is_live, named, overlap_warnings
from ipfinance.domain.pledge import Pledge


class Overlaps:
    """Looked up by the page in the store; what the import itself brings is remembered."""

    def __init__(self, store: Store, today: date, is_empty: bool) -> None:
        self._store = store
        self._today = today
        self._is_empty = is_empty
        self._stored: dict[str, dict[int, str]] = {}
        self._brought: dict[str, tuple[str, ...]] = {}
        self._ended: set[int] = set()

    def look_up(self, pledges: Iterable[Pledge | None]) -> None:
        """Ask the store who holds the rights of these."""
        if not self._is_empty:
            numbers = [right.number for pledge in pledges if pledge for right in pledge.rights]
            self._stored = live_with(self._store, numbers, self._today)

    def warnings(self, pledge: Pledge, number: int | None) -> list[Fault]:
        """What to say of a registration; ``number`` is its own in the store."""
        others = {
            right.number: [*self._others(right.number, number)]
            for right in pledge.rights
            if right.number in self._brought or right.number in self._stored
        }
        if not others or not is_live(pledge, self._today):
            return []
        return overlap_warnings(pledge, others)

    def remember(self, pledge: Pledge, number: int | None) -> None:
        """What the import brings stands beside what comes after it."""
        if not is_live(pledge, self._today):
            if number is not None:
                self._ended.add(number)
        elif number is None:
            names = (named(pledge),)
            for right in pledge.rights:
                known = self._brought.setdefault(right.number, names)
                if known is not names:
                    self._brought[right.number] = known + names

    def _others(self, right: str, own: int | None) -> Iterator[str]:
        yield from self._brought.get(right, ())
        for number, name in self._stored.get(right, {}).items():
            if number != own and number not in self._ended:
                yield name
