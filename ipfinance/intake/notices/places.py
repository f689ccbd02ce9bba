"""Where the pledgors of a notice are: it does not say, so only what is certain is taken."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from ipfinance.db.connection import Store
from ipfinance.db.pledged_rights import known_place
from ipfinance.domain.area_names import stem
from ipfinance.domain.division import AreaError, Division, Divisions
from ipfinance.domain.names import is_natural_person, name_key
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Pledgor


class Source(Enum):
    """How a place is known."""

    STORE = auto()  # from the enterprise's own registrations
    GIVEN = auto()  # a person said so
    NAME = auto()  # the company's name begins with it


@dataclass(frozen=True, slots=True)
class Place:
    """A pledgor's place as division codes, and the code by which the store knows the pledgor."""

    city: str
    county: str | None
    source: Source
    uscc: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What a person decided: the place of every pledgor that the store does not know, as words
    or codes; and whether the beginning of a company's name may tell it."""

    city: str = ""
    county: str = ""
    from_names: bool = False


class Places:
    """Finds the places of pledgors, never by guessing.

    A company's name begins with the area that registered it, but it may have moved or bear the
    name of a bay: unless a person allows it that is a suggestion only.
    """

    def __init__(self, store: Store, divisions: Divisions, choice: PlaceChoice) -> None:
        self._store = store
        self._divisions = divisions
        self._choice = choice

    def find(self, name: str, day: date) -> Place | None:
        """The place on a day; None when it cannot be told.

        Raises:
            AreaError: when the place that a person gave did not exist on that day.
        """
        if not is_natural_person(name, None):
            known = known_place(self._store, name, day)
            if known is not None:
                county = self._same_county(known.county, known.day, day)
                return Place(known.city, county, Source.STORE, known.code)
        if self._choice.city or self._choice.county:
            return self._given(day)
        return self.suggestion(name, day) if self._choice.from_names else None

    def suggestion(self, name: str, day: date) -> Place | None:
        """What the beginning of the company's name says of its place."""
        if is_natural_person(name, None):
            return None
        key = name_key(name)
        for province in (row for row in self._divisions if row.parent is None):
            key = _without(key, province)
        for city in self._divisions.cities():
            rest = _without(key, city)
            if rest != key and not rest.startswith("湾"):  # 杭州湾 lies in other cities
                county = self._county(rest, self._divisions.counties_on(day, city.code))
                return Place(city.code, county.code if county else None, Source.NAME)
        found = self._county(key, self._divisions.counties_on(day))
        if found is None or found.parent is None:
            return None
        return Place(found.parent, found.code, Source.NAME)

    def words(self, city: str, county: str | None, day: date) -> str:
        """A place as it is shown: 杭州市滨江区."""
        codes = [city, county] if county else [city]
        return "".join(self._divisions.name_of(code, day) for code in codes)

    def pledgor(self, name: str, place: Place) -> Pledgor:
        """The pledgor at its place."""
        return Pledgor(
            name=name,
            city=place.city,
            county=place.county,
            uscc=place.uscc,
            is_person=is_natural_person(name, None),
        )

    def _given(self, day: date) -> Place:
        city = self._divisions.find_city(self._choice.city).code if self._choice.city else None
        if not self._choice.county:
            assert city is not None
            return Place(city, None, Source.GIVEN)
        county = self._divisions.find_county(self._choice.county, day, city)
        assert county.parent is not None
        return Place(county.parent, county.code, Source.GIVEN)

    def _same_county(self, county: str | None, known_on: date, day: date) -> str | None:
        """The county if its code meant the same territory on both days, else None."""
        if county is None or known_on == day:
            return county
        start, end = min(known_on, day), max(known_on, day)
        between = Period("", start, end)
        if self._divisions.territory_changed(county, between):
            return None
        try:
            self._divisions.find_county(county, day)
        except AreaError:
            return None
        return county

    def _county(self, text: str, counties: list[Division]) -> Division | None:
        """The county that a text begins with; a district only in full, because 西湖 and 滨江
        are brands as well."""
        for county in sorted(counties, key=lambda county: -len(county.name)):
            if text.startswith(county.name):
                return county
        found = [
            county
            for county in counties
            if not county.name.endswith("区") and text.startswith(stem(county.name))
        ]
        return found[0] if len(found) == 1 else None


def _without(text: str, area: Division) -> str:
    """The text without the area's name, in full or short, at its beginning."""
    for written in (area.name, stem(area.name)):
        if text.startswith(written):
            return text.removeprefix(written)
    return text
