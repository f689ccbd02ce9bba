"""Whatever is pasted: nothing of it is dropped, nothing told twice, nothing waited for."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ipfinance.intake.notices.events import events_of
from ipfinance.intake.notices.reading import read_notices
from tests.intake.notices_made import (
    GAZETTE,
    PC,
    PE,
    PM,
    TABLE_HEAD,
    TABLE_ROWS,
    dropped,
    established,
    table,
    written,
)

_PIECES = st.one_of(
    st.sampled_from(
        [line["raw_text"] for line in GAZETTE]
        + [table(TABLE_HEAD, *TABLE_ROWS), "登记号\t解除日\t出质人\n", "\t"]
        + [PE, PM, PC, "专利号:", "登记号：", "变更前:", "变更后:", "出质人：", "IPC(主分类):"]
        + ["ZL201920000017.5", "20191108", "&nbsp;", "；", "、", "(", "）", "\n", "\ufeff", "㈱"]
    ),
    st.text(max_size=12),
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_that_nothing_is_dropped_from_any_text(text: str) -> None:
    pasted = read_notices(text)
    assert dropped(pasted) == ""
    for passage in pasted.unread:
        assert text[passage.start : passage.end] == passage.text
    events_of(pasted)


@given(st.sampled_from(GAZETTE), st.data())
def test_that_a_mutated_notice_is_read_or_given_back(
    line: dict[str, Any], data: st.DataObject
) -> None:
    letters = list(line["raw_text"])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(letters) - 1))
        letters[at] = data.draw(st.one_of(st.just(""), st.characters(), st.just(letters[at] * 2)))
    pasted = read_notices("".join(letters))
    assert dropped(pasted) == ""
    for notice in pasted.notices:
        for field in notice.fields:
            assert 0 <= field.begin <= field.start <= field.end <= len(pasted.text)


def test_that_a_long_text_is_read_in_good_time() -> None:
    text = "\n".join(written(established(f"Y201933{n:07d}")) for n in range(3000))
    assert len(read_notices(text).notices) == 3000
    assert len(read_notices("登记号:" * 50_000).unread) == 1
    assert read_notices("专利权质押合同登记的" * 20_000).notices == ()
    for value in ("甲," * 60_000, "(" * 60_000, " " * 60_000, "2019 " * 60_000):
        assert len(read_notices(f"{PE}出质人:{value};专利号:{value}").notices) == 1


def test_that_a_notice_pasted_into_itself_says_everything_once() -> None:
    fields = "变更事项:质权人;变更前:甲银行;变更后:乙银行;"
    [notice] = read_notices(
        f"{PM}登记号:2016330;变更日:20220915;{fields}登记号:2016330;{fields}"
    ).notices
    assert len(notice.changes) == len(notice.remarks) == 1
