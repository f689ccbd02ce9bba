"""Checking a text in tests: its figures by what is printed."""

from ipfinance.db.connection import Store
from ipfinance.domain.period import Period
from ipfinance.statistics.checking.figures import Checked, Verdict
from ipfinance.statistics.checking.statement import check

RIGHT, WRONG, OPEN = Verdict.RIGHT, Verdict.WRONG, Verdict.OPEN


def checked(
    text: str, store: Store, period: Period | None = None, area: str | None = None
) -> dict[str, Checked]:
    """The figures by their text; each must be where it says that it is."""
    found = check(text, store, period, area)
    assert [one for one in found if text[one.start : one.end] != one.text] == []
    assert [(one.start, one.end) for one in found] == sorted((one.start, one.end) for one in found)
    return {one.text: one for one in found}


def verdicts(
    text: str, store: Store, period: Period | None = None, area: str | None = None
) -> dict[str, Verdict]:
    """The verdicts by the figures' text."""
    return {text: one.verdict for text, one in checked(text, store, period, area).items()}
