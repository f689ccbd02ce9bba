"""Rows whose 登记号 another registration bears: rejected, unless a clerk takes them in without it.

One of the two numbers is a slip, and nobody can tell from the files which. Taken in, a row keeps
its number beside the blank 登记号, as one in doubt, until somebody has looked at the papers.
"""

from collections.abc import Iterable

from ipfinance.db.connection import Store
from ipfinance.domain.cells import code_text
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.importing import Plan
from ipfinance.intake.mending import Cells, read_again

_NUMBER, _DOUBT = "reg_no", "reg_no_in_doubt"


def can_come_in_doubt(entry: Entry) -> bool:
    """Whether only its number keeps it out."""
    return entry.only_number_taken


def came_in_doubt(entry: Entry) -> bool:
    """Whether a clerk took it in with its number in doubt, so that it can be given back."""
    is_in_doubt = entry.after is not None and entry.after.reg_no_in_doubt is not None
    return is_in_doubt and entry.status is not Status.LEFT_OUT and _DOUBT in (entry.mended or {})


def all_with_number_taken(plan: Plan) -> list[int]:
    """The places of all that can come in so."""
    return [index for index, entry in enumerate(plan.entries) if can_come_in_doubt(entry)]


def all_in_doubt(plan: Plan) -> list[int]:
    """The places of all that a clerk took in so."""
    return [index for index, entry in enumerate(plan.entries) if came_in_doubt(entry)]


def take_in_doubt(plan: Plan, indices: Iterable[int], store: Store) -> Plan:
    """The plan with these entries read again with their numbers in doubt; others than those that
    only their number keeps out are passed over."""
    wanted: dict[int, Cells] = {}
    for index in indices:
        entry = plan.entries[index]
        if can_come_in_doubt(entry):
            [number] = {error.value for error in entry.errors}
            wanted[index] = {**(entry.mended or {}), _NUMBER: "", _DOUBT: number}
    return read_again(plan, wanted, store)


def give_back(plan: Plan, indices: Iterable[int], store: Store) -> Plan:
    """The plan with these entries read again under their numbers; others than those that were
    taken in doubt are passed over."""
    wanted: dict[int, Cells] = {}
    for index in indices:
        entry = plan.entries[index]
        if came_in_doubt(entry):
            mended = dict(entry.mended or {})
            number = mended.pop(_DOUBT)
            mended.pop(_NUMBER, None)
            if number != code_text(entry.draft.cells.get(_NUMBER)):
                mended[_NUMBER] = number  # it was mended before
            wanted[index] = mended
    return read_again(plan, wanted, store)
