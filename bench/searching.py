"""Each key of a search among the names of enterprises, against one joined text and `str.find`."""

import contextlib
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate

import numpy as np

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.lines import SEPARATOR, Lines

_NAMES = "SELECT name_key FROM enterprise ORDER BY id"
_TYPED = 12  # so many names are typed key by key, from their beginning and from their third key
_LONGEST = 8

Find = Callable[[str], Iterable[int]]
"""The places, among all names, of those that hold a text."""


def questions(size: int) -> list[Question]:
    """The key that 95 of 100 are faster than; both find the same names or nothing is told."""
    find = "joined str.find"
    return [
        Question(
            "search",
            f"逐字搜索企业名称，每键 p95，登记 {size:,} 笔的企业",
            ours=Subject("ipfinance", partial(_keys, size, _ours), tells=True),
            others=(Subject(find, partial(_keys, size, _joined), tells=True),),
            targets={find: 1},
            rounds=5,
        )
    ]


@contextlib.contextmanager
def _keys(size: int, searched: Callable[[list[str]], Find]) -> Iterator[Run]:
    with stores.opened(size) as store:
        names = [str(name) for (name,) in store.connection.execute(_NAMES)]
    find = searched(names)
    keys = _typed(names)
    for key in keys[:: len(keys) // 20]:
        if list(find(key)) != [place for place, name in enumerate(names) if key in name]:
            raise RuntimeError(f"not what a scan finds: {key}")

    def run() -> float:
        times = []
        for key in keys:
            start = time.perf_counter()
            find(key)
            times.append(time.perf_counter() - start)
        return float(np.percentile(times, 95))

    yield run


def _typed(names: list[str]) -> list[str]:
    chosen = names[:: len(names) // _TYPED]
    return [
        name[first : first + length]
        for name in chosen
        for first in (0, 2)
        for length in range(1, min(_LONGEST, len(name) - first) + 1)
    ]


def _ours(names: list[str]) -> Find:
    lines = Lines(np.arange(len(names)), SEPARATOR.join(names))

    def find(key: str) -> Iterable[int]:
        found = np.zeros(len(names), bool)
        found[lines.holding(key)] = True
        return np.flatnonzero(found)

    return find


def _joined(names: list[str]) -> Find:
    joined = "\n".join(names)
    starts = list(accumulate((len(name) + 1 for name in names), initial=0))

    def find(key: str) -> Iterable[int]:
        found = []
        at = joined.find(key)
        while at >= 0:
            line = bisect_right(starts, at)
            found.append(line - 1)
            at = joined.find(key, starts[line])
        return found

    return find
