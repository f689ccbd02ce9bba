"""Figures' specifications with the data that tempt labels to collide."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ipfinance.reports.figure import FigureSpec, Series

NAMES = (
    "杭州市",
    "宁波市",
    "温州市",
    "嘉兴市",
    "湖州市",
    "绍兴市",
    "金华市",
    "衢州市",
    "舟山市",
    "台州市",
    "丽水市",
)
CODES = tuple(f"33{number:02}00" for number in range(1, 12))


def spec(amounts: Sequence[int], enterprises: Sequence[int], rights: Sequence[int]) -> FigureSpec:
    """A figure of these numbers, one for each city."""
    return FigureSpec(
        title="2019年浙江省各市专利权质押登记情况",
        codes=CODES,
        categories=NAMES,
        bars=series("secured_amount", "担保债权额", "万元", amounts),
        lines=(
            series("enterprises", "登记企业数", "家", enterprises),
            series("rights", "所涉专利数", "件", rights),
        ),
        source="数据来源：示例质押登记台账，数据截至 2020-01-15。",
        notes=("另有 3 件登记金额待补，未计入担保债权额。",),
    )


def series(key: str, name: str, unit: str, values: Sequence[int]) -> Series:
    texts = tuple(f"{value:,}" for value in values)
    return Series(key, name, unit, tuple(map(Decimal, values)), texts, texts)


def empty() -> FigureSpec:
    zeros = spec([0] * 11, [0] * 11, [0] * 11)
    return replace(zeros, message="2019年没有专利权质押登记")


_FALLING = (1863542, 1207419, 842310, 655021, 498760, 573318, 612906, 188430, 73250, 934128, 96540)
HARD: dict[str, FigureSpec] = {
    "usual": spec(
        _FALLING,
        (312, 226, 187, 110, 86, 99, 123, 34, 11, 169, 21),
        (1250, 876, 640, 402, 355, 421, 388, 102, 30, 720, 65),
    ),
    "one huge city": spec(
        (9863542, 0, 12, 3, 0, 0, 7, 0, 0, 1, 2),
        (3125, 0, 1, 1, 0, 0, 2, 0, 0, 1, 1),
        (9120, 0, 1, 2, 0, 0, 2, 0, 0, 1, 1),
    ),
    "all zero": spec([0] * 11, [0] * 11, [0] * 11),
    "all equal": spec([500000] * 11, [100] * 11, [100] * 11),
    "seven digits": spec([9999999] * 11, [99999] * 11, [99998] * 11),
    "up and down": spec(
        (9999999, 1) * 5 + (9999999,),
        (1000, 0) * 5 + (1000,),
        (0, 1000, 900, 100, 800, 200, 700, 300, 600, 400, 500),
    ),
    "crossing": spec(
        _FALLING,
        (50, 48, 52, 47, 53, 45, 55, 40, 60, 30, 70),
        (50, 52, 48, 53, 47, 55, 45, 60, 40, 70, 30),
    ),
    "ones": spec([1] * 11, [1, 0] * 5 + [1], [0, 1] * 5 + [0]),
}
