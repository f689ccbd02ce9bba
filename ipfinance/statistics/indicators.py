"""The indicator catalogue: every figure once, with its words, unit and counting rule.

Pages, charts, workbooks and the command line read their words from here, so that they cannot
disagree. The rules are those of the trade's counting rules (口径), as they are printed.
"""

from dataclasses import dataclass
from enum import StrEnum

from ipfinance.language import either, tr, word


class Form(StrEnum):
    """How an indicator's value is written: ``MONEY`` is whole 分, ``RATE`` a fraction."""

    COUNT = "count"
    MONEY = "money"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: key, names, unit on screen, and its rule in one printed sentence.

    ``adds_up`` tells whether the areas sum to the whole; a distinct count does not.
    ``name``, ``unit`` and ``rule`` are those of the language that is spoken.
    """

    key: str
    name_zh: str
    name_en: str
    unit_zh: str
    rule_zh: str
    form: Form = Form.COUNT
    adds_up: bool = True

    @property
    def name(self) -> str:
        return either(self.name_zh, self.name_en[0].upper() + self.name_en[1:])

    @property
    def unit(self) -> str:
        """The unit; in English a count has none, as the name says what is counted."""
        return either(self.unit_zh, _UNITS_EN[self.form])

    @property
    def rule(self) -> str:
        return tr(self.rule_zh)


_UNITS_EN = {Form.COUNT: "", Form.MONEY: "CNY 10,000", Form.RATE: "%"}


REGISTRATIONS = Indicator(
    "registrations",
    "登记件数",
    "registrations",
    "件",
    word(
        "按登记日期归入期间，一个登记号计一件；不予登记、撤回、撤销的不计；以后的变更、注销不影响"
        "以前期间；计入第一出质人登记当日所在地。"
    ),
)
SECURED_AMOUNT = Indicator(
    "secured_amount",
    "担保债权额",
    "secured amount",
    "万元",
    word("按登记时的担保债权数额加总，先加总后四舍五入；没有金额的登记列入待补，不按零计。"),
    form=Form.MONEY,
)
ENTERPRISES = Indicator(
    "enterprises",
    "登记企业数",
    "pledgor enterprises",
    "家",
    word(
        "期间和地区内的出质企业去重计数，依次按统一社会信用代码、组织机构代码、企业名称认定；"
        "自然人不计；共同出质的企业各计入其所在地。"
    ),
    adds_up=False,
)
RIGHTS = Indicator(
    "rights",
    "所涉专利/商标件次",
    "rights pledged",
    "件",
    word("各登记所列专利或商标件数之和，同一件多次出质重复计算。"),
)
RIGHTS_DISTINCT = Indicator(
    "rights_distinct",
    "所涉专利/商标件数(去重)",
    "distinct rights pledged",
    "件",
    word("期间和地区内出质的专利或商标按号码去重计数。"),
    adds_up=False,
)
INCLUSIVE_ENTERPRISES = Indicator(
    "inclusive_enterprises",
    "普惠企业数",
    "inclusive enterprises",
    "家",
    word("至少有一件登记的担保债权额不超过普惠标准的出质企业，去重计数。"),
    adds_up=False,
)
PLEDGEES = Indicator(
    "pledgees",
    "质权人数",
    "pledgees",
    "家",
    word("期间和地区内登记的质权人按名称去重计数。"),
    adds_up=False,
)
AMOUNT_MISSING = Indicator(
    "amount_missing",
    "金额待补",
    "amounts to be completed",
    "件",
    word("没有担保债权额的登记，照计件数，不进入金额合计。"),
)
COUNTIES_COVERED = Indicator(
    "counties_covered",
    "有登记的县(市、区)",
    "counties covered",
    "个",
    word("期末存在的县（市、区）中，期间内至少有一件登记的个数。"),
)
COUNTIES = Indicator(
    "counties",
    "县(市、区)总数",
    "counties",
    "个",
    word("期末存在的县（市、区）个数。"),
)
INCLUSIVE_RATE = Indicator(
    "inclusive_rate",
    "普惠率",
    "inclusive rate",
    "%",
    word("普惠企业数除以登记企业数。"),
    form=Form.RATE,
    adds_up=False,
)

# The measures of every row, in the order of columns.
MEASURES: tuple[Indicator, ...] = (
    REGISTRATIONS,
    SECURED_AMOUNT,
    ENTERPRISES,
    RIGHTS,
    RIGHTS_DISTINCT,
    INCLUSIVE_ENTERPRISES,
    PLEDGEES,
    AMOUNT_MISSING,
)
# What stands beside them for the whole area only.
WHOLE: tuple[Indicator, ...] = (COUNTIES_COVERED, COUNTIES, INCLUSIVE_RATE)
BY_KEY: dict[str, Indicator] = {one.key: one for one in (*MEASURES, *WHOLE)}
