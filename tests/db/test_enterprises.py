"""The list of enterprises: what each has pledged, found by name, former name, code or initials."""

from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.enterprises import EnterpriseRow, EnterpriseSort, rows, select
from ipfinance.db.registrar import delete
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from tests import make

JIA, YI, BING = "示例甲精密机械有限公司", "示例乙化工有限公司", "台州丙缝纫设备有限公司"


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    jia, yi = make.pledgor(JIA), make.pledgor(YI, city=make.NINGBO, county=make.HAISHU)
    bing = make.pledgor(BING, uscc=None, city=make.WENZHOU, county=None)
    moved = make.pledgor(JIA, city=make.HUZHOU, county=make.DEQING)
    return make.stored(
        store,
        make.pledge(pledgors=(jia,), events=(make.event(),)),
        make.pledge(pledgors=(moved, yi), registered_on=date(2020, 5, 6)),
        make.pledge(pledgors=(jia,), registered_on=date(2018, 1, 2), secured_amount_fen=None),
        make.pledge(pledgors=(yi, yi), secured_amount_fen=9000 * WAN, kind=Kind.TRADEMARK),
        make.pledge(pledgors=(bing,), events=(make.event(EventKind.REVOCATION),)),
        make.pledge(pledgors=(make.person(),)),
    )


def found(
    store: Store,
    text: str = "",
    sort: EnterpriseSort = EnterpriseSort.SECURED_AMOUNT,
    descending: bool = True,
) -> list[EnterpriseRow]:
    listing = select(store, text, make.TODAY, sort, descending)
    return rows(store, listing.ids, make.TODAY)


def test_that_an_enterprise_stands_with_what_it_pledged(
    store: Store, pledges: list[Pledge]
) -> None:
    jia = next(row for row in found(store) if row.name == JIA)
    assert (jia.registrations, jia.secured_amount_fen, jia.amount_missing) == (3, 1000 * WAN, 1)
    assert (jia.rights, jia.live) == (3, 2)
    assert (jia.first_on, jia.last_on) == (date(2018, 1, 2), date(2020, 5, 6))
    assert jia.uscc == make.pledgor(JIA).uscc


def test_that_its_place_is_that_of_its_last_registration(
    store: Store, pledges: list[Pledge]
) -> None:
    jia = next(row for row in found(store) if row.name == JIA)
    assert (jia.city, jia.county) == (make.HUZHOU, make.DEQING)


def test_that_an_enterprise_named_twice_in_a_registration_pledged_once(
    store: Store, pledges: list[Pledge]
) -> None:
    yi = next(row for row in found(store) if row.name == YI)
    assert (yi.registrations, yi.secured_amount_fen) == (2, 9500 * WAN)


def test_that_the_total_counts_a_joint_pledge_once(store: Store, pledges: list[Pledge]) -> None:
    listing = select(store, "", make.TODAY)
    assert (len(listing), listing.registrations) == (3, 4)
    assert (listing.secured_amount_fen, listing.amount_missing) == (10000 * WAN, 1)
    searched = select(store, "示例", make.TODAY)
    assert (searched.registrations, searched.secured_amount_fen) == (4, 10000 * WAN)
    assert select(store, BING, make.TODAY).registrations == 0


def test_that_persons_are_no_enterprises_and_revoked_pledges_count_nothing(
    store: Store, pledges: list[Pledge]
) -> None:
    assert {row.name for row in found(store)} == {JIA, YI, BING}
    bing = next(row for row in found(store) if row.name == BING)
    assert (bing.registrations, bing.secured_amount_fen, bing.live, bing.uscc) == (0, 0, 0, "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("精密", {JIA}),
        ("示例", {JIA, YI}),
        ("sljjm", {JIA}),
        ("TZB", {BING}),
        (str(make.pledgor(YI).uscc), {YI}),
        (str(make.pledgor(YI).uscc)[8:17].lower(), {YI}),
        ("  化工 ", {YI}),
        ("%", set()),
        ("_", set()),
        ("没有", set()),
    ],
)
def test_that_it_is_found_by_name_code_or_initials(
    store: Store, pledges: list[Pledge], text: str, names: set[str]
) -> None:
    assert {row.name for row in found(store, text)} == names


def test_that_it_is_found_by_the_name_it_had(store: Store, pledges: list[Pledge]) -> None:
    code = make.pledgor(JIA).uscc
    make.stored(store, make.pledge(pledgors=(make.pledgor("示例甲旧名厂", uscc=code),)))
    assert {row.name for row in found(store, "旧名厂")} == {JIA}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (EnterpriseSort.NAME, [JIA, YI, BING]),
        (EnterpriseSort.REGISTRATIONS, [BING, YI, JIA]),
        (EnterpriseSort.SECURED_AMOUNT, [JIA, YI, BING]),
        (EnterpriseSort.RIGHTS, [BING, YI, JIA]),
        (EnterpriseSort.CITY, [YI, BING, JIA]),
        (EnterpriseSort.FIRST_ON, [JIA, YI, BING]),
        (EnterpriseSort.LAST_ON, [BING, JIA, YI]),
    ],
)
def test_that_it_sorts_by_every_column(
    store: Store, pledges: list[Pledge], sort: EnterpriseSort, names: list[str]
) -> None:
    assert [row.name for row in found(store, sort=sort, descending=False)] == names


def test_that_every_column_sorts_both_ways(store: Store, pledges: list[Pledge]) -> None:
    for sort in EnterpriseSort:
        for descending in (False, True):
            assert len(found(store, sort=sort, descending=descending)) == 3


def test_that_an_enterprise_goes_with_its_last_registration(
    store: Store, pledges: list[Pledge]
) -> None:
    number = pledges[4].id
    assert number is not None
    delete(store, [number])
    assert {row.name for row in found(store)} == {JIA, YI}
    for sort in EnterpriseSort:
        assert len(found(store, sort=sort)) == 2


def test_that_an_empty_store_has_none(store: Store) -> None:
    listing = select(store, "", make.TODAY)
    assert (len(listing), listing.registrations, listing.amount_missing) == (0, 0, 0)
    assert rows(store, [], make.TODAY) == []
