"""What the cells of a column are, told from the cells themselves.

Only what has a form of its own: codes and numbers with check digits, days, areas, words of a
closed list, names that say what they are. Plain numbers and free text are never told.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ipfinance.domain.cells import code_text
from ipfinance.domain.dates import DateError, read_date
from ipfinance.domain.division import AreaError, Divisions
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.identifiers import (
    check_organisation_code,
    check_patent_number,
    check_uscc,
)
from ipfinance.domain.names import split_list
from ipfinance.domain.words import choice_of, kind_of
from ipfinance.language import tr

_NEARLY_ALL = 0.9
_LONGEST_WORD = 8
_FIRST_DAY = date(1985, 1, 1)

_PLEDGE_NUMBER = re.compile(r"Y\d{13}")
_MARKED_TRADEMARK = re.compile(r"第\d{5,8}[A-Z]?号|G\d{6,7}[A-Z]?")
_NUMBER = re.compile(r"[\d,]{1,20}(?:\.\d+)?")
_BARE_NUMBER = re.compile(r"\d{5,8}")
_LENDER = re.compile(r"银行|信用(?:合作)?联?社|农商行|小额贷款|融资担保|担保.*公司|融资租赁|信托")
_FIRM = re.compile(
    r"(?:公司|集团|厂|合作社|研究院|研究所|事务所|有限合伙\)?|商行|经营部|工作室)(?:\(.{1,12}\))?$"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What nearly all cells of a column are: the key of a field, and of how many."""

    key: str
    hits: int
    cells: int

    @property
    def share(self) -> str:
        """How many of the cells: 38/40."""
        return f"{self.hits}/{self.cells}"

    @property
    def words(self) -> str:
        """统一社会信用代码（38/40）."""
        called = _CALLED.get(self.key) or BY_KEY[self.key].label
        return tr("{called}（{share}）", called=called, share=self.share)


# A column of days may be any of the dates, so it is called what it is.
_CALLED = {
    "registered_on": tr("日期"),
    "rights": tr("专利号"),
    "pledgor": tr("企业名称"),
    "pledgee": tr("出借机构"),
}


class Contents:
    """Knows the areas of one store, so that names of cities and counties are told."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        # Each with the fewest cells that tell anything: a check digit tells more than a word.
        self._tests: tuple[tuple[str, int, Callable[[object], bool]], ...] = (
            ("reg_no", 1, _is_pledge_number),
            ("rights", 1, _is_right),
            ("uscc", 1, _is_enterprise_code),
            ("registered_on", 2, is_day),
            ("city", 2, self._is_city),
            ("county", 2, self._is_county),
            ("size", 2, _is_size),
            ("channel", 2, _is_channel),
            ("kind", 2, _is_kind),
            ("pledgee_kind", 2, _is_lender_kind),
            ("pledgee", 2, _is_lender),
            ("pledgor", 2, _is_firm),
        )
        self._is_area: dict[tuple[str, str], bool] = {}

    def of(self, values: Sequence[object]) -> Held | None:
        """What nearly all of the cells are; blank ones do not count."""
        cells = [value for value in values if value not in ("", None)]
        for key, least, test in self._tests:
            hits = _hits(cells, test)
            if hits >= max(least, 1):
                return Held(key, hits, len(cells))
        return None

    def _is_city(self, value: object) -> bool:
        return isinstance(value, str) and self._area("city", value)

    def _is_county(self, value: object) -> bool:
        return isinstance(value, str) and self._area("county", value)

    def _area(self, level: str, text: str) -> bool:
        known = self._is_area.get((level, text))
        if known is None:
            parts = split_list(text)
            known = bool(parts) and len(text) <= 40 and all(self._names(level, p) for p in parts)
            self._is_area[level, text] = known
        return known

    def _names(self, level: str, part: str) -> bool:
        if part.isdigit():
            return False  # a number of six digits may be anything
        try:
            if level == "city":
                self._divisions.find_city(part)
            else:
                self._divisions.find_county(part, date.max)
        except AreaError as error:
            # One that was, or that is not the only one of its name, is a county all the same.
            return level == "county" and error.rule != "area_unknown"
        return True


def are_bare_numbers(values: Sequence[object]) -> Held | None:
    """Whether these may be trademark numbers, which nothing tells from other numbers."""
    cells = [value for value in values if value not in ("", None)]
    shown = [code_text(value) for value in cells if isinstance(value, str | int | float)]
    hits = sum(_BARE_NUMBER.fullmatch(text) is not None for text in shown)
    if len(shown) < 2 or hits < _NEARLY_ALL * len(cells) or len(set(shown)) < len(shown) * 0.8:
        return None
    return Held("rights", hits, len(cells))


def are_amounts(values: Sequence[object]) -> bool:
    """Whether these are numbers with which something is measured, and no running ones."""
    cells = [value for value in values if value not in ("", None)]
    shown = [code_text(value) for value in cells if isinstance(value, str | int | float)]
    numbers = [text for text in shown if _NUMBER.fullmatch(_text(text))]
    running = [str(number) for number in range(1, len(numbers) + 1)]
    return len(numbers) >= max(2, _NEARLY_ALL * len(cells)) and numbers != running


def is_day(value: object) -> bool:
    """Whether a cell is a day as people write it; the day number of a spreadsheet is a number."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str) or not any(map(str.isdigit, value)):
        return False
    return _written_day(value)


@lru_cache(maxsize=2**12)
def _written_day(text: str) -> bool:
    try:
        return read_date(text) >= _FIRST_DAY
    except DateError:
        return False


def _hits(cells: Sequence[object], test: Callable[[object], bool]) -> int:
    """How many cells pass, 0 as soon as it can no longer be nearly all."""
    allowed = len(cells) - _NEARLY_ALL * len(cells)
    missed = 0
    for cell in cells:
        if not test(cell):
            missed += 1
            if missed > allowed:
                return 0
    return len(cells) - missed


def _text(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""


def _is_pledge_number(value: object) -> bool:
    return _PLEDGE_NUMBER.fullmatch(_text(value)) is not None


def _is_right(value: object) -> bool:
    if not isinstance(value, str | float):
        return False
    parts = split_list(code_text(value))
    return bool(parts) and all(
        check_patent_number(part).ok or _MARKED_TRADEMARK.fullmatch(_text(part)) for part in parts
    )


def _is_enterprise_code(value: object) -> bool:
    if not isinstance(value, str) or len(value) < 9:
        return False
    parts = split_list(value)
    return bool(parts) and all(
        check_uscc(part).ok or check_organisation_code(part).ok for part in parts
    )


def _is_size(value: object) -> bool:
    return _all_words("size", value)


def _is_channel(value: object) -> bool:
    return _all_words("channel", value)


def _is_lender_kind(value: object) -> bool:
    return _all_words("pledgee_kind", value)


def _all_words(key: str, value: object) -> bool:
    parts = split_list(_text(value))
    return bool(parts) and all(choice_of(key, part) is not None for part in parts)


def _is_kind(value: object) -> bool:
    text = _text(value)
    return 0 < len(text) <= _LONGEST_WORD and kind_of(text) is not None


def _is_lender(value: object) -> bool:
    text = _text(value)
    return len(text) >= 4 and _LENDER.search(text) is not None


def _is_firm(value: object) -> bool:
    parts = split_list(_text(value))
    return bool(parts) and all(_FIRM.search(p) and not _LENDER.search(p) for p in parts)
