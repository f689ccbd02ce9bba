"""Former names: how they come to be known, and that they find the party of today."""

from datetime import date
from itertools import permutations

import pytest

from ipfinance.db import enterprises, history, ledger, suggestions
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.party_names import (
    Party,
    add_former_name,
    former_names,
    remove_former_name,
    rename,
)
from ipfinance.db.registrar import record
from ipfinance.domain.pledge import Change, EventKind, Pledge
from ipfinance.errors import UserError
from tests import make

FIRST, SECOND, THIRD = "示例甲有限公司", "示例乙有限公司", "示例丙有限公司"


def under(name: str, year: int, code: str | None) -> Pledge:
    return make.pledge(registered_on=date(year, 3, 1), pledgors=(make.pledgor(name, uscc=code),))


def known(store: Store) -> list[tuple[str, list[str]]]:
    """Each enterprise of the store by the name of today, with those before."""
    rows = store.connection.execute("SELECT id, name FROM enterprise ORDER BY id").fetchall()
    return [
        (row["name"], sorted(each.name for each in former_names(store, Party.ENTERPRISE, row[0])))
        for row in rows
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("together", [True, False])
def test_that_the_last_registered_name_is_todays_in_whatever_order_they_come(
    store: Store, order: tuple[int, ...], together: bool
) -> None:
    code = make.credit_code(7)
    pledges = [under(FIRST, 2015, code), under(SECOND, 2017, code), under(THIRD, 2019, code)]
    shuffled = [pledges[at] for at in order]
    if together:
        make.stored(store, *shuffled)
    else:
        for pledge in shuffled:
            make.stored(store, pledge)
    assert known(store) == [(THIRD, sorted([FIRST, SECOND]))]


def test_that_a_former_name_without_code_finds_the_enterprise(store: Store) -> None:
    code = make.credit_code(7)
    make.stored(store, under(FIRST, 2015, code), under(SECOND, 2017, code))
    [found] = make.stored(store, under(FIRST, 2014, None))
    assert found.pledgors[0].uscc == code
    assert known(store) == [(SECOND, [FIRST])]
    [other] = make.stored(store, under(FIRST, 2018, make.credit_code(8)))  # its name now
    assert other.pledgors[0].enterprise != found.pledgors[0].enterprise


def test_that_a_registered_change_of_name_renames(store: Store) -> None:
    [one] = make.stored(store, under(FIRST, 2015, None))
    assert one.id is not None
    change = Change("出质人名称", FIRST, SECOND)
    record(store, one.id, make.event(EventKind.CHANGE, changes=(change,)))
    assert known(store) == [(SECOND, [FIRST])]
    history.undo(store)
    assert known(store) == [(FIRST, [])]


def test_that_another_pledgor_is_no_change_of_name(store: Store) -> None:
    [one] = make.stored(store, under(FIRST, 2015, None))
    assert one.id is not None
    change = Change("出质人", FIRST, SECOND)
    record(store, one.id, make.event(EventKind.CHANGE, changes=(change,)))
    assert known(store) == [(FIRST, [])]


def test_that_names_are_kept_by_hand_and_taken_out(store: Store) -> None:
    [one] = make.stored(store, under(FIRST, 2015, None))
    number = one.pledgors[0].enterprise
    assert number is not None
    rename(store, Party.ENTERPRISE, number, SECOND)
    add_former_name(store, Party.ENTERPRISE, number, THIRD)
    assert known(store) == [(SECOND, sorted([FIRST, THIRD]))]
    with pytest.raises(UserError, match="就是现在的名称"):
        add_former_name(store, Party.ENTERPRISE, number, f" {SECOND} ")
    with pytest.raises(UserError, match="没有填写"):
        rename(store, Party.ENTERPRISE, number, "  ")
    third = next(n for n in former_names(store, Party.ENTERPRISE, number) if n.name == THIRD)
    remove_former_name(store, Party.ENTERPRISE, number, third)
    assert known(store) == [(SECOND, [FIRST])]
    rename(store, Party.ENTERPRISE, number, FIRST, keeps=False)
    assert known(store) == [(FIRST, [])]


def test_that_a_pledgee_is_renamed_and_still_found(store: Store) -> None:
    [one, other] = make.stored(
        store,
        make.pledge(pledgees=(make.pledgee("示例银行杭州分行"),)),
        make.pledge(pledgees=(make.pledgee("示例银行宁波分行"),)),
    )
    number, second = one.pledgees[0].pledgee, other.pledgees[0].pledgee
    assert number is not None
    assert second is not None
    rename(store, Party.PLEDGEE, number, "示例银行股份有限公司杭州分行")
    [again] = make.stored(store, make.pledge(pledgees=(make.pledgee("示例银行杭州分行"),)))
    assert again.pledgees[0].pledgee == number
    with pytest.raises(UserError, match="已有"):
        rename(store, Party.PLEDGEE, second, "示例银行股份有限公司杭州分行")


def test_that_a_former_name_is_found_everywhere_and_shows_the_current(store: Store) -> None:
    [one] = make.stored(store, under(FIRST, 2015, make.credit_code(7)))
    number = one.pledgors[0].enterprise
    assert number is not None
    add_former_name(store, Party.ENTERPRISE, number, "早年老厂")
    for typed in ("早年", "zn", "老厂"):
        assert [each.name for each in suggestions.enterprises(store, typed)] == [FIRST]
    named = suggestions.enterprise_named(store, "早年老厂")
    assert named is not None
    assert named.name == FIRST
    listed = enterprises.select(store, "老厂", make.TODAY)
    assert list(listed.ids) == [number]
    assert list(ledger.select(store, Filter(text="早年"), make.TODAY).ids) == [one.id]
