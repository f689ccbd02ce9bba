"""Hold the registrations of an import against the store: new, changed, the same, or rejected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from ipfinance.db.aliases import aliases
from ipfinance.db.connection import Store
from ipfinance.db.matching import (
    Candidate,
    on_days,
    pledgee_kinds,
    with_reg_nos,
    without_reg_no,
)
from ipfinance.db.pledges import count, find
from ipfinance.domain.cells import Cell
from ipfinance.domain.faults import Fault
from ipfinance.domain.identifiers import ROUNDED
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Reader, Reading, Setting
from ipfinance.domain.rules import check
from ipfinance.domain.value import value
from ipfinance.intake.findings import Finding, Place
from ipfinance.intake.layout import Table
from ipfinance.intake.ledgers import Draft, located, number_key
from ipfinance.intake.likeness import (
    agree,
    content_of,
    is_another,
    lender_fault,
    pledgor_names,
    says_the_same,
    taken_fault,
)
from ipfinance.intake.merging import FieldChange, changes, completed, merge
from ipfinance.intake.overlapping import Overlaps
from ipfinance.language import either, tr
from ipfinance.progress import Progress

_AT_ONCE = 2000

_Claim = tuple[str, str]


class Status(StrEnum):
    """What an import does with a registration; one that is left out a clerk does not want."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"
    LEFT_OUT = "left_out"

    @property
    def label_zh(self) -> str:
        return _LABELS[self]

    @property
    def label(self) -> str:
        return either(self.label_zh, _ENGLISH[self])


