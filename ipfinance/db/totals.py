"""Totals of registrations over a window of days, grouped: the one place figures are counted.

They are counted in the columns of kept months (see `months`). Distinct counts do not add up
over groups, so the total over all groups is counted anew with ``Group.NONE``, never summed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ipfinance.db.connection import Store
from ipfinance.db.counting import Columns, Groups
from ipfinance.db.months import TABLES, Month, read_months
from ipfinance.domain.pledge import Kind
from ipfinance.domain.succession import Piece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Group(StrEnum):
    """What the rows of a table of figures are.

    From ``ENTERPRISE`` on a registration may have several; they are counted in `memberships`.
    """

    NONE = "none"
    CITY = "city"
    COUNTY = "county"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    ENTERPRISE = "enterprise"
    PLEDGEE = "pledgee"
    HEAD_BANK = "head_bank"
    PLEDGEE_KIND = "pledgee_kind"
    RIGHT_KIND = "right_kind"
    SIZE = "size"
    INDUSTRY = "industry"


@dataclass(frozen=True, slots=True)
class Totals:
    """The counted measures of one group, by the counting rules 1 to 6 and 12.

    ``rights`` is the sum over registrations (件次), ``rights_distinct`` counts each right
    once (件). ``amount_missing`` is how many registrations carry no amount.
    """

    registrations: int = 0
    secured_amount_fen: int = 0
    enterprises: int = 0
    rights: int = 0
    rights_distinct: int = 0
    inclusive_enterprises: int = 0
    pledgees: int = 0
    amount_missing: int = 0


class Window:
    """The registrations of a window of days, read once and counted in several ways.

    ``tables`` narrows what is read to what will be asked.
    """

    def __init__(
        self,
        store: Store,
        start: date,
        end: date,
        kinds: Sequence[Kind],
        tables: Sequence[str] = TABLES,
    ) -> None:
        self._columns = Columns(read_months(store, start, end, kinds, tables))
        self._days: dict[str, npt.NDArray[np.int64]] = {}

    def totals(self, group: Group, threshold_fen: int) -> dict[str, Totals]:
        """As `totals`."""
        groups = self._counties if group is Group.COUNTY else Groups(self._columns, _NAMES[group])
        of_pledge, of_pledgor, of_pledgee, of_right = map(groups.of, TABLES)
        column = self._columns.column
        enterprises, limits = column("pledgors", "member"), column("pledgors", "amount")
        small = (limits > 0) & (limits <= threshold_fen)
        amounts = column("pledges", "amount")
        registrations = groups.count(of_pledge)
        # A registration that lists no numbers counts its declared rights, which nothing can
        # repeat: they are what is in its rights beyond the listed ones.
        rights = groups.add(of_pledge, column("pledges", "rights"))
        again = groups.count(of_right) - groups.distinct(of_right, column("rights", "member"))
        measures = (
            registrations,
            groups.add(of_pledge, amounts),
            groups.distinct(of_pledgor, enterprises),
            rights,
            rights - again,
            groups.distinct(of_pledgor[small], enterprises[small]),
            groups.distinct(of_pledgee, column("pledgees", "member")),
            groups.count(of_pledge[amounts == 0]),
        )
        any_of = registrations + groups.count(of_pledgor)
        cells = zip(*(measure.tolist() for measure in measures), strict=True)
        return {
            name: Totals(*cell)
            for name, cell, has_any in zip(groups.names, cells, any_of.tolist(), strict=True)
            if has_any
        }

    def counties_covered(self) -> dict[str, date]:
        """As `counties_covered`."""
        groups = self._counties
        last = groups.last(groups.of("pledges"), self._days_of("pledges"))
        return {
            county: date.fromordinal(day)
            for county, day in zip(groups.names, last.tolist(), strict=True)
            if county and day
        }

    def has_any(self, pieces: Sequence[Piece]) -> bool:
        """Whether any registration or enterprise counts in these counties in these days."""
        return any(len(self._places(table, pieces)) for table in ("pledges", "pledgors"))

    def totals_of(self, pieces: Sequence[Piece], threshold_fen: int) -> Totals:
        """Totals over counties, each in some days, as if they were one county."""
        import numpy as np

        of_pledge, of_pledgor, of_pledgee, of_right = (
            self._places(table, pieces) for table in TABLES
        )
        column = self._columns.column
        amounts, rights = column("pledges", "amount")[of_pledge], column("pledges", "rights")
        enterprises = column("pledgors", "member")[of_pledgor]
        limits = column("pledgors", "amount")[of_pledgor]
        small = (limits > 0) & (limits <= threshold_fen)
        summed = int(rights[of_pledge].sum())
        again = len(of_right) - len(np.unique(column("rights", "member")[of_right]))
        return Totals(
            registrations=len(of_pledge),
            secured_amount_fen=int(amounts.sum()),
            enterprises=len(np.unique(enterprises)),
            rights=summed,
            rights_distinct=summed - again,
            inclusive_enterprises=len(np.unique(enterprises[small])),
            pledgees=len(np.unique(column("pledgees", "member")[of_pledgee])),
            amount_missing=int((amounts == 0).sum()),
        )

    @cached_property
    def _counties(self) -> Groups:
        return Groups(self._columns, _NAMES[Group.COUNTY])

    def _places(self, table: str, pieces: Sequence[Piece]) -> "npt.NDArray[np.int64]":
        """Where in a table the records of these counties in these days stand."""
        import numpy as np

        groups, days = self._counties.of(table), self._days_of(table)
        found = []
        for piece in pieces:
            if piece.code in self._counties.names:
                here = np.flatnonzero(groups == self._counties.names.index(piece.code))
                first, last = piece.period.start.toordinal(), piece.period.end.toordinal()
                found.append(here[(first <= days[here]) & (days[here] <= last)])
        if len(found) == 1:
            return found[0]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _days_of(self, table: str) -> "npt.NDArray[np.int64]":
        """The day of each record of a table, as `date.toordinal` numbers them."""
        import numpy as np

        if table not in self._days:
            firsts = [date.fromisoformat(f"{each.month}-01") for each in self._columns.months]
            before = np.array([first.toordinal() - 1 for first in firsts], np.int64)
            column = self._columns.column
            self._days[table] = before[column(table, "month")] + column(table, "day")
        return self._days[table]


# What a month belongs to; None where each record has its own group.
_NAMES: dict[Group, Callable[[Month], str] | None] = {
    Group.NONE: lambda month: "",
    Group.CITY: lambda month: month.city,
    Group.COUNTY: None,
    Group.YEAR: lambda month: month.month[:4],
    Group.HALF: lambda month: f"{month.month[:4]}H{(int(month.month[5:]) + 5) // 6}",
    Group.QUARTER: lambda month: f"{month.month[:4]}Q{(int(month.month[5:]) + 2) // 3}",
    Group.MONTH: lambda month: month.month,
}


def totals(
    store: Store,
    group: Group,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    threshold_fen: int,
) -> dict[str, Totals]:
    """Totals of the registrations from ``start`` to ``end``, both included, by group key.

    The key is a division code, a year, 2019H1, 2019Q3, a month as YYYY-MM, or "" for all;
    registrations without a county have the key "" by county. Groups without any registration
    are left out.
    ``kinds`` are one or two registers, ``threshold_fen`` the largest amount of a 普惠
    registration.
    """
    return Window(store, start, end, kinds).totals(group, threshold_fen)


def counties_covered(
    store: Store, start: date, end: date, kinds: Sequence[Kind]
) -> dict[str, date]:
    """The counties with a registration in the window, each with the day of the last one."""
    return Window(store, start, end, kinds, ("pledges",)).counties_covered()
