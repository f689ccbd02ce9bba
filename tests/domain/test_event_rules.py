"""An event must fit the registration and what happened to it already."""

from datetime import date, timedelta

import pytest

from ipfinance.domain.event_rules import check_event, may_end_from
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import TRANSFER, Change, Event, EventKind, Pledge
from tests import make

LIVE = make.pledge()  # registered on 2019-03-05, due on 2022-02-28
ENDED = make.pledge(events=(make.event(id=1),))  # cancelled on 2020-12-31
CHANGED = make.pledge(
    events=(make.event(EventKind.CHANGE, changes=(make.change(),), happened_on=date(2020, 5, 6)),)
)
K = EventKind


def transfer(after: str) -> Event:
    change = Change(TRANSFER, make.pledgee().name, after)
    return Event(K.CHANGE, date(2020, 1, 1), changes=(change,))


@pytest.mark.parametrize(
    ("pledge", "event", "field", "words"),
    [
        (LIVE, Event(K.REVOCATION, date(2019, 3, 4)), "happened_on", "不能早于登记日期 2019-03-05"),
        (LIVE, Event(K.REVOCATION, date(2026, 11, 24)), "happened_on", "晚于今天 2026-11-23"),
        (ENDED, Event(K.REVOCATION, date(2021, 1, 1)), "happened_on", "已于 2020-12-31 注销"),
        (ENDED, Event(K.CANCELLATION, date(2020, 1, 1)), "happened_on", "已于 2020-12-31 注销"),
        (
            ENDED,
            Event(K.CHANGE, date(2021, 1, 1), WAN),
            "happened_on",
            "变更日期 2021-01-01 不能晚于注销日期 2020-12-31",
        ),
        (
            CHANGED,
            Event(K.CANCELLATION, date(2020, 5, 5)),
            "happened_on",
            "不能早于已有的变更 2020-05-06",
        ),
        (LIVE, Event(K.EXTENSION, date(2020, 1, 1)), "term_end", "请填写延期后的债务履行期限止"),
        (
            LIVE,
            Event(K.EXTENSION, date(2020, 1, 1), term_end=date(2022, 2, 28)),
            "term_end",
            "应晚于现在的 2022-02-28",
        ),
        (
            make.pledge(term_start=None, term_end=None),
            Event(K.EXTENSION, date(2020, 1, 1), term_end=date(2019, 1, 1)),
            "term_end",
            "不能早于登记日期",
        ),
        (LIVE, Event(K.CHANGE, date(2020, 1, 1)), "changes", "没有写明变更了什么"),
        (
            LIVE,
            Event(K.CHANGE, date(2020, 1, 1), changes=(Change("", "甲", "乙"),)),
            "changes",
            "没有写明变更事项",
        ),
        (
            LIVE,
            Event(K.CHANGE, date(2020, 1, 1), changes=(Change("出质人名称", "甲", "甲"),)),
            "changes",
            "变更前后相同",
        ),
        (
            LIVE,
            Event(K.CHANGE, date(2020, 1, 1), term_end=date(2019, 1, 1)),
            "term_end",
            "不能早于债务履行期限起 2019-03-01",
        ),
        (LIVE, transfer(""), "transferee", "请填写受让人"),
        (LIVE, transfer(make.pledgee().name), "transferee", "受让人就是现在的质权人"),
    ],
)
def test_that_what_does_not_fit_is_told_at_its_field(
    pledge: Pledge, event: Event, field: str, words: str
) -> None:
    [fault] = check_event(pledge, event, make.TODAY)
    assert fault.field == field
    assert words in fault.text
    assert fault.is_error


@pytest.mark.parametrize(
    ("pledge", "event"),
    [
        (LIVE, Event(K.CANCELLATION, date(2019, 3, 5))),
        (LIVE, Event(K.CHANGE, date(2026, 11, 23), secured_amount_fen=WAN)),
        (LIVE, Event(K.EXTENSION, date(2023, 1, 1), term_end=date(2022, 3, 1))),
        (LIVE, transfer("示例资产管理公司")),
        (ENDED, Event(K.CHANGE, date(2020, 12, 31), WAN)),
        # One that is corrected does not stand in its own way.
        (ENDED, Event(K.CANCELLATION, date(2020, 11, 30), id=1)),
    ],
)
def test_that_what_fits_is_not_complained_of(pledge: Pledge, event: Event) -> None:
    assert check_event(pledge, event, make.TODAY) == []


def test_that_the_latest_transfer_and_amount_known_by_a_day_hold() -> None:
    first = transfer("示例资产管理公司")
    amount = Event(K.CHANGE, date(2021, 1, 1), secured_amount_fen=3 * WAN)
    pledge = make.pledge(events=(amount, first))
    assert pledge.pledgees_on(date(2019, 12, 31)) == (make.pledgee().name,)
    assert pledge.pledgees_on(date(2020, 1, 1)) == ("示例资产管理公司",)
    assert pledge.amount_on(date(2020, 12, 31)) == 500 * WAN
    assert pledge.amount_on(date(2021, 1, 1)) == 3 * WAN
    assert (first.label, amount.label) == ("债权转让", "变更")


def test_that_the_first_day_of_an_ending_is_the_one_from_which_no_rule_is_broken() -> None:
    several = make.pledge(
        events=tuple(
            make.event(K.CHANGE, changes=(make.change(),), happened_on=day)
            for day in (date(2021, 6, 7), date(2020, 1, 2))
        )
    )
    for pledge in (LIVE, CHANGED, several):
        first = may_end_from(pledge)
        for days in range(-400, 400, 7):
            day = first + timedelta(days=days)
            found = check_event(pledge, Event(K.CANCELLATION, day), make.TODAY)
            assert bool(found) is (day < first)
        assert not check_event(pledge, Event(K.CANCELLATION, first), make.TODAY)
