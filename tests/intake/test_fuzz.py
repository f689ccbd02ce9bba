"""A share of the fuzz run: damaged ledgers and notices, the same ones every time.

The whole of it is ``make fuzz``.
"""

from collections import Counter
from pathlib import Path

import pytest

from tools.fuzz import Trial

_SHARES, _EACH = 10, 30


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("share", range(_SHARES))
def test_that_damaged_files_are_read_whole_or_refused_in_words(trial: Trial, share: int) -> None:
    outcomes = Counter(trial.run(share * _EACH + number) for number in range(_EACH))
    # A share that never came through to the store would prove nothing.
    assert outcomes["ledger read"] > 0, outcomes
    assert outcomes["notice read"] > 0, outcomes


def test_that_a_number_always_gives_the_same_file(trial: Trial, tmp_path: Path) -> None:
    other = Trial(tmp_path)
    # A zip tells when it was made; its parts do not.
    for number in (3, 6, 9):
        assert trial.file(number).read_bytes() == other.file(number).read_bytes()
