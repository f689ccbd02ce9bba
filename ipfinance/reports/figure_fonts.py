"""Which installed font writes the Chinese of a figure, and what to say when there is none."""

from collections.abc import Collection
from dataclasses import dataclass

from ipfinance.language import aloud, word

# In the order of the screen's fonts, then what else systems come with.
_CHINESE = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "SimSun",
)
_LAST = "DejaVu Sans"  # comes with matplotlib
_NOTE = word(
    "没有找到中文字体，图中的汉字会显示为方框；请安装 Noto Sans CJK SC"
    "（Debian 的软件包 fonts-noto-cjk）或微软雅黑后重新导出。"
)


@dataclass(frozen=True, slots=True)
class Font:
    """A font family; ``note`` tells the clerk when it has no Chinese, else it is empty."""

    family: str
    note: str = ""


def figure_font() -> Font:
    """The first installed font of the list; looking for fonts may take seconds the first time."""
    from matplotlib.font_manager import fontManager

    return choose_font({entry.name for entry in fontManager.ttflist})


def choose_font(installed: Collection[str]) -> Font:
    """The first font of the list that is among these families."""
    for family in _CHINESE:
        if family in installed:
            return Font(family)
    return Font(_LAST, aloud(_NOTE))
