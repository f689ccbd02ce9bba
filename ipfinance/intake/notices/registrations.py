"""The registrations that a plan works on: as stored, and as they will be after each event."""

from collections.abc import Iterable
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.matching import on_days, with_reg_nos, without_reg_no
from ipfinance.db.pledged_rights import holding
from ipfinance.db.pledges import find
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.intake.likeness import pledgor_names, says_the_same
from ipfinance.intake.notices.outcomes import Work


class Registrations:
    """A view of the store in which the plan's own changes have been made already."""

    def __init__(self, store: Store, reg_nos: Iterable[str]) -> None:
        self._store = store
        known = with_reg_nos(store, reg_nos)
        ids = {reg_no: number for (kind, reg_no), number in known.items() if kind is Kind.PATENT}
        stored = {pledge.id: pledge for pledge in find(store, ids.values())}
        self._before: dict[str, Pledge | None] = {
            reg_no: stored[number] for reg_no, number in ids.items()
        }
        self._now: dict[str, Pledge] = {}
        self._by_right: dict[str, set[str]] = {}
        self._numberless: set[int] | None = None
        for reg_no, pledge in self._before.items():
            assert pledge is not None
            self._take(reg_no, pledge)

    def get(self, reg_no: str) -> Pledge | None:
        """The registration as it is by now."""
        return self._now.get(reg_no)

    def put(self, reg_no: str, pledge: Pledge, before: Pledge | None = None) -> None:
        """Make it so; ``before`` is the stored one that gets this number now."""
        self._before.setdefault(reg_no, before)
        self._take(reg_no, pledge)

    def without_number(self, read: Pledge) -> list[Pledge]:
        """The stored registrations without a number that say the same as this one."""
        if self._numberless is None:
            self._numberless = {candidate.id for candidate in without_reg_no(self._store)}
        if not self._numberless:
            return []
        taken = {pledge.id for pledge in self._before.values() if pledge}
        that_day = [
            candidate.id
            for candidate in on_days(self._store, [read.registered_on])
            if candidate.id in self._numberless - taken and candidate.kind is read.kind
        ]
        stored = find(self._store, that_day)
        names = pledgor_names(self._store, stored)
        return [pledge for pledge in stored if says_the_same(read, pledge, names)]

    def live_with(self, numbers: Iterable[str], day: date) -> list[Pledge]:
        """The patent pledges that hold any of these patents and had not ended on the day."""
        asked = set(numbers)
        if not asked:
            return []
        found = holding(self._store, asked)
        ids = dict.fromkeys(number for numbers in found.values() for number in numbers)
        stored = {pledge.uid: pledge for pledge in find(self._store, ids)}
        for reg_no in sorted({one for each in asked for one in self._by_right.get(each, ())}):
            now = self._now[reg_no]
            stored[now.uid or reg_no] = now
        return [
            pledge
            for pledge in stored.values()
            if asked & {right.number for right in pledge.rights}
            and pledge.registered_on <= day
            and (pledge.ending is None or pledge.ending.happened_on > day)
        ]

    def _take(self, reg_no: str, pledge: Pledge) -> None:
        self._now[reg_no] = pledge
        for right in pledge.rights:
            self._by_right.setdefault(right.number, set()).add(reg_no)

    @property
    def works(self) -> tuple[Work, ...]:
        """What is to be written: the new ones and those that differ from what is stored."""
        return tuple(
            Work(before, now)
            for reg_no, now in self._now.items()
            if (before := self._before[reg_no]) != now
        )
