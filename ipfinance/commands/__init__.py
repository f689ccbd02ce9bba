"""The commands of the command line, and what they share: the store, today, the progress bar."""

import sys
from datetime import date
from pathlib import Path

import click

from ipfinance.db.connection import Store, open_store
from ipfinance.progress import Progress

FOUND_SOMETHING = 1
"""Exit status when all was done but something was found: rejected rows, a failed check."""


def open_from(ctx: click.Context) -> Store:
    """The store that ``--db`` names; use it as a context manager."""
    path = ctx.obj
    assert isinstance(path, Path)
    return open_store(path)


def today() -> date:
    """The day it is; read here, on the top floor, and passed downwards."""
    return date.today()


def console_progress() -> Progress:
    """Progress that draws a bar on stderr if that is a terminal, else says nothing."""
    progress = Progress()
    if sys.stderr.isatty():
        progress.on_step = _draw
    return progress


def _draw(done: int, total: int, words: str) -> None:
    width = 30
    filled = width * done // total if total else 0
    end = "\n" if done >= total else ""
    bar = "█" * filled + "░" * (width - filled)
    click.echo(f"\r{bar} {done:,}/{total:,} {words}\x1b[K{end}", err=True, nl=False)
