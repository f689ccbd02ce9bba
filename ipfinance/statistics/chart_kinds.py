"""The kinds of charts there are, and what each can show."""

from enum import StrEnum

from ipfinance.language import Words, word
from ipfinance.statistics.indicators import Indicator
from ipfinance.statistics.levels import CATALOGUE


class ChartKind(StrEnum):
    """The ways to look at one indicator."""

    MONTHS = "months"
    YEARS = "years"
    RANKING = "ranking"
    SHARE = "share"
    COMPARED = "compared"
    CITIES = "cities"
    COUNTIES = "counties"
    OUTSTANDING = "outstanding"
    DUE = "due"

    @property
    def label(self) -> str:
        return _LABELS[self.value]

    @property
    def is_of_stock(self) -> bool:
        """Whether it counts what stands on the register, not what was registered."""
        return self in (ChartKind.OUTSTANDING, ChartKind.DUE)

    @property
    def is_of_parts(self) -> bool:
        """Whether it shows the parts of an area beside each other, not the area itself."""
        return self in _OF_PARTS

    def indicators(self, of_city: bool = False) -> tuple[Indicator, ...]:
        """What can be shown so of the province or of a city, the usual one first."""
        if self is ChartKind.DUE:
            keys: tuple[str, ...] = ("due_amount", "due_registrations")
        elif self is ChartKind.OUTSTANDING:
            keys = (
                *("outstanding_amount", "outstanding_registrations"),
                *("overdue_amount", "overdue_registrations"),
            )
        elif self is ChartKind.SHARE:  # distinct counts and rates have no parts
            keys = tuple(key for key in _USUAL if CATALOGUE[key].adds_up)
        elif self is ChartKind.COUNTIES or (of_city and self.is_of_parts):
            # A county covers itself.
            keys = tuple(key for key in _USUAL if key != "county_coverage")
        else:
            keys = _USUAL
        return tuple(CATALOGUE[key] for key in keys)


_OF_PARTS = (
    *(ChartKind.RANKING, ChartKind.SHARE, ChartKind.COMPARED),
    *(ChartKind.CITIES, ChartKind.COUNTIES),
)
_LABELS = Words(
    {
        "months": word("月度走势"),
        "years": word("历年走势"),
        "ranking": word("排名"),
        "share": word("占比"),
        "compared": word("两期对比"),
        "cities": word("分地区小图"),
        "counties": word("县(市、区)热力表"),
        "outstanding": word("在押走势"),
        "due": word("到期分布"),
    }
)
_USUAL = (
    *("secured_amount", "registrations", "enterprises", "rights", "first_time_enterprises"),
    *("pledgees", "inclusive_enterprises", "inclusive_rate", "county_coverage"),
    *("amount_per_registration", "loan_amount"),
)
