"""Any indicator by enterprise, lender, kind or size, and of the first rows together."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import select
from ipfinance.db.pledges import find
from ipfinance.db.totals import Group
from ipfinance.demonstration import fill
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Pledge
from ipfinance.progress import Progress
from ipfinance.statistics.chosen import Chosen, Pick, can_stand, chosen
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.leading import Leading, leading
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.member_levels import MemberLevels
from ipfinance.statistics.tables import OF_MEMBERS, PARTIES, KindChoice, Table, table
from ipfinance.statistics.traces import behind
from tests import make
from tests.statistics.recounting import (
    KEYS,
    MARCH_TO_MAY,
    YEAR,
    pledges_drawn,
    recounted,
    renamed,
)


def counted(store: Store, period: Period, by: Group) -> Table:
    return table(store, period, KindChoice.ALL, by, make.TODAY)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    pledges=some.lists(pledges_drawn(), max_size=8),
    by=some.sampled_from(OF_MEMBERS),
    period=some.sampled_from((YEAR, MARCH_TO_MAY)),
    keys=some.lists(some.sampled_from(KEYS), min_size=3, max_size=3, unique=True),
    count=some.integers(1, 2),
)
def test_that_rows_first_rows_and_total_are_what_plain_counting_gives(
    empty_store: Path, pledges: list[Pledge], by: Group, period: Period, keys: list[str], count: int
) -> None:
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(store, *pledges)
        figures = counted(store, period, by)
        told = renamed(store)
        picks = [Pick(key, what) for key in keys for what in (Comparison.LEVEL, Comparison.RANK)]
        whole = chosen(store, figures, picks)
        first = leading(store, figures, count)
        cut = chosen(store, first.table, picks, first)
        for key in keys:
            pick = Pick(key)
            for row in whole.rows:
                cell, place = row.cells[pick], {by: {str(told(by, row.code))}}
                if not cell.is_unknown:
                    assert cell.value.value == recounted(key, pledges, period, place)
            if not whole.total.cells[pick].is_unknown:
                assert whole.total.cells[pick].value.value == recounted(key, pledges, period, {})
            _check_ranks(whole, key)
            _check_together(store, pledges, cut, first, pick)
        for key in ("enterprises", "rights_distinct", "secured_amount", "pledgees"):
            names = {str(told(by, code)) for code in first.keys}
            if names:
                assert first.values[key] == recounted(key, pledges, period, {by: names})


def _check_ranks(whole: Chosen, key: str) -> None:
    rank, level = Pick(key, Comparison.RANK), Pick(key)
    if rank not in whole.picks:
        return
    values = [row.cells[level].value.value for row in whole.rows]
    for row in whole.rows:
        mine = row.cells[level].value.value
        if mine is None or row.cells[rank].value.value is None:
            continue
        above = sum(value is not None and value > mine for value in values)
        assert row.cells[rank].value.value == above + 1


def _check_together(
    store: Store, pledges: list[Pledge], cut: Chosen, first: Leading, pick: Pick
) -> None:
    """The first rows as one, and the registrations that they open."""
    if cut.together is None or not first.keys or cut.together.cells[pick].is_unknown:
        return
    by, period = first.table.by, first.table.period
    names = {str(renamed(store)(by, code)) for code in first.keys}
    expected = recounted(pick.indicator, pledges, period, {by: names})
    assert cut.together.cells[pick].value.value == expected
    if pick.indicator == "amount_per_enterprise":
        return  # what opens is its denominator's
    wanted = behind(store, period, KindChoice.ALL, pick.indicator, None, {}, (by, first.keys))
    opened = list(find(store, select(store, wanted, make.TODAY).ids))
    assert bool(expected) <= bool(opened)
    before = [one for one in pledges if one.registered_on < period.start]
    assert recounted(pick.indicator, [*opened, *before], period, {by: names}) == expected


def test_that_every_indicator_of_the_demonstration_has_its_figure(
    empty_store: Path, tmp_path: Path
) -> None:
    """All of an indicator's keys together are the whole, where each registration has a key."""
    year = Period.year(2019)
    with make.store_copied(empty_store, tmp_path) as store:
        fill(store, make.TODAY, Progress(), size=900, seed=4)
        for by in (Group.SIZE, Group.PLEDGEE, Group.ENTERPRISE):
            figures = counted(store, year, by)
            picks = [Pick(key) for key in CATALOGUE if can_stand(Pick(key))]
            shown = chosen(store, figures, picks)
            assert set(shown.picks) == set(picks)
            levels = MemberLevels(store, by)
            everything = levels.area_of(*(row.code for row in shown.rows))
            for pick in picks:
                if by is Group.ENTERPRISE and pick.indicator not in ("enterprises", "due_amount"):
                    continue  # a natural person pledges too, and is no enterprise
                asked = (pick.indicator, KindChoice.ALL, year)
                whole = levels.value(*asked, levels.province)
                if by is Group.ENTERPRISE:
                    assert levels.value(*asked, everything) <= whole  # type: ignore[operator]
                else:
                    assert levels.value(*asked, everything) == whole, pick


