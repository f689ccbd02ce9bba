"""What notices do to the store: create, complete, warn, as one act, and never twice."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.orphans import waiting
from ipfinance.db.pledges import count
from ipfinance.db.verification import verify
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.notices.carrying_out import carry_out
from ipfinance.intake.notices.outcomes import Outcome
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_notices
from ipfinance.intake.notices.reading import read_notices
from tests import make
from tests.intake.notices_carried_out import (
    IN_HANGZHOU,
    PATENT,
    done,
    outcomes,
    plan_of,
    registered,
    stored_as,
)
from tests.intake.notices_made import Told, cancelled, changed, established, written


def test_that_a_notice_creates_a_registration_without_an_amount(
    store: Store, setting: Setting
) -> None:
    [item] = done(store, setting, established())
    assert item.outcome is Outcome.CREATED
    pledge = stored_as(store)
    assert pledge.registered_on == date(2019, 11, 8)
    assert pledge.secured_amount_fen is None
    assert (pledge.city, pledge.county) == (make.HANGZHOU, make.BINJIANG)
    assert [pledgee.name for pledgee in pledge.pledgees] == ["示例银行股份有限公司杭州滨江支行"]
    assert [(right.number, right.name) for right in pledge.rights] == [(PATENT, "一种示例包装机")]


def test_that_the_same_notices_again_change_nothing(store: Store, setting: Setting) -> None:
    told = (established(), changed(), cancelled())
    assert outcomes(done(store, setting, *told)) == [
        Outcome.CREATED,
        Outcome.CHANGED,
        Outcome.CLOSED,
    ]
    before = make.dump(store)
    assert outcomes(done(store, setting, *told)) == [Outcome.SAME] * 3
    assert make.dump(store) == before


def test_that_a_registration_comes_first_in_whatever_order_it_was_pasted(
    store: Store, setting: Setting
) -> None:
    items = done(store, setting, cancelled(), changed(), established())
    assert outcomes(items) == [Outcome.CLOSED, Outcome.CHANGED, Outcome.CREATED]
    assert [event.kind for event in stored_as(store).events] == [
        EventKind.CHANGE,
        EventKind.CANCELLATION,
    ]


def test_that_one_paste_is_one_act(store: Store, setting: Setting) -> None:
    before = make.dump(store, leaving_out=("act", "history", "sqlite_sequence"))
    done(store, setting, established(), cancelled(), cancelled("Y2020330000001"))
    assert count(store) == 1
    assert len(waiting(store)) == 1
    assert history.undo(store).words == "执行公告：新增 1 项、注销 1 项、待办 1 项"
    assert make.dump(store, leaving_out=("act", "history", "sqlite_sequence")) == before
    history.redo(store)
    assert count(store) == 1
    assert len(waiting(store)) == 1


def test_that_missing_rights_and_lenders_are_completed(store: Store, setting: Setting) -> None:
    registered(store, rights=(), pledgees=(), rights_declared=None)
    told = [established(专利号=[number]) for number in ("ZL201920000017.5", "201810000028.3")]
    [item] = done(store, setting, *told)
    assert item.outcome is Outcome.COMPLETED
    pledge = stored_as(store)
    assert [right.number for right in pledge.rights] == [PATENT, "201810000028.3"]
    assert [lender.name for lender in pledge.pledgees] == ["示例银行股份有限公司杭州滨江支行"]
    assert pledge.secured_amount_fen == 500 * WAN


def test_that_a_part_of_the_numbers_does_not_lower_the_declared_count(
    store: Store, setting: Setting
) -> None:
    registered(store, rights=(), rights_declared=3)
    [item] = done(store, setting, established())
    assert item.outcome is Outcome.WARNING
    assert "件数是 3" in item.does
    assert stored_as(store).rights_count == 3


@pytest.mark.parametrize("in_doubt", [None, "Y2019330000999"])
def test_that_a_registration_without_a_number_gets_it(
    store: Store, setting: Setting, in_doubt: str | None
) -> None:
    registered(store, reg_no=None, reg_no_in_doubt=in_doubt)
    [item] = done(store, setting, established())
    assert item.outcome is Outcome.COMPLETED
    assert "登记号" in item.does
    assert count(store) == 1
    assert stored_as(store).secured_amount_fen == 500 * WAN
    assert stored_as(store).reg_no_in_doubt is None


def test_that_two_registrations_without_a_number_are_not_mixed_up(
    store: Store, setting: Setting
) -> None:
    registered(store, reg_no=None)
    registered(store, reg_no=None)
    [item] = done(store, setting, established())
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
    before = registered(store)
    [item] = done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert stored_as(store) == before


def test_that_a_plan_that_grew_old_is_not_carried_out(store: Store, setting: Setting) -> None:
    plan = plan_of(store, setting, established())
    registered(store, reg_no="Y2018330000001")
    before = make.dump(store)
    with pytest.raises(UserError, match="预览之后"):
        carry_out(plan, store)
    assert make.dump(store) == before


def test_that_a_plan_writes_nothing_by_itself(store: Store, setting: Setting) -> None:
    before = make.dump(store)
    plan = plan_of(store, setting, established(), cancelled("Y2020330000001"))
    assert plan.to_write == 1
    assert make.dump(store) == before


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
