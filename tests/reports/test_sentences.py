"""Sentences of bureau reports come out of stores that fit them, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.references import add
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period, parse_period
from ipfinance.domain.pledge import Kind
from ipfinance.reports.omissions import omissions
from ipfinance.reports.sentences import Figure, sentences
from ipfinance.reports.wording import Language
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.tables import KindChoice
from tests import make
from tests.reports import stores_told as told

YEAR = Period.year(2019)
HALF = Period.half(2022, 1)


def _text(
    store: Store, period: Period, language: Language = Language.CHINESE, area: str | None = None
) -> str:
    return "".join(one.text for one in sentences(store, period, language, area))


def _figures(store: Store, period: Period, area: str | None = None) -> list[Figure]:
    said = sentences(store, period, Language.CHINESE, area)
    return [figure for one in said for figure in one.figures]


def test_that_the_white_papers_statement_comes_out(store: Store) -> None:
    told.white_paper(store)
    text = _text(store, YEAR)
    assert text.startswith("2019年，全省")
    assert "专利权质押登记金额达到172亿元，同比增长68%" in text
    assert "商标专用权质押登记金额超过80亿元，同比增长40.3%" in text
    assert "登记167件，同比增长33.6%，占全国同期办理总量的45.8%，连续三年居全国首位" in text
    assert "90个县(市、区)实现质押登记全覆盖" in text


def test_that_the_white_papers_statement_comes_out_in_english(store: Store) -> None:
    told.white_paper(store)
    text = _text(store, YEAR, Language.ENGLISH)
    assert "patent pledges reached 17.2 billion yuan, up 68% year on year" in text
    assert "trademark pledges reached over 8 billion yuan, up 40.3% year on year" in text
    assert "accounting for 45.8% of the national total" in text
    assert "ranking first nationally for three consecutive years" in text
    assert "all 90 counties covered" in text


def test_that_the_half_years_statement_comes_out_with_both_records(store: Store) -> None:
    told.half_year(store)
    text = _text(store, HALF)
    assert "2022年上半年，全省知识产权质押登记金额达到489.9亿元，同比增长52.9%" in text
    assert "登记件数创历史新高，登记金额同创历史新高" in text


def test_that_huzhous_statement_comes_out(store: Store) -> None:
    told.huzhou(store)
    text = _text(store, Period.year(2014), area=make.HUZHOU)
    assert text.startswith("2014年，湖州市")
    assert "登记企业63家" in text
    assert "发放贷款3.57亿元，创历史新高" in text
    assert "获得贴息补助617.25万元，占全省的57.3%" in text
    assert "通过线上渠道办理18件" in text


def test_that_the_window_since_july_counts_the_online_ones(store: Store) -> None:
    told.huzhou(store)
    text = _text(store, parse_period("2014-07..2014-12"), area=make.HUZHOU)
    assert text.startswith("2014年下半年，湖州市")
    assert "通过线上渠道办理18件" in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("build", "period", "area"), told.STATEMENTS)
def test_that_each_figure_stands_where_it_says(
    store: Store,
    build: Callable[[Store], None],
    period: str,
    area: str | None,
    language: Language,
) -> None:
    build(store)
    said = sentences(store, parse_period(period), language, area)
    assert said
    for one in said:
        assert one.figures
        for figure in one.figures:
            assert one.text[figure.start : figure.end] == figure.text
            assert figure.value.value is not None
            assert figure.value.rule
            assert figure.registrations > 0


def test_that_a_figure_knows_how_many_registrations_are_behind_it(store: Store) -> None:
    told.white_paper(store)
    behind = {
        (figure.text, figure.value.kind): figure.registrations for figure in _figures(store, YEAR)
    }
    assert behind["172亿元", KindChoice.PATENT] == 100
    assert behind["167件", KindChoice.TRADEMARK] == 167


def test_that_an_online_figure_has_the_online_ones_behind_it(store: Store) -> None:
    told.huzhou(store)
    found = [
        figure
        for figure in _figures(store, Period.year(2014), make.HUZHOU)
        if figure.value.indicator.key == "online_registrations"
    ]
    assert [(one.text, one.registrations) for one in found] == [("18件", 18)]


def test_that_a_record_of_a_half_year_says_that_half_years_were_compared(store: Store) -> None:
    told.half_year(store)
    records = [
        figure for figure in _figures(store, HALF) if figure.value.comparison is Comparison.RECORD
    ]
    assert len(records) == 2
    for one in records:
        assert "同一时段" in one.value.rule
        assert "2021年上半年" in one.value.rule


# --- what must be absent --------------------------------------------------------------


def test_that_nothing_is_said_of_a_period_without_registrations(store: Store) -> None:
    told.white_paper(store)
    assert sentences(store, Period.year(2010), Language.CHINESE) == []


def test_that_no_rate_is_said_without_a_base(store: Store) -> None:
    make.stored(store, *told.registrations(3, 10 * YI))
    text = _text(store, YEAR)
    assert "10亿元" in text
    assert "同比" not in text
    assert "%，" not in text


def test_that_no_full_coverage_is_said_with_one_county_missing(store: Store) -> None:
    told.white_paper(store, uncovered=1)
    assert "全覆盖" not in _text(store, YEAR)
    assert "covered" not in _text(store, YEAR, Language.ENGLISH)


def test_that_no_streak_is_said_of_a_single_year(store: Store) -> None:
    make.stored(store, *told.registrations(3, 10 * YI, Kind.TRADEMARK))
    told.first_for(store, 2019)
    assert "连续" not in _text(store, YEAR)


def test_that_no_streak_is_said_when_the_year_before_was_second(store: Store) -> None:
    make.stored(store, *told.registrations(3, 10 * YI, Kind.TRADEMARK))
    told.first_for(store, 2017, 2019)
    told.first_for(store, 2018, place=2)
    assert "连续" not in _text(store, YEAR)


def test_that_no_share_of_the_nation_is_said_without_the_nations_figure_of_the_period(
    store: Store,
) -> None:
    make.stored(store, *told.registrations(3, 10 * YI, Kind.TRADEMARK))
    nation = told.reference("registrations", "6", "件", region=told.NATION, region_name="全国")
    other_year = Period.year(2018)
    add(store, [replace(nation, start=other_year.start, end=other_year.end)])
    assert "占全国" not in _text(store, YEAR)


def test_that_a_fall_is_called_a_fall(store: Store) -> None:
    make.stored(store, *told.registrations(2, 90 * YI), *told.registrations(4, 120 * YI, year=2018))
    text = _text(store, YEAR)
    assert "同比下降25%" in text
    assert "登记2件，同比下降50%" in text
    assert "增长" not in text
    assert "-" not in text
    assert "down 25%" in _text(store, YEAR, Language.ENGLISH)


def test_that_no_record_is_said_after_a_better_year(store: Store) -> None:
    told.half_year(store, growing=False)
    assert "新高" not in _text(store, HALF)
    assert "record" not in _text(store, HALF, Language.ENGLISH)


def test_that_a_published_earlier_year_refutes_a_record(store: Store) -> None:
    told.half_year(store)
    half = Period.half(2019, 1)
    bounds = {"kind": "all", "start": half.start, "end": half.end}
    add(store, [told.reference("secured_amount", "500", "亿元", **bounds)])
    text = _text(store, HALF)
    assert "登记件数创历史新高" in text
    assert "金额创历史新高" not in text
    assert "金额同创历史新高" not in text


def test_that_no_loans_subsidies_and_online_ones_are_said_where_none_are_recorded(
    store: Store,
) -> None:
    make.stored(store, *told.registrations(3, 10 * YI))
    text = _text(store, YEAR)
    assert not any(word in text for word in ("贷款", "补助", "线上"))


def test_that_missing_amounts_are_said(store: Store) -> None:
    incomplete = [replace(one, secured_amount_fen=None) for one in told.registrations(2, 2 * YI)]
    make.stored(store, *told.registrations(3, 10 * YI), *incomplete)
    assert "另有2件金额待补" in _text(store, YEAR)


def test_that_a_county_is_told_by_its_name(store: Store) -> None:
    there = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    make.stored(store, *told.registrations(2, 3 * YI, pledgors=(there,)))
    text = _text(store, YEAR, area=make.DEQING)
    assert text.startswith("2019年，德清县")
    assert "覆盖" not in text
    assert _text(store, YEAR, Language.ENGLISH, make.DEQING).startswith("In 2019, in Deqing")


def test_that_equal_years_are_said_to_be_equal(store: Store) -> None:
    make.stored(store, *told.registrations(2, 9 * YI), *told.registrations(2, 9 * YI, year=2018))
    text = _text(store, YEAR)
    assert "与上年同期持平" in text
    assert "0%，" not in text.replace("100%，", "")


def test_that_nearly_equal_years_are_not_said_to_be_equal(store: Store) -> None:
    make.stored(
        store, *told.registrations(2, 9 * YI + WAN), *told.registrations(2, 9 * YI, year=2018)
    )
    assert "亿元，与上年同期基本持平" in _text(store, YEAR)
    assert "nearly unchanged from a year earlier" in _text(store, YEAR, Language.ENGLISH)


def test_that_refused_registrations_are_no_reason_to_say_anything(store: Store) -> None:
    from ipfinance.domain.pledge import EventKind

    refused = [
        replace(one, events=(make.event(EventKind.REFUSAL, happened_on=date(2019, 4, 1)),))
        for one in told.registrations(2, 9 * YI)
    ]
    make.stored(store, *refused)
    assert sentences(store, YEAR, Language.CHINESE) == []


def test_that_nothing_is_compared_across_changed_borders(store: Store) -> None:
    """余杭区 became smaller on 2021-04-09: neither a growth nor a record, and it says why not."""
    there = make.pledgor(city=make.HANGZHOU, county=make.YUHANG)
    for year, amount in ((2020, 2 * YI), (2021, 4 * YI), (2022, 5 * YI), (2023, 6 * YI)):
        make.stored(store, *told.registrations(1, amount, year=year, pledgors=(there,)))
    broken, later = Period.year(2021), Period.year(2023)
    text = _text(store, broken, area=make.YUHANG)
    assert "4亿元" in text
    assert "同比" not in text
    assert "新高" not in text
    [why] = omissions(store, broken, make.YUHANG)
    assert "登记金额同比" in why
    assert "区划在比较期间内有调整" in why
    # A growth stands again where both years have the new borders, a record not yet.
    text = _text(store, later, area=make.YUHANG)
    assert "同比增长20%" in text
    assert "新高" not in text
    # The city kept its borders.
    assert "同比增长100%" in _text(store, broken, area=make.HANGZHOU)
