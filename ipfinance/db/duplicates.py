"""Registrations that may be one and the same, entered twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ipfinance.db.connection import Store
from ipfinance.db.finding_kinds import Finding, FindingKind

_PAGE = 500
# Of one day and pledgor: from an index alone, in its order.
_DAYS = """
    SELECT enterprise, registered_on FROM pledge_pledgor INDEXED BY pledge_pledgor_enterprise
    WHERE enterprise IS NOT NULL GROUP BY enterprise, registered_on HAVING count(*) > 1
"""
_OF_DAY = "SELECT DISTINCT pledge FROM pledge_pledgor WHERE enterprise = ? AND registered_on = ?"
_OF_PERSONS = """
    SELECT group_concat(pledge) FROM pledge_pledgor WHERE counted = 1 AND enterprise IS NULL
    GROUP BY registered_on, name HAVING count(DISTINCT pledge) > 1
"""
_SAID = """
    SELECT id, kind, secured_amount_fen, rights_count,
        (SELECT group_concat(who, '|') FROM (
            SELECT DISTINCT coalesce(enterprise, name) AS who FROM pledge_pledgor AS party
            WHERE party.pledge = pledge.id ORDER BY who)) AS pledgors,
        (SELECT group_concat(pledgee, '|') FROM (
            SELECT DISTINCT pledgee FROM pledge_pledgee AS party
            WHERE party.pledge = pledge.id ORDER BY pledgee)) AS pledgees,
        (SELECT group_concat(ip_right, '|') FROM (
            SELECT DISTINCT ip_right FROM pledge_right AS link
            WHERE link.pledge = pledge.id ORDER BY ip_right)) AS rights
    FROM pledge WHERE id IN ({ids}) AND counted = 1
"""
_APART = "SELECT one, other FROM told_apart WHERE what = 'pledge'"


@dataclass(frozen=True, slots=True)
class _Said:
    kind: str
    amount: int | None
    pledgors: str
    pledgees: str
    rights: str
    rights_count: int

    def may_be(self, other: "_Said") -> bool:
        """Whether nothing that both say tells them apart."""
        return (
            (self.kind, self.pledgors) == (other.kind, other.pledgors)
            and _agree(self.amount, other.amount)
            and _agree(self.pledgees, other.pledgees)
            and _agree(self.rights, other.rights)
            and (bool(self.rights and other.rights) or self.rights_count == other.rights_count)
        )


def possible_duplicates(store: Store) -> Iterator[Finding]:
    """The pairs of counted registrations that may be one; those told apart are left out."""
    groups = [*_groups(store)]
    numbers = sorted({number for group in groups for number in group})
    said: dict[int, _Said] = {}
    for start in range(0, len(numbers), _PAGE):
        ids = ",".join(map(str, numbers[start : start + _PAGE]))
        for row in store.connection.execute(_SAID.format(ids=ids)):
            said[row["id"]] = _Said(
                row["kind"],
                row["secured_amount_fen"],
                row["pledgors"] or "",
                row["pledgees"] or "",
                row["rights"] or "",
                row["rights_count"],
            )
    apart = {(row["one"], row["other"]) for row in store.connection.execute(_APART)}
    pairs = {
        (one, other)
        for group in groups
        for one, other in combinations(sorted(group & said.keys()), 2)
        if said[one].may_be(said[other])
    }
    for one, other in sorted(pairs - apart):
        yield Finding(FindingKind.POSSIBLE_DUPLICATE, f"{one}-{other}", (one, other))


def _groups(store: Store) -> Iterator[set[int]]:
    connection = store.connection
    for day in connection.execute(_DAYS).fetchall():
        group = {row[0] for row in connection.execute(_OF_DAY, tuple(day))}
        if len(group) > 1:
            yield group
    for (listed,) in connection.execute(_OF_PERSONS):
        yield {int(number) for number in listed.split(",")}


def _agree(one: object, other: object) -> bool:
    return not one or not other or one == other
