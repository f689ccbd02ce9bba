"""Comparisons between figures: growth, share and rank, as exact fractions.

A comparison without a base is None, never zero; whoever prints it writes — and the reason.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def growth(value: int, base: int) -> Fraction | None:
    """Growth over a base as a fraction (0.68 = 68 %), None when the base is zero."""
    return Fraction(value - base, base) if base else None


def share(part: int, whole: int) -> Fraction | None:
    """Share of a whole as a fraction, None when the whole is zero."""
    return Fraction(part, whole) if whole else None


def ranks(values: Sequence[int | Fraction | Decimal]) -> list[int]:
    """The rank of each value, largest first; equal values share one (1, 2, 2, 4)."""
    ordered = sorted(values, reverse=True)
    first: dict[int | Fraction | Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return [first[value] for value in values]
