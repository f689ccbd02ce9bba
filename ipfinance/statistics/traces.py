"""From a figure back to the registrations behind it."""

from dataclasses import replace
from datetime import date

from ipfinance.db.behind import Members, Standing
from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.division import AreaError
from ipfinance.domain.period import Period, parse_period
from ipfinance.domain.pledge import RightKind
from ipfinance.errors import UserError
from ipfinance.statistics.crossing import Crossed
from ipfinance.statistics.levels import CATALOGUE, RATIO_PARTS, STOCKS
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import KindChoice

# These count enterprises where each of them is, not where the registration counts (rule 3).
_BY_PLEDGOR = ("enterprises", "inclusive_enterprises", "first_time_enterprises")
_INCLUSIVE = ("inclusive_enterprises", "inclusive_registrations", "inclusive_amount")
_RIGHTS = {
    "inventions": RightKind.INVENTION,
    "utility_models": RightKind.UTILITY_MODEL,
    "designs": RightKind.DESIGN,
    "trademarks": RightKind.TRADEMARK,
}


def behind(
    store: Store,
    period: Period,
    kind: KindChoice,
    measure: str,
    area: str | None = None,
    members: Members = (),
) -> Filter:
    """The filter that selects the registrations behind one figure.

    ``area`` is a division code; None or the province's own code is the whole area. ``members``
    are the groups of a row, with its keys. A rate or an average rests on what it is divided by.

    Raises:
        UserError: for an unknown measure or area.
    """
    if measure not in CATALOGUE:
        known = "、".join(CATALOGUE)
        raise UserError(f"没有名为 {measure} 的指标", f"可用的指标：{known}")
    city, county = _place(store, area, period.end)
    measure = RATIO_PARTS.get(measure, ("", measure))[1]
    by_pledgor = measure in _BY_PLEDGOR
    standing = _standing(measure, period)
    if measure in _RIGHTS:
        members = (*members, (Group.RIGHT_KIND, _RIGHTS[measure].value))
    return Filter(
        kinds=kind.kinds,
        start=None if standing else period.start,
        end=None if standing else period.end,
        counted_only=True,
        city=None if by_pledgor else city,
        county=None if by_pledgor else county,
        pledgor_city=city if by_pledgor else None,
        pledgor_county=county if by_pledgor else None,
        with_enterprise=by_pledgor,
        at_most_fen=read_facts(store).inclusive_threshold_fen if measure in _INCLUSIVE else None,
        amount_missing=measure == "amount_missing",
        members=members,
        online=measure == "online_registrations",
        first_since=period.start if measure == "first_time_enterprises" else None,
        standing=standing,
    )


def behind_cell(store: Store, crossed: Crossed, row: str | None, column: str | None) -> Filter:
    """The filter that selects the registrations behind a cell or a total of a crossed table.

    ``row`` and ``column`` are keys, None for a total, as in `Crossed.at`.
    """
    places = ((crossed.by, row), (crossed.cross, column))
    keys = tuple((group, key) for group, key in places if key is not None)
    members = tuple((group, key) for group, key in keys if group not in SPANS)
    spans = [key for group, key in keys if group in SPANS]
    found = behind(store, crossed.period, crossed.kind, crossed.indicator.key, None, members)
    for span in map(parse_period, spans):
        # A month of another quarter leaves no day, and so no registration.
        start, end = found.start or span.start, found.end or span.end
        found = replace(found, start=max(start, span.start), end=min(end, span.end))
    return found


def _standing(measure: str, period: Period) -> Standing | None:
    stock = measure.partition("_")[0]
    return Standing(Which(stock), period.start, period.end) if stock in STOCKS else None


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
