"""A filter of the ledger as it is kept under a name."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum

from ipfinance.db.counted_rows import Which
from ipfinance.db.ledger import Filter
from ipfinance.db.totals import Group
from ipfinance.domain.pledge import Channel, Kind, State

PAGE = "ledger"
"""Where the named filters of the ledger are kept."""

_ENUMS: dict[str, type[Enum]] = {"state": State, "channel": Channel, "which": Which}
_DAYS = ("start", "end")
_OTHER_DAYS = ("first_day", "last_day", "first_time_since")


def content_of(wanted: Filter) -> dict[str, object]:
    """What differs from no filter, as it is kept; the registration days stand in ``period``."""
    none = Filter()
    content: dict[str, object] = {
        field.name: _kept(getattr(wanted, field.name))
        for field in fields(Filter)
        if field.name not in _DAYS and getattr(wanted, field.name) != getattr(none, field.name)
    }
    days = [_kept(getattr(wanted, name)) for name in _DAYS]
    return {**content, "period": days if any(days) else None}


def filter_of(content: Mapping[str, object], before: Filter) -> Filter:
    """A kept filter; one kept without its days leaves those of ``before``.

    What this program does not know in it is left out.
    """
    read: dict[str, object] = {}
    for field in fields(Filter):
        if field.name not in content or field.name in _DAYS:
            continue
        try:
            read[field.name] = _read(field.name, content[field.name])
        except ValueError:
            continue
    period = content.get("period")
    if isinstance(period, list) and len(period) == len(_DAYS):
        days = (_day(one) for one in period)
    else:
        days = (getattr(before, name) for name in _DAYS)
    return Filter(**read, **dict(zip(_DAYS, days, strict=True)))  # type: ignore[arg-type]


def _kept(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_kept(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _read(name: str, kept: object) -> object:
    if name in _ENUMS:
        return _ENUMS[name](kept)
    if name in _OTHER_DAYS:
        return _day(kept)
    if name == "kinds" and isinstance(kept, list):
        return tuple(Kind(one) for one in kept)
    if name == "any_of" and isinstance(kept, list):
        group, keys = kept
        return Group(group), tuple(keys)
    return tuple(kept) if isinstance(kept, list) else kept


def _day(kept: object) -> date | None:
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None
