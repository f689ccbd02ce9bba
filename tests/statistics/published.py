"""Statements as they were published; tests.reports.stores_told makes stores that fit them."""

WHITE_PAPER = (
    "2019年，全省专利权质押登记金额达到172亿元，同比增长68%；商标专用权质押金额超过80亿元，"
    "同比增长40.3%；质押登记件数同比增长33.6%，占全国同期办理总量的45.8%，"
    "连续三年居全国首位，实现县(市、区)质押登记全覆盖。"
)
WHITE_PAPER_EN = (
    "In 2019, the registered amount of patent pledges in Zhejiang reached 17.2 billion yuan, up "
    "68%. The amount of trademark pledges exceeded 8 billion yuan, an increase of 40.3%. The "
    "number of pledges grew by 33.6%, accounting for 45.8% of the national total, ranking first "
    "nationally for three consecutive years."
)
HALF = (
    "2022年上半年，全省知识产权质押金额达489.9亿元，同比增长52.9%，"
    "质押项目数和融资金额再创历史新高。"
)
HUZHOU = (
    "2014年，湖州市新增专利质押企业63家，专利权质押贷款3.57亿元，创历史新高；获得专利权质押贷款"
    "贴息补助617.25万元，占全省的57.3%；7月以来线上绿色通道办理质押登记18件。"
)
