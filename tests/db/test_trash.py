"""Out of the trash again: what is restored counts as before, unless its number was given away."""

import pytest

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.db.listings import figures_of
from ipfinance.db.pledges import find
from ipfinance.db.registrar import delete, purge, record, restore
from ipfinance.db.verification import verify
from ipfinance.domain.pledge import EventKind, Pledge
from ipfinance.errors import UserError
from tests import make


def numbers_of(pledges: list[Pledge]) -> list[int]:
    return [pledge.id for pledge in pledges if pledge.id is not None]


def test_that_what_is_restored_counts_as_before(store: Store) -> None:
    numbers = numbers_of(make.stored(store, make.pledge(), make.pledge(), make.pledge()))
    before = figures_of(store, Filter(), make.TODAY)
    delete(store, numbers[:2])
    assert figures_of(store, Filter(), make.TODAY).registrations == 1
    assert restore(store, numbers) == 2
    assert figures_of(store, Filter(), make.TODAY) == before
    assert len(select(store, Filter(deleted=True), make.TODAY)) == 0


def test_that_restoring_is_one_act_in_words_and_can_be_undone(store: Store) -> None:
    pledges = make.stored(store, make.pledge(reg_no="甲"), make.pledge(reg_no="乙"))
    delete(store, numbers_of(pledges))
    restore(store, numbers_of(pledges))
    act = history.undoable(store)
    assert act is not None
    assert act.words == "恢复登记 甲 等 2 笔"
    history.undo(store)
    assert len(select(store, Filter(deleted=True), make.TODAY)) == 2


def test_that_restoring_what_is_there_writes_nothing(store: Store) -> None:
    numbers = numbers_of(make.stored(store, make.pledge()))
    before = make.dump(store)
    assert restore(store, numbers) == 0
    assert restore(store, [999]) == 0
    assert make.dump(store) == before


def test_that_a_number_given_away_since_is_refused_and_nothing_is_restored(store: Store) -> None:
    other, deleted = make.stored(store, make.pledge(), make.pledge(reg_no="Y2019330000777"))
    delete(store, numbers_of([other, deleted]))
    make.stored(store, make.pledge(reg_no="Y2019330000777"))
    before = make.dump(store)
    with pytest.raises(UserError, match="专利登记号 Y2019330000777 已经另有一笔登记"):
        restore(store, numbers_of([other, deleted]))
    assert make.dump(store) == before


def test_that_two_of_one_number_are_not_both_restored(store: Store) -> None:
    first = make.stored(store, make.pledge(reg_no="甲"))
    delete(store, numbers_of(first))
    second = make.stored(store, make.pledge(reg_no="甲"))
    delete(store, numbers_of(second))
    with pytest.raises(UserError):
        restore(store, numbers_of(first + second))
    assert restore(store, numbers_of(second)) == 1


def test_that_what_is_removed_for_good_can_still_be_undone_to_the_last_row(store: Store) -> None:
    kept, gone, revoked = make.stored(store, make.pledge(), make.pledge(), make.pledge(reg_no="丙"))
    record(store, revoked.id or 0, make.event(EventKind.REVOCATION, changes=(make.change(),)))
    delete(store, numbers_of([gone, revoked]))
    growing = ("act", "current_act", "history", "sqlite_sequence")
    before = make.dump(store, leaving_out=growing)
    assert purge(store, numbers_of([kept, gone, revoked])) == 2  # only what lies in the trash
    assert len(select(store, Filter(deleted=True), make.TODAY)) == 0
    assert numbers_of(find(store, [1, 2, 3])) == [kept.id]
    assert verify(store) == []
    act = history.undo(store)
    assert act.words.startswith("彻底删除登记 ")
    assert act.words.endswith(" 等 2 笔")
    assert make.dump(store, leaving_out=growing) == before
    history.redo(store)
    assert purge(store, numbers_of([gone])) == 0
