"""Registrations of a plan read again, with cells that a clerk wrote over those of the file."""

from collections.abc import Mapping
from dataclasses import replace

from ipfinance.db.connection import Store
from ipfinance.intake.acquaintance import introduced
from ipfinance.intake.comparing import Comparer, Status
from ipfinance.intake.doubles import doubted_again
from ipfinance.intake.importing import Plan

Cells = Mapping[str, str]
"""What is to stand in the cells of a registration, keyed like the field catalogue."""


def mend(plan: Plan, index: int, cells: Cells, store: Store) -> Plan:
    """The plan with the cells of one entry written over and the entry read again; what was mended
    before stays mended."""
    return read_again(plan, {index: {**(plan.entries[index].mended or {}), **cells}}, store)


def read_again(plan: Plan, mended: Mapping[int, Cells], store: Store) -> Plan:
    """The plan with some entries read again, each with nothing mended but the cells given."""
    # What is left out keeps nothing from being another's.
    others = [
        other
        for index, other in enumerate(plan.entries)
        if index not in mended and other.status is not Status.LEFT_OUT
    ]
    drafts = [(plan.entries[index].draft, cells) for index, cells in mended.items()]
    fresh = Comparer(store, plan.setting, others).compare_mended(drafts)
    fresh = doubted_again(fresh, others, store)
    fresh = introduced(fresh, store, plan.setting.divisions, others)
    entries = list(plan.entries)
    for index, entry in zip(mended, fresh, strict=True):
        entries[index] = entry
    return replace(plan, entries=tuple(entries))
