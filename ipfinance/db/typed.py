"""What is typed into a search, as each column writes it, and which parties are found by it."""

import unicodedata
from dataclasses import dataclass

from ipfinance.db.party_names import Party
from ipfinance.domain.names import name_key


@dataclass(frozen=True, slots=True)
class Typed:
    """An empty word is in none of the columns."""

    name: str
    key: str
    code: str
    initials: str
    number: str


def typed(text: str) -> Typed:
    """What to look for in the columns that a text is searched in."""
    code = unicodedata.normalize("NFKC", text).upper()
    return Typed(
        name=text,
        key=name_key(text),
        code=code,
        initials=code.lower(),
        number=code.removeprefix("ZL").strip(),  # ZL alone would be found in every patent
    )


# instr takes % and _ for what they are, unlike LIKE, and is faster; initials are asked for by
# their beginning, so that their index serves.
_NAMED = """:key <> '' AND instr(name_key, :key)
    OR initials >= :initials AND initials < :initials || char(1114111)"""
_CODED = "OR instr(uscc, :code) OR instr(organisation_code, :code)"


def _found(party: Party, codes: str = "") -> str:
    return f"""SELECT id FROM {party} WHERE {_NAMED} {codes}
        UNION ALL SELECT {party} FROM former_name WHERE {party} IS NOT NULL AND ({_NAMED})"""


ENTERPRISES_FOUND = _found(Party.ENTERPRISE, _CODED)
"""The enterprises whose name, former name or code holds what was typed, or whose initials, of
any of these names, begin with it; by the columns of `Typed`."""
PLEDGEES_FOUND = _found(Party.PLEDGEE)
"""The same of pledgees, which have no code."""
