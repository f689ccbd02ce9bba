"""What the to-do list looks for: each kind with its name and its rule in words."""

from dataclasses import dataclass
from enum import StrEnum

from ipfinance.language import either, tr


class FindingKind(StrEnum):
    """The kinds of findings, in the order shown; the value is kept in the store."""

    AMOUNT_MISSING = "amount_missing"
    REG_NO_IN_DOUBT = "reg_no_in_doubt"
    ORPHAN_NOTICE = "orphan_notice"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    OVERLAPPING_RIGHT = "overlapping_right"
    OVERDUE = "overdue"
    DUE_IN_30 = "due_in_30"
    DUE_IN_60 = "due_in_60"
    DUE_IN_90 = "due_in_90"
    BEYOND_PATENT_TERM = "beyond_patent_term"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"

    @property
    def label_zh(self) -> str:
        return _WORDS[self][0]

    @property
    def label(self) -> str:
        return either(self.label_zh, _ENGLISH[self])

    @property
    def rule(self) -> str:
        """When something is found, and what to do about it."""
        return _WORDS[self][1]


FACTOR = 1000
"""An amount this many times the median of the others, or this part of it, is out of range."""
FEWEST_OF_ENTERPRISE = 4
"""So many other registrations an enterprise needs before its amounts tell a range."""
FEWEST_OF_PLEDGEE = 10
"""So many other registrations a pledgee needs."""

_WORDS = {
    FindingKind.AMOUNT_MISSING: (
        "金额待补",
        tr("没有担保债权额的登记：照样计入件数，不计入金额。打开登记补上金额。"),
    ),
    FindingKind.REG_NO_IN_DOUBT: (
        "登记号待核",
        tr(
            "两笔登记写着同一个登记号，后收入的一笔登记号空着，照样计入统计。"
            "对照原件，打开写错的那一笔更正：本笔填上登记号就不再列出；"
            "写错的是另一笔，就先更正另一笔，再给本笔填上这个号。"
        ),
    ),
    FindingKind.ORPHAN_NOTICE: (
        "公告待办",
        tr("台账里还没有对应登记的公告。登记录入或导入以后，按「执行公告」即可变更或注销。"),
    ),
    FindingKind.POSSIBLE_DUPLICATE: (
        "可能重复",
        tr(
            "两笔登记的种类、登记日期、出质人相同，金额、质权人、号码也相同或有一方未填。"
            "确属重复的，打开后删除一笔；不是的，按「不是重复」。"
        ),
    ),
    FindingKind.OVERLAPPING_RIGHT: (
        "重复质押",
        tr("同一件专利或商标同时在两笔有效的登记里。核对是否有一笔应已注销，或号码录错。"),
    ),
    FindingKind.OVERDUE: (
        "到期未注销",
        tr("债务履行期限（含延期）早于今天，登记还没有注销。核实后注销或延期。"),
    ),
    FindingKind.DUE_IN_30: ("30 天内到期", tr("有效登记的债务履行期限在今天起 30 天内届满。")),
    FindingKind.DUE_IN_60: ("31–60 天到期", tr("有效登记的债务履行期限在今天起 31 至 60 天届满。")),
    FindingKind.DUE_IN_90: ("61–90 天到期", tr("有效登记的债务履行期限在今天起 61 至 90 天届满。")),
    FindingKind.BEYOND_PATENT_TERM: (
        "债务超过专利期限",
        tr(
            "有效登记的债务期限晚于专利最晚可能届满之日：发明自申请日起 20 年，实用新型 10 年，"
            "外观设计 10 年（2021 年 6 月 1 日以后申请的 15 年）。专利号只写明申请年份，"
            "按当年 12 月 31 日申请推算，列出的一定超过；2021 年的外观设计按 15 年推算。"
        ),
    ),
    FindingKind.AMOUNT_OUT_OF_RANGE: (
        "金额疑似差一万倍",
        tr(
            "担保债权额是同一企业其他登记（至少 {of_enterprise} 笔）或同一质权人其他登记"
            "（至少 {of_pledgee} 笔）金额中位数的 {factor:,} 倍以上，或不到千分之一，"
            "多半是元与万元混淆。确认无误的，标记「已核对」。",
            of_enterprise=FEWEST_OF_ENTERPRISE,
            of_pledgee=FEWEST_OF_PLEDGEE,
            factor=FACTOR,
        ),
    ),
}
_ENGLISH = {
    FindingKind.AMOUNT_MISSING: "Amount to complete",
    FindingKind.REG_NO_IN_DOUBT: "Number in doubt",
    FindingKind.ORPHAN_NOTICE: "Notices to do",
    FindingKind.POSSIBLE_DUPLICATE: "Possible duplicates",
    FindingKind.OVERLAPPING_RIGHT: "Right pledged twice",
    FindingKind.OVERDUE: "Overdue",
    FindingKind.DUE_IN_30: "Due within 30 days",
    FindingKind.DUE_IN_60: "Due in 31–60 days",
    FindingKind.DUE_IN_90: "Due in 61–90 days",
    FindingKind.BEYOND_PATENT_TERM: "Debt outlasts patent",
    FindingKind.AMOUNT_OUT_OF_RANGE: "Amount out of range",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: which registrations (none for a notice), and what is odd in words.

    ``subject`` is what makes it the same finding tomorrow; ``words`` is empty where the kind and
    the registration say all.
    """

    kind: FindingKind
    subject: str
    pledges: tuple[int, ...]
    words: str = ""
