"""An import from files to store: read into a plan, shown and mended, then carried out as one act.

A plan is a value that holds everything the preview needs; nothing is written before
:func:`carry_out`.
"""

import contextlib
import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from ipfinance.db.act_words import ActWords
from ipfinance.db.batches import Batch, Reason, batch_of_file, write_batch
from ipfinance.db.bulk import in_bulk
from ipfinance.db.columns import kept_columns
from ipfinance.db.connection import Store
from ipfinance.db.matching import newest_act, sums_by_city
from ipfinance.db.pledges import count
from ipfinance.db.registrar import Registrar
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Setting
from ipfinance.errors import UserError
from ipfinance.intake.acquaintance import introduced
from ipfinance.intake.choices import Choices
from ipfinance.intake.comparing import Comparer, Entry, Status
from ipfinance.intake.contents import Contents
from ipfinance.intake.doubles import doubted
from ipfinance.intake.findings import Finding
from ipfinance.intake.found_tables import UnreadTable, refuse_unknown, tables_of_book
from ipfinance.intake.headings import Headings
from ipfinance.intake.layout import Clues, Table
from ipfinance.intake.ledgers import Draft, drafts_of
from ipfinance.intake.printed_totals import check_totals
from ipfinance.intake.receipts import CitySum, Receipt
from ipfinance.intake.sheets import read_book
from ipfinance.language import in_chinese, tr
from ipfinance.progress import Progress

_AT_ONCE = 500
_LEAST_BULK = 5000


_NOTHING_SAID = Choices()


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an import: its name in messages, its hash, the sheets that hold no ledger.

    ``known`` is the earlier import of exactly the same file, ``repeats`` the name of an equal
    file within the same import, whose rows are then not read again.
    """

    path: Path
    name: str
    sha256: str
    skipped: tuple[str, ...] = ()
    known: Batch | None = None
    repeats: str = ""


@dataclass(frozen=True)
class Plan:
    """What an import would do, as values: the preview.

    ``remarks`` are warnings about tables as a whole, such as a printed total that differs.
    ``newest_act`` is the state of the store that the plan was made against. ``unread`` are the
    sheets beside the tables that would be read if a person named their columns.
    """

    sources: tuple[Source, ...]
    tables: tuple[Table, ...]
    entries: tuple[Entry, ...]
    remarks: tuple[Finding, ...]
    setting: Setting
    newest_act: int
    in_store: Mapping[str, tuple[int, int]]
    unread: tuple[UnreadTable, ...] = ()

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many registrations of each status, zeros included."""
        found = Counter(entry.status for entry in self.entries)
        return {status: found[status] for status in Status}

    @cached_property
    def in_doubt(self) -> int:
        """How many of the new ones come in with their 登记号 in doubt."""
        return sum(pledge.reg_no_in_doubt is not None for pledge in self._new())

    @cached_property
    def numbers_taken(self) -> int:
        """How many are rejected only because their 登记号 is another's."""
        return sum(entry.only_number_taken for entry in self.entries)

    @cached_property
    def secured_amount_fen(self) -> int:
        """The amounts of what is new, in 分."""
        return sum(pledge.secured_amount_fen or 0 for pledge in self._new())

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """Why registrations are rejected, each cell with its place."""
        return tuple(fault for entry in self.entries for fault in entry.errors)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """What is worth a look and keeps nothing out; about whole tables first."""
        return self.remarks + tuple(
            warning
            for entry in self.entries
            if entry.status is not Status.LEFT_OUT
            for warning in entry.warnings
        )

    @cached_property
    def cities(self) -> tuple[CitySum, ...]:
        """Every city in code order, before and after."""
        after = {city: list(sums) for city, sums in self.in_store.items()}

        def add(pledge: Pledge, sign: int) -> None:
            sums = after.setdefault(pledge.city, [0, 0])
            sums[0] += sign
            sums[1] += sign * (pledge.secured_amount_fen or 0)

        for entry in self.entries:
            if entry.status is Status.CHANGED and entry.before:
                add(entry.before, -1)
            if entry.status in (Status.NEW, Status.CHANGED) and entry.after:
                add(entry.after, 1)
        return tuple(
            CitySum(
                city.code,
                city.name,
                registrations_before=self.in_store.get(city.code, (0, 0))[0],
                registrations_after=after.get(city.code, [0, 0])[0],
                fen_before=self.in_store.get(city.code, (0, 0))[1],
                fen_after=after.get(city.code, [0, 0])[1],
            )
            for city in self.setting.divisions.cities()
        )

    @property
    def changes_anything(self) -> bool:
        """Whether carrying it out would write something."""
        return bool(self.counts[Status.NEW] or self.counts[Status.CHANGED])

    @property
    def name(self) -> str:
        """The files in a word: 台账.xlsx, or 台账.xlsx 等 3 个文件."""
        first = self.sources[0].name
        return first if len(self.sources) == 1 else f"{first} 等 {len(self.sources)} 个文件"

    @property
    def act_words(self) -> str:
        """What the history calls the import."""
        first, count = self.sources[0].name, len(self.sources)
        if count == 1:
            return ActWords.IMPORTED.format(file=first)
        return ActWords.IMPORTED_MANY.format(file=first, count=count)

    def receipt(self, number: int | None = None, uid: str = "") -> Receipt:
        """What is to be told of it; ``number`` and ``uid`` of the batch once it was written."""
        return Receipt(
            new=self.counts[Status.NEW],
            changed=self.counts[Status.CHANGED],
            same=self.counts[Status.SAME],
            rejected=self.counts[Status.REJECTED],
            left_out=self.counts[Status.LEFT_OUT],
            in_doubt=self.in_doubt,
            secured_amount_fen=self.secured_amount_fen,
            faults=self.errors,
            warnings=self.warnings,
            batch=number,
            batch_uid=uid,
            files=tuple((source.name, source.sha256) for source in self.sources),
            skipped=tuple(words for source in self.sources for words in source.skipped),
            cities=self.cities,
        )

    def _new(self) -> Iterable[Pledge]:
        for entry in self.entries:
            if entry.status is Status.NEW and entry.after:
                yield entry.after


