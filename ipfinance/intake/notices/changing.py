"""Notices that a pledge was changed or has ended, held against its registration."""

import re
from dataclasses import replace
from datetime import date

from ipfinance.domain.dates import DateError, read_date
from ipfinance.domain.money import MoneyError, parse_fen, plain_wan
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Change, Event, EventKind, Pledge
from ipfinance.domain.rules import UNLIKELY_AMOUNT_FEN, check
from ipfinance.intake.notices.events import NoticeEvent
from ipfinance.intake.notices.outcomes import Outcome, Planned
from ipfinance.intake.notices.registrations import Registrations
from ipfinance.intake.notices.words import DAY_LABELS, Code
from ipfinance.language import listed, tr

_AMOUNT_ITEM = re.compile("担保.*(?:债权|金额)|债权(?:数)?额|登记金额|主债权")
_TERM_ITEM = re.compile("履行期限|债务期限|质押期限")
_DAY = re.compile(r"\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}|\d{4})")


def plan_change(event: NoticeEvent, registrations: Registrations, today: date) -> Planned:
    """Record the change; the registration as registered stays as it is."""
    found = _registration(event, registrations)
    if isinstance(found, Planned):
        return found
    stored, day, reg_nos = found
    if not event.changes:
        return Planned(event, Outcome.WARNING, tr("没有写明变更事项，未处理"), (), reg_nos)
    if stored.ending is not None and stored.ending.happened_on < day:
        ended = stored.ending
        text = tr(
            "登记已于 {ended} {ending}，之后不应再变更，未处理",
            ended=ended.happened_on,
            ending=ended.kind.label,
        )
        return Planned(event, Outcome.WARNING, text, (), reg_nos)
    known = next(
        (e for e in stored.events if e.kind is EventKind.CHANGE and e.happened_on == day), None
    )
    recorded = {_same_words(change) for change in known.changes} if known else set()
    more = tuple(change for change in event.changes if _same_words(change) not in recorded)
    if not more:
        return Planned(event, Outcome.SAME, tr("这次变更台账里已有"), (), reg_nos)
    before = known or Event(EventKind.CHANGE, day)
    changed, reasons = _typed(replace(before, changes=(*before.changes, *more)), more)
    events = tuple(changed if each is known else each for each in stored.events)
    after = replace(stored, events=events if known else (*events, changed))
    items = listed(dict.fromkeys(change.item or tr("内容") for change in more))
    planned = Planned(event, Outcome.CHANGED, tr("变更{items}", items=items), reasons, reg_nos)
    return _written(planned, registrations, stored, after, today)


def plan_cancellation(event: NoticeEvent, registrations: Registrations, today: date) -> Planned:
    """Close the registration."""
    found = _registration(event, registrations)
    if isinstance(found, Planned):
        return found
    stored, day, reg_nos = found
    ended = stored.ending
    if ended is not None and ended.kind is EventKind.CANCELLATION and ended.happened_on == day:
        return Planned(event, Outcome.SAME, tr("台账里已注销，日期相同"), (), reg_nos)
    if ended is not None:
        text = tr(
            "台账里已于 {ended} {ending}，公告是 {day} 注销，未处理",
            ended=ended.happened_on,
            ending=ended.kind.label,
            day=day,
        )
        return Planned(event, Outcome.WARNING, text, (), reg_nos)
    after = replace(stored, events=(*stored.events, Event(EventKind.CANCELLATION, day)))
    text = tr("注销登记，{day} 起不再在押", day=day)
    planned = Planned(event, Outcome.CLOSED, text, _differences(event, stored), reg_nos)
    return _written(planned, registrations, stored, after, today)


