"""Numbers of made-up companies, patents, trademarks and registrations, with right check digits.

They are taken from ranges that no register has reached, so that none is a real one's.
"""

from random import Random

from stdnum.cn import uscc

from ipfinance.domain.identifiers import USCC_ALPHABET, organisation_check, patent_check

_LETTERS_COUNT = len(USCC_ALPHABET)
# Each range is walked through in steps that have no divisor in common with its length, so that
# no number comes twice and neighbours do not look alike.
_ORGANISATIONS, _ORGANISATION_STEP = _LETTERS_COUNT**6, 611_953_129
_FIRST_PATENT, _PATENTS, _PATENT_STEP = 5_000_000, 5_000_000, 3_654_321
_FIRST_MARK, _MARKS, _MARK_STEP = 90_000_000, 10_000_000, 7_333_331


class Numbers:
    """Gives out numbers; none twice, the same ones for the same generator of random numbers."""

    def __init__(self, random: Random, province: str) -> None:
        self._province = province[:2]
        self._organisation = random.randrange(_ORGANISATIONS)
        self._mark = random.randrange(_MARKS)
        self._patent = random.randrange(_PATENTS)
        self._pledges: dict[tuple[int, bool], int] = {}

    def credit_code(self, county: str) -> str:
        """A 统一社会信用代码 of a company registered in a county."""
        self._organisation = (self._organisation + _ORGANISATION_STEP) % _ORGANISATIONS
        body = f"XX{_letters(self._organisation)}"
        first = f"91{county}{body}{organisation_check(body)}"
        return f"{first}{uscc.calc_check_digit(first)}"

    def patent(self, year: int, kind: int) -> str:
        """A patent filed in a year; ``kind`` is 1 invention, 2 utility model, 3 design."""
        self._patent = (self._patent + _PATENT_STEP) % _PATENTS
        body = f"{year}{kind}{_FIRST_PATENT + self._patent}"
        return f"{body}.{patent_check(body)}"

    def mark(self) -> str:
        """The registration number of a trademark."""
        self._mark = (self._mark + _MARK_STEP) % _MARKS
        return str(_FIRST_MARK + self._mark)

    def pledge(self, year: int, is_patent: bool) -> str:
        """The 登记号; that of a trademark pledge has no known form and is plainly an example."""
        number = self._pledges.get((year, is_patent), 0) + 1
        self._pledges[year, is_patent] = number
        if is_patent:
            return f"Y{year}{self._province}{number:07d}"
        return f"示例商质〔{year}〕第{number}号"


def _letters(number: int) -> str:
    text = ""
    for _ in range(6):
        number, digit = divmod(number, _LETTERS_COUNT)
        text += USCC_ALPHABET[digit]
    return text