@value
class Entry:
    """One registration of an import and what will become of it.

    ``after`` is what will stand in the store, None for a rejected one; ``before`` what stands
    there now, given for a changed one. ``number`` is the store's number of a changed or the same
    one. ``faults`` are errors and warnings with their places. ``mended`` are the cells that a
    clerk wrote over those of the file. One that is left out keeps all that it had.
    """

    status: Status
    draft: Draft
    after: Pledge | None
    before: Pledge | None = None
    number: int | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Finding, ...] = ()
    mended: Mapping[str, str] | None = None

    @property
    def place(self) -> Place:
        """File, sheet and rows."""
        return self.draft.place

    @property
    def cells(self) -> Mapping[str, Cell]:
        """The cells as read, keyed like the field catalogue, with what was mended."""
        return {**self.draft.cells, **self.mended} if self.mended else self.draft.cells

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(fault for fault in self.faults if fault.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(fault for fault in self.faults if not fault.is_error)

    @property
    def claims(self) -> frozenset[tuple[str, str] | int]:
        """What only one registration of an import may have: its 登记号, its number in the store."""
        key = _claim(self.draft, self.after, self.cells)
        return frozenset(one for one in (key, self.number) if one is not None)


class Comparer:
    """Compares the drafts of one import, which may not contradict each other either.

    ``entries`` are those already compared, when one of them is compared anew.
    """

    def __init__(self, store: Store, setting: Setting, entries: Sequence[Entry] = ()) -> None:
        self._store = store
        self._setting = setting
        self._is_empty = count(store) == 0
        self._numberless = [] if self._is_empty else without_reg_no(store)
        self._kinds = {} if self._is_empty else pledgee_kinds(store)
        self._aliases = aliases(store)
        self._overlaps = Overlaps(store, setting.today, self._is_empty)
        self._claims: dict[_Claim, Draft] = {}
        self._unnumbered: dict[tuple[object, ...], Draft] = {}
        self._taken: set[int] = set()
        self._readers: dict[int, Reader] = {}
        for entry in entries:
            self._remember(entry)

    def compare(self, drafts: Sequence[Draft], progress: Progress) -> list[Entry]:
        """The entries of these drafts, in their order."""
        entries: list[Entry] = []
        for start in range(0, len(drafts), _AT_ONCE):
            progress.step(start, len(drafts), tr("核对登记"))
            page = drafts[start : start + _AT_ONCE]
            entries.extend(self._page(page))
        return entries

    def compare_mended(self, draft: Draft, mended: Mapping[str, str]) -> Entry:
        """The entry of one draft whose cells a clerk has mended."""
        fresh = Draft(draft.table, draft.rows, {**draft.cells, **mended})
        fresh.faults = [(row, fault) for row, fault in draft.faults if fault.field not in mended]
        [entry] = self._page([fresh])
        return replace(entry, draft=replace(fresh, cells=draft.cells), mended=dict(mended) or None)

    def _page(self, drafts: Sequence[Draft]) -> Iterator[Entry]:
        read = list(zip(drafts, self._readings(drafts), strict=True))
        stored = {} if self._is_empty else self._stored(read)
        self._overlaps.look_up(reading.pledge for _, reading in read)
        for draft, reading in read:
            entry = self._entry(draft, reading, stored)
            self._remember(entry)
            yield entry

    def _readings(self, drafts: Sequence[Draft]) -> list[Reading]:
        """What the drafts say, those of each table with its units."""
        readings: list[Reading] = []
        for _, of_table in groupby(drafts, lambda draft: id(draft.table)):
            together = list(of_table)
            readings += self._read([draft.cells for draft in together], together[0].table)
        return readings

    def _read(self, page: Sequence[Mapping[str, Cell]], table: Table) -> list[Reading]:
        key = id(table)
        if key not in self._readers:
            self._readers[key] = Reader(replace(self._setting, units=table.units))
        readings = self._readers[key].read_page(page)
        if not self._aliases:
            return readings
        return [
            replace(reading, pledge=reading.pledge and self._aliases.resolved(reading.pledge))
            for reading in readings
        ]

    def _stored(self, read: Sequence[tuple[Draft, Reading]]) -> dict[int, tuple[Pledge, int]]:
        """For each draft (by its position in the page) the stored registration it may be."""
        keys = [_claim(draft, reading.pledge) for draft, reading in read]
        numbers = with_reg_nos(self._store, [key[1] for key in keys if key])
        by_number = {(kind.label_zh, reg_no): number for (kind, reg_no), number in numbers.items()}
        loose: dict[str, list[int]] = {}
        for (_, reg_no), number in numbers.items():
            loose.setdefault(reg_no, []).append(number)
        matched: dict[int, int] = {
            place: by_number[key] for place, key in enumerate(keys) if key and key in by_number
        }
        # What a row names by kind and number is no other row's, however alike that may be.
        self._taken.update(matched.values())
        open_ones: list[tuple[int, Pledge]] = []
        for place, ((_, reading), key) in enumerate(zip(read, keys, strict=True)):
            if place in matched:
                continue
            named = loose.get(key[1], []) if key and not key[0] else []
            if len(named) == 1 and named[0] not in self._taken:
                matched[place] = named[0]  # the file does not say which kind
            elif reading.pledge is not None and not self._will_be_rejected(*read[place]):
                open_ones.append((place, reading.pledge))
        self._match_by_content(open_ones, matched)
        pledges = {pledge.id: pledge for pledge in find(self._store, set(matched.values()))}
        return {
            id(read[place][0]): (pledges[number], number)
            for place, number in matched.items()
            if number in pledges
        }

    def _will_be_rejected(self, draft: Draft, reading: Reading) -> bool:
        """Whether a row keeps nothing from being another's, because it cannot come in itself."""
        key = _claim(draft, reading.pledge)
        return (
            bool(key and key in self._claims)
            or any(fault.is_error for _, fault in draft.faults)
            or any(fault.is_error for fault in _sharpened(reading.faults))
        )

    def _match_by_content(
        self, open_ones: Sequence[tuple[int, Pledge]], matched: dict[int, int]
    ) -> None:
        """Match registrations without a number, and those whose stored one has none yet."""
        days = {pledge.registered_on for _, pledge in open_ones if pledge.reg_no is None}
        of_days = _by_day(on_days(self._store, days)) if days else {}
        numberless = _by_day(self._numberless)
        wanted: list[tuple[int, Pledge, list[int]]] = []
        for place, pledge in open_ones:
            known = of_days if pledge.reg_no is None else numberless
            ids = [
                candidate.id
                for candidate in known.get(pledge.registered_on, ())
                if candidate.kind is pledge.kind
                and agree(pledge.secured_amount_fen, candidate.secured_amount_fen)
            ]
            if ids:
                wanted.append((place, pledge, ids))
        asked = sorted({number for _, _, ids in wanted for number in ids})
        candidates = {pledge.id: pledge for pledge in find(self._store, asked)}
        names = pledgor_names(self._store, candidates.values())
        for place, pledge, ids in wanted:
            for number in ids:
                if number not in self._taken and says_the_same(pledge, candidates[number], names):
                    self._taken.add(number)
                    matched[place] = number
                    break

    def _entry(
        self, draft: Draft, reading: Reading, stored: Mapping[int, tuple[Pledge, int]]
    ) -> Entry:
        before, number = stored.get(id(draft), (None, None))
        if reading.pledge is None and before is not None:
            cells = completed(draft.cells, before)
            reading = reading if cells is None else self._read([cells], draft.table)[0]
        is_sound = not reading.faults and not draft.faults
        faults = [] if is_sound else located(_sharpened(reading.faults), draft)
        key = _claim(draft, reading.pledge)
        if key and key in self._claims:
            faults.append(self._repeated(draft, key))
        pledge = reading.pledge
        if pledge is None or any(fault.is_error for fault in faults):
            return Entry(Status.REJECTED, draft, None, number=number, faults=tuple(faults))
        if before is not None and is_another(pledge, before):
            faults += _found(draft, [taken_fault(before)])
            return Entry(Status.REJECTED, draft, None, number=number, faults=tuple(faults))
        faults += _found(draft, self._lender_warnings(pledge))
        if before is None:
            faults += _found(draft, self._overlaps.warnings(pledge, None))
            faults += _found(draft, self._likeness_warning(pledge))
            return Entry(Status.NEW, draft, pledge, faults=tuple(faults))
        after = merge(before, pledge)
        if after == before:
            return Entry(Status.SAME, draft, before, number=number, faults=tuple(faults))
        wrong = [fault for fault in check(after, self._setting.today) if fault.is_error]
        if wrong:
            faults += _found(draft, wrong)
            return Entry(Status.REJECTED, draft, None, number=number, faults=tuple(faults))
        faults += _found(draft, self._overlaps.warnings(after, number))
        differing = changes(before, after, self._setting.divisions)
        return Entry(Status.CHANGED, draft, after, before, number, differing, tuple(faults))

    def _repeated(self, draft: Draft, key: _Claim) -> Finding:
        first = self._claims[key].place
        where = str(first)
        if first.file != draft.table.file:
            where = f"{first.file} {where}"
        elif first.sheet == draft.table.sheet.name:
            where = where.removeprefix(f"{first.sheet} ")
        text = tr(
            "登记号 {reg_no} 与{where}重复，一个登记号只能有一笔；若录错请更正，否则请删去一行",
            reg_no=key[1],
            where=where,
        )
        [finding] = _found(draft, [Fault("reg_no", "reg_no_duplicate", key[1], text)])
        return finding

    def _lender_warnings(self, pledge: Pledge) -> list[Fault]:
        """A lender has one kind in the store: another in the file is told, not taken."""
        faults = []
        for pledgee in pledge.pledgees:
            if pledgee.kind is None:
                continue
            known = self._kinds.setdefault(name_key(pledgee.name), pledgee.kind)
            if known is not pledgee.kind:
                faults.append(lender_fault(pledgee.name, pledgee.kind, known))
        return faults

    def _likeness_warning(self, pledge: Pledge) -> list[Fault]:
        """Two new registrations without a number that say the same are perhaps one."""
        if pledge.reg_no is not None:
            return []
        other = self._unnumbered.get(content_of(pledge))
        if other is None:
            return []
        text = tr("没有登记号，内容与{place}完全相同，可能重复，请核对", place=other.place.said)
        return [Fault("reg_no", "possible_duplicate", "", text, is_error=False)]

    def _remember(self, entry: Entry) -> None:
        key = _claim(entry.draft, entry.after, entry.cells)
        if key:
            self._claims.setdefault(key, entry.draft)
        if entry.number is not None:
            self._taken.add(entry.number)
        if entry.after is not None:
            self._overlaps.remember(entry.after, entry.number)
        if entry.status is Status.NEW and entry.after and entry.after.reg_no is None:
            self._unnumbered.setdefault(content_of(entry.after), entry.draft)


def _claim(
    draft: Draft, pledge: Pledge | None, cells: Mapping[str, Cell] | None = None
) -> _Claim | None:
    """What no other registration may have: the kind, as shown, and the 登记号."""
    if pledge is None:
        return number_key(draft.cells if cells is None else cells)
    return (pledge.kind.label_zh, pledge.reg_no) if pledge.reg_no else None


def _found(draft: Draft, faults: Sequence[Fault]) -> list[Finding]:
    """Faults with their places, without those of the draft, which were located already."""
    return located(faults, Draft(draft.table, draft.rows, draft.cells)) if faults else []


def _sharpened(faults: Sequence[Fault]) -> list[Fault]:
    """A rounded code is an error wherever it stands; nothing in a file tells its lost digits."""
    return [
        replace(fault, is_error=True) if fault.rule == ROUNDED and not fault.is_error else fault
        for fault in faults
    ]


def _by_day(candidates: Sequence[Candidate]) -> dict[date, list[Candidate]]:
    days: dict[date, list[Candidate]] = {}
    for candidate in candidates:
        days.setdefault(candidate.registered_on, []).append(candidate)
    return days


_LABELS = {
    Status.NEW: "新增",
    Status.CHANGED: "更正",
    Status.SAME: "相同",
    Status.REJECTED: "退回",
    Status.LEFT_OUT: "略过",
}
_ENGLISH = {
    Status.NEW: "New",
    Status.CHANGED: "Changed",
    Status.SAME: "Same",
    Status.REJECTED: "Rejected",
    Status.LEFT_OUT: "Left out",
}
