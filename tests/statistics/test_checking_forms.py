"""年均增长, 占全部登记, 是…的几倍 and English numbers, right, altered and open."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.domain.money import YI
from ipfinance.domain.pledge import Channel, Kind
from ipfinance.statistics.checking.figures import Verdict
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, checked, verdicts

HUZHOU = make.pledgor("湖州公司", city=make.HUZHOU, county=make.DEQING)
NINGBO = make.pledgor("宁波公司", city=make.NINGBO, county=make.HAISHU)


def last(store: Store, text: str) -> Verdict:
    return check(text, store)[-1].verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        # 10, 12, 15, 20 亿元 of 2016 to 2019: (20 / 10)^(1/3) is 26.0 %, (20 / 12)^(1/2) 29.1 %.
        ("近三年年均增长26.0%", RIGHT),
        ("近三年年均增长29.1%", RIGHT),  # of the three years, from the first of them
        ("近三年，年均增长26%", RIGHT),
        ("三年来年均增长26.0%", RIGHT),
        ("近三年年均增长27.0%", WRONG),
        ("近三年年均增长62.0%", WRONG),
        ("近两年年均增长29.1%", RIGHT),
        ("近两年年均增长19.2%", WRONG),
        ("自2016年以来年均增长26.0%", RIGHT),
        ("自2016年以来年均增长29.1%", WRONG),
        ("比2017年年均增长29.1%", RIGHT),
        ("年均增长26.0%", OPEN),
        ("近五年年均增长26.0%", OPEN),  # the store does not reach so far back
        ("年均下降26.0%", OPEN),
    ],
)
def test_that_a_yearly_growth_is_judged_where_its_years_are_named(
    store: Store, words: str, verdict: Verdict
) -> None:
    for year, amount in ((2016, 10), (2017, 12), (2018, 15), (2019, 20)):
        make.stored(store, *told.registrations(2, amount * YI, year=year))
    assert last(store, f"2019年，全省专利权质押登记金额20亿元，{words}。") is verdict


def test_that_a_span_of_years_counts_from_its_first_or_from_the_year_before(store: Store) -> None:
    for year, amount in ((2016, 10), (2017, 12), (2018, 15), (2019, 20)):
        make.stored(store, *told.registrations(2, amount * YI, year=year))
    for words, verdict in (("29.1%", RIGHT), ("26.0%", RIGHT), ("27.5%", WRONG)):
        text = f"2017—2019年，全省专利权质押登记金额年均增长{words}。"
        assert last(store, text) is verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        # 19 of 34 are Huzhou's (55.88 %); 10 of all are online (29.4 %); patents 29 (85.3 %).
        ("湖州市登记19件，占全部登记的55.9%", RIGHT),
        ("湖州市登记19件，占全部登记的59.5%", WRONG),
        ("湖州市登记19件，占全部登记的56%", RIGHT),
        ("湖州市登记19件，占全部登记的55.8%", WRONG),
        ("线上办理登记10件，占全部登记的29.4%", RIGHT),
        ("线上办理登记10件，占全部登记的24.9%", WRONG),
        ("专利权质押登记29件，占全部登记的85.3%", RIGHT),
        ("专利权质押登记29件，占登记总量的85.3%", RIGHT),
        ("专利权质押登记29件，占全部登记的83.5%", WRONG),
        ("质押登记34件，占全部登记的85.3%", OPEN),  # of which part is not said
        ("质押登记企业2家，占全部登记的85.3%", OPEN),
    ],
)
def test_that_a_share_of_all_registrations_is_judged(
    store: Store, words: str, verdict: Verdict
) -> None:
    make.stored(
        store,
        *told.registrations(10, YI, pledgors=(HUZHOU,), channel=Channel.ONLINE),
        *told.registrations(9, YI, pledgors=(HUZHOU,)),
        *told.registrations(10, 2 * YI, pledgors=(NINGBO,)),
        *told.registrations(5, YI, kind=Kind.TRADEMARK, pledgors=(NINGBO,)),
    )
    assert last(store, f"2019年，{words}。") is verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("湖州市专利权质押登记14件，是宁波市的1.4倍", RIGHT),
        ("湖州市专利权质押登记14件，为宁波市的1.4倍", RIGHT),
        ("湖州市专利权质押登记14件，是宁波市的1.5倍", WRONG),
        ("湖州市专利权质押登记14件，是宁波市的4.1倍", WRONG),
        ("湖州市专利权质押登记14件，是宁波市的1倍", RIGHT),  # to the nearest whole
        ("湖州市专利权质押登记14件，是杭州市的1.4倍", OPEN),  # which has none
        ("湖州市专利权质押登记14件，是2018年的2倍", RIGHT),
        ("湖州市专利权质押登记14件，是2018年的3倍", WRONG),
        ("湖州市专利权质押登记14件，是计划的1.4倍", OPEN),
        ("湖州市专利权质押登记14件，是质权人数的1.4倍", OPEN),
        ("湖州市专利权质押登记14件，是上年的2.0倍", RIGHT),
    ],
)
def test_that_a_multiple_is_judged_by_what_it_is_of(
    store: Store, words: str, verdict: Verdict
) -> None:
    make.stored(
        store,
        *told.registrations(14, YI, pledgors=(HUZHOU,)),
        *told.registrations(10, YI, pledgors=(NINGBO,)),
        *told.registrations(7, YI, pledgors=(HUZHOU,), year=2018),
    )
    assert last(store, f"2019年，{words}。") is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2019, the number of registrations in Zhejiang reached 957.", RIGHT),
        ("In 2019, the number of registrations in Zhejiang reached 975.", WRONG),
        ("In 2019, the number of patent pledges stood at 957.", RIGHT),
        ("In 2019, the number of registrations reached over 900.", RIGHT),
        ("In 2019, the number of registrations exceeded 1,000.", WRONG),
        ("In 2019, the number of registrations reached 957, up 12%.", RIGHT),
        ("In 2019, the number of visitors reached 975.", None),
        ("In 2019, the number of registrations grew by 33.6%.", OPEN),
    ],
)
def test_that_an_english_number_is_judged(store: Store, text: str, verdict: Verdict | None) -> None:
    make.stored(store, *told.registrations(957, 17 * YI))
    found = check(text, store)
    assert (found[0].verdict if found else None) is verdict


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    huzhou=some.integers(1, 40),
    ningbo=some.integers(1, 40),
    before=some.integers(1, 40),
    places=some.integers(0, 2),
    data=some.data(),
)
def test_that_no_rounding_is_wrong_and_every_altered_digit_is(
    empty_store: Path, huzhou: int, ningbo: int, before: int, places: int, data: some.DataObject
) -> None:
    """Printed with any number of decimals; a digit is altered by more than the rounding hides."""
    now = Decimal(huzhou)
    exact = {
        "是宁波市的{}倍": now / ningbo,
        "占全部登记的{}%": now / (huzhou + ningbo) * 100,
        "近两年年均增长{}%": ((now / before) ** (Decimal(1) / 2) - 1) * 100,
    }
    with TemporaryDirectory() as folder, make.store_copied(empty_store, Path(folder)) as store:
        make.stored(
            store,
            *told.registrations(huzhou, huzhou * YI, pledgors=(HUZHOU,)),
            *told.registrations(ningbo, ningbo * YI, pledgors=(NINGBO,)),
            *told.registrations(before, before * YI, pledgors=(HUZHOU,), year=2017),
        )
        for words, value in exact.items():
            if value < 0:
                words, value = words.replace("增长", "下降"), -value
            printed = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            text = f"2019年，湖州市专利权质押登记{huzhou}件，{words}。"
            assert last(store, text.format(printed)) is not WRONG, text.format(printed)
            step = Decimal(data.draw(some.integers(2, 9))).scaleb(-places)
            if "全部" in words and printed + step == 100:
                continue  # which is right of both registers of 湖州市
            altered = text.format(printed + step)
            # The year between is not known, nor is 近两年 counted from its first.
            expected = (OPEN,) if "年均" in words else (WRONG,)
            assert last(store, altered) in expected, altered


def _in_yuhang(store: Store) -> None:
    """余杭区 became smaller on 2021-04-09, and 临平区 began."""
    there = make.pledgor(city=make.HANGZHOU, county=make.YUHANG)
    old = told.registrations(2, 4 * YI, year=2020, pledgors=(there,))
    make.stored(store, *old, *told.registrations(1, 2 * YI, year=2021, pledgors=(there,)))


def test_that_a_county_that_did_not_exist_then_is_told_and_no_zero(store: Store) -> None:
    _in_yuhang(store)
    found = checked("2020年，临平区专利质押登记3件。", store)["3件"]
    assert (found.verdict, found.reason) == (OPEN, "2020年没有临平区")
    assert verdicts("2022年，江干区专利质押登记3件。", store) == {"3件": OPEN}


def test_that_a_growth_across_changed_borders_is_never_wrong(store: Store) -> None:
    _in_yuhang(store)
    right = verdicts("2021年，余杭区专利质押登记金额同比下降50%，登记同比减少1件。", store)
    assert right == {"50%": RIGHT, "1件": RIGHT}
    other = checked("2021年，余杭区专利质押登记金额同比增长20%，登记同比增加3件。", store)
    assert {one.verdict for one in other.values()} == {OPEN}
    assert all("口径调整" in one.reason for one in other.values())
