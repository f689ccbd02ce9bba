"""What is said of parties that a registration brings: nearly known, or known under another name."""

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.near_matches import Reason, tell_apart
from ipfinance.db.newcomers import (
    NEAR,
    RENAMED,
    Named,
    told_of_enterprises,
    told_of_pledgees,
)
from ipfinance.db.party_names import Party, add_former_name
from ipfinance.db.registrar import delete
from ipfinance.domain.division import Divisions
from tests import make

CODE = make.credit_code(1)
OTHER = make.credit_code(2)
KNOWN = "杭州宏达精密机械有限公司"


def pledging(store: Store, *named: tuple[str, str | None]) -> list[int]:
    """Registrations of these enterprises; the numbers of the enterprises."""
    for name, code in named:
        make.stored(store, make.pledge(pledgors=(make.pledgor(name, uscc=code),)))
    rows = store.connection.execute("SELECT name, id FROM enterprise")
    numbers = dict(tuple(row) for row in rows)
    return [numbers[name] for name, _ in named]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (Named("浙江宏达精密机械股份有限公司"), Reason.SAME_CORE),
        (Named("杭州鸿达精密机械有限公司"), Reason.ONE_CHARACTER),
        (Named("杭州宏达精密机有限公司"), Reason.ONE_CHARACTER),
        (Named("杭州宏达精密机械设有限公司"), Reason.ONE_CHARACTER),
        (Named(KNOWN, OTHER), Reason.SAME_NAME),
        (Named("宁波宏达精密机械有限公司"), None),
        (Named("杭州鸿达精密机械有限公司", OTHER), None),
        (Named("杭州宏图服饰有限公司"), None),
        (Named(KNOWN), None),
        (Named(KNOWN, CODE), None),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_that_a_new_name_nearly_known_is_told_with_the_reason(
    store: Store, divisions: Divisions, new: Named, reason: Reason | None, many: bool
) -> None:
    pledging(store, (KNOWN, CODE), ("温州别样纺织有限公司", None))
    others = [Named(f"丽水{letter}辰竹木有限公司") for letter in "星晨昊晟煜烨炜炫煊焱"] * many
    told = told_of_enterprises(store, [new, *others], divisions)
    assert set(told) == ({new} if reason else set())
    for fault in told.values():
        assert (fault.rule, fault.is_error, fault.value) == (NEAR, False, new.name)
        assert reason is not None
        assert reason.label in fault.text
        assert f"「{KNOWN}」（{CODE}）" in fault.text


def test_that_a_known_code_under_another_name_is_told_until_the_name_is_known(
    store: Store, divisions: Divisions
) -> None:
    [number] = pledging(store, (KNOWN, CODE))
    new = Named("杭州新名智能装备有限公司", CODE)
    [fault] = told_of_enterprises(store, [new], divisions).values()
    assert (fault.rule, fault.is_error) == (RENAMED, False)
    assert f"「{KNOWN}」" in fault.text
    assert "代码相同、名称不同，记作更名；若是笔误请改正" in fault.text
    add_former_name(store, Party.ENTERPRISE, number, new.name)
    assert told_of_enterprises(store, [new], divisions) == {}


def test_that_an_organisation_code_known_under_another_name_is_told(
    store: Store, divisions: Divisions
) -> None:
    old = f"{CODE[8:16]}-{CODE[16]}"
    pledging(store, (KNOWN, old))
    [fault] = told_of_enterprises(store, [Named("杭州新名有限公司", CODE)], divisions).values()
    assert fault.rule == RENAMED


def test_that_a_former_name_of_one_with_another_code_is_told(
    store: Store, divisions: Divisions
) -> None:
    [number] = pledging(store, (KNOWN, CODE))
    add_former_name(store, Party.ENTERPRISE, number, "杭州旧名服饰有限公司")
    [fault] = told_of_enterprises(store, [Named("杭州旧名服饰有限公司", OTHER)], divisions).values()
    assert Reason.FORMER_NAME.label in fault.text


def test_that_names_told_apart_are_not_told_again(store: Store, divisions: Divisions) -> None:
    slip = "杭州鸿达精密机械有限公司"
    one, other = pledging(store, (KNOWN, None), (slip, CODE))
    asked = Named(slip, OTHER)  # a third enterprise, named as one that was settled
    [fault] = told_of_enterprises(store, [asked], divisions).values()
    assert f"「{slip}」（{CODE}）" in fault.text
    delete(store, [2])
    [fault] = told_of_enterprises(store, [asked], divisions).values()
    assert f"「{KNOWN}」" in fault.text
    tell_apart(store, Party.ENTERPRISE, [(one, other)])
    assert told_of_enterprises(store, [asked], divisions) == {}


def test_that_one_without_registrations_is_no_match(store: Store, divisions: Divisions) -> None:
    [stored] = make.stored(store, make.pledge(pledgors=(make.pledgor(KNOWN, uscc=CODE),)))
    asked = Named("杭州鸿达精密机械有限公司")
    assert told_of_enterprises(store, [asked], divisions)
    assert stored.id is not None
    delete(store, [stored.id])
    assert told_of_enterprises(store, [asked], divisions) == {}


def test_that_a_new_lender_nearly_known_is_told_and_a_branch_is_not(
    store: Store, divisions: Divisions
) -> None:
    make.stored(store, make.pledge(pledgees=(make.pledgee("示例银行股份有限公司杭州分行"),)))
    same, branch = Named("示例银行杭州市分行"), Named("示例银行股份有限公司宁波分行")
    known = Named("示例银行股份有限公司杭州分行")
    told = told_of_pledgees(store, [same, branch, known], divisions)
    assert set(told) == {same}
    assert told[same].field == "pledgee"
