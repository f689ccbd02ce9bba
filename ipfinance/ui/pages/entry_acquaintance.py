"""What the store knows of the parties and rights in the entry form, as warnings beside them."""

from ipfinance.db.matching import newest_act
from ipfinance.db.newcomers import (
    Named,
    pledgees_of,
    pledgors_of,
    told_of_enterprises,
    told_of_pledgees,
)
from ipfinance.db.pledged_rights import live_with
from ipfinance.domain.faults import Fault
from ipfinance.domain.overlaps import is_live, overlap_warnings
from ipfinance.domain.pledge import Pledge
from ipfinance.ui.desk import Desk
from ipfinance.ui.pages.entry_reading import FormCells, FormReading

_Asked = tuple[tuple[Named, ...], tuple[Named, ...]]


class Acquaintance:
    """Holds what the form says against the store; never keeps it from being saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: tuple[_Asked, int] | None = None
        self._said: dict[Named, Fault] = {}

    def told(self, reading: FormReading, cells: FormCells, before: Pledge | None) -> FormReading:
        """The reading with a warning for each party nearly known or known under another name,
        and for each other live registration that holds one of the rights. ``before`` is the
        stored registration that is being corrected."""
        pledge = reading.pledge
        if pledge is None:
            return reading
        said = self._of_parties(pledge, before)
        for key in ("pledgor", "pledgee"):
            for row, text in enumerate(cells.rows[key]):
                faults = [
                    fault
                    for named, fault in said.items()
                    if fault.field == key and named.name == text.strip()
                ]
                reading = reading.with_warnings((key, row), faults)
        return reading.with_warnings(("rights", 0), self._of_rights(pledge, before))

    def _of_parties(self, pledge: Pledge, before: Pledge | None) -> dict[Named, Fault]:
        """Looked up once for the same parties, until the store is written to."""
        old = {*pledgors_of(before), *pledgees_of(before)} if before else set()
        asked = (
            tuple(one for one in pledgors_of(pledge) if one not in old),
            tuple(one for one in pledgees_of(pledge) if one not in old),
        )
        store, divisions = self._desk.store, self._desk.divisions
        state = (asked, newest_act(store))
        if state != self._asked:
            self._said = told_of_enterprises(store, asked[0], divisions) | told_of_pledgees(
                store, asked[1], divisions
            )
            self._asked = state
        return self._said

    def _of_rights(self, pledge: Pledge, before: Pledge | None) -> list[Fault]:
        today = self._desk.today()
        if not is_live(pledge, today):
            return []
        own = None if before is None else before.id
        holding = live_with(self._desk.store, [right.number for right in pledge.rights], today)
        others = {
            number: [name for at, name in by.items() if at != own] for number, by in holding.items()
        }
        return overlap_warnings(pledge, others)
