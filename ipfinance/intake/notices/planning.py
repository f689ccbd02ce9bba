"""Hold the events of notices against the store: what each would do, or why it cannot."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.matching import newest_act
from ipfinance.db.orphans import waiting
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Setting
from ipfinance.intake.notices.changing import plan_cancellation, plan_change
from ipfinance.intake.notices.establishing import Establisher
from ipfinance.intake.notices.events import NoticeEvent, events_of, from_orphan, together
from ipfinance.intake.notices.outcomes import NoticePlan, Outcome, Planned
from ipfinance.intake.notices.places import PlaceChoice, Places
from ipfinance.intake.notices.reading import Pasted
from ipfinance.intake.notices.registrations import Registrations
from ipfinance.intake.notices.words import Code
from ipfinance.language import tr

_NO_CHOICE = PlaceChoice()


def plan_notices(
    pasted: Pasted, store: Store, setting: Setting, choice: PlaceChoice = _NO_CHOICE
) -> NoticePlan:
    """What carrying out a pasted text would do; nothing is written.

    An event that waits in the work list already is put together with what waits.
    """
    at = newest_act(store)
    listed = [from_orphan(orphan) for orphan in waiting(store)]
    events = []
    for event in events_of(pasted):
        known = _waiting(event, listed)
        events.append(event if known is None else together(known, event))
    by_number = {event.orphan: event for event in listed}
    items, registrations = _plan(events, store, setting, choice)
    orphans = tuple(
        item.event
        for item in items
        if item.outcome is Outcome.ORPHAN and _adds(item.event, by_number)
    )
    return NoticePlan(pasted, items, registrations.works, orphans, _settled(items), at)


def plan_work_list(store: Store, setting: Setting, choice: PlaceChoice = _NO_CHOICE) -> NoticePlan:
    """What the work list holds, and which of it can be carried out by now."""
    at = newest_act(store)
    events = [from_orphan(orphan) for orphan in waiting(store)]
    items, registrations = _plan(events, store, setting, choice)
    return NoticePlan(None, items, registrations.works, (), _settled(items), at)


def _plan(
    events: Sequence[NoticeEvent], store: Store, setting: Setting, choice: PlaceChoice
) -> tuple[tuple[Planned, ...], Registrations]:
    registrations = Registrations(store, [event.reg_no for event in events if event.reg_no])
    places = Places(store, setting.divisions, choice)
    establisher = Establisher(registrations, places, setting.today)
    planned: dict[int, Planned] = {}
    # A registration comes before what happens to it, in whatever order they were pasted.
    for place in sorted(range(len(events)), key=lambda place: _order(events[place])):
        event = events[place]
        if event.code is Code.ESTABLISHED:
            item = establisher.plan(event)
        elif event.code is Code.CHANGED:
            item = plan_change(event, registrations, setting.today)
        elif event.code is Code.CANCELLED:
            item = plan_cancellation(event, registrations, setting.today)
        else:
            item = _concern(event, registrations, setting.today)
        remarks = tuple(dict.fromkeys((*item.reasons, *event.remarks)))
        planned[place] = replace(item, reasons=remarks)
    return tuple(planned[place] for place in range(len(events))), registrations


def _order(event: NoticeEvent) -> tuple[int, date, str]:
    rank = 0 if event.code is Code.ESTABLISHED else 1 if event.code.is_pledge else 2
    # On one day a change comes before the cancellation.
    within = "0" if event.code is Code.CHANGED else "1"
    return rank, event.happened_on or date.max, within


def _concern(event: NoticeEvent, registrations: Registrations, today: date) -> Planned:
    """Something else that happened to a patent: told if the patent is under a live pledge."""
    day = event.happened_on or today
    live = registrations.live_with([right.number for right in event.rights], day)
    if live:
        text = tr("{event}，而专利仍在质押中，请核实质押登记是否受影响", event=event.code.label)
        return Planned(event, Outcome.WARNING, text, event.faults, _named(live))
    if not event.rights:
        return Planned(event, Outcome.WARNING, tr("没有写明专利号，无法核对"), event.faults)
    return Planned(event, Outcome.SAME, tr("专利不在有效的质押中，无需处理"), event.faults)


def _named(pledges: Sequence[Pledge]) -> tuple[str, ...]:
    return tuple(
        pledge.reg_no or f"{pledge.pledgors[0].name} {pledge.registered_on}" for pledge in pledges
    )


def _waiting(event: NoticeEvent, listed: Iterable[NoticeEvent]) -> NoticeEvent | None:
    """The event of the work list that this one is; without a number it must say the same."""
    for known in listed:
        if known.key == event.key and (
            event.reg_no or (known.rights, known.pledgors) == (event.rights, event.pledgors)
        ):
            return known
    return None


def _adds(event: NoticeEvent, listed: dict[int | None, NoticeEvent]) -> bool:
    """Whether the work list does not have all of this event yet."""
    known = listed.get(event.orphan) if event.orphan is not None else None
    return known is None or replace(known, text="") != replace(event, text="", notices=())


def _settled(items: Sequence[Planned]) -> tuple[int, ...]:
    return tuple(
        item.event.orphan
        for item in items
        if item.event.orphan is not None and item.outcome not in (Outcome.ORPHAN, Outcome.WARNING)
    )
