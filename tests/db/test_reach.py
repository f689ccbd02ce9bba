"""How far the registrations of a store reach."""

from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.reach import is_empty, is_long, reach
from ipfinance.db.registrar import delete
from ipfinance.domain.pledge import EventKind
from tests import make


def test_that_an_empty_store_reaches_nowhere(store: Store) -> None:
    assert reach(store) is None


def test_that_the_first_and_the_last_day_are_found(store: Store) -> None:
    make.stored(
        store,
        *(
            make.pledge(registered_on=day)
            for day in (date(2019, 3, 5), date(2014, 7, 1), date(2025, 12, 31))
        ),
    )
    assert reach(store) == (date(2014, 7, 1), date(2025, 12, 31))


def test_that_what_does_not_count_does_not_reach(store: Store) -> None:
    revoked = make.event(EventKind.REVOCATION, happened_on=date(2020, 1, 1))
    make.stored(store, make.pledge(registered_on=date(2010, 1, 1), events=(revoked,)))
    (kept, deleted) = make.stored(store, make.pledge(), make.pledge(registered_on=date(2024, 1, 1)))
    assert deleted.id is not None
    delete(store, [deleted.id])
    assert reach(store) == (kept.registered_on, kept.registered_on)


def test_that_a_store_is_empty_when_all_is_in_the_trash(store: Store) -> None:
    assert is_empty(store)
    [pledge] = make.stored(store, make.pledge())
    assert not is_empty(store)
    assert pledge.id is not None
    delete(store, [pledge.id])
    assert is_empty(store)


def test_that_a_store_is_long_when_it_has_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.stored(store, make.pledge(), make.pledge())
    assert not is_long(store)
    monkeypatch.setattr("ipfinance.db.reach.LONG", 1)
    assert is_long(store)
