"""Which registrations a patent stands in, and where an enterprise was when it last pledged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.domain.names import name_key
from ipfinance.domain.overlaps import called

_PAGE = 500
_HOLDING = """
    SELECT ip_right.number, link.pledge FROM ip_right
    JOIN pledge_right AS link ON link.ip_right = ip_right.id
    JOIN pledge ON pledge.id = link.pledge
    WHERE ip_right.number IN ({marks}) AND pledge.deleted_at IS NULL AND pledge.counted = 1
    ORDER BY pledge.registered_on, pledge.id
"""
_LIVE = """
    SELECT ip_right.number, pledge.id, pledge.reg_no, pledge.registered_on, (
        SELECT name FROM pledge_pledgor AS party
        WHERE party.pledge = pledge.id AND party.position = 1)
    FROM ip_right JOIN pledge_right AS link ON link.ip_right = ip_right.id
    JOIN pledge ON pledge.id = link.pledge
    WHERE ip_right.number IN ({marks}) AND pledge.counted = 1
        AND (pledge.ended_on IS NULL OR pledge.ended_on > ?)
    ORDER BY pledge.registered_on, pledge.id
"""
_NAMED = "SELECT id, uscc, organisation_code FROM enterprise WHERE name_key = ? LIMIT 2"
# The registration nearest to the day: an enterprise may have moved before or since.
_PLACE = """
    SELECT party.city, party.county, party.registered_on FROM pledge_pledgor AS party
    JOIN pledge ON pledge.id = party.pledge AND pledge.deleted_at IS NULL
    WHERE party.enterprise = :enterprise
    ORDER BY party.registered_on > :day, abs(julianday(party.registered_on) - julianday(:day)),
        party.id DESC
    LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """Where an enterprise of the store was registered, on ``day``; its code if it is known."""

    city: str
    county: str | None
    day: date
    code: str | None


def holding(store: Store, numbers: Iterable[str]) -> dict[str, list[int]]:
    """The registrations that count, ended or not, in which each of these numbers stands."""
    asked = list(dict.fromkeys(numbers))
    found: dict[str, list[int]] = {}
    for start in range(0, len(asked), _PAGE):
        page = asked[start : start + _PAGE]
        sql = _HOLDING.format(marks=",".join("?" * len(page)))
        for number, pledge in store.connection.execute(sql, page):
            found.setdefault(number, []).append(pledge)
    return found


def known_place(store: Store, name: str, day: date) -> KnownPlace | None:
    """Where the one enterprise of this name last pledged by a day, else where it did first
    after it; None when the store knows none or several of that name."""
    rows = store.connection.execute(_NAMED, (name_key(name),)).fetchall()
    if len(rows) != 1:
        return None
    enterprise = rows[0]
    place = store.connection.execute(
        _PLACE, {"enterprise": enterprise["id"], "day": day.isoformat()}
    ).fetchone()
    if place is None:
        return None
    return KnownPlace(
        city=place["city"],
        county=place["county"],
        day=date.fromisoformat(place["registered_on"]),
        code=enterprise["uscc"] or enterprise["organisation_code"],
    )


def live_with(store: Store, numbers: Iterable[str], today: date) -> dict[str, dict[int, str]]:
    """For each of these rights the registrations that stand and hold it: how they are called, by
    their number in the store."""
    asked = list(dict.fromkeys(numbers))
    found: dict[str, dict[int, str]] = {}
    for start in range(0, len(asked), _PAGE):
        page = asked[start : start + _PAGE]
        sql = _LIVE.format(marks=",".join("?" * len(page)))
        rows = store.connection.execute(sql, (*page, today.isoformat()))
        for number, pledge, reg_no, day, pledgor in rows:
            found.setdefault(number, {})[pledge] = called(reg_no, pledgor, day)
    return found
