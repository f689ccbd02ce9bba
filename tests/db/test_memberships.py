"""Totals by enterprise, pledgee, kinds and size equal a recount in plain Python."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date
from random import Random
from typing import TypeVar

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.memberships import member_names, member_totals
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind, Pledge, Pledgor, Right, RightKind, Size
from tests import make

T = TypeVar("T")

THRESHOLD = 1000 * WAN
START, END = date(2019, 1, 1), date(2019, 12, 31)
COMPANIES = [
    make.pledgor(f"示例{name}有限公司", size=size)
    for name, size in zip("甲乙丙丁", [Size.SMALL, Size.MICRO, None, Size.SMALL], strict=True)
]
PERSON = make.person("王某甲（自然人）")
LENDERS = [make.pledgee("示例银行甲支行"), replace(make.pledgee("示例担保公司"), kind=None)]
RIGHTS = [
    make.right(make.patent_number(number, kind=digit), kind=kind)
    for number, (digit, kind) in enumerate(
        2
        * [
            (1, RightKind.INVENTION),
            (2, RightKind.UTILITY_MODEL),
            (3, RightKind.DESIGN),
        ]
    )
]


def _stored(store: Store, seed: int) -> list[Pledge]:
    random = Random(seed)

    def some(pool: Sequence[T], least: int) -> tuple[T, ...]:
        return tuple(random.sample(pool, random.randint(least, len(pool) - 1)))

    made = [
        make.pledge(
            registered_on=random.choice([date(2018, 12, 31), START, date(2019, 7, 1), END]),
            kind=random.choice([Kind.PATENT, Kind.PATENT, Kind.TRADEMARK, Kind.DATA]),
            pledgors=some([*COMPANIES, PERSON], 1),
            pledgees=some(LENDERS, 0),
            rights=some(RIGHTS, 0),
            rights_declared=random.choice([None, 4]),
            secured_amount_fen=random.choice([None, THRESHOLD, THRESHOLD + 1]),
        )
        for _ in range(60)
    ]
    return find(store, [one.id or 0 for one in make.stored(store, *made)])


def _by_enterprise(pledge: Pledge) -> set[str]:
    return {str(party.enterprise) for party in pledge.pledgors if party.enterprise is not None}


def _by_pledgee(pledge: Pledge) -> set[str]:
    return {str(party.pledgee) for party in pledge.pledgees}


def _by_pledgee_kind(pledge: Pledge) -> set[str]:
    return {party.kind.value if party.kind else "" for party in pledge.pledgees}


def _by_right_kind(pledge: Pledge) -> set[str]:
    return {right.kind.value for right in pledge.rights}


def _by_size(pledge: Pledge) -> set[str]:
    return {party.size.value if party.size else "" for party in pledge.pledgors}


KEYS: dict[Group, Callable[[Pledge], set[str]]] = {
    Group.ENTERPRISE: _by_enterprise,
    Group.PLEDGEE: _by_pledgee,
    Group.PLEDGEE_KIND: _by_pledgee_kind,
    Group.RIGHT_KIND: _by_right_kind,
    Group.SIZE: _by_size,
}


def _recounted(group: Group, key: str, pledges: Iterable[Pledge]) -> tuple[int, ...]:
    """Registrations, amount, enterprises, 件次, 件, 普惠 enterprises, pledgees, missing."""
    enterprises, inclusive, pledgees, distinct = set(), set(), set(), set()
    registrations = amount = rights = unlisted = missing = 0

    def is_own_party(party: Pledgor) -> bool:
        one = make.pledge(pledgors=(party,))
        return group not in (Group.ENTERPRISE, Group.SIZE) or key in KEYS[group](one)

    def is_own_right(right: Right) -> bool:
        return group is not Group.RIGHT_KIND or right.kind.value == key

    for pledge in pledges:
        registrations += 1
        amount += pledge.secured_amount_fen or 0
        missing += pledge.secured_amount_fen is None
        own = [right for right in pledge.rights if is_own_right(right)]
        rights += len(own) if pledge.rights else pledge.rights_count
        unlisted += 0 if pledge.rights else pledge.rights_count
        distinct |= {right.number for right in own}
        for party in pledge.pledgors:
            if party.enterprise is not None and is_own_party(party):
                enterprises.add(party.enterprise)
                if (pledge.secured_amount_fen or THRESHOLD + 1) <= THRESHOLD:
                    inclusive.add(party.enterprise)
        for lender in pledge.pledgees:
            alone = make.pledge(pledgees=(lender,))
            if group not in (Group.PLEDGEE, Group.PLEDGEE_KIND) or key in KEYS[group](alone):
                pledgees.add(lender.pledgee)
    counted = (registrations, amount, len(enterprises), rights, len(distinct) + unlisted)
    return (*counted, len(inclusive), len(pledgees), missing)


@pytest.mark.parametrize("kinds", [(Kind.PATENT,), (Kind.PATENT, Kind.TRADEMARK)])
@pytest.mark.parametrize("group", KEYS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_each_grouping_equals_a_recount(
    store: Store, group: Group, kinds: tuple[Kind, ...], seed: int
) -> None:
    members: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in _stored(store, seed):
        if pledge.kind in kinds and START <= pledge.registered_on <= END:
            for key in KEYS[group](pledge):
                members[key].append(pledge)
    counted = member_totals(store, group, START, END, kinds, THRESHOLD)
    assert {key: astuple(cell) for key, cell in counted.items()} == {
        key: _recounted(group, key, pledges) for key, pledges in members.items()
    }


def test_that_rows_are_named_and_the_unknown_come_last(store: Store) -> None:
    _stored(store, 1)
    assert member_names(store, Group.SIZE, ["", "micro", "small"]) == [
        ("small", "小型"),
        ("micro", "微型"),
        ("", "未填写"),
    ]
    [(_, name)] = member_names(store, Group.PLEDGEE, ["1"])
    assert name in {lender.name for lender in LENDERS}
