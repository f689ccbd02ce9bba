"""What the import's window does off its thread; each opens nothing and is handed its store."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ipfinance.db.connection import Store
from ipfinance.domain.reading import Setting
from ipfinance.intake.findings import Place
from ipfinance.intake.importing import Plan, carry_out, mend, read_files
from ipfinance.intake.receipts import Receipt
from ipfinance.progress import Progress
from ipfinance.ui.models.import_model import Preview, preview_after, preview_of

Mended = tuple[tuple[Place, Mapping[str, str]], ...]
"""Cells that a clerk wrote over, by the rows they stand in."""


def read(
    files: Sequence[Path], setting: Setting, kept: Mended, store: Store, progress: Progress
) -> Preview:
    """The preview of these files, with what was mended in them before mended again."""
    plan = read_files(files, store, setting, progress)
    if kept:
        at = {entry.place: index for index, entry in enumerate(plan.entries)}
        for place, cells in kept:
            if place in at:
                plan = mend(plan, at[place], cells, store)
    return preview_of(plan)


def mended_in(plan: Plan) -> Mended:
    """What a clerk has mended in a plan so far."""
    return tuple((entry.place, entry.mended) for entry in plan.entries if entry.mended)


def mend_in(
    shown: Preview, index: int, cells: dict[str, str], store: Store, _: Progress
) -> tuple[Preview, int]:
    """The preview with the cells of one registration written over, and which one that was."""
    return preview_after(shown, mend(shown.plan, index, cells, store), index), index


def write(plan: Plan, all_or_nothing: bool, store: Store, progress: Progress) -> Receipt:
    """Carry the plan out."""
    return carry_out(plan, store, progress, all_or_nothing=all_or_nothing)
