"""Hold the registrations of an import against the store: new, changed, the same, or rejected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby

from ipfinance.db.aliases import aliases
from ipfinance.db.connection import Store
from ipfinance.db.matching import pledgee_kinds
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
from ipfinance.intake.ledgers import Draft, located
from ipfinance.intake.likeness import content_of, is_another, lender_fault, taken_fault
from ipfinance.intake.matching import Claim, Matcher, claim_of
from ipfinance.intake.merging import FieldChange, changes, completed, merge
from ipfinance.intake.overlapping import Overlaps
from ipfinance.language import either, tr
from ipfinance.progress import Progress

_AT_ONCE = 2000


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
    ``only_number_taken`` says of a rejected one that it could come in but for its 登记号, which
    another registration bears.
    """

    status: Status
    draft: Draft
    after: Pledge | None
    before: Pledge | None = None
    number: int | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Finding, ...] = ()
    mended: Mapping[str, str] | None = None
    only_number_taken: bool = False

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
        key = claim_of(self.draft, self.after, self.cells)
        return frozenset(one for one in (key, self.number) if one is not None)


class Comparer:
    """Compares the drafts of one import, which may not contradict each other either.

    ``entries`` are those already compared, when one of them is compared anew.
    """

    def __init__(self, store: Store, setting: Setting, entries: Sequence[Entry] = ()) -> None:
        self._setting = setting
        self._matcher = Matcher(store)
        self._kinds = {} if self._matcher.is_empty else pledgee_kinds(store)
        self._aliases = aliases(store)
        self._overlaps = Overlaps(store, setting.today, self._matcher.is_empty)
        self._claims: dict[Claim, Entry] = {}
        self._unnumbered: dict[tuple[object, ...], Draft] = {}
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

    def compare_mended(self, drafts: Sequence[tuple[Draft, Mapping[str, str]]]) -> list[Entry]:
        """The entries of drafts whose cells a clerk has mended, in their order."""
        fresh = [Draft(one.table, one.rows, {**one.cells, **mended}) for one, mended in drafts]
        for made, (draft, mended) in zip(fresh, drafts, strict=True):
            made.faults = [one for one in draft.faults if one[1].field not in mended]
        return [
            replace(entry, draft=replace(made, cells=draft.cells), mended=dict(mended) or None)
            for entry, made, (draft, mended) in zip(self._page(fresh), fresh, drafts, strict=True)
        ]

    def _page(self, drafts: Sequence[Draft]) -> Iterator[Entry]:
        read = list(zip(drafts, self._readings(drafts), strict=True))
        stored = self._matcher.stored(read, self._will_be_rejected)
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

    def _will_be_rejected(self, draft: Draft, reading: Reading) -> bool:
        """Whether a row cannot come in, whatever is in the store."""
        key = claim_of(draft, reading.pledge)
        return (
            bool(key and key in self._claims)
            or any(fault.is_error for _, fault in draft.faults)
            or any(fault.is_error for fault in _sharpened(reading.faults))
        )

    def _entry(
        self, draft: Draft, reading: Reading, stored: Mapping[int, tuple[Pledge, int]]
    ) -> Entry:
        before, number = stored.get(id(draft), (None, None))
        if reading.pledge is None and before is not None:
            cells = completed(draft.cells, before)
            reading = reading if cells is None else self._read([cells], draft.table)[0]
        pledge = reading.pledge
        if pledge and before and pledge.reg_no and pledge.reg_no == before.reg_no_in_doubt:
            pledge = pledge.with_number_in_doubt()  # as it came in before
        is_sound = not reading.faults and not draft.faults
        faults = [] if is_sound else located(_sharpened(reading.faults), draft)
        is_wrong = pledge is None or any(fault.is_error for fault in faults)
        key = claim_of(draft, pledge)
        bearer = self._claims.get(key) if key else None
        is_taken = False
        if key and bearer:
            faults.append(self._repeated(draft, key, bearer.place))
            # The same registration once more is not another one that bears the number.
            told = [content_of(one) for one in (pledge, bearer.after) if one is not None]
            is_taken = len(set(told)) == len(told)
        elif pledge and before and not is_wrong and is_another(pledge, before):
            faults += _found(draft, [taken_fault(before)])
            is_taken = True
        if pledge is None or is_wrong or bearer or is_taken:
            return Entry(
                Status.REJECTED,
                draft,
                None,
                number=number,
                faults=tuple(faults),
                only_number_taken=is_taken and not is_wrong,
            )
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

    def _repeated(self, draft: Draft, key: Claim, first: Place) -> Finding:
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
        key = claim_of(entry.draft, entry.after, entry.cells)
        if key and not entry.only_number_taken:
            self._claims.setdefault(key, entry)
        if entry.number is not None:
            self._matcher.take(entry.number)
        if entry.after is not None:
            self._overlaps.remember(entry.after, entry.number)
        if entry.status is Status.NEW and entry.after and entry.after.reg_no is None:
            self._unnumbered.setdefault(content_of(entry.after), entry.draft)


def _found(draft: Draft, faults: Sequence[Fault]) -> list[Finding]:
    """Faults with their places, without those of the draft, which were located already."""
    return located(faults, Draft(draft.table, draft.rows, draft.cells)) if faults else []


def _sharpened(faults: Sequence[Fault]) -> list[Fault]:
    """A rounded code is an error wherever it stands; nothing in a file tells its lost digits."""
    return [
        replace(fault, is_error=True) if fault.rule == ROUNDED and not fault.is_error else fault
        for fault in faults
    ]


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
