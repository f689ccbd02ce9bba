"""Values of indicators and their comparisons: exact, with base or reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.db.references import add
from ipfinance.domain.money import YI
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.statistics.bases import just_before
from ipfinance.statistics.claims import RULES, Comparison
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values
from tests import make
from tests.reports import stores_told as told

YEAR = Period.year(2019)
PATENT = KindChoice.PATENT
PROVINCE, NATION = told.PROVINCE, told.NATION
# Of both registers together, of which no year before 2022 is shipped.
AMOUNT = ("secured_amount", KindChoice.ALL, YEAR, PROVINCE)
NUMBER = ("registrations", PATENT, YEAR, PROVINCE)


def _published(store: Store, indicator: str, value: str, unit: str, year: int) -> None:
    period = Period.year(year)
    made = told.reference(indicator, value, unit, kind="all")
    add(store, [replace(made, start=period.start, end=period.end)])


def _years(store: Store, **amounts: int) -> None:
    """Registrations of y2018=2 亿元 each; their number is the amount."""
    for year, yi in amounts.items():
        make.stored(store, *told.registrations(yi, yi * YI, year=int(year[1:])))


def test_that_every_comparison_has_its_rule() -> None:
    assert RULES.keys() == set(Comparison)


def test_that_growth_is_exact_and_knows_its_base(store: Store) -> None:
    _years(store, y2018=3, y2019=5)
    value = Values(store).year_on_year(*AMOUNT)
    assert (value.value, value.base, value.references) == (Fraction(2, 3), 3 * YI, ())
    assert "同比" in value.rule


def test_that_growth_without_a_base_says_why(store: Store) -> None:
    _years(store, y2019=5)
    value = Values(store).year_on_year(*AMOUNT)
    assert (value.value, value.reason) == (None, "2018年没有数据可比")


def test_that_a_base_of_zero_is_not_the_same_as_no_base(store: Store) -> None:
    there = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    _years(store, y2018=3)
    make.stored(store, *told.registrations(2, 2 * YI, pledgors=(there,), loan_amount_fen=YI))
    values = Values(store)

    def why(key: str, period: Period = YEAR, area: str = make.HUZHOU) -> tuple[object, str]:
        value = values.year_on_year(key, PATENT, period, area)
        return value.value, value.reason

    assert why("registrations") == why("secured_amount") == (None, "上年同期为零（2018年）")
    assert values.increment("registrations", PATENT, YEAR, make.HUZHOU).value == 2
    assert values.annual_growth("registrations", PATENT, YEAR, make.HUZHOU, 1).reason == (
        "首年为零（2018年）"
    )
    # Before the data begin, and of an amount that nobody has told, nothing is known.
    assert why("registrations", Period.year(2018)) == (None, "2017年没有数据可比")
    assert why("loan_amount") == (None, "2018年没有数据可比")
    assert values.record("registrations", PATENT, YEAR, make.HUZHOU).reason == (
        "以前各年同期都为零，不称新高"
    )
    assert values.first_above("registrations", PATENT, YEAR, make.HUZHOU, 1).value == 1


def test_that_a_month_before_without_any_in_the_area_is_zero(store: Store) -> None:
    there = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    make.stored(
        store,
        *told.registrations(2, 2 * YI, registered_on=date(2019, 2, 28)),
        *told.registrations(3, 3 * YI, registered_on=date(2019, 3, 1), pledgors=(there,)),
    )
    value = Values(store).chain("registrations", PATENT, Period.month(2019, 3), make.HUZHOU)
    assert (value.value, value.reason) == (None, "上一期为零（2019年2月）")


def test_that_a_rate_changes_in_points_from_the_quarter_before_too(store: Store) -> None:
    make.stored(
        store,
        *told.registrations(1, 1, registered_on=date(2019, 2, 28)),
        *told.registrations(1, 2000 * 10**6, registered_on=date(2019, 5, 1)),
    )
    value = Values(store).chain("inclusive_rate", PATENT, Period.quarter(2019, 2), PROVINCE)
    assert (value.comparison, value.value) == (Comparison.CHAIN_POINTS, Fraction(-1))
    assert "百分点" in value.rule


def test_that_a_rate_is_ahead_of_the_nations_own_rate(store: Store) -> None:
    make.stored(store, *told.registrations(2, 2))
    add(store, [told.reference("inclusive_rate", "71.2", "%", region=NATION, kind="patent")])
    value = Values(store).ahead_of_nation("inclusive_rate", PATENT, YEAR, PROVINCE)
    assert (value.value, value.base) == (Fraction(288, 1000), Fraction(712, 1000))


def test_that_a_county_is_ranked_among_the_counties(store: Store) -> None:
    for county, count in ((make.DEQING, 2), ("330523", 3)):
        there = make.pledgor(f"{county}公司", city=make.HUZHOU, county=county)
        make.stored(store, *told.registrations(count, count * YI, pledgors=(there,)))
    value = Values(store).rank("registrations", PATENT, YEAR, make.DEQING)
    assert (value.value, value.base) == (2, 1)
    # The rate of an area without enterprises is none, and has no place.
    assert Values(store).rank("inclusive_rate", PATENT, YEAR, make.XIHU).value is None


def test_that_growth_may_rest_on_a_published_base_and_says_so(store: Store) -> None:
    _years(store, y2019=5)
    _published(store, "secured_amount", "4", "亿元", 2018)
    value = Values(store).year_on_year(*AMOUNT)
    assert value.value == Fraction(1, 4)
    assert [one.source for one in value.references] == ["公报"]


def test_that_the_store_goes_before_a_published_base(store: Store) -> None:
    _years(store, y2018=4, y2019=5)
    _published(store, "secured_amount", "2", "亿元", 2018)
    value = Values(store).year_on_year(*AMOUNT)
    assert (value.value, value.references) == (Fraction(1, 4), ())


def test_that_a_rate_changes_in_points(store: Store) -> None:
    make.stored(
        store,
        *told.registrations(1, 1, year=2018),
        *told.registrations(1, 2000 * 10**6, year=2019),
    )
    value = Values(store).year_on_year("inclusive_rate", PATENT, YEAR, PROVINCE)
    assert (value.comparison, value.value) == (Comparison.POINTS, Fraction(-1))


def test_that_a_part_of_a_year_is_compared_with_the_same_part(store: Store) -> None:
    make.stored(
        store,
        *told.registrations(2, 2 * YI, year=2018, registered_on=date(2018, 3, 1)),
        *told.registrations(7, 7 * YI, year=2018, registered_on=date(2018, 9, 1)),
        *told.registrations(3, 3 * YI, year=2019, registered_on=date(2019, 8, 31)),
    )
    span = Period.of(date(2019, 1, 1), date(2019, 8, 31))
    value = Values(store).year_on_year("secured_amount", PATENT, span, PROVINCE)
    assert value.value == Fraction(1, 2)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period.month(2019, 1), Period.month(2018, 12)),
        (Period.month(2019, 3), Period.month(2019, 2)),
        (Period.quarter(2019, 1), Period.quarter(2018, 4)),
        (Period.quarter(2019, 3), Period.quarter(2019, 2)),
        (Period.year(2019), None),
        (Period.half(2019, 1), None),
    ],
)
def test_that_only_months_and_quarters_have_one_just_before(
    period: Period, before: Period | None
) -> None:
    assert just_before(period) == before


def test_that_chain_growth_compares_with_the_month_before(store: Store) -> None:
    make.stored(
        store,
        *told.registrations(2, 2 * YI, registered_on=date(2019, 2, 28)),
        *told.registrations(3, 3 * YI, registered_on=date(2019, 3, 1)),
    )
    values = Values(store)
    month = Period.month(2019, 3)
    assert values.chain("registrations", PATENT, month, PROVINCE).value == Fraction(1, 2)
    assert values.chain(*NUMBER).value is None


def test_that_an_increment_is_the_difference(store: Store) -> None:
    _years(store, y2018=3, y2019=5)
    assert Values(store).increment(*AMOUNT).value == 2 * YI
    assert (
        Values(store).increment("registrations", PATENT, Period.year(2018), PROVINCE).value is None
    )


def test_that_a_share_of_the_province_is_of_the_whole_counted_by_itself(store: Store) -> None:
    there = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    make.stored(
        store, *told.registrations(3, 3 * YI), *told.registrations(1, YI, pledgors=(there,))
    )
    values = Values(store)
    share = values.share_of_province("registrations", PATENT, YEAR, make.HUZHOU)
    assert (share.value, share.base) == (Fraction(1, 4), 4)
    nothing = values.share_of_province("subsidy", PATENT, YEAR, make.HUZHOU)
    assert nothing.value is None
    assert nothing.reason


def test_that_a_share_of_the_nation_needs_the_nations_figure_of_the_same_period(
    store: Store,
) -> None:
    make.stored(store, *told.registrations(3, 3 * YI, Kind.TRADEMARK))
    asked = ("registrations", KindChoice.TRADEMARK, YEAR, PROVINCE)
    nation = told.reference("registrations", "12", "件", region=NATION, region_name="全国")
    add(store, [replace(nation, start=date(2018, 1, 1), end=date(2018, 12, 31))])
    refused = Values(store).share_of_nation(*asked)
    assert refused.value is None
    assert refused.reason == "没有2019年的全国数据（最近的是2018年，期间不同不能作分母）"
    add(store, [nation])
    share = Values(store).share_of_nation(*asked)
    assert share.value == Fraction(1, 4)
    assert len(share.references) == 1


def test_that_equal_cities_share_a_rank_and_the_gap_is_told(store: Store) -> None:
    places = ((make.HANGZHOU, make.XIHU, 3), (make.NINGBO, make.HAISHU, 3),
              (make.HUZHOU, make.DEQING, 2))  # fmt: skip
    for city, county, count in places:
        there = make.pledgor(f"{city}公司", city=city, county=county)
        make.stored(store, *told.registrations(count, count * YI, pledgors=(there,)))
    values = Values(store)

    def rank(area: str) -> tuple[object, object]:
        value = values.rank("registrations", PATENT, YEAR, area)
        return value.value, value.base

    assert rank(make.HANGZHOU) == rank(make.NINGBO) == (1, None)
    assert rank(make.HUZHOU) == (3, 1)
    assert rank(make.WENZHOU) == (4, 2)
    assert rank(PROVINCE) == (None, None)
    empty = values.rank("registrations", PATENT, Period.year(2012), make.HANGZHOU)
    assert empty.value is None


def test_that_a_national_rank_is_as_published(store: Store) -> None:
    make.stored(store, *told.registrations(3, 3 * YI, Kind.TRADEMARK))
    told.first_for(store, 2019, place=2)
    value = Values(store).national_rank("registrations", KindChoice.TRADEMARK, YEAR, PROVINCE)
    assert value.value == 2


@pytest.mark.parametrize(
    ("nation", "other", "rank"),
    [("9", None, 1), ("11", None, None), ("11", "2", 1), ("14", "6", 2), ("20", "6", None)],
)
def test_that_a_national_rank_is_proven_or_not_told(
    store: Store, nation: str, other: str | None, rank: int | None
) -> None:
    make.stored(store, *told.registrations(5, 5 * YI, Kind.TRADEMARK))
    add(store, [told.reference("registrations", nation, "件", region=NATION)])
    if other:
        add(store, [told.reference("registrations", other, "件", region="320000")])
    value = Values(store).national_rank("registrations", KindChoice.TRADEMARK, YEAR, PROVINCE)
    assert value.value == rank


def test_that_a_streak_ends_where_the_place_was_another(store: Store) -> None:
    make.stored(store, *told.registrations(3, 3 * YI, Kind.TRADEMARK))
    told.first_for(store, 2015, 2017, 2018, 2019)
    told.first_for(store, 2016, place=2)
    value = Values(store).years_first("registrations", KindChoice.TRADEMARK, YEAR, PROVINCE)
    assert (value.value, value.since) == (3, Period.year(2017))
    assert len(value.references) == 3


def test_that_a_citys_streak_does_not_reach_before_the_data(store: Store) -> None:
    _years(store, y2018=2, y2019=3)
    value = Values(store).years_first("registrations", PATENT, YEAR, make.HANGZHOU)
    assert (value.value, value.since) == (2, Period.year(2018))


def test_that_years_of_growth_above_a_rate_are_counted(store: Store) -> None:
    _years(store, y2016=10, y2017=11, y2018=16, y2019=24)
    value = Values(store).years_growing(*AMOUNT, Fraction(4, 10))
    assert value.value == 2
    # 24 is just 50 % above 16: not above it.
    assert Values(store).years_growing(*AMOUNT, Fraction(1, 2)).value == 0


def test_that_a_record_is_above_every_year_known_and_says_since_when(store: Store) -> None:
    _years(store, y2017=3, y2018=2, y2019=4)
    value = Values(store).record(*AMOUNT)
    assert (value.value, value.base, value.since) == (1, 3 * YI, Period.year(2017))
    assert "自2017年起" in value.rule
    second = Period.year(2018)
    assert Values(store).record("secured_amount", KindChoice.ALL, second, PROVINCE).value == 0


def test_that_an_equal_year_is_no_record(store: Store) -> None:
    _years(store, y2018=4, y2019=4)
    assert Values(store).record(*AMOUNT).value == 0


def test_that_a_record_is_not_told_where_the_year_before_is_unknown(store: Store) -> None:
    _years(store, y2016=1, y2019=4)
    value = Values(store).record(*AMOUNT)
    assert value.value is None
    assert "2018年" in value.reason


def test_that_an_older_published_figure_refutes_a_record_across_a_gap(store: Store) -> None:
    _years(store, y2018=2, y2019=4)
    _published(store, "secured_amount", "9", "亿元", 2015)
    assert Values(store).record(*AMOUNT).value == 0


def test_that_a_line_is_crossed_for_the_first_time_only_once(store: Store) -> None:
    _years(store, y2017=2, y2018=5, y2019=6)
    values = Values(store)
    assert values.first_above(*AMOUNT, 5 * YI).value == 1
    assert values.first_above(*AMOUNT, 4 * YI).value == 0
    assert values.first_above(*AMOUNT, 7 * YI).value == 0


def test_that_annual_growth_is_the_root(store: Store) -> None:
    _years(store, y2017=4, y2018=1, y2019=9)
    assert Values(store).annual_growth(*AMOUNT, 2).value == Fraction(1, 2)
    assert Values(store).annual_growth(*AMOUNT, 5).value is None


def test_that_points_ahead_of_the_nation_rest_on_its_published_growth(store: Store) -> None:
    _years(store, y2018=2, y2019=3)
    value = Values(store).ahead_of_nation(*AMOUNT)
    # 50 % against the 23.8 % that were published of 2019.
    assert value.value == Fraction(262, 1000)
    assert value.references[-1].growth_percent == Decimal("23.8")


def test_that_completion_is_of_the_target(store: Store) -> None:
    _years(store, y2019=3)
    assert Values(store).completion(*AMOUNT, 4 * YI).value == Fraction(3, 4)
    assert Values(store).completion(*AMOUNT, 0).value is None


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(counts=some.lists(some.integers(0, 4), min_size=2, max_size=4))
def test_that_comparisons_are_those_of_plain_counting(
    tmp_path_factory: pytest.TempPathFactory, empty_store: Path, counts: Sequence[int]
) -> None:
    with make.store_copied(empty_store, tmp_path_factory.mktemp("values")) as store:
        first = 2020 - len(counts)
        by_year = {first + place: count for place, count in enumerate(counts)}
        for year, count in by_year.items():
            if count:
                make.stored(store, *told.registrations(count, count * YI, year=year))
        values = Values(store)
        now, before = by_year[2019], by_year[2018]
        growth = values.year_on_year(*NUMBER).value
        assert growth == (Fraction(now - before, before) if before else None)
        record = values.record(*NUMBER).value
        known = [count for year, count in by_year.items() if year < 2019 and count]
        if known and now <= max(known):
            assert record == 0
        else:
            assert record == (1 if before else None)