def read_files(
    paths: Sequence[Path],
    store: Store,
    setting: Setting,
    progress: Progress,
    sheet: str | None = None,
    choices: Choices = _NOTHING_SAID,
) -> Plan:
    """Read ledgers and hold them against the store; nothing is written.

    ``sheet`` narrows to the sheets of that name; ``choices`` is what a person said of columns,
    to which comes what the store remembers.

    Raises:
        UserError: when a file cannot be read, or has no column of a name that was said.
        NoLedger: when there is no recognisable ledger in a file.
        Cancelled: when asked to stop.
    """
    with _without_collecting():
        return _read_files(paths, store, setting, progress, sheet, choices)


def carry_out(
    plan: Plan, store: Store, progress: Progress, all_or_nothing: bool = False
) -> Receipt:
    """Write what is new and what changed, in one act; the receipt tells what was done.

    With ``all_or_nothing`` a plan that rejects anything writes nothing. A plan that changes
    nothing leaves no trace in the store either.

    Raises:
        UserError: when the store was written to since the plan was made.
        Cancelled: when asked to stop; nothing is left behind.
    """
    counts = plan.counts
    if not plan.changes_anything or (all_or_nothing and counts[Status.REJECTED]):
        return plan.receipt()
    with _without_collecting(), store.act(plan.act_words) as act:
        if newest_act(store, before=act) != plan.newest_act:
            raise UserError(tr("预览之后台账又有改动"), tr("请重新读取文件，核对后再导入。"))
        number, uid = write_batch(
            store,
            act,
            "；".join(source.name for source in plan.sources),
            _hash_of(plan.sources),
            (
                counts[Status.NEW],
                counts[Status.CHANGED],
                counts[Status.SAME],
                counts[Status.REJECTED],
                counts[Status.LEFT_OUT],
                plan.in_doubt,
            ),
            plan.secured_amount_fen,
            (astuple(city) for city in plan.cities),
            map(_reason, plan.errors),
        )
        is_bulk = _grows_by_half(plan, store)
        words, written = tr("写入登记"), len(plan.entries)
        total = written * 4 // 3 if is_bulk else written  # indexes take a quarter of the time
        indexing = _teller(progress, words, (written, total))
        with (
            in_bulk(store, indexing) if is_bulk else contextlib.nullcontext(),
            Registrar(store, number, is_bulk) as registrar,
        ):
            for place, entry in enumerate(plan.entries):
                if place % _AT_ONCE == 0:
                    progress.step(place, total, words)
                if entry.status is Status.NEW and entry.after:
                    registrar.register(entry.after)
                elif entry.status is Status.CHANGED and entry.after and entry.before:
                    registrar.correct(entry.before, entry.after)
        # The last moment to stop: after this the act is kept.
        progress.step(total, total, words)
    return plan.receipt(number, uid)


