"""What the import's window does off its thread; each opens nothing and is handed its store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipfinance.db.columns import forget_columns, keep_columns
from ipfinance.db.connection import Store
from ipfinance.db.matching import newest_act
from ipfinance.domain.reading import Setting
from ipfinance.intake.choices import Choice, Choices
from ipfinance.intake.comparing import Status
from ipfinance.intake.findings import Place
from ipfinance.intake.importing import Plan, carry_out, read_files
from ipfinance.intake.leaving_out import leave_out, take_in
from ipfinance.intake.mending import mend, read_again
from ipfinance.intake.numbers_in_doubt import give_back, take_in_doubt
from ipfinance.intake.receipts import Receipt
from ipfinance.progress import Progress
from ipfinance.ui.models.import_model import Preview, preview_after, preview_of

Mended = tuple[tuple[Place, Mapping[str, str]], ...]
"""Cells that a clerk wrote over, by the rows they stand in."""

Revision = Callable[[Preview, Sequence[int], bool, Store, Progress], Preview]
"""Makes registrations of a preview what they are to be, or what they were before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: the files, what was said of columns, what was mended before.

    ``left_out`` are the rows of what the clerk does not want. ``keep`` is what is to be
    remembered for tables of a shape, once they could be read with it: shape, choice, and the
    name of the file; ``forget`` what is not to be remembered any more.
    """

    files: tuple[Path, ...]
    now: Mapping[str, Choice] = field(default_factory=dict)
    mended: Mended = ()
    left_out: tuple[Place, ...] = ()
    keep: tuple[str, Choice, str] | None = None
    forget: tuple[str, str] | None = None


def read(wanted: Wanted, setting: Setting, store: Store, progress: Progress) -> Preview:
    """The preview of these files, with what was mended in them before mended again."""
    if wanted.forget is not None:
        forget_columns(store, *wanted.forget)
    choices = Choices(now=wanted.now)
    plan = read_files(wanted.files, store, setting, progress, choices=choices)
    if wanted.keep is not None:
        shape, choice, called = wanted.keep
        act = keep_columns(store, shape, choice.as_json(), called)
        if newest_act(store, before=act) == plan.newest_act:
            plan = replace(plan, newest_act=act)  # nobody but ourselves has written
    if wanted.mended or wanted.left_out:
        at = {entry.place: index for index, entry in enumerate(plan.entries)}
        again = {at[place]: cells for place, cells in wanted.mended if place in at}
        plan = read_again(plan, again, store)
        plan = leave_out(plan, (at[place] for place in wanted.left_out if place in at))
    return preview_of(plan)


def mended_in(plan: Plan) -> Mended:
    """What a clerk has mended in a plan so far."""
    return tuple((entry.place, entry.mended) for entry in plan.entries if entry.mended)


def left_out_of(plan: Plan) -> tuple[Place, ...]:
    """What a clerk has left out of a plan so far."""
    return tuple(entry.place for entry in plan.entries if entry.status is Status.LEFT_OUT)


def leave_in(
    shown: Preview, indices: Sequence[int], out: bool, store: Store, _: Progress
) -> Preview:
    """The preview with registrations left out, or taken in again."""
    plan = leave_out(shown.plan, indices) if out else take_in(shown.plan, indices, store)
    return preview_after(shown, plan, indices)


def doubt_in(
    shown: Preview, indices: Sequence[int], taken: bool, store: Store, _: Progress
) -> Preview:
    """The preview with registrations taken in with their numbers in doubt, or given back."""
    change = take_in_doubt if taken else give_back
    return preview_after(shown, change(shown.plan, indices, store), indices)


def mend_in(
    shown: Preview, index: int, cells: dict[str, str], store: Store, _: Progress
) -> tuple[Preview, int]:
    """The preview with the cells of one registration written over, and which one that was."""
    return preview_after(shown, mend(shown.plan, index, cells, store), (index,)), index


def write(plan: Plan, all_or_nothing: bool, store: Store, progress: Progress) -> Receipt:
    """Carry the plan out."""
    return carry_out(plan, store, progress, all_or_nothing=all_or_nothing)
