"""From what people write to a registration, with every fault at its field and under its rule."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.domain.cells import text_of
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.faults import Fault
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN, Unit
from ipfinance.domain.pledge import (
    Channel,
    Event,
    EventKind,
    Kind,
    Pledge,
    Pledgee,
    PledgeeKind,
    Pledgor,
    Right,
    RightKind,
    Size,
)
from ipfinance.domain.reading import Reader, Reading, Setting, read_registration
from tests import make

CODE = make.credit_code(3)
PATENT = "201710601862.3"
# Everything sound; a test changes what it is about.
CELLS: dict[str, Any] = {
    "kind": "专利",
    "reg_no": "Y2019330000123",
    "registered_on": "2019-03-05",
    "pledgor": "示例甲有限公司",
    "uscc": CODE,
    "city": "杭州",
    "county": "滨江区",
    "size": "小型",
    "pledgee": "示例银行",
    "pledgee_kind": "银行",
    "secured_amount": "500",
    "rights": PATENT,
    "right_names": "一种示例装置",
    "rights_count": "1",
    "term_start": "2019-03-01",
    "term_end": "2022-02-28",
    "channel": "线上",
}
UNITS = dict.fromkeys(
    ("secured_amount", "credit_amount", "loan_amount", "appraised_value", "subsidy"), Unit.WAN
)


@pytest.fixture
def setting(divisions: Divisions) -> Setting:
    return Setting(divisions, make.TODAY, UNITS)


def _read(setting: Setting, **changes: Any) -> Reading:
    return read_registration({**CELLS, **changes}, setting)


def _pledge(setting: Setting, **changes: Any) -> Pledge:
    reading = _read(setting, **changes)
    assert reading.errors == ()
    assert reading.pledge is not None
    return reading.pledge


def _fault(reading: Reading, rule: str) -> Fault:
    [fault] = [each for each in reading.faults if each.rule == rule]
    return fault


def test_that_sound_cells_make_a_registration_without_faults(setting: Setting) -> None:
    reading = _read(setting, credit_amount="400", note=" 备注 ", cancelled_on="2020年5月6日")
    assert reading.faults == ()
    assert reading.given == {*CELLS, "credit_amount", "note", "cancelled_on"}
    assert reading.pledge == Pledge(
        kind=Kind.PATENT,
        registered_on=date(2019, 3, 5),
        pledgors=(
            Pledgor("示例甲有限公司", make.HANGZHOU, make.BINJIANG, uscc=CODE, size=Size.SMALL),
        ),
        pledgees=(Pledgee("示例银行", PledgeeKind.BANK),),
        rights=(Right(PATENT, RightKind.INVENTION, "一种示例装置"),),
        reg_no="Y2019330000123",
        secured_amount_fen=500 * WAN,
        credit_amount_fen=400 * WAN,
        rights_declared=1,
        term_start=date(2019, 3, 1),
        term_end=date(2022, 2, 28),
        channel=Channel.ONLINE,
        note="备注",
        events=(Event(EventKind.CANCELLATION, date(2020, 5, 6)),),
    )


def test_that_the_least_is_enough(setting: Setting) -> None:
    cells: dict[str, Any] = {
        "kind": "商标",
        "registered_on": date(2019, 3, 5),
        "pledgor": "示例",
        "county": "德清",
    }
    reading = read_registration(cells, setting)
    assert reading.errors == ()
    assert {(fault.field, fault.rule) for fault in reading.warnings} == {
        ("reg_no", "reg_no_missing"),
        ("pledgee", "pledgee_missing"),
        ("secured_amount", "amount_missing"),
        ("rights", "rights_missing"),
    }
    assert reading.pledge is not None
    assert reading.pledge.city == make.HUZHOU
    assert reading.given == set(cells)


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
    reading = _read(setting, **changes)
    fault = _fault(reading, rule)
    assert (fault.field, fault.is_error) == (field, True)
    assert fault.text
    assert reading.pledge is None
    assert fault in reading.errors
    assert fault not in reading.warnings


@pytest.mark.parametrize(("changes", "field", "rule"), WARNINGS)
def test_that_a_doubt_is_told_and_the_registration_kept(
    setting: Setting, changes: dict[str, Any], field: str, rule: str
) -> None:
    reading = _read(setting, **changes)
    fault = _fault(reading, rule)
    assert (fault.field, fault.is_error) == (field, False)
    assert fault.text
    assert reading.pledge is not None
    assert reading.errors == ()


def test_that_an_amount_without_any_unit_is_not_guessed(divisions: Divisions) -> None:
    reading = read_registration(CELLS, Setting(divisions, make.TODAY))
    fault = _fault(reading, "amount_unit_missing")
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
    reading = _read(replace(setting, divisions=Divisions(twice)), city="", county="德清")
    assert _fault(reading, "area_ambiguous").field == "county"


def test_that_a_fault_is_told_once_and_not_again_by_the_rules(setting: Setting) -> None:
    reading = _read(setting, rights="CN112272063B", rights_count="0")
    assert [fault.rule for fault in reading.faults if fault.field == "rights"] == [
        "patent_is_publication"
    ]
    unread = _read(setting, secured_amount="abc")
    assert [fault.rule for fault in unread.faults] == ["amount_not_number"]


def test_that_all_faults_are_told_at_once(setting: Setting) -> None:
    reading = _read(setting, kind="", registered_on="", pledgor="", secured_amount="x", channel="?")
    assert {fault.rule for fault in reading.faults} == {
        *("kind_missing", "date_missing", "pledgor_missing", "amount_not_number"),
        "channel_unknown",
    }


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("专利", Kind.PATENT),
        ("专利权质押", Kind.PATENT),
        ("商标专用权", Kind.TRADEMARK),
        ("注册商标专用权质押登记", Kind.TRADEMARK),
        ("著作权", Kind.COPYRIGHT),
        ("版权", Kind.COPYRIGHT),
        ("数据知识产权", Kind.DATA),
        ("集成电路布图设计", Kind.IC_LAYOUT),
        ("地理标志", Kind.GEOGRAPHICAL_INDICATION),
    ],
)
def test_that_a_kind_is_known_by_its_word(setting: Setting, written: str, kind: Kind) -> None:
    assert _pledge(setting, kind=written).kind is kind


def test_that_parties_are_split_and_stay_in_order(setting: Setting) -> None:
    pledge = _pledge(
        setting,
        pledgor="示例甲有限公司；示例乙（杭州、宁波）公司、王某（自然人）",
        uscc="",
        city="杭州；宁波；杭州",
        county="滨江；海曙；西湖",
        size="小型",
        pledgee="示例银行；示例担保有限公司",
        pledgee_kind="银行；担保公司",
    )
    assert [
        (party.name, party.city, party.county, party.is_person, party.size)
        for party in pledge.pledgors
    ] == [
        ("示例甲有限公司", make.HANGZHOU, make.BINJIANG, False, Size.SMALL),
        ("示例乙（杭州、宁波）公司", make.NINGBO, make.HAISHU, False, Size.SMALL),
        ("王某（自然人）", make.HANGZHOU, make.XIHU, True, Size.SMALL),
    ]
    assert [lender.kind for lender in pledge.pledgees] == [PledgeeKind.BANK, PledgeeKind.GUARANTEE]


def test_that_one_place_serves_all_pledgors(setting: Setting) -> None:
    pledge = _pledge(setting, pledgor="示例甲；示例乙", uscc="")
    assert {(party.city, party.county) for party in pledge.pledgors} == {
        (make.HANGZHOU, make.BINJIANG)
    }


def test_that_words_in_place_of_a_number_leave_the_count_to_its_own_column(
    setting: Setting,
) -> None:
    reading = _read(setting, rights="详见附件", right_names="", rights_count="5")
    assert reading.pledge is not None
    assert (reading.pledge.rights, reading.pledge.rights_count) == ((), 5)


def test_that_a_code_of_nothing_visible_is_none(setting: Setting) -> None:
    reading = _read(setting, uscc="\u200b")
    assert reading.pledge is not None
    assert reading.pledge.pledgors[0].uscc is None


def test_that_a_form_may_hand_over_the_parts(setting: Setting) -> None:
    pledge = _pledge(
        setting,
        pledgor=["示例甲、乙联合公司", "示例丙"],
        uscc=["", CODE],
        rights=[PATENT, ""],
        right_names=["一种；示例装置", ""],
    )
    assert [(party.name, party.uscc) for party in pledge.pledgors] == [
        ("示例甲、乙联合公司", None),
        ("示例丙", CODE),
    ]
    assert [(right.number, right.name) for right in pledge.rights] == [(PATENT, "一种；示例装置")]


def test_that_an_organisation_code_stands_in_for_the_credit_code(setting: Setting) -> None:
    reading = _read(setting, uscc="799655058")
    assert reading.faults == ()
    assert reading.pledge is not None
    assert reading.pledge.pledgors[0].uscc == "79965505-8"


def test_that_a_company_with_a_valid_code_is_no_person(setting: Setting) -> None:
    pledge = _pledge(setting, pledgor="示例（个人）", uscc=CODE)
    assert not pledge.pledgors[0].is_person
    pledge = _pledge(setting, pledgor="示例（个人）", uscc="")
    assert pledge.pledgors[0].is_person


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        ("5,000.25", 500_025 * WAN // 100),
        ("1.2亿", 12_000 * WAN),
        (5000, 5000 * WAN),
        (329193.27550000004, 329193_275_500),
        ("５００万元", 500 * WAN),
    ],
)
def test_that_an_amount_is_read_exactly(setting: Setting, value: object, fen: int) -> None:
    assert _pledge(setting, secured_amount=value).secured_amount_fen == fen


@pytest.mark.parametrize("value", ["0", 0, 0.0, "—", "-", "/", "", None])
def test_that_other_amounts_may_be_none(setting: Setting, value: object) -> None:
    assert _pledge(setting, loan_amount=value).loan_amount_fen is None


def test_that_amounts_are_not_mixed(setting: Setting) -> None:
    pledge = _pledge(
        setting, secured_amount="", credit_amount=1, loan_amount=2, appraised_value=3, subsidy=4
    )
    assert (
        *(pledge.secured_amount_fen, pledge.credit_amount_fen, pledge.loan_amount_fen),
        *(pledge.appraised_value_fen, pledge.subsidy_fen),
    ) == (None, WAN, 2 * WAN, 3 * WAN, 4 * WAN)


@pytest.mark.parametrize(
    "value", [date(2019, 3, 5), datetime(2019, 3, 5), 20190305, "2019.3.5", 43529.0]
)
def test_that_a_date_may_be_a_cell_of_any_sort(setting: Setting, value: object) -> None:
    assert _pledge(setting, registered_on=value).registered_on == date(2019, 3, 5)


@pytest.mark.parametrize("value", [3917439, 3917439.0, "3917439", "第3917439号"])
def test_that_a_number_of_a_trademark_may_be_a_number(setting: Setting, value: object) -> None:
    pledge = _pledge(setting, kind="商标", rights=value)
    assert pledge.rights == (Right("3917439", RightKind.TRADEMARK, "一种示例装置"),)


def test_that_a_patent_stored_as_a_number_keeps_its_check_digit(setting: Setting) -> None:
    assert _pledge(setting, rights=201710601862.3).rights[0].number == PATENT


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@示例"])
def test_that_what_looks_like_a_formula_is_text(setting: Setting, text: str) -> None:
    pledge = _pledge(setting, pledgor=text, note=text)
    assert (pledge.pledgors[0].name, pledge.note) == (text, text)


@pytest.mark.parametrize(
    ("written", "size"),
    [("大型", Size.LARGE), ("中", Size.MEDIUM), ("小型企业", Size.SMALL), ("微型", Size.MICRO)],
)
def test_that_a_choice_has_several_words(setting: Setting, written: str, size: Size) -> None:
    assert _pledge(setting, size=written).pledgors[0].size is size


@pytest.mark.parametrize(
    ("written", "industry"),
    [
        ("C", Industry.MANUFACTURING),
        ("制造业", Industry.MANUFACTURING),
        ("C 制造业", Industry.MANUFACTURING),
        ("Ｃ制造业", Industry.MANUFACTURING),
        ("农、林、牧、渔业", Industry.AGRICULTURE),
        ("A农、林、牧、渔业", Industry.AGRICULTURE),
        ("信息传输、软件和信息技术服务业", Industry.INFORMATION),
        ("高科技", None),
        ("", None),
    ],
)
def test_that_an_industry_is_known_by_letter_or_name_and_never_guessed(
    setting: Setting, written: str, industry: Industry | None
) -> None:
    assert _pledge(setting, industry=written).pledgors[0].industry is industry


def test_that_every_section_of_industry_is_read_from_its_label(setting: Setting) -> None:
    assert [_pledge(setting, industry=one.label).pledgors[0].industry for one in Industry] == [
        *Industry
    ]


@pytest.mark.parametrize("written", ["C、I", "C；I", "C 制造业；I 信息传输、软件和信息技术服务业"])
def test_that_joint_pledgors_have_an_industry_each(setting: Setting, written: str) -> None:
    pledge = _pledge(setting, pledgor="甲公司；乙公司", uscc="", industry=written)
    assert [one.industry for one in pledge.pledgors] == [
        Industry.MANUFACTURING,
        Industry.INFORMATION,
    ]


def test_that_a_county_is_that_of_the_day(setting: Setting) -> None:
    before = _pledge(setting, registered_on="2021-04-08", county="下城")
    assert before.county == "330103"
    reading = _read(setting, registered_on="2021-04-09", county="下城")
    assert _fault(reading, "area_not_on_date").field == "county"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" 甲 ", "甲"),
        (3.0, "3"),
        (3.5, "3.5"),
        (["甲", "乙"], "甲；乙"),
        (date(2019, 3, 5), "2019-03-05"),
        (1e20, "1e+20"),
    ],
)
def test_that_a_cell_shows_what_it_holds(value: Any, text: str) -> None:
    assert text_of(value) == text


_ANY = (
    st.none() | st.text(max_size=12) | st.integers() | st.floats() | st.lists(st.text(), max_size=3)
)


@given(cells=st.dictionaries(st.sampled_from(sorted(BY_KEY)), _ANY))
def test_that_any_cells_are_read_or_told(divisions: Divisions, cells: dict[str, Any]) -> None:
    reading = read_registration(cells, Setting(divisions, make.TODAY, UNITS))
    assert (reading.pledge is None) == bool(reading.errors)
    assert all(fault.field in BY_KEY and fault.rule and fault.text for fault in reading.faults)


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
    for cells in (*rows, *rows):
        # Told apart by their words too: 1 is not True, nor 0.0 the same as -0.0.
        assert repr(remembering.read(cells)) == repr(Reader(setting).read(cells))


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