def _read_files(
    paths: Sequence[Path],
    store: Store,
    setting: Setting,
    progress: Progress,
    sheet: str | None,
    choices: Choices,
) -> Plan:
    clues = Clues(
        Headings(setting.divisions),
        Contents(setting.divisions),
        choices.with_remembered(kept_columns(store)),
    )
    at = newest_act(store)
    sources: list[Source] = []
    remarks: list[Finding] = []
    tables: list[Table] = []
    unread: list[UnreadTable] = []
    for place, (path, name) in enumerate(zip(paths, _names(paths), strict=True)):
        words = tr("读取 {name}", name=name)
        progress.step(place, len(paths), words)
        book = read_book(path, name, _teller(progress, words))
        progress.step(place + 1, len(paths), words)
        equal = next((source.name for source in sources if source.sha256 == book.sha256), "")
        found, skipped, lacking = ([], [], []) if equal else tables_of_book(book, clues, sheet)
        tables.extend(found)
        unread.extend(lacking)
        # A sheet that names some of the fields may be a ledger after all: that is worth a warning.
        remarks.extend(left for left in skipped if left.rule)
        known = batch_of_file(store, book.sha256)
        sources.append(
            Source(path, name, book.sha256, tuple(left.text for left in skipped), known, equal)
        )
    refuse_unknown(choices, [*tables, *unread])
    drafts: list[Draft] = []
    for place, table in enumerate(tables):
        progress.step(place, len(tables), tr("核对登记"))
        of_table = drafts_of(table)
        check_totals(table, (draft.rows for draft in of_table))
        drafts.extend(of_table)
    entries = Comparer(store, setting).compare(drafts, progress)
    progress.step(len(drafts), len(drafts), tr("核对登记"))
    entries = doubted(entries, store)
    progress.step(len(drafts), len(drafts), tr("核对登记"))
    entries = introduced(entries, store, setting.divisions)
    progress.step(len(drafts), len(drafts), tr("核对登记"))
    return Plan(
        sources=tuple(sources),
        tables=tuple(tables),
        entries=tuple(entries),
        remarks=(*remarks, *(remark for table in tables for remark in table.remarks)),
        setting=setting,
        newest_act=at,
        in_store=sums_by_city(store),
        unread=tuple(unread),
    )


def _reason(fault: Finding) -> Reason:
    """As the store keeps it: in Chinese, like the receipt that is printed from it."""
    return (
        fault.file,
        fault.sheet,
        fault.row,
        in_chinese(fault.column),
        fault.value,
        fault.rule,
        in_chinese(fault.text),
    )


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Values are made by the hundred thousand and none of them in cycles: to look for cycles
    among them again and again takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made counts as old from now on, or all would be looked through at once.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _names(paths: Sequence[Path]) -> list[str]:
    """File names, with their folders where two are called the same."""
    names = Counter(path.name for path in paths)
    return [path.name if names[path.name] == 1 else str(path) for path in paths]


def _teller(
    progress: Progress, words: str, within: tuple[int, int] | None = None
) -> Callable[[int, int], None]:
    """Tells the progress of a part of the job: of all that is seen, or from one step to another."""

    def tell(done: int, total: int) -> None:
        if within is None:
            progress.step(done, total, words)
        else:
            start, end = within
            progress.step(start + (end - start) * done // total, end, words)

    return tell


def _grows_by_half(plan: Plan, store: Store) -> bool:
    """Whether most of the store will have come by this import, which only adds to it."""
    new = plan.counts[Status.NEW]
    return not plan.counts[Status.CHANGED] and new >= max(_LEAST_BULK, count(store))


def _hash_of(sources: Sequence[Source]) -> str:
    if len(sources) == 1:
        return sources[0].sha256
    return hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
