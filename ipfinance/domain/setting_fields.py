"""The statistics settings of a store: their words, the rule that each chooses, and its source."""

from ipfinance.domain.fields import Field, Form
from ipfinance.domain.money import Unit
from ipfinance.language import word

DECIMALS = {Unit.WAN: range(3), Unit.YI: range(4)}
"""How many decimals tables may show of each unit: 亿元 of counties have up to three."""

_WHITE_PAPER = word("浙江省 2019 年知识产权白皮书图 5、图 6")
_FIELDS = (
    Field(
        "office",
        word("填报单位"),
        Form.TEXT,
        36,
        word("印在汇总表左上方，可以留空。"),
    ),
    Field(
        "area",
        word("所在地区"),
        Form.CHOICE,
        20,
        word(
            "概览和报告语句打开时的地区：全省、一个设区市或一个县（市、区）。登记计入第一出质人登记"
            "当日所在地，企业各计入其所在地；下级的数单独统计，不由各地相加。"
            "到期和待办、统计报表和图表仍列全部登记。"
        ),
    ),
    Field(
        "inclusive_threshold",
        word("普惠标准"),
        Form.MONEY,
        16,
        word(
            "单笔担保债权额不超过它的登记计为普惠，普惠率是有这种登记的企业占登记企业的比重。"
            "一般为 1000 万元，2024 年的报告用 2000 万元；改动后各期都按新标准统计。"
        ),
        required=True,
        unit="万元",
        source=word("全国公布的普惠率用同一算法：6951 家 ÷ 9760 家 = 71.2%"),
    ),
    Field(
        "rights_distinct",
        word("所涉专利、商标"),
        Form.CHOICE,
        20,
        word(
            "统计表先列哪一种：件次是各登记所列件数之和，同一件多次出质重复计；件数按号码去重。"
            "另一种随时可以在「选择显示的列」里打开，两种各有名称，数字不变。"
        ),
        source=_WHITE_PAPER,
    ),
    Field(
        "amount_unit",
        word("金额单位"),
        Form.CHOICE,
        10,
        word(
            "统计报表里的表和由它复制、导出的自选表用它；登记、图表和汇总表的其他各页仍用万元。"
            "只影响显示，合计都按分计算，最后四舍五入一次。"
        ),
        source=_WHITE_PAPER,
    ),
    Field(
        "amount_decimals",
        word("小数位数"),
        Form.CHOICE,
        10,
        word("万元至多 2 位；亿元一般 0 到 1 位，县（市、区）可到 3 位。小到显示不出的记作「…」。"),
    ),
)

BY_KEY: dict[str, Field] = {field.key: field for field in _FIELDS}
