"""The field catalogue: every field of a registration, once, with its words.

Form labels, table headers, the columns of workbooks, the headers that imports recognise and
the help texts are all read from here. Source: the ledger columns of the fixed contract; the
keys stay as they are because scripts of other bureaus rest on them.
"""

from dataclasses import dataclass
from enum import StrEnum

from ipfinance.domain.industries import Industry
from ipfinance.language import tr, word


class Form(StrEnum):
    """How a field's value is written."""

    TEXT = "text"
    LIST = "list"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key, its words, and how it is shown.

    ``width`` is the column width in characters, a Chinese one counting as two. ``unit`` is
    the unit that exported columns and the form use for an amount. ``source`` is where the rule
    in ``help`` stands, "" where it is the program's own.
    """

    key: str
    label_zh: str
    form: Form
    width: int
    help: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    source: str = ""

    @property
    def label(self) -> str:
        """What the window calls it; files and what is read from them have ``label_zh``."""
        return tr(self.label_zh)

    @property
    def explained(self) -> str:
        """The rule, and where it stands, as the window says it."""
        if not self.source:
            return tr(self.help)
        return tr("{rule}\n依据：{source}", rule=tr(self.help), source=tr(self.source))

    @property
    def header(self) -> str:
        """The column header, with its unit where it has one: 担保债权额(万元)."""
        return f"{self.label_zh}({self.unit})" if self.unit else self.label_zh


_BOTH = word(
    "《专利权质押登记办法》（国家知识产权局公告第461号）、"
    "《注册商标专用权质押登记程序规定》（国家知识产权局公告第358号）"
)

FIELDS: tuple[Field, ...] = (
    Field(
        "kind",
        word("质押类型"),
        Form.CHOICE,
        10,
        word("专利或商标。可以写在每一行，也可以写在工作表名称或标题里。"),
        aliases=("类型", "类别", "质押种类"),
        required=True,
        choices=("专利", "商标"),
    ),
    Field(
        "reg_no",
        word("登记号"),
        Form.TEXT,
        24,
        word(
            "质押登记通知书或质权登记证上的编号，按文本填写。同一登记号是一笔登记，"
            "无论它有几件专利或商标。"
        ),
        aliases=("登记编号", "登记证号", "质押登记号", "质权登记证号"),
        source=_BOTH,
    ),
    Field(
        "registered_on",
        word("登记日期"),
        Form.DATE,
        13,
        word("质权自登记之日设立；统计按这一天归入期间。写成 2019-03-05，年月日要齐全。"),
        aliases=("登记日", "登记生效日", "日期", "质押登记日"),
        required=True,
        source=word("《民法典》第四百四十四条"),
    ),
    Field(
        "pledgor",
        word("出质人"),
        Form.LIST,
        36,
        word("有多个时用分号隔开；登记计入第一个出质人所在地。自然人在姓名后注明（自然人）。"),
        aliases=("企业名称", "企业", "出质人名称"),
        required=True,
    ),
    Field(
        "uscc",
        word("统一社会信用代码"),
        Form.LIST,
        22,
        word("18 位，与出质人顺序一致。企业数按它去重。"),
        aliases=("信用代码", "社会信用代码"),
        source=word("GB 32100-2015《法人和其他组织统一社会信用代码编码规则》"),
    ),
    Field(
        "city",
        word("设区市"),
        Form.LIST,
        10,
        word("出质人登记当日所在的设区市。"),
        aliases=("地市", "所属市", "市"),
        required=True,
    ),
    Field(
        "county",
        word("县(市、区)"),
        Form.LIST,
        12,
        word("出质人登记当日所在的县（市、区），须在登记日期当天存在。"),
        aliases=("县区", "区县", "所属县"),
    ),
    Field(
        "size",
        word("企业规模"),
        Form.LIST,
        10,
        word("大型、中型、小型、微型，按国统字〔2017〕213号划分。"),
        aliases=("规模",),
        source=word("《统计上大中小微型企业划分办法（2017）》"),
        choices=("大型", "中型", "小型", "微型"),
    ),
    Field(
        "industry",
        word("行业门类"),
        Form.LIST,
        18,
        word(
            "国民经济行业分类（GB/T 4754-2017）的门类，写字母、名称或两者都可以，如 C 制造业；"
            "有多个出质人时用分号隔开。"
        ),
        aliases=("行业", "所属行业", "国民经济行业", "行业分类"),
        choices=tuple(section.label_zh for section in Industry),
    ),
    Field(
        "pledgee",
        word("质权人"),
        Form.LIST,
        36,
        word("银行或其他出借人的全称，有多个时用分号隔开。"),
        aliases=("质权人名称", "银行"),
    ),
    Field(
        "pledgee_kind",
        word("质权人类型"),
        Form.LIST,
        12,
        word("银行、农信、担保、小贷、租赁、信托/SPV 或其他。"),
        choices=("银行", "农信", "担保", "小贷", "租赁", "信托/SPV", "其他"),
    ),
    Field(
        "secured_amount",
        word("担保债权额"),
        Form.MONEY,
        16,
        word("登记的担保债权数额，不是授信额、贷款额或评估价值。单位须写明。"),
        aliases=("质押金额", "金额", "债权数额", "质押登记金额"),
        unit="万元",
    ),
    Field(
        "credit_amount",
        word("授信额"),
        Form.MONEY,
        14,
        word("银行给予的授信额度；不计入担保债权额。"),
        aliases=("授信金额", "授信额度"),
        unit="万元",
    ),
    Field(
        "loan_amount",
        word("贷款额"),
        Form.MONEY,
        14,
        word("实际发放的贷款；不计入担保债权额。"),
        aliases=("实际贷款金额", "贷款金额", "放款金额"),
        unit="万元",
    ),
    Field(
        "appraised_value",
        word("评估价值"),
        Form.MONEY,
        14,
        word("出质权利的评估价值；不计入担保债权额。"),
        aliases=("评估值", "评估金额"),
        unit="万元",
    ),
    Field(
        "subsidy",
        word("贴息补助"),
        Form.MONEY,
        14,
        word("财政给予的贴息或补助。"),
        aliases=("贴息", "补助金额", "贴息补助金额"),
        unit="万元",
    ),
    Field(
        "rights",
        word("专利号/商标注册号"),
        Form.LIST,
        40,
        word("一笔登记下的全部号码，用分号隔开；ZL 可写可不写。"),
        aliases=("专利号", "商标号", "号码", "专利号或商标号", "专利(商标)号", "商标注册号"),
        source=word("ZC 0006-2003《专利申请号标准》"),
    ),
    Field(
        "right_names",
        word("权利名称"),
        Form.LIST,
        40,
        word("与号码顺序一致的专利或商标名称。"),
        aliases=("名称", "专利名称", "商标名称"),
    ),
    Field(
        "rights_count",
        word("件数"),
        Form.COUNT,
        8,
        word("所涉专利或商标的件数；列出号码时按号码计。"),
        aliases=("专利件数", "商标件数"),
    ),
    Field(
        "term_start",
        word("债务履行期限起"),
        Form.DATE,
        14,
        word("主债务履行期限的第一天。"),
    ),
    Field(
        "term_end",
        word("债务履行期限止"),
        Form.DATE,
        14,
        word("主债务履行期限的最后一天，不能早于起始日。"),
        aliases=("到期日",),
    ),
    Field(
        "cancelled_on",
        word("注销日期"),
        Form.DATE,
        13,
        word("质押登记注销的日期，不能早于登记日期。"),
        aliases=("解除日",),
        source=_BOTH,
    ),
    Field(
        "channel",
        word("办理渠道"),
        Form.CHOICE,
        10,
        word("线上或窗口。"),
        choices=("线上", "窗口"),
    ),
    Field("note", word("备注"), Form.TEXT, 24, word("其他需要说明的事项。")),
    Field(
        "events",
        word("后续事项"),
        Form.TEXT,
        40,
        word(
            "登记以后的变更、延期，以及注销以外的终止（失效、撤销、不予登记、撤回），一行一项："
            "2020-06-15 变更：担保债权额 300 万元；2021-03-01 延期：债务履行期限止 2023-02-28；"
            "2021-05-06 撤销。撤销、不予登记和撤回的登记不计入统计。"
        ),
    ),
    Field(
        "reg_no_in_doubt",
        word("待核登记号"),
        Form.TEXT,
        24,
        word(
            "一般不填。两笔登记写着同一个登记号、还不知道哪一笔写错时，后一笔的号码先放在这里，"
            "登记号空着；查明后填上登记号，这里就不再保留。"
        ),
    ),
)

BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
