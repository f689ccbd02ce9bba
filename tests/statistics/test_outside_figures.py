"""Figures of others: the shipped ones are understood, bad ones named."""

from decimal import Decimal

import pytest

from ipfinance.domain.division import Divisions
from ipfinance.errors import UserError
from ipfinance.paths import resource
from ipfinance.statistics.outside_figures import read_figures, units_of

HEAD = (
    "region,region_name,period_start,period_end,kind,indicator,value,unit,qualifier,"
    "growth_percent,source,note\n"
)
GOOD = "100000,全国,2019-01-01,2019-12-31,trademark,registrations,1234,件,,,公报,\n"


def test_that_the_shipped_figures_are_all_understood(divisions: Divisions) -> None:
    text = resource("reference_figures.csv").read_text(encoding="utf-8-sig")
    read = read_figures(text, divisions)
    assert read.faults == ()
    assert len(read.figures) == len(text.strip().splitlines()) - 1


@pytest.mark.parametrize(
    ("old", "new", "column", "rule"),
    [
        ("100000", "999999", "region", "area_unknown"),
        ("2019-01-01", "2019-02-30", "period_start", "period_unknown"),
        ("2019-12-31", "2018-12-31", "period_end", "period_unknown"),
        ("trademark", "copyright", "kind", "kind_unknown"),
        ("registrations", "happiness", "indicator", "indicator_unknown"),
        ("件", "吨", "unit", "unit_unknown"),
        ("件", "亿元", "unit", "unit_unknown"),
        ("1234", "许多", "value", "value_not_number"),
        (",件,,", ",件,据说,", "qualifier", "qualifier_unknown"),
        ("公报", "", "source", "source_missing"),
    ],
)
def test_that_a_row_that_cannot_be_kept_is_named_and_the_rest_kept(
    divisions: Divisions, old: str, new: str, column: str, rule: str
) -> None:
    read = read_figures(HEAD + GOOD + GOOD.replace(old, new) + GOOD, divisions)
    assert len(read.figures) == 2
    assert read.rejected == 1
    assert [(fault.row, fault.column, fault.rule) for fault in read.faults] == [(3, column, rule)]
    assert "第 3 行" in read.faults[0].text


def test_that_a_national_rank_may_be_brought_in(divisions: Divisions) -> None:
    row = "330000,,2019-01-01,2019-12-31,trademark,registrations_rank_of_nation,{},位,,,公报,\n"
    read = read_figures(HEAD + row.format(1), divisions)
    assert [(one.value, one.unit, one.region_name) for one in read.figures] == [
        (Decimal(1), "位", "浙江省")
    ]
    assert read_figures(HEAD + row.format("1.5"), divisions).rejected == 1
    assert read_figures(HEAD + row.format("0"), divisions).rejected == 1


def test_that_other_provinces_are_known_by_their_codes(divisions: Divisions) -> None:
    row = GOOD.replace("100000,全国", "320000,江苏省")
    assert [one.region_name for one in read_figures(HEAD + row, divisions).figures] == ["江苏省"]


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("secured_amount", "亿元"),
        ("registrations", "项"),
        ("inclusive_rate", "%"),
        ("registrations_share_of_nation", "%"),
        ("secured_amount_rank_of_nation", "位"),
    ],
)
def test_that_each_sort_of_indicator_has_its_units(indicator: str, unit: str) -> None:
    assert unit in units_of(indicator)


def test_that_unknown_keys_have_no_units() -> None:
    assert units_of("happiness_rank_of_nation") == ()


def test_that_missing_columns_are_told(divisions: Divisions) -> None:
    with pytest.raises(UserError, match="缺少列 region"):
        read_figures("a,b\n1,2\n", divisions)


def test_that_blank_lines_are_passed_over(divisions: Divisions) -> None:
    assert len(read_figures(f"{HEAD}{GOOD},,,,,,,,,,,\n", divisions).figures) == 1
