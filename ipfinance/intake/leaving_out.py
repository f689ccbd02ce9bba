"""Registrations that a clerk does not want from a file, left out of its import and taken in again.

Only what would be written can be left out; the file and the rest of the import stay as they are.
"""

from collections.abc import Iterable
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.importing import Plan
from ipfinance.intake.mending import mend

_WRITTEN = (Status.NEW, Status.CHANGED)
_OUT = (Status.REJECTED, Status.LEFT_OUT)


def can_be_left_out(entry: Entry) -> bool:
    """Whether an import would write it."""
    return entry.status in _WRITTEN


def leave_out(plan: Plan, indices: Iterable[int]) -> Plan:
    """The plan without these entries, which stay in their places; others than new and changed
    ones are passed over."""
    entries = list(plan.entries)
    for index in indices:
        if can_be_left_out(entries[index]):
            entries[index] = replace(entries[index], status=Status.LEFT_OUT)
    return replace(plan, entries=tuple(entries))


def take_in(plan: Plan, indices: Iterable[int], store: Store) -> Plan:
    """The plan with these entries again, as they were before they were left out.

    One whose 登记号 or stored registration another entry has got meanwhile, because that was
    mended, is read again and says so.
    """
    wanted = [at for at in indices if plan.entries[at].status is Status.LEFT_OUT]
    claimed = {
        claim for entry in plan.entries if entry.status not in _OUT for claim in entry.claims
    }
    entries, clashing = list(plan.entries), []
    for index in wanted:
        entry = entries[index]
        if claimed.isdisjoint(entry.claims):
            was = Status.CHANGED if entry.before else Status.NEW
            entries[index] = replace(entry, status=was)
            claimed |= entry.claims
        else:
            clashing.append(index)
    plan = replace(plan, entries=tuple(entries))
    for index in clashing:
        plan = mend(plan, index, {}, store)
    return plan
