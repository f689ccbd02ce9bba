"""What a clerk has chosen to see on the statistics page, as it is kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from ipfinance.db.totals import Group
from ipfinance.domain.period import Period, parse_period
from ipfinance.errors import UserError
from ipfinance.statistics.chosen import Pick, can_stand, is_given
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.crossing import CROSSABLE
from ipfinance.statistics.levels import CATALOGUE
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

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Register, rows and columns; no ``picks`` are the standard columns.

    ``cross`` is what the columns of a crossed table are, and its indicator.
    ``period`` is None for a view that shows whatever period is in sight. ``top`` is how many of
    the first rows are shown, None for all.
    """

    kind: KindChoice = KindChoice.PATENT
    by: Group = Group.CITY
    picks: tuple[Pick, ...] = ()
    period: Period | None = None
    cross: tuple[Group, str] | None = None
    top: int | None = None

    def content(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "kind": self.kind.value,
            "by": self.by.value,
            "picks": [
                [
                    *(pick.indicator, pick.comparison.value),
                    *(() if pick.given is None else (str(pick.given),)),
                ]
                for pick in self.picks
            ],
            "period": self.period.text if self.period else None,
            "cross": [self.cross[0].value, self.cross[1]] if self.cross else None,
            "top": self.top,
        }


def view_of(content: Mapping[str, object]) -> StatisticsView:
    """A kept view; what this program does not know in it is left out."""
    kept = content.get("picks")
    picks = [_pick(one) for one in kept] if isinstance(kept, list) else []
    by = member(Group, content.get("by"), Group.CITY) or Group.CITY
    return StatisticsView(
        kind=member(KindChoice, content.get("kind"), KindChoice.PATENT) or KindChoice.PATENT,
        by=by,
        cross=_cross(content.get("cross"), by),
        picks=tuple(pick for pick in picks if pick and can_stand(pick) and is_given(pick)),
        period=kept_period(content.get("period")),
        top=top if type(top := content.get("top")) is int and top > 0 else None,
    )


def member(of: type[E], word: object, otherwise: E | None) -> E | None:
    """A kept word as what it stands for; ``otherwise`` where this program does not know it."""
    try:
        return of(str(word))
    except ValueError:
        return otherwise


def kept_period(text: object) -> Period | None:
    """A kept period; None for none, and for what is no period."""
    try:
        return parse_period(text) if isinstance(text, str) else None
    except UserError:
        return None


def _pick(kept: object) -> Pick | None:
    if not isinstance(kept, list) or len(kept) not in (2, 3):
        return None
    comparison = member(Comparison, kept[1], None)
    if comparison is None:
        return None
    if len(kept) == 2:
        return Pick(str(kept[0]), comparison)
    try:
        given = Fraction(str(kept[2]))
    except (ValueError, ZeroDivisionError):
        return None
    whole = given.denominator == 1
    return Pick(str(kept[0]), comparison, int(given) if whole else given)


def _cross(kept: object, by: Group) -> tuple[Group, str] | None:
    if not isinstance(kept, list) or len(kept) != 2 or by not in CROSSABLE:
        return None
    columns = member(Group, kept[0], None)
    known = columns in CROSSABLE and columns is not by and kept[1] in CATALOGUE
    return (columns, str(kept[1])) if columns is not None and known else None
