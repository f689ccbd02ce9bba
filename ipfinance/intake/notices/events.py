"""Events told by notices: those with the same code, 登记号 and date are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipfinance.db.orphans import Orphan
from ipfinance.domain.identifiers import right_kind_of
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Change, Right, RightKind
from ipfinance.intake.notices.notice import Notice
from ipfinance.intake.notices.reading import Pasted
from ipfinance.intake.notices.words import Code


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """One event, put together from all notices that tell of it.

    ``text`` is what was pasted of them; ``notices`` is empty for one from the work list, whose
    number there is ``orphan``.
    """

    code: Code
    reg_no: str | None
    happened_on: date | None
    pledgors: tuple[str, ...] = ()
    pledgees: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    changes: tuple[Change, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    text: str = ""
    notices: tuple[Notice, ...] = ()
    orphan: int | None = None

    @property
    def key(self) -> tuple[Code, str | None, date | None]:
        """What makes two notices tell of one event."""
        return self.code, self.reg_no, self.happened_on


def events_of(pasted: Pasted) -> list[NoticeEvent]:
    """The events of a pasted text, in the order of their first notices."""
    grouped: dict[object, NoticeEvent] = {}
    for notice in pasted.notices:
        event = _event(notice, pasted.text)
        # Without a number two notices of one day need not have anything to do with each other.
        key: object = event.key if event.reg_no else (event.key, event.rights, event.pledgors)
        known = grouped.get(key)
        grouped[key] = event if known is None else together(known, event)
    return list(grouped.values())


def together(one: NoticeEvent, other: NoticeEvent) -> NoticeEvent:
    """Two tellings of one event as one."""
    rights = {right.number: right for right in one.rights}
    for right in other.rights:
        known = rights.get(right.number)
        if known is None or not known.name:
            rights[right.number] = right
    same_text = other.text in one.text
    return NoticeEvent(
        code=one.code,
        reg_no=one.reg_no,
        happened_on=one.happened_on,
        pledgors=_names((*one.pledgors, *other.pledgors)),
        pledgees=_names((*one.pledgees, *other.pledgees)),
        rights=tuple(rights.values()),
        changes=tuple(dict.fromkeys((*one.changes, *other.changes))),
        faults=tuple(dict.fromkeys((*one.faults, *other.faults))),
        remarks=tuple(dict.fromkeys((*one.remarks, *other.remarks))),
        text=one.text if same_text else f"{one.text}\n{other.text}",
        notices=(*one.notices, *other.notices),
        orphan=one.orphan or other.orphan,
    )


def to_orphan(event: NoticeEvent) -> Orphan:
    """The event as the work list keeps it."""
    return Orphan(
        code=event.code,
        reg_no=event.reg_no,
        happened_on=event.happened_on,
        text=event.text,
        fields={
            "pledgors": list(event.pledgors),
            "pledgees": list(event.pledgees),
            "rights": [[right.number, right.kind.value, right.name] for right in event.rights],
            "changes": [[change.item, change.before, change.after] for change in event.changes],
            "faults": list(event.faults),
            "remarks": list(event.remarks),
        },
        id=event.orphan,
    )


def from_orphan(orphan: Orphan) -> NoticeEvent:
    """The event that the work list keeps."""
    fields: dict[str, Any] = orphan.fields
    return NoticeEvent(
        code=Code(orphan.code),
        reg_no=orphan.reg_no,
        happened_on=orphan.happened_on,
        pledgors=tuple(fields["pledgors"]),
        pledgees=tuple(fields["pledgees"]),
        rights=tuple(
            Right(number, RightKind(kind), name) for number, kind, name in fields["rights"]
        ),
        changes=tuple(Change(*change) for change in fields["changes"]),
        faults=tuple(fields["faults"]),
        remarks=tuple(fields["remarks"]),
        text=orphan.text,
        orphan=orphan.id,
    )


def _event(notice: Notice, text: str) -> NoticeEvent:
    # A name belongs to the notice's one patent; beside several it is nobody's.
    name = notice.names[0] if len(notice.rights) == len(notice.names) == 1 else ""
    return NoticeEvent(
        code=notice.code,
        reg_no=notice.reg_no,
        happened_on=notice.happened_on,
        pledgors=notice.pledgors,
        pledgees=notice.pledgees,
        rights=tuple(_right(number, name) for number in notice.rights),
        changes=notice.changes,
        faults=notice.faults,
        remarks=notice.remarks,
        text=text[notice.start : notice.end],
        notices=(notice,),
    )


def _right(number: str, name: str) -> Right:
    try:
        return Right(number, right_kind_of(number), name)
    except ValueError:
        return Right(number, RightKind.OTHER, name)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name_key(name), name)
    return tuple(kept.values())
