"""What tells one party's name from others: the core without place, form and worn words.

杭州示例精密机械科技有限公司 and 浙江示例精密机械股份有限公司 have the core 示例精密机械 in common.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ipfinance.domain.area_names import Named, stem

# The longest first: a name ends in one of them only once.
_FORMS = (
    *("集团股份有限公司", "集团有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司"),
    *("股份公司", "有限公司", "合伙企业(有限合伙)", "(有限合伙)", "(普通合伙)", "合伙企业"),
    *("专业合作社", "合作社", "分公司", "集团", "公司", "总厂", "厂"),
)
_FORM = re.compile(f"(?:{'|'.join(map(re.escape, _FORMS))})$")
# Words that many names share and that tell nothing of their own.
_WORN = re.compile("(?:科技|技术|实业|股份|集团|发展|控股|企业)+$")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BANK_FORM = re.compile("股份有限公司|有限责任公司|有限公司|股份公司|股份")
_BANK_PLACE = re.compile("[市区县省镇]")
_LONGEST_PLACE, _SHORTEST_PLACE, _PLACES_IN_A_ROW = 12, 2, 3
_SHORTEST_CORE = 2
# One of these in the place of another makes another party, not a slip of the pen.
_TELLING = frozenset(
    "一二三四五六七八九十东南西北中上下前后左右新老大小甲乙丙丁戊己庚辛壬癸0123456789"
)


@dataclass(frozen=True, slots=True)
class NameCore:
    """The parts of a normalised name: ``key`` is ``place + core + tail`` but for brackets."""

    key: str
    place: str
    core: str
    tail: str


class Places:
    """The places that names begin with or give in brackets, with and without 市 or 区."""

    def __init__(self, places: Iterable[Named]) -> None:
        names = {place.name for place in places}
        self._written = names | {stem(name) for name in names}

    def split(self, key: str) -> NameCore:
        """The parts of an enterprise's normalised name."""
        bare = _BRACKET.sub(self._without_place, key)
        rest, places = bare, []
        for _ in range(_PLACES_IN_A_ROW):
            place = self._leading(rest)
            if not place:
                break
            places.append(stem(place))
            rest = rest[len(place) :]
        body = _FORM.sub("", rest)
        core = _WORN.sub("", body)
        for shorter in (core, body):
            if len(shorter) >= _SHORTEST_CORE:
                return NameCore(key, "".join(places), shorter, rest[len(shorter) :])
        return NameCore(key, "".join(places), rest, "")

    def _leading(self, text: str) -> str:
        for length in range(min(_LONGEST_PLACE, len(text) - 2), _SHORTEST_PLACE - 1, -1):
            if text[:length] in self._written:
                return text[:length]
        return ""

    def _without_place(self, found: re.Match[str]) -> str:
        return "" if found[1] in self._written else found[0]


def lender_core(key: str) -> str:
    """A pledgee's normalised name without its legal form, 中国 and 市 or 区: its branch stays."""
    bare = _BANK_FORM.sub("", key)
    bare = bare.removeprefix("中国")
    shorter = _BANK_PLACE.sub("", bare)
    return shorter if len(shorter) >= _SHORTEST_CORE else key


@lru_cache(maxsize=65_536)
def sound_alike(one: str, other: str) -> bool:
    """Whether two characters have the same pinyin, tones aside: 宏 and 鸿, not 杭 and 湖."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(one) == lazy_pinyin(other)


def may_be_a_slip(one: str, other: str) -> bool:
    """Whether one character in the place of another may have been typed by mistake."""
    return one not in _TELLING and other not in _TELLING
