"""What becomes of each event of a paste, as values: the preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ipfinance.domain.pledge import Pledge
from ipfinance.intake.notices.events import NoticeEvent
from ipfinance.intake.notices.notice import Passage
from ipfinance.intake.notices.reading import Pasted
from ipfinance.language import either


class Outcome(StrEnum):
    """What is done for an event."""

    CREATED = "created"
    COMPLETED = "completed"
    CHANGED = "changed"
    CLOSED = "closed"
    SAME = "same"
    ORPHAN = "orphan"
    WARNING = "warning"

    @property
    def label_zh(self) -> str:
        return _LABELS[self]

    @property
    def label(self) -> str:
        return either(self.label_zh, _ENGLISH[self])

    @property
    def writes(self) -> bool:
        """Whether a registration is written."""
        return self in (Outcome.CREATED, Outcome.COMPLETED, Outcome.CHANGED, Outcome.CLOSED)


_LABELS = {
    Outcome.CREATED: "新增",
    Outcome.COMPLETED: "补全",
    Outcome.CHANGED: "变更",
    Outcome.CLOSED: "注销",
    Outcome.SAME: "已有",
    Outcome.ORPHAN: "待办",
    Outcome.WARNING: "提醒",
}
_ENGLISH = {
    Outcome.CREATED: "New",
    Outcome.COMPLETED: "Completed",
    Outcome.CHANGED: "Changed",
    Outcome.CLOSED: "Cancelled",
    Outcome.SAME: "On record",
    Outcome.ORPHAN: "To do",
    Outcome.WARNING: "Reminder",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One event and what becomes of it; ``does`` says it in a sentence, ``reasons`` say why, or
    what else is worth a look. ``reg_nos`` are the registrations concerned."""

    event: NoticeEvent
    outcome: Outcome
    does: str
    reasons: tuple[str, ...] = ()
    reg_nos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One registration to be written: new without ``before``, else corrected."""

    before: Pledge | None
    after: Pledge


@dataclass(frozen=True)
class NoticePlan:
    """Everything a paste would do; nothing is written before it is carried out.

    ``orphans`` are the events to keep in the work list, those that wait there already only if
    this paste adds to them; ``settled`` the numbers of those that no longer wait.
    """

    pasted: Pasted | None
    items: tuple[Planned, ...]
    works: tuple[Work, ...]
    orphans: tuple[NoticeEvent, ...]
    settled: tuple[int, ...]
    newest_act: int

    @property
    def unread(self) -> tuple[Passage, ...]:
        """What is no notice."""
        return self.pasted.unread if self.pasted else ()

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many events have each outcome."""
        outcomes = [item.outcome for item in self.items]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}

    @property
    def to_write(self) -> int:
        """How many events change a registration."""
        return sum(count for outcome, count in self.counts.items() if outcome.writes)

    @property
    def changes_anything(self) -> bool:
        """Whether carrying it out writes anything, the work list included."""
        return bool(self.works or self.orphans or self.settled)

    @property
    def found_something(self) -> bool:
        """Whether anything is left for a person: work list, warnings, unread text."""
        left = self.counts[Outcome.ORPHAN] + self.counts[Outcome.WARNING]
        return bool(left or self.unread)
