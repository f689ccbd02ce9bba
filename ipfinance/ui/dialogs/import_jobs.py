"""What the import's window does off its thread; each opens nothing and is handed its store."""

from collections.abc import Sequence
from pathlib import Path

from ipfinance.db.connection import Store
from ipfinance.domain.reading import Setting
from ipfinance.intake.importing import Plan, carry_out, mend, read_files
from ipfinance.intake.receipts import Receipt
from ipfinance.progress import Progress
from ipfinance.ui.models.import_model import Preview, preview_after, preview_of


def read(files: Sequence[Path], setting: Setting, store: Store, progress: Progress) -> Preview:
    """The preview of these files."""
    return preview_of(read_files(files, store, setting, progress))


def mend_in(
    shown: Preview, index: int, cells: dict[str, str], store: Store, _: Progress
) -> tuple[Preview, int]:
    """The preview with the cells of one registration written over, and which one that was."""
    return preview_after(shown, mend(shown.plan, index, cells, store), index), index


def write(plan: Plan, all_or_nothing: bool, store: Store, progress: Progress) -> Receipt:
    """Carry the plan out."""
    return carry_out(plan, store, progress, all_or_nothing=all_or_nothing)
