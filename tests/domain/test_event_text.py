"""Events of a registration as lines of text, and read back from them."""

from datetime import date

import pytest

from ipfinance.domain.event_text import read_events, write_events
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Change, Event, EventKind

CHANGED = Event(
    EventKind.CHANGE,
    date(2020, 6, 15),
    secured_amount_fen=300 * WAN,
    term_end=date(2022, 12, 31),
    changes=(Change("质权人", "甲「银行」", '乙"银行"；\n分行'),),
    note="依申请",
)


def test_that_events_come_back_as_they_were() -> None:
    events = (CHANGED, Event(EventKind.REVOCATION, date(2021, 5, 6)))
    assert read_events(write_events(events)) == (events, ())


def test_that_a_line_reads_like_a_sentence() -> None:
    bare = Event(
        EventKind.EXTENSION, date(2020, 1, 2), term_end=date(2023, 1, 1), secured_amount_fen=100
    )
    assert (
        write_events([bare]) == "2020-01-02 延期：担保债权额 0.0001 万元；债务履行期限止 2023-01-01"
    )


def test_that_a_cancellation_that_says_nothing_else_has_its_own_column() -> None:
    day = date(2020, 12, 31)
    assert write_events([Event(EventKind.CANCELLATION, day)], day) == ""
    assert write_events([Event(EventKind.CANCELLATION, day, note="提前还款")], day) != ""


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2020年6月15日 撤销", EventKind.REVOCATION),
        ("2020/6/15不予登记", EventKind.REFUSAL),
        ("2020.6.15 撤回：", EventKind.WITHDRAWAL),
        ("20200615 失效", EventKind.LAPSE),
    ],
)
def test_that_an_event_may_be_typed_by_hand(written: str, kind: EventKind) -> None:
    assert read_events(f" {written}\n\n") == ((Event(kind, date(2020, 6, 15)),), ())


@pytest.mark.parametrize(
    ("written", "rule", "is_error"),
    [
        ("2020年变更过质权人", "event_not_read", False),
        ("2020-06-15 变更：质权人换了", "event_not_read", False),
        ('2020-06-15 变更：备注 "\\x"', "event_not_read", False),
        ("2020-02-30 撤销", "date_impossible", True),
        ("2020-6 撤销", "date_incomplete", True),
        ("2020-06-15 变更：担保债权额 300", "amount_unit_missing", True),
        ("2020-06-15 延期：债务履行期限止 2022年", "date_incomplete", True),
    ],
)
def test_that_what_cannot_be_read_is_told(written: str, rule: str, is_error: bool) -> None:
    events, [fault] = read_events(written)
    assert (events, fault.rule, fault.is_error) == ((), rule, is_error)
    assert fault.value == written
