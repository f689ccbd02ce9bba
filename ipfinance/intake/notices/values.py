"""The values of a notice's fields: numbers, days, parties and patents, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from ipfinance.intake.notices.plain_text import SEPARATORS, Plain
from ipfinance.intake.notices.words import Form

_DAY = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日?|\d{4} ?([-./]) ?\d{1,2} ?\1 ?\d{1,2}(?!\d)|\d{8}(?!\d)"
)
_PLEDGE_NUMBER = re.compile(r"[Yy]? ?\d{4} ?\d{2} ?\d{7}(?!\d)")
_PATENT = re.compile(
    r"(?:(?:ZL|CN) ?)?(?:\d{4} ?\d ?\d{7}|\d{8}) ?(?:\. ?[\dX]|[\dX])?(?!\w)"
    # Whatever else stands there is read too, so that its fault can be told.
    r"|[A-Z\d]+[A-Z\d.]{4,}",
    re.I,
)
_TOKEN = re.compile(r"[^\s;,、。|]+")
_NEXT_MARK = re.compile(r" *[;、\n\t,]")
_LONGEST_NAME = 80
_LINE = re.compile(r"[^;\n]+")
_OPENING, _CLOSING = "([{《〈「『【〔“", ")]}》〉」』】〕”"
# Before one of these a comma separates two organisations; elsewhere it is part of a name.
_COMPLETE = re.compile(
    r"(?:公司|厂|银行|[支分总]行|联社|合作社|信用社|中心|集团|研究院|研究所|大学|学院"
    r"|\((?:自然人|个人)\))$"
)


@dataclass(frozen=True, slots=True)
class Bit:
    """A part of the plain text, from ``start`` to ``end``."""

    start: int
    end: int


def bits(plain: Plain, form: Form, start: int, end: int) -> list[Bit]:
    """The parts of a value that say something; the rest of it is left over."""
    whole = trimmed(plain, start, end)
    if whole is None:
        return []
    text = plain.text
    if form is Form.DATE:
        return [_matched(_DAY, text, whole)]
    if form is Form.NUMBER:
        return [_matched(_PLEDGE_NUMBER, text, whole)]
    if form is Form.PATENTS:
        return [
            Bit(found.start(), found.end()) for found in _PATENT.finditer(text, start, whole.end)
        ]
    if form is Form.PARTIES:
        parts = (trimmed(plain, part.start, part.end) for part in _parties(text, whole))
        return [part for part in parts if part is not None]
    if form is Form.LINE:
        found = _LINE.match(text, whole.start, whole.end)
        line = trimmed(plain, *found.span()) if found else None
        return [line] if line else []
    return [whole]


def trimmed(plain: Plain, start: int, end: int) -> Bit | None:
    """The part without separators at both ends, None when nothing is left."""
    text = plain.text
    while start < end and text[start] in SEPARATORS:
        start += 1
    while start < end and text[end - 1] in SEPARATORS:
        end -= 1
    return Bit(start, end) if start < end else None


def _matched(pattern: re.Pattern[str], text: str, whole: Bit) -> Bit:
    """What the pattern finds at the beginning, else the first word, to be complained of."""
    found = pattern.match(text, whole.start, whole.end) or _TOKEN.match(
        text, whole.start, whole.end
    )
    assert found is not None  # the first character is no separator
    return Bit(found.start(), found.end())


def _parties(text: str, whole: Bit) -> Iterator[Bit]:
    """Split on ；;、 and line breaks outside brackets, and on commas between organisations."""
    depths = _depths(text, whole)
    start = whole.start
    for at in range(whole.start, whole.end):
        if depths[at - whole.start] or text[at] not in ";、\n\t,":
            continue
        if text[at] == "," and not _between_organisations(text, start, at, whole.end):
            continue
        yield Bit(start, at)
        start = at + 1
    yield Bit(start, whole.end)


def _between_organisations(text: str, start: int, comma: int, end: int) -> bool:
    """Whether a whole organisation stands on either side of a comma."""
    before = text[max(start, comma - _LONGEST_NAME) : comma].rstrip()
    after = _NEXT_MARK.split(text[comma + 1 : min(end, comma + _LONGEST_NAME)], maxsplit=1)[0]
    return bool(_COMPLETE.search(before) and _COMPLETE.search(after))


def _depths(text: str, whole: Bit) -> list[bool]:
    """For each character whether it stands in brackets; one that never closes brackets nothing."""
    edges = [0] * (whole.end - whole.start)
    opened: list[int] = []
    for at in range(whole.start, whole.end):
        if text[at] in _OPENING:
            opened.append(at)
        elif text[at] in _CLOSING and opened:
            edges[opened.pop() - whole.start] += 1
            edges[at - whole.start] -= 1
    return [depth > 0 for depth in accumulate(edges)]
