"""The words of the patent gazette: titles that tell an event, labels that tell a field."""

import re
from enum import StrEnum

from ipfinance.language import either, word


class Code(StrEnum):
    """What a notice tells; the codes of the gazette."""

    ESTABLISHED = "PE01"
    CHANGED = "PM01"
    CANCELLED = "PC01"
    TRANSFERRED = "TR01"
    LAPSED = "CF01"
    EXPIRED = "CX01"
    ABANDONED = "AV01"
    INVALIDATED = "IW01"
    PRESERVED = "PP01"
    RELEASED = "PD01"

    @property
    def label_zh(self) -> str:
        return _NAMES[self]

    @property
    def label(self) -> str:
        return either(self.label_zh, _ENGLISH[self])

    @property
    def is_pledge(self) -> bool:
        """Whether it tells of a pledge itself, not of something else with a pledged patent."""
        return self in PLEDGE_CODES


PLEDGE_CODES = (Code.ESTABLISHED, Code.CHANGED, Code.CANCELLED)

_PLEDGE = "专利权?(?:质押|质权)(?:合同)?(?:登记)?的?"
# The first that fits counts: 保全的解除 begins like 保全.
_TITLES = (
    (Code.ESTABLISHED, f"{_PLEDGE}(?:生效|设立)"),
    (Code.CHANGED, f"{_PLEDGE}变更"),
    (Code.CANCELLED, f"{_PLEDGE}(?:注销|解除)"),
    (Code.TRANSFERRED, "(?:专利申请权[、及或者和]*)?专利权的?转移"),
    (Code.LAPSED, r"因?未缴年费专利权的?终止|专利权的?终止(?:\(因?未缴年费专利权终止\))?"),
    (Code.EXPIRED, "专利权有效期(?:届满|终止)"),
    (Code.ABANDONED, "(?:避免重复授权)?放弃专利权|专利权的?(?:主动|视为)?放弃"),
    (Code.INVALIDATED, "(?:宣告)?专利权的?(?:全部|部分)?无效(?:宣告)?"),
    (Code.RELEASED, "专利权的?(?:财产)?保全的?解除|专利权解除保全"),
    (Code.PRESERVED, "专利权的?(?:财产)?保全"),
)
# A running number and the code may stand before the title, the code also in brackets after it;
# in the table of a register the day of publication stands in the column before.
TITLE = re.compile(
    r"(?:(?m:^)\d{4}([-.])\d{1,2}\1\d{1,2} *\t *)?"
    r"(?:\(?(?<!\d)\d{1,3}[)、.] *)?(?:\(?(?:"
    + "|".join(Code)
    + r")\)?[ \t:,-]*)?(?:"
    + "|".join(f"(?P<{code.value}>{words})" for code, words in _TITLES)
    + r")(?: ?\((?:"
    + "|".join(Code)
    + r")\))?"
)


class Form(StrEnum):
    """How the value of a field is written."""

    NUMBER = "number"
    DATE = "date"
    PARTIES = "parties"
    PATENTS = "patents"
    LINE = "line"
    LIST = "list"


