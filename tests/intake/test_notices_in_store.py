"""What notices do to the store: create, complete, change, close, wait, warn, and never twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.mergers import facts_of
from ipfinance.db.orphans import waiting
from ipfinance.db.party_names import Party, former_names
from ipfinance.db.pledges import count, get, with_reg_no
from ipfinance.db.registrar import cancel
from ipfinance.db.verification import verify
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Change, Event, EventKind, Kind, Pledge, Pledgee, Right
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.notices.carrying_out import apply_orphans, carry_out
from ipfinance.intake.notices.establishing import PLACE_NOTE
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.intake.notices.places import PlaceChoice, Places, Source
from ipfinance.intake.notices.planning import plan_notices, plan_work_list
from ipfinance.intake.notices.reading import read_notices
from tests import make
from tests.intake.notices_made import Told, cancelled, changed, established, written

NUMBER = "Y2019330000123"
IN_HANGZHOU = PlaceChoice(city="杭州", county="滨江区")
PATENT = "201920000017.5"


@pytest.fixture
def setting(divisions: Divisions) -> Setting:
    return Setting(divisions, make.TODAY)


def _plan(
    store: Store, setting: Setting, *told: Told, choice: PlaceChoice = IN_HANGZHOU
) -> NoticePlan:
    return plan_notices(read_notices("\n".join(map(written, told))), store, setting, choice)


def _done(
    store: Store, setting: Setting, *told: Told, choice: PlaceChoice = IN_HANGZHOU
) -> list[Planned]:
    plan = _plan(store, setting, *told, choice=choice)
    carry_out(plan, store)
    return list(plan.items)


def _outcomes(items: list[Planned] | tuple[Planned, ...]) -> list[Outcome]:
    return [item.outcome for item in items]


def _stored(store: Store, reg_no: str = NUMBER) -> Pledge:
    number = with_reg_no(store, Kind.PATENT, reg_no)
    assert number is not None
    return get(store, number)


def _registered(store: Store, **changes: object) -> Pledge:
    """A registration that fits the notices made here."""
    values: dict[str, object] = {
        "reg_no": NUMBER,
        "registered_on": date(2019, 11, 8),
        "pledgors": (make.pledgor("杭州示例甲科技有限公司"),),
        "pledgees": (make.pledgee("示例银行股份有限公司杭州滨江支行"),),
        "rights": (make.right(PATENT),),
        "term_start": None,
        "term_end": None,
    }
    [stored] = make.stored(store, make.pledge(**(values | changes)))
    return stored


def test_that_a_notice_creates_a_registration_without_an_amount(
    store: Store, setting: Setting
) -> None:
    [item] = _done(store, setting, established())
    assert item.outcome is Outcome.CREATED
    pledge = _stored(store)
    assert pledge.registered_on == date(2019, 11, 8)
    assert pledge.secured_amount_fen is None
    assert (pledge.city, pledge.county) == (make.HANGZHOU, make.BINJIANG)
    assert [pledgee.name for pledgee in pledge.pledgees] == ["示例银行股份有限公司杭州滨江支行"]
    assert [(right.number, right.name) for right in pledge.rights] == [(PATENT, "一种示例包装机")]


def test_that_the_same_notices_again_change_nothing(store: Store, setting: Setting) -> None:
    told = (established(), changed(), cancelled())
    assert _outcomes(_done(store, setting, *told)) == [
        Outcome.CREATED,
        Outcome.CHANGED,
        Outcome.CLOSED,
    ]
    before = make.dump(store)
    assert _outcomes(_done(store, setting, *told)) == [Outcome.SAME] * 3
    assert make.dump(store) == before


def test_that_a_registration_comes_first_in_whatever_order_it_was_pasted(
    store: Store, setting: Setting
) -> None:
    items = _done(store, setting, cancelled(), changed(), established())
    assert _outcomes(items) == [Outcome.CLOSED, Outcome.CHANGED, Outcome.CREATED]
    assert [event.kind for event in _stored(store).events] == [
        EventKind.CHANGE,
        EventKind.CANCELLATION,
    ]


def test_that_one_paste_is_one_act(store: Store, setting: Setting) -> None:
    before = make.dump(store, leaving_out=("act", "history", "sqlite_sequence"))
    _done(store, setting, established(), cancelled(), cancelled("Y2020330000001"))
    assert count(store) == 1
    assert len(waiting(store)) == 1
    assert history.undo(store).words == "执行公告：新增 1 项、注销 1 项、待办 1 项"
    assert make.dump(store, leaving_out=("act", "history", "sqlite_sequence")) == before
    history.redo(store)
    assert count(store) == 1
    assert len(waiting(store)) == 1


def test_that_a_place_that_the_notice_does_not_tell_is_not_guessed(
    store: Store, setting: Setting
) -> None:
    [item] = _done(store, setting, established(), choice=PlaceChoice())
    assert item.outcome is Outcome.ORPHAN
    assert "按企业名称可能在杭州市" in item.reasons[0]
    assert count(store) == 0
    assert [orphan.code for orphan in waiting(store)] == ["PE01"]


def test_that_a_known_enterprise_has_the_place_of_its_last_registration_by_that_day(
    store: Store, setting: Setting
) -> None:
    company = make.pledgor("杭州示例甲科技有限公司")
    moved = replace(company, county=make.XIHU)
    make.stored(
        store,
        make.pledge(pledgors=(company,), registered_on=date(2018, 1, 1)),
        make.pledge(pledgors=(moved,), registered_on=date(2019, 10, 1)),
        make.pledge(pledgors=(company,), registered_on=date(2021, 1, 1)),
    )
    [item] = _done(store, setting, established(), choice=PlaceChoice())
    assert item.outcome is Outcome.CREATED
    [pledgor] = _stored(store).pledgors
    assert (pledgor.city, pledgor.county) == (make.HANGZHOU, make.XIHU)
    assert pledgor.uscc == company.uscc


def test_that_a_county_whose_territory_changed_since_is_left_open(
    store: Store, setting: Setting
) -> None:
    company = make.pledgor("杭州示例甲科技有限公司", county=make.YUHANG)
    make.stored(store, make.pledge(pledgors=(company,), registered_on=date(2019, 1, 1)))
    told = established(登记生效日="2022-01-05")
    [item] = _done(store, setting, told, choice=PlaceChoice())
    assert item.outcome is Outcome.CREATED
    assert (_stored(store).city, _stored(store).county) == (make.HANGZHOU, None)
    assert "县（市、区）待补" in item.reasons[0]


def test_that_the_name_tells_the_place_only_when_allowed_and_is_noted(
    store: Store, setting: Setting
) -> None:
    told = established(出质人=["绍兴示例乙机械有限公司", "新昌示例丙轴承有限公司"])
    [item] = _done(store, setting, told, choice=PlaceChoice(from_names=True))
    assert item.outcome is Outcome.CREATED
    pledge = _stored(store)
    assert [(each.city, each.county) for each in pledge.pledgors] == [
        ("330600", None),
        ("330600", "330624"),
    ]
    assert pledge.note == PLACE_NOTE


@pytest.mark.parametrize(
    ("name", "city", "county"),
    [
        ("杭州滨江示例有限公司", "330100", None),  # 滨江 is a brand as well
        ("杭州市滨江区示例有限公司", "330100", "330108"),
        ("浙江新昌示例有限公司", "330600", "330624"),
        ("义乌市示例有限公司", "330700", "330782"),
    ],
)
def test_that_a_name_may_begin_with_its_place(
    store: Store, divisions: Divisions, name: str, city: str, county: str | None
) -> None:
    found = Places(store, divisions, PlaceChoice()).suggestion(name, date(2020, 1, 1))
    assert found is not None
    assert (found.city, found.county, found.source) == (city, county, Source.NAME)


@pytest.mark.parametrize(
    "name",
    [
        "杭州湾示例有限公司",
        "西湖示例有限公司",
        "浙江示例有限公司",
        "示例有限公司",
        "杭州某（自然人）",
    ],
)
def test_that_most_names_tell_no_place(store: Store, divisions: Divisions, name: str) -> None:
    assert Places(store, divisions, PlaceChoice()).suggestion(name, date(2020, 1, 1)) is None


def test_that_a_given_county_must_exist_on_the_day(store: Store, setting: Setting) -> None:
    told = established(登记生效日="2018-01-05")
    [item] = _done(store, setting, told, choice=PlaceChoice(county="龙港市"))
    assert item.outcome is Outcome.ORPHAN
    assert "2019-08-16 起设立" in item.reasons[0]


def test_that_missing_rights_and_lenders_are_completed(store: Store, setting: Setting) -> None:
    _registered(store, rights=(), pledgees=(), rights_declared=None)
    told = [established(专利号=[number]) for number in ("ZL201920000017.5", "201810000028.3")]
    [item] = _done(store, setting, *told)
    assert item.outcome is Outcome.COMPLETED
    pledge = _stored(store)
    assert [right.number for right in pledge.rights] == [PATENT, "201810000028.3"]
    assert [lender.name for lender in pledge.pledgees] == ["示例银行股份有限公司杭州滨江支行"]
    assert pledge.secured_amount_fen == 500 * WAN


def test_that_a_part_of_the_numbers_does_not_lower_the_declared_count(
    store: Store, setting: Setting
) -> None:
    _registered(store, rights=(), rights_declared=3)
    [item] = _done(store, setting, established())
    assert item.outcome is Outcome.WARNING
    assert "件数是 3" in item.does
    assert _stored(store).rights_count == 3


def test_that_a_registration_without_a_number_gets_it(store: Store, setting: Setting) -> None:
    _registered(store, reg_no=None)
    [item] = _done(store, setting, established())
    assert item.outcome is Outcome.COMPLETED
    assert "登记号" in item.does
    assert count(store) == 1
    assert _stored(store).secured_amount_fen == 500 * WAN


def test_that_two_registrations_without_a_number_are_not_mixed_up(
    store: Store, setting: Setting
) -> None:
    _registered(store, reg_no=None)
    _registered(store, reg_no=None)
    [item] = _done(store, setting, established())
    assert item.outcome is Outcome.WARNING
    assert count(store) == 2


@pytest.mark.parametrize(
    "told",
    [
        established(登记生效日="2019-11-09"),
        established(出质人=["另一家公司"], 专利号=["201810000028.3"]),
        established(登记生效日="2019-13-01"),
    ],
)
def test_that_a_notice_against_the_ledger_only_warns(
    store: Store, setting: Setting, told: Told
) -> None:
    before = _registered(store)
    [item] = _done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert _stored(store) == before


def test_that_a_change_is_recorded_with_its_words(store: Store, setting: Setting) -> None:
    _registered(store)
    [item] = _done(store, setting, changed())
    assert item.outcome is Outcome.CHANGED
    [event] = _stored(store).events
    assert event == Event(
        EventKind.CHANGE,
        date(2020, 6, 15),
        changes=(Change("质权人", "示例担保有限公司", "示例银行湖州分行"),),
    )
    assert _stored(store).pledgees[0].name == "示例银行股份有限公司杭州滨江支行"


@pytest.mark.parametrize(
    ("item", "after", "fen", "end"),
    [
        ("担保债权额", "800万元", 800 * WAN, None),
        ("债务履行期限", "2019年11月8日至2022年11月7日", None, date(2022, 11, 7)),
        ("债务履行期限", "20221107", None, date(2022, 11, 7)),
        ("担保债权额", "800", None, None),
        ("债务履行期限", "三年", None, None),
        ("质权人", "800万元担保公司", None, None),
    ],
)
def test_that_amount_and_term_count_from_the_day_of_the_change(
    store: Store, setting: Setting, item: str, after: str, fen: int | None, end: date | None
) -> None:
    _registered(store)
    [planned] = _done(store, setting, changed(item=item, before="原来的", after=after))
    assert planned.outcome is Outcome.CHANGED
    [event] = _stored(store).events
    assert (event.secured_amount_fen, event.term_end) == (fen, end)
    if item != "质权人" and fen is None and end is None:
        assert planned.reasons


def test_that_another_item_of_the_same_day_joins_the_change(store: Store, setting: Setting) -> None:
    _registered(store)
    _done(store, setting, changed())
    more = changed(item="担保债权额", before="500万元", after="800万元")
    assert _outcomes(_done(store, setting, more)) == [Outcome.CHANGED]
    [event] = _stored(store).events
    assert [change.item for change in event.changes] == ["质权人", "担保债权额"]
    assert event.secured_amount_fen == 800 * WAN
    assert _outcomes(_done(store, setting, changed(), more)) == [Outcome.SAME]


def test_that_a_cancellation_closes(store: Store, setting: Setting) -> None:
    _registered(store)
    told = cancelled(出质人="杭州示例甲科技股份有限公司")
    [item] = _done(store, setting, told)
    assert item.outcome is Outcome.CLOSED
    assert "出质人登记时是杭州示例甲科技有限公司" in item.reasons[0]
    assert _stored(store).cancelled_on == date(2020, 12, 3)


@pytest.mark.parametrize("told", [cancelled(day="2020-12-04"), changed(day="2021-01-01")])
def test_that_what_comes_after_another_end_only_warns(
    store: Store, setting: Setting, told: Told
) -> None:
    stored = _registered(store)
    assert stored.id is not None
    cancel(store, [stored.id], date(2020, 12, 1))
    [item] = _done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert "2020-12-01 注销" in item.does


@pytest.mark.parametrize("day", ["2019-11-07", "2031-01-01"])
def test_that_a_cancellation_on_an_impossible_day_only_warns(
    store: Store, setting: Setting, day: str
) -> None:
    before = _registered(store)
    [item] = _done(store, setting, cancelled(day=day))
    assert item.outcome is Outcome.WARNING
    assert item.reasons
    assert _stored(store) == before


def test_that_an_orphan_waits_once_and_is_applied_when_its_registration_arrives(
    store: Store, setting: Setting
) -> None:
    told = (cancelled(), changed())
    for _ in range(2):
        assert _outcomes(_done(store, setting, *told)) == [Outcome.ORPHAN] * 2
    assert len(waiting(store)) == 2
    assert _outcomes(plan_work_list(store, setting).items) == [Outcome.ORPHAN] * 2
    _registered(store)
    assert _outcomes(plan_work_list(store, setting).items) == [Outcome.CLOSED, Outcome.CHANGED]
    apply_orphans(store, setting)
    assert waiting(store) == []
    assert _stored(store).cancelled_on == date(2020, 12, 3)
    history.undo(store)
    assert len(waiting(store)) == 2
    assert _stored(store).events == ()


def test_that_pasting_again_settles_what_waits(store: Store, setting: Setting) -> None:
    _done(store, setting, cancelled())
    _registered(store)
    assert _outcomes(_done(store, setting, cancelled())) == [Outcome.CLOSED]
    assert waiting(store) == []


def test_that_a_waiting_registration_gathers_its_patents(store: Store, setting: Setting) -> None:
    for number in ("ZL201920000017.5", "201810000028.3"):
        _done(store, setting, established(专利号=[number]), choice=PlaceChoice())
    [orphan] = waiting(store)
    assert len(orphan.fields["rights"]) == 2
    plan = apply_orphans(store, setting, IN_HANGZHOU)
    assert _outcomes(plan.items) == [Outcome.CREATED]
    assert _stored(store).rights_count == 2


def _other(title: str, patent: str = PATENT, **fields: str) -> Told:
    return Told(title, {"专利号": [patent], **fields})


@pytest.mark.parametrize(
    "told",
    [
        _other("专利权的转移", 登记生效日="2020-03-01"),
        _other("未缴年费专利权终止", 终止日="2020-03-01"),
        _other("专利权全部无效", 决定日="2020-03-01"),
        _other("专利权的保全", 登记生效日="2020-03-01"),
    ],
)
def test_that_what_befalls_a_pledged_patent_is_a_warning(
    store: Store, setting: Setting, told: Told
) -> None:
    _registered(store)
    [item] = _done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert item.reg_nos == (NUMBER,)
    other = replace(told, fields={**told.fields, "专利号": ["201810000028.3"]})
    assert _outcomes(_done(store, setting, other)) == [Outcome.SAME]


def test_that_what_befalls_a_patent_after_its_pledge_is_none(
    store: Store, setting: Setting
) -> None:
    told = (established(), cancelled(), _other("专利权的转移", 登记生效日="2021-03-01"))
    assert _outcomes(_done(store, setting, *told))[2] is Outcome.SAME


def test_that_a_patent_in_two_live_pledges_is_told(store: Store, setting: Setting) -> None:
    _registered(store, reg_no="Y2018330000001", registered_on=date(2018, 1, 5))
    [item] = _done(store, setting, established())
    assert item.outcome is Outcome.CREATED
    assert any("Y2018330000001" in reason for reason in item.reasons)


def test_that_a_plan_that_grew_old_is_not_carried_out(store: Store, setting: Setting) -> None:
    plan = _plan(store, setting, established())
    _registered(store, reg_no="Y2018330000001")
    before = make.dump(store)
    with pytest.raises(UserError, match="预览之后"):
        carry_out(plan, store)
    assert make.dump(store) == before


def test_that_a_plan_writes_nothing_by_itself(store: Store, setting: Setting) -> None:
    before = make.dump(store)
    plan = _plan(store, setting, established(), cancelled("Y2020330000001"))
    assert plan.to_write == 1
    assert make.dump(store) == before


def test_that_a_pledgor_the_ledger_lacks_is_told_not_added(store: Store, setting: Setting) -> None:
    _registered(store, rights=(Right(PATENT, make.right().kind, "一种示例包装机"),))
    told = established(出质人=["杭州示例甲科技有限公司", "绍兴示例乙机械有限公司"])
    [item] = _done(store, setting, told)
    assert item.outcome is Outcome.SAME
    assert "绍兴示例乙机械有限公司" in item.reasons[0]


def test_that_a_lender_spelt_otherwise_is_the_same(store: Store, setting: Setting) -> None:
    _registered(
        store,
        pledgees=(Pledgee("示例银行股份有限公司(杭州滨江支行)"),),
        rights=(Right(PATENT, make.right().kind, "一种示例包装机"),),
    )
    told = established(质权人=["示例银行股份有限公司（杭州滨江支行）"])
    assert _outcomes(_done(store, setting, told)) == [Outcome.SAME]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_that_no_mutated_paste_is_written_in_part(
    store: Store, setting: Setting, data: st.DataObject
) -> None:
    told = (established(), changed(), cancelled(), established("Y2020330000777"))
    letters = list("\n".join(map(written, told)))
    for _ in range(data.draw(st.integers(0, 12))):
        at = data.draw(st.integers(0, len(letters) - 1))
        letters[at] = data.draw(st.sampled_from(["", ";", "：", "\n", "9", "专利号:", "（", "。"]))
    choice = data.draw(st.sampled_from([IN_HANGZHOU, PlaceChoice(), PlaceChoice(from_names=True)]))
    plan = plan_notices(read_notices("".join(letters)), store, setting, choice)
    carry_out(plan, store)
    again = plan_notices(read_notices("".join(letters)), store, setting, choice)
    assert not again.changes_anything
    assert verify(store) == []
    while history.undoable(store):
        history.undo(store)
    assert count(store) == 0
    assert waiting(store) == []


def test_that_a_published_change_of_name_is_todays_name_and_keeps_the_former(
    store: Store, setting: Setting
) -> None:
    before = _registered(store).pledgors[0]
    assert before.enterprise is not None
    [item] = _done(store, setting, changed("出质人名称", before.name, "杭州示例新名有限公司"))
    assert item.outcome is Outcome.CHANGED
    facts = facts_of(store, Party.ENTERPRISE, before.enterprise)
    assert facts.name == "杭州示例新名有限公司"
    names = former_names(store, Party.ENTERPRISE, before.enterprise)
    assert [each.name for each in names] == [before.name]
    assert _stored(store).pledgors[0].name == before.name  # as registered
