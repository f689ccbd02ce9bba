"""Sentences rewritten around their numbers: what is bound stays, a later period is drawn anew."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db.connection import Store
from ipfinance.domain.money import WAN, YI
from ipfinance.domain.period import Period
from ipfinance.reports.drafts import Draft, draft_of, drawn, fitted, kept_form, rewritten
from ipfinance.reports.sentences import Sentence, sentences
from ipfinance.reports.wording import Language
from tests import make


@pytest.fixture
def filled(store: Store) -> Store:
    """More every year, and less in 2020."""
    make.stored(
        store,
        *(
            make.pledge(registered_on=date(year, month, 5), secured_amount_fen=fen)
            for year, fen in ((2017, 400 * WAN), (2018, 600 * WAN), (2019, YI), (2020, 500 * WAN))
            for month in (1, 2)
        ),
    )
    return store


def first(store: Store, year: int, language: Language = Language.CHINESE) -> Draft:
    period = Period.year(year)
    said = sentences(store, period, language)[0]
    chinese = language is Language.CHINESE
    fixed = {
        "period": period.label if chinese else period.label_en,
        "area": "全省" if chinese else "Zhejiang Province",
    }
    return draft_of(said, "zh/province", language, fixed)


@pytest.mark.parametrize("language", list(Language))
def test_that_a_draft_is_the_sentence_it_was_made_of(filled: Store, language: Language) -> None:
    for year in (2018, 2019, 2020):
        for said in sentences(filled, Period.year(year), language):
            assert draft_of(said, "x", language).sentence() == said


def test_that_period_area_direction_and_numbers_are_gaps(filled: Store) -> None:
    assert first(filled, 2020).text.startswith(
        "〔2020年〕，〔全省〕知识产权质押登记金额达到〔1000万元〕，同比〔下降95%〕"
    )


def test_that_the_pattern_is_the_same_whatever_the_numbers(filled: Store) -> None:
    said = [sentences(filled, Period.year(year), Language.CHINESE)[1] for year in (2018, 2019)]
    one, other = (draft_of(each, "zh/province", Language.CHINESE) for each in said)
    assert one.pattern == other.pattern
    assert replace(one, scope="zh/city").pattern != other.pattern


def test_that_own_words_take_the_numbers_of_another_year(filled: Store) -> None:
    said = {
        year: draft_of(
            sentences(filled, Period.year(year), Language.CHINESE)[1], "x", Language.CHINESE
        )
        for year in (2018, 2019)
    }
    text = said[2019].text.replace("专利权质押登记金额", "专利质押融资额")
    own = rewritten(said[2019], text)
    assert own is not None
    made = drawn(said[2018], kept_form(own, said[2019])).sentence()
    assert made.text.startswith("专利质押融资额达到1200万元，同比增长50%")
    for figure in made.figures:
        assert made.text[figure.start : figure.end] == figure.text
    assert [one.value for one in made.figures] == [
        one.value for one in said[2018].sentence().figures
    ]


def test_that_a_clause_that_goes_leaves_the_own_words_of_the_others(filled: Store) -> None:
    # A national figure to share in there is for 2019 and not for 2020, which falls besides.
    said = {
        year: draft_of(
            sentences(filled, Period.year(year), Language.CHINESE)[1],
            "zh/province",
            Language.CHINESE,
        )
        for year in (2019, 2020)
    }
    text = (
        said[2019]
        .text.replace("专利权质押登记金额", "专利质押融资额")
        .replace("占全国", "占到全国")
    )
    own = rewritten(said[2019], text)
    assert own is not None
    kept = {said[2019].pattern: kept_form(own, said[2019])}
    assert said[2020].pattern not in kept
    made = fitted(said[2020], kept).sentence()
    original = said[2020].sentence()
    assert made.text == original.text.replace("专利权质押登记金额", "专利质押融资额")
    assert [one.value for one in made.figures] == [one.value for one in original.figures]
    back = fitted(said[2019], {said[2020].pattern: kept_form(said[2020], said[2020])})
    assert back == said[2019]
    assert fitted(replace(said[2020], scope="zh/city"), kept).scope == "zh/city"
    assert fitted(replace(said[2020], scope="zh/city"), kept).text == said[2020].text


def test_that_other_clauses_than_before_are_not_guessed_at(filled: Store) -> None:
    said = {
        year: draft_of(
            sentences(filled, Period.year(year), Language.CHINESE)[1], "x", Language.CHINESE
        )
        for year in (2019, 2020)
    }
    own = rewritten(said[2019], said[2019].text.replace("登记金额", "登记，金额"))
    assert own is not None
    kept = {said[2019].pattern: kept_form(own, said[2019])}
    assert fitted(said[2020], kept) == said[2020]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("〔全省〕", "〔全市〕"),
        ("〔全省〕", "全省〕"),
        ("〔全省〕", "〔全省〕〔全省〕"),
        ("〕", ""),
    ],
)
def test_that_a_gap_is_not_altered_or_doubled(filled: Store, before: str, after: str) -> None:
    draft = first(filled, 2019)
    assert rewritten(draft, draft.text.replace(before, after, 1)) is None


def test_that_a_gap_may_be_left_out_and_moved(filled: Store) -> None:
    draft = first(filled, 2019)
    own = rewritten(draft, "〔全省〕在〔2019年〕登记。")
    assert own is not None
    assert own.sentence() == Sentence("全省在2019年登记。", ())
    assert drawn(draft, kept_form(own, draft)).sentence().text == "全省在2019年登记。"


@pytest.mark.parametrize("kept", ["", "{}", "[99]", "[null]", "不是"])
def test_that_what_cannot_be_read_gives_the_original(filled: Store, kept: str) -> None:
    draft = first(filled, 2019)
    assert drawn(draft, kept) == draft


def test_that_reached_goes_before_a_hedge(filled: Store) -> None:
    draft = first(filled, 2019)
    gap = next(one for one in draft.gaps if one.figure is not None)
    hedged = replace(gap, text="超过80亿元")
    said = replace(draft, pieces=("登记金额达到", hedged, "。")).sentence()
    assert said.text == "登记金额超过80亿元。"
