"""Published statements are found right, and wrong exactly where they were altered."""

from collections.abc import Callable

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.references import add
from ipfinance.domain.period import Period, parse_period
from ipfinance.reports.sentences import sentences
from ipfinance.reports.wording import Language
from ipfinance.statistics.checking.statement import check
from tests.reports import stores_told as told
from tests.statistics.checks import RIGHT, WRONG, checked, verdicts
from tests.statistics.published import HALF, HUZHOU, WHITE_PAPER, WHITE_PAPER_EN


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
@pytest.mark.parametrize(("build", "period", "area"), told.STATEMENTS)
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
