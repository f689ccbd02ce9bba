"""Finds the figures of an English text in the forms that the reports use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ipfinance.domain.money import WAN, YI, YUAN
from ipfinance.language import tr
from ipfinance.statistics.checking.figures import (
    Claim,
    Form,
    Found,
    Interval,
    Measure,
    found_in_turn,
)
from ipfinance.statistics.checking.numbers import (
    NUMBER,
    hedge_after,
    hedge_before,
    interval,
    is_chinese,
    negative,
    value_of,
)

_SCALES = {"": YUAN, "million": 100 * WAN, "billion": 10 * YI, "trillion": 10_000 * YI}
_MONEY = re.compile(
    rf"(?:(?P<cny>RMB|CNY|¥)\s*)?(?P<n>{NUMBER})\s*(?P<s>million|billion|trillion)?\s*"
    r"(?P<u>yuan|RMB|CNY|renminbi|years?)?\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?P<n>{NUMBER})\s+(?P<w>(?:[a-z-]+\s+){{0,3}}?)"
    r"(?P<u>enterprises|companies|firms|registrations|projects|pledges|pledgees|counties|rights)\b",
    re.IGNORECASE,
)
# The number of registrations reached 957: the unit stands before.
_NUMBER_OF = re.compile(
    r"\bnumber of (?:[a-z-]+\s+){0,3}?"
    r"(?P<u>enterprises|companies|firms|registrations|projects|pledges|pledgees|rights)\b"
    r"[^.;,]{0,60}?\b(?:reached|was|were|stood at|totall?ed|came to|amounted to|hit|rose to|"
    r"grew to|increased to|fell to|exceeded|surpassed)\s+(?:(?:over|about|around|approximately|"
    rf"nearly|almost|more than|less than)\s+)?(?P<n>{NUMBER})"
    r"(?!\s*(?:%|per ?cent|million|billion|trillion|yuan|RMB|[a-z-]*\s*(?:enterprises|companies|"
    r"firms|registrations|projects|pledges|pledgees|counties|rights)\b))",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?P<n>{NUMBER})\s*(?P<u>%|percentage points|per ?cent)", re.IGNORECASE)
_YEARS = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
_STREAK = re.compile(
    rf"(?P<n>{_YEARS})\s+consecutive\s+years|(?P<n2>{_YEARS})\s+years\s+(?:in a row|running)",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:ranked|ranking|ranks)\s+(?:No\.\s*(?P<n>\d+)|(?P<w>first|second|third|fourth|fifth))\b",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\b(?:a |new |all-time )*(?:record highs?|new high|record)\b", re.IGNORECASE)
_COVERAGE = re.compile(
    r"\bfull(?:y)? (?:county )?cover(?:age|ed)\b|\ball (?:\d+ )?counties covered", re.I
)
_UNITS = {
    "enterprises": "家", "companies": "家", "firms": "家", "pledgees": "家",
    "registrations": "件", "projects": "项", "pledges": "件", "rights": "件", "counties": "个",
}  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_GROWTH = re.compile(
    r"\b(?:up|increas\w+|grew|growth|rose|rise|risen|down|decreas\w+|fell|declin\w+|drop\w*|"
    r"year[- ]on[- ]year)\b",
    re.IGNORECASE,
)
_FALL = re.compile(r"\b(?:down|decreas\w+|fell|declin\w+|drop\w*)(?:\s+(?:by|of))?\s*$", re.I)
_SHARE = re.compile(r"\b(?:account\w*|share|proportion|represent\w+)\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:inclusive rate|coverage|rate of satisfaction|satisfaction)\b", re.I)
_NATION = re.compile(r"nation|China|country", re.IGNORECASE)
_PROVINCE = re.compile(r"provinc", re.IGNORECASE)
_ENDS = re.compile(r"[。；;\n]|(?<!\bNo)\.(?=\s+[A-Z\d]|\s*$)")


def find_english(text: str) -> list[Found]:
    """The figures of an English text, in their order; none in a text without English words."""
    return found_in_turn(text, (_streaks, _amounts, _percents, _counts, _numbers_of, _words))


def _amounts(text: str) -> Iterator[Found]:
    for match in _MONEY.finditer(text):
        unit, scale = (match["u"] or "").lower(), (match["s"] or "").lower()
        if not (match["cny"] or unit) or (unit.startswith("year") and not scale):
            continue
        worth = _SCALES[scale]
        hedge = hedge_before(text, match.start()) or hedge_after(text, match.end())
        fault = ""
        if unit.startswith("year"):
            fault = tr("单位写成了 {unit}，应为 yuan", unit=match["u"])
        yield Found(
            match[0], match.start(), match.end(), Form.AMOUNT, Claim.LEVEL, Measure.MONEY,
            value_of(match["n"]) * worth, interval(match["n"], worth, hedge), "元", fault=fault,
        )  # fmt: skip


def _counts(text: str) -> Iterator[Found]:
    for match in _COUNT.finditer(text):
        hedge = hedge_before(text, match.start())
        yield Found(
            match["n"], match.start(), match.start() + len(match["n"]), Form.COUNT, Claim.LEVEL,
            Measure.COUNT, value_of(match["n"]), interval(match["n"], 1, hedge),
            _UNITS[match["u"].lower()],
        )  # fmt: skip


def _numbers_of(text: str) -> Iterator[Found]:
    for match in _NUMBER_OF.finditer(text):
        hedge = hedge_before(text, match.start("n"))
        yield Found(
            match["n"], match.start("n"), match.end("n"), Form.COUNT, Claim.LEVEL,
            Measure.COUNT, value_of(match["n"]), interval(match["n"], 1, hedge),
            _UNITS[match["u"].lower()],
        )  # fmt: skip


def _percents(text: str) -> Iterator[Found]:
    for match in _PERCENT.finditer(text):
        if is_chinese(_before(text, match.start())[-20:] + text[match.end() : match.end() + 6]):
            continue
        before, after = _before(text, match.start()), _phrase(text, match.end())
        number = value_of(match["n"]) / 100
        allowed = interval(match["n"], Fraction(1, 100), hedge_before(text, match.start()))
        made = Found(
            match[0], match.start(), match.end(), Form.GROWTH, Claim.GROWTH, Measure.RATE,
            number, allowed, match["u"],
        )  # fmt: skip
        said = [(m.end(), "growth") for m in _GROWTH.finditer(before)]
        said += [(m.end(), "share") for m in _SHARE.finditer(before)]
        said += [(m.end(), "rate") for m in _RATE.finditer(before)]
        what = max(said)[1] if said else ""
        if re.match(r"\s*of (?:the|China|its)", after):
            what = "share"
        elif re.match(r"\s*(?:increase|growth|rise)", after):
            what = "growth"
        elif re.match(r"\s*(?:decrease|decline|fall)", after):
            what, made = "growth", _fallen(made)
        if match["u"].lower() == "percentage points":
            yield replace(made, claim=Claim.UNKNOWN)
        elif what == "share":
            words = after or before[-30:]
            base = "nation" if _NATION.search(words) else ""
            base = base or ("province" if _PROVINCE.search(words) else "")
            yield replace(made, form=Form.SHARE, claim=Claim.SHARE, base=base)
        elif what == "rate":
            form = Form.COVERAGE if "coverage" in before[-40:].lower() else Form.SHARE
            yield replace(made, form=form, claim=Claim.RATE)
        elif what == "growth":
            yield _fallen(made) if made.number > 0 and _FALL.search(before) else made
        else:
            yield replace(made, form=Form.SHARE, claim=Claim.UNKNOWN)


def _fallen(made: Found) -> Found:
    return replace(made, number=-made.number, interval=negative(made.interval))


def _streaks(text: str) -> Iterator[Found]:
    for match in _STREAK.finditer(text):
        words = (match["n"] or match["n2"]).lower()
        years = Fraction(int(words) if words.isdigit() else _NUMBERS.index(words))
        near = _before(text, match.start()) + _phrase(text, match.end())
        is_first = re.search(r"\bfirst\b", near, re.IGNORECASE)
        base = "nation" if _NATION.search(near) else ""
        yield Found(
            match[0], match.start(), match.end(), Form.STREAK,
            Claim.FIRST_YEARS if is_first else Claim.UNKNOWN, Measure.PLACE, years,
            Interval(years, years, closed=True), "年", base=base,
        )  # fmt: skip


def _words(text: str) -> Iterator[Found]:
    one = Interval(Fraction(1), Fraction(1), closed=True)
    for match in _RANK.finditer(text):
        if re.search(
            r"consecutive|in a row", _phrase(text, match.end()) + text[match.end() :][:60]
        ):
            continue  # the streak says it
        place = int(match["n"]) if match["n"] else _ORDINALS.index(match["w"].lower()) + 1
        allowed = Interval(Fraction(place), Fraction(place), closed=True)
        base = "nation" if _NATION.search(text[match.end() : match.end() + 30]) else ""
        yield Found(
            match[0], match.start(), match.end(), Form.RANK, Claim.RANK, Measure.PLACE,
            Fraction(place), allowed, "位", base=base, place=place,
        )  # fmt: skip
    for pattern, form, claim in (
        (_RECORD, Form.RECORD, Claim.RECORD),
        (_COVERAGE, Form.COVERAGE, Claim.COVERAGE),
    ):
        for match in pattern.finditer(text):
            yield Found(
                match[0], match.start(), match.end(), form, claim, Measure.PLACE, Fraction(1), one
            )


def _before(text: str, start: int) -> str:
    ends = [match.end() for match in _ENDS.finditer(text, 0, start)]
    return text[max(ends[-1] if ends else 0, start - 120) : start]


def _phrase(text: str, end: int) -> str:
    """What follows, up to the next comma or stop."""
    return re.split(r"[,;。\n]|\.(?:\s|$)", text[end:], maxsplit=1)[0]
