"""Checking a text: which place, year and party a figure is about."""

from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.pledge import Kind
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import RIGHT, WRONG, verdicts


def test_that_cities_and_counties_are_told_apart(store: Store) -> None:
    huzhou = make.pledgor("德清公司", city=make.HUZHOU, county=make.DEQING)
    make.stored(
        store,
        *told.registrations(3, 20 * YI),
        *told.registrations(2, 30 * YI, pledgors=(huzhou,)),
    )
    text = (
        "2019年，全省专利权质押登记金额50亿元，其中杭州市20亿元，湖州市30亿元，占全省的60%，"
        "居全省第1位。德清县登记2件。"
    )
    found = verdicts(text, store)
    assert set(found.values()) == {RIGHT}
    assert list(found) == ["50亿元", "20亿元", "30亿元", "60%", "第1位", "2件"]
    swapped = text.replace("杭州市", "某某").replace("湖州市", "杭州市").replace("某某", "湖州市")
    assert {one for one, verdict in verdicts(swapped, store).items() if verdict is WRONG} == {
        *("20亿元", "30亿元", "60%", "第1位"),
    }


def test_that_last_years_figure_is_looked_up_in_last_year(store: Store) -> None:
    told.white_paper(store)
    text = "2019年，全省专利权质押登记金额172亿元（上年同期为{}），同比增长68%。"
    assert set(verdicts(text.format("102.4亿元"), store).values()) == {RIGHT}
    assert verdicts(text.format("104.2亿元"), store)["104.2亿元"] is WRONG


def test_that_figures_dealt_out_by_respectively_are_each_checked(store: Store) -> None:
    make.stored(
        store,
        *told.registrations(3, 20 * YI),
        *told.registrations(2, 30 * YI, Kind.TRADEMARK),
    )
    text = "2019年，全省专利、商标质押登记金额分别为{}、{}。"
    assert set(verdicts(text.format("20亿元", "30亿元"), store).values()) == {RIGHT}
    assert set(verdicts(text.format("30亿元", "20亿元"), store).values()) == {WRONG}


def test_that_english_figures_of_a_fall_are_read_as_a_fall(store: Store) -> None:
    make.stored(store, *told.registrations(1, 9 * YI), *told.registrations(1, 10 * YI, year=2018))
    text = "In 2019, patent pledges in Zhejiang amounted to 900 million yuan, down 10%."
    assert verdicts(text, store) == {"900 million yuan": RIGHT, "10%": RIGHT}


def test_that_subsidies_and_small_amounts_are_read_in_their_units(store: Store) -> None:
    subsidised = replace(told.registrations(1, 500 * WAN)[0], subsidy_fen=61725 * WAN // 100)
    make.stored(store, subsidised)
    text = "2019年，全省质押登记金额500万元，贴息补助6172500元。"
    assert verdicts(text, store) == {"500万元": RIGHT, "6172500元": RIGHT}


def test_that_inclusive_enterprises_may_be_told_as_a_share_of_enterprises(store: Store) -> None:
    text = (
        "2022年上半年，全国专利商标质押融资金额达1626.5亿元，惠及企业9760家，同比增长68%；"
        "其中银行普惠贷款惠及企业6951家，占惠企总数的{}%。"
    )
    assert set(verdicts(text.format("71.2"), store).values()) == {RIGHT}
    assert verdicts(text.format("72.1"), store)["72.1%"] is WRONG


def test_that_until_the_end_of_a_month_means_since_january(store: Store) -> None:
    told.half_year(store)
    text = "截至2022年6月底，全省知识产权质押登记金额489.9亿元。"
    assert verdicts(text, store) == {"489.9亿元": RIGHT}