# Each key with its form and its labels; dates keep their key apart because which one counts
# depends on the event.
_LABELS: tuple[tuple[str, Form, tuple[str, ...]], ...] = (
    ("reg_no", Form.NUMBER, ("登记号", "质押登记号", "质押合同登记号", "登记编号", "合同登记号")),
    (
        "effective_on",
        Form.DATE,
        ("登记生效日", "登记生效日期", "生效日", "生效日期", "登记日", "登记日期", "质押登记日"),
    ),
    ("changed_on", Form.DATE, ("变更日", "变更日期", "变更登记日", "变更生效日", "登记变更日")),
    (
        "released_on",
        Form.DATE,
        ("解除日", "解除日期", "注销日", "注销日期", "质押解除日", "登记注销日", "保全解除日"),
    ),
    ("ended_on", Form.DATE, ("终止日", "终止日期", "放弃生效日", "届满日", "届满日期")),
    ("decided_on", Form.DATE, ("无效宣告决定日", "决定日", "无效宣告日", "审查决定日")),
    ("preserved_on", Form.DATE, ("保全起始日", "保全日", "保全登记生效日")),
    ("applied_on", Form.DATE, ("申请日", "申请日期")),
    ("granted_on", Form.DATE, ("授权公告日", "授权公告日期", "授权日")),
    ("published_on", Form.DATE, ("法律状态公告日", "事务公告日", "公告日", "公告日期")),
    ("pledgor", Form.PARTIES, ("出质人", "出质人名称", "共同出质人")),
    ("pledgee", Form.PARTIES, ("质权人", "质权人名称", "共同质权人")),
    ("rights", Form.PATENTS, ("专利号", "专利号码", "专利申请号", "申请号", "申请(专利)号")),
    (
        "name",
        Form.LINE,
        (
            *("发明名称", "实用新型名称", "外观设计名称", "使用外观设计的产品名称"),
            *("专利名称", "名称", "产品名称"),
        ),
    ),
    ("ipc", Form.LIST, ("IPC(主分类)", "IPC(主分类号)", "IPC主分类", "IPC", "主分类号", "分类号")),
    ("locarno", Form.LIST, ("LOC(主分类)", "LOC(主分类号)", "洛迦诺分类号", "外观设计分类号")),
    ("item", Form.LINE, ("变更事项", "变更项目")),
    ("before", Form.LIST, ("变更前", "变更前权利人", "变更前内容", "变更前事项")),
    ("after", Form.LIST, ("变更后", "变更后权利人", "变更后内容", "变更后事项")),
    ("owner", Form.LIST, ("专利权人", "专利权人名称")),
    ("decision", Form.LINE, ("无效宣告决定号", "决定号", "委内编号")),
    ("grant_no", Form.LINE, ("授权公告号", "公告号")),
)
KEY_OF = {label: key for key, _, labels in _LABELS for label in labels}
FORM_OF = {key: form for key, form, _ in _LABELS}

# The day that counts for each event, the first that the notice gives.
DAY_KEYS = {
    Code.ESTABLISHED: ("effective_on",),
    Code.CHANGED: ("changed_on", "effective_on"),
    Code.CANCELLED: ("released_on",),
    Code.TRANSFERRED: ("effective_on", "changed_on"),
    Code.LAPSED: ("ended_on",),
    Code.EXPIRED: ("ended_on",),
    Code.ABANDONED: ("ended_on", "effective_on"),
    Code.INVALIDATED: ("decided_on", "effective_on"),
    Code.PRESERVED: ("preserved_on", "effective_on"),
    Code.RELEASED: ("released_on", "effective_on"),
}
DAY_LABELS = {
    Code.ESTABLISHED: word("登记生效日"),
    Code.CHANGED: word("变更日"),
    Code.CANCELLED: word("解除日"),
}


def _spaced(label: str) -> str:
    """The label with blanks allowed between its characters, as printed tables have them."""
    return " *".join(re.escape(character) for character in label)


_BY_LENGTH = sorted(KEY_OF, key=len, reverse=True)
# A short label inside a longer word (共同出质人, 原专利号) is that word's, not one of ours; a
# long one is plain enough to stand glued to what comes before it.
_CHINESE = "[\u4e00-\u9fff]"
LABEL = re.compile(
    "(?:"
    + "|".join(
        f"{'' if len(label) > 3 or not '一' <= label[0] <= '龥' else f'(?<!{_CHINESE})'}"
        f"{_spaced(label)}"
        for label in _BY_LENGTH
    )
    + ") *:"
)
# Right after a title any label may stand glued to it.
FIRST_LABEL = re.compile("(?:" + "|".join(map(_spaced, _BY_LENGTH)) + ") *:")
# 代理机构: after a separator, though we do not know it.
UNKNOWN_LABEL = re.compile(r"(?<=[;\n\t])( *)([\u4e00-\u9fffA-Za-z()]{2,12}) *:")

_NAMES = {
    Code.ESTABLISHED: "质押生效",
    Code.CHANGED: "质押变更",
    Code.CANCELLED: "质押注销",
    Code.TRANSFERRED: "专利权转移",
    Code.LAPSED: "专利权终止",
    Code.EXPIRED: "专利权期满",
    Code.ABANDONED: "专利权放弃",
    Code.INVALIDATED: "宣告无效",
    Code.PRESERVED: "专利权保全",
    Code.RELEASED: "保全解除",
}
_ENGLISH = {
    Code.ESTABLISHED: "Pledge registered",
    Code.CHANGED: "Pledge changed",
    Code.CANCELLED: "Pledge cancelled",
    Code.TRANSFERRED: "Patent transferred",
    Code.LAPSED: "Patent lapsed",
    Code.EXPIRED: "Patent expired",
    Code.ABANDONED: "Patent abandoned",
    Code.INVALIDATED: "Declared invalid",
    Code.PRESERVED: "Patent preserved",
    Code.RELEASED: "Preservation lifted",
}
