from collections.abc import Callable
from dataclasses import replace

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.references import add
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period, parse_period
from ipfinance.domain.pledge import Kind
from ipfinance.reports.sentences import sentences
from ipfinance.reports.wording import Language
from ipfinance.statistics.checking.figures import Form, Verdict
from ipfinance.statistics.checking.statement import check
from tests import make
from tests.reports import stores_told as told
from tests.statistics.checks import OPEN, RIGHT, WRONG, checked, verdicts

WHITE_PAPER = (
    "2019年，全省专利权质押登记金额达到172亿元，同比增长68%；商标专用权质押金额超过80亿元，"
    "同比增长40.3%；质押登记件数同比增长33.6%，占全国同期办理总量的45.8%，"
    "连续三年居全国首位，实现县(市、区)质押登记全覆盖。"
)
WHITE_PAPER_EN = (
    "In 2019, the registered amount of patent pledges in Zhejiang reached 17.2 billion yuan, up "
    "68%. The amount of trademark pledges exceeded 8 billion yuan, an increase of 40.3%. The "
    "number of pledges grew by 33.6%, accounting for 45.8% of the national total, ranking first "
    "nationally for three consecutive years."
)
HALF = (
    "2022年上半年，全省知识产权质押金额达489.9亿元，同比增长52.9%，"
    "质押项目数和融资金额再创历史新高。"
)
HUZHOU = (
    "2014年，湖州市新增专利质押企业63家，专利权质押贷款3.57亿元，创历史新高；获得专利权质押贷款"
    "贴息补助617.25万元，占全省的57.3%；7月以来线上绿色通道办理质押登记18件。"
)


def test_that_the_white_papers_statement_is_found_right(store: Store) -> None:
    told.white_paper(store)
    found = checked(WHITE_PAPER, store)
    assert {text: one.verdict for text, one in found.items()} == {
        "172亿元": RIGHT,
        "68%": RIGHT,
        "80亿元": RIGHT,
        "40.3%": RIGHT,
        "33.6%": RIGHT,
        "45.8%": RIGHT,
        "连续三年居全国首位": RIGHT,
        "全覆盖": RIGHT,
    }
    assert found["172亿元"].computed == "17200000000.00"
    assert found["68%"].computed == "0.68"
    assert found["连续三年居全国首位"].computed == "3"
    assert [one.form.value for one in found.values()] == [
        *("amount", "growth", "amount", "growth", "growth", "share", "streak", "coverage"),
    ]


@pytest.mark.parametrize(
    ("printed", "altered"),
    [
        ("172亿元", "173亿元"),
        ("172亿元", "127亿元"),
        ("172亿元", "172万元"),
        ("172亿元", "17.2亿元"),
        ("增长68%", "增长67%"),
        ("增长68%", "下降68%"),
        ("超过80亿元", "超过90亿元"),
        ("超过80亿元", "近80亿元"),
        ("超过80亿元", "超过80万元"),
        ("40.3%", "40.4%"),
        ("33.6%", "36.3%"),
        ("45.8%", "48.5%"),
        ("45.8%", "45.9%"),
        ("连续三年", "连续四年"),
        ("连续三年", "连续两年"),
        ("全国首位", "全国第2位"),
    ],
)
def test_that_an_altered_white_paper_is_found_wrong_where_it_was_altered(
    store: Store, printed: str, altered: str
) -> None:
    told.white_paper(store)
    text = WHITE_PAPER.replace(printed, altered)
    wrong = [one for one in check(text, store) if one.verdict is WRONG]
    start = text.index(altered)
    # What names the altered words, and nothing before them.
    assert wrong
    assert all(one.start < start + len(altered) + 8 and start <= one.end for one in wrong)
    assert len(wrong) == 1


def test_that_the_english_white_paper_is_found_right(store: Store) -> None:
    told.white_paper(store)
    assert verdicts(WHITE_PAPER_EN, store) == {
        "17.2 billion yuan": RIGHT,
        "68%": RIGHT,
        "8 billion yuan": RIGHT,
        "40.3%": RIGHT,
        "33.6%": RIGHT,
        "45.8%": RIGHT,
        "three consecutive years": RIGHT,
    }


@pytest.mark.parametrize(
    ("printed", "altered"),
    [
        ("17.2 billion yuan", "17.2 million yuan"),
        ("17.2 billion", "172 billion"),
        ("up 68%", "down 68%"),
        ("8 billion yuan", "8 billion year"),
        ("45.8%", "54.8%"),
        ("three consecutive", "four consecutive"),
    ],
)
def test_that_an_altered_english_white_paper_is_found_wrong(
    store: Store, printed: str, altered: str
) -> None:
    told.white_paper(store)
    text = WHITE_PAPER_EN.replace(printed, altered)
    wrong = [one for one in check(text, store) if one.verdict is WRONG]
    assert len(wrong) == 1
    assert wrong[0].start < text.index(altered) + len(altered)
    assert text.index(altered) < wrong[0].end


def test_that_one_county_without_registrations_refutes_full_coverage(store: Store) -> None:
    told.white_paper(store, uncovered=2)
    found = checked(WHITE_PAPER, store)["全覆盖"]
    assert found.verdict is WRONG
    assert "88/90" in found.reason


def test_that_the_half_years_statement_is_found_right(store: Store) -> None:
    told.half_year(store)
    assert verdicts(HALF, store) == {"489.9亿元": RIGHT, "52.9%": RIGHT, "再创历史新高": RIGHT}


def test_that_a_record_claimed_of_both_is_wrong_when_one_is_none(store: Store) -> None:
    told.half_year(store)
    half = Period.half(2019, 1)
    bounds = {"kind": "all", "start": half.start, "end": half.end}
    add(store, [told.reference("secured_amount", "500", "亿元", **bounds)])
    assert verdicts(HALF, store)["再创历史新高"] is WRONG


def test_that_huzhous_statement_is_found_right(store: Store) -> None:
    told.huzhou(store)
    assert set(verdicts(HUZHOU, store).values()) == {RIGHT}
    assert len(verdicts(HUZHOU, store)) == 6


@pytest.mark.parametrize(
    ("printed", "altered"),
    [
        ("63家", "36家"),
        ("3.57亿元", "3.75亿元"),
        ("617.25万元", "617.25亿元"),
        ("617.25万元", "671.25万元"),
        ("57.3%", "53.7%"),
        ("18件", "81件"),
    ],
)
def test_that_an_altered_statement_of_huzhou_is_found_wrong(
    store: Store, printed: str, altered: str
) -> None:
    told.huzhou(store)
    found = verdicts(HUZHOU.replace(printed, altered), store)
    wrong = [text for text, verdict in found.items() if verdict is WRONG]
    assert wrong == [altered]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("build", "period", "area"),
    [
        (told.white_paper, "2019", None),
        (told.half_year, "2022H1", None),
        (told.huzhou, "2014", make.HUZHOU),
    ],
)
def test_that_the_programs_own_sentences_are_all_found_right(
    store: Store,
    build: Callable[[Store], None],
    period: str,
    area: str | None,
    language: Language,
) -> None:
    build(store)
    said = sentences(store, parse_period(period), language, area)
    between = "" if language is Language.CHINESE else " "
    text = between.join(one.text for one in said)
    found = check(text, store)
    assert [(one.text, one.reason) for one in found if one.verdict is not RIGHT] == []
    assert len(found) >= sum(len(one.figures) for one in said)


# --- what cannot be known stays open ----------------------------------------------------


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


# --- roundings and hedges ---------------------------------------------------------------


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


# --- contexts -----------------------------------------------------------------------------


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
