"""Checking a text: parts and totals are added up without any store."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ipfinance.db.connection import Store
from ipfinance.statistics.checking.figures import Form
from ipfinance.statistics.checking.numbers import (
    hedge_after,
    hedge_before,
    interval,
    negative,
    numeral,
    plain,
)
from ipfinance.statistics.checking.slips import meant
from ipfinance.statistics.checking.statement import check
from tests.statistics.checks import OPEN, RIGHT, WRONG, checked, verdicts

# A province without any figures, published or stored, so that only arithmetic can speak.
PLACE = "2032年，全省"


def test_that_parts_that_make_the_total_leave_nothing_wrong(store: Store) -> None:
    text = f"{PLACE}专利质押登记金额862亿元，商标质押登记金额212亿元，合计1074亿元。"
    found = checked(text, store)
    assert {one: each.verdict for one, each in found.items()} == {
        "862亿元": OPEN,
        "212亿元": OPEN,
        "1074亿元": RIGHT,
    }
    assert found["1074亿元"].form is Form.TOTAL


@pytest.mark.parametrize(
    ("part", "other", "total"),
    [(892, 212, 1074), (862, 221, 1074), (862, 212, 1047)],
)
def test_that_parts_and_total_that_contradict_are_wrong_without_a_store(
    store: Store, part: int, other: int, total: int
) -> None:
    text = f"{PLACE}专利质押登记金额{part}亿元，商标质押登记金额{other}亿元，合计{total}亿元。"
    assert set(verdicts(text, store).values()) == {WRONG}


def test_that_a_total_told_first_is_compared_with_its_registers(store: Store) -> None:
    text = f"{PLACE}知识产权质押登记{{}}件，其中专利质押登记5497件，商标质押登记698件。"
    assert verdicts(text.format(6195), store)["6195件"] is RIGHT
    assert verdicts(text.format(6196), store)["6196件"] is WRONG
    assert verdicts(text.format(6159), store)["6159件"] is WRONG


def test_that_the_figures_of_no_named_period_are_still_added_up(store: Store) -> None:
    text = "专利质押登记金额862亿元，商标质押登记金额212亿元，合计{}亿元。"
    assert verdicts(text.format(1074), store)["1074亿元"] is RIGHT
    assert verdicts(text.format(1174), store)["1174亿元"] is WRONG


def test_that_published_parts_leave_the_blame_to_the_total(store: Store) -> None:
    text = (
        "2021年上半年，全国专利、商标质押融资金额达到{}亿元，"
        "其中专利质押融资金额862亿元，商标质押融资金额212亿元。"
    )
    assert set(verdicts(text.format(1074), store).values()) == {RIGHT}
    assert verdicts(text.format(1084), store) == {
        "1084亿元": WRONG,
        "862亿元": RIGHT,
        "212亿元": RIGHT,
    }


@given(
    parts=some.lists(some.integers(min_value=1, max_value=10**9), min_size=2, max_size=2),
    decimals=some.integers(min_value=0, max_value=2),
)
def test_that_rounding_alone_never_makes_a_total_wrong(parts: list[int], decimals: int) -> None:
    # Amounts in tenths of a thousandth of 亿元, printed rounded by themselves.
    step = 10 ** (4 - decimals)

    def printed(number: int) -> str:
        return str(Decimal((2 * number + step) // (2 * step)).scaleb(-decimals))

    low = high = Fraction(0)
    for part in parts:
        allowed = interval(printed(part), 1, 0)
        assert allowed.has(Fraction(part, 10**4))
        assert allowed.high is not None
        low, high = low + allowed.low, high + allowed.high
    assert interval(printed(sum(parts)), 1, 0).meets(low, high)


@pytest.mark.parametrize(
    ("base", "verdict"),
    [("101.8", RIGHT), ("102.4", RIGHT), ("103.0", RIGHT), ("101.6", WRONG), ("104.2", WRONG)],
)
def test_that_a_level_and_its_rate_imply_the_base(store: Store, base: str, verdict: str) -> None:
    text = f"{PLACE}专利权质押登记金额172亿元，上年同期为{base}亿元，同比增长68%。"
    found = checked(text, store)
    assert found["68%"].verdict is verdict
    if verdict is WRONG:
        assert "101.8—103.0亿元" in found["68%"].reason
        assert found[f"{base}亿元"].verdict is WRONG


def test_that_the_implied_base_is_told_where_nothing_else_is_known(store: Store) -> None:
    found = checked(f"{PLACE}专利权质押登记金额172亿元，同比增长68%。", store)
    assert found["68%"].verdict is OPEN
    assert "101.8—103.0亿元" in found["68%"].reason


def test_that_a_published_rate_from_an_unrounded_base_is_not_wrong(store: Store) -> None:
    # 1626.5 / 1074 is 51.4 per cent, 51.5 was published; 1074 is rounded.
    text = f"{PLACE}知识产权质押登记金额1626.5亿元，上年同期为1074亿元，同比增长51.5%。"
    assert verdicts(text, store)["51.5%"] is RIGHT


def test_that_a_rise_from_one_to_another_fits_its_rate(store: Store) -> None:
    text = f"{PLACE}专利权质押登记金额由102.4亿元增加到172亿元，同比增长{{}}%。"
    assert verdicts(text.format(68), store)["68%"] is RIGHT
    assert verdicts(text.format(86), store)["86%"] is WRONG


def test_that_an_increment_fits_its_levels(store: Store) -> None:
    text = f"{PLACE}专利质押登记812件，比上年增加{{}}件，上年同期为700件。"
    assert verdicts(text.format(112), store)["112件"] is RIGHT
    assert verdicts(text.format(121), store)["121件"] is WRONG


def test_that_a_share_fits_its_part_and_whole(store: Store) -> None:
    text = f"{PLACE}知识产权质押登记金额489.9亿元，占全国1626.5亿元的{{}}%。"
    assert verdicts(text.format("30.1"), store)["30.1%"] is RIGHT
    assert verdicts(text.format("31.1"), store)["31.1%"] is WRONG


def test_that_an_inclusive_rate_fits_its_enterprises(store: Store) -> None:
    text = f"{PLACE}知识产权质押登记企业9760家，其中普惠企业6951家，普惠率{{}}%。"
    assert verdicts(text.format("71.2"), store)["71.2%"] is RIGHT
    assert verdicts(text.format("72.1"), store)["72.1%"] is WRONG


def test_that_one_figure_printed_twice_must_be_one(store: Store) -> None:
    text = f"{PLACE}专利质押登记金额{{}}亿元。{PLACE}专利质押登记金额172.3亿元。"
    assert WRONG not in verdicts(text.format(172), store).values()
    assert set(verdicts(text.format(127), store).values()) == {WRONG}


@pytest.mark.parametrize(
    "text",
    [
        f"{PLACE}专利质押登记金额超过80亿元，商标质押登记金额近20亿元，合计约100亿元。",
        f"{PLACE}专利质押登记金额10.4亿元，商标质押登记金额10.4亿元，合计21亿元。",
        f"{PLACE}专利质押登记企业63家，登记金额3.57亿元，合计办理登记70件。",
        f"{PLACE}杭州市专利质押20亿元，宁波市专利质押15亿元，全省专利质押100亿元。",
    ],
)
def test_that_what_roundings_hedges_or_other_units_explain_is_not_wrong(
    store: Store, text: str
) -> None:
    assert [one.reason for one in check(text, store) if one.verdict is WRONG] == []


# --- numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "hedge", "inside", "outside"),
    [
        ("172", 0, ["171.5", "172.4999"], ["171.4999", "172.5"]),
        ("7.5", -1, ["7.2", "7.5"], ["7.51", "6"]),
        ("80", 1, ["80.1", "89.9"], ["80", "79.9", "120"]),
        ("18", 1, ["18.508"], ["18", "25"]),
        ("1500", 1, ["1515"], ["1499", "2000"]),
        ("100", 2, ["95", "105"], ["94", "106"]),
        ("0.5", 0, ["0.45"], ["0.55"]),
    ],
)
def test_that_a_printed_number_allows_what_is_printed_so(
    digits: str, hedge: int, inside: list[str], outside: list[str]
) -> None:
    allowed = interval(digits, 1, hedge)
    assert [one for one in inside if not allowed.has(Fraction(one))] == []
    assert [one for one in outside if allowed.has(Fraction(one))] == []


def test_that_a_fall_is_rounded_away_from_zero() -> None:
    fall = negative(interval("3.2", Fraction(1, 100), 0))
    assert fall.has(Fraction("-0.0315"))
    assert not fall.has(Fraction("-0.0325"))


@pytest.mark.parametrize(
    ("before", "hedge"),
    [("金额超过", 1), ("突破了", 1), ("近", -1), ("最近", 0), ("大约", 2), ("exceeded ", 1),
     ("nearly RMB ", -1), ("discover ", 0), ("达到", 0)],
)  # fmt: skip
def test_that_hedges_are_read_where_they_stand(before: str, hedge: int) -> None:
    assert hedge_before(before, len(before)) == hedge


def test_that_hedges_may_stand_behind() -> None:
    assert hedge_after("80亿元以上", 4) == 1
    assert hedge_after("80亿元左右", 4) == 2
    assert hedge_after("80亿元。", 4) == 0


@pytest.mark.parametrize(
    ("text", "number"), [("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("3", 3)]
)
def test_that_numerals_are_read(text: str, number: int) -> None:
    assert numeral(text) == number


def test_that_full_width_digits_keep_their_places() -> None:
    assert plain("１７２亿元，６８％") == "172亿元，68%"


@pytest.mark.parametrize(
    ("digits", "needed", "right"),
    [("24998", 2498, "2498"), ("1074", 1047, "1047"), ("172", 271, None), ("812", 8120, "8120"),
     ("12.5", 99, None), ("35", 36, "36")],
)  # fmt: skip
def test_that_one_slip_of_the_hand_is_recognised(
    digits: str, needed: int, right: str | None
) -> None:
    found = meant(digits, Fraction(needed), Fraction(needed), Fraction(needed))
    assert (found[0] if found else None) == right
