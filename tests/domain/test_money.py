"""Money is read exactly, refused when unclear, and rounded once when printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.money import (
    WAN,
    YI,
    YUAN,
    MoneyError,
    Unit,
    from_number,
    in_words,
    parse_fen,
    plain_wan,
    round_half_up,
    wan,
    yi,
    yuan_text,
)

amounts = st.integers(min_value=1, max_value=10**17)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("5,000.25", Unit.WAN, 5_000_250_000),
        ("1,000.50", Unit.WAN, 10_005_000 * YUAN),
        ("1.2亿", None, 120_000_000 * YUAN),
        ("1.2亿元", Unit.WAN, 120_000_000 * YUAN),
        ("500万", None, 500 * WAN),
        ("5000万元", Unit.YUAN, 5000 * WAN),
        ("5千万", None, 5000 * WAN),
        ("￥5,000,000", Unit.YUAN, 5_000_000 * YUAN),
        ("¥ 5 000 000 元", None, 5_000_000 * YUAN),
        ("人民币500万元整", None, 500 * WAN),
        ("500万元（人民币）", None, 500 * WAN),
        ("５００．５", Unit.WAN, 500 * WAN + WAN // 2),
        ("１，２００万", None, 1200 * WAN),
        ("1亿2000万元", None, YI + 2000 * WAN),
        (".5", Unit.YI, YI // 2),
        ("500.", Unit.WAN, 500 * WAN),
        ("+500", Unit.WAN, 500 * WAN),
        ("0.01", Unit.YUAN, 1),
        ("170.926800000000", Unit.WAN, 170_926_800),
        ("1.005", Unit.WAN, 1_005_000),
        ("￥5,000,000", None, 5_000_000 * YUAN),
        ("￥500", Unit.WAN, 500 * WAN),
        ("500", Unit.QIAN, 500_000 * YUAN),
        ("500千元", Unit.WAN, 500_000 * YUAN),
        ("500萬圓", None, 500 * WAN),
        ("伍佰万元整", None, 500 * WAN),
        ("人民币伍佰万元正", Unit.WAN, 500 * WAN),
        ("壹亿贰仟万圆", None, 12_000 * WAN),
        ("壹拾万零伍佰元叁角整", Unit.WAN, 100_500 * YUAN + 30),
    ],
)
def test_that_an_amount_is_read_as_people_write_it(text: str, unit: Unit | None, fen: int) -> None:
    assert parse_fen(text, unit) == fen


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("", Unit.WAN, "amount_not_number"),
        ("五百万", Unit.WAN, "amount_not_number"),
        ("约500", Unit.WAN, "amount_not_number"),
        ("1.2.3", Unit.WAN, "amount_not_number"),
        ("5,00", Unit.WAN, "amount_not_number"),
        ("5,0000", Unit.WAN, "amount_not_number"),
        ("1.2E+07", Unit.YUAN, "amount_not_number"),
        ("500万美元", None, "amount_not_number"),
        ("=500", Unit.WAN, "amount_not_number"),
        ("1亿2000", Unit.WAN, "amount_not_number"),
        ("2000万1亿", None, "amount_not_number"),
        ("9" * 30, Unit.YI, "amount_not_number"),
        ("1" * 5000, Unit.YI, "amount_not_number"),
        ("-5", Unit.WAN, "amount_not_positive"),
        ("－5", Unit.WAN, "amount_not_positive"),
        ("−5", Unit.WAN, "amount_not_positive"),
        ("￥-5", Unit.WAN, "amount_not_positive"),
        ("0", Unit.WAN, "amount_not_positive"),
        ("0.00万元", None, "amount_not_positive"),
        ("500", None, "amount_unit_missing"),
        ("0.001", Unit.YUAN, "amount_too_precise"),
        ("1.2345678", Unit.WAN, "amount_too_precise"),
    ],
)
def test_that_an_unclear_amount_is_refused(text: str, unit: Unit | None, rule: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_fen(text, unit)
    assert caught.value.rule == rule
    assert caught.value.text == str(caught.value)
    assert "金额" in caught.value.text


def test_that_a_long_run_of_digits_is_refused_at_once() -> None:
    with pytest.raises(MoneyError):
        parse_fen("1" * 59 + "x", Unit.WAN)


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        (500.0, Unit.WAN, 500 * WAN),
        (500, Unit.WAN, 500 * WAN),
        (170.9268, Unit.WAN, 170_926_800),
        (329193.27550000004, Unit.WAN, 329_193_275_500),
        (0.1 + 0.2, Unit.YUAN, 30),
        (1.005, Unit.WAN, 1_005_000),
        (32.9193, Unit.YI, 329_193_000_000),
    ],
)
def test_that_a_spreadsheet_number_is_what_the_sheet_shows(
    value: float, unit: Unit, fen: int
) -> None:
    assert from_number(value, unit) == fen


@pytest.mark.parametrize(
    ("value", "unit", "rule"),
    [
        (True, Unit.WAN, "amount_not_number"),
        (float("nan"), Unit.WAN, "amount_not_number"),
        (float("inf"), Unit.WAN, "amount_not_number"),
        (1e300, Unit.WAN, "amount_not_number"),
        (10**17, Unit.YI, "amount_not_number"),
        (0.0, Unit.WAN, "amount_not_positive"),
        (-5, Unit.WAN, "amount_not_positive"),
        (500.0, None, "amount_unit_missing"),
        (1000 / 3, Unit.WAN, "amount_too_precise"),
    ],
)
def test_that_an_unclear_spreadsheet_number_is_refused(
    value: float, unit: Unit | None, rule: str
) -> None:
    with pytest.raises(MoneyError) as caught:
        from_number(value, unit)
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("0.5"), 0, "1"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("1.005"), 2, "1.01"),
        (Decimal("-1.005"), 2, "-1.01"),
        (Decimal("-0.001"), 2, "0.00"),
        (Fraction(2, 3), 4, "0.6667"),
        (1250, -2, "1300"),
        (Decimal("12345678901234567890123456789012.345"), 2, "12345678901234567890123456789012.35"),
    ],
)
def test_that_halves_are_rounded_away_from_zero(
    value: Decimal | Fraction | int, decimals: int, text: str
) -> None:
    assert f"{round_half_up(value, decimals):f}" == text


def test_that_amounts_are_printed_in_their_units() -> None:
    assert wan(1_234_560_000) == "1,234.56"
    assert wan(1_234_565_000, 2) == "1,234.57"
    assert wan(-1_234_565_000) == "-1,234.57"
    assert wan(50_000_000_000, 0) == "50,000"
    assert yi(1074 * YI, 0) == "1074"
    assert yi(18_508_000_000 * 10, 1) == "18.5"
    assert plain_wan(170_926_800) == "170.9268"
    assert plain_wan(500 * WAN) == "500"
    assert plain_wan(-1) == "-0.000001"
    assert yuan_text(123_450_000_000) == "1234500000.00"
    assert yuan_text(-5) == "-0.05"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (5000 * WAN, "伍仟万元整"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (105, "壹元零伍分"),
        (1_050, "壹拾元伍角整"),
        (110 * YUAN, "壹佰壹拾元整"),
        (1_005 * YUAN, "壹仟零伍元整"),
        (1_050 * YUAN, "壹仟零伍拾元整"),
        (100_500 * YUAN, "壹拾万零伍佰元整"),
        (100_005_000 * YUAN, "壹亿零伍仟元整"),
        (123_456_789_012_34, "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
        (-5 * YUAN, "负伍元整"),
    ],
)
def test_that_an_amount_is_said_in_bankers_numerals(fen: int, words: str) -> None:
    assert in_words(fen) == words


@given(amounts)
def test_that_every_printed_amount_is_read_back(fen: int) -> None:
    assert parse_fen(plain_wan(fen), Unit.WAN) == fen
    assert parse_fen(yuan_text(fen), Unit.YUAN) == fen
    assert parse_fen(wan(fen, 6), Unit.WAN) == fen
    assert parse_fen(yi(fen, 10) + "亿元", None) == fen
    assert parse_fen(in_words(fen), Unit.WAN) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("伍佰万", "壹万伍元", "五百万元", "伍佰零零元整", "万元整", "伍伍元整", "负伍元整"),
        *("零元整", "伍佰万元整5", "500w", "伍仟元零角整", "拾元整", "伍佰万元伍佰万元"),
    ],
)
def test_that_numerals_no_banker_writes_are_refused(text: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_fen(text, Unit.WAN)
    assert caught.value.rule == "amount_not_number"


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_that_a_float_of_fifteen_digits_loses_nothing(fen: int) -> None:
    assert from_number(float(plain_wan(fen)), Unit.WAN) == fen


@given(st.fractions(), st.integers(min_value=-3, max_value=8))
def test_that_rounding_moves_by_half_a_unit_at_most_and_is_odd(
    value: Fraction, decimals: int
) -> None:
    rounded = Fraction(round_half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2) / Fraction(10) ** decimals
    assert Fraction(round_half_up(-value, decimals)) == -rounded


@given(st.text())
def test_that_any_text_is_an_amount_or_a_money_error(text: str) -> None:
    try:
        fen = parse_fen(text, Unit.WAN)
    except MoneyError:
        return
    assert fen > 0
