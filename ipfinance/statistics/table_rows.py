"""The rows of a table of figures: an area's or a span's, a recast county's, the whole's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ipfinance.statistics.comparisons import share


@dataclass(frozen=True, slots=True)
class Recast:
    """A county that changed, both periods counted within its borders after the change."""

    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one area or one span of time.

    ``values`` and ``previous`` are keyed by measure; money is whole 分. ``growth`` and
    ``share`` are fractions or None, ``rank`` starts at 1. ``territory_changed`` is the day
    within the period on which the area behind the code changed; ``comparison_broken`` one
    between the two periods compared, so that the growth must be marked 口径调整; ``recast`` are
    then the figures within the borders after the change, where the records tell enough.
    """

    code: str
    name: str
    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    share: Mapping[str, Fraction | None]
    rank: Mapping[str, int]
    territory_changed: date | None = None
    comparison_broken: date | None = None
    recast: Recast | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The figures of the whole area, counted on their own and never added from the rows."""

    values: Mapping[str, int]
    previous: Mapping[str, int]
    growth: Mapping[str, Fraction | None]
    counties_covered: int
    counties: int
    counties_covered_previous: int
    counties_previous: int

    @property
    def inclusive_rate(self) -> Fraction | None:
        return share(self.values["inclusive_enterprises"], self.values["enterprises"])

    @property
    def inclusive_rate_previous(self) -> Fraction | None:
        return share(self.previous["inclusive_enterprises"], self.previous["enterprises"])
