"""Codes and names by which files still call parties that the store knows under others."""

from dataclasses import dataclass, replace

from ipfinance.db.connection import Store
from ipfinance.db.mergers import kept_ones
from ipfinance.db.party_names import Party
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Pledge

_CODES = "SELECT id, uscc, organisation_code FROM enterprise WHERE id IN ({ids})"
_NAMES = "SELECT id, name, name_key FROM pledgee WHERE id IN ({ids})"
_FORMER = """
    SELECT former_name.name_key, pledgee.name FROM former_name
    JOIN pledgee ON pledgee.id = former_name.pledgee
    WHERE former_name.name_key NOT IN (SELECT name_key FROM pledgee)
    GROUP BY former_name.name_key HAVING count(*) = 1
"""


@dataclass(frozen=True, slots=True)
class Aliases:
    """The code of the enterprise that a merged one's code leads to; a pledgee's name of today by
    the normalised name that it had before."""

    codes: dict[str, str]
    pledgees: dict[str, str]

    def resolved(self, pledge: Pledge) -> Pledge:
        """The registration as the store would tell it."""
        pledgors = pledge.pledgors
        if any(pledgor.uscc in self.codes for pledgor in pledgors):
            pledgors = tuple(
                replace(pledgor, uscc=self.codes.get(pledgor.uscc or "", pledgor.uscc))
                for pledgor in pledgors
            )
        pledgees = pledge.pledgees
        if self.pledgees:
            pledgees = tuple(
                replace(pledgee, name=self.pledgees.get(name_key(pledgee.name), pledgee.name))
                for pledgee in pledgees
            )
        if pledgors is pledge.pledgors and pledgees == pledge.pledgees:
            return pledge
        return replace(pledge, pledgors=pledgors, pledgees=pledgees)

    def __bool__(self) -> bool:
        return bool(self.codes or self.pledgees)


def aliases(store: Store) -> Aliases:
    """All of them: as many as parties were merged, and pledgees renamed."""
    connection = store.connection

    def rows(sql: str, ends: dict[int, int]) -> dict[int, dict[str, str | None]]:
        ids = ",".join(map(str, {*ends, *ends.values()}))
        return {row["id"]: dict(row) for row in connection.execute(sql.format(ids=ids))}

    ends = kept_ones(connection, Party.ENTERPRISE)
    enterprises = rows(_CODES, ends)
    codes: dict[str, str] = {}
    for gone, kept in ends.items():
        stays = enterprises[kept]["uscc"] or enterprises[kept]["organisation_code"]
        for code in (enterprises[gone]["uscc"], enterprises[gone]["organisation_code"]):
            if code and stays:
                codes[code] = stays
    pledgees = dict(tuple(row) for row in connection.execute(_FORMER))
    ends = kept_ones(connection, Party.PLEDGEE)
    names = rows(_NAMES, ends)
    for gone, kept in ends.items():
        pledgees[str(names[gone]["name_key"])] = str(names[kept]["name"])
    return Aliases(codes, pledgees)
