"""What acts are called: kept in the history in Chinese, said in the language of the window."""

import re
from enum import StrEnum

from ipfinance.db.finding_kinds import FindingKind
from ipfinance.domain.pledge import EventKind
from ipfinance.language import Language, chosen, either, listed, tr, word


class ActWords(StrEnum):
    """The words of each sort of act, with gaps for what it is done to."""

    ADDED = word("新增登记 {named}")
    CORRECTED = word("更正登记 {named}")
    CANCELLED = word("注销登记 {named}")
    CANCELLED_MANY = word("注销登记 {named} 等 {count} 笔")
    DELETED = word("删除登记 {named}")
    DELETED_MANY = word("删除登记 {named} 等 {count} 笔")
    RESTORED = word("恢复登记 {named}")
    RESTORED_MANY = word("恢复登记 {named} 等 {count} 笔")
    PURGED = word("彻底删除登记 {named}")
    PURGED_MANY = word("彻底删除登记 {named} 等 {count} 笔")
    RECORDED = word("{event}登记 {named}")
    REFUSED = word("不予登记 {named}")
    EVENT_CORRECTED = word("更正{event} {named}")
    EVENT_REMOVED = word("删除{event}记录 {named}")
    IMPORTED = word("导入 {file}")
    IMPORTED_MANY = word("导入 {file} 等 {count} 个文件")
    WITHDRAWN = word("撤回导入 {file}")
    NOTICES = word("执行公告：{done}")
    SETTLED = word("已核对：{finding}")
    SETTLED_MANY = word("已核对：{finding} {count} 项")
    NOTED = word("{settled}（{note}）")
    NO_DUPLICATES = word("不是重复 {count} 对")
    MERGED = word("合并{party} {gone} → {kept}")
    PARTED = word("拆分{party} {gone}")
    APART = word("{party}：不是同一家")
    APART_MANY = word("{party}：不是同一家（{count} 对）")
    FORMER_NAME = word("记录曾用名 {name}（{current}）")
    FORMER_NAME_GONE = word("删除曾用名 {name}")
    RENAMED = word("更改名称 {before} → {after}")
    PLEDGEE = word("更正质权人 {name}")
    VIEW_KEPT = word("保存视图：{name}")
    VIEW_GONE = word("删除视图：{name}")
    COLUMNS_KEPT = word("记住列的对应：{file}")
    COLUMNS_GONE = word("不再记住列的对应：{file}")
    OUTSIDE_ADDED = word("新增外部数据 {count} 条")
    OUTSIDE_CORRECTED = word("更正外部数据 {named}")
    OUTSIDE_GONE = word("删除外部数据 {named}")
    OUTSIDE_GONE_MANY = word("删除外部数据 {count} 条")
    FACTS = word("更改统计设置")
    WORDING = word("改写报告语句")
    WORDING_GONE = word("恢复报告语句的原文")
    DEMONSTRATION = word("填入演示数据 {count} 笔")
    UNDONE = word("撤销：{act}")
    REDONE = word("重做：{act}")


class NoticePart(StrEnum):
    """What was done for notices, one after another in the words of their act."""

    CREATED = word("新增 {count} 项")
    COMPLETED = word("补全 {count} 项")
    CHANGED = word("变更 {count} 项")
    CLOSED = word("注销 {count} 项")
    ORPHAN = word("待办 {count} 项")
    NOTHING = word("整理待办")


_TRANSFER = "债权转让"
_PARTIES = {"企业": "Enterprise", "质权人": "Pledgee"}
_KINDS: dict[str, EventKind | FindingKind] = {
    **{kind.label_zh: kind for kind in EventKind},
    **{kind.label_zh: kind for kind in FindingKind},
}
_GAPS = {
    "event": "|".join((*(kind.label_zh for kind in EventKind), _TRANSFER)),
    "finding": "|".join(kind.label_zh for kind in FindingKind),
    "party": "|".join(_PARTIES),
    "count": r"[\d,]+",
    "settled": "已核对：.+?",
    "current": "(?:[^（）]|（[^（）]*）)+",  # in brackets, which the name before may have too
}
_GAP = re.compile(r"\\\{(\w+)\\\}")


def said(words: str) -> str:
    """The words of an act, as they are kept, in the language of the window.

    Gaps stay as they are, except names of the program's own. Words of no known form, of an
    older version perhaps, stay in Chinese.
    """
    if chosen() is Language.CHINESE:
        return words
    for pattern, form in _FORMS:
        if found := pattern.fullmatch(words):
            return tr(form, **{name: _gap(name, text) for name, text in found.groupdict().items()})
    return words


def _gap(name: str, text: str) -> str:
    match name:
        case "act" | "settled":
            return said(text)
        case "done":
            return listed(map(said, text.split("、")))
        case "event" | "finding":
            return _KINDS[text].label if text in _KINDS else either(text, "Transfer of claim")
        case "party":
            return either(text, _PARTIES[text])
    return text


def _pattern(form: str) -> re.Pattern[str]:
    """What fits a form: each gap by what may stand in it."""
    fitting = _GAP.sub(lambda gap: f"(?P<{gap[1]}>{_GAPS.get(gap[1], '.+?')})", re.escape(form))
    return re.compile(fitting, re.DOTALL)


# The form that says most itself comes first, so that 彻底删除登记 is no event of that name.
_FORMS = [
    (_pattern(form), form)
    for form in sorted(
        (str(form) for form in (*ActWords, *NoticePart)),
        key=lambda form: -len(re.sub(r"\{\w+\}", "", form)),
    )
]
