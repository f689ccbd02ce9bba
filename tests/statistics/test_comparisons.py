"""Growth, share and rank as exact fractions, and their absence."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.statistics.comparisons import growth, ranks, share


@pytest.mark.parametrize(
    ("value", "base", "grown"),
    [
        (168, 100, Fraction(17, 25)),
        (5, 10, Fraction(-1, 2)),
        (20, 10, Fraction(1)),
        (0, 10, Fraction(-1)),
        (10, 10, Fraction(0)),
        (10, 0, None),
        (0, 0, None),
    ],
)
def test_that_growth_needs_a_base(value: int, base: int, grown: Fraction | None) -> None:
    assert growth(value, base) == grown


def test_that_a_share_needs_a_whole() -> None:
    assert share(1, 3) == Fraction(1, 3)
    assert share(0, 3) == 0
    assert share(0, 0) is None


@pytest.mark.parametrize(
    ("values", "ranked"),
    [
        ([], []),
        ([7], [1]),
        ([30, 10, 20], [1, 3, 2]),
        ([9, 5, 5, 1], [1, 2, 2, 4]),
        ([0, 0, 0], [1, 1, 1]),
        ([1, 2, 2, 3], [4, 2, 2, 1]),
    ],
)
def test_that_equal_values_share_a_rank(values: list[int], ranked: list[int]) -> None:
    assert ranks(values) == ranked


@given(st.lists(st.integers(0, 5), max_size=12))
def test_that_a_rank_is_one_more_than_those_above(values: list[int]) -> None:
    assert ranks(values) == [1 + sum(other > value for other in values) for value in values]
