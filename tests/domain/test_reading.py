"""From what people write to a registration, field by field."""

from datetime import date, datetime
from typing import Any

import pytest

from ipfinance.domain.cells import text_of
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN
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
from ipfinance.domain.reading import Setting, read_registration
from tests import make
from tests.domain.cells_read import CODE, PATENT, only_fault, pledge_read, read_cells


def test_that_sound_cells_make_a_registration_without_faults(setting: Setting) -> None:
    reading = read_cells(setting, credit_amount="400", note=" 备注 ", cancelled_on="2020年5月6日")
    assert reading.faults == ()
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
    assert pledge_read(setting, kind=written).kind is kind


def test_that_parties_are_split_and_stay_in_order(setting: Setting) -> None:
    pledge = pledge_read(
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
    pledge = pledge_read(setting, pledgor="示例甲；示例乙", uscc="")
    assert {(party.city, party.county) for party in pledge.pledgors} == {
        (make.HANGZHOU, make.BINJIANG)
    }


def test_that_words_in_place_of_a_number_leave_the_count_to_its_own_column(
    setting: Setting,
) -> None:
    reading = read_cells(setting, rights="详见附件", right_names="", rights_count="5")
    assert reading.pledge is not None
    assert (reading.pledge.rights, reading.pledge.rights_count) == ((), 5)


def test_that_a_code_of_nothing_visible_is_none(setting: Setting) -> None:
    reading = read_cells(setting, uscc="\u200b")
    assert reading.pledge is not None
    assert reading.pledge.pledgors[0].uscc is None


def test_that_a_form_may_hand_over_the_parts(setting: Setting) -> None:
    pledge = pledge_read(
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
    reading = read_cells(setting, uscc="799655058")
    assert reading.faults == ()
    assert reading.pledge is not None
    assert reading.pledge.pledgors[0].uscc == "79965505-8"


def test_that_a_company_with_a_valid_code_is_no_person(setting: Setting) -> None:
    pledge = pledge_read(setting, pledgor="示例（个人）", uscc=CODE)
    assert not pledge.pledgors[0].is_person
    pledge = pledge_read(setting, pledgor="示例（个人）", uscc="")
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
    assert pledge_read(setting, secured_amount=value).secured_amount_fen == fen


@pytest.mark.parametrize("value", ["0", 0, 0.0, "—", "-", "/", "", None])
def test_that_other_amounts_may_be_none(setting: Setting, value: object) -> None:
    assert pledge_read(setting, loan_amount=value).loan_amount_fen is None


def test_that_amounts_are_not_mixed(setting: Setting) -> None:
    pledge = pledge_read(
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
    assert pledge_read(setting, registered_on=value).registered_on == date(2019, 3, 5)


@pytest.mark.parametrize("value", [3917439, 3917439.0, "3917439", "第3917439号"])
def test_that_a_number_of_a_trademark_may_be_a_number(setting: Setting, value: object) -> None:
    pledge = pledge_read(setting, kind="商标", rights=value)
    assert pledge.rights == (Right("3917439", RightKind.TRADEMARK, "一种示例装置"),)


def test_that_a_patent_stored_as_a_number_keeps_its_check_digit(setting: Setting) -> None:
    assert pledge_read(setting, rights=201710601862.3).rights[0].number == PATENT


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@示例"])
def test_that_what_looks_like_a_formula_is_text(setting: Setting, text: str) -> None:
    pledge = pledge_read(setting, pledgor=text, note=text)
    assert (pledge.pledgors[0].name, pledge.note) == (text, text)


@pytest.mark.parametrize(
    ("written", "size"),
    [("大型", Size.LARGE), ("中", Size.MEDIUM), ("小型企业", Size.SMALL), ("微型", Size.MICRO)],
)
def test_that_a_choice_has_several_words(setting: Setting, written: str, size: Size) -> None:
    assert pledge_read(setting, size=written).pledgors[0].size is size


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
    assert pledge_read(setting, industry=written).pledgors[0].industry is industry


def test_that_every_section_of_industry_is_read_from_its_label(setting: Setting) -> None:
    assert [pledge_read(setting, industry=one.label).pledgors[0].industry for one in Industry] == [
        *Industry
    ]


@pytest.mark.parametrize("written", ["C、I", "C；I", "C 制造业；I 信息传输、软件和信息技术服务业"])
def test_that_joint_pledgors_have_an_industry_each(setting: Setting, written: str) -> None:
    pledge = pledge_read(setting, pledgor="甲公司；乙公司", uscc="", industry=written)
    assert [one.industry for one in pledge.pledgors] == [
        Industry.MANUFACTURING,
        Industry.INFORMATION,
    ]


def test_that_a_county_is_that_of_the_day(setting: Setting) -> None:
    before = pledge_read(setting, registered_on="2021-04-08", county="下城")
    assert before.county == "330103"
    reading = read_cells(setting, registered_on="2021-04-09", county="下城")
    assert only_fault(reading, "area_not_on_date").field == "county"


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
