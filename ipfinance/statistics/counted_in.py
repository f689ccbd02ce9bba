"""What one registration counts in: figures, periods and places, and why not where it does not.

It says in words of one registration what the totals do with all of them; a test holds the two
against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import VOIDINGS, Kind, Pledge, Pledgor
from ipfinance.language import tr
from ipfinance.statistics.indicators import (
    AMOUNT_MISSING,
    ENTERPRISES,
    INCLUSIVE_ENTERPRISES,
    PLEDGEES,
    REGISTRATIONS,
    RIGHTS,
    SECURED_AMOUNT,
    Indicator,
)
from ipfinance.statistics.other_indicators import STOCK
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.traces import behind

_LEVELS = (Group.NONE, Group.CITY, Group.COUNTY)
_OUTSTANDING, _OUTSTANDING_AMOUNT = (
    next(one for one in STOCK if one.key == key)
    for key in ("outstanding_registrations", "outstanding_amount")
)


@dataclass(frozen=True, slots=True)
class Place:
    """An area that a registration counts in: the province, a city or a county."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Share:
    """What a registration adds to one figure: ``value`` in the figure's own unit (money in 分),
    in the areas of ``places``, the smallest last. 0 with the reason where it adds nothing."""

    indicator: Indicator
    value: int
    places: tuple[Place, ...]
    reason: str = ""

    def area(self, level: int) -> tuple[Place, ...]:
        """The area of a level with those around it but the province: 0 the province alone,
        1 its city, 2 city and county; what it does not have is left out."""
        return self.places[1 : level + 1] or self.places[:1]


@dataclass(frozen=True, slots=True)
class CountedIn:
    """``flow`` holds for each of ``periods``, ``stock`` for the day asked. ``reason`` says why
    a registration counts nowhere; then ``flow`` and ``stock`` are empty."""

    periods: tuple[Period, ...]
    flow: tuple[Share, ...]
    stock: tuple[Share, ...]
    reason: str = ""


def counted_in(
    pledge: Pledge, deleted: bool, facts: Facts, divisions: Divisions, day: date
) -> CountedIn:
    """What a registration counts in, its stock at the end of ``day``."""
    on = pledge.registered_on
    periods = (
        Period.year(on.year),
        Period.half(on.year, (on.month + 5) // 6),
        Period.quarter(on.year, (on.month + 2) // 3),
        Period.month(on.year, on.month),
    )
    reason = _why_not(pledge, deleted)
    if reason:
        return CountedIn(periods, (), (), reason)
    flow = tuple(_flow(pledge, facts, divisions))
    return CountedIn(periods, flow, tuple(_stock(pledge, divisions, day)))


def behind_share(store: Store, kind: Kind, share: Share, period: Period, level: int) -> Filter:
    """The registrations of the figure that ``share`` is a part of, this one among them.

    ``level`` is the area: 0 the province, 1 the city, 2 the county, else the smallest there is.
    """
    # By key, not by area: a county that is gone by the end of the period had the figure too.
    last = min(level, len(share.places) - 1)
    keys = {_LEVELS[last]: share.places[last].code} if last else {}
    return behind(store, period, KindChoice(kind.value), share.indicator.key, keys=keys)


def _why_not(pledge: Pledge, deleted: bool) -> str:
    if deleted:
        return tr("这笔登记在回收站里，不计入任何统计。")
    void = next((event for event in pledge.events if event.kind in VOIDINGS), None)
    if void is not None:
        return tr(
            "{happened_on} {label}：不予登记、撤回、撤销的登记不计入任何期间。",
            happened_on=void.happened_on,
            label=void.kind.label,
        )
    if pledge.kind not in KindChoice.ALL.kinds:
        return tr(
            "{label}质押属于另外的登记，不计入专利、商标质押的统计。", label=pledge.kind.label
        )
    return ""


def _flow(pledge: Pledge, facts: Facts, divisions: Divisions) -> Iterator[Share]:
    own = _places(pledge.pledgors[0], divisions, pledge.registered_on)
    yield Share(REGISTRATIONS, 1, own)
    amount = pledge.secured_amount_fen
    if amount is None:
        yield Share(SECURED_AMOUNT, 0, own, tr("没有担保债权额，不进入金额合计"))
        yield Share(AMOUNT_MISSING, 1, own)
    else:
        yield Share(SECURED_AMOUNT, amount, own)
    yield Share(
        RIGHTS, pledge.rights_count, own, "" if pledge.rights_count else tr("没有号码和件数")
    )
    yield Share(PLEDGEES, len(pledge.pledgees), own, "" if pledge.pledgees else tr("没有质权人"))
    for pledgor in pledge.pledgors:
        yield from _of_pledgor(pledgor, amount, facts, divisions, pledge.registered_on)


def _of_pledgor(
    pledgor: Pledgor, amount: int | None, facts: Facts, divisions: Divisions, day: date
) -> Iterator[Share]:
    places = _places(pledgor, divisions, day)
    if pledgor.is_person:
        yield Share(ENTERPRISES, 0, places, tr("{name}：自然人不计入企业数", name=pledgor.name))
        return
    yield Share(ENTERPRISES, 1, places, pledgor.name)
    limit = facts.inclusive_threshold_fen
    if amount is None:
        yield Share(INCLUSIVE_ENTERPRISES, 0, places, tr("没有担保债权额，不知道是否普惠"))
    elif amount > limit:
        yield Share(
            INCLUSIVE_ENTERPRISES,
            0,
            places,
            tr("超过普惠标准 {limit} 万元", limit=grouped_wan(limit)),
        )
    else:
        yield Share(
            INCLUSIVE_ENTERPRISES,
            1,
            places,
            tr("不超过普惠标准 {limit} 万元", limit=grouped_wan(limit)),
        )


def _stock(pledge: Pledge, divisions: Divisions, day: date) -> Iterator[Share]:
    own = _places(pledge.pledgors[0], divisions, pledge.registered_on)
    ending = pledge.ending
    if pledge.registered_on > day:
        yield Share(
            _OUTSTANDING, 0, own, tr("{registered_on} 才登记", registered_on=pledge.registered_on)
        )
    elif ending is not None and ending.happened_on <= day:
        yield Share(
            _OUTSTANDING,
            0,
            own,
            tr(
                "已于 {happened_on} {label}",
                happened_on=ending.happened_on,
                label=ending.kind.label,
            ),
        )
    else:
        yield Share(_OUTSTANDING, 1, own)
        amount = pledge.amount_on(day)
        changed = amount != pledge.secured_amount_fen
        words = tr("没有担保债权额") if amount is None else tr("按变更后的金额") if changed else ""
        yield Share(_OUTSTANDING_AMOUNT, amount or 0, own, words)


def _places(pledgor: Pledgor, divisions: Divisions, day: date) -> tuple[Place, ...]:
    """The areas that a pledgor's place lies in, the province first."""
    places = [Place(divisions.province.code, divisions.province.name)]
    for code in filter(None, (pledgor.city, pledgor.county)):
        try:
            places.append(Place(code, divisions.name_of(code, day)))
        except AreaError:  # the list of divisions was exchanged since
            places.append(Place(code, code))
    return tuple(places)
