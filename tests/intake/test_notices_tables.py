"""Notices read from rows of a register and from tables."""

from datetime import date

import pytest

from ipfinance.intake.notices.reading import read_notices
from ipfinance.intake.notices.words import Code
from tests.intake.notices_made import (
    PE,
    TABLE_HEAD,
    TABLE_ROWS,
    dropped,
    established,
    table,
    written,
)


def test_that_rows_of_a_register_are_read() -> None:
    one, other = written(established()), written(established("Y2019330000456"))
    rows = [f"2019.11.{day}\t{PE}\t{text}" for day, text in (("26", one), ("29", other))]
    pasted = read_notices("公告日\t法律状态\t法律状态信息\n" + "\n".join(rows))
    assert [notice.reg_no for notice in pasted.notices] == ["Y2019330000123", "Y2019330000456"]
    assert [passage.text for passage in pasted.unread] == ["公告日\t法律状态\t法律状态信息"]
    assert [notice.happened_on for notice in pasted.notices] == [date(2019, 11, 8)] * 2


def test_that_a_table_with_a_header_is_read_by_its_labels() -> None:
    text = f"公开的质押登记\n{table(TABLE_HEAD, *TABLE_ROWS)}\n\n来源：登记簿"
    pasted = read_notices(text)
    first = (("甲公司",), ("201920000017.5",))
    second = (("乙公司", "丙公司"), ("201810000028.3",))
    assert [(n.code, n.reg_no, n.happened_on, n.pledgors, n.rights) for n in pasted.notices] == [
        (Code.ESTABLISHED, "Y2019330000123", date(2019, 11, 8), *first),
        (Code.ESTABLISHED, "Y2019330000456", date(2019, 11, 9), *second),
        (Code.CANCELLED, "Y2019330000456", date(2020, 1, 2), *second),
    ]
    assert [notice.faults for notice in pasted.notices] == [()] * 3
    assert [passage.text for passage in pasted.unread] == ["公开的质押登记", "来源：登记簿"]
    assert dropped(pasted) == ""
    for notice in pasted.notices:
        for field in notice.fields:
            assert field.text in text[field.start : field.end]


@pytest.mark.parametrize(
    ("event", "day", "code"),
    [
        (PE, "登记生效日", Code.ESTABLISHED),
        ("PM01", "变更日", Code.CHANGED),
        ("质押解除", "解除日", Code.CANCELLED),
        ("专利权的转移", "登记生效日", Code.TRANSFERRED),
        ("专利权全部无效", "决定日", Code.INVALIDATED),
    ],
)
def test_that_a_table_may_name_its_events(event: str, day: str, code: Code) -> None:
    head = ("法律状态公告日", "法律状态", "登记号", day, "专利号", "出质人")
    row = ("2022.09.27", event, "Y2021980012345", "20220915", "201920000017.5", "甲公司")
    [notice] = read_notices(table(head, row)).notices
    assert (notice.code, notice.happened_on) == (code, date(2022, 9, 15))
    assert notice.rights == ("201920000017.5",)


def test_that_a_row_that_tells_no_event_is_given_back() -> None:
    pasted = read_notices(table(TABLE_HEAD, TABLE_ROWS[0], ("合计", "", "2 件")))
    assert len(pasted.notices) == 1
    assert [passage.text for passage in pasted.unread] == ["合计\t\t2 件"]


def test_that_notices_before_and_after_a_table_are_their_own() -> None:
    one, other = written(established()), written(established("Y2019330000888"))
    pasted = read_notices(f"{one}\n{table(TABLE_HEAD, TABLE_ROWS[1])}\n{other}")
    assert [notice.reg_no for notice in pasted.notices] == [
        *("Y2019330000123", "Y2019330000456", "Y2019330000456", "Y2019330000888"),
    ]
    assert pasted.unread == ()
