"""What tells a party's name from others."""

import pytest

from ipfinance.domain.division import Divisions
from ipfinance.domain.name_cores import Places, lender_core, may_be_a_slip


@pytest.mark.parametrize(
    ("name", "place", "core"),
    [
        ("杭州示例精密机械科技有限公司", "杭州", "示例精密机械"),
        ("浙江示例精密机械股份有限公司", "浙江", "示例精密机械"),
        ("杭州市滨江区示例电子有限公司", "杭州滨江", "示例电子"),
        ("示例电子(杭州)有限公司", "", "示例电子"),
        ("示例(集团)有限公司", "", "示例(集团)"),
        ("宁波科技有限公司", "宁波", "科技"),
        ("杭州厂", "", "杭州"),
        ("甲", "", "甲"),
    ],
)
def test_that_place_form_and_worn_words_are_left_off(
    divisions: Divisions, name: str, place: str, core: str
) -> None:
    found = Places(divisions).split(name)
    assert (found.place, found.core) == (place, core)


def test_that_a_lenders_branch_stays() -> None:
    core = lender_core("中国示例银行股份有限公司杭州市高新区支行")
    assert core == lender_core("示例银行杭州高新支行") == "示例银行杭州高新支行"
    assert core != lender_core("示例银行宁波高新支行")


def test_that_numerals_and_directions_are_no_slips() -> None:
    assert may_be_a_slip("宏", "鸿")
    assert not may_be_a_slip("一", "二")
    assert not may_be_a_slip("东", "鸿")
