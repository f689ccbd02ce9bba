"""Faults of cells: hard errors and doubts, each told once at its field."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.division import Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import WAN
from ipfinance.domain.reading import Setting, read_registration
from tests import make
from tests.domain.cells_read import CELLS, CODE, PATENT, UNITS, only_fault, read_cells

ERRORS: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": ""}, "kind", "kind_missing"),
    ({"kind": "专利、商标"}, "kind", "kind_unknown"),
    ({"kind": "股权"}, "kind", "kind_unknown"),
    ({"registered_on": None}, "registered_on", "date_missing"),
    ({"registered_on": "2019-03"}, "registered_on", "date_incomplete"),
    ({"registered_on": "2019-02-30"}, "registered_on", "date_impossible"),
    ({"registered_on": "2026-11-24"}, "registered_on", "date_in_future"),
    ({"term_start": "2019年"}, "term_start", "date_incomplete"),
    ({"term_end": "下周"}, "term_end", "date_impossible"),
    ({"term_end": "2019-02-28"}, "term_end", "dates_out_of_order"),
    ({"cancelled_on": "2019-03-04"}, "cancelled_on", "dates_out_of_order"),
    ({"cancelled_on": "2027-01-01"}, "cancelled_on", "date_in_future"),
    ({"cancelled_on": "2020-13-01"}, "cancelled_on", "date_impossible"),
    ({"pledgor": "  "}, "pledgor", "pledgor_missing"),
    ({"city": "", "county": None}, "city", "area_missing"),
    ({"city": "南京"}, "city", "area_unknown"),
    ({"county": "西湖区区"}, "county", "area_unknown"),
    ({"county": "钱塘区"}, "county", "area_not_on_date"),
    ({"city": "杭州；宁波；温州"}, "city", "area_count_differs"),
    ({"county": "滨江；西湖"}, "county", "area_count_differs"),
    ({"secured_amount": "约五百"}, "secured_amount", "amount_not_number"),
    ({"secured_amount": "0"}, "secured_amount", "amount_not_positive"),
    ({"secured_amount": "-500"}, "secured_amount", "amount_not_positive"),
    ({"secured_amount": "1.123456789"}, "secured_amount", "amount_too_precise"),
    ({"loan_amount": "不详"}, "loan_amount", "amount_not_number"),
    ({"reg_no": 2.01933e15}, "reg_no", "code_rounded"),
    ({"reg_no": 2019330000000123}, "reg_no", "code_rounded"),
    ({"uscc": 9.1330108e17}, "uscc", "code_rounded"),
    ({"uscc": "9.1330108E+17"}, "uscc", "code_rounded"),
    ({"rights": "2.01711E+12"}, "rights", "code_rounded"),
    ({"rights": 1e15}, "rights", "code_rounded"),
]
WARNINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"reg_no": ""}, "reg_no", "reg_no_missing"),
    ({"reg_no": "甲123"}, "reg_no", "pledge_number_form"),
    ({"registered_on": 43529}, "registered_on", "date_serial"),
    ({"uscc": CODE[:-1]}, "uscc", "uscc_length"),
    ({"uscc": CODE[:-1] + "I"}, "uscc", "uscc_character"),
    ({"uscc": f"{CODE}；{CODE}"}, "uscc", "uscc_count_differs"),
    ({"county": ""}, "county", "county_missing"),
    ({"size": "特大"}, "size", "size_unknown"),
    ({"size": "大型；小型"}, "size", "size_count_differs"),
    ({"industry": "制造"}, "industry", "industry_unknown"),
    ({"industry": "C；I"}, "industry", "industry_count_differs"),
    ({"pledgee": ""}, "pledgee", "pledgee_missing"),
    ({"pledgee_kind": "当铺"}, "pledgee_kind", "pledgee_kind_unknown"),
    ({"pledgee_kind": "银行、担保"}, "pledgee_kind", "pledgee_kind_count_differs"),
    ({"secured_amount": None}, "secured_amount", "amount_missing"),
    ({"secured_amount": "1000001"}, "secured_amount", "amount_unlikely"),
    ({"rights": "201710601862.4"}, "rights", "patent_check"),
    ({"rights": "201710601862"}, "rights", "patent_check_missing"),
    ({"rights": "CN112272063B"}, "rights", "patent_is_publication"),
    ({"rights": f"{PATENT}；ZL{PATENT}"}, "rights", "right_repeated"),
    ({"rights": "", "right_names": "", "rights_count": ""}, "rights", "rights_missing"),
    ({"right_names": "甲；乙"}, "right_names", "right_names_count_differs"),
    ({"rights_count": "若干"}, "rights_count", "count_not_number"),
    ({"rights_count": "0"}, "rights_count", "count_not_number"),
    ({"rights_count": "9" * 30}, "rights_count", "count_not_number"),
    ({"rights": "见附件"}, "rights", "right_without_number"),
    ({"rights": "ZL"}, "rights", "right_without_number"),
    ({"rights_count": "3件"}, "rights_count", "rights_count_differs"),
    ({"channel": "邮寄"}, "channel", "channel_unknown"),
]


@pytest.mark.parametrize(("changes", "field", "rule"), ERRORS)
def test_that_a_hard_error_keeps_the_registration_out(
    setting: Setting, changes: dict[str, Any], field: str, rule: str
) -> None:
    reading = read_cells(setting, **changes)
    fault = only_fault(reading, rule)
    assert (fault.field, fault.is_error) == (field, True)
    assert fault.text
    assert reading.pledge is None
    assert fault in reading.errors
    assert fault not in reading.warnings


@pytest.mark.parametrize(("changes", "field", "rule"), WARNINGS)
def test_that_a_doubt_is_told_and_the_registration_kept(
    setting: Setting, changes: dict[str, Any], field: str, rule: str
) -> None:
    reading = read_cells(setting, **changes)
    fault = only_fault(reading, rule)
    assert (fault.field, fault.is_error) == (field, False)
    assert fault.text
    assert reading.pledge is not None
    assert reading.errors == ()


def test_that_an_amount_without_any_unit_is_not_guessed(divisions: Divisions) -> None:
    reading = read_registration(CELLS, Setting(divisions, make.TODAY))
    fault = only_fault(reading, "amount_unit_missing")
    assert (fault.field, fault.is_error) == ("secured_amount", True)
    sound = read_registration(
        {**CELLS, "secured_amount": "1.5亿元"}, Setting(divisions, make.TODAY)
    )
    assert sound.pledge is not None
    assert sound.pledge.secured_amount_fen == 15_000 * WAN


def test_that_an_ambiguous_county_is_asked_about(setting: Setting) -> None:
    # One name in two cities, as other provinces have them.
    twice = [
        *setting.divisions,
        *(
            replace(row, code="330290", parent=make.NINGBO)
            for row in setting.divisions
            if row.name == "德清县"
        ),
    ]
    reading = read_cells(replace(setting, divisions=Divisions(twice)), city="", county="德清")
    assert only_fault(reading, "area_ambiguous").field == "county"


def test_that_a_fault_is_told_once_and_not_again_by_the_rules(setting: Setting) -> None:
    reading = read_cells(setting, rights="CN112272063B", rights_count="0")
    assert [fault.rule for fault in reading.faults if fault.field == "rights"] == [
        "patent_is_publication"
    ]
    unread = read_cells(setting, secured_amount="abc")
    assert [fault.rule for fault in unread.faults] == ["amount_not_number"]


def test_that_all_faults_are_told_at_once(setting: Setting) -> None:
    reading = read_cells(
        setting, kind="", registered_on="", pledgor="", secured_amount="x", channel="?"
    )
    assert {fault.rule for fault in reading.faults} == {
        *("kind_missing", "date_missing", "pledgor_missing", "amount_not_number"),
        "channel_unknown",
    }


_ANY = (
    st.none() | st.text(max_size=12) | st.integers() | st.floats() | st.lists(st.text(), max_size=3)
)


@given(cells=st.dictionaries(st.sampled_from(sorted(BY_KEY)), _ANY))
def test_that_any_cells_are_read_or_told(divisions: Divisions, cells: dict[str, Any]) -> None:
    reading = read_registration(cells, Setting(divisions, make.TODAY, UNITS))
    assert (reading.pledge is None) == bool(reading.errors)
    assert all(fault.field in BY_KEY and fault.rule and fault.text for fault in reading.faults)
