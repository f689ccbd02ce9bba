"""The table of a period: rows, comparisons, the total on its own, and the notes beneath."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.db.totals import Group
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import WAN
from ipfinance.domain.period import parse_period
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.statistics.indicators import BY_KEY, MEASURES
from ipfinance.statistics.table_rows import Row
from ipfinance.statistics.tables import KindChoice, Table, table
from tests import make


def _table(
    store: Store,
    period: str = "2019",
    kind: KindChoice = KindChoice.PATENT,
    by: Group = Group.CITY,
    today: date = make.TODAY,
) -> Table:
    return table(store, parse_period(period), kind, by, today)


def _row(made: Table, code: str) -> Row:
    [row] = [row for row in made.rows if row.code == code]
    return row


def _at(city: str, county: str | None = None, **changes: Any) -> Pledge:
    where = make.pledgor(f"示例{city}{county}公司", city=city, county=county)
    return make.pledge(pledgors=(where,), **changes)


def test_that_all_cities_are_rows_in_code_order(store: Store, divisions: Divisions) -> None:
    made = _table(store)
    assert [(row.code, row.name) for row in made.rows] == [
        (city.code, city.name) for city in divisions.cities()
    ]
    assert all(row.values == dict.fromkeys((one.key for one in MEASURES), 0) for row in made.rows)


def test_that_all_counties_valid_in_the_period_are_rows_once(store: Store) -> None:
    codes = [row.code for row in _table(store, "2021", by=Group.COUNTY).rows]
    assert len(codes) == len(set(codes)) == 92
    assert codes == sorted(codes)
    assert {"330103", "330104", "330113", "330114", "330102"} <= set(codes)
    assert len(_table(store, "2018", by=Group.COUNTY).rows) == 89
    assert len(_table(store, "2020", by=Group.COUNTY).rows) == 90


def test_that_the_counties_of_one_city_are_parts_of_that_city(store: Store) -> None:
    make.stored(
        store,
        _at(make.HUZHOU, make.DEQING, secured_amount_fen=300 * WAN),
        _at(make.HUZHOU, None, secured_amount_fen=100 * WAN),
        _at(make.HUZHOU, make.DEQING, registered_on=date(2018, 5, 1), secured_amount_fen=50 * WAN),
        _at(make.NINGBO, make.HAISHU, secured_amount_fen=9000 * WAN),
    )
    made = table(
        store, parse_period("2019"), KindChoice.PATENT, Group.COUNTY, make.TODAY, make.HUZHOU
    )
    assert made.area == "湖州市"
    assert [row.code for row in made.rows] == ["330502", "330503", "330521", "330522", "330523"]
    deqing = _row(made, make.DEQING)
    assert deqing.values["secured_amount"] == 300 * WAN
    assert deqing.share["secured_amount"] == Fraction(3, 4)
    assert deqing.growth["secured_amount"] == 5
    assert deqing.rank["secured_amount"] == 1
    whole = _row(_table(store), make.HUZHOU)
    assert made.total.values == whole.values
    assert made.total.previous == whole.previous
    assert (made.total.counties_covered, made.total.counties) == (1, 5)
    assert any(note.startswith("另有 1 件没有写明县") for note in made.notes)
    with pytest.raises(ValueError, match="counties"):
        table(store, parse_period("2019"), KindChoice.PATENT, Group.CITY, make.TODAY, make.HUZHOU)


def test_that_a_period_without_registrations_is_empty_and_says_so(store: Store) -> None:
    made = _table(store)
    assert made.is_empty
    assert made.total.inclusive_rate is None
    assert made.total.growth["registrations"] is None
    assert all(row.share["registrations"] is None for row in made.rows)
    assert {row.rank["registrations"] for row in made.rows} == {1}
    assert "2019年没有登记。" in made.notes
    assert (made.total.counties_covered, made.total.counties) == (0, 90)


def test_that_growth_compares_the_same_window_a_year_earlier(store: Store) -> None:
    make.stored(
        store,
        make.pledge(registered_on=date(2019, 8, 31), secured_amount_fen=1680 * WAN),
        make.pledge(registered_on=date(2018, 8, 31), secured_amount_fen=1000 * WAN),
        make.pledge(registered_on=date(2018, 9, 1), secured_amount_fen=9000 * WAN),
    )
    made = _table(store, "2019-01..2019-08")
    assert made.previous_period.label == "2018年1—8月"
    row = _row(made, make.HANGZHOU)
    assert row.values["secured_amount"] == 1680 * WAN
    assert row.previous["secured_amount"] == 1000 * WAN
    assert row.growth["secured_amount"] == Fraction(68, 100)
    assert made.total.growth["secured_amount"] == Fraction(68, 100)
    assert _row(made, make.NINGBO).growth["registrations"] is None


def test_that_shares_are_of_the_whole_and_ties_share_a_rank(store: Store) -> None:
    make.stored(
        store,
        *(_at(make.HANGZHOU) for _ in range(4)),
        *(_at(make.NINGBO) for _ in range(2)),
        *(_at(make.WENZHOU) for _ in range(2)),
        _at(make.HUZHOU),
    )
    made = _table(store)
    places = (make.HANGZHOU, make.NINGBO, make.WENZHOU, make.HUZHOU, "330400")
    rows = [_row(made, code) for code in places]
    assert [row.rank["registrations"] for row in rows] == [1, 2, 2, 4, 5]
    assert [row.share["registrations"] for row in rows] == [
        *(Fraction(4, 9), Fraction(2, 9), Fraction(2, 9), Fraction(1, 9), Fraction(0)),
    ]


def test_that_the_total_is_counted_on_its_own(store: Store) -> None:
    both = (make.pledgor(), make.pledgor(city=make.NINGBO, county=make.HAISHU))
    make.stored(store, make.pledge(pledgors=both))
    made = _table(store)
    assert sum(row.values["enterprises"] for row in made.rows) == 2
    assert made.total.values["enterprises"] == 1


def test_that_all_adds_the_two_registers_and_no_other(store: Store) -> None:
    make.stored(
        store,
        make.pledge(),
        make.pledge(kind=Kind.TRADEMARK),
        make.pledge(kind=Kind.COPYRIGHT),
    )
    counted = {kind: _table(store, kind=kind).total.values["registrations"] for kind in KindChoice}
    assert counted == {KindChoice.PATENT: 1, KindChoice.TRADEMARK: 1, KindChoice.ALL: 2}


def test_that_coverage_is_of_the_counties_at_the_end(store: Store) -> None:
    make.stored(
        store,
        # 下城区 is gone at the end of 2021, 拱墅区 has another territory.
        _at(make.HANGZHOU, "330103", registered_on=date(2021, 3, 1)),
        _at(make.HANGZHOU, "330105", registered_on=date(2021, 3, 1)),
        _at(make.HANGZHOU, "330114", registered_on=date(2021, 5, 6)),
        _at(make.HANGZHOU, None, registered_on=date(2021, 5, 6)),
    )
    whole = _table(store, "2021").total
    assert (whole.counties_covered, whole.counties) == (2, 90)
    assert (whole.counties_covered_previous, whole.counties_previous) == (0, 90)


def test_that_the_inclusive_rate_is_of_enterprises(store: Store) -> None:
    small, large = 1000 * WAN, 1000 * WAN + 1
    make.stored(
        store,
        make.pledge(secured_amount_fen=small),
        make.pledge(secured_amount_fen=small),
        _at(make.NINGBO, secured_amount_fen=large),
        _at(make.WENZHOU, secured_amount_fen=None),
    )
    assert _table(store).total.inclusive_rate == Fraction(1, 3)
    write_facts(store, Facts(inclusive_threshold_fen=2000 * WAN))
    made = _table(store)
    assert made.total.inclusive_rate == Fraction(2, 3)
    assert "普惠标准：单笔担保债权额不超过 2,000 万元。" in made.notes


def test_that_a_missing_amount_is_told_and_not_zero(store: Store) -> None:
    make.stored(store, make.pledge(), make.pledge(secured_amount_fen=None))
    made = _table(store)
    assert made.total.values["registrations"] == 2
    assert made.total.values["amount_missing"] == 1
    assert "另有 1 件金额待补，未计入担保债权额。" in made.notes


@pytest.mark.parametrize("code", ["330102", "330105", "330110"])
def test_that_a_changed_territory_is_marked(store: Store, code: str) -> None:
    changed = date(2021, 4, 9)
    assert _row(_table(store, "2021", by=Group.COUNTY), code).territory_changed == changed
    assert _row(_table(store, "2021H2", by=Group.COUNTY), code).territory_changed is None
    # The half-year has one territory, but the one a year earlier had another.
    assert _row(_table(store, "2021H2", by=Group.COUNTY), code).comparison_broken == changed
    assert _row(_table(store, "2022H2", by=Group.COUNTY), code).comparison_broken is None
    assert _row(_table(store, "2021", by=Group.COUNTY), "330106").comparison_broken is None


def test_that_a_changed_territory_is_noted_by_name(store: Store) -> None:
    [note] = [one for one in _table(store, "2021", by=Group.COUNTY).notes if "口径调整" in one]
    assert "上城区、拱墅区、萧山区、余杭区、临平区、钱塘区" in note
    assert not [one for one in _table(store, "2021").notes if "口径调整" in one]


def test_that_registrations_without_a_county_are_noted(store: Store) -> None:
    make.stored(store, _at(make.HANGZHOU, None), _at(make.HANGZHOU, make.XIHU))
    made = _table(store, by=Group.COUNTY)
    assert sum(row.values["registrations"] for row in made.rows) == 1
    assert made.total.values["registrations"] == 2
    assert "另有 1 件没有写明县（市、区），只计入设区市和全省。" in made.notes


def test_that_a_period_that_goes_on_says_so(store: Store) -> None:
    [note] = [one for one in _table(store, "2026").notes if "尚未结束" in one]
    assert "2026-11-23" in note
    assert not [one for one in _table(store, "2025").notes if "尚未结束" in one]


def test_that_years_and_months_are_rows_with_their_own_year_before(store: Store) -> None:
    days = [date(2018, 2, 1), date(2019, 1, 31), date(2019, 2, 1), date(2019, 2, 28)]
    make.stored(store, *(make.pledge(registered_on=day) for day in days))
    years = _table(store, "2018-01..2019-12", by=Group.YEAR)
    assert [(row.code, row.name, row.values["registrations"]) for row in years.rows] == [
        ("2018", "2018年", 1),
        ("2019", "2019年", 3),
    ]
    assert years.rows[1].previous["registrations"] == 1
    months = _table(store, "2018-12..2019-02", by=Group.MONTH)
    assert [(row.code, row.name, row.values["registrations"]) for row in months.rows] == [
        ("2018-12", "2018年12月", 0),
        ("2019-01", "2019年1月", 1),
        ("2019-02", "2019年2月", 2),
    ]
    assert months.rows[2].growth["registrations"] == 1


def test_that_none_is_one_row_equal_to_the_total(store: Store) -> None:
    make.stored(store, make.pledge(), make.pledge(registered_on=date(2018, 5, 6)))
    made = _table(store, by=Group.NONE)
    [row] = made.rows
    assert (row.values, row.previous, row.growth) == (
        *(made.total.values, made.total.previous, made.total.growth),
    )
    assert row.name == "浙江省"


def test_that_a_later_revocation_takes_the_registration_out_of_its_period(store: Store) -> None:
    revoked = make.event(EventKind.REVOCATION, happened_on=date(2026, 1, 1))
    make.stored(store, make.pledge(events=(revoked,)))
    assert _table(store).is_empty


def test_that_every_measure_has_its_words() -> None:
    assert len({one.name for one in BY_KEY.values()}) == len(BY_KEY)
    assert all(one.rule.endswith("。") and one.name_en and one.unit for one in BY_KEY.values())
