"""What the words around a table say of its rows: kind, city, county and unit of amounts."""

import re
from collections.abc import Mapping

from ipfinance.domain.area_names import stem
from ipfinance.domain.division import Divisions, Level
from ipfinance.domain.money import Unit
from ipfinance.domain.pledge import Kind
from ipfinance.intake.labels import UNIT_WORDS, plain

_UNIT_LINE = re.compile(r"(?<![填制]报)(?<!报送)(?<!填表)(?<!制表)(?<!主管)(?<!编制)单位[:(]?(.*)")
_KINDS = (
    (re.compile("专利"), Kind.PATENT),
    (re.compile("商标"), Kind.TRADEMARK),
    (re.compile("著作权|版权"), Kind.COPYRIGHT),
    (re.compile("数据知识产权|数据产权"), Kind.DATA),
    (re.compile("集成电路|布图设计"), Kind.IC_LAYOUT),
    (re.compile("地理标志"), Kind.GEOGRAPHICAL_INDICATION),
)
# What may follow a city's name without 市: 杭州专利, 杭州2019年; 杭州银行 is no place.
_AFTER_STEM = r"(?=$|[\d\s_\-—(（【.、:：]|市|地区|专利|商标|知识产权|质押|登记|台账|各)"


class Headings:
    """Reads headings with the areas of one store."""

    def __init__(self, divisions: Divisions) -> None:
        self._cities = [(_city_pattern(city.name), city.name) for city in divisions.cities()]
        self._counties = sorted(
            {row.name for row in divisions if row.level is Level.COUNTY and len(row.name) > 2},
            key=len,
            reverse=True,
        )

    def read(self, text: str) -> dict[str, str]:
        """The cells ``kind``, ``city`` and ``county`` that a heading gives; none when unclear."""
        heading = plain(text)
        kinds = {kind.label_zh for pattern, kind in _KINDS if pattern.search(heading)}
        cities = {name for pattern, name in self._cities if pattern.search(heading)}
        counties = {name for name in self._counties if name in heading}
        counties = {one for one in counties if not any(one in more for more in counties - {one})}
        said = {"kind": kinds, "city": cities, "county": counties}
        return {key: words.pop() for key, words in said.items() if len(words) == 1}


def _city_pattern(name: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(name)}|{re.escape(stem(name))}{_AFTER_STEM}")


def unit_line(text: str) -> Unit | None:
    """The unit in 「单位：万元」 or 「计量单位：万元、家、件」; 「填报单位」 names an office."""
    found = _UNIT_LINE.search(plain(text))
    if not found:
        return None
    words = re.split(r"[、,;/()]", found[1])
    units = {UNIT_WORDS[word] for word in words if word in UNIT_WORDS}
    return units.pop() if len(units) == 1 else None


def lone_unit(text: str) -> Unit | None:
    """The unit in a cell that holds nothing else: 「（万元）」, or 「万元」 after 「单位：」."""
    return UNIT_WORDS.get(plain(text).strip("()[]【】"))


def merged_with(known: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What two headings say together; where they contradict each other, nothing."""
    both = {**known, **said}
    return {
        key: words for key, words in both.items() if known.get(key, words) == said.get(key, words)
    }
