"""What the entry form proposes: areas that exist on the day, enterprises and pledgees."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from ipfinance.db import suggestions
from ipfinance.db.suggestions import EnterpriseMatch, PledgeeMatch
from ipfinance.domain.division import AreaError, Division
from ipfinance.domain.names import initials
from ipfinance.ui.desk import Desk
from ipfinance.ui.widgets.suggestion_list import Suggestion


class Suggester:
    """Answers for the fields of one form; ``day`` is its registration date, else today."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.day: date = desk.today()

    def cities(self, text: str) -> list[Suggestion]:
        """The cities that the text may mean, all of them for ""."""
        return _areas(self._desk.divisions.cities(), text)

    def counties(self, text: str, city: str) -> list[Suggestion]:
        """The counties of the day that the text may mean, of that city when it is known."""
        divisions = self._desk.divisions
        code = self.city_code(city)
        found = divisions.counties_on(self.day, code)
        if code is not None:
            return _areas(found, text)
        return [
            one._replace(note=divisions.name_of(one.value.parent or ""))
            for one in _areas(found, text)
            if isinstance(one.value, Division)
        ]

    def city_code(self, text: str) -> str | None:
        """The code of a city as it is written, None when it is no city."""
        try:
            return self._desk.divisions.find_city(text).code if text.strip() else None
        except AreaError:
            return None

    def county_named(self, text: str, city: str) -> Division | None:
        """The county of that name on the day, None when it cannot be told."""
        try:
            return self._desk.divisions.find_county(text, self.day, self.city_code(city))
        except AreaError:
            return None

    def place_names(self, city: str | None, county: str | None) -> tuple[str, str]:
        """The names of a place on the day; "" for a county that does not exist then."""
        if city is None:
            return "", ""
        divisions = self._desk.divisions
        there = [row.name for row in divisions.counties_on(self.day, city) if row.code == county]
        return divisions.name_of(city), there[0] if there else ""

    def enterprises(self, text: str) -> list[Suggestion]:
        """Enterprises by name, code or initials."""
        return [
            Suggestion(one.name, _told(one.code, self._place(one)), one)
            for one in suggestions.enterprises(self._desk.store, text)
        ]

    def codes(self, text: str) -> list[Suggestion]:
        """The same enterprises for the field of the code; those without one are no help there."""
        if len(text) < _SHORTEST_CODE:
            return []
        return [
            Suggestion(one.code, one.name, one)
            for one in suggestions.enterprises(self._desk.store, text)
            if one.code
        ]

    def enterprise(self, name: str, code: str) -> EnterpriseMatch | None:
        """The enterprise that is meant beyond doubt."""
        return suggestions.enterprise_named(self._desk.store, name, code)

    def pledgees(self, text: str) -> list[Suggestion]:
        """Pledgees by name or initials."""
        return [
            Suggestion(one.name, one.kind.label if one.kind else "", one)
            for one in suggestions.pledgees(self._desk.store, text)
        ]

    def pledgee(self, name: str) -> PledgeeMatch | None:
        """The pledgee of exactly this name."""
        return suggestions.pledgee_named(self._desk.store, name)

    def _place(self, enterprise: EnterpriseMatch) -> str:
        try:
            return self._desk.divisions.name_of(enterprise.city) if enterprise.city else ""
        except AreaError:
            return ""


_SHORTEST_CODE = 4


def _areas(areas: Iterable[Division], text: str) -> list[Suggestion]:
    """Those that begin with the text in Chinese, pinyin, initials or code, then those with it
    inside, each in code order."""
    typed = text.strip().casefold()
    ranked = [(_rank(area, typed), area) for area in areas]
    found = sorted((rank, area.code, at) for at, (rank, area) in enumerate(ranked) if rank < _NONE)
    return [Suggestion(ranked[at][1].name, "", ranked[at][1]) for _, _, at in found]


_NONE = 9


def _rank(area: Division, typed: str) -> int:
    if area.name.startswith(typed):
        return 0
    if typed in area.name:
        return 1
    if not typed.isascii():
        return _NONE
    english = area.name_en.casefold().replace(" ", "").replace("'", "")
    if area.code.startswith(typed) or _initials(area.name).startswith(typed):
        return 2
    return 3 if english.startswith(typed) else _NONE


@cache
def _initials(name: str) -> str:
    return initials(name)


def _told(*parts: str) -> str:
    return "　".join(part for part in parts if part)
