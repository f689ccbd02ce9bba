"""Names that are the same, lists in one cell, and initials to search by."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.names import (
    initials,
    is_natural_person,
    is_told_apart,
    join_parties,
    name_key,
    pinyin,
    split_list,
    split_parties,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲科技（杭州）有限公司", "甲科技(杭州)有限公司"),
        ("甲科技【杭州】有限公司", "甲科技〔杭州〕有限公司"),
        ("ＡＢＣ科技 有限公司", "abc科技有限公司"),
        ("　甲公司\u200b\n", "甲公司"),
        ("甲•乙公司", "甲·乙公司"),
    ],
)
def test_that_ways_of_writing_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲有限公司", "甲有限责任公司"),
        ("甲公司", "甲公司杭州分公司"),
        ("甲（中国）公司", "甲公司"),
    ],
)
def test_that_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(alphabet="甲乙公司（）()【】ＡＢａAbß·•\u3000 \u200b１1"))
def test_that_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize("name", ["张三（自然人）", "张三(个人)", "张三 【自然人】 "])
def test_that_a_marked_person_is_a_natural_person(name: str) -> None:
    assert is_natural_person(name, None)
    assert is_natural_person(name, "")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("张三", None),
        ("欧阳修", ""),
        ("自然人科技有限公司", None),
        ("个人（杭州）有限公司", None),
        ("张三工作室（个人）", "91330000733796106P"),
    ],
)
def test_that_a_person_is_never_guessed(name: str, code: str | None) -> None:
    assert not is_natural_person(name, code)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("甲公司", ["甲公司"]),
        ("甲公司；乙公司;丙公司", ["甲公司", "乙公司", "丙公司"]),
        (
            "甲公司、乙公司，丙公司,丁公司，戊公司",
            ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司"],
        ),
        ("甲公司\r\n乙公司\n\n丙公司；", ["甲公司", "乙公司", "丙公司"]),
        ("甲（上海、杭州）公司、乙公司", ["甲（上海、杭州）公司", "乙公司"]),
        ("甲((a,b)、c)公司,乙", ["甲((a,b)、c)公司", "乙"]),
        ("甲（未闭、乙公司", ["甲（未闭", "乙公司"]),
        ("甲）、乙公司", ["甲）", "乙公司"]),
        ("ABC Co., Ltd., 甲公司", ["ABC Co., Ltd.", "甲公司"]),
        ("Novo A/S；一种A/B装置", ["Novo A/S", "一种A/B装置"]),
        ("201522549561.X；201112719346.6", ["201522549561.X", "201112719346.6"]),
        ("3917439, 766905\tG1234567", ["3917439", "766905", "G1234567"]),
    ],
)
def test_that_a_cell_is_split_outside_brackets(text: str, parts: list[str]) -> None:
    assert split_list(text) == parts


@given(st.lists(st.text(alphabet="甲乙丙ABC123（）()", min_size=1)))
def test_that_no_character_but_separators_is_lost(names: list[str]) -> None:
    text = "；".join(names)
    assert "".join(split_list(text)).replace("；", "") == "".join(names)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("台州甲机械有限公司", "tzjjxyxgs"),
        ("丽水乙公司", "lsygs"),
        ("乐清丙公司", "yqbgs"),
        ("重庆甲重工", "cqjzg"),
        ("曾国强", "zgq"),
        ("单伟（自然人）", "sw"),
        ("单晶硅科技有限公司", "djgkjyxgs"),
        ("浙江3M（中国）公司", "zj3mzggs"),
        ("", ""),
    ],
)
def test_that_initials_are_those_people_type(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    "names",
    [
        ["甲公司", "乙公司"],
        ["示例甲、乙联合体"],
        ["示例甲、乙联合体", "丙公司"],
        ["甲（杭州", "乙）公司"],
        ["Example Co., Ltd.", "甲,乙"],
        [],
    ],
)
def test_that_parties_come_back_as_they_were_joined(names: list[str]) -> None:
    assert split_parties(join_parties(names)) == names


@given(st.text(alphabet="甲乙（）()「」；、，,;\n \t", max_size=12))
def test_that_a_separator_outside_of_brackets_separates(text: str) -> None:
    opened: list[int] = []
    inside = set()
    for place, character in enumerate(text):
        if character in "（(「":
            opened.append(place)
        elif character in "）)」" and opened:
            inside |= set(range(opened.pop(), place))
    outside = {place for place in range(len(text)) if place not in inside}
    cuts = [place for place in sorted(outside) if text[place] in ";；、,，\n\r\t"]
    parts = [text[a + 1 : b] for a, b in pairwise([-1, *cuts, len(text)])]
    assert split_list(text, keep_blanks=True) == [part.strip() for part in parts]
    assert is_told_apart(text) == any(text[place] in ";；\n\t" for place in outside)


@pytest.mark.parametrize(
    "name",
    [
        "杭州示例精密机械科技有限公司",
        "浙江重型装备集团股份有限公司单县分公司",
        "长兴乐凯音乐文化发展有限责任公司",
        "行长银行（中国）股份有限公司行唐支行",
        "甲",
        "示例Abc传感技术（杭州）合伙企业（有限合伙）",
    ],
)
def test_that_a_remembered_ending_is_read_as_in_the_whole_name(name: str) -> None:
    from pypinyin import lazy_pinyin
    from pypinyin.seg import mmseg

    plain = name_key(name)
    words = [syllable for word in mmseg.seg.cut(plain) for syllable in lazy_pinyin(word)]
    for _ in range(2):  # the second time the ending is remembered
        assert pinyin(name) == f"{' '.join(words)} {plain}"
