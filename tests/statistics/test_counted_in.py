"""What a registration is said to count in is what the totals lose when it is gone."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import Facts, read_facts
from ipfinance.db.ledger import select
from ipfinance.db.registrar import delete
from ipfinance.db.sums import outstanding
from ipfinance.db.totals import Group, totals
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.statistics.counted_in import CountedIn, Share, behind_share, counted_in
from tests import make

Key = tuple[str, ...]
GROUPS = (Group.NONE, Group.CITY, Group.COUNTY)


def asked(store: Store, pledge: Pledge, deleted: bool = False) -> CountedIn:
    return counted_in(pledge, deleted, read_facts(store), all_divisions(store), make.TODAY)


@pytest.mark.parametrize(
    "pledge",
    [
        make.pledge(),
        make.pledge(registered_on=date(2020, 12, 31), secured_amount_fen=None),
        make.pledge(kind=Kind.TRADEMARK, secured_amount_fen=1000 * WAN, rights=()),
        make.pledge(secured_amount_fen=1000 * WAN + 1, pledgees=()),
        make.pledge(
            pledgors=(
                make.person(),
                make.pledgor("示例甲公司", city=make.NINGBO, county=make.HAISHU),
                make.pledgor("示例乙公司", city=make.NINGBO, county=None),
            ),
            events=(make.event(EventKind.CHANGE, secured_amount_fen=9 * WAN),),
        ),
        make.pledge(events=(make.event(),)),
        make.pledge(events=(make.event(EventKind.REVOCATION),)),
        make.pledge(kind=Kind.DATA),
        make.pledge(rights=(), rights_declared=None),
    ],
)
def test_that_the_totals_lose_just_that_when_it_is_gone(store: Store, pledge: Pledge) -> None:
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例丁公司"),)), make.pledge())
    others = [
        make.pledge(
            pledgors=(make.pledgor("示例戊公司"),), pledgees=(make.pledgee("示例另一银行"),)
        )
    ]
    make.stored(store, *others)
    # Parties of its own: what others share is counted once and stays.
    [stored] = make.stored(store, _with_own_parties(pledge))
    said = asked(store, stored)
    flow, stock = _flow(store, said), _stock(store)
    assert stored.id is not None
    delete(store, [stored.id])
    assert _lost(flow, _flow(store, said)) == {
        (period.text, *key): value
        for period in said.periods
        for key, value in _added(said.flow).items()
    }
    assert _lost(stock, _stock(store)) == _added(said.stock)
    assert bool(said.flow) != bool(said.reason)
    assert asked(store, stored, deleted=True).reason == "这笔登记在回收站里，不计入任何统计。"


def test_that_the_reason_is_told_where_it_adds_nothing(store: Store) -> None:
    [big] = make.stored(store, make.pledge(secured_amount_fen=2000 * WAN, events=(make.event(),)))
    said = asked(store, big)
    reasons = {share.indicator.key: share.reason for share in (*said.flow, *said.stock)}
    assert reasons["inclusive_enterprises"] == "超过普惠标准 1,000 万元"
    assert reasons["outstanding_registrations"] == "已于 2020-12-31 注销"
    assert [period.label for period in said.periods] == [
        *("2019年", "2019年上半年", "2019年第一季度", "2019年3月"),
    ]
    divisions = all_divisions(store)
    wide = Facts(inclusive_threshold_fen=2000 * WAN)
    inclusive = counted_in(big, False, wide, divisions, make.TODAY).flow[-1]
    assert (inclusive.value, inclusive.reason) == (1, "不超过普惠标准 2,000 万元")


@pytest.mark.parametrize(
    "pledge",
    [
        make.pledge(),
        make.pledge(secured_amount_fen=None),
        make.pledge(kind=Kind.TRADEMARK, secured_amount_fen=100 * WAN),
        make.pledge(
            pledgors=(make.person(), make.pledgor("示例乙公司", city=make.NINGBO, county=None)),
        ),
        # 江干区 is gone before the year of its registration ends.
        make.pledge(
            registered_on=date(2021, 3, 1), pledgors=(make.pledgor("甲公司", county="330104"),)
        ),
    ],
)
def test_that_each_figure_opens_registrations_with_this_one_among_them(
    store: Store, pledge: Pledge
) -> None:
    other = make.pledge(pledgors=(make.pledgor("示例丁公司", city=make.WENZHOU, county=None),))
    _, stored = make.stored(store, other, pledge)
    said = asked(store, stored)
    today = Period.of(make.TODAY, make.TODAY)
    opened = 0
    for shares, periods in ((said.flow, said.periods), (said.stock, (today,))):
        for share in (share for share in shares if share.value):
            for period in periods:
                for level, place in enumerate(share.places):
                    wanted = behind_share(store, stored.kind, share, period, level)
                    listing = select(store, wanted, make.TODAY)
                    assert stored.id in listing.ids, (share, period, place)
                    assert len(listing) <= (1 if level else 2)
                    opened += 1
    assert opened >= 40


def _with_own_parties(pledge: Pledge) -> Pledge:
    return replace(
        pledge,
        pledgors=tuple(
            one if one.is_person else replace(one, name=f"独{one.name}", uscc=make.credit_code())
            for one in pledge.pledgors
        ),
        pledgees=tuple(replace(one, name=f"独{one.name}") for one in pledge.pledgees),
    )


def _added(shares: tuple[Share, ...]) -> dict[Key, int]:
    """By place and indicator; several enterprises of one place add up."""
    added: dict[Key, int] = {}
    for share in shares:
        for place in share.places if share.value else ():
            key = (place.name, share.indicator.key)
            added[key] = added.get(key, 0) + share.value
    return added


_MEASURES = (
    *("registrations", "secured_amount_fen", "enterprises", "rights"),
    *("inclusive_enterprises", "pledgees", "amount_missing"),
)


def _flow(store: Store, said: CountedIn) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for period in said.periods:
        for group in GROUPS:
            window = (period.start, period.end, (Kind.PATENT, Kind.TRADEMARK), 1000 * WAN)
            for code, cell in totals(store, group, *window).items():
                for measure in _MEASURES:
                    key = measure.removesuffix("_fen")
                    found[period.text, _name(store, code, group), key] = getattr(cell, measure)
    return found


def _stock(store: Store) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for group in GROUPS:
        kinds = (Kind.PATENT, Kind.TRADEMARK)
        for code, cell in outstanding(store, group, make.TODAY, kinds).items():
            name = _name(store, code, group)
            found[name, "outstanding_registrations"] = cell.registrations
            found[name, "outstanding_amount"] = cell.secured_amount_fen
    return found


def _name(store: Store, code: str, group: Group) -> str:
    divisions = all_divisions(store)
    if group is Group.NONE:
        return divisions.province.name
    return divisions.name_of(code) if code else "（无县）"


def _lost(before: dict[Key, int], after: dict[Key, int]) -> dict[Key, int]:
    lost = {key: value - after.get(key, 0) for key, value in before.items()}
    return {key: value for key, value in lost.items() if value and "（无县）" not in key}
