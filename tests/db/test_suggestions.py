"""What the store proposes while a name is typed."""

from datetime import date

import pytest

from ipfinance.db import suggestions
from ipfinance.db.connection import Store
from ipfinance.db.registrar import delete
from ipfinance.domain.pledge import EventKind, PledgeeKind, Size
from tests import make

HAIKANG = make.pledgor("杭州海康精密仪器有限公司", uscc=make.credit_code(101))
HAICHEN = make.pledgor("杭州海晨新材料有限公司", uscc=make.credit_code(102))
TAIZHOU = make.pledgor("台州海康缝纫设备有限公司", uscc=None)


@pytest.fixture(autouse=True)
def filled(store: Store) -> None:
    make.stored(
        store,
        *(make.pledge(pledgors=(one,)) for one in (HAIKANG, HAICHEN, TAIZHOU, make.person())),
    )


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("杭州海", [HAICHEN.name, HAIKANG.name]),
        ("海康", [HAIKANG.name, TAIZHOU.name]),
        ("hzhk", [HAIKANG.name]),
        ("HZHK", [HAIKANG.name]),
        ("tzhk", [TAIZHOU.name]),  # 台 is tāi here, and the town's initial is t
        ("xcl", [HAICHEN.name]),
        ("杭州海康精密仪器有限公司", [HAIKANG.name]),
        ("王某甲", []),  # a natural person is no enterprise
        ("没有的", []),
        ("", []),
        ("  ", []),
        ("%", []),
        ("_州", []),
    ],
)
def test_that_enterprises_are_found_by_name_part_and_initials(
    store: Store, typed: str, names: list[str]
) -> None:
    found = suggestions.enterprises(store, typed)
    assert sorted(one.name for one in found) == sorted(names)


def test_that_enterprises_are_found_by_credit_and_organisation_code(store: Store) -> None:
    assert HAIKANG.uscc is not None
    code = HAIKANG.uscc
    for typed in (code, code.lower(), code[:17], code[8:16], code[8:17]):
        assert [one.name for one in suggestions.enterprises(store, typed)] == [HAIKANG.name]


def test_that_names_that_begin_so_come_before_those_that_hold_it(store: Store) -> None:
    make.stored(store, make.pledge(pledgors=(make.pledgor("海康有限公司"),)))
    first = suggestions.enterprises(store, "海康")[0]
    assert first.name == "海康有限公司"


def test_that_no_more_are_proposed_than_asked_for(store: Store) -> None:
    make.stored(
        store,
        *(make.pledge(pledgors=(make.pledgor(f"批量{at}有限公司"),)) for at in range(15)),
    )
    assert len(suggestions.enterprises(store, "批量")) == suggestions.AT_MOST
    assert len(suggestions.enterprises(store, "pl", limit=3)) == 3


def test_that_a_match_tells_the_last_place_and_size_and_how_often(store: Store) -> None:
    moved = make.pledgor(
        HAIKANG.name, uscc=HAIKANG.uscc, city=make.NINGBO, county=make.HAISHU, size=Size.LARGE
    )
    make.stored(
        store,
        make.pledge(pledgors=(moved,), registered_on=date(2021, 1, 1)),
        make.pledge(pledgors=(HAIKANG,), events=(make.event(EventKind.REVOCATION),)),
    )
    [found] = suggestions.enterprises(store, "hzhk")
    assert (found.city, found.county, found.size) == (make.NINGBO, make.HAISHU, Size.LARGE)
    assert found.registrations == 2  # the revoked one does not count


def test_that_a_place_that_was_thrown_away_is_not_proposed(store: Store) -> None:
    wrong = make.pledgor(HAIKANG.name, uscc=HAIKANG.uscc, city=make.NINGBO, county=make.HAISHU)
    [mistaken] = make.stored(store, make.pledge(pledgors=(wrong,), registered_on=date(2021, 1, 1)))
    delete(store, [mistaken.id or 0])
    [found] = suggestions.enterprises(store, "hzhk")
    assert (found.city, found.county) == (HAIKANG.city, HAIKANG.county)


def test_that_an_enterprise_is_named_beyond_doubt_or_not_at_all(store: Store) -> None:
    assert HAIKANG.uscc is not None
    assert suggestions.enterprise_named(store, "", HAIKANG.uscc) is not None
    found = suggestions.enterprise_named(store, " 台州海康缝纫设备有限公司 ")
    assert found is not None
    assert found.code == ""
    assert suggestions.enterprise_named(store, HAIKANG.name, make.credit_code(999)) is None
    namesake = make.pledgor(HAIKANG.name, uscc=make.credit_code(103))
    make.stored(store, make.pledge(pledgors=(namesake,)))
    assert suggestions.enterprise_named(store, HAIKANG.name) is None


def test_that_pledgees_are_found_with_their_kind(store: Store) -> None:
    make.stored(
        store,
        make.pledge(pledgees=(make.pledgee("示例融资担保", kind=PledgeeKind.GUARANTEE),)),
        make.pledge(pledgees=(make.pledgee("示例无类型", kind=None),)),
    )
    for typed in ("示例融", "slrz", "担保"):
        [found] = suggestions.pledgees(store, typed)
        assert (found.name, found.kind) == ("示例融资担保", PledgeeKind.GUARANTEE)
    named = suggestions.pledgee_named(store, "示例无类型")
    assert named is not None
    assert named.kind is None
    assert suggestions.pledgee_named(store, "没有的") is None
