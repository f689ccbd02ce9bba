"""Notices read by label from pasted text, whatever their layout; what is no notice is unread."""

import itertools
from datetime import date
from typing import Any

import pytest

from ipfinance.domain.pledge import Change
from ipfinance.intake.notices.events import events_of
from ipfinance.intake.notices.reading import read_notices
from ipfinance.intake.notices.words import Code
from tests.intake.notices_made import (
    GAZETTE,
    PC,
    PE,
    PM,
    Layout,
    Told,
    established,
    only_notice,
    texts_of,
    written,
)


@pytest.mark.parametrize("line", GAZETTE, ids=lambda line: line["fields"]["登记号"])
def test_that_each_known_layout_gives_its_fields(line: dict[str, Any]) -> None:
    notice = only_notice(line["raw_text"])
    fields = line["fields"]
    assert notice.code == fields["event"]
    assert notice.reg_no == fields["登记号"]
    days = [fields[label] for label in ("登记生效日", "变更日", "解除日") if label in fields]
    assert [str(notice.happened_on)] == days
    assert list(notice.rights) == ([fields["专利号"]] if "专利号" in fields else [])
    for label, names in (("出质人", notice.pledgors), ("质权人", notice.pledgees)):
        if label in fields:
            assert list(names) == fields[label]
    if "IPC" in fields:
        assert texts_of(notice, "ipc") == [fields["IPC"]]
    if "授权公告日" in fields:
        assert texts_of(notice, "granted_on") == [fields["授权公告日"].replace("-", "")]
    assert [[c.item, c.before, c.after] for c in notice.changes] == fields.get("changes", [])
    assert notice.faults == ()


def test_that_all_known_layouts_are_read_from_one_paste() -> None:
    for between in ("\n", "\n\n", "", "；", "\t", "&nbsp;"):
        pasted = read_notices(between.join(line["raw_text"] for line in GAZETTE))
        assert [notice.code for notice in pasted.notices] == [
            line["fields"]["event"] for line in GAZETTE
        ]
        assert pasted.unread == ()


LAYOUTS = [
    Layout(*parts)
    for parts in itertools.product(
        (";", "；", ",", "\n", "\t", "&nbsp;", "; ", "<br>", "\r\n"),
        (":", "：", " : "),
        ("{0:04}{1:02}{2:02}", "{0:04}.{1:02}.{2:02}", "{0:04}-{1:02}-{2:02}", "{0}年{1}月{2}日"),
        (";", "；", "、"),
        ("", "。", ";"),
        (False, True),
        (True, False),
    )
]


def test_that_every_layout_gives_the_same_fields() -> None:
    told = established(
        专利号=["ZL201920000017.5", "201810000028.3"],
        出质人=["绍兴示例乙机械有限公司", "示例（浙江、上海）轴承有限公司"],
    )
    assert len(LAYOUTS) > 1000
    for layout in LAYOUTS:
        notice = only_notice(written(told, layout))
        assert notice.faults == (), layout
        assert notice.code is Code.ESTABLISHED, layout
        assert notice.reg_no == "Y2019330000123", layout
        assert notice.happened_on == date(2019, 11, 8), layout
        assert notice.rights == ("201920000017.5", "201810000028.3"), layout
        assert notice.pledgors == (
            "绍兴示例乙机械有限公司",
            "示例（浙江、上海）轴承有限公司",
        ), layout
        assert notice.pledgees == ("示例银行股份有限公司杭州滨江支行",), layout
        assert notice.names == ("一种示例包装机",), layout
        assert texts_of(notice, "ipc") == ["B65B 1/04"], layout


def test_that_full_width_digits_and_blanks_inside_labels_are_read() -> None:
    text = written(established(), Layout(separator="；", spaced=True)).translate(
        {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
    )
    notice = only_notice(text)
    assert notice.reg_no == "Y2019330000123"
    assert notice.happened_on == date(2019, 11, 8)
    assert notice.pledgors == ("杭州示例甲科技有限公司",)


@pytest.mark.parametrize("label", ["发明名称", "实用新型名称", "使用外观设计的产品名称"])
def test_that_every_kind_of_patent_has_its_name(label: str) -> None:
    notice = only_notice(
        f"{PE};登记号:Y2019330000123;登记生效日:20191108;出质人:甲公司;{label}:一种示例"
    )
    assert notice.names == ("一种示例",)


def test_that_each_field_knows_its_place_in_the_text() -> None:
    text = "公告&nbsp;如下\n" + written(established(), Layout(separator="；"))
    [notice] = read_notices(text).notices
    for field in notice.fields:
        assert text[field.start : field.end].split() == field.text.split()
        assert text[field.begin :].startswith(field.label)


def test_that_several_changes_are_told_apart() -> None:
    notice = only_notice(
        f"{PM};登记号:Y2021980012345;变更日:20220915;变更事项:质权人;变更前:甲担保;变更后:乙银行;"
        "变更事项:担保债权额;变更前:500万元;变更后:800万元;"
    )
    assert notice.changes == (
        Change("质权人", "甲担保", "乙银行"),
        Change("担保债权额", "500万元", "800万元"),
    )


def test_that_changes_may_be_labelled_with_the_holder() -> None:
    notice = only_notice(
        f"{PM};登记号:Y2021980012345;变更日:20220915;变更前权利人:出质人:甲;变更后权利人:出质人:乙"
    )
    assert notice.changes == (Change("权利人", "出质人:甲", "出质人:乙"),)
    assert notice.pledgors == ()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("专利申请权、专利权的转移", Code.TRANSFERRED),
        ("专利权的转移", Code.TRANSFERRED),
        ("未缴年费专利权终止", Code.LAPSED),
        ("专利权的终止", Code.LAPSED),
        ("专利权有效期届满", Code.EXPIRED),
        ("专利权全部无效", Code.INVALIDATED),
        ("专利权部分无效宣告", Code.INVALIDATED),
        ("专利权的保全", Code.PRESERVED),
        ("专利权保全的解除", Code.RELEASED),
        ("PE01 专利权质押登记的生效", Code.ESTABLISHED),
        ("（3）专利权质押合同登记的注销(PC01)", Code.CANCELLED),
        ("12、专利权质押的变更", Code.CHANGED),
    ],
)
def test_that_events_are_known_by_their_titles(title: str, code: Code) -> None:
    notice = only_notice(f"{title};专利号:ZL201920000017.5;登记号:Y2019330000123;")
    assert notice.code is code


