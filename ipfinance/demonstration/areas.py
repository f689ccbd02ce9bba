"""Where made-up registrations fall: cities by weight, and every county in the years after 2019."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from random import Random

from ipfinance.demonstration.shape import portions
from ipfinance.domain.division import Division, Divisions

# From this year on the province reports registrations in every county.
ALL_COUNTIES_FROM = 2019
# The first city of the list is the capital and the largest; the later, the smaller.
_CAPITAL_FIRST = 0.3
_ENOUGH = 1.5  # registrations a county, before each gets one


class Areas:
    """Spreads registrations over the counties that exist on their days."""

    def __init__(self, random: Random, divisions: Divisions) -> None:
        self._random = random
        self._divisions = divisions
        self._weights = {row.code: random.lognormvariate(0, 0.5) for row in divisions}
        last = date.max
        self._cities = {
            city.code: len(divisions.counties_on(last, city.code)) / place**_CAPITAL_FIRST
            for place, city in enumerate(divisions.cities(), 1)
        }
        self._existing: dict[tuple[int, str], tuple[list[Division], list[float]]] = {}

    def spread(self, days: Sequence[date], covered: set[str]) -> list[Division]:
        """A county for each day of a year's registrations, as many as possible of them covered.

        ``covered`` are the codes already served this year by the other register; the ones
        served here are added.
        """
        chosen: list[Division | None] = [None] * len(days)
        year_end = max(days, default=date.min).replace(month=12, day=31)
        if year_end.year >= ALL_COUNTIES_FROM:
            self._cover(days, year_end, covered, chosen)
        left = [index for index, county in enumerate(chosen) if county is None]
        served = [county.parent for county in chosen if county is not None]
        total = sum(self._cities.values())
        wanting = [
            max(0.0, len(days) * weight / total - served.count(city))
            for city, weight in self._cities.items()
        ]
        for city, number in zip(self._cities, portions(len(left), wanting), strict=True):
            for _ in range(number):
                index = left.pop()
                chosen[index] = self.county_of(city, days[index])
        return [county for county in chosen if county is not None]

    def county_of(self, city: str, day: date) -> Division:
        """One of a city's counties that exist on a day."""
        spell = self._divisions.spell(day)
        known = self._existing.get((spell, city))
        if known is None:
            counties = self._divisions.counties_on(day, city)
            known = counties, list(accumulate(self._weights[each.code] for each in counties))
            self._existing[spell, city] = known
        return self._random.choices(known[0], cum_weights=known[1])[0]

    def _cover(
        self,
        days: Sequence[date],
        year_end: date,
        covered: set[str],
        chosen: list[Division | None],
    ) -> None:
        """Give a registration to each county of the year's end, those that began late first."""
        counties = self._divisions.counties_on(year_end)
        # A register that could only just reach them all serves those the other one left out.
        if len(days) < _ENOUGH * len(counties):
            counties = [county for county in counties if county.code not in covered]
        free = list(range(len(days)))
        self._random.shuffle(free)
        self._random.shuffle(counties)
        counties.sort(key=lambda county: county.valid_from or date.min, reverse=True)
        for county in counties:
            for place, index in enumerate(free):
                if county.valid_on(days[index]):
                    chosen[index] = county
                    covered.add(county.code)
                    del free[place]
                    break
