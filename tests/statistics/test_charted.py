"""The figures of charts: each is what its own days and area hold, counted again in plain Python."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.statistics.chart_kinds import ChartKind
from ipfinance.statistics.charted import Charted, ChartWanted
from ipfinance.statistics.tables import KindChoice
from tests import make

TODAY = date(2020, 1, 10)


def _pledges() -> list[Pledge]:
    ningbo = make.pledgor("示例乙电子有限公司", city=make.NINGBO, county=make.HAISHU)
    made = []
    for number in range(60):
        started = date(2017 + number % 3, 1 + number * 7 % 12, 1 + number % 28)
        ends = date(2020, 1 + number % 12, 15)
        cancelled = make.event(EventKind.CANCELLATION, happened_on=date(2019, 11, 3))
        made.append(
            make.pledge(
                kind=Kind.TRADEMARK if number % 5 == 0 else Kind.PATENT,
                registered_on=started,
                term_start=started,
                term_end=ends,
                secured_amount_fen=(number + 1) * 37 * WAN + number,
                pledgors=(ningbo,) if number % 3 == 0 else (make.pledgor(),),
                events=(cancelled,) if number % 10 == 0 and started < date(2019, 11, 1) else (),
            )
        )
    return made


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    made = _pledges()
    make.stored(store, *made)
    return made


def _read(store: Store, kind: ChartKind, indicator: str = "secured_amount") -> Charted:
    return ChartWanted(kind, indicator).read(store, Period.year(2019), KindChoice.ALL, TODAY)


def _sum(pledges: list[Pledge], holds: Callable[[Pledge], bool]) -> int:
    return sum(one.secured_amount_fen or 0 for one in pledges if holds(one))


def test_that_months_stand_beside_those_of_the_year_before(
    store: Store, pledges: list[Pledge]
) -> None:
    now, before = _read(store, ChartKind.MONTHS).lines
    assert [point.short for point in now.points] == [f"{month}月" for month in range(1, 13)]
    for year, line in ((2019, now), (2018, before)):
        for month, point in enumerate(line.points, start=1):

            def registered(one: Pledge, at: tuple[int, int] = (year, month)) -> bool:
                return (one.registered_on.year, one.registered_on.month) == at

            assert point.value == _sum(pledges, registered)


def test_that_years_reach_back_to_the_first_registration(
    store: Store, pledges: list[Pledge]
) -> None:
    [line] = _read(store, ChartKind.YEARS).lines
    assert [point.name for point in line.points] == ["2017年", "2018年", "2019年"]
    for point in line.points:

        def registered(one: Pledge, year: int = point.period.start.year) -> bool:
            return one.registered_on.year == year

        assert point.value == _sum(pledges, registered)


def test_that_the_ranking_begins_with_the_largest_and_shares_have_the_whole_as_base(
    store: Store, pledges: list[Pledge]
) -> None:
    in_2019 = [one for one in pledges if one.registered_on.year == 2019]
    ningbo = _sum(in_2019, lambda one: one.pledgors[0].city == make.NINGBO)
    whole = _sum(in_2019, lambda one: True)
    ranked = _read(store, ChartKind.RANKING).lines[0].points
    assert len(ranked) == 11
    values = [point.value or 0 for point in ranked]
    assert values == sorted(values, reverse=True)
    assert sum(values) == whole
    shares = {point.area: point.part for point in _read(store, ChartKind.SHARE).lines[0].points}
    assert shares[make.NINGBO] == Fraction(ningbo, whole)


def test_that_cities_and_counties_are_counted_each_on_its_own(
    store: Store, pledges: list[Pledge]
) -> None:
    in_2019 = [one for one in pledges if one.registered_on.year == 2019]
    cities = _read(store, ChartKind.CITIES).lines
    assert len(cities) == 11
    ningbo = next(line for line in cities if line.name == "宁波市")
    assert sum(point.value or 0 for point in ningbo.points) == _sum(
        in_2019, lambda one: one.pledgors[0].city == make.NINGBO
    )
    counties = [point for line in _read(store, ChartKind.COUNTIES).lines for point in line.points]
    haishu = next(point for point in counties if point.area == make.HAISHU)
    assert haishu.value == _sum(in_2019, lambda one: one.pledgors[0].county == make.HAISHU)


def _of_ningbo(pledges: list[Pledge]) -> list[Pledge]:
    return [one for one in pledges if one.pledgors[0].city == make.NINGBO]


def _read_of_ningbo(
    store: Store, kind: ChartKind, indicator: str = "secured_amount", year: int = 2017
) -> Charted:
    """Of a year with registrations there."""
    wanted = ChartWanted(kind, indicator, area=make.NINGBO)
    return wanted.read(store, Period.year(year), KindChoice.ALL, TODAY)


def test_that_the_parts_of_a_city_are_its_counties(store: Store, pledges: list[Pledge]) -> None:
    haishu = [one for one in _of_ningbo(pledges) if one.pledgors[0].county == make.HAISHU]
    amount = _sum(haishu, lambda one: one.registered_on.year == 2017)
    assert amount > 0
    for kind in (ChartKind.RANKING, ChartKind.COMPARED):
        charted = _read_of_ningbo(store, kind)
        assert charted.area == "宁波市"
        now, before = ({point.area: point.value for point in line.points} for line in charted.lines)
        assert now.pop(make.HAISHU) == amount
        told = [value for value in now.values() if value is not None]
        assert told == [0] * 9  # 江东区 is there in 2016 only
        assert set(before.values()) == {None}  # the store does not reach there
    shares = _read_of_ningbo(store, ChartKind.SHARE).lines[0].points
    assert {point.part for point in shares} == {Fraction(0), Fraction(1)}


def test_that_the_counties_of_a_city_are_told_month_by_month(
    store: Store, pledges: list[Pledge]
) -> None:
    for kind in (ChartKind.CITIES, ChartKind.COUNTIES):
        charted = _read_of_ningbo(store, kind)
        line = next(line for line in charted.lines if line.points[0].area == make.HAISHU)
        assert charted.place_of(line, line.points[0]) == "宁波市海曙区"
        assert len(line.points) == 12
        for month, point in enumerate(line.points, start=1):

            def registered(one: Pledge, month: int = month) -> bool:
                return (one.registered_on.year, one.registered_on.month) == (2017, month)

            assert point.value == _sum(_of_ningbo(pledges), registered)


def test_that_a_city_is_told_over_time_by_itself(store: Store, pledges: list[Pledge]) -> None:
    ours = _of_ningbo(pledges)
    [years] = _read_of_ningbo(store, ChartKind.YEARS, year=2019).lines
    for point in years.points:

        def in_year(one: Pledge, year: int = point.period.start.year) -> bool:
            return one.registered_on.year == year

        assert point.value == _sum(ours, in_year)
    [stock] = _read_of_ningbo(store, ChartKind.OUTSTANDING, "outstanding_amount", 2019).lines
    for point in stock.points:

        def stands(one: Pledge, day: date = point.period.end) -> bool:
            ended = one.events[0].happened_on if one.events else None
            return one.registered_on <= day and (ended is None or ended > day)

        assert point.value == _sum(ours, stands)
    [due] = _read_of_ningbo(store, ChartKind.DUE, "due_amount").lines
    for month, point in enumerate(due.points, start=1):

        def is_due(one: Pledge, month: int = month) -> bool:
            assert one.term_end is not None
            return one.term_end.month == month and not one.events

        assert point.value == _sum(ours, is_due)


def test_that_a_county_is_told_only_while_it_exists(store: Store) -> None:
    linping, shangcheng = "330113", "330102"
    make.stored(
        store,
        make.pledge(registered_on=date(2020, 6, 5)),
        make.pledge(registered_on=date(2021, 6, 5), pledgors=(make.pledgor(county=linping),)),
    )
    wanted = ChartWanted(ChartKind.RANKING, "secured_amount", area=make.HANGZHOU)
    charted = wanted.read(store, Period.year(2021), KindChoice.ALL, date(2022, 1, 1))
    now, before = ({point.area: point for point in line.points} for line in charted.lines)
    assert now[linping].value
    assert before[linping].value is None
    assert charted.redrawn[shangcheng] == "上城区"


def test_that_outstanding_amounts_are_those_of_each_month_end(
    store: Store, pledges: list[Pledge]
) -> None:
    [line] = _read(store, ChartKind.OUTSTANDING, "outstanding_amount").lines
    for point in line.points:
        day = point.period.end

        def stands(one: Pledge, day: date = day) -> bool:
            ended = one.events[0].happened_on if one.events else None
            return one.registered_on <= day and (ended is None or ended > day)

        assert point.value == _sum(pledges, stands)


def test_that_what_falls_due_is_told_for_the_twelve_months_ahead(
    store: Store, pledges: list[Pledge]
) -> None:
    charted = _read(store, ChartKind.DUE, "due_amount")
    [line] = charted.lines
    assert (charted.period.start, charted.period.end) == (date(2020, 1, 1), date(2020, 12, 31))
    for month, point in enumerate(line.points, start=1):

        def is_due(one: Pledge, month: int = month) -> bool:
            assert one.term_end is not None
            return one.term_end.month == month and not one.events

        assert point.value == _sum(pledges, is_due)


def test_that_before_the_first_registration_there_is_nothing_and_no_zero(store: Store) -> None:
    make.stored(store, make.pledge(registered_on=date(2019, 6, 5), secured_amount_fen=5 * WAN))
    _, before = _read(store, ChartKind.MONTHS).lines
    assert {point.value for point in before.points} == {None}
    assert not _read(store, ChartKind.MONTHS).is_empty


def test_that_an_amount_nobody_told_is_unknown(store: Store) -> None:
    make.stored(store, make.pledge(registered_on=date(2019, 6, 5), secured_amount_fen=None))
    charted = _read(store, ChartKind.MONTHS)
    june = charted.lines[0].points[5]
    assert (june.value, june.is_unknown, charted.missing) == (None, True, 1)
    assert charted.lines[0].points[6].value == 0


def test_that_an_empty_store_has_an_empty_chart(store: Store) -> None:
    for kind in ChartKind:
        assert _read(store, kind, kind.indicators()[0].key).is_empty