@pytest.mark.parametrize(
    "text",
    [
        "专利权质押合同登记的生效、变更及注销",
        "今年办理专利权质押合同登记的生效3件，注销2件。",
        "专利权质押合同登记的生效",
        "登记号：Y2019330000123；出质人：甲公司",
        "<script>alert(1)</script>",
        "你好",
    ],
)
def test_that_what_is_no_notice_is_unread(text: str) -> None:
    pasted = read_notices(text)
    assert pasted.notices == ()
    assert "".join(passage.text for passage in pasted.unread) == text.strip("。")


def test_that_words_around_and_between_notices_are_unread() -> None:
    one, other = written(established()), written(established("Y2019330000456"))
    pasted = read_notices(f"国家知识产权局公告\n{one}\n以上为第一批\n{other}\n来源：官网")
    assert len(pasted.notices) == 2
    assert [passage.text for passage in pasted.unread] == [
        "国家知识产权局公告",
        "以上为第一批",
        "来源：官网",
    ]


def test_that_a_field_we_do_not_know_stays_with_its_notice() -> None:
    notice = only_notice(written(established(代理机构="示例事务所")))
    assert texts_of(notice, "other") == ["示例事务所"]
    assert notice.pledgees == ("示例银行股份有限公司杭州滨江支行",)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"登记生效日": "2019-13-45"}, "没有「20191345」这一天"),
        ({"登记号": ""}, "没有写明登记号"),
        ({"出质人": ""}, "没有写明出质人"),
        ({"出质人": "甲公司担保人:乙公司"}, "没有读懂"),
    ],
)
def test_that_what_cannot_be_read_is_a_fault(changes: dict[str, str], fault: str) -> None:
    [notice] = read_notices(written(established(**changes))).notices
    assert any(fault in said for said in notice.faults)


def test_that_two_numbers_in_one_notice_are_a_fault() -> None:
    text = written(established()) + ";登记号:Y2020330000001"
    assert "2 个不同的登记号" in only_notice(text).faults[0]


def test_that_a_wrong_check_digit_is_remarked() -> None:
    notice = only_notice(written(established(专利号=["ZL201920000017.6"])))
    assert notice.rights == ("201920000017.6",)
    assert "校验位不正确" in notice.remarks[0]


def test_that_a_publication_number_is_told_to_be_one() -> None:
    assert "公" in only_notice(written(established(专利号=["CN205012521U"]))).remarks[0]


def test_that_commas_split_organisations_but_not_their_names() -> None:
    notice = only_notice(
        f"{PE},登记号:Y2019330000123,登记生效日:20191108,"
        "出质人:甲机械有限公司,乙轴承有限公司,质权人:Example Co., Ltd."
    )
    assert notice.pledgors == ("甲机械有限公司", "乙轴承有限公司")
    assert notice.pledgees == ("Example Co., Ltd",)


def test_that_notices_of_one_registration_are_one_event() -> None:
    patents = ["ZL201920000017.5", "201810000028.3", "201080000042.5"]
    text = "\n".join(written(established(专利号=[patent])) for patent in patents)
    [event] = events_of(read_notices(text))
    assert [right.number for right in event.rights] == [
        patent.removeprefix("ZL") for patent in patents
    ]
    assert len(event.notices) == 3


def test_that_other_dates_or_numbers_are_other_events() -> None:
    notices = [
        established(),
        established("Y2019330000999"),
        established(登记生效日="2019-11-09"),
        Told(PC, {"登记号": "Y2019330000123", "解除日": "2019-11-08"}),
    ]
    assert len(events_of(read_notices("\n".join(map(written, notices))))) == 4
