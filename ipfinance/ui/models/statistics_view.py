"""What a clerk has chosen to see on the statistics page, as it is kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError
from ipfinance.statistics.chosen import Pick, can_stand
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.tables import KindChoice

PAGE = "statistics"
"""Where the named views of this page are kept."""
STANDARD = tuple(
    Pick(key, comparison)
    for key, comparisons in {
        "secured_amount": (
            *(Comparison.LEVEL, Comparison.SHARE_OF_PROVINCE),
            *(Comparison.YEAR_ON_YEAR, Comparison.RANK),
        ),
        "registrations": (Comparison.LEVEL, Comparison.YEAR_ON_YEAR),
        "enterprises": (Comparison.LEVEL, Comparison.YEAR_ON_YEAR),
        "amount_per_enterprise": (Comparison.LEVEL,),
        "rights": (Comparison.LEVEL,),
        "amount_per_right": (Comparison.LEVEL,),
        "inclusive_rate": (Comparison.LEVEL,),
    }.items()
    for comparison in comparisons
)
"""The columns of the table that is shown while nothing was chosen."""

E = TypeVar("E", KindChoice, Group, Comparison)


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Register, rows and columns; no ``picks`` are the standard columns.

    ``period`` is None for a view that shows whatever period is in sight.
    """

    kind: KindChoice = KindChoice.PATENT
    by: Group = Group.CITY
    picks: tuple[Pick, ...] = ()
    period: Period | None = None

    def content(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "kind": self.kind.value,
            "by": self.by.value,
            "picks": [[pick.indicator, pick.comparison.value] for pick in self.picks],
            "period": self.period.text if self.period else None,
        }


def view_of(content: Mapping[str, object]) -> StatisticsView:
    """A kept view; what this program does not know in it is left out."""
    kept = content.get("picks")
    picks = (
        Pick(str(one[0]), comparison)
        for one in (kept if isinstance(kept, list) else ())
        if isinstance(one, list)
        and len(one) == 2
        and (comparison := _member(Comparison, one[1], None)) is not None
    )
    return StatisticsView(
        kind=_member(KindChoice, content.get("kind"), KindChoice.PATENT) or KindChoice.PATENT,
        by=_member(Group, content.get("by"), Group.CITY) or Group.CITY,
        picks=tuple(pick for pick in picks if can_stand(pick)),
        period=_period(content.get("period")),
    )


def _member(of: type[E], word: object, otherwise: E | None) -> E | None:
    try:
        return of(str(word))
    except ValueError:
        return otherwise


def _period(text: object) -> Period | None:
    try:
        return parse_period(text) if isinstance(text, str) else None
    except UserError:
        return None
