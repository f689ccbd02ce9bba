"""Words for made-up companies, lenders, people, patents and trademarks, all plainly invented.

Every name carries 示例 or 某, so that nobody can take it for a real one.
"""

from itertools import accumulate
from random import Random

from ipfinance.domain.industries import Industry
from ipfinance.domain.pledge import PledgeeKind

_FIRST = "云海星辰光华瑞祥鸿泰恒盛金玉凌峰远航天宇锦绣江南百川万里青松翠竹明月清风"
_SECOND = "帆达源通科创盈润丰昌隆茂益康宁安和顺利兴旺腾飞跃升维拓展驰卓越硕联众合力"
_TRADES = (
    "精密机械", "智能装备", "电子科技", "新材料", "生物医药", "环保设备", "光伏科技", "汽车零部件",
    "纺织", "服饰", "化工", "食品", "五金工具", "仪器仪表", "软件", "信息技术", "医疗器械", "电气",
    "阀门", "泵业", "轴承", "模具", "塑业", "家居", "照明", "农业科技", "茶业", "竹木制品",
    "水产", "船舶配件", "缝制设备", "文具", "玩具", "包装", "印刷", "建材", "门业", "厨具", "电梯",
    "新能源",
)  # fmt: skip
# Whose section of industry is another than manufacturing, and one that nobody told.
_SECTIONS = {
    "软件": Industry.INFORMATION,
    "信息技术": Industry.INFORMATION,
    "农业科技": Industry.AGRICULTURE,
    "水产": Industry.AGRICULTURE,
    "新能源": None,
}
_FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"

_OBJECTS = (
    "轴承座", "数控刀架", "电机定子", "换热器", "过滤装置", "输送机构", "夹具", "传感器",
    "控制电路", "减速器", "密封圈", "冷却系统", "检测方法", "涂层材料", "复合板材", "染色工艺",
    "发酵工艺", "包装盒", "支架", "连接件", "阀体", "泵体", "散热结构", "清洗设备", "图像识别方法",
)  # fmt: skip
_QUALITIES = ("高精度", "节能型", "自动", "可调式", "耐腐蚀", "低噪音", "便携式", "多功能", "新型")
_DESIGNS = ("台灯", "保温杯", "工具箱", "门把手", "座椅", "包装瓶", "遥控器", "花洒", "灯具")

_BANKS = (
    "示例银行", "示例工贸银行", "示例建业银行", "示例兴农银行", "示例浙水银行", "示例江南商业银行",
    "示例恒通银行", "示例汇民银行",
)  # fmt: skip
_LENDERS: tuple[tuple[PledgeeKind, str, float], ...] = (
    (PledgeeKind.RURAL_CREDIT, "{place}示例农村商业银行股份有限公司", 0.13),
    (PledgeeKind.GUARANTEE, "{place}示例融资担保有限公司", 0.10),
    (PledgeeKind.SMALL_LOAN, "{place}示例科技小额贷款股份有限公司", 0.05),
    (PledgeeKind.LEASING, "示例融资租赁（{place}）有限公司", 0.03),
    (PledgeeKind.TRUST, "示例信托有限责任公司", 0.02),
    (PledgeeKind.OTHER, "{place}示例创业投资合伙企业（有限合伙）", 0.01),
)
_CITY_BRANCH = 0.7


def industry_of(company: str) -> Industry | None:
    """The section that a made-up company's name tells."""
    return next(
        (section for trade, section in _SECTIONS.items() if trade in company),
        Industry.MANUFACTURING,
    )


class Words:
    """Makes names at random; the same generator of random numbers gives the same names."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._companies: set[str] = set()
        self._kinds = [None, *(kind for kind, _, _ in _LENDERS)]
        shares = [share for _, _, share in _LENDERS]
        self._up_to = list(accumulate((1 - sum(shares), *shares)))

    def company(self, place: str) -> str:
        """A company of a place (杭州, 德清); no two are named alike."""
        choice = self._random.choice
        while True:
            name = f"{place}示例{choice(_FIRST)}{choice(_SECOND)}{choice(_TRADES)}{choice(_FORMS)}"
            if name not in self._companies:
                self._companies.add(name)
                return name
            # A place with thousands of companies: they run out of two characters.
            place = f"{place}{choice(_FIRST)}"[:4]

    def person(self) -> str:
        """A natural person, marked as such."""
        choice = self._random.choice
        return f"{choice(_SURNAMES)}某{choice(_GIVEN)}（自然人）"

    def lender(self, city: str, county: str) -> tuple[str, PledgeeKind]:
        """A lender of a city (杭州) or of a county of it, two thirds of them banks."""
        [kind] = self._random.choices(self._kinds, cum_weights=self._up_to)
        for known, form, _ in _LENDERS:
            if known is kind:
                place = county if known is PledgeeKind.RURAL_CREDIT else city
                return form.format(place=place), known
        bank = f"{self._random.choice(_BANKS)}股份有限公司{city}"
        is_branch = self._random.random() < _CITY_BRANCH
        return f"{bank}分行" if is_branch else f"{bank}{county}支行", PledgeeKind.BANK

    def patent(self, is_design: bool) -> str:
        """The title of a patent."""
        choice = self._random.choice
        if is_design:
            return f"{choice(_DESIGNS)}（示例）"
        return f"一种{choice(_QUALITIES)}{choice(_OBJECTS)}（示例）"

    def mark(self) -> str:
        """A trademark in words."""
        return f"示例{self._random.choice(_FIRST)}{self._random.choice(_SECOND)}"
