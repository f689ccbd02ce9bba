"""How many made-up registrations, and how much money, each year, half and register gets.

Shaped after what the province published, so that sentences made from the demonstration read
like its reports: everything grows every year, 2019 and 2022 the most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from random import Random

from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind

FIRST_YEAR = 2016
USUAL_END = date(2025, 12, 31)
# With so many, the registrations of 2019 grow by 33.6 % over 2018, in patents and in all.
USUAL_SIZE = 3580

_REGISTRATIONS = {
    2017: 0.08, 2018: 0.09, 2019: 0.336, 2020: 0.08, 2021: 0.10,
    2022: 0.18, 2023: 0.10, 2024: 0.07, 2025: 0.05,
}  # fmt: skip
_AMOUNTS = {
    Kind.PATENT: {
        2017: 0.21, 2018: 0.27, 2019: 0.68, 2020: 0.32, 2021: 0.38,
        2022: 0.529, 2023: 0.34, 2024: 0.22, 2025: 0.15,
    },
    Kind.TRADEMARK: {
        2017: 0.14, 2018: 0.17, 2019: 0.403, 2020: 0.19, 2021: 0.22,
        2022: 0.529, 2023: 0.20, 2024: 0.16, 2025: 0.12,
    },
}  # fmt: skip
_LATER = 0.06
_SHARES = {Kind.PATENT: 0.65, Kind.TRADEMARK: 0.35}
_FIRST_HALF_SHARE = 0.45
_FIRST_AVERAGE_WAN = {Kind.PATENT: 300, Kind.TRADEMARK: 400}
_SPREAD = 1.1  # of the logarithm of an amount
_ODD_AMOUNTS = 0.08
# Amounts in 万元 below the first number are written as multiples of the second.
_ROUND_TO = ((100, 5), (500, 10), (1000, 50), (10_000, 100), (float("inf"), 500))


@dataclass(frozen=True, slots=True)
class Cell:
    """One half-year of one register: its days, how many registrations, how much money in 分."""

    kind: Kind
    start: date
    end: date
    registrations: int
    amount_fen: int


def cells(size: int, until: date) -> list[Cell]:
    """The half-years up to a day, for ``size`` registrations in all, oldest first."""
    years = range(FIRST_YEAR, until.year + 1)
    keys = [(year, kind) for year in years for kind in _SHARES]
    # How much of the first year's number falls into each year, which the last may cut short.
    weights = [
        _SHARES[kind] * _level(_REGISTRATIONS, year) * sum(_passed(year, until))
        for year, kind in keys
    ]
    made = []
    for (year, kind), number in zip(keys, portions(size, weights), strict=True):
        passed = _passed(year, until)
        first = size * _SHARES[kind] / sum(weights) * _FIRST_AVERAGE_WAN[kind]
        in_year = first * _level(_AMOUNTS[kind], year)
        for half, part in enumerate(portions(number, passed)):
            if passed[half]:
                start, end = _half(year, half)
                amount = round(in_year * passed[half]) * WAN
                made.append(Cell(kind, start, min(end, until), part, amount))
    return made


def amounts(random: Random, number: int, total_fen: int) -> list[int]:
    """So many amounts as banks write them, mostly round, that add up to a total."""
    if number == 0:
        return []
    drawn = [random.lognormvariate(0, _SPREAD) for _ in range(number)]
    scale = total_fen / WAN / sum(drawn)
    rounded = [_as_written(random, each * scale) for each in drawn]
    largest = max(range(number), key=rounded.__getitem__)
    rounded[largest] = max(WAN, rounded[largest] + total_fen - sum(rounded))
    return rounded


def portions(whole: int, weights: Sequence[float]) -> list[int]:
    """A number divided by weights into whole parts that add up to it."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    exact = [whole * weight / total for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for index in by_rest[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def online_share(year: int) -> float:
    """How many of a year's registrations are handled online."""
    return min(0.9, 0.04 + 0.09 * (year - FIRST_YEAR))


def _level(growth: Mapping[int, float], year: int) -> float:
    """How many times the first year's value a year's is."""
    return prod(1 + growth.get(each, _LATER) for each in range(FIRST_YEAR + 1, year + 1))


def _half(year: int, half: int) -> tuple[date, date]:
    if half == 0:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def _passed(year: int, until: date) -> list[float]:
    """The shares of a year's registrations that fall into its halves up to a day."""
    shares = []
    for half, share in enumerate((_FIRST_HALF_SHARE, 1 - _FIRST_HALF_SHARE)):
        start, end = _half(year, half)
        days = max(0, (min(end, until) - start).days + 1)
        shares.append(share * days / ((end - start).days + 1))
    return shares


def _as_written(random: Random, wan: float) -> int:
    if random.random() < _ODD_AMOUNTS:
        return max(1, round(wan * 100)) * (WAN // 100)
    step = next(step for below, step in _ROUND_TO if wan < below)
    return max(step, round(wan / step) * step) * WAN
