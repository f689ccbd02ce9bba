"""Notices whose registration is not there yet, and what befalls a pledged patent."""

from dataclasses import replace
from datetime import date

import pytest

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.orphans import waiting
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.carrying_out import apply_orphans
from ipfinance.intake.notices.outcomes import Outcome
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.intake.notices.planning import plan_work_list
from tests.intake.notices_carried_out import (
    IN_HANGZHOU,
    NUMBER,
    PATENT,
    done,
    outcomes,
    registered,
    stored_as,
)
from tests.intake.notices_made import Told, cancelled, changed, established


def test_that_an_orphan_waits_once_and_is_applied_when_its_registration_arrives(
    store: Store, setting: Setting
) -> None:
    told = (cancelled(), changed())
    for _ in range(2):
        assert outcomes(done(store, setting, *told)) == [Outcome.ORPHAN] * 2
    assert len(waiting(store)) == 2
    assert outcomes(plan_work_list(store, setting).items) == [Outcome.ORPHAN] * 2
    registered(store)
    assert outcomes(plan_work_list(store, setting).items) == [Outcome.CLOSED, Outcome.CHANGED]
    apply_orphans(store, setting)
    assert waiting(store) == []
    assert stored_as(store).cancelled_on == date(2020, 12, 3)
    history.undo(store)
    assert len(waiting(store)) == 2
    assert stored_as(store).events == ()


def test_that_pasting_again_settles_what_waits(store: Store, setting: Setting) -> None:
    done(store, setting, cancelled())
    registered(store)
    assert outcomes(done(store, setting, cancelled())) == [Outcome.CLOSED]
    assert waiting(store) == []


def test_that_a_waiting_registration_gathers_its_patents(store: Store, setting: Setting) -> None:
    for number in ("ZL201920000017.5", "201810000028.3"):
        done(store, setting, established(专利号=[number]), choice=PlaceChoice())
    [orphan] = waiting(store)
    assert len(orphan.fields["rights"]) == 2
    plan = apply_orphans(store, setting, IN_HANGZHOU)
    assert outcomes(plan.items) == [Outcome.CREATED]
    assert stored_as(store).rights_count == 2


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
    registered(store)
    [item] = done(store, setting, told)
    assert item.outcome is Outcome.WARNING
    assert item.reg_nos == (NUMBER,)
    other = replace(told, fields={**told.fields, "专利号": ["201810000028.3"]})
    assert outcomes(done(store, setting, other)) == [Outcome.SAME]


def test_that_what_befalls_a_patent_after_its_pledge_is_none(
    store: Store, setting: Setting
) -> None:
    told = (established(), cancelled(), _other("专利权的转移", 登记生效日="2021-03-01"))
    assert outcomes(done(store, setting, *told))[2] is Outcome.SAME


def test_that_a_patent_in_two_live_pledges_is_told(store: Store, setting: Setting) -> None:
    registered(store, reg_no="Y2018330000001", registered_on=date(2018, 1, 5))
    [item] = done(store, setting, established())
    assert item.outcome is Outcome.CREATED
    assert any("Y2018330000001" in reason for reason in item.reasons)
