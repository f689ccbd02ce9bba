"""From a figure back to the registrations behind it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import read_facts
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.period import Period, parse_period
from ipfinance.domain.pledge import Channel, RightKind
from ipfinance.errors import UserError
from ipfinance.language import listed, tr
from ipfinance.statistics.levels import CATALOGUE, RATIO_PARTS, STOCKS
from ipfinance.statistics.spans import SPANS
from ipfinance.statistics.tables import GROUP_NAMES, KindChoice

# These count enterprises where each of them is, not where the registration counts (rule 3).
_BY_PLEDGOR = ("enterprises", "inclusive_enterprises", "first_time_enterprises")
_RIGHT_KINDS = {
    "inventions": RightKind.INVENTION,
    "utility_models": RightKind.UTILITY_MODEL,
    "designs": RightKind.DESIGN,
    "trademarks": RightKind.TRADEMARK,
}
_AMOUNTS = {
    "registrations_with_amount": ("secured_amount_fen",),
    "credit_amount": ("credit_amount_fen",),
    "loan_amount": ("loan_amount_fen",),
    "appraised_value": ("appraised_value_fen",),
    "subsidy": ("subsidy_fen",),
    "loan_with_value": ("loan_amount_fen", "appraised_value_fen"),
    "value_with_loan": ("loan_amount_fen", "appraised_value_fen"),
}


def behind(
    store: Store,
    period: Period,
    kind: KindChoice,
    measure: str,
    area: str | None = None,
    keys: Mapping[Group, str] | None = None,
    any_of: tuple[Group, tuple[str, ...]] | None = None,
) -> Filter:
    """The filter that selects the registrations behind one figure, a rate's denominator.

    ``area`` is a division code; None or the province's own code is the whole area. ``keys``
    narrow to a cell, a row or a column of a table: the key of each of its groups; ``any_of`` to
    several rows of a table together.

    Raises:
        UserError: for an unknown measure or area.
    """
    if measure not in CATALOGUE and measure not in _AMOUNTS:
        raise UserError(
            tr("没有名为 {indicator} 的指标", indicator=measure),
            tr("可用的指标：{keys}", keys=listed(CATALOGUE)),
        )
    if measure in RATIO_PARTS:
        measure = RATIO_PARTS[measure][1]
    divisions = all_divisions(store)
    stock = measure.partition("_")[0]
    wanted = Filter(
        kinds=kind.kinds,
        start=period.start,
        end=period.end,
        counted_only=True,
        which=Which(stock) if stock in STOCKS else Which.REGISTERED,
        having=_AMOUNTS.get(measure, ()),
        with_enterprise=measure in _BY_PLEDGOR,
        amount_missing=measure == "amount_missing",
        channel=Channel.ONLINE if measure == "online_registrations" else None,
        from_bank=measure == "head_banks",
        right_kinds=(_RIGHT_KINDS[measure],) if measure in _RIGHT_KINDS else (),
        any_of=any_of,
    )
    if measure.startswith("inclusive_"):
        wanted = replace(wanted, at_most_fen=read_facts(store).inclusive_threshold_fen)
    if measure == "first_time_enterprises":
        wanted = replace(wanted, first_time_since=period.start)
    if measure in ("counties_covered", "counties"):
        existing = tuple(county.code for county in divisions.counties_on(period.end))
        wanted = replace(wanted, counties=existing)
    for group, key in {**_place(divisions, area, period), **(keys or {})}.items():
        try:
            wanted = _narrowed(wanted, measure, period, group, key)
        except ValueError as error:
            raise UserError(
                tr(
                    "{period}的{group}里没有 {key}",
                    period=period.label,
                    group=GROUP_NAMES[group],
                    key=key,
                ),
                tr("请用统计表 JSON 里的代码。"),
            ) from error
    return wanted


def _narrowed(wanted: Filter, measure: str, period: Period, group: Group, key: str) -> Filter:
    if group in SPANS:
        days = parse_period(key)
        # What stands at a day may have been registered long before.
        stands = wanted.which in (Which.OUTSTANDING, Which.OVERDUE)
        if not stands and (days.end < period.start or period.end < days.start):
            raise ValueError(f"{key} lies outside {period.text}")
        return replace(
            wanted,
            first_day=max(days.start, wanted.first_day or days.start),
            last_day=min(days.end, wanted.last_day or days.end),
        )
    by_pledgor = measure in _BY_PLEDGOR
    if group is Group.CITY:
        return replace(wanted, pledgor_city=key) if by_pledgor else replace(wanted, city=key)
    if group is Group.COUNTY:
        return replace(wanted, pledgor_county=key) if by_pledgor else replace(wanted, county=key)
    return _MEMBERS[group](wanted, key)


_MEMBERS: dict[Group, Callable[[Filter, str], Filter]] = {
    Group.ENTERPRISE: lambda wanted, key: replace(wanted, enterprise=int(key)),
    Group.SIZE: lambda wanted, key: replace(wanted, size=key),
    Group.INDUSTRY: lambda wanted, key: replace(wanted, industry=key),
    Group.PLEDGEE: lambda wanted, key: replace(wanted, pledgee=int(key)),
    Group.HEAD_BANK: lambda wanted, key: replace(wanted, head_bank=key),
    Group.PLEDGEE_KIND: lambda wanted, key: replace(wanted, pledgee_kind=key),
    Group.RIGHT_KIND: lambda wanted, key: replace(
        wanted, right_kinds=(*wanted.right_kinds, RightKind(key))
    ),
}


def _place(divisions: Divisions, area: str | None, period: Period) -> dict[Group, str]:
    if not area or area == divisions.province.code:
        return {}
    if any(city.code == area for city in divisions.cities()):
        return {Group.CITY: area}
    try:
        divisions.name_of(area, period.end)
    except AreaError as error:
        raise UserError(error.text, tr("请用 6 位行政区划代码，如 330100。")) from error
    return {Group.COUNTY: area}
