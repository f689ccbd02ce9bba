"""Saving one registration, against writing as much and waiting for the disk."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from bench import stores
from bench.measuring import Question, Run, Subject
from ipfinance.db.pledges import find
from ipfinance.db.registrar import register

_PAGE = b"\0" * 4096


def questions(size: int) -> list[Question]:
    """One registration with its parties, rights and history, as an act of its own."""
    return [
        Question(
            "save",
            f"保存一笔登记，{size:,} 笔中",
            ours=Subject("ipfinance", lambda: _ipfinance(size)),
            others=(Subject("write + fdatasync", _write),),
            targets={"write + fdatasync": 3},
            rounds=51,
        )
    ]


@contextlib.contextmanager
def _ipfinance(size: int) -> Iterator[Run]:
    with stores.copied(size, "save") as store:
        [known] = find(store, [size // 2])
        numbers = count()
        yield lambda: register(
            store, replace(known, id=None, uid="", events=(), reg_no=f"测量{next(numbers)}")
        )


@contextlib.contextmanager
def _write() -> Iterator[Run]:
    path = stores.FOLDER / "save.bytes"
    stores.FOLDER.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def run() -> None:
        os.write(file, _PAGE)
        os.fdatasync(file)

    try:
        yield run
    finally:
        os.close(file)
        path.unlink()
