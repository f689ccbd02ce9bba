"""Texts joined in memory are searched like each of them alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ipfinance.db.lines import SEPARATOR, Lines

_TEXT = st.text("ab杭州示例𠮷𠮾é%_Ａ", max_size=6)
_LINES = st.lists(st.tuples(st.integers(1, 5), _TEXT), max_size=8)


def _lines(told: list[tuple[int, str]]) -> Lines:
    owners = np.array([owner for owner, _ in told], np.int64)
    return Lines(owners, SEPARATOR.join(line for _, line in told))


def _held(lines: Lines, text: str) -> tuple[set[int], set[int]]:
    """Who holds it, and whose lines begin with it."""
    return set(lines.holding(text).tolist()) - {0}, set(lines.beginning(text).tolist()) - {0}


def _scanned(told: list[tuple[int, str]], text: str) -> tuple[set[int], set[int]]:
    if not text:
        return set(), set()
    return (
        {owner for owner, line in told if text in line},
        {owner for owner, line in told if line.startswith(text)},
    )


@given(_LINES, _TEXT)
def test_that_lines_are_found_as_by_looking_at_each(told: list[tuple[int, str]], text: str) -> None:
    assert _held(_lines(told), text) == _scanned(told, text)


@given(_LINES, _LINES, st.sets(st.integers(1, 5)), _TEXT)
def test_that_replaced_lines_are_found_no_more_and_new_ones_are(
    told: list[tuple[int, str]], new: list[tuple[int, str]], gone: set[int], text: str
) -> None:
    lines = _lines(told)
    owners = np.array([owner for owner, _ in new], np.int64)
    lines.replace(sorted(gone), owners, SEPARATOR.join(line for _, line in new))
    left = [(owner, line) for owner, line in told if owner not in gone]
    assert _held(lines, text) == _scanned([*left, *new], text)


def test_that_nothing_reaches_over_the_end_of_a_line() -> None:
    lines = _lines([(1, "杭州"), (2, "示例")])
    assert _held(lines, "州示") == (set(), set())
    assert _held(lines, f"州{SEPARATOR}示") == (set(), set())
    assert _held(lines, "示例甲") == (set(), set())
