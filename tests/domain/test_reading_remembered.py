"""What a reader remembers of cells read before is what it would read anew."""

from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.reading import Reader, Setting
from tests import make
from tests.domain.cells_read import CODE, PATENT, UNITS

_WRITTEN: dict[str, list[Any]] = {
    "kind": ["专利", "商标", "著作权", "专利商标", "", None],
    "registered_on": [
        *("2019-03-05", "2021.4.9", date(2021, 4, 8), datetime(2030, 1, 1), 43529.0),
        *("2019-02-30", "2019", "", None),
    ],
    "pledgor": [
        "示例甲有限公司",
        "示例甲有限公司；张三（自然人）",
        "（示例、乙）公司",
        "",
        None,
        ["示例甲", "示例乙"],
    ],
    "uscc": [CODE, "示例", "9.13301E+17", 9.13301e17, f"{CODE}；", "79965505-8", None],
    "size": ["小型", "巨型", "小型；微型", "", None],
    "city": ["杭州", "宁波市", "火星", "杭州；宁波", "", None],
    "county": ["滨江区", "余杭区", "江干区", "临平区", "滨江区；江北区", "市本级", "", None],
    "pledgee": ["示例银行", "示例银行、示例农商行", "示例银行 Co., Ltd.", "", None],
    "pledgee_kind": ["银行", "银行；农信", "典当", None],
    "secured_amount": ["500", 500.0, 0.0, -0.0, -1.5, "1亿元", "若干", True, 1, 1.0, "—", "", None],
    "loan_amount": ["0", 0.0, 0, "12.5", 1e-9, None],
    "rights": [
        PATENT,
        "ZL201710601862.3",
        f"{PATENT}；{PATENT}",
        "201710601862.4",
        "3917439",
        3917439.0,
        "199912345678.1；第3917439号",
        "一种（甲；乙）；丙",
        "",
        None,
    ],
    "right_names": ["一种甲、乙的装置", "甲（示例）；乙（示例）", "甲（乙；丙）", "甲；", None],
    "rights_count": ["1", 2.0, "2件", "三", True, None],
    "term_start": ["2019-03-01", 20190301.0, "上周", None],
    "term_end": ["2022-02-28", "2018-01-01", None],
    "cancelled_on": ["2020-05-06", "2010-01-01", None],
    "channel": ["线上", "空中", None],
    "reg_no": ["Y2019330000123", 2.0193300001e12, "2.01933E+12", 2.01933e17, "", None],
    "note": [" 备注 ", 1.0, None],
}


@given(
    st.lists(
        st.fixed_dictionaries({key: st.sampled_from(values) for key, values in _WRITTEN.items()}),
        min_size=2,
        max_size=12,
    )
)
def test_that_what_is_remembered_is_what_is_read(
    divisions: Divisions, rows: list[dict[str, Any]]
) -> None:
    setting = Setting(divisions, make.TODAY, UNITS)
    remembering = Reader(setting)
    alone = [Reader(setting).read(cells) for cells in rows]
    for _ in range(2):
        # Told apart by their words too: 1 is not True, nor 0.0 the same as -0.0.
        assert repr(remembering.read_page(rows)) == repr(alone)
    assert repr([remembering.read(cells) for cells in rows]) == repr(alone)


@given(st.lists(st.tuples(st.sampled_from(_WRITTEN["county"]), st.dates()), max_size=8))
def test_that_a_county_found_before_is_found_again_on_its_own_days_only(
    divisions: Divisions, asked: list[tuple[str | None, date]]
) -> None:
    for county, day in asked:
        for each in (divisions, Divisions(divisions)):
            try:
                found = each.find_county(county or "", day)
            except AreaError:
                assert not any(row.valid_on(day) and row.name == county for row in divisions)
            else:
                assert found.valid_on(day)
                assert found is Divisions(divisions).find_county(county or "", day)
