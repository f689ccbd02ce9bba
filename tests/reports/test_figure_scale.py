"""The scales of a figure: round ends, whole ticks, little waste."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.reports.figure_scale import round_scale


@pytest.mark.parametrize(
    ("largest", "top", "step"),
    [
        ("1863542", "2000000", "500000"),
        ("2000000", "2000000", "500000"),
        ("2000001", "2500000", "500000"),
        ("9120", "10000", "2500"),
        ("0.35", "0.4", "0.1"),
    ],
)
def test_that_bars_end_at_a_round_number(largest: str, top: str, step: str) -> None:
    scale = round_scale(Decimal(largest), 3, 5)
    assert (scale.top, scale.step) == (Decimal(top), Decimal(step))


@pytest.mark.parametrize(
    ("largest", "texts"), [(0, "0 1"), (1, "0 1"), (2, "0 1 2"), (5, "0 2 4 6")]
)
def test_that_what_is_counted_has_whole_ticks(largest: int, texts: str) -> None:
    assert round_scale(Decimal(largest), 2, 4, whole=True).texts == tuple(texts.split())


@given(st.decimals(min_value="0.01", max_value=10**12, places=2))
def test_that_a_scale_reaches_every_number_and_wastes_little(largest: Decimal) -> None:
    scale = round_scale(largest, 3, 5)
    assert largest <= scale.top <= 2 * largest
    assert 3 <= len(scale.ticks) - 1 <= 5
    assert scale.ticks[-1] == scale.top


def test_that_ticks_are_written_without_trailing_zeros() -> None:
    assert round_scale(Decimal("0.9"), 3, 5).texts == ("0", "0.25", "0.5", "0.75", "1")
    assert round_scale(Decimal(1863542), 3, 5).texts[-1] == "2,000,000"
