"""What must hold of one event among the others of its registration, for those who record it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ipfinance.domain import rules
from ipfinance.domain.faults import Fault
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import ENDINGS, TRANSFER, Event, EventKind, Pledge
from ipfinance.language import tr

DAY, AMOUNT, TERM, CHANGES, TRANSFEREE = (
    "happened_on",
    "secured_amount",
    "term_end",
    "changes",
    "transferee",
)
"""What the fields of an event are called in its faults."""


def check_event(pledge: Pledge, event: Event, today: date) -> list[Fault]:
    """The errors of an event that is to be recorded, or corrected, in a registration.

    ``pledge`` is the registration as it is stored; an event of it that has the number of
    ``event`` is the one that is corrected and does not count.
    """
    others = tuple(one for one in pledge.events if one.id is None or one.id != event.id)
    without = replace(pledge, events=others)
    return [*_of_days(without, event, today), *_of_content(without, event)]


def may_end_from(pledge: Pledge) -> date:
    """The first day on which a registration that has not ended may end: no event is later."""
    return max((pledge.registered_on, *(event.happened_on for event in pledge.events)))


def _of_days(pledge: Pledge, event: Event, today: date) -> Iterator[Fault]:
    day = event.happened_on
    alone = replace(pledge, events=(event,))
    for fault in rules.check(alone, today):
        if fault.is_error and fault.field in ("cancelled_on", "events"):
            yield replace(fault, field=DAY)
    ending = pledge.ending
    if ending is not None and event.kind in ENDINGS:
        yield _out_of_order(
            day,
            tr(
                "这笔登记已于 {day} {ending}，不能再{event}",
                day=ending.happened_on,
                ending=ending.label,
                event=event.label,
            ),
        )
    elif ending is not None and day > ending.happened_on:
        yield _out_of_order(
            day,
            tr(
                "{event}日期 {day} 不能晚于{ending}日期 {ended}",
                event=event.label,
                day=day,
                ending=ending.label,
                ended=ending.happened_on,
            ),
        )
    elif event.kind in ENDINGS:
        later = [one for one in pledge.events if one.happened_on > day]
        if later:
            last = max(later, key=lambda one: one.happened_on)
            text = tr(
                "{event}日期 {day} 不能早于已有的{last} {last_day}",
                event=event.label,
                day=day,
                last=last.label,
                last_day=last.happened_on,
            )
            yield _out_of_order(day, text)


def _of_content(pledge: Pledge, event: Event) -> Iterator[Fault]:
    if event.kind is EventKind.EXTENSION:
        yield from _of_extension(pledge, event)
    elif event.is_transfer:
        yield from _of_transfer(pledge, event)
    elif event.kind is EventKind.CHANGE:
        if not event.changes and event.secured_amount_fen is None and event.term_end is None:
            text = tr("没有写明变更了什么，请填变更事项或变更后的金额")
            yield Fault(CHANGES, "change_missing", "", text)
        for change in event.changes:
            if not change.item.strip():
                text = tr("有变更前后的内容，却没有写明变更事项")
                yield Fault(CHANGES, "change_item_missing", change.after, text)
            elif change.before == change.after:
                text = tr("「{item}」变更前后相同，请核对", item=change.item)
                yield Fault(CHANGES, "change_same", change.after, text)
    if (
        event.kind is EventKind.CHANGE
        and event.term_end is not None
        and pledge.term_start is not None
        and event.term_end < pledge.term_start
    ):
        yield _term(
            event.term_end,
            tr(
                "变更或延期后的期限 {day} 不能早于债务履行期限起 {start}",
                day=event.term_end,
                start=pledge.term_start,
            ),
        )


def _of_extension(pledge: Pledge, event: Event) -> Iterator[Fault]:
    end = event.term_end
    if end is None:
        yield Fault(TERM, "term_end_missing", "", tr("请填写延期后的债务履行期限止"))
        return
    known = pledge.term_end_on(event.happened_on)
    if known is not None and end <= known:
        yield _term(end, tr("变更或延期后的期限 {day} 应晚于现在的 {known}", day=end, known=known))
    elif end < pledge.registered_on:
        text = tr(
            "变更或延期后的期限 {day} 不能早于登记日期 {registered_on}",
            day=end,
            registered_on=pledge.registered_on,
        )
        yield _term(end, text)


def _of_transfer(pledge: Pledge, event: Event) -> Iterator[Fault]:
    holders = {name_key(name) for name in pledge.pledgees_on(event.happened_on)}
    for change in event.changes:
        if change.item != TRANSFER:
            continue
        after = [name for name in change.after.split("；") if name.strip()]
        if not after:
            yield Fault(TRANSFEREE, "transferee_missing", "", tr("请填写受让人，即新的质权人"))
        elif {name_key(name) for name in after} == holders:
            text = tr("受让人就是现在的质权人，没有转让，请核对")
            yield Fault(TRANSFEREE, "transferee_same", change.after, text)


def _term(day: date, text: str) -> Fault:
    return Fault(TERM, "dates_out_of_order", str(day), text)


def _out_of_order(day: date, text: str) -> Fault:
    return Fault(DAY, "dates_out_of_order", str(day), text)
