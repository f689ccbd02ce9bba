"""The sections of industry (行业门类) that enterprises belong to, by GB/T 4754-2017."""

from enum import StrEnum

from ipfinance.language import either


class Industry(StrEnum):
    """A section by its letter; ``label`` is the letter and the standard's Chinese name."""

    AGRICULTURE = "A"
    MINING = "B"
    MANUFACTURING = "C"
    UTILITIES = "D"
    CONSTRUCTION = "E"
    TRADE = "F"
    TRANSPORT = "G"
    CATERING = "H"
    INFORMATION = "I"
    FINANCE = "J"
    REAL_ESTATE = "K"
    BUSINESS_SERVICES = "L"
    RESEARCH = "M"
    ENVIRONMENT = "N"
    HOUSEHOLD_SERVICES = "O"
    EDUCATION = "P"
    HEALTH = "Q"
    CULTURE = "R"
    ADMINISTRATION = "S"
    INTERNATIONAL = "T"

    @property
    def section(self) -> str:
        return _TITLES[self]

    @property
    def label_zh(self) -> str:
        return f"{self.value} {_TITLES[self]}"

    @property
    def label(self) -> str:
        return either(self.label_zh, f"{self.value} {_TITLES_EN[self]}")


_TITLES = {
    Industry.AGRICULTURE: "农、林、牧、渔业",
    Industry.MINING: "采矿业",
    Industry.MANUFACTURING: "制造业",
    Industry.UTILITIES: "电力、热力、燃气及水生产和供应业",
    Industry.CONSTRUCTION: "建筑业",
    Industry.TRADE: "批发和零售业",
    Industry.TRANSPORT: "交通运输、仓储和邮政业",
    Industry.CATERING: "住宿和餐饮业",
    Industry.INFORMATION: "信息传输、软件和信息技术服务业",
    Industry.FINANCE: "金融业",
    Industry.REAL_ESTATE: "房地产业",
    Industry.BUSINESS_SERVICES: "租赁和商务服务业",
    Industry.RESEARCH: "科学研究和技术服务业",
    Industry.ENVIRONMENT: "水利、环境和公共设施管理业",
    Industry.HOUSEHOLD_SERVICES: "居民服务、修理和其他服务业",
    Industry.EDUCATION: "教育",
    Industry.HEALTH: "卫生和社会工作",
    Industry.CULTURE: "文化、体育和娱乐业",
    Industry.ADMINISTRATION: "公共管理、社会保障和社会组织",
    Industry.INTERNATIONAL: "国际组织",
}

_TITLES_EN = {
    Industry.AGRICULTURE: "Agriculture, forestry, animal husbandry and fishery",
    Industry.MINING: "Mining",
    Industry.MANUFACTURING: "Manufacturing",
    Industry.UTILITIES: "Electricity, heat, gas and water production and supply",
    Industry.CONSTRUCTION: "Construction",
    Industry.TRADE: "Wholesale and retail trade",
    Industry.TRANSPORT: "Transport, storage and post",
    Industry.CATERING: "Accommodation and catering",
    Industry.INFORMATION: "Information transmission, software and IT services",
    Industry.FINANCE: "Finance",
    Industry.REAL_ESTATE: "Real estate",
    Industry.BUSINESS_SERVICES: "Leasing and business services",
    Industry.RESEARCH: "Scientific research and technical services",
    Industry.ENVIRONMENT: "Water, environment and public facilities",
    Industry.HOUSEHOLD_SERVICES: "Household, repair and other services",
    Industry.EDUCATION: "Education",
    Industry.HEALTH: "Health and social work",
    Industry.CULTURE: "Culture, sports and entertainment",
    Industry.ADMINISTRATION: "Public administration, social security and social organizations",
    Industry.INTERNATIONAL: "International organizations",
}
