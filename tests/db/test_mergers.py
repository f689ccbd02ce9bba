"""Merging parties and parting them again: what moves, what is found, what comes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db import history, mergers
from ipfinance.db.connection import Store
from ipfinance.db.mergers import CountChange, merge, mergers_into, part, preview
from ipfinance.db.party_names import Party, former_names
from ipfinance.db.pledges import get
from ipfinance.db.registrar import correct
from ipfinance.errors import UserError
from tests import make

TRACES = ("act", "history", "current_act", "sqlite_sequence")
OLD, NEW = "示例甲机械有限公司", "示例甲智能机械有限公司"
BRANCH, SAME_BRANCH = "示例银行股份有限公司杭州分行", "示例银行杭州分行"


def enterprise_of(store: Store, pledge: int | None) -> int:
    assert pledge is not None
    number = get(store, pledge).pledgors[0].enterprise
    assert number is not None
    return number


def two_names(store: Store) -> tuple[list[int], int, int]:
    """Four registrations: two of the old name in 2018 and 2019, two of the new in 2019, 2020."""
    made = make.stored(
        store,
        make.pledge(pledgors=(make.pledgor(OLD),), registered_on=date(2018, 5, 1)),
        make.pledge(pledgors=(make.pledgor(OLD),), registered_on=date(2019, 5, 1)),
        make.pledge(pledgors=(make.pledgor(NEW),), registered_on=date(2019, 6, 1)),
        make.pledge(pledgors=(make.pledgor(NEW),), registered_on=date(2020, 6, 1)),
    )
    numbers = [each.id for each in made if each.id is not None]
    return numbers, enterprise_of(store, numbers[0]), enterprise_of(store, numbers[2])


def distinct_by_year(store: Store, pledges: Sequence[int], same: dict[int, int]) -> dict[int, int]:
    """Recounted in plain Python."""
    found: dict[int, set[int]] = {}
    for number in pledges:
        pledge = get(store, number)
        for pledgor in pledge.pledgors:
            if pledgor.enterprise is not None:
                one = same.get(pledgor.enterprise, pledgor.enterprise)
                found.setdefault(pledge.registered_on.year, set()).add(one)
    return {year: len(enterprises) for year, enterprises in found.items()}


def test_that_the_preview_tells_what_moves_and_which_counts_change(store: Store) -> None:
    numbers, old, new = two_names(store)
    told = preview(store, Party.ENTERPRISE, new, old)
    assert told.moved == tuple(numbers[:2])
    assert (told.kept.registrations, told.gone.registrations) == (2, 2)
    assert told.code == make.pledgor(NEW).uscc
    assert told.other_code == make.pledgor(OLD).uscc
    before = distinct_by_year(store, numbers, {})
    after = distinct_by_year(store, numbers, {old: new})
    changed = {
        (each.year, each.before, each.after)
        for each in told.counts
        if each.kind is None and each.city is None and each.year
    }
    assert changed == {(year, before[year], after[year]) for year in (2019,)}
    assert CountChange(2019, "patent", make.HANGZHOU, 2, 1) in told.counts
    assert CountChange(None, None, None, 2, 1) in told.counts
    assert make.dump(store) == make.dump(store)  # nothing was written
    assert mergers_into(store, Party.ENTERPRISE, new) == []


def test_that_registrations_move_and_what_comes_later_under_the_old_code_is_led_there(
    store: Store,
) -> None:
    numbers, old, new = two_names(store)
    merge(store, Party.ENTERPRISE, new, old)
    assert {enterprise_of(store, number) for number in numbers} == {new}
    assert [each.name for each in former_names(store, Party.ENTERPRISE, new)] == [OLD]
    [later] = make.stored(store, make.pledge(pledgors=(make.pledgor(OLD),)))
    assert enterprise_of(store, later.id) == new
    [nameless] = make.stored(store, make.pledge(pledgors=(make.pledgor(OLD, uscc=None),)))
    assert enterprise_of(store, nameless.id) == new
    assert get(store, numbers[0]).pledgors[0].name == OLD  # as registered


def test_that_undoing_gives_the_identical_store(store: Store) -> None:
    _, old, new = two_names(store)
    before = make.dump(store, TRACES)
    merge(store, Party.ENTERPRISE, new, old, takes_code=True)
    assert make.dump(store, TRACES) != before
    history.undo(store)
    assert make.dump(store, TRACES) == before


@pytest.mark.parametrize("takes_code", [False, True])
def test_that_parting_later_gives_the_identical_store(store: Store, takes_code: bool) -> None:
    _, old, new = two_names(store)
    before = make.dump(store, TRACES)
    merge(store, Party.ENTERPRISE, new, old, takes_code=takes_code)
    history.undo(store)
    history.redo(store)
    [merger] = mergers_into(store, Party.ENTERPRISE, new)
    assert merger.gone_name == OLD
    parted = part(store, merger)
    assert (parted.moved, parted.edited) == (2, ())
    assert make.dump(store, TRACES) == before
    with pytest.raises(UserError, match="已经拆分"):
        part(store, merger)


def test_that_parting_leaves_what_was_edited_since_and_says_which(store: Store) -> None:
    numbers, old, new = two_names(store)
    merge(store, Party.ENTERPRISE, new, old)
    third = make.pledgor("示例丙有限公司")
    edited = get(store, numbers[1])
    correct(store, numbers[1], replace(edited, pledgors=(third,)))
    make.stored(store, make.pledge(pledgors=(make.pledgor(NEW),)))  # another act in between
    [merger] = mergers_into(store, Party.ENTERPRISE, new)
    parted = part(store, merger)
    assert parted.moved == 1
    assert parted.edited == (numbers[1],)
    assert enterprise_of(store, numbers[0]) == old
    assert enterprise_of(store, numbers[1]) not in (old, new)
    history.undo(store)
    assert enterprise_of(store, numbers[0]) == new


def test_that_an_enterprise_without_a_code_takes_that_of_the_other(store: Store) -> None:
    [one, other] = make.stored(
        store,
        make.pledge(pledgors=(make.pledgor(NEW, uscc=None),)),
        make.pledge(pledgors=(make.pledgor(OLD),)),
    )
    new, old = enterprise_of(store, one.id), enterprise_of(store, other.id)
    before = make.dump(store, TRACES)
    assert preview(store, Party.ENTERPRISE, new, old).code == make.pledgor(OLD).uscc
    merge(store, Party.ENTERPRISE, new, old)
    assert one.id is not None
    assert get(store, one.id).pledgors[0].uscc == make.pledgor(OLD).uscc
    [merger] = mergers_into(store, Party.ENTERPRISE, new)
    part(store, merger)
    assert make.dump(store, TRACES) == before


def test_that_a_chain_leads_to_its_end_and_is_parted_from_there(store: Store) -> None:
    names = ("示例一有限公司", "示例二有限公司", "示例三有限公司")
    made = make.stored(store, *(make.pledge(pledgors=(make.pledgor(name),)) for name in names))
    first, second, third = (enterprise_of(store, each.id) for each in made)
    before = make.dump(store, TRACES)
    merge(store, Party.ENTERPRISE, second, first)
    merge(store, Party.ENTERPRISE, third, second)
    ends = mergers.kept_ones(store.connection, Party.ENTERPRISE)
    assert ends == {first: third, second: third}
    with pytest.raises(UserError, match="已经并入"):
        merge(store, Party.ENTERPRISE, third, first)
    [outer] = mergers_into(store, Party.ENTERPRISE, third)
    part(store, outer)
    [inner] = mergers_into(store, Party.ENTERPRISE, second)
    part(store, inner)
    assert make.dump(store, TRACES) == before


def test_that_pledgees_merge_and_part_likewise(store: Store) -> None:
    made = make.stored(
        store,
        make.pledge(pledgees=(make.pledgee(BRANCH),)),
        make.pledge(pledgees=(make.pledgee(SAME_BRANCH, kind=None),)),
    )
    kept, gone = (each.pledgees[0].pledgee for each in made)
    assert kept is not None
    assert gone is not None
    before = make.dump(store, TRACES)
    told = preview(store, Party.PLEDGEE, kept, gone)
    assert CountChange(2019, None, None, 2, 1) in told.counts
    merge(store, Party.PLEDGEE, kept, gone)
    [later] = make.stored(store, make.pledge(pledgees=(make.pledgee(SAME_BRANCH),)))
    assert later.pledgees[0].name == BRANCH
    history.undo(store)
    [merger] = mergers_into(store, Party.PLEDGEE, kept)
    part(store, merger)
    assert make.dump(store, TRACES) == before
