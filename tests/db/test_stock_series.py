"""What stands on each of several days, read once, is what the query of a single day counts."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db import sums
from ipfinance.db.connection import Store
from ipfinance.db.stock_series import outstanding_on, overdue_on
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Event, EventKind, Kind, Pledge
from ipfinance.progress import Progress
from tests import make

BOTH = (Kind.PATENT, Kind.TRADEMARK)
FIRST = date(2020, 1, 1)
CITIES = (make.HANGZHOU, make.NINGBO)


def _day(draw: some.DrawFn, after: date, most: int) -> date:
    return after + timedelta(days=draw(some.integers(0, most)))


@some.composite
def _pledge(draw: some.DrawFn) -> Pledge:
    """With changes of the amount and of the term, and an end, all within a few days."""
    day = _day(draw, FIRST, 12)
    events: list[Event] = []
    for kind in draw(
        some.lists(some.sampled_from((EventKind.CHANGE, EventKind.EXTENSION)), max_size=3)
    ):
        happened = _day(draw, day, 12)
        amount = draw(some.sampled_from((None, 2 * WAN, 5 * WAN)))
        until = draw(some.sampled_from((None, 0, 5, 9)))
        term = None if until is None else happened + timedelta(days=until)
        if amount or term:
            events.append(
                make.event(kind, happened_on=happened, secured_amount_fen=amount, term_end=term)
            )
    if draw(some.booleans()):
        ending = draw(some.sampled_from((EventKind.CANCELLATION, EventKind.LAPSE)))
        events.append(make.event(ending, happened_on=_day(draw, day, 14)))
    term_end = draw(some.sampled_from((None, day + timedelta(days=draw(some.integers(0, 14))))))
    return make.pledge(
        registered_on=day,
        kind=draw(some.sampled_from(BOTH)),
        pledgors=(make.pledgor(city=draw(some.sampled_from(CITIES)), county=None),),
        secured_amount_fen=draw(some.sampled_from((None, WAN, 3 * WAN))),
        term_start=None,
        term_end=term_end,
        events=tuple(sorted(events, key=lambda one: one.happened_on)),
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    pledges=some.lists(_pledge(), max_size=8),
    offsets=some.lists(some.integers(-2, 32), min_size=1, max_size=8, unique=True),
    group=some.sampled_from((Group.NONE, Group.CITY, Group.COUNTY)),
    kinds=some.sampled_from((BOTH, (Kind.PATENT,))),
)
def test_that_a_series_is_what_each_day_alone_is(
    empty_store: Path,
    pledges: list[Pledge],
    offsets: list[int],
    group: Group,
    kinds: tuple[Kind, ...],
) -> None:
    days = [FIRST + timedelta(days=offset) for offset in sorted(offsets)]
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        assert outstanding_on(store, group, days, kinds) == [
            sums.outstanding(store, group, day, kinds) for day in days
        ]
        assert overdue_on(store, group, days, kinds) == [
            sums.due_and_not_cancelled(store, group, day, kinds) for day in days
        ]


@pytest.mark.parametrize("group", [Group.NONE, Group.CITY, Group.COUNTY])
def test_that_the_demonstration_stands_alike(
    empty_store: Path, tmp_path: Path, group: Group
) -> None:
    days = [Period.month(year, month).end for year in (2019, 2022, 2026) for month in (1, 6, 12)]
    with make.store_copied(empty_store, tmp_path) as store:
        fill(store, make.TODAY, Progress(), size=1500, seed=8)
        for many, one in (
            (outstanding_on, sums.outstanding),
            (overdue_on, sums.due_and_not_cancelled),
        ):
            found = many(store, group, days, BOTH)
            assert found == [one(store, group, day, BOTH) for day in days]
            assert all(found)


def test_that_an_empty_store_has_nothing_on_any_day(store: Store) -> None:
    assert outstanding_on(store, Group.NONE, [FIRST, FIRST], BOTH) == [{}, {}]
