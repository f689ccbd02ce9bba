"""Demonstration: fills a new store with made-up registrations, always the same for a seed."""

import contextlib
import gc
from collections.abc import Iterator
from datetime import date

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.facts import Facts, read_facts, write_facts
from ipfinance.db.ledger import Filter, select
from ipfinance.db.pledges import count
from ipfinance.db.registrar import Registrar
from ipfinance.demonstration.registrations import registrations
from ipfinance.demonstration.shape import FIRST_YEAR, USUAL_END, USUAL_SIZE
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.progress import Progress

__all__ = ["USUAL_END", "USUAL_SIZE", "fill"]

_OFFICE = "示例知识产权局（演示数据）"
_STEP = 500


def fill(
    store: Store,
    today: date,
    progress: Progress,
    size: int = USUAL_SIZE,
    seed: int = 1,
    until: date = USUAL_END,
) -> int:
    """Write ``size`` made-up registrations into a new store as one act; how many.

    They end with ``until``; what happens to them later, cancellations above all, goes on until
    ``today``. The registrations are the same for a seed on every later day.

    Raises:
        UserError: when the store has any registration, also one in the trash, or the last day
            lies before the first year.
    """
    if min(until, today).year < FIRST_YEAR:
        raise UserError(
            tr("演示数据从 {year} 年开始", year=FIRST_YEAR), tr("请写一个更晚的截止日期。")
        )
    if count(store) or len(select(store, Filter(deleted=True), today)):
        raise UserError(
            tr("数据文件里已有登记，不能再填入演示数据：{path}", path=store.path),
            tr("请用一个新的数据文件，命令行用 --db 指定。"),
        )
    divisions, words = all_divisions(store), tr("填入演示数据")
    made = registrations(size, seed, divisions, min(until, today), today)
    with (
        _without_collecting(),
        store.act(ActWords.DEMONSTRATION.format(count=size)),
        Registrar(store) as registrar,
    ):
        if read_facts(store) == Facts():
            write_facts(store, Facts(office=_OFFICE))
        for number, pledge in enumerate(made):
            if number % _STEP == 0:
                progress.step(number, size, words)
            registrar.register(pledge)
    progress.step(size, size, words)
    return size


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Looking for cycles among what has none takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
