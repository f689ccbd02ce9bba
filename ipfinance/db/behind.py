"""How the registrations behind a figure are narrowed to, beyond what a ledger is filtered by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ipfinance.db import sums
from ipfinance.db.counted_rows import Which
from ipfinance.db.totals import Group

Members = tuple[tuple[Group, str], ...]
"""Groups with their keys; what one party or right can be, one and the same of them is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Those that stand at the end of a window, or end or fall due within it."""

    which: Which
    start: date
    end: date


_OF_PLEDGE = {
    Group.CITY: "pledge.city",
    Group.COUNTY: "coalesce(pledge.county, '')",
}
_OF_PLEDGOR = {
    Group.CITY: "party.city",
    Group.COUNTY: "coalesce(party.county, '')",
    Group.ENTERPRISE: "CAST(party.enterprise AS TEXT)",
    Group.SIZE: "coalesce(party.size, '')",
    Group.INDUSTRY: "coalesce(party.industry, '')",
}
_OF_PLEDGEE = {
    Group.PLEDGEE: "CAST(party.pledgee AS TEXT)",
    Group.HEAD_BANK: sums.HEAD_KEY,
    Group.PLEDGEE_KIND: "coalesce(pledgee.kind, '')",
}
_OF_RIGHT = {Group.RIGHT_KIND: "ip_right.kind"}
_PLEDGEES = """pledge_pledgee AS party JOIN pledgee ON pledgee.id = party.pledgee
    WHERE party.pledge = pledge.id"""
_RIGHTS = """pledge_right AS link JOIN ip_right ON ip_right.id = link.ip_right
    WHERE link.pledge = pledge.id"""
_HOMES = ((_OF_PLEDGEE, _PLEDGEES), (_OF_RIGHT, _RIGHTS))
FIRST_TIME = """party.enterprise IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pledge_pledgor AS earlier
    WHERE earlier.enterprise = party.enterprise AND earlier.counted = 1
        AND earlier.registered_on < :first_since AND earlier.kind IN ('patent', 'trademark'))"""
"""Of a pledgor: that it had no registration before a day."""
_STANDING = {
    Which.OUTSTANDING: sums.OUTSTANDING,
    Which.CANCELLED: sums.CANCELLED,
    Which.DUE: sums.DUE,
    Which.OVERDUE: sums.OVERDUE,
}
_DAYS = {Which.CANCELLED: "ended_on", Which.DUE: sums.TERM_END_ON_DAY}


def standing_condition(standing: Standing) -> tuple[str, dict[str, object]]:
    """What is to hold of a registration, and the arguments of that condition."""
    # What stands at a day is asked of that day alone, as `sums` does.
    at_end = standing.which in (Which.OUTSTANDING, Which.OVERDUE)
    start = standing.end if at_end else standing.start
    return _STANDING[standing.which], {"start": start.isoformat(), "end": standing.end.isoformat()}


def day_column(standing: Standing | None) -> str:
    """The day by which a registration belongs to a span of time."""
    return "registered_on" if standing is None else _DAYS.get(standing.which, "registered_on")


def member_conditions(
    members: Members, of_party: Sequence[str], at_home: bool
) -> tuple[list[str], dict[str, object]]:
    """Conditions on a registration and their arguments.

    ``of_party`` is what else must hold of the pledgor; ``at_home`` asks for the place of the
    pledgor instead of that of the registration.
    """
    arguments: dict[str, object] = {f"member_{at}": key for at, (_, key) in enumerate(members)}

    def told(columns: dict[Group, str], leaving_out: Sequence[Group] = ()) -> list[str]:
        return [
            f"{columns[group]} = :member_{at}"
            for at, (group, _) in enumerate(members)
            if group in columns and group not in leaving_out
        ]

    conditions = [] if at_home else told(_OF_PLEDGE)
    pledgor = [*of_party, *told(_OF_PLEDGOR, () if at_home else tuple(_OF_PLEDGE))]
    if pledgor:
        whole = " AND ".join(["party.pledge = pledge.id", *pledgor])
        conditions.append(f"EXISTS (SELECT 1 FROM pledge_pledgor AS party WHERE {whole})")
    for columns, source in _HOMES:
        if own := told(columns):
            conditions.append(f"EXISTS (SELECT 1 FROM {source} AND {' AND '.join(own)})")
    return conditions, arguments
