"""A figure found in a text: what is printed, which true values it allows, and its verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from ipfinance.domain.period import Period
from ipfinance.language import tr, word


class Form(StrEnum):
    """The sorts of figures, as they are told to scripts."""

    AMOUNT = "amount"
    COUNT = "count"
    GROWTH = "growth"
    SHARE = "share"
    RANK = "rank"
    STREAK = "streak"
    RECORD = "record"
    COVERAGE = "coverage"
    TOTAL = "total"


class Verdict(StrEnum):
    """What came of checking a figure."""

    RIGHT = word("相符")
    WRONG = word("不符")
    OPEN = word("无法核对")

    @property
    def label(self) -> str:
        """What the window says; the value is what is told to scripts."""
        return tr(self.value)

    @property
    def is_wrong(self) -> bool:
        return self is Verdict.WRONG


class Claim(StrEnum):
    """What a figure says of its indicator."""

    LEVEL = "level"
    GROWTH = "growth"
    CHAIN = "chain"
    TIMES = "times"
    ANNUAL = "annual"
    INCREMENT = "increment"
    SHARE = "share"
    POINTS = "points"
    AHEAD = "ahead"
    RATE = "rate"
    RANK = "rank"
    FIRST_YEARS = "first_years"
    RECORD = "record"
    COVERAGE = "coverage"
    UNKNOWN = "unknown"


TELLING = (Claim.LEVEL, Claim.INCREMENT, Claim.RATE)
"""Claims that tell how much there was, which a growth or a share then speaks of."""


class Measure(StrEnum):
    """What a printed number counts: 分, things, a fraction of one, or neither."""

    MONEY = "money"
    COUNT = "count"
    RATE = "rate"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a printed number allows; ``high`` None is open.

    ``low`` belongs to it; ``high`` does not, unless ``closed``: 172 stands for what rounds to
    172, 四舍五入, so for 171.5 but not for 172.5.
    """

    low: Fraction
    high: Fraction | None
    closed: bool = False
    above_low: bool = False

    def has(self, value: Fraction | int) -> bool:
        """Whether an exact value is printed so."""
        if value < self.low or (self.above_low and value == self.low):
            return False
        return self.high is None or value < self.high or (self.closed and value == self.high)

    @property
    def digit(self) -> Fraction:
        """The last printed digit of a number that is rounded to it; 0 where it is not."""
        # A fall is the mirror of a rise: both its ends changed over, and it is rounded too.
        if self.high is None or self.closed is not self.above_low:
            return Fraction(0)
        return self.high - self.low

    def meets(self, low: Fraction, high: Fraction | None) -> bool:
        """Whether a value that is known between two ends may be printed so."""
        return (self.high is None or low <= self.high) and (high is None or self.low <= high)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in a text: its characters, and what it says.

    ``number`` is the printed number itself in ``measure`` (分, a count, a fraction, a place or
    years), ``base`` the area that a share or a rank refers to: nation, province, city or "";
    ``against`` the period that a growth names itself (比2016年), ``years`` how many it is said to
    have lasted (近三年), ``over`` the area that a multiple is of; ``is_total`` marks 合计.
    ``place`` is what a streak or a rank claims: first is 1. ``at_most`` reads 前三.
    """

    text: str
    start: int
    end: int
    form: Form
    claim: Claim
    measure: Measure
    number: Fraction
    interval: Interval
    unit: str = ""
    base: str = ""
    against: Period | None = None
    years: int = 0
    over: str = ""
    is_total: bool = False
    place: int = 1
    fault: str = ""


def found_in_turn(text: str, finders: Iterable[Callable[[str], Iterable[Found]]]) -> list[Found]:
    """What each finder finds where no earlier one has found anything, in the text's order."""
    found: list[Found] = []
    for find in finders:
        taken = [(one.start, one.end) for one in found]
        found += [
            one
            for one in find(text)
            if all(one.end <= start or end <= one.start for start, end in taken)
        ]
    return sorted(found, key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure may speak of. ``area`` is a code; "" when it is one nobody knows here."""

    indicator: str
    kind: str
    period: Period
    area: str
    area_name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Context:
    """What a figure may mean, the likeliest reading first.

    ``why_not`` says why it cannot be looked up; where readings stand beside it, they serve for
    the arithmetic of the text only. ``unsure`` when the words do not quite say that pledges are
    meant: such a figure may be found right, not wrong. So are the ``spare`` readings, which are
    asked only when nothing is known of the others.
    """

    found: Found
    readings: tuple[Reading, ...]
    why_not: str = ""
    sentence: int = 0
    unsure: bool = False
    spare: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A figure with its verdict.

    ``computed`` is the value worked out, for machines (元 with two places, counts, fractions),
    None when there is none; ``reason`` one Chinese sentence. ``start`` and ``end`` count the
    characters of the text given.
    """

    text: str
    start: int
    end: int
    form: Form
    verdict: Verdict
    computed: str | None
    reason: str
