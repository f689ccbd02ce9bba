"""Whether a county kept its borders between the periods that are compared: else 口径调整."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.territories import all_successions
from ipfinance.domain.period import Period
from ipfinance.language import word

BROKEN = word("区划在比较期间内有调整，前后不可比")
"""Why a comparison is not made."""


class Borders:
    """The borders of all counties, past and present; made anew when the store was written."""

    def __init__(self, store: Store) -> None:
        self._divisions = all_divisions(store)
        self.successions = all_successions(store)

    def changed(self, code: str, earlier: Period, later: Period) -> date | None:
        """The last day between the first day of one and the last of the other period on which
        a county took or lost territory; None if it stayed the same, and for what is no county."""
        both = Period.of(earlier.start, later.end)
        days = (
            self._divisions.territory_changed(code, both),
            self.successions.changed(code, both),
        )
        return max((day for day in days if day is not None), default=None)
