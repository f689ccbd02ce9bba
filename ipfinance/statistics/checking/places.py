"""The areas that a text speaks of, where they stand; 占全国 speaks of a base, not of an area."""

import re
from dataclasses import dataclass

from ipfinance.domain.area_names import stem
from ipfinance.domain.division import Divisions, Level
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import tr
from ipfinance.statistics.outside_figures import NATION

_NATION = re.compile(r"全国|我国|\bnation(?:wide|ally)?\b|\bChina\b(?!')", re.IGNORECASE)
_PROVINCE = re.compile(r"全省|我省")
_OWN_CITY = re.compile(r"全市|我市|全县|全区(?!域)")
_OTHER = re.compile(
    r"(?<![\u4e00-\u9fff])(?:其中)?([\u4e00-\u9fff]{2,3}?[省市县])(?=[\u4e00-\u9fff\d])"
)
_NO_PLACE = ("设区", "各", "本省", "外省", "全", "我", "城", "上", "股", "下", "该", "县", "两省")
# Before an area that a share, a rank or a comparison is measured by.
_BASE_BEFORE = re.compile(
    r"(?:占|居|列|排|排名|位居|名列|高于|低于|快于|慢于|超过|领先|领跑|约占|占到|占了|排在|在)$"
)
_BASE_AFTER = re.compile(
    r"(?:首位|第[一二三四五六七八九十\d]|首个|首批|首家|前列|率先|首创|先进|平均|同期办理总量|榜首|的?总量)"
)
_NOT_A_PLACE_AFTER = ("银行", "农商", "联合", "分行", "支行", "路", "大道", "股份")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """An area where it is named: its code, "" for one that is not known here."""

    start: int
    end: int
    code: str
    name: str
    is_base: bool


class Places:
    """Finds areas by their names."""

    def __init__(self, divisions: Divisions, references: list[ReferenceFigure]) -> None:
        self.divisions = divisions
        self.province = divisions.province.code
        self._names: dict[str, str] = {}
        for figure in references:
            if figure.region not in (NATION, self.province):
                self._names[figure.region_name] = figure.region
        for one in divisions:
            for name in _written(one.name, one.level):
                self._names[name] = one.code
            if one.level is not Level.COUNTY and one.name_en:
                self._names[one.name_en] = one.code
                self._names[one.name_en.removesuffix(" Province")] = one.code
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def name_of(self, code: str) -> str:
        """What an area is called."""
        if code == NATION:
            return tr("全国")
        own = next((one.name for one in self.divisions if one.code == code), None)
        return own or next((name for name, known in self._names.items() if known == code), code)

    def find(self, text: str, given: str) -> list[PlaceMention]:
        """The areas in their order; 全市 is the given or the last named city."""
        found: dict[int, PlaceMention] = {}

        def note(match: "re.Match[str]", code: str, name: str) -> None:
            covered = any(m.start < match.end() and match.start() < m.end for m in found.values())
            if not covered and not text.startswith(_NOT_A_PLACE_AFTER, match.end()):
                base = _is_base(text, match)
                found[match.start()] = PlaceMention(match.start(), match.end(), code, name, base)

        for match in self._pattern.finditer(text):
            note(match, self._names[match[0]], match[0])
        for match in _NATION.finditer(text):
            note(match, NATION, "全国")
        for match in _PROVINCE.finditer(text):
            note(match, self.province, "全省")
        for match in _OTHER.finditer(text):
            if not match[1].startswith(_NO_PLACE) and not match[1].endswith(
                ("县市", "城市", "区市")
            ):
                note(match, "", match[1])
        for match in _OWN_CITY.finditer(text):
            before = [m for m in found.values() if m.start < match.start() and not m.is_base]
            last = before[-1].code if before else given
            note(match, last if last not in ("", NATION) else given, match[0])
        return [found[start] for start in sorted(found)]


def _written(name: str, level: Level) -> list[str]:
    """How a name is written; a district's short name (普陀, 江山) may be many things."""
    if level is Level.COUNTY and name.endswith("区"):
        return [name]
    short = stem(name)
    return [name, short] if len(short) > 1 else [name]


def _is_base(text: str, match: "re.Match[str]") -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    if _BASE_AFTER.match(text, match.end()):
        return True
    if before.endswith("在") and not before.endswith(("排在", "居在")):
        return False
    if re.search(r"[a-z]", match[0]) and re.search(
        r"\b(?:the|first|of the)\s*$", text[: match.start()], re.IGNORECASE
    ):
        return True
    if match[0].lower() == "nationally":
        return True
    return bool(_BASE_BEFORE.search(before))