def _registration(
    event: NoticeEvent, registrations: Registrations
) -> tuple[Pledge, date, tuple[str, ...]] | Planned:
    """The registration of the event with its day; else what becomes of the event without it."""
    if event.reg_no is None:
        return Planned(event, Outcome.ORPHAN, tr("没有登记号，找不到登记，列入待办"), event.faults)
    if event.faults or event.happened_on is None:
        faults = event.faults or (tr("没有写明{day}", day=tr(DAY_LABELS[Code(event.code)])),)
        return Planned(event, Outcome.WARNING, tr("没有读全，未处理"), faults, (event.reg_no,))
    stored = registrations.get(event.reg_no)
    if stored is None:
        text = tr("台账里还没有这个登记号，列入待办；登记补上后即可执行")
        return Planned(event, Outcome.ORPHAN, text, (), (event.reg_no,))
    return stored, event.happened_on, (event.reg_no,)


def _written(
    planned: Planned, registrations: Registrations, stored: Pledge, after: Pledge, today: date
) -> Planned:
    """The outcome with the registration made so, unless the dates forbid it."""
    reg_no = planned.event.reg_no
    assert reg_no is not None
    known = {fault.text for fault in check(stored, today)}
    errors = [
        fault.text for fault in check(after, today) if fault.is_error and fault.text not in known
    ]
    if errors:
        return replace(
            planned, outcome=Outcome.WARNING, does=tr("日期不对，未处理"), reasons=tuple(errors)
        )
    registrations.put(reg_no, after)
    return planned


def _typed(event: Event, changes: tuple[Change, ...]) -> tuple[Event, tuple[str, ...]]:
    """The event with the amount and the term that its changes tell, for stock and due dates."""
    reasons = []
    for change in changes:
        if _AMOUNT_ITEM.search(change.item):
            try:
                fen = parse_fen(change.after, None)
            except MoneyError as error:
                reasons.append(
                    tr(
                        "变更后的金额「{after}」没有采用：{reason}",
                        after=change.after,
                        reason=error.text,
                    )
                )
                continue
            if fen > UNLIKELY_AMOUNT_FEN:
                reasons.append(
                    tr(
                        "变更后的金额 {amount} 万元超过 100 亿元，没有采用，请核对",
                        amount=plain_wan(fen),
                    )
                )
                continue
            if event.secured_amount_fen not in (None, fen):
                reasons.append(
                    tr(
                        "台账里这次变更的金额是 {amount} 万元",
                        amount=plain_wan(event.secured_amount_fen),
                    )
                )
                continue
            event = replace(event, secured_amount_fen=fen)
        elif _TERM_ITEM.search(change.item):
            end = _last_day(change.after)
            if end is None:
                reasons.append(
                    tr("变更后的期限「{after}」读不出截止日，请核对", after=change.after)
                )
            else:
                event = replace(event, term_end=end)
    return event, tuple(reasons)


def _last_day(text: str) -> date | None:
    """The end of a term: its only day or the second of two."""
    days = []
    for written in _DAY.findall("".join(text.split())):
        try:
            days.append(read_date(written))
        except DateError:
            return None
    return max(days) if 1 <= len(days) <= 2 else None


def _same_words(change: Change) -> tuple[str, str, str]:
    return name_key(change.item), name_key(change.before), name_key(change.after)


def _differences(event: NoticeEvent, stored: Pledge) -> tuple[str, ...]:
    """What the notice says otherwise; a company may have been renamed since."""
    told = []
    here = {name_key(pledgor.name) for pledgor in stored.pledgors}
    if event.pledgors and here.isdisjoint(map(name_key, event.pledgors)):
        names = "、".join(pledgor.name for pledgor in stored.pledgors)
        told.append(
            tr(
                "出质人登记时是{stored}，公告是{told}",
                stored=names,
                told=listed(event.pledgors),
            )
        )
    numbers = {right.number for right in stored.rights}
    others = [right.number for right in event.rights if right.number not in numbers]
    if numbers and others:
        told.append(tr("专利 {others} 不在这笔登记里，请核对", others=listed(others)))
    return tuple(told)
