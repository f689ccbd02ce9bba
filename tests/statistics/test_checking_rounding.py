"""Checking a text: figures that were rounded, and words that hedge them."""

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.references import add
from ipfinance.domain.money import YI
from ipfinance.domain.period import Period
from ipfinance.statistics.checking.figures import Form, Verdict
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, verdicts


@pytest.mark.parametrize(
    ("fen", "printed", "verdict"),
    [
        (1715 * YI // 10, "172亿元", RIGHT),
        (1725 * YI // 10 - 1, "172亿元", RIGHT),
        (1725 * YI // 10, "172亿元", WRONG),
        (1715 * YI // 10 - 1, "172亿元", WRONG),
        (18508 * YI // 1000, "破18亿元", RIGHT),
        (18508 * YI // 1000, "突破20亿元", WRONG),
        (18508 * YI // 1000, "18.51亿元", RIGHT),
        (18508 * YI // 1000, "185080万元", RIGHT),
        (18508 * YI // 1000, "18.5亿元左右", RIGHT),
        (18508 * YI // 1000, "约19亿元", RIGHT),
        (18508 * YI // 1000, "近19亿元", RIGHT),
        (18508 * YI // 1000, "近18亿元", WRONG),
        (18508 * YI // 1000, "18亿多元", RIGHT),
        (18508 * YI // 1000, "18亿5080万元", RIGHT),
        (18508 * YI // 1000, "１８.５亿元", RIGHT),
        (75 * YI // 10, "超过7.5亿元", WRONG),
        (1_074 * YI, "1,074亿元", RIGHT),
    ],
)
def test_that_a_printed_amount_is_an_interval(
    store: Store, fen: int, printed: str, verdict: Verdict
) -> None:
    make.stored(store, *told.registrations(2, fen))
    found = check(f"2019年，全省专利权质押登记金额{printed}。", store)
    assert [(one.form, one.verdict) for one in found] == [(Form.AMOUNT, verdict)]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("同比增长100%", RIGHT),
        ("同比增长1倍", RIGHT),
        ("同比翻番", RIGHT),
        ("是上年的2倍", RIGHT),
        ("同比增长50%", WRONG),
        ("比2018年增长100%", RIGHT),
        ("比2017年增长100%", OPEN),
        ("同比增加5亿元", RIGHT),
        ("比上年增加6亿元", WRONG),
    ],
)
def test_that_growth_is_understood_in_its_forms(store: Store, words: str, verdict: Verdict) -> None:
    make.stored(store, *told.registrations(2, 10 * YI), *told.registrations(1, 5 * YI, year=2018))
    found = check(f"2019年，全省专利权质押登记金额10亿元，{words}。", store)
    assert [one.verdict for one in found] == [RIGHT, verdict]


def test_that_a_growth_over_a_rounded_published_base_may_be_off_by_its_rounding(
    store: Store,
) -> None:
    make.stored(store, *told.registrations(2, 172 * YI))
    year = Period.year(2018)
    bounds = {"kind": "patent", "start": year.start, "end": year.end}
    add(store, [told.reference("secured_amount", "102", "亿元", **bounds)])
    text = "2019年，全省专利权质押登记金额172亿元，同比增长{}。"
    # 172 / 102.5 to 172 / 101.5 is 67.8 to 69.5 per cent.
    assert verdicts(text.format("68%"), store)["68%"] is RIGHT
    assert verdicts(text.format("69.4%"), store)["69.4%"] is RIGHT
    assert verdicts(text.format("70%"), store)["70%"] is WRONG
