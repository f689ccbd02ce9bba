"""Slips of the hand in printed digits: which number was meant, when one digit explains it."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ipfinance.language import tr
from ipfinance.statistics.checking.numbers import value_of


def meant(digits: str, low: Fraction, high: Fraction, exact: Fraction) -> tuple[str, str] | None:
    """The number that was meant and the slip in words, when one slip leads into a range.

    ``digits`` as printed; of several within ``low`` to ``high`` the nearest to ``exact``.
    """
    printed = value_of(digits)
    plain = digits.replace(",", "")
    best: tuple[Fraction, str, str] | None = None
    for candidate, words in _slips(plain):
        value = value_of(candidate)
        if value == printed or not low <= value <= high:
            continue
        distance = abs(value - exact)
        if best is None or distance < best[0]:
            best = distance, candidate, words
    return None if best is None else (best[1], best[2])


def _slips(digits: str) -> Iterator[tuple[str, str]]:
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    for at in places:
        shorter = digits[:at] + digits[at + 1 :]
        if _is_number(shorter):
            yield shorter, tr("多写了一位")
    for at in places:
        for char in "0123456789":
            other = digits[:at] + char + digits[at + 1 :]
            if _is_number(other):
                yield other, tr("写错了一位")
    for at, after in pairwise(places):
        swapped = list(digits)
        swapped[at], swapped[after] = swapped[after], swapped[at]
        if _is_number(text := "".join(swapped)):
            yield text, tr("两位写颠倒了")
    for at in range(len(digits) + 1):
        for char in "0123456789":
            longer = digits[:at] + char + digits[at:]
            if _is_number(longer):
                yield longer, tr("少写了一位")


def _is_number(text: str) -> bool:
    whole, dot, rest = text.partition(".")
    if not whole.isdigit() or (dot and not rest.isdigit()):
        return False
    return whole == "0" or not whole.startswith("0")
