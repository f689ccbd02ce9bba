"""Checking a text: what cannot be known stays open."""

from dataclasses import replace

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import YI
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, verdicts
from tests.statistics.published import HALF, HUZHOU, WHITE_PAPER, WHITE_PAPER_EN


@pytest.mark.parametrize(
    "text",
    [
        "2019年，全省生产总值62352亿元，同比增长6.8%。",
        "2019年，全省专利授权28.5万件，同比增长0.2%。",
        "2019年，江苏省专利权质押登记金额120亿元。",
        "2019年，苏州市专利权质押登记金额120亿元。",
        "专利权质押满意度达98.5%。",
        "2019年，8项办理事项实现网上办理。",
        "2019年，全省专利权质押登记金额172亿元，研发投入1669亿元，增长15.4%。",
        "2031年，全省专利权质押登记金额172亿元。",
        "2019年，1000万元以下的专利权质押登记占多数。",
        "截至2019年12月底，全省累计办理专利权质押登记12345件，累计登记金额2000亿元。",
        "2019年，全省11个设区市都有专利权质押登记。",
    ],
)
def test_that_what_is_not_about_known_pledges_is_not_judged(store: Store, text: str) -> None:
    told.white_paper(store)
    assert [one.text for one in check(text, store) if one.verdict is WRONG] == []


def test_that_a_figure_without_a_period_is_open_and_a_given_period_settles_it(
    store: Store,
) -> None:
    told.white_paper(store)
    text = "全省专利权质押登记金额达到172亿元。"
    assert verdicts(text, store) == {"172亿元": OPEN}
    assert verdicts(text, store, Period.year(2019)) == {"172亿元": RIGHT}
    assert verdicts(text, store, Period.year(2018)) == {"172亿元": WRONG}


def test_that_a_given_area_is_meant_where_none_is_named(store: Store) -> None:
    told.huzhou(store)
    text = "2014年质押登记企业63家。"
    assert verdicts(text, store, area=make.HUZHOU) == {"63家": RIGHT}
    assert verdicts(text, store) == {"63家": WRONG}


def test_that_loans_are_not_taken_for_secured_amounts(store: Store) -> None:
    told.white_paper(store)
    assert verdicts("2019年，全省专利权质押贷款172亿元。", store) == {"172亿元": OPEN}


def test_that_an_empty_store_proves_nothing_wrong(store: Store) -> None:
    for text in (WHITE_PAPER, WHITE_PAPER_EN, HALF, HUZHOU):
        assert WRONG not in verdicts(text, store).values()


def test_that_a_shorter_streak_than_claimed_is_open_where_the_data_end(store: Store) -> None:
    make.stored(store, *told.registrations(3, 10 * YI, Kind.TRADEMARK))
    told.first_for(store, 2018, 2019)
    text = "2019年，全省商标质押登记件数连续三年居全国首位。"
    assert verdicts(text, store) == {"连续三年居全国首位": OPEN}


def test_that_missing_amounts_leave_a_larger_total_open_and_a_smaller_one_wrong(
    store: Store,
) -> None:
    incomplete = [replace(one, secured_amount_fen=None) for one in told.registrations(2, 2)]
    make.stored(store, *told.registrations(3, 10 * YI), *incomplete)
    assert verdicts("2019年，专利质押登记金额12亿元。", store) == {"12亿元": OPEN}
    assert verdicts("2019年，专利质押登记金额9亿元。", store) == {"9亿元": WRONG}
    assert verdicts("2019年，专利质押登记金额10亿元。", store) == {"10亿元": RIGHT}
