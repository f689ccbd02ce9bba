"""From a figure back to the registrations behind it."""

from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import Filter
from ipfinance.domain.division import AreaError
from ipfinance.domain.period import Period
from ipfinance.errors import UserError
from ipfinance.statistics.indicators import MEASURES
from ipfinance.statistics.tables import KindChoice

# These count enterprises where each of them is, not where the registration counts (rule 3).
_BY_PLEDGOR = ("enterprises", "inclusive_enterprises")


def behind(
    store: Store, period: Period, kind: KindChoice, measure: str, area: str | None = None
) -> Filter:
    """The filter that selects the registrations behind one figure.

    ``area`` is a division code; None or the province's own code is the whole area.

    Raises:
        UserError: for an unknown measure or area.
    """
    if measure not in {one.key for one in MEASURES}:
        known = "、".join(one.key for one in MEASURES)
        raise UserError(f"没有名为 {measure} 的指标", f"可用的指标：{known}")
    city, county = _place(store, area, period.end)
    by_pledgor = measure in _BY_PLEDGOR
    inclusive = measure == "inclusive_enterprises"
    return Filter(
        kinds=kind.kinds,
        start=period.start,
        end=period.end,
        counted_only=True,
        city=None if by_pledgor else city,
        county=None if by_pledgor else county,
        pledgor_city=city if by_pledgor else None,
        pledgor_county=county if by_pledgor else None,
        with_enterprise=by_pledgor,
        at_most_fen=read_facts(store).inclusive_threshold_fen if inclusive else None,
        amount_missing=measure == "amount_missing",
    )


def _place(store: Store, area: str | None, day: date) -> tuple[str | None, str | None]:
    divisions = all_divisions(store)
    if not area or area == divisions.province.code:
        return None, None
    if any(city.code == area for city in divisions.cities()):
        return area, None
    try:
        divisions.name_of(area, day)
    except AreaError as error:
        raise UserError(error.text, "请用 6 位行政区划代码，如 330100。") from error
    return None, area