def test_that_who_only_stands_in_a_stock_has_a_row_too(store: Store) -> None:
    old = make.pledge(
        registered_on=YEAR.start - timedelta(days=90), pledgors=(make.pledgor("老公司"),)
    )
    new = make.pledge(registered_on=YEAR.start, pledgors=(make.pledgor("新公司"),))
    make.stored(store, old, new)
    figures = counted(store, YEAR, Group.ENTERPRISE)
    flow, stock = Pick("registrations"), Pick("outstanding_registrations")
    assert [row.name for row in chosen(store, figures, [flow]).rows] == ["新公司"]
    shown = chosen(store, figures, [flow, stock])
    assert [row.name for row in shown.rows] == ["新公司", "老公司"]
    assert [row.cells[flow].value.value for row in shown.rows] == [1, 0]
    assert [row.cells[stock].value.value for row in shown.rows] == [1, 1]
    assert {Group.ENTERPRISE, Group.PLEDGEE} <= set(PARTIES)


def test_that_a_stock_is_ranked_among_all_that_stand_in_it(store: Store) -> None:
    """Also behind those that have no registration in the period and whose rows come last."""
    new = make.pledge(
        registered_on=YEAR.start, pledgors=(make.pledgor("新公司"),), secured_amount_fen=3
    )
    old = [
        make.pledge(
            registered_on=YEAR.start - timedelta(days=90),
            pledgors=(make.pledgor(name),),
            secured_amount_fen=fen,
        )
        for name, fen in (("甲公司", 5), ("乙公司", 4), ("丙公司", 1))
    ]
    make.stored(store, new, *old)
    rank = Pick("outstanding_amount", Comparison.RANK)
    shown = chosen(store, counted(store, YEAR, Group.ENTERPRISE), [rank])
    ranks = {row.name: row.cells[rank].value.value for row in shown.rows}
    assert ranks == {"新公司": 3, "甲公司": 1, "乙公司": 2, "丙公司": 4}


def test_that_first_cities_together_have_no_rank(store: Store) -> None:
    make.stored(store, make.pledge(registered_on=YEAR.start))
    first = leading(store, counted(store, YEAR, Group.CITY), 1)
    rank = Pick("secured_amount", Comparison.RANK)
    shown = chosen(store, first.table, [rank], first)
    assert shown.together is not None
    assert shown.together.cells[rank].value.value is None
    assert [row.cells[rank].value.value for row in shown.rows] == [1]


def test_that_first_cities_have_their_own_counties_together(store: Store) -> None:
    in_two = [
        make.pledge(registered_on=YEAR.start, pledgors=(make.pledgor(city=city, county=county),))
        for city, county in ((make.HANGZHOU, make.XIHU), (make.HUZHOU, make.DEQING))
    ]
    make.stored(store, *in_two)
    first = leading(store, counted(store, YEAR, Group.CITY), 2)
    picks = [Pick(key) for key in ("counties", "counties_covered", "county_coverage")]
    shown = chosen(store, first.table, picks, first)
    assert shown.together is not None
    counties = sum(
        len(all_divisions(store).counties_on(YEAR.end, city))
        for city in (make.HANGZHOU, make.HUZHOU)
    )
    told = [shown.together.cells[pick].value.value for pick in picks]
    assert told == [counties, 2, Fraction(2, counties)]
