"""Parties that may be one: which are suggested and why, and that "not the same" is remembered."""

from pathlib import Path

import pytest

from ipfinance.db import history
from ipfinance.db.connection import Store, open_store
from ipfinance.db.mergers import merge
from ipfinance.db.near_matches import NearMatch, Reason, near_matches, tell_apart
from ipfinance.db.party_names import Party, add_former_name
from ipfinance.domain.division import Divisions
from tests import make

CODE = make.credit_code(1)
OTHER = make.credit_code(2)


def of_enterprises(store: Store, divisions: Divisions) -> list[NearMatch]:
    return near_matches(store, Party.ENTERPRISE, divisions)


def pledging(store: Store, *named: tuple[str, str | None]) -> None:
    for name, code in named:
        make.stored(store, make.pledge(pledgors=(make.pledgor(name, uscc=code),)))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("示例甲机械有限公司", CODE), ("示例甲机械有限公司", OTHER), Reason.SAME_NAME),
        (("杭州示例机械科技有限公司", None), ("杭州示例机械有限公司", CODE), Reason.SAME_CORE),
        (("浙江示例机械股份有限公司", None), ("杭州示例机械有限公司", None), Reason.SAME_CORE),
        (("杭州宏达精机有限公司", None), ("杭州鸿达精机有限公司", CODE), Reason.ONE_CHARACTER),
        (("杭州宏达有限公司", None), ("杭州鸿达有限公司", CODE), Reason.ONE_CHARACTER),
        (
            ("杭州示例精密机有限公司", None),
            ("杭州示例精密机械有限公司", CODE),
            Reason.ONE_CHARACTER,
        ),
        (("杭州示例机械有限公司", None), ("宁波示例机械有限公司", None), None),
        (("杭州宏达精机有限公司", CODE), ("杭州鸿达精机有限公司", OTHER), None),
        (("杭州宏达有限公司", None), ("杭州宏图有限公司", None), None),
        (("杭州第一机床有限公司", None), ("杭州第二机床有限公司", None), None),
    ],
)
def test_which_enterprises_are_suggested_and_why(
    store: Store,
    divisions: Divisions,
    one: tuple[str, str | None],
    other: tuple[str, str | None],
    reason: Reason | None,
) -> None:
    pledging(store, one, other)
    assert [match.reason for match in of_enterprises(store, divisions)] == (
        [reason] if reason else []
    )


def test_that_one_organisation_with_two_credit_codes_is_suggested(
    store: Store, divisions: Divisions
) -> None:
    from stdnum.cn import uscc

    moved = "91330200" + CODE[8:17]
    pledging(
        store,
        ("示例旧机械有限公司", CODE),
        ("截然不同有限公司", moved + uscc.calc_check_digit(moved)),
    )
    [match] = of_enterprises(store, divisions)
    assert match.reason is Reason.SAME_ORGANISATION


def test_that_a_former_name_of_another_is_suggested(store: Store, divisions: Divisions) -> None:
    pledging(store, ("早年老厂机械有限公司", None), ("示例新机械有限公司", CODE))
    add_former_name(store, Party.ENTERPRISE, 2, "早年老厂机械有限公司")
    [match] = of_enterprises(store, divisions)
    assert match.reason is Reason.FORMER_NAME
    merge(store, Party.ENTERPRISE, 2, 1)
    assert of_enterprises(store, divisions) == []


def test_that_pairs_told_apart_are_not_suggested_again(
    store: Store, divisions: Divisions, tmp_path: Path
) -> None:
    pledging(
        store,
        ("杭州示例机械科技有限公司", None),
        ("杭州示例机械有限公司", CODE),
        ("杭州宏达精机有限公司", None),
        ("杭州鸿达精机有限公司", OTHER),
    )
    matches = of_enterprises(store, divisions)
    assert len(matches) == 2
    tell_apart(store, Party.ENTERPRISE, [(each.other.id, each.one.id) for each in matches])
    assert of_enterprises(store, divisions) == []
    with open_store(store.path, "另一人") as opened_anew:
        assert of_enterprises(opened_anew, divisions) == []
    history.undo(store)  # both at once
    assert of_enterprises(store, divisions) == matches


def test_that_lenders_are_one_but_for_their_form_and_never_by_another_branch(
    store: Store, divisions: Divisions
) -> None:
    for name in ("示例银行股份有限公司杭州分行", "示例银行杭州分行", "示例银行湖州分行"):
        make.stored(store, make.pledge(pledgees=(make.pledgee(name),)))
    [match] = near_matches(store, Party.PLEDGEE, divisions)
    assert {match.one.name, match.other.name} == {
        "示例银行股份有限公司杭州分行",
        "示例银行杭州分行",
    }
    assert match.reason is Reason.SAME_CORE
    assert match.one.registrations == 1
