"""Parties of an import that the store may know: a code that comes with another name, a new name
that is nearly one that is there. Told with the reason, never in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.db.newcomers import (
    Named,
    pledgees_of,
    pledgors_of,
    renamed,
    told_of_enterprises,
    told_of_pledgees,
)
from ipfinance.db.pledges import count
from ipfinance.domain.division import Divisions
from ipfinance.domain.faults import Fault
from ipfinance.domain.names import name_key
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.ledgers import Draft, located

_Told = Mapping[Named, Fault]


def introduced(
    entries: Sequence[Entry], store: Store, divisions: Divisions, others: Iterable[Entry] = ()
) -> list[Entry]:
    """The entries, those whose parties may be known with a warning; ``others`` are those of the
    same import that stand beside them."""
    pledges = [entry.after for entry in entries if entry.after is not None and _brings(entry)]
    told: dict[Named, Fault] = {}
    if pledges and count(store):
        told.update(
            told_of_enterprises(store, (one for p in pledges for one in pledgors_of(p)), divisions)
        )
        told.update(
            told_of_pledgees(store, (one for p in pledges for one in pledgees_of(p)), divisions)
        )
    first: dict[str, tuple[str, Entry]] = {}
    for other in others:
        _differing(other, first)
    return [_with_warnings(entry, told, first) for entry in entries]


def _brings(entry: Entry) -> bool:
    return entry.status in (Status.NEW, Status.CHANGED)


def _with_warnings(entry: Entry, told: _Told, first: dict[str, tuple[str, Entry]]) -> Entry:
    if entry.after is None or not _brings(entry):
        return entry
    faults = _differing(entry, first)
    if told:
        parties = (*pledgors_of(entry.after), *pledgees_of(entry.after))
        known = [told[one] for one in dict.fromkeys(parties) if one in told]
        faults = [*known, *(fault for fault in faults if not known)]
    if not faults:
        return entry
    draft = Draft(entry.draft.table, entry.draft.rows, entry.cells)
    return replace(entry, faults=(*entry.faults, *located(faults, draft)))


def _differing(entry: Entry, first: dict[str, tuple[str, Entry]]) -> list[Fault]:
    """Warnings where a code of the same import stood under another name before."""
    if entry.after is None:
        return []
    faults = []
    for pledgor in entry.after.pledgors:
        name, code = pledgor.name, pledgor.uscc
        if not code or pledgor.is_person:
            continue
        known, where = first.setdefault(code, (name, entry))
        if known is not name and name_key(known) != name_key(name):
            faults.append(renamed(code, name, known, where.place.said))
    return faults
