"""A table of chosen columns shows what the values themselves say, and leaves out what is none."""

from datetime import date
from fractions import Fraction

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period, parse_period
from ipfinance.statistics.chosen import COLUMNS, GROUPS, Cell, Chosen, Pick, can_stand, chosen
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.levels import CATALOGUE
from ipfinance.statistics.tables import KindChoice, table
from ipfinance.statistics.values import Values
from tests import make
from tests.ui.figures_data import fill

EVERY = tuple(
    Pick(key, comparison)
    for key in CATALOGUE
    for comparison in COLUMNS
    if can_stand(Pick(key, comparison))
)


def made(store: Store, period: str, by: Group, *picks: Pick) -> Chosen:
    figures = table(store, parse_period(period), KindChoice.PATENT, by, make.TODAY)
    return chosen(store, figures, picks)


def cell(of: Chosen, name: str, pick: Pick) -> Cell:
    return next(row for row in (*of.rows, of.total) if row.name == name).cells[pick]


def test_that_each_indicator_stands_in_one_group() -> None:
    listed = [key for keys in GROUPS.values() for key in keys]
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) <= set(CATALOGUE)


@pytest.mark.parametrize("by", [Group.CITY, Group.COUNTY, Group.NONE, Group.YEAR, Group.MONTH])
def test_that_every_cell_is_the_value_of_its_area_and_days(store: Store, by: Group) -> None:
    fill(store)
    shown = made(store, "2019", by, *EVERY)
    values = Values(store)
    assert shown.rows
    assert shown.picks
    for row in (*shown.rows, shown.total):
        for pick in shown.picks:
            value = row.cells[pick].value
            area = row.code if by in (Group.CITY, Group.COUNTY) and row.code else "330000"
            span = Period.year(2019)
            if by is Group.MONTH and row.code:
                span = Period.month(2019, int(row.code[5:]))
            assert (value.area, value.period) == (area, span)
            if pick.comparison is Comparison.LEVEL and not row.cells[pick].is_unknown:
                assert value.value == values.levels.value(
                    pick.indicator, KindChoice.PATENT, span, area
                )


def test_that_amounts_to_be_completed_are_told_and_never_compared(store: Store) -> None:
    fill(store)
    level, grown = Pick("secured_amount"), Pick("secured_amount", Comparison.INCREMENT)
    shown = made(store, "2019", Group.CITY, level, grown)
    wenzhou = cell(shown, "温州市", level)
    assert wenzhou.is_unknown
    assert wenzhou.value.value is None
    assert cell(shown, "温州市", grown).value.reason == "1 件登记的金额都待补"
    huzhou = cell(shown, "湖州市", level)
    assert (huzhou.missing, huzhou.value.value) == (1, 88 * WAN)
    assert cell(shown, "嘉兴市", level).value.value == 0
    assert not cell(shown, "嘉兴市", level).is_unknown


def test_that_a_stock_without_amounts_is_unknown_too(store: Store) -> None:
    fill(store)
    pick = Pick("outstanding_amount")
    shown = made(store, "2019", Group.CITY, pick)
    assert cell(shown, "温州市", pick).is_unknown
    assert cell(shown, "湖州市", pick).missing == 1


def test_that_a_column_without_any_value_is_left_out_with_its_reason(store: Store) -> None:
    fill(store)
    make.stored(store, make.pledge(registered_on=date(2019, 5, 5)))
    level, chain = Pick("registrations"), Pick("registrations", Comparison.CHAIN)
    shown = made(store, "2019", Group.CITY, level, chain)
    assert shown.picks == (level,)
    assert shown.notes == ("没有列出登记件数环比：环比只用于整月和整季。",)
    assert made(store, "2019Q3", Group.CITY, level, chain).picks == (level, chain)
    # By month each line is a month, whatever the whole is.
    by_month = made(store, "2019", Group.MONTH, level, chain)
    assert by_month.picks == (level, chain)
    assert cell(by_month, "2019年8月", chain).value.reason == "2019年7月没有数据可比"


def test_that_shares_and_ranks_stand_by_area_only(store: Store) -> None:
    fill(store)
    rank, share = (
        Pick("registrations", one) for one in (Comparison.RANK, Comparison.SHARE_OF_PROVINCE)
    )
    assert made(store, "2019", Group.CITY, rank, share).picks == (rank, share)
    assert made(store, "2019", Group.YEAR, rank, share).picks == ()
    assert made(store, "2019", Group.COUNTY, rank, share).picks == (rank, share)


def test_that_rates_change_in_points_and_have_no_share() -> None:
    assert can_stand(Pick("inclusive_rate", Comparison.YEAR_ON_YEAR))
    assert can_stand(Pick("inclusive_rate", Comparison.CHAIN))
    assert not can_stand(Pick("inclusive_rate", Comparison.INCREMENT))
    assert not can_stand(Pick("inclusive_rate", Comparison.SHARE_OF_NATION))
    assert not can_stand(Pick("amount_per_right", Comparison.SHARE_OF_PROVINCE))
    assert not can_stand(Pick("no_such_thing"))
    assert not can_stand(Pick("inclusive_rate", Comparison.YEARS_GROWING, Fraction(1, 10)))
    assert not can_stand(Pick("registrations", Comparison.NATIONAL_RANK))


def test_that_a_changed_area_is_marked_where_it_is_compared(store: Store) -> None:
    yuhang = make.pledgor(county=make.YUHANG)
    days = (date(2020, 5, 5), date(2021, 3, 1), date(2021, 6, 1))
    make.stored(store, *(make.pledge(pledgors=(yuhang,), registered_on=day) for day in days))
    level, grown = Pick("registrations"), Pick("registrations", Comparison.YEAR_ON_YEAR)
    shown = made(store, "2021", Group.COUNTY, level, grown)
    assert cell(shown, "余杭区", grown).broken == date(2021, 4, 9)
    assert cell(shown, "余杭区", level).broken is None
