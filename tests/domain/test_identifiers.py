"""Check digits and forms, with every example of ``identifiers.json``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.identifiers import (
    Checked,
    check_licence15,
    check_organisation_code,
    check_patent_number,
    check_pledge_number,
    check_trademark_number,
    check_uscc,
    organisation_code_of,
    right_kind_of,
    sound_patent,
)
from ipfinance.domain.money import MoneyError, Unit, parse_fen
from ipfinance.domain.pledge import RightKind

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "identifiers.json").read_text(encoding="utf-8")
)
CHECKS: dict[str, Callable[[str], Checked]] = {
    "patent_number": check_patent_number,
    "uscc": check_uscc,
    "organisation_code": check_organisation_code,
    "business_licence_15": check_licence15,
    "trademark_number": check_trademark_number,
    "patent_pledge_registration_number": check_pledge_number,
}
# Stripping 第…号 is what its "invalid" example asks for.
STRIPPED = {"第3917439号": "3917439"}


def _examples(group: str) -> list[tuple[str, str, str]]:
    """(identifier, input, form to store) of a group in every part of the file."""
    found = []
    for name in CHECKS:
        for example in EXAMPLES[name].get(group, []):
            plain = isinstance(example, dict)
            typed = str(example["input"] if plain else example)
            found.append((name, typed, example.get("normalized", typed) if plain else typed))
    return found


@pytest.mark.parametrize(("name", "typed", "stored"), _examples("valid") + _examples("lenient"))
def test_that_a_valid_example_passes(name: str, typed: str, stored: str) -> None:
    assert CHECKS[name](typed) == Checked(stored)


@pytest.mark.parametrize(("name", "typed", "stored"), _examples("invalid"))
def test_that_an_invalid_example_is_caught(name: str, typed: str, stored: str) -> None:
    checked = CHECKS[name](typed)
    if typed in STRIPPED:
        assert checked == Checked(STRIPPED[typed])
    else:
        assert not checked.ok
        assert checked.rule
        assert checked.fault


def test_that_the_examples_of_amounts_come_out() -> None:
    for example in EXAMPLES["amount"]["valid"]:
        unit = Unit(example["unit"]) if "unit" in example else None
        assert parse_fen(example["input"], unit) == example["yuan"] * 100
    with pytest.raises(MoneyError):
        parse_fen("-5", Unit.WAN)


@pytest.mark.parametrize(
    ("check", "typed", "stored", "fault"),
    [
        (
            check_patent_number,
            "ZL201710601862.4",
            "201710601862.4",
            "校验位不正确：小数点后应为 3",
        ),
        (
            check_patent_number,
            "ZL201210593328.10",
            "201210593328.10",
            "校验位只有一位，余数 10 写作 X；这里应为 201210593328.X",
        ),
        (
            check_patent_number,
            "CN112272063B",
            "CN112272063B",
            "这是授权公告号，不是专利号（专利号如 201710601862.3）",
        ),
        (
            check_patent_number,
            "CN205012521U",
            "CN205012521U",
            "这是授权公告号，不是专利号（专利号如 201710601862.3）",
        ),
        (
            check_patent_number,
            "CN112272063A",
            "CN112272063A",
            "这是公开号，不是专利号（专利号如 201710601862.3）",
        ),
        (
            check_patent_number,
            "CN201911354997.XA",
            "201911354997.X",
            "末尾的 A 是文献种类代码，不属于专利号；应为 201911354997.X",
        ),
        (
            check_patent_number,
            "CN201911354997.1A",
            "201911354997.1",
            "末尾的 A 是文献种类代码，不属于专利号；校验位不正确：小数点后应为 X",
        ),
        (
            check_patent_number,
            "ZL201710601862",
            "201710601862",
            "缺少校验位，应为 201710601862.3",
        ),
        (check_patent_number, "95115608X", "95115608.X", "缺少小数点，应为 95115608.X"),
        (
            check_patent_number,
            "201740601862.3",
            "201740601862.3",
            "第 5 位是专利类型，应为 1、2、3、8 或 9，现为 4",
        ),
        (
            check_patent_number,
            "199710601862.3",
            "199710601862.3",
            "13 位专利号的前 4 位是 2003 年起的申请年份，现为 1997",
        ),
        (
            check_patent_number,
            "19115608.1",
            "19115608.1",
            "9 位专利号的前 2 位是 1985 至 2003 年的申请年份，现为 19",
        ),
        (
            check_trademark_number,
            "ZL201710601862.3",
            "ZL201710601862.3",
            "这是专利的号码，不是商标注册号",
        ),
        (
            check_trademark_number,
            "123456789",
            "123456789",
            "商标注册号最多 8 位数字，现有 9 位",
        ),
        (
            check_uscc,
            "91310115MA1H8R7C6D",
            "91310115MA1H8R7C6D",
            "校验位不正确：第 18 位应为 7",
        ),
        (
            check_uscc,
            "91330000733796106O",
            "91330000733796106O",
            "第 18 位不能是「O」：统一社会信用代码不用 I、O、Z、S、V",
        ),
        (
            check_uscc,
            "9133000073379610P",
            "9133000073379610P",
            "统一社会信用代码应为 18 位，现有 17 位",
        ),
        (check_uscc, "9133A000733796106P", "9133A000733796106P", "第 5 位应为数字，现为 A"),
        (
            check_uscc,
            "79965505-8",
            "799655058",
            "这是组织机构代码，不是 18 位的统一社会信用代码",
        ),
        (
            check_uscc,
            "330106000123458",
            "330106000123458",
            "这是营业执照注册号，不是 18 位的统一社会信用代码",
        ),
        (
            check_organisation_code,
            "733796107",
            "73379610-7",
            "校验位不正确：第 9 位应为 6",
        ),
        (
            check_licence15,
            "330106000123459",
            "330106000123459",
            "校验位不正确：第 15 位应为 8",
        ),
        (
            check_licence15,
            "3301062001234",
            "3301062001234",
            "13 位的旧执照号没有校验位，无法核对",
        ),
        (
            check_pledge_number,
            "Y202133000012",
            "Y202133000012",
            "专利权质押登记号一般为 13 位数字（前面可带 Y），现有 12 位",
        ),
        (
            check_pledge_number,
            "ZL202133000012.3",
            "ZL202133000012.3",
            "这是专利号，不是质押登记号",
        ),
    ],
)
def test_that_a_fault_says_what_is_wrong_and_what_it_should_be(
    check: Callable[[str], Checked], typed: str, stored: str, fault: str
) -> None:
    checked = check(typed)
    assert (checked.normalized, checked.fault) == (stored, fault)
    assert checked.rule


@pytest.mark.parametrize(
    ("check", "typed", "stored"),
    [
        (check_patent_number, "专利号：ＺＬ２０１７１０６０１８６２．３", "201710601862.3"),
        (check_patent_number, "zl 2017 1 0601862.3", "201710601862.3"),
        (check_patent_number, "201710601862。3", "201710601862.3"),
        (check_patent_number, "95115608.x", "95115608.X"),
        (check_trademark_number, "商标注册号：第 3917439 号", "3917439"),
        (check_trademark_number, "g1234567h", "G1234567H"),
        (check_trademark_number, "3917439a", "3917439A"),
        (check_uscc, " 91330000 733796106p ", "91330000733796106P"),
        (check_uscc, "'91330000733796106P", "91330000733796106P"),
        (check_organisation_code, "799655058", "79965505-8"),
        (check_organisation_code, "79965505－8", "79965505-8"),
        (check_pledge_number, "y2019330000123", "Y2019330000123"),
    ],
)
def test_that_ways_of_writing_are_evened_out(
    check: Callable[[str], Checked], typed: str, stored: str
) -> None:
    assert check(typed) == Checked(stored)


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (check_patent_number, "2.01710601862E+12"),
        (check_trademark_number, "3.9E+7"),
        (check_uscc, "9.1330000733796E+17"),
        (check_uscc, "913300007337961000"),
        (check_organisation_code, "7.99E+08"),
        (check_licence15, "3.30106E+14"),
        (check_pledge_number, "2.01933E+12"),
    ],
)
def test_that_a_number_rounded_by_a_spreadsheet_is_told(
    check: Callable[[str], Checked], typed: str
) -> None:
    assert check(typed).rule == "code_rounded"


def test_that_the_last_remainder_of_a_credit_code_is_taken() -> None:
    # sum 0: 31 - 0 would be outside the alphabet without the second "mod 31"
    assert check_uscc("0" * 18).ok


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("201710601862.3", RightKind.INVENTION),
        ("201080057199.1", RightKind.INVENTION),
        ("201520546560.7", RightKind.UTILITY_MODEL),
        ("201590546560.X", RightKind.UTILITY_MODEL),
        ("200823074588.4", RightKind.UTILITY_MODEL),
        ("201530546560.1", RightKind.DESIGN),
        ("95115608.X", RightKind.INVENTION),
    ],
)
def test_that_the_type_digit_tells_the_kind_of_patent(number: str, kind: RightKind) -> None:
    assert right_kind_of(number) == kind


@pytest.mark.parametrize("number", ["", "3917439", "201740601862.3", "CN112272063B"])
def test_that_a_number_without_type_has_no_kind(number: str) -> None:
    with pytest.raises(ValueError, match="patent"):
        right_kind_of(number)


def test_that_a_credit_code_holds_the_organisation_code() -> None:
    for example in EXAMPLES["uscc"]["valid"]:
        code = organisation_code_of(example["input"])
        assert code is not None
        assert check_organisation_code(code) == Checked(code)
    assert organisation_code_of("79965505-8") is None


@given(
    st.integers(2003, 2030),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
    st.integers(0, 11),
    st.integers(1, 9),
)
def test_that_one_wrong_digit_of_a_patent_number_is_caught(
    year: int, kind: str, serial: int, place: int, shift: int
) -> None:
    body = f"{year}{kind}{serial:07d}"
    missing = check_patent_number(body)
    assert missing.rule == "patent_check_missing"
    assert missing.fault is not None
    right = missing.fault.removeprefix("缺少校验位，应为 ")
    assert check_patent_number(right) == Checked(right)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not check_patent_number(wrong).ok


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9))
def test_that_exactly_one_check_character_fits_a_credit_code(tail: str) -> None:
    body = f"91330100{tail}"
    fitting = [c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if check_uscc(body + c).ok]
    assert len(fitting) == 1


@given(st.text())
def test_that_any_text_is_checked_without_an_exception(text: str) -> None:
    for check in CHECKS.values():
        checked = check(text)
        assert (checked.fault is None) == (checked.rule is None)
        assert check(checked.normalized).normalized == checked.normalized


_DIGITS = st.text("0123456789", min_size=7, max_size=7)
_PATENTS = st.builds(
    lambda head, year, kind, serial, check: f"{head}{year}{kind}{serial}.{check}",
    *(st.sampled_from(["", "ZL", "CN"]), st.integers(2001, 2030)),
    *(st.sampled_from("1238945"), _DIGITS, st.sampled_from("0123456789Xx")),
)


@given(_PATENTS)
def test_that_a_patent_seen_as_sound_is_sound(text: str) -> None:
    checked = check_patent_number(text)
    found = sound_patent(text)
    if checked.ok and not text.startswith("CN") and not text.endswith("x"):
        assert found == (checked.normalized, right_kind_of(checked.normalized))
    else:
        assert found is None


@given(
    st.one_of(
        st.text("0123456789ABCDEFGHJKLMNPQRTUWXYI", min_size=17, max_size=18),
        st.builds(
            lambda head, tail, check: f"9133{head:04}{tail}{check}",
            *(st.integers(0, 9999), st.text("0123456789AXY", min_size=9, max_size=9)),
            st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"),
        ),
        st.sampled_from(["91330000733796106P", "G1234567", "3917439", "2019330000123", "12A"]),
    )
)
def test_that_the_short_way_says_what_the_long_way_says(text: str) -> None:
    for check in (check_uscc, check_trademark_number, check_pledge_number):
        # A blank before it is taken off by the long way only.
        assert check(text) == check(f"\u3000{text}")
