"""Notices for tests, made in the layouts of the gazette, and read again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipfinance.intake.notices.notice import Notice
from ipfinance.intake.notices.plain_text import SEPARATORS, make_plain
from ipfinance.intake.notices.reading import Pasted, read_notices

PE, PM, PC = "专利权质押合同登记的生效", "专利权质押合同登记的变更", "专利权质押合同登记的注销"

GAZETTE = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "gazette_notices.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
TABLE_HEAD = ("序号", "专利号", "登记号", "登记生效日", "出质人", "质权人", "发明名称", "解除日")
TABLE_ROWS = (
    ("1", "ZL201920000017.5", "Y2019330000123", "2019-11-08", "甲公司", "示例银行", "包装机", ""),
    (
        "2",
        "201810000028.3",
        "Y2019330000456",
        "20191109",
        "乙公司；丙公司",
        "农商行",
        "",
        "2020.1.2",
    ),
)


@dataclass(frozen=True)
class Layout:
    """How a notice is written: what stands between fields, after labels, in dates, and where."""

    separator: str = ";"
    colon: str = ":"
    day: str = "{0:04}{1:02}{2:02}"
    parties: str = ";"
    last: str = ""
    turned: bool = False
    glued: bool = True
    spaced: bool = False


@dataclass(frozen=True)
class Told:
    """What a notice says: its labels with their values, lists for parties and patents."""

    title: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)


def written(told: Told, layout: Layout = Layout()) -> str:
    """The notice in a layout; dates are given as 2019-11-08."""
    items = list(told.fields.items())
    if layout.turned:
        items = items[::-1]
    parts = []
    for label, value in items:
        if label.endswith("日"):
            year, month, day = map(int, str(value).split("-"))
            value = layout.day.format(year, month, day)
        elif isinstance(value, list):
            value = layout.parties.join(value)
        shown = " ".join(label) if layout.spaced and len(label) == 3 else label
        parts.append(f"{shown}{layout.colon}{value}")
    head = told.title if layout.glued else f"{told.title}{layout.separator}"
    return head + layout.separator.join(parts) + layout.last


def established(reg_no: str = "Y2019330000123", **changes: str | list[str]) -> Told:
    """A pledge that took effect on 2019-11-08."""
    fields: dict[str, str | list[str]] = {
        "IPC(主分类)": "B65B   1/04",
        "专利号": ["ZL201920000017.5"],
        "登记号": reg_no,
        "登记生效日": "2019-11-08",
        "出质人": ["杭州示例甲科技有限公司"],
        "质权人": ["示例银行股份有限公司杭州滨江支行"],
        "实用新型名称": "一种示例包装机",
        "申请日": "2019-01-03",
    }
    return Told(PE, fields | changes)


def cancelled(reg_no: str = "Y2019330000123", day: str = "2020-12-03", **changes: str) -> Told:
    """A pledge that was cancelled."""
    fields: dict[str, str | list[str]] = {
        "专利号": ["ZL201920000017.5"],
        "登记号": reg_no,
        "出质人": ["杭州示例甲科技有限公司"],
        "解除日": day,
    }
    fields.update(changes)
    return Told(PC, fields)


def changed(
    item: str = "质权人",
    before: str = "示例担保有限公司",
    after: str = "示例银行湖州分行",
    reg_no: str = "Y2019330000123",
    day: str = "2020-06-15",
) -> Told:
    """A pledge of which one item was changed."""
    return Told(
        PM,
        {"登记号": reg_no, "变更日": day, "变更事项": item, "变更前": before, "变更后": after},
    )


def only_notice(text: str) -> Notice:
    """The one notice that a text is, nothing of it left unread."""
    pasted = read_notices(text)
    [notice] = pasted.notices
    assert pasted.unread == ()
    return notice


def texts_of(notice: Notice, key: str) -> list[str]:
    return [one.text for one in notice.fields if one.key == key]


def table(head: Sequence[str], *rows: Sequence[str]) -> str:
    return "\n".join("\t".join(row) for row in (head, *rows))


def _covered(pasted: Pasted) -> set[int]:
    places: set[int] = set()
    for notice in pasted.notices:
        places.update(range(notice.title.start, notice.title.end))
        for one in notice.fields:
            places.update(range(one.begin, one.end))
    for passage in (*pasted.unread, *pasted.headers):
        places.update(range(passage.start, passage.end))
    return places


def dropped(pasted: Pasted) -> str:
    """What of the text says something and stands nowhere in what was read."""
    plain = make_plain(pasted.text)
    covered = _covered(pasted)
    return "".join(
        letter
        for letter, start in zip(plain.text, plain.starts, strict=True)
        if letter not in SEPARATORS and start not in covered
    )
