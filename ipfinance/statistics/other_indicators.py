"""The indicators beside the standard measures: other amounts, rates, averages, stock, endings."""

from ipfinance.language import word
from ipfinance.statistics.indicators import Form, Indicator

_LISTED = word("按登记日期归入期间，各登记所列之和。")

COUNTED: tuple[Indicator, ...] = (
    Indicator(
        "first_time_enterprises",
        "首次质押企业数",
        "first-time pledgor enterprises",
        "家",
        word("期间内有登记、而本库中期间开始以前没有任何登记的出质企业，去重计数。"),
        adds_up=False,
    ),
    Indicator(
        "head_banks",
        "质权银行总行数",
        "head banks",
        "家",
        word(
            "期间和地区内作质权人的银行和农信机构按总行（法人）去重计数；总行由分支机构的名称认定，"
            "可以更正，其他质权人不计。"
        ),
        adds_up=False,
    ),
    Indicator("inventions", "发明专利件次", "inventions pledged", "件", _LISTED),
    Indicator(
        "utility_models",
        "实用新型件次",
        "utility models pledged",
        "件",
        _LISTED,
    ),
    Indicator("designs", "外观设计件次", "designs pledged", "件", _LISTED),
    Indicator("trademarks", "商标件次", "trademarks pledged", "件", _LISTED),
    Indicator(
        "inclusive_registrations",
        "普惠登记件数",
        "inclusive registrations",
        "件",
        word("单笔担保债权额不超过普惠标准的登记件数。"),
    ),
    Indicator(
        "inclusive_amount",
        "普惠登记金额",
        "inclusive amount",
        "万元",
        word("单笔担保债权额不超过普惠标准的登记的担保债权额之和。"),
        form=Form.MONEY,
    ),
    Indicator(
        "online_registrations",
        "线上办理件数",
        "online registrations",
        "件",
        word("办理渠道为线上的登记件数。"),
    ),
    Indicator(
        "credit_amount",
        "授信额",
        "credit lines",
        "万元",
        word("登记所记的授信额之和，与担保债权额分别统计。"),
        form=Form.MONEY,
    ),
    Indicator(
        "loan_amount",
        "贷款额",
        "loans",
        "万元",
        word("登记所记的实际贷款之和，与担保债权额分别统计。"),
        form=Form.MONEY,
    ),
    Indicator(
        "appraised_value",
        "评估价值",
        "appraised value",
        "万元",
        word("登记所记的评估价值之和，与担保债权额分别统计。"),
        form=Form.MONEY,
    ),
    Indicator(
        "subsidy",
        "贴息补助",
        "subsidies",
        "万元",
        word("登记所记的贴息补助之和。"),
        form=Form.MONEY,
    ),
)

STOCK: tuple[Indicator, ...] = (
    Indicator(
        "outstanding_registrations",
        "在押件数",
        "outstanding registrations",
        "件",
        word("期末在押：期末以前登记、期末以前没有注销、失效的登记件数。"),
    ),
    Indicator(
        "outstanding_amount",
        "在押金额",
        "outstanding amount",
        "万元",
        word("期末在押登记的担保债权额之和，按期末以前已知的变更后金额。"),
        form=Form.MONEY,
    ),
    Indicator(
        "cancelled_registrations",
        "注销件数",
        "cancellations",
        "件",
        word("注销日期在期间内的登记件数。"),
    ),
    Indicator(
        "cancelled_amount",
        "注销金额",
        "cancelled amount",
        "万元",
        word("注销日期在期间内的登记的担保债权额之和。"),
        form=Form.MONEY,
    ),
    Indicator(
        "due_registrations",
        "到期件数",
        "registrations due",
        "件",
        word(
            "债务履行期限止（含期间开始时已知的延期）在期间内、期间开始前没有注销、失效的登记件数。"
        ),
    ),
    Indicator(
        "due_amount",
        "到期金额",
        "amount due",
        "万元",
        word(
            "债务履行期限止（含期间开始时已知的延期）在期间内、期间开始前没有注销、失效的登记的"
            "担保债权额之和。"
        ),
        form=Form.MONEY,
    ),
    Indicator(
        "overdue_registrations",
        "到期未注销件数",
        "due and not cancelled",
        "件",
        word("期末以前债务已到期、期末仍未注销的登记件数。"),
    ),
    Indicator(
        "overdue_amount",
        "到期未注销金额",
        "amount due and not cancelled",
        "万元",
        word("期末以前债务已到期、期末仍未注销的登记的担保债权额之和。"),
        form=Form.MONEY,
    ),
)


def _rate(key: str, name: str, name_en: str, rule: str) -> Indicator:
    return Indicator(key, name, name_en, "%", rule, form=Form.RATE, adds_up=False)


def _average(key: str, name: str, name_en: str, rule: str) -> Indicator:
    return Indicator(key, name, name_en, "万元", rule, form=Form.MONEY, adds_up=False)


# Each is one counted indicator divided by another, rounded only when printed.
RATIOS: dict[Indicator, tuple[str, str]] = {
    _average(
        "amount_per_registration",
        "件均金额",
        "amount per registration",
        word("担保债权额除以有金额的登记件数。"),
    ): ("secured_amount", "registrations_with_amount"),
    _average(
        "amount_per_enterprise",
        "户均金额",
        "amount per enterprise",
        word("担保债权额除以登记企业数。"),
    ): ("secured_amount", "enterprises"),
    _average(
        "amount_per_right", "每件权利金额", "amount per right", word("担保债权额除以所涉权利件次。")
    ): ("secured_amount", "rights"),
    _rate(
        "county_coverage",
        "县(市、区)覆盖面",
        "county coverage",
        word("有登记的县（市、区）个数除以期末存在的县（市、区）个数。"),
    ): ("counties_covered", "counties"),
    _rate(
        "inclusive_registration_rate",
        "普惠率(按件数)",
        "inclusive rate by registrations",
        word("普惠登记件数除以登记件数。"),
    ): ("inclusive_registrations", "registrations"),
    _rate(
        "inclusive_amount_rate",
        "普惠率(按金额)",
        "inclusive rate by amount",
        word("普惠登记金额除以担保债权额。"),
    ): ("inclusive_amount", "secured_amount"),
    _rate(
        "loan_to_value",
        "质押率",
        "loan-to-value rate",
        word("同时记有贷款额和评估价值的登记，贷款额之和除以评估价值之和。"),
    ): ("loan_with_value", "value_with_loan"),
}
