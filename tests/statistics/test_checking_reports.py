"""Sentences in the style of bureau reports: true ones are never found wrong, altered ones are."""

from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.pledge import EventKind, Kind
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, checked, verdicts

ENDED = (make.event(EventKind.CANCELLATION, happened_on=date(2019, 10, 1)),)
OTHER_LENDER = (make.pledgee("东银行股份有限公司德清支行"),)


@pytest.fixture
def reported(store: Store) -> Store:
    """杭州 6 and 宁波 3 patents, 湖州 2 trademarks in 2019; 杭州 4 the year before.

    Small are 7 of 11 enterprises after 3 of 4: 63.6 % after 75 %, 11.36 points less.
    """
    places = {
        make.HANGZHOU: make.XIHU,
        make.NINGBO: make.HAISHU,
        make.HUZHOU: make.DEQING,
    }

    def add(city: str, number: int, small: int, **changes: object) -> None:
        for one in range(number):
            pledgor = make.pledgor(
                f"{city}{changes}{one}公司", uscc=None, city=city, county=places[city]
            )
            amount = WAN if one < small else YI + 26 * WAN
            make.stored(
                store,
                *told.registrations(1, amount, pledgors=(pledgor,), **changes),  # type: ignore[arg-type]
            )

    add(make.HANGZHOU, 4, 3, year=2018)
    add(make.HANGZHOU, 4, 3)
    add(make.HANGZHOU, 2, 1, events=ENDED)
    add(make.NINGBO, 3, 2)
    add(make.HUZHOU, 1, 1, kind=Kind.TRADEMARK, pledgees=OTHER_LENDER)
    add(make.HUZHOU, 1, 0, kind=Kind.TRADEMARK, events=ENDED)
    return store


@pytest.mark.parametrize(
    ("text", "printed", "altered"),
    [
        ("2019年全省注销质押登记3件，其中湖州1件。", "湖州1件", "湖州2件"),
        ("2019年全省质押登记11件，其中专利9件，商标2件。", "商标2件", "商标3件"),
        (
            "2019年杭州、宁波、湖州质押登记件数分别为6件、3件、2件。",
            *("3件", "4件"),
        ),
        (
            "2019年，杭州、宁波两市质押金额分别为2.01亿元、1.0亿元。",
            *("2.01亿元", "1.92亿元"),
        ),
        ("2019年全省质押登记涉及专利9件、商标2件，质权人2家。", "2家", "3家"),
        ("2019年湖州市2件商标完成质押登记，金额1.0亿元。", "1.0亿元", "1.1亿元"),
        ("2019年全省普惠率63.6%，较上年下降11.4个百分点。", "11.4个", "11.6个"),
        # Between 100.26 and 400 and a bit of 亿元: taken from what is printed with no decimal.
        ("2019年全省质押金额4亿元，比上年增加3亿元。", "增加3亿元", "增加5亿元"),
        (
            "2019年，全省知识产权质押登记11件，同比增长175%，金额4.0亿元。",
            *("175%", "157%"),
        ),
        (
            "In 2019, pledge financing in Zhejiang was 0.4 billion yuan, with 11 registrations.",
            *("11 reg", "12 reg"),
        ),
    ],
)
def test_that_a_reports_sentence_is_right_and_an_altered_one_is_not(
    reported: Store, text: str, printed: str, altered: str
) -> None:
    assert set(verdicts(text, reported).values()) == {RIGHT}
    slipped = check(text.replace(printed, altered), reported)
    assert [one.verdict for one in slipped].count(WRONG) >= 1


def test_that_a_change_taken_between_printed_rates_is_right(reported: Store) -> None:
    # 63.636 % less 75 % is 11.364 points; with whole per cents printed, 64 less 75 is 11.
    for words, verdict in (("11.4", RIGHT), ("11", RIGHT), ("12", WRONG), ("11.3", WRONG)):
        text = f"2019年全省普惠率较上年下降{words}个百分点。"
        assert verdicts(text, reported)[f"{words}个百分点"] is verdict


def test_that_what_is_said_of_some_cities_is_not_taken_for_the_whole(reported: Store) -> None:
    found = checked("2019年，全省有2个市质押金额超过5亿元。", reported)
    assert found["5亿元"].verdict is OPEN
    assert found["5亿元"].reason == "说的是其中几个地区"


def test_that_an_amount_that_fits_still_tells_what_is_to_be_completed(store: Store) -> None:
    make.stored(store, *told.registrations(2, 2 * YI), make.pledge(secured_amount_fen=None))
    found = checked("2019年全省专利权质押登记金额2.0亿元。", store)
    assert found["2.0亿元"].verdict is RIGHT
    assert found["2.0亿元"].reason.endswith("另有1件金额待补")
