"""Who is the same: enterprises by code, organisation code and name; pledgees; rights."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.parties import Parties
from ipfinance.domain.identifiers import organisation_code_of
from ipfinance.domain.pledge import PledgeeKind, RightKind, Size
from tests import make

NAME = "示例甲精密机械有限公司"
CODE = make.credit_code(1)
OTHER_CODE = make.credit_code(2)
OLD_CODE = str(organisation_code_of(CODE))


@pytest.fixture
def parties(store: Store) -> Iterator[Parties]:
    with store.act("测试"):
        yield Parties(store)


def _row(parties: Parties, number: int | None) -> dict[str, object]:
    parties.flush()
    row = parties._connection.execute("SELECT * FROM enterprise WHERE id = ?", (number,)).fetchone()
    return dict(row)


def test_that_an_enterprise_is_the_same_by_its_credit_code(parties: Parties) -> None:
    one = parties.enterprise(make.pledgor(NAME, uscc=CODE))
    renamed = parties.enterprise(make.pledgor("示例甲智能装备有限公司", uscc=CODE))
    assert one == renamed
    assert _row(parties, one)["name"] == NAME
    assert _row(parties, one)["organisation_code"] == OLD_CODE
    assert _row(parties, one)["size"] == Size.SMALL


def test_that_namesakes_with_two_codes_are_two_enterprises(parties: Parties) -> None:
    one = parties.enterprise(make.pledgor(NAME, uscc=CODE))
    other = parties.enterprise(make.pledgor(NAME, uscc=OTHER_CODE))
    assert one != other
    # By its name alone it is the one that was first.
    assert parties.enterprise(make.pledgor(NAME, uscc=None)) == one


def test_that_a_name_is_the_same_in_other_brackets_and_width(parties: Parties) -> None:
    one = parties.enterprise(make.pledgor("示例（杭州）ＡＢ 有限公司", uscc=None))
    assert parties.enterprise(make.pledgor("示例(杭州)ab有限公司", uscc=None)) == one


def test_that_a_code_learnt_later_completes_the_enterprise(parties: Parties) -> None:
    one = parties.enterprise(make.pledgor(NAME, uscc=None))
    assert parties.enterprise(make.pledgor(NAME, uscc=CODE)) == one
    assert _row(parties, one)["uscc"] == CODE
    assert _row(parties, one)["organisation_code"] == OLD_CODE


def test_that_an_organisation_code_alone_is_no_credit_code(parties: Parties) -> None:
    number = parties.enterprise(make.pledgor(NAME, uscc=OLD_CODE))
    assert _row(parties, number)["uscc"] is None
    assert _row(parties, number)["organisation_code"] == OLD_CODE


@pytest.mark.parametrize("codes", [(CODE, OLD_CODE), (OLD_CODE, CODE)])
def test_that_old_ledgers_and_new_ones_meet_by_the_organisation_code(
    parties: Parties, codes: tuple[str, str]
) -> None:
    one = parties.enterprise(make.pledgor(NAME, uscc=codes[0]))
    assert parties.enterprise(make.pledgor("示例甲智能装备有限公司", uscc=codes[1])) == one
    assert _row(parties, one)["uscc"] == CODE
    assert _row(parties, one)["organisation_code"] == OLD_CODE


def test_that_an_organisation_code_completes_a_namesake_without_any(parties: Parties) -> None:
    one = parties.enterprise(make.pledgor(NAME, uscc=None))
    assert parties.enterprise(make.pledgor(NAME, uscc=OLD_CODE)) == one
    assert _row(parties, one)["organisation_code"] == OLD_CODE
    # Now that it has a code, a namesake with another is another.
    assert parties.enterprise(make.pledgor(NAME, uscc=OTHER_CODE)) != one


def test_that_two_credit_codes_with_one_organisation_code_stay_two(parties: Parties) -> None:
    moved = f"91330200{CODE[8:17]}"
    one = parties.enterprise(make.pledgor(NAME, uscc=CODE))
    assert parties.enterprise(make.pledgor("示例乙", uscc=f"{moved}0")) != one


def test_that_a_natural_person_is_no_enterprise(parties: Parties) -> None:
    assert parties.enterprise(make.person()) is None


def test_that_looking_for_an_enterprise_writes_nothing(store: Store, parties: Parties) -> None:
    assert parties.find_enterprise(make.pledgor(NAME)) is None
    assert store.connection.execute("SELECT count(*) FROM enterprise").fetchone()[0] == 0


def test_that_the_organisation_code_comes_back_as_the_code(store: Store) -> None:
    [old] = make.stored(store, make.pledge(pledgors=(make.pledgor(NAME, uscc=OLD_CODE),)))
    assert old.pledgors[0].uscc == OLD_CODE
    assert old.pledgors == (make.pledgor(NAME, uscc=OLD_CODE),)
    [new] = make.stored(store, make.pledge(pledgors=(make.pledgor(NAME, uscc=CODE),)))
    assert new.pledgors[0].uscc == CODE
    assert new.pledgors[0].enterprise == old.pledgors[0].enterprise


@pytest.mark.parametrize("is_written", [True, False])
def test_that_a_pledgee_is_the_same_by_its_name_and_its_kind_completed(
    store: Store, parties: Parties, is_written: bool
) -> None:
    one = parties.pledgee(make.pledgee("示例银行（杭州）", kind=None))
    if is_written:
        parties.flush()
        parties = Parties(store)
    assert parties.pledgee(make.pledgee("示例银行(杭州)", kind=PledgeeKind.BANK)) == one
    parties.flush()
    rows = store.connection.execute("SELECT name, kind FROM pledgee").fetchall()
    assert [tuple(row) for row in rows] == [("示例银行（杭州）", "bank")]


def test_that_rights_are_made_once_and_told_apart_by_kind(parties: Parties) -> None:
    patent = make.right()
    other = replace(patent, kind=RightKind.OTHER)
    first = parties.rights([patent, patent, other])
    known = dict(first)
    assert len({first[patent.number, RightKind.INVENTION], first[patent.number, "other"]}) == 2
    assert parties.rights([other, patent]) == known
    parties.flush()
    count = parties._connection.execute("SELECT count(*) FROM ip_right").fetchone()[0]
    assert count == 2
